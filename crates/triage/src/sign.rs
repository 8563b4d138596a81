//! The drawer: one thing that can be seen in a mail, what it establishes, and its innocent twin.

use crate::facts::{Facts, Source};
use memchr::memmem;
use model::{Card, Grade, Quote, SheetLine, Span};

/// What a sign is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The way it came.
    Way,
    /// Who it claims to be.
    Who,
    /// What it wants.
    Want,
    /// What it brings.
    Brings,
}

/// Something that can be seen in a mail.
pub struct Sign {
    /// Its label.
    pub card: Card,
    /// What it is about.
    pub topic: Topic,
    /// True where it is rare in honest mail by what it is, so that it counts alone.
    pub strong: bool,
    /// What it establishes when it is seen, and what it does not.
    pub establishes: &'static str,
    /// Looks for it.
    pub(crate) find: fn(&Facts<'_>, &mut Seen<'_>),
    /// A mail in which it must be seen.
    pub example: &'static str,
    /// A mail like it in which it must not.
    pub twin: &'static str,
}

/// Takes what a sign sees.
pub(crate) struct Seen<'f> {
    facts: &'f Facts<'f>,
    sign: &'static str,
    pub(crate) lines: Vec<SheetLine>,
}

/// Most lines of one sign.
const MOST: usize = 4;

impl<'f> Seen<'f> {
    pub(crate) fn new(facts: &'f Facts<'f>, sign: &'static str) -> Self {
        Self { facts, sign, lines: Vec::new() }
    }

    /// A line of evidence: where, the raw value, how firm, what it says, how it was seen.
    pub(crate) fn line(&mut self, at: Source, raw: &str, grade: Grade, says: impl Into<String>, method: &str) {
        if self.lines.len() >= MOST {
            return;
        }
        self.lines.push(SheetLine {
            sign: self.sign.to_owned(),
            says: says.into(),
            grade,
            raw: Quote::from(raw).short(200),
            source: Quote::from(name(self.facts, at)),
            span: exact(self.facts, at, raw),
            method: method.to_owned(),
        });
    }

    /// A line about a header field.
    pub(crate) fn header(&mut self, field: &str, grade: Grade, says: impl Into<String>, method: &str) {
        let (at, raw) = self.facts.header(field).map_or((Source::Whole, ""), |(i, v)| (Source::Header(i), v));
        self.line(at, raw, grade, says, method);
    }
}

fn name(facts: &Facts<'_>, at: Source) -> String {
    match at {
        Source::Header(i) => format!("header {}", facts.mail.headers.get(i).map_or("", |h| h.name)),
        Source::Part(i) => {
            let part = facts.mail.parts.get(i);
            format!("part {} ({})", part.map_or(0, |p| p.number), part.map_or("", |p| p.kind))
        }
        Source::File(i) => format!("enclosure {} {}", i + 1, facts.mail.attachments.get(i).map_or("", |a| a.name)),
        Source::Whole => "the mail".to_owned(),
    }
}

/// The bytes themselves where they stand as written, else the field or part that holds them encoded.
fn exact(facts: &Facts<'_>, at: Source, raw: &str) -> Span {
    let span = facts.span(at);
    let from = span.at as usize;
    let to = if span.len == Span::ALL { facts.mail.raw.len() } else { from.saturating_add(span.len as usize) };
    let Some(bytes) = facts.mail.raw.get(from..to.min(facts.mail.raw.len())) else { return span };
    let found = (!raw.is_empty()).then(|| memmem::find(bytes, raw.as_bytes())).flatten();
    found.map_or(span, |n| Span::bytes((from + n) as u64, raw.len() as u64))
}
