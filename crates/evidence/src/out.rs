//! Where a format puts what it read.

use crate::Format;
use crate::read::{self, Budget, Isolate};
use model::{Code, EvidenceId, Note, Place, Quote, Record, Settings, Span, When};
use std::collections::BTreeMap;
use std::io::Read;

/// A piece of evidence about to be read.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its id.
    pub id: EvidenceId,
    /// What it was unpacked from.
    pub parent: Option<EvidenceId>,
    /// Its number within the parent, from 0.
    pub index: u64,
    /// Its name there, or the input's name.
    pub name: Quote,
    /// Id of the format that will read it; empty when none knows it.
    pub format: &'static str,
}

/// A piece of evidence that was read.
#[derive(Debug, Clone)]
pub struct Closed {
    /// Its id.
    pub id: EvidenceId,
    /// SHA-256 of all its bytes; `None` for the input itself, which was sealed before.
    pub sha256: Option<[u8; 32]>,
    /// Length in bytes.
    pub bytes: u64,
    /// Records read from it directly.
    pub records: u64,
    /// Things unpacked from it directly.
    pub children: u64,
    /// What was understood of its layout.
    pub layout: Quote,
}

/// Who listens while evidence is read. Calls come in one order for the same bytes and settings.
pub trait Sink {
    /// A piece of evidence is about to be read; its parent is still open.
    fn opened(&mut self, opened: &Opened);
    /// It says this, here.
    fn record(&mut self, place: Place, record: &Record<'_>);
    /// Something about it that a reader must know.
    fn note(&mut self, note: Note);
    /// It was read.
    fn closed(&mut self, closed: &Closed);
    /// False where nothing said at this position is listened to: a format of many rows may then leave the row, and what
    /// it would note of it, unread.
    fn wants(&self, _evidence: EvidenceId, _span: Span) -> bool {
        true
    }
    /// False for a listener that has no use for the seals of unpacked things: they are not computed then.
    fn seals(&self) -> bool {
        true
    }
    /// Positions of this evidence whose bytes are wanted (of [`Span::WHOLE`] the beginning). Most listeners want none.
    fn wanted(&self, _evidence: EvidenceId) -> Vec<Span> {
        Vec::new()
    }
    /// Most bytes wanted of one position; they are held in memory.
    fn most(&self) -> u64 {
        64 << 10
    }
    /// The wanted bytes, given before `closed`.
    fn bytes(&mut self, _place: Place, _bytes: &[u8]) {}
}

/// Most different notes on one piece of evidence; further ones are counted together.
const MOST_NOTES: usize = 100;

/// Handed to a format: takes its records, notes and children.
pub struct Out<'o> {
    pub(crate) id: EvidenceId,
    /// The address it was unpacked under, where its name there is one.
    pub(crate) address: String,
    /// When it was saved, as its container says.
    pub(crate) kept: Option<When>,
    pub(crate) depth: u32,
    pub(crate) settings: &'o Settings,
    pub(crate) sink: &'o mut dyn Sink,
    pub(crate) budget: &'o Budget,
    pub(crate) isolate: Option<&'o dyn Isolate>,
    pub(crate) notes: BTreeMap<(Code, String), (Span, u64)>,
    pub(crate) records: u64,
    pub(crate) children: u64,
    pub(crate) layout: String,
    pub(crate) sha256: Option<[u8; 32]>,
}

impl Out<'_> {
    /// Settings of the case.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        self.settings
    }

    /// The address of the web that the evidence was kept under in its container.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        Some(self.address.as_str()).filter(|a| !a.is_empty())
    }

    /// False where the listener does not care for what is said here.
    #[must_use]
    pub fn wants(&self, span: Span) -> bool {
        self.sink.wants(self.id, span)
    }

    /// The evidence says this, here.
    pub fn record(&mut self, span: Span, record: Record<'_>) {
        self.records += 1;
        self.sink.record(Place { evidence: self.id, span }, &record);
    }

    /// Something a reader must know. The same text with the same code is counted, not repeated: put what varies (a
    /// row, an offset) into the span, not into the text.
    pub fn note(&mut self, code: Code, span: Span, text: impl Into<String>) {
        let mut key = (code, text.into());
        if self.notes.len() >= MOST_NOTES && !self.notes.contains_key(&key) {
            key = (code, "further notes of this sort, of many kinds".to_owned());
        }
        self.notes.entry(key).and_modify(|e| e.1 += 1).or_insert((span, 1));
    }

    /// Says what was understood of the layout, for people: `account = author, time = publish_date`.
    pub fn layout(&mut self, text: impl Into<String>) {
        self.layout = text.into();
    }

    /// SHA-256 of the evidence being read: known beforehand for inputs and for whatever is read whole.
    #[must_use]
    pub fn sha256_hex(&self) -> String {
        self.sha256.map(|h| read::hex(&h)).unwrap_or_default()
    }

    /// Something inside: read as evidence of its own, now. `span` is where its packed form stands in this evidence.
    /// Returns false when a limit says that nothing further will be unpacked from this input (already noted).
    pub fn child(&mut self, name: &str, span: Span, bytes: &mut dyn Read) -> bool {
        let index = self.children;
        self.children += 1;
        read::child(self, index, name, span, bytes)
    }

    /// Runs a format's risky part ([`Format::risky`]) on `bytes`: in another process where the caller can start one,
    /// else here. What went wrong is noted and gives nothing.
    pub fn risky(&mut self, format: &Format, bytes: &[u8]) -> Option<Vec<u8>> {
        let Some(isolate) = self.isolate else { return format.risky.map(|f| f(bytes)) };
        match isolate.run(format.card.id, bytes) {
            Ok(wrote) => Some(wrote),
            Err(why) => {
                self.note(Code::Malformed, Span::WHOLE, format!("the reader's process ended: {why}"));
                None
            }
        }
    }

    pub(crate) fn finish(&mut self, sha256: Option<[u8; 32]>, bytes: u64) {
        for ((code, text), (span, times)) in std::mem::take(&mut self.notes) {
            self.sink.note(Note { evidence: self.id, code, span, text: Quote::from(text), times });
        }
        self.sink.closed(&Closed {
            id: self.id,
            sha256,
            bytes,
            records: self.records,
            children: self.children,
            layout: Quote::from(std::mem::take(&mut self.layout)),
        });
    }
}
