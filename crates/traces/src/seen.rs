//! What all kinds need of a record, read once: whose it is, its URLs, hashtags and mentions.

use crate::canonical::{Address, canonical, canonical_or_bare};
use crate::normal::{Normal, normal};
use crate::scan::{Token, scan};
use crate::who::who;
use model::{Document, Mail, Page, Post, Record, Sort};
use std::borrow::Cow;
use std::cell::OnceCell;

/// Most things of one sort taken from one record.
pub(crate) const MOST: usize = 200;

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Seen<'a> {
    /// Whose record it is.
    pub who: Option<(Sort, Cow<'a, str>)>,
    /// Canonical addresses it links to, sorted, each once.
    pub urls: Vec<Address>,
    /// Things given as URLs that are none: ids of a data set whose addresses were replaced.
    pub opaque: Vec<&'a str>,
    /// Hashtags as written, in the order of the text (of the list given where the text has none).
    pub tags: Vec<&'a str>,
    /// Hashtags given beside the text.
    pub given_tags: &'a [&'a str],
    /// Handles as written.
    pub mentions: Vec<&'a str>,
    /// True for a repost: its words are another's.
    pub copied: bool,
    /// Its words made comparable, once some kind asked for them.
    words: OnceCell<Normal>,
}

impl<'a> Seen<'a> {
    /// Reads a record.
    pub(crate) fn of(record: &Record<'a>) -> Self {
        let mut seen = Self { who: who(record), ..Self::default() };
        match record {
            Record::Post(post) => seen.post(post),
            Record::Mail(mail) => seen.mail(mail),
            Record::Page(page) => seen.page(page),
            Record::Document(document) => seen.document(document),
            Record::Image(_) | Record::Name(_) | Record::Facts(_) => {}
        }
        seen.urls.sort_unstable();
        seen.urls.dedup();
        seen.opaque.sort_unstable();
        seen.opaque.dedup();
        seen
    }

    fn post(&mut self, post: &Post<'a>) {
        self.copied = !post.reposted.is_empty() || reposted_words(post.text).is_some();
        let urls = &post.urls[..post.urls.len().min(MOST)];
        for url in urls {
            match canonical_or_bare(url) {
                Some(address) => self.urls.push(address),
                None => self.opaque.extend(id(url)),
            }
        }
        let expanded = self.urls.iter().any(|u| u.host() != "t.co");
        scan(post.text, |token| match token {
            Token::Url(url) if urls.contains(&url) => {}
            Token::Url(url) => self.url(canonical_or_bare(url).filter(|u| !(expanded && u.host() == "t.co"))),
            Token::Tag(tag) if self.tags.len() < MOST => self.tags.push(tag),
            Token::Mention(handle) if self.mentions.len() < MOST => self.mentions.push(handle),
            Token::Tag(_) | Token::Mention(_) => {}
        });
        self.given_tags = &post.hashtags[..post.hashtags.len().min(MOST)];
        self.mentions.extend(post.mentions.iter().take(MOST));
    }

    fn mail(&mut self, mail: &Mail<'a>) {
        self.links(mail.links);
        self.words(mail.text);
    }

    fn page(&mut self, page: &Page<'a>) {
        self.urls.extend(canonical_or_bare(page.url));
        self.links(page.links);
        self.words(page.text);
    }

    fn document(&mut self, document: &Document<'a>) {
        self.links(document.links);
        for passage in document.passages {
            self.words(passage.text);
        }
    }

    fn links(&mut self, links: &[&'a str]) {
        links.iter().for_each(|link| self.url(canonical(link)));
    }

    fn words(&mut self, text: &'a str) {
        scan(text, |token| {
            if let Token::Url(url) = token {
                self.url(canonical_or_bare(url));
            }
        });
    }

    fn url(&mut self, address: Option<Address>) {
        if self.urls.len() < 2 * MOST {
            self.urls.extend(address);
        }
    }

    /// The record's own words made comparable. Every kind hands in the same words of one record: they are read once.
    pub(crate) fn comparable(&self, words: &str) -> &Normal {
        self.words.get_or_init(|| normal(words))
    }

    /// Hosts linked to, sorted by the name of their registrable domain, each domain once.
    pub(crate) fn domains(&self) -> Vec<&str> {
        let mut domains: Vec<&str> = self.urls.iter().map(Address::domain).collect();
        domains.sort_unstable();
        domains.dedup();
        domains
    }
}

/// Something given as URL that is none: kept where it can be an id.
fn id(text: &str) -> Option<&str> {
    let id = text.trim();
    let nothing = ["none", "null", "nan", "true", "false", "n/a"].iter().any(|n| id.eq_ignore_ascii_case(n));
    let shape = (4..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-:".contains(&b));
    (shape && !nothing).then_some(id)
}

/// The handle and words of an old-style repost, `RT @ann: words`.
pub(crate) fn reposted_words(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start().trim_start_matches(['"', '“']);
    let rest = rest.strip_prefix("RT @").or_else(|| rest.strip_prefix("rt @"))?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    Some((&rest[..end], &rest[end..]))
}
