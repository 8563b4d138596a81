//! Markup as a flat row of events, and as plain words: shared by mails and pages.
//!
//! Tokens only, no tree: linear and without recursion however broken the markup. Wrong: what a style sheet hides is
//! read like any other text, and text moved elsewhere by scripts stands where it was written.
//! Source: WHATWG HTML, section 13.2.5 (tokenization, through html5gum).

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, Tokenizer};
use std::borrow::Cow;
use std::convert::Infallible;

/// Something in markup.
pub(crate) enum Event<'a> {
    /// `<name …>`
    Open(&'a Tag),
    /// `</name>`
    Close(&'a str),
    /// Words, entities resolved; also the contents of `script`, `style` and `noscript`.
    Text(&'a str),
    /// `<!-- … -->`
    Comment(&'a str),
}

/// Most attributes kept of one tag.
const MOST_ATTRIBUTES: usize = 100;

/// An opening tag. Names are in lower case.
#[derive(Default)]
pub(crate) struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
    used: usize,
    surplus: bool,
}

impl Tag {
    /// The attribute's value; `None` where it is not there.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes().find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// Name and value, in order.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes[..self.used].iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    fn begin(&mut self, name: &[u8]) {
        self.name.clear();
        self.name.push_str(&text_of(name));
        self.used = 0;
        self.surplus = false;
    }

    fn attribute(&mut self, name: &[u8]) {
        self.surplus = self.used >= MOST_ATTRIBUTES;
        if self.surplus {
            return;
        }
        if self.attributes.len() == self.used {
            self.attributes.push(Default::default());
        }
        let (n, v) = &mut self.attributes[self.used];
        n.clear();
        n.push_str(&text_of(name));
        v.clear();
        self.used += 1;
    }

    fn value(&mut self, value: &[u8]) {
        if !self.surplus && self.used > 0 {
            self.attributes[self.used - 1].1.push_str(&text_of(value));
        }
    }
}

/// Calls `see` for everything in order.
pub(crate) fn walk(html: &str, see: &mut dyn FnMut(Event<'_>)) {
    let mut tag = Tag::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag.begin(name),
            CallbackEvent::AttributeName { name } => tag.attribute(name),
            CallbackEvent::AttributeValue { value } => tag.value(value),
            CallbackEvent::CloseStartTag { .. } => see(Event::Open(&tag)),
            CallbackEvent::EndTag { name } => see(Event::Close(&text_of(name))),
            CallbackEvent::String { value } => see(Event::Text(&text_of(value))),
            CallbackEvent::Comment { value } => see(Event::Comment(&text_of(value))),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    });
    emitter.naively_switch_states(true);
    // Nothing is ever yielded: everything went to `see`.
    Tokenizer::new_with_emitter(html, Calm(emitter)).for_each(|_| ());
}

/// Text of bytes that are nearly always UTF-8: the check for it is the fast one.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    simdutf8::basic::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// An emitter that asks for no errors in the markup: looking for them takes a tenth of the time.
struct Calm<F: Callback<Infallible, ()>>(CallbackEmitter<F, Infallible, ()>);

impl<F: Callback<Infallible, ()>> ForwardingEmitter for Calm<F> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }
}

/// True for elements that begin and end on lines of their own.
pub(crate) fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ];
    BLOCKS.binary_search(&name).is_ok()
}

/// True for elements whose contents are not words.
pub(crate) fn is_wordless(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "svg" | "math" | "noscript" | "iframe" | "object" | "canvas")
}

/// Appends words, white space folded to single spaces.
pub(crate) fn push_words(out: &mut String, words: &str) {
    let gap = |out: &str| !out.is_empty() && !out.ends_with(['\n', ' ']);
    for word in words.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end_matches(char::is_whitespace);
        out.push_str(bare);
        if bare.len() < word.len() && gap(out) {
            out.push(' ');
        }
    }
}

