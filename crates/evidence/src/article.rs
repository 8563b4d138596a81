//! The words of a page without its furniture, decided block by block.
//!
//! Menus, footers, forms and the like are left out by their element or class; of what is left, a block stays if it and
//! its neighbours hold enough words outside links (the decision tree of boilerpipe's NumWordsRules, after Kohlschütter
//! et al.). Headlines stay. Where that leaves next to nothing, every block with few links is kept instead. Wrong: very
//! short articles, lists of links that are the content, comments under an article that are long enough.
//! Source: Kohlschütter, Fankhauser, Nejdl: "Boilerplate Detection using Shallow Text Features", WSDM 2010, table 3.

use crate::html::{self, Tag};

/// A run of words between two block elements.
#[derive(Default)]
struct Block {
    text: String,
    linked: usize,
    headline: u8,
    furniture: bool,
    words: usize,
}

impl Block {
    /// Part of the words that stands in links.
    fn density(&self) -> f64 {
        self.linked as f64 / self.words.max(1) as f64
    }
}

/// An element that is open.
struct Open {
    name: String,
    furniture: bool,
    article: bool,
    link: bool,
    headline: u8,
}

/// Collects blocks during a walk.
#[derive(Default)]
pub(crate) struct Article {
    blocks: Vec<Block>,
    now: Block,
    open: Vec<Open>,
}

/// Deepest nesting that is followed.
const MOST_OPEN: usize = 400;
/// How far up a closing tag looks for what it closes.
const REACH: usize = 60;

impl Article {
    pub(crate) fn open(&mut self, tag: &Tag) {
        let name = &tag.name[..];
        if html::is_block(name) {
            self.end_block();
        }
        if is_void(name) || self.open.len() >= MOST_OPEN {
            return;
        }
        if name == "p" || name == "li" {
            self.close_implied(name);
        }
        let above = self.open.last();
        let article = above.is_some_and(|o| o.article) || matches!(name, "article" | "main");
        let headline = match name {
            "h1" => 1,
            "h2" | "h3" => 2,
            _ => above.map_or(0, |o| o.headline),
        };
        let furniture = above.is_some_and(|o| o.furniture) || is_furniture(tag, article);
        let link = above.is_some_and(|o| o.link) || name == "a";
        self.open.push(Open { name: name.to_owned(), furniture, article, link, headline });
    }

    /// A paragraph that was not closed ends where the next begins.
    fn close_implied(&mut self, name: &str) {
        if self.open.last().is_some_and(|o| o.name == name) {
            self.open.pop();
        }
    }

    pub(crate) fn close(&mut self, name: &str) {
        if html::is_block(name) {
            self.end_block();
        }
        let from = self.open.len().saturating_sub(REACH);
        if let Some(at) = self.open[from..].iter().rposition(|o| o.name == name) {
            self.open.truncate(from + at);
        }
    }

    pub(crate) fn text_in(&mut self, text: &str) {
        let before = self.now.text.len();
        html::push_words(&mut self.now.text, text);
        let words = words(&self.now.text[before..]);
        self.now.words += words;
        if let Some(open) = self.open.last() {
            self.now.linked += if open.link { words } else { 0 };
            self.now.furniture |= open.furniture;
            self.now.headline = open.headline;
        }
    }

    fn end_block(&mut self) {
        let mut block = std::mem::take(&mut self.now);
        block.text.truncate(block.text.trim_end().len());
        if !block.text.is_empty() {
            self.blocks.push(block);
        }
    }

    /// The words that are no furniture, a line for each block.
    pub(crate) fn text(&mut self, title: &str) -> String {
        self.end_block();
        let strict = self.kept(|before, b, after| !b.furniture && is_content(before, b, after), title);
        let all: usize = self.blocks.iter().map(|b| b.words).sum();
        if words(&strict) * 8 >= all || words(&strict) > 200 {
            return strict;
        }
        self.kept(|_, b, _| b.density() <= 0.5, title)
    }

