//! What a reader of a mail's HTML sees, and what is hidden from them.
//!
//! Styles are read where they stand on an element; style sheets are not applied (mail programs drop most of them). Wrong:
//! what a sheet hides counts as seen; text covered by a picture counts as seen.
//! Source: WHATWG HTML 13.2.5 through html5gum; hiding as used in mails: display, visibility, font-size, colour.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// A link and the words that stand for it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Anchor {
    pub href: String,
    pub text: String,
    pub picture: bool,
}

/// A form.
#[derive(Debug, Default, Clone)]
pub(crate) struct Form {
    pub action: String,
    pub fields: u32,
    pub password: bool,
}

/// A picture that is loaded from elsewhere, or enclosed.
#[derive(Debug, Default, Clone)]
pub(crate) struct Img {
    pub src: String,
    /// One pixel or none, or invisible.
    pub pixel: bool,
}

/// What one HTML part holds.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    pub shown: String,
    pub hidden: String,
    pub anchors: Vec<Anchor>,
    pub forms: Vec<Form>,
    pub images: Vec<Img>,
    pub scripts: u32,
}

/// Most elements remembered as open, links and pictures kept.
const DEEP: usize = 200;
const MANY: usize = 2_000;

struct Walk {
    out: Markup,
    /// Name, hidden, background in force, colour in force.
    open: Vec<(String, bool, String, String)>,
    wordless: u32,
    anchor: bool,
}

/// Reads one part.
pub(crate) fn read(html: &str) -> Markup {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut walk = Walk { out: Markup::default(), open: Vec::new(), wordless: 0, anchor: false };
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let get = |n: &str| {
                    let found = tag.attributes.iter().find(|(k, _)| k.as_slice() == n.as_bytes());
                    found.map(|(_, v)| String::from_utf8_lossy(v).into_owned()).unwrap_or_default()
                };
                walk.start(&name, &get, tag.self_closing);
            }
            Token::EndTag(tag) => walk.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(words) => walk.words(&String::from_utf8_lossy(&words)),
            _ => {}
        }
    }
    walk.out
}

impl Walk {
    fn hidden(&self) -> bool {
        self.open.last().is_some_and(|o| o.1)
    }

    fn start(&mut self, name: &str, get: &dyn Fn(&str) -> String, closed: bool) {
        self.content(name, get);
        if is_void(name) {
            return;
        }
        let style = compact(&get("style"));
        let (_, up, over, ink) = self.open.last().cloned().unwrap_or_default();
        let back = first(&[value(&style, "background-color"), value(&style, "background"), get("bgcolor"), over]);
        let ink = first(&[value(&style, "color"), get("color"), ink]);
        let hidden = up || hides(&style) || (!ink.is_empty() && colour(&ink) == colour(&back));
        if self.open.len() < DEEP && !closed {
            self.open.push((name.to_owned(), hidden, back, ink));
        }
    }

    fn content(&mut self, name: &str, get: &dyn Fn(&str) -> String) {
        let out = &mut self.out;
        match name {
            "script" | "style" | "title" | "svg" | "template" => {
                out.scripts += u32::from(name == "script");
                self.wordless += 1;
            }
            "a" | "area" if out.anchors.len() < MANY => {
                let href = get("href").chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect::<String>();
                self.anchor = !href.trim().is_empty();
                if self.anchor {
                    out.anchors.push(Anchor { href: href.trim().to_owned(), ..Anchor::default() });
                }
            }
            "form" if out.forms.len() < MANY => {
                out.forms.push(Form { action: get("action").trim().to_owned(), ..Form::default() });
            }
            "input" | "textarea" | "select" => {
                if let Some(form) = out.forms.last_mut() {
                    form.fields += 1;
                    form.password |= get("type").eq_ignore_ascii_case("password");
                }
            }
            "img" if out.images.len() < MANY => {
                let tiny = |n: &str| matches!(get(n).trim_end_matches("px"), "0" | "1");
                let pixel = (tiny("width") && tiny("height")) || hides(&compact(&get("style")));
                out.images.push(Img { src: get("src").trim().to_owned(), pixel });
                if let (true, Some(anchor)) = (self.anchor, out.anchors.last_mut()) {
                    anchor.picture = true;
                    anchor.text.push_str(&get("alt"));
                }
            }
            _ => {}
        }
        if is_break(name) {
            self.gap();
        }
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "script" | "style" | "title" | "svg" | "template") {
            self.wordless = self.wordless.saturating_sub(1);
        }
        self.anchor &= name != "a";
        if let Some(at) = self.open.iter().rposition(|o| o.0 == name) {
            self.open.truncate(at);
        }
        if is_break(name) {
            self.gap();
        }
    }

    fn words(&mut self, words: &str) {
        if self.wordless > 0 {
            return;
        }
        let hidden = self.hidden();
        let out = if hidden { &mut self.out.hidden } else { &mut self.out.shown };
        fold(out, words);
        if let (true, false, Some(anchor)) = (self.anchor, hidden, self.out.anchors.last_mut())
            && anchor.text.len() < 1_000
        {
            fold(&mut anchor.text, words);
        }
    }

    fn gap(&mut self) {
        for text in [&mut self.out.shown, &mut self.out.hidden] {
            if !text.is_empty() && !text.ends_with('\n') {
                text.truncate(text.trim_end_matches(' ').len());
                text.push('\n');
            }
        }
    }
}