/// Ends the line, once.
pub(crate) fn end_line(out: &mut String) {
    while out.ends_with(' ') {
        out.pop();
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Most link targets kept of one mail's part.
pub(crate) const MOST_LINKS: usize = 20_000;

/// The words and link targets of a mail's HTML part.
pub(crate) fn plain(html: &str) -> (String, Vec<String>) {
    let (mut text, mut links) = (String::new(), Vec::new());
    let mut wordless = Wordless::default();
    walk(html, &mut |event| match event {
        Event::Text(words) if !wordless.within() => push_words(&mut text, words),
        Event::Open(tag) => {
            wordless.open(&tag.name);
            if is_block(&tag.name) {
                end_line(&mut text);
            }
            if links.len() < MOST_LINKS {
                links.extend(target(tag));
            }
        }
        Event::Close(name) => {
            wordless.close(name);
            if is_block(name) {
                end_line(&mut text);
            }
        }
        Event::Text(_) | Event::Comment(_) => {}
    });
    text.truncate(text.trim_end().len());
    (text, links)
}

/// Where a link, form or refresh leads.
pub(crate) fn target(tag: &Tag) -> Option<String> {
    let to = match &tag.name[..] {
        "a" | "area" => tag.get("href"),
        "form" => tag.get("action"),
        "meta" if tag.get("http-equiv").is_some_and(|h| h.eq_ignore_ascii_case("refresh")) => {
            tag.get("content").and_then(refresh)
        }
        _ => None,
    };
    let to: String = to?.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    let inside = to.is_empty() || to.starts_with('#') || starts_with(&to, "javascript:") || starts_with(&to, "data:");
    (!inside).then_some(to)
}

fn refresh(content: &str) -> Option<&str> {
    let (_, after) = content.split_once(';')?;
    let (_, url) = after.split_once('=')?;
    Some(url.trim().trim_matches(['\'', '"']))
}

/// At most the first `most` bytes, cut between characters.
pub(crate) fn cut(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|i| text.is_char_boundary(*i));
    &text[..end.unwrap_or(0)]
}

/// ASCII letters' case does not count.
pub(crate) fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|p| p.eq_ignore_ascii_case(prefix))
}

/// Whether the walk is inside an element without words: the outermost such element counts until it is closed.
#[derive(Default)]
pub(crate) struct Wordless {
    name: String,
    depth: usize,
}

impl Wordless {
    pub(crate) fn within(&self) -> bool {
        self.depth > 0
    }

    /// The outermost element without words; empty when outside.
    pub(crate) fn name(&self) -> &str {
        if self.within() { &self.name } else { "" }
    }

    pub(crate) fn open(&mut self, name: &str) {
        if self.depth == 0 && is_wordless(name) {
            self.name.clear();
            self.name.push_str(name);
            self.depth = 1;
        } else if self.depth > 0 && self.name == name {
            self.depth += 1;
        }
    }

    pub(crate) fn close(&mut self, name: &str) {
        // The end of the body ends whatever was left open in it.
        if name == "body" || name == "html" {
            self.depth = 0;
        } else if self.depth > 0 && self.name == name {
            self.depth -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_markup() {
        for (html, text) in [
            ("<p>One  two<br>three<p>four", "One two\nthree\nfour"),
            ("a<b>b</b>c &amp; d&#x202e;", "abc & d\u{202e}"),
            ("<style>no</style><script>no</script>yes", "yes"),
            ("<noscript>no</noscript>yes", "yes"),
            ("<table><tr><td>1<td>2</table>", "1\n2"),
            ("<title>t</title>x", "t\nx"),
            ("<svg><text>no</text></svg>yes", "yes"),
            ("unfinished <a href='x", "unfinished"),
            ("", ""),
        ] {
            assert_eq!(plain(html).0, text, "{html}");
        }
    }

    #[test]
    fn targets() {
        let html = "<a href=' https://one.example/\n x'>1</a><a href=#top>2</a><form action=/go></form>\
                    <meta http-equiv=Refresh content=\"0; URL='https://two.example'\"><a href=\"JavaScript:x()\">3</a>";
        assert_eq!(plain(html).1, ["https://one.example/ x", "/go", "https://two.example"]);
    }

    #[test]
    fn cuts_between_characters() {
        assert_eq!((cut("aäb", 2), cut("aäb", 3), cut("aäb", 9), cut("ä", 0)), ("a", "aä", "aäb", ""));
    }

    #[test]
    fn blocks_are_sorted() {
        for name in ["address", "br", "h1", "title", "ul", "td"] {
            assert!(is_block(name), "{name}");
        }
        assert!(!is_block("b") && !is_block("span") && !is_block(""));
    }
}
