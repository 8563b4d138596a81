//! The mails of a case: all traces of one record stand at one place, so a place is a mail.
//!
//! Artefacts that occur once tie nothing and are left out before anything is sorted.

use crate::kinds;
use model::{ActorNo, Board, ObjectInfo, ObjectNo, Place, Share, Sort};
use std::ops::Range;

/// What sort of likeness an artefact is. Kinds of one family say much the same, and never tie two mails by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// What the mail says or encloses.
    Content,
    /// The form it was filled into.
    Template,
    /// The program that put it together: shared by all who use that program.
    Making,
    /// The servers it came by.
    Way,
}

impl Family {
    /// The word in tables.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Template => "template",
            Self::Making => "program",
            Self::Way => "way it came",
        }
    }
}

/// Kinds that tie mails.
pub(super) const TYING: [(&str, Family); 15] = [
    ("exact-text", Family::Content),
    ("text-template", Family::Content),
    ("file-hash", Family::Content),
    ("paragraph", Family::Content),
    ("mail-subject", Family::Content),
    ("url", Family::Content),
    ("html-template", Family::Template),
    ("link-path", Family::Template),
    ("enclosure-name", Family::Template),
    ("header-order", Family::Making),
    ("mail-shape", Family::Making),
    ("id-grammar", Family::Making),
    ("mailer", Family::Making),
    ("message-id-domain", Family::Way),
    ("mail-relay", Family::Way),
];

/// Mails with their recipients and shared artefacts.
pub(super) struct Mails {
    shares: Vec<Share>,
    /// Into `shares`, one mail each, earliest first.
    mails: Vec<Range<usize>>,
}

impl Mails {
    pub(super) fn of(board: &Board<'_>, without: &[String]) -> Self {
        let mut wanted: Vec<ObjectNo> = Vec::new();
        let asked = TYING.iter().map(|t| t.0).filter(|id| without.iter().all(|w| w != id));
        for id in asked.chain(["mailbox"]) {
            let Some(kind) = board.kind(id) else { continue };
            let ties = |o: &ObjectInfo| o.sorts & Sort::Mailbox.bit() != 0 && (id == "mailbox" || o.shares >= 2);
            wanted.extend(kinds::objects(board, kind).filter(|o| ties(o.1)).map(|o| o.0));
        }
        wanted.sort_unstable();
        if wanted.is_empty() {
            return Self { shares: Vec::new(), mails: Vec::new() };
        }
        let mut shares = board.shares.of_objects(&wanted);
        shares.retain(|s| board.actor(s.actor).sort == Sort::Mailbox);
        shares.sort_unstable_by_key(|s| (s.micros, s.evidence, s.at, s.actor, s.object));
        let mut mails = Vec::new();
        let mut from = 0;
        for mail in
            shares.chunk_by(|x, y| (x.micros, x.evidence, x.at, x.actor) == (y.micros, y.evidence, y.at, y.actor))
        {
            mails.push(from..from + mail.len());
            from += mail.len();
        }
        Self { shares, mails }
    }

    /// How many mails there are.
    pub(super) fn len(&self) -> usize {
        self.mails.len()
    }

    /// Traces of a mail, by object.
    pub(super) fn shares(&self, mail: usize) -> &[Share] {
        &self.shares[self.mails[mail].clone()]
    }

    /// Its sender.
    pub(super) fn sender(&self, mail: usize) -> ActorNo {
        self.shares[self.mails[mail].start].actor
    }

    /// Its time in microseconds, or unknown.
    pub(super) fn micros(&self, mail: usize) -> i64 {
        self.shares[self.mails[mail].start].micros
    }

    /// Where it stands.
    pub(super) fn place(&self, board: &Board<'_>, mail: usize) -> Place {
        self.shares[self.mails[mail].start].place(board.evidence)
    }

    /// Whom it reached.
    pub(super) fn boxes<'a>(&'a self, board: &'a Board<'_>, mail: usize) -> impl Iterator<Item = ObjectNo> + 'a {
        let range = kinds::range_of(board, "mailbox");
        self.shares(mail).iter().map(|s| s.object).filter(move |o| range.contains(&o.0))
    }

    /// Which mails carry each object, as (object, mail), sorted.
    pub(super) fn by_object(&self) -> Vec<(ObjectNo, usize)> {
        let each = (0..self.len()).flat_map(|m| self.shares(m).iter().map(move |s| (s.object, m)));
        let mut out: Vec<(ObjectNo, usize)> = each.collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}
