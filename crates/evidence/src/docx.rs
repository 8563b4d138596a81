//! Word documents: body, headers, notes, comments, and what was deleted but is still in the file.
//!
//! Paragraphs are numbered as a reader counts them: those with words. Targets of links and of attached templates are
//! listed; enclosed files become children. Wrong where text lives in charts or SmartArt: those parts are not read.
//! Source: ECMA-376 part 1, sections 11.3, 17; part 2 (packages).

use crate::flow::{BODY, Flow, hyperlink};
use crate::package::{Package, Xml, attribute, values, walk};
use crate::{Example, Format, Out, Reading, passages};
use model::{Card, Code, Span};

/// DOCX.
pub const DOCX: Format = Format {
    card: Card {
        id: "docx",
        about: "Word documents: text with paragraph numbers, deleted text and comments too",
        source: "ECMA-376 (Office Open XML) parts 1 and 2",
    },
    recognise: |head| recognise(head.bytes),
    read: Reading::Whole(read),
    risky: None,
    examples: &[Example {
        name: "a deletion, a comment, a footnote, a link and a picture",
        bytes: include_bytes!("../examples/memo.docx"),
        says: &[
            "opened example as docx",
            "  document all title=\"Memo\" author=\"A. Writer\" producer=\"Office 9 9.01\" when=2026-10-02T09:30:00Z passages=[paragraph 1: \"First & foremost\\t words…\", paragraph 2: \"We will always win.\", paragraph 2 (deleted): \"never\", paragraph 3: \"link\", footnote 1: \"A note.\", footnote 1: \"Its second paragraph.\", comment 1 author: \"C. Boss\", comment 1: \"Do not send this.\"] links=[\"https://two.example/\", \"https://one.example/?a=1&b=2\"] sha256=\"56a58aaf3c37892946fa5a17bd7cfc99c8c0436fcbdf926bc85bb2522733278d\"",
            "  opened word/media/image1.png as png",
            "    image all kind=\"png\" width=2 height=2 sha256=\"12984626477c430c88ea582d5db08609326829ce3a17d465dfc1cd3e7028c970\"",
            "  closed bytes=71 records=1 children=0",
            "closed bytes=2974 records=1 children=1 layout=\"last modified by B. Other\"",
        ],
    }],
};

/// By the first entry's name, so that a zip with a Word document inside is not taken for one; then by a part's.
fn recognise(head: &[u8]) -> bool {
    let within = |name: &[u8]| head.windows(name.len()).any(|w| w == name);
    let first = head.strip_prefix(b"PK\x03\x04").and_then(|h| h.get(26..)).unwrap_or_default();
    let usual: [&[u8]; 6] = [b"[Content_Types].xml", b"_rels/", b"word/", b"docProps/", b"customXml/", b"mimetype"];
    usual.iter().any(|name| first.starts_with(name)) && within(b"word/")
}

/// Parts with words and what a paragraph in them is called.
const PARTS: &[(&str, &str)] = &[
    ("word/document", BODY),
    ("word/header", "header"),
    ("word/footer", "footer"),
    ("word/footnotes.xml", "footnote"),
    ("word/endnotes.xml", "endnote"),
    ("word/comments.xml", "comment"),
];

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let mut package = Package::open(bytes, out);
    let mut flow = Flow::default();
    let names = package.names();
    if !names.iter().any(|n| n.starts_with("word/document")) {
        out.note(Code::Malformed, Span::WHOLE, "the main part of the document is missing");
    }
    about(&mut package, &mut flow, out);
    for (prefix, sort) in PARTS {
        for name in names.iter().filter(|n| n.starts_with(prefix) && n.ends_with(".xml")) {
            if let Some(xml) = package.part(name, out) {
                words(&xml, sort, &mut flow, out);
            }
        }
    }
    for name in names.iter().filter(|n| n.starts_with("word/_rels/")) {
        if let Some(xml) = package.part(name, out) {
            targets(&xml, &mut flow, out);
        }
    }
    if names.iter().any(|n| n.ends_with("vbaProject.bin")) {
        out.note(Code::Info, Span::WHOLE, "holds macros (not read, not run)");
    }
    flow.prose.record(out);
    package.children(|name| name.starts_with("word/media/") || name.starts_with("word/embeddings/"), out);
}

