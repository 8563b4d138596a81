//! Reading, written down line by line: what examples and tests compare.
//!
//! One line per event, two spaces of indentation per depth. Fields stand in the order of the record's struct, as
//! `key=value` with the value quoted and escaped; what is empty is left out.

use crate::{Closed, Opened, Root, Sink, read};
use model::{EvidenceId, Note, Place, Quote, Record, Settings, When};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The whole transcript of reading `bytes` as an input named `example`, with risky parts run in place.
#[must_use]
pub fn transcript(bytes: &[u8], settings: &Settings) -> Vec<String> {
    let sha256: [u8; 32] = Sha256::digest(bytes).into();
    let root = Root {
        id: EvidenceId::of_root(&sha256),
        sha256,
        name: Quote::from("example"),
        bytes: Arc::new(bytes.to_vec()),
    };
    let mut lines = Lines { depth: 0, lines: Vec::new() };
    read(&root, settings, None, &mut lines);
    lines.lines
}

struct Lines {
    depth: usize,
    lines: Vec<String>,
}

impl Lines {
    fn line(&mut self, text: &str) {
        self.lines.push(format!("{:indent$}{text}", "", indent = self.depth * 2));
    }
}

impl Sink for Lines {
    fn opened(&mut self, opened: &Opened) {
        let format = if opened.format.is_empty() { "nothing known" } else { opened.format };
        self.line(&format!("opened {} as {format}", opened.name.terminal()));
        self.depth += 1;
    }

    fn record(&mut self, place: Place, record: &Record<'_>) {
        let (word, fields) = fields(record);
        self.line(format!("{word} {} {}", place.span, fields.join(" ")).trim_end());
    }

    fn note(&mut self, note: Note) {
        self.line(&format!("note {} {} {} ×{}", note.code.word(), note.span, note.text.terminal(), note.times));
    }

    fn closed(&mut self, closed: &Closed) {
        self.depth -= 1;
        let Closed { bytes, records, children, layout, .. } = closed;
        let layout = if layout.is_empty() { String::new() } else { format!(" layout={:?}", layout.raw()) };
        self.line(&format!("closed bytes={bytes} records={records} children={children}{layout}"));
    }
}

fn fields(record: &Record<'_>) -> (&'static str, Vec<String>) {
    let mut of = Vec::new();
    let word = match record {
        Record::Document(d) => {
            text(&mut of, "title", d.title);
            text(&mut of, "author", d.author);
            text(&mut of, "producer", d.producer);
            when(&mut of, d.when);
            list(&mut of, "passages", d.passages.iter().map(|p| format!("{}: {:?}", p.label, p.text)));
            list(&mut of, "links", d.links.iter().map(|l| format!("{l:?}")));
            text(&mut of, "sha256", d.sha256);
            "document"
        }
        Record::Image(i) => {
            text(&mut of, "kind", i.kind);
            of.push(format!("width={}", i.width));
            of.push(format!("height={}", i.height));
            when(&mut of, i.when);
            list(&mut of, "metadata", i.metadata.iter().map(|m| format!("{m:?}")));
            text(&mut of, "sha256", i.sha256);
            "image"
        }
        other => {
            text(&mut of, "words", other.words().1);
            "record"
        }
    };
    (word, of)
}

fn text(fields: &mut Vec<String>, key: &str, value: &str) {
    if !value.is_empty() {
        fields.push(format!("{key}={value:?}"));
    }
}

fn when(fields: &mut Vec<String>, value: Option<When>) {
    if let Some(value) = value {
        fields.push(format!("when={}", value.iso()));
    }
}

fn list(fields: &mut Vec<String>, key: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        fields.push(format!("{key}=[{}]", items.join(", ")));
    }
}