    fn kept(&self, keep: impl Fn(&Block, &Block, &Block) -> bool, title: &str) -> String {
        let none = Block::default();
        let at = |i: Option<usize>| i.and_then(|i| self.blocks.get(i)).unwrap_or(&none);
        let lines = self.blocks.iter().enumerate().filter(|(i, block)| {
            let headline =
                block.headline == 1 && (!block.furniture || (title.len() < 2_000 && title.contains(&block.text)));
            headline || keep(at(i.checked_sub(1)), block, at(Some(i + 1)))
        });
        lines.map(|(_, b)| &b.text[..]).collect::<Vec<_>>().join("\n")
    }
}

/// The decision tree of NumWordsRulesClassifier.
fn is_content(before: &Block, block: &Block, after: &Block) -> bool {
    if block.density() > 0.333_333 {
        return false;
    }
    if before.density() > 0.555_556 {
        return block.words > 40 || after.words > 17;
    }
    block.words > 16 || after.words > 15 || before.words > 4
}

/// Words, counting two letters of a script written without spaces as one.
fn words(text: &str) -> usize {
    let dense = |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    text.split_whitespace().count() + text.chars().filter(|c| dense(*c)).count() / 2
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

fn is_furniture(tag: &Tag, in_article: bool) -> bool {
    match &tag.name[..] {
        "nav" | "aside" | "footer" | "form" | "button" | "select" | "textarea" | "dialog" | "menu" => true,
        "header" => !in_article,
        "body" | "html" | "article" | "main" => false,
        _ => ["class", "id", "role"].iter().filter_map(|a| tag.get(a)).any(named_furniture),
    }
}

/// True where a whole word of a class or id says that this is none of the content.
fn named_furniture(names: &str) -> bool {
    const WORDS: &[&str] = &[
        "ad",
        "ads",
        "advert",
        "advertisement",
        "banner",
        "breadcrumb",
        "breadcrumbs",
        "contentinfo",
        "cookie",
        "cookies",
        "consent",
        "footer",
        "masthead",
        "menu",
        "nav",
        "navbar",
        "navigation",
        "newsletter",
        "pagination",
        "popup",
        "promo",
        "recommended",
        "related",
        "share",
        "sharing",
        "sidebar",
        "social",
        "sponsor",
        "sponsored",
        "subscribe",
        "widget",
    ];
    let names = html::cut(names, 300);
    names.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| WORDS.binary_search(&&*w.to_ascii_lowercase()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::{Event, walk};

    fn words_of(html: &str) -> String {
        let mut article = Article::default();
        walk(html, &mut |event| match event {
            Event::Open(tag) => article.open(tag),
            Event::Close(name) => article.close(name),
            Event::Text(text) => article.text_in(text),
            Event::Comment(_) => {}
        });
        article.text("A headline")
    }

    const LONG: &str = "The commission said on Tuesday that the count would take three more days in the northern \
                        districts, where ballots had been delivered late because of snow on the roads.";

    #[test]
    fn furniture_goes_and_the_article_stays() {
        let html = format!(
            "<body><nav><a href=/>Home</a> <a href=/p>Politics</a></nav><div class='cookie-banner'>{LONG}</div>\
             <header><h1>A headline</h1></header><article><header>By a reporter</header><p>{LONG}<p>{LONG}</article>\
             <div><a href=1>Read this now</a> <a href=2>And this too</a></div><footer>{LONG}</footer></body>"
        );
        assert_eq!(words_of(&html), format!("A headline\nBy a reporter\n{LONG}\n{LONG}"));
    }

    #[test]
    fn little_text_is_better_than_none() {
        assert_eq!(words_of("<form><p>Only a form here</p></form>"), "Only a form here");
        assert_eq!(words_of("plain words"), "plain words");
        assert_eq!(words_of(""), "");
    }

    #[test]
    fn an_unclosed_menu_does_not_hide_everything() {
        let html = format!("<nav><a href=/>Home</a><p>{LONG}</p><p>{LONG}</p>");
        assert_eq!(words_of(&html), format!("{LONG}\n{LONG}"));
    }

    #[test]
    fn the_word_list_is_sorted() {
        for class in ["ad", "widget", "main-menu", "site_footer"] {
            assert!(named_furniture(class), "{class}");
        }
        assert!(!named_furniture("shadow headline adele"));
    }
}