fn about(package: &mut Package<'_>, flow: &mut Flow, out: &mut Out<'_>) {
    if let Some(xml) = package.part("docProps/core.xml", out) {
        let [title, creator, changer, modified, created] =
            values(&xml, ["title", "creator", "lastModifiedBy", "modified", "created"], out);
        flow.prose.changed(passages::moment(&modified).or_else(|| passages::moment(&created)), out);
        (flow.prose.title, flow.prose.author) = (title, creator);
        if !changer.trim().is_empty() {
            out.layout(format!("last modified by {}", changer.trim()));
        }
    }
    if let Some(xml) = package.part("docProps/app.xml", out) {
        flow.prose.producer = values(&xml, ["Application", "AppVersion"], out).join(" ");
    }
}

fn targets(xml: &str, flow: &mut Flow, out: &mut Out<'_>) {
    walk(xml, out, &mut |event| {
        if let Xml::Open("Relationship", tag) = event
            && attribute(tag, "TargetMode").as_deref() == Some("External")
        {
            flow.prose.link(&attribute(tag, "Target").unwrap_or_default());
        }
    });
}

/// Where the walk through a part stands.
#[derive(Default)]
struct Walk {
    /// Inside an element that holds words, and which.
    inside: Option<Words>,
    /// Inside so many `del` and `moveFrom`.
    removed: u64,
    /// Inside so many `Fallback`, which repeat what their neighbours say.
    repeated: u64,
    /// The field instruction so far.
    instruction: String,
}

#[derive(Clone, Copy)]
enum Words {
    Text,
    Deleted,
    Instruction,
}

fn words(xml: &str, sort: &'static str, flow: &mut Flow, out: &mut Out<'_>) {
    let mut at = Walk::default();
    flow.unit(sort);
    walk(xml, out, &mut |event| match event {
        Xml::Open("Fallback", _) => at.repeated += 1,
        Xml::Close("Fallback") => at.repeated = at.repeated.saturating_sub(1),
        _ if at.repeated > 0 => {}
        Xml::Open(name, tag) => {
            if name == sort {
                flow.unit(sort);
                flow.author(sort, &attribute(tag, "author").unwrap_or_default());
            }
            if name == "fldSimple" {
                flow.prose.link(attribute(tag, "instr").as_deref().and_then(hyperlink).unwrap_or_default());
            }
            at.open(name, sort, flow);
        }
        Xml::Close(name) => at.close(name, flow),
        Xml::Text(text) => at.text(text, flow),
    });
    flow.end_all();
}

impl Walk {
    fn open(&mut self, name: &str, sort: &'static str, flow: &mut Flow) {
        match name {
            "p" => flow.begin(sort),
            "del" | "moveFrom" => self.removed += 1,
            "t" => self.inside = Some(if self.removed > 0 { Words::Deleted } else { Words::Text }),
            "delText" => self.inside = Some(Words::Deleted),
            "instrText" | "delInstrText" => self.inside = Some(Words::Instruction),
            "tab" | "ptab" => flow.words("\t"),
            "br" | "cr" => flow.words("\n"),
            "noBreakHyphen" => flow.words("-"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, flow: &mut Flow) {
        match name {
            "p" => flow.end(),
            "del" | "moveFrom" => self.removed = self.removed.saturating_sub(1),
            "t" | "delText" | "instrText" | "delInstrText" => self.inside = None,
            _ => {}
        }
        if matches!(name, "p" | "fldChar") && !self.instruction.is_empty() {
            flow.prose.link(hyperlink(&self.instruction).unwrap_or_default());
            self.instruction.clear();
        }
    }

    fn text(&mut self, text: &str, flow: &mut Flow) {
        match self.inside {
            Some(Words::Text) => flow.words(text),
            Some(Words::Deleted) => flow.deleted(text),
            Some(Words::Instruction) => self.instruction.push_str(text),
            None => {}
        }
    }
}
