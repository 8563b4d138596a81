//! Holding the evidence against a leak seal.
//!
//! Whoever has the seal and its key says which passages of sealed documents stand where; the ledger keeps that as an act.
//! The key is never kept, so later runs and `verify` start from the act and need neither. What was added after it was not
//! held against the seal, and the report says so.

use crate::reading::Input;
use crate::{Act, Case, Error, Run, sha256_hex, spread};
use evidence::{Closed, Opened, Sink};
use leaks::{Key, Matcher, Passage, Seal};
use model::{Carrier, EvidenceId, Excerpt, Note, Place, Quote, Record, Sort, Span, When};
use std::collections::BTreeMap;

/// Most passages kept of one check.
const MOST: usize = 10_000;
/// Most passages kept of one input.
const MOST_OF_INPUT: usize = 2_000;
/// Most accidental likenesses of a passage's size in all that was read, for an edited passage to be kept.
const ACCIDENTS: f64 = 0.05;
/// Characters of a passage that are kept.
const WORDS: usize = 240;

/// A seal, open.
pub(crate) struct Held {
    seal: Seal,
    key: Key,
    sha256: String,
}

impl Case {
    /// Opens a seal, against which the next investigation holds the evidence.
    ///
    /// # Errors
    /// [`leaks::Error`]: it is none, is damaged, or was made with another key.
    pub fn hold(&mut self, file: Vec<u8>, key: Key) -> Result<(), leaks::Error> {
        let sha256 = sha256_hex(&file);
        self.held = Some(Held { seal: Seal::read(file, &key)?, key, sha256 });
        Ok(())
    }

    /// Holds all evidence against the open seal and writes down what was found, unless that is known.
    pub(crate) fn check_held(&mut self, run: &Run<'_>) -> Result<(), Error> {
        let Some(held) = self.held.take() else { return Ok(()) };
        let (inputs, evidence) = (self.inputs(), self.evidence_digest());
        let done = |act: &Act| matches!(act, Act::Checked { seal, evidence: of, .. } if *seal == held.sha256 && *of == evidence);
        if self.ledger().checks().iter().any(|(_, act)| done(act)) {
            return Ok(());
        }
        run.progress.stage("comparing", inputs.iter().map(|i| i.bytes).sum());
        let matcher = Matcher::new(&held.seal, &held.key);
        let found = spread(&inputs, run.threads, |input| self.check_input(input, &held.seal, &matcher, run))?;
        let letters = found.iter().map(|f| f.letters).sum();
        let (mut matches, mut left, mut chance) = (Vec::new(), 0, 0);
        for input in found {
            let (likely, passages): (Vec<_>, Vec<_>) = input.passages.into_iter().partition(|f| f.likely_in(letters));
            chance += likely.len() as u64;
            left += input.left + (matches.len() + passages.len()).saturating_sub(MOST) as u64;
            matches.extend(passages.into_iter().map(|f| f.excerpt).take(MOST - matches.len()));
        }
        let documents = held.seal.docs.len() as u64;
        let act = Act::Checked { seal: held.sha256, key: held.key.id(), evidence, documents, matches, left, chance };
        self.append(run.now, act)
    }

    fn check_input(&self, input: &Input, seal: &Seal, matcher: &Matcher<'_>, run: &Run<'_>) -> Result<Found, Error> {
        let found = Found::default();
        let mut ear = Ear { seal, matcher, open: Vec::new(), senders: BTreeMap::new(), found, settled: 0 };
        evidence::read(&self.root(input)?, self.settings(), run.isolate, &mut ear);
        run.progress.step(input.bytes);
        ear.settle();
        Ok(ear.found)
    }
}

/// What one input gave.
#[derive(Default)]
struct Found {
    passages: Vec<Kept>,
    /// Passages that were too many.
    left: u64,
    /// Letters and digits read.
    letters: u64,
}

/// A passage, and how many letters and digits its text has.
struct Kept {
    excerpt: Excerpt,
    letters: u32,
}

impl Kept {
    /// True for an edited passage of which as many are expected by accident once `letters` letters are read. One text
    /// alone is judged by its own length; a case of thousands gives chance thousands of tries.
    fn likely_in(&self, letters: u64) -> bool {
        let texts = letters as f64 / f64::from(self.letters.max(1));
        !self.excerpt.verbatim && self.excerpt.chance * texts > ACCIDENTS
    }
}

