//! Reading, written down line by line: what examples and tests compare.
//!
//! One line per event, two spaces of indentation per depth. Fields stand in the order of the record's struct, as
//! `key=value` with the value quoted and escaped; what is empty is left out.

use crate::{Closed, Opened, Root, Sink, read};
use model::{Address, Attachment, EvidenceId, Hop, Note, Place, Quote, Record, Settings, When};
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
        Record::Mail(m) => {
            text(&mut of, "message_id", m.message_id);
            text(&mut of, "from", &address(&m.from));
            text(&mut of, "reply_to", &address(&m.reply_to));
            list(&mut of, "to", m.to.iter().map(|a| format!("{:?}", address(a))));
            text(&mut of, "mailbox", m.mailbox);
            text(&mut of, "subject", m.subject);
            when(&mut of, m.when);
            list(&mut of, "received", m.received.iter().map(hop));
            list(&mut of, "headers", m.headers.iter().map(|h| format!("{:?}", format!("{}: {}", h.name, h.value))));
            text(&mut of, "text", m.text);
            list(&mut of, "links", m.links.iter().map(|l| format!("{l:?}")));
            list(&mut of, "attachments", m.attachments.iter().map(attachment));
            "mail"
        }
        Record::Page(p) => {
            text(&mut of, "url", p.url);
            text(&mut of, "title", p.title);
            when(&mut of, p.when);
            text(&mut of, "text", p.text);
            list(&mut of, "links", p.links.iter().map(|l| format!("{l:?}")));
            list(&mut of, "meta", p.meta.iter().map(|m| format!("{m:?}")));
            list(&mut of, "loads", p.loads.iter().map(|l| format!("{l:?}")));
            text(&mut of, "code", p.code);
            list(&mut of, "attachments", p.attachments.iter().map(attachment));
            "page"
        }
        other => {
            text(&mut of, "words", other.words().1);
            "record"
        }
    };
    (word, of)
}

fn address(a: &Address<'_>) -> String {
    if a.name.is_empty() { a.address.to_owned() } else { format!("{} <{}>", a.name, a.address) }
}

fn hop(h: &Hop<'_>) -> String {
    let when = h.when.map(When::iso).unwrap_or_default();
    format!("{:?}", format!("from {} by {} ip {} at {when}", h.from, h.by, h.ip))
}

fn attachment(a: &Attachment<'_>) -> String {
    format!("{:?}", format!("{} {} {:.8}", a.name, a.len, a.sha256))
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