fn fold(out: &mut String, words: &str) {
    for c in words.chars() {
        match c.is_whitespace() {
            true if out.is_empty() || out.ends_with([' ', '\n']) => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "img" | "input" | "hr" | "meta" | "link" | "area" | "base" | "col" | "wbr" | "embed" | "source"
    )
}

fn is_break(name: &str) -> bool {
    matches!(
        name,
        "br" | "p"
            | "div"
            | "tr"
            | "td"
            | "th"
            | "table"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "blockquote"
            | "center"
            | "hr"
            | "pre"
            | "section"
            | "article"
    )
}

fn compact(style: &str) -> String {
    style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn first(of: &[String]) -> String {
    of.iter().find(|v| !v.is_empty()).cloned().unwrap_or_default()
}

/// A property's value in a compact style.
fn value(style: &str, property: &str) -> String {
    let found = style.split(';').rev().find_map(|d| d.strip_prefix(property)?.strip_prefix(':'));
    found.unwrap_or_default().trim_end_matches("!important").to_owned()
}

fn hides(style: &str) -> bool {
    let is = |p: &str, of: &[&str]| of.contains(&&value(style, p)[..]);
    is("display", &["none"])
        || is("visibility", &["hidden"])
        || is("mso-hide", &["all"])
        || is("opacity", &["0", "0.0"])
        || is("font-size", &["0", "0px", "1px", "0pt", "1pt", "0em", "0.1px"])
        || (is("max-height", &["0", "0px"]) && is("overflow", &["hidden"]))
        || is("color", &["transparent"])
}

/// A colour by its digits, so that `#fff`, `#ffffff` and `white` are one.
fn colour(text: &str) -> String {
    let text = text.trim().to_lowercase();
    match &text[..] {
        "" => "none".to_owned(),
        "white" | "rgb(255,255,255)" | "#fff" => "#ffffff".to_owned(),
        "black" | "rgb(0,0,0)" | "#000" => "#000000".to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_and_hidden() {
        for (html, shown, hidden) in [
            ("<p>a <b>b</b></p>c", "a b\nc", ""),
            ("<div style='display: none'>x <i>y</i></div>z", "z", "x y\n"),
            ("<div style='font-size:0px'>x</div>z", "z", "x\n"),
            ("<body bgcolor=#FFFFFF><font color=white>x</font>y", "y", "x"),
            ("<style>a</style><script>b</script>c", "c", ""),
            ("<span style=display:none>never closed", "", "never closed"),
        ] {
            let m = read(html);
            assert_eq!((m.shown.trim(), m.hidden.trim()), (shown.trim(), hidden.trim()), "{html}");
        }
    }

    #[test]
    fn links_forms_pictures() {
        let m = read(
            "<a href=' http://x.example/\n1'>go <b>now</b><img src=cid:1 alt=pic></a><form action=/f><input type=Password></form>\
             <img src=http://t.example/p.gif width=1 height=1>",
        );
        assert_eq!((&m.anchors[0].href[..], &m.anchors[0].text[..]), ("http://x.example/1", "go nowpic"));
        assert!(m.anchors[0].picture && m.forms[0].password && m.images[1].pixel && !m.images[0].pixel);
    }
}