/// Listens for texts and holds each against the seal.
struct Ear<'a> {
    seal: &'a Seal,
    matcher: &'a Matcher<'a>,
    /// What is open, outermost first, with its format.
    open: Vec<(EvidenceId, &'static str)>,
    /// Mails read: whose, when. Needed for what they enclose, which may be read before them.
    senders: BTreeMap<EvidenceId, (Quote, Option<When>)>,
    found: Found,
    /// How many of its passages have their sender.
    settled: usize,
}

impl Ear<'_> {
    /// The innermost mail that is open.
    fn mail(&self) -> Option<EvidenceId> {
        self.open.iter().rev().find(|o| evidence::is_mail(o.1)).map(|o| o.0)
    }

    fn carrier(&self, record: &Record<'_>) -> Carrier {
        match record {
            Record::Mail(_) => Carrier::Mail,
            _ if self.mail().is_some() => Carrier::Enclosure,
            Record::Post(_) => Carrier::Post,
            Record::Page(_) => Carrier::Page,
            _ => Carrier::Document,
        }
    }

    fn excerpt(&self, place: Place, record: &Record<'_>, part: &str, text: &str, p: &Passage) -> Excerpt {
        let doc = &self.seal.docs[p.doc];
        let who = traces::who(record);
        let words = text.chars().skip(p.start as usize).take(WORDS.min((p.end - p.start) as usize));
        Excerpt {
            place,
            root: self.open.first().map_or(place.evidence, |o| o.0),
            mail: self.mail(),
            carrier: self.carrier(record),
            sort: who.as_ref().map(|w| w.0),
            who: who.map(|w| Quote::from(&*w.1)).unwrap_or_default(),
            when: record.when(),
            part: part.to_owned(),
            start: p.start,
            end: p.end,
            document: Quote::from(doc.name.as_str()),
            also: p.also.iter().map(|d| Quote::from(self.seal.docs[*d].name.as_str())).collect(),
            doc_start: p.doc_start,
            doc_end: p.doc_end,
            page: doc.page(p.doc_start).map(|n| n as u64),
            run: p.run,
            same: p.same,
            chance: p.chance,
            verbatim: p.verbatim(),
            whole: false,
            words: Quote::from(words.collect::<String>()),
        }
    }

    /// Gives what was found in enclosures the sender of their mail.
    fn settle(&mut self) {
        let new = self.found.passages[self.settled..].iter_mut().map(|f| &mut f.excerpt);
        for excerpt in new.filter(|e| e.carrier == Carrier::Enclosure) {
            if let Some((who, when)) = excerpt.mail.and_then(|m| self.senders.get(&m)) {
                (excerpt.sort, excerpt.who, excerpt.when) = (Some(Sort::Mailbox), who.clone(), *when);
            }
        }
        self.settled = self.found.passages.len();
    }
}

impl Sink for Ear<'_> {
    fn opened(&mut self, opened: &Opened) {
        self.open.push((opened.id, opened.format));
    }

    fn record(&mut self, place: Place, record: &Record<'_>) {
        let mut found: Vec<Kept> = Vec::new();
        let mut covered: BTreeMap<usize, u32> = BTreeMap::new();
        for text in leaks::texts(record, "\n\n") {
            self.found.letters += text.words.chars().filter(|c| c.is_alphanumeric()).count() as u64;
            for passage in self.matcher.check(&text.words) {
                *covered.entry(passage.doc).or_default() += passage.doc_end.saturating_sub(passage.doc_start);
                let excerpt = self.excerpt(place, record, &text.part, &text.words, &passage);
                found.push(Kept { excerpt, letters: passage.letters });
            }
        }
        let whole = |(doc, chars): (&usize, &u32)| u64::from(*chars) * 5 >= u64::from(self.seal.docs[*doc].chars) * 4;
        if covered.iter().any(whole) {
            let excerpts = found.iter_mut().map(|f| &mut f.excerpt);
            excerpts.for_each(|e| e.whole = e.carrier == Carrier::Document);
        }
        if let (Record::Mail(mail), false) = (record, place.span.len == Span::ROW) {
            let who = traces::who(record).map(|w| Quote::from(&*w.1)).unwrap_or_default();
            self.senders.insert(place.evidence, (who, mail.when));
        }
        let room = MOST_OF_INPUT.saturating_sub(self.found.passages.len());
        self.found.left += found.len().saturating_sub(room) as u64;
        found.truncate(room);
        self.found.passages.append(&mut found);
    }

    fn note(&mut self, _: Note) {}

    fn closed(&mut self, _: &Closed) {
        self.open.pop();
        // Kept until the outermost mail is done: what it encloses may name it.
        if self.mail().is_none() {
            self.settle();
            self.senders.clear();
        }
    }

    fn seals(&self) -> bool {
        false
    }
}
