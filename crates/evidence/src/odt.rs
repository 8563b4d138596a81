//! OpenDocument texts: body, notes, comments, and what was deleted but is still in the file.
//!
//! Deleted words stand apart in the file, before the body; they are put beside the paragraph they were taken from.
//! Headers and footers of page styles are not read. Source: OASIS OpenDocument 1.3, parts 2 and 3.

use crate::flow::{BODY, Flow};
use crate::package::{Package, Xml, attribute, values, walk};
use crate::{Example, Format, Out, Reading, passages};
use model::{Card, Code, Span};
use std::collections::BTreeMap;

/// ODT.
pub const ODT: Format = Format {
    card: Card {
        id: "odt",
        about: "OpenDocument texts: text with paragraph numbers, deleted text and comments too",
        source: "OASIS OpenDocument 1.3, parts 2 and 3",
    },
    recognise: |head| {
        let mimetype = head.bytes.get(30..).and_then(|name| name.strip_prefix(b"mimetype"));
        let text = b"application/vnd.oasis.opendocument.text";
        head.bytes.starts_with(b"PK\x03\x04")
            && mimetype.is_some_and(|rest| {
                rest.get(..200.min(rest.len())).is_some_and(|r| r.windows(text.len()).any(|w| w == text))
            })
    },
    read: Reading::Whole(read),
    risky: None,
    examples: &[Example {
        name: "a deletion, a comment, a footnote, a link and a picture",
        bytes: include_bytes!("../examples/memo.odt"),
        says: &[
            "opened example as odt",
            "  document all title=\"Memo\" author=\"A. Writer\" producer=\"Writer 7\" when=2026-10-02T09:30:00Z passages=[paragraph 1: \"Heading\", footnote 1: \"A note.\", comment 1 author: \"C. Boss\", comment 1: \"Do not send this.\", paragraph 2: \"We will  always win.\", paragraph 2 (deleted): \"never\", paragraph 3: \"link\"] links=[\"https://one.example/?a=1&b=2\"] sha256=\"ebcc07c5758a2ebf1f6c15d87408e0a5d2f0c07257ab2dceb5f193adfc873b3a\"",
            "  opened Pictures/1.png as png",
            "    image all kind=\"png\" width=2 height=2 sha256=\"12984626477c430c88ea582d5db08609326829ce3a17d465dfc1cd3e7028c970\"",
            "  closed bytes=71 records=1 children=0",
            "  note info all the time of the last change names no zone: read as UTC ×1",
            "closed bytes=1387 records=1 children=1 layout=\"last modified by B. Other\"",
        ],
    }],
};

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let mut package = Package::open(bytes, out);
    let mut flow = Flow::default();
    if package.part("META-INF/manifest.xml", out).is_some_and(|xml| xml.contains("encryption-data")) {
        out.note(Code::Encrypted, Span::WHOLE, "encrypted with a password: not read");
        return flow.prose.record(out);
    }
    if let Some(xml) = package.part("meta.xml", out) {
        let [title, first, creator, date, created, generator] =
            values(&xml, ["title", "initial-creator", "creator", "date", "creation-date", "generator"], out);
        flow.prose.changed(passages::moment(&date).or_else(|| passages::moment(&created)), out);
        if !first.trim().is_empty() && !creator.trim().is_empty() {
            out.layout(format!("last modified by {}", creator.trim()));
        }
        (flow.prose.title, flow.prose.producer) = (title, generator);
        flow.prose.author = if first.trim().is_empty() { creator } else { first };
    }
    match package.part("content.xml", out) {
        Some(xml) => words(&xml, &mut flow, out),
        None => out.note(Code::Malformed, Span::WHOLE, "there is no content.xml"),
    }
    flow.prose.record(out);
    package.children(|name| name.starts_with("Pictures/") || name.starts_with("media/"), out);
}

/// Where the walk through the content stands.
#[derive(Default)]
struct Walk {
    /// Inside so many of each of these.
    notes: u64,
    comments: u64,
    deletions: u64,
    /// Inside something that is no words: a citation number, a comment's author or date.
    aside: u64,
    /// Id of the change described.
    change: String,
    /// Deleted words by id of their change, until the place they were taken from comes.
    deleted: BTreeMap<String, String>,
    author: bool,
}

fn words(xml: &str, flow: &mut Flow, out: &mut Out<'_>) {
    let mut at = Walk::default();
    walk(xml, out, &mut |event| match event {
        Xml::Open(name, tag) => at.open(name, &|key| attribute(tag, key).unwrap_or_default(), flow),
        Xml::Close(name) => at.close(name, flow),
        Xml::Text(text) => at.text(text, flow),
    });
    flow.end_all();
    for text in at.deleted.values() {
        flow.begin(BODY);
        flow.deleted(text);
        flow.end();
    }
}

impl Walk {
    fn open(&mut self, name: &str, key: &dyn Fn(&str) -> String, flow: &mut Flow) {
        match name {
            "p" | "h" if self.deletions == 0 => flow.begin(self.sort()),
            "note" => {
                self.notes += 1;
                flow.unit("footnote");
            }
            "annotation" => {
                self.comments += 1;
                flow.unit("comment");
            }
            "note-citation" | "date" | "initials" | "creator" => {
                self.aside += 1;
                self.author = name == "creator" && self.comments > 0;
            }
            "changed-region" => self.change = key("id"),
            "deletion" => self.deletions += 1,
            "change" => {
                let text = self.deleted.remove(&key("change-id")).unwrap_or_default();
                flow.deleted(&text);
            }
            "a" => flow.prose.link(&key("href")),
            "tab" => self.text("\t", flow),
            "line-break" => self.text("\n", flow),
            "s" => self.text(&" ".repeat(key("c").parse().unwrap_or(1).min(20)), flow),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, flow: &mut Flow) {
        let less = |n: &mut u64| *n = n.saturating_sub(1);
        match name {
            "p" | "h" if self.deletions == 0 => flow.end(),
            "p" | "h" => self.text("\n", flow),
            "note" => less(&mut self.notes),
            "annotation" => less(&mut self.comments),
            "note-citation" | "date" | "initials" | "creator" => {
                less(&mut self.aside);
                self.author = false;
            }
            "deletion" => less(&mut self.deletions),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, flow: &mut Flow) {
        match () {
            () if self.author => flow.author("comment", text),
            () if self.aside > 0 => {}
            () if self.deletions > 0 => self.deleted.entry(self.change.clone()).or_default().push_str(text),
            () => flow.words(text),
        }
    }

    fn sort(&self) -> &'static str {
        match (self.comments, self.notes) {
            (1.., _) => "comment",
            (_, 1..) => "footnote",
            _ => BODY,
        }
    }
}
