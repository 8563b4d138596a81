//! Reading, written down line by line: what examples and tests compare.
//!
//! One line per event, two spaces of indentation per depth. Fields stand in the order of the record's struct, as
//! `key=value` with words quoted and escaped; what is empty is left out.

use crate::{Closed, Opened, Root, Sink, read};
use model::{Address, Attachment, EvidenceId, Note, Place, Post, Quote, Record, Settings, When};
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
        self.line(format!("{word} {} {}", place.span, fields.0.join(" ")).trim_end());
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

/// `key=value` of what is there.
#[derive(Default)]
struct Fields(Vec<String>);

impl Fields {
    fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.0.push(format!("{key}={value:?}"));
        }
    }

    fn when(&mut self, value: Option<When>) {
        self.moment("when", value);
    }

    fn moment(&mut self, key: &str, value: Option<When>) {
        if let Some(value) = value {
            self.0.push(format!("{key}={}", value.iso()));
        }
    }

    fn number(&mut self, key: &str, value: u64) {
        self.0.push(format!("{key}={value}"));
    }

    fn list<T>(&mut self, key: &str, items: &[T], one: impl Fn(&T) -> String) {
        if !items.is_empty() {
            self.0.push(format!("{key}=[{}]", items.iter().map(one).collect::<Vec<_>>().join(", ")));
        }
    }

    fn words(&mut self, key: &str, items: &[&str]) {
        self.list(key, items, |w| format!("{w:?}"));
    }

    fn address(&mut self, key: &str, value: &Address<'_>) {
        if *value != Address::default() {
            self.0.push(format!("{key}={}", address(value)));
        }
    }

    fn attachments(&mut self, items: &[Attachment<'_>]) {
        self.list("attachments", items, |a| format!("{:?} {} bytes sha256 {}", a.name, a.len, a.sha256));
    }
}

fn address(a: &Address<'_>) -> String {
    if a.name.is_empty() { format!("{:?}", a.address) } else { format!("{:?} <{:?}>", a.name, a.address) }
}

fn fields(record: &Record<'_>) -> (&'static str, Fields) {
    let mut f = Fields::default();
    let word = match record {
        Record::Post(p) => post(p, &mut f),
        Record::Mail(m) => mail(m, &mut f),
        Record::Page(p) => page(p, &mut f),
        Record::Document(d) => document(d, &mut f),
        Record::Image(i) => image(i, &mut f),
        Record::Name(n) => {
            f.text("domain", n.domain);
            f.when(n.when);
            "name"
        }
        Record::Facts(n) => {
            f.text("subject", n.subject);
            f.when(n.when);
            f.text("page", n.page);
            f.list("said", n.said, |(about, value)| format!("{about:?}={value:?}"));
            "facts"
        }
        Record::Listed(n) => {
            f.text("list", n.list);
            f.text("producer", n.producer);
            f.text("id", n.id);
            f.text(n.what.word(), n.value);
            f.text("label", n.label);
            f.when(n.when);
            if let Some(r) = n.reliability {
                f.text("reliability", &r.letter().to_string());
            }
            if let Some(c) = n.credibility {
                f.number("credibility", u64::from(c.number()));
            }
            if n.harmless {
                f.text("said", "harmless");
            }
            "listed"
        }
    };
    (word, f)
}

fn post(p: &Post<'_>, f: &mut Fields) -> &'static str {
    f.text("platform", p.platform);
    f.text("account", p.account);
    f.text("id", p.id);
    f.when(p.when);
    f.text("text", p.text);
    f.text("reposted", p.reposted);
    f.text("reply_to", p.reply_to);
    f.words("urls", p.urls);
    f.words("hashtags", p.hashtags);
    f.words("mentions", p.mentions);
    f.words("media", p.media);
    f.text("object", p.object);
    f.text("client", p.client);
    "post"
}

fn mail(m: &model::Mail<'_>, f: &mut Fields) -> &'static str {
    f.text("message_id", m.message_id);
    f.address("from", &m.from);
    f.address("reply_to", &m.reply_to);
    f.list("to", m.to, address);
    f.text("mailbox", m.mailbox);
    f.text("subject", m.subject);
    f.when(m.when);
    f.list("received", m.received, |h| {
        let when = h.when.map(When::iso).unwrap_or_default();
        format!("from {:?} by {:?} ip {:?} {when}", h.from, h.by, h.ip).trim_end().to_owned()
    });
    f.list("headers", m.headers, |h| format!("{:?}: {:?} at {}", h.name, h.value, h.span));
    f.text("text", m.text);
    f.list("parts", m.parts, |p| format!("{} {:?} {} chars at {}", p.number, p.kind, p.text.chars().count(), p.span));
    f.words("links", m.links);
    f.attachments(m.attachments);
    "mail"
}

fn page(p: &model::Page<'_>, f: &mut Fields) -> &'static str {
    f.text("url", p.url);
    f.text("title", p.title);
    f.when(p.when);
    f.text("text", p.text);
    f.words("links", p.links);
    f.list("meta", p.meta, |m| format!("{m:?}"));
    f.words("loads", p.loads);
    f.text("code", p.code);
    f.text("byline", p.byline);
    f.moment("kept", p.kept);
    f.words("classes", p.classes);
    f.words("comments", p.comments);
    if !p.shape.is_empty() {
        f.number("paths", p.shape.len() as u64);
    }
    f.attachments(p.attachments);
    "page"
}

fn document(d: &model::Document<'_>, f: &mut Fields) -> &'static str {
    f.text("title", d.title);
    f.text("author", d.author);
    f.text("producer", d.producer);
    f.when(d.when);
    f.list("passages", d.passages, |p| format!("{}: {:?}", p.label, p.text));
    f.words("links", d.links);
    f.text("sha256", d.sha256);
    "document"
}

fn image(i: &model::Image<'_>, f: &mut Fields) -> &'static str {
    f.text("kind", i.kind);
    f.number("width", i.width);
    f.number("height", i.height);
    f.when(i.when);
    f.list("metadata", i.metadata, |m| format!("{m:?}"));
    f.text("sha256", i.sha256);
    "image"
}
