//! Who touched what, when, and which bytes say so.

use crate::{Card, EvidenceId, Place, Quote, Span, When};
use serde::{Deserialize, Serialize};

/// What sort of actor touches things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Sort {
    /// An account on a platform, named `platform/handle` or `handle`.
    Account = 0,
    /// A mail address.
    Mailbox = 1,
    /// A web site, named by its host.
    Site = 2,
    /// A server, named by host name or IP address.
    Host = 3,
    /// A file that names no one else.
    File = 4,
}

impl Sort {
    /// All sorts in order.
    pub const ALL: [Self; 5] = [Self::Account, Self::Mailbox, Self::Site, Self::Host, Self::File];

    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Mailbox => "mailbox",
            Self::Site => "site",
            Self::Host => "host",
            Self::File => "file",
        }
    }

    /// From its number; `None` for a number that names no sort.
    #[must_use]
    pub fn from_u8(n: u8) -> Option<Self> {
        Self::ALL.get(usize::from(n)).copied()
    }

    /// A bit for sets of sorts.
    #[must_use]
    pub fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// Index of a trace kind in the case's list of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct KindNo(pub u8);

/// Index of an actor in the case's list of actors, which is sorted by sort and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActorNo(pub u32);

/// Index of an object in the case's list of objects, which is sorted by kind and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObjectNo(pub u32);

/// A trace as it is taken from a record: names are still words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace<'a> {
    /// Which kind.
    pub kind: KindNo,
    /// Sort of the actor.
    pub sort: Sort,
    /// Name of the actor.
    pub actor: &'a str,
    /// The thing touched, in canonical form.
    pub value: &'a str,
    /// When, where known.
    pub when: Option<When>,
}

/// A row of the finished trace table: names are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// What was touched.
    pub object: ObjectNo,
    /// By whom.
    pub actor: ActorNo,
    /// When in microseconds since 1970, or [`When::UNKNOWN`].
    pub micros: i64,
    /// Index into the case's list of evidence ids (sorted), the short form of [`EvidenceId`].
    pub evidence: u32,
    /// Where in that evidence.
    pub len: u32,
    /// Where in that evidence.
    pub at: u64,
}

impl Share {
    /// When, where known.
    #[must_use]
    pub fn when(&self) -> Option<When> {
        (self.micros != When::UNKNOWN).then_some(When(self.micros))
    }

    /// The position within its evidence.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { at: self.at, len: self.len }
    }

    /// The place, given the case's list of evidence ids.
    #[must_use]
    pub fn place(&self, evidence: &[EvidenceId]) -> Place {
        Place { evidence: evidence[self.evidence as usize], span: self.span() }
    }

    /// The total order of the trace table: object, then time, then actor, then place.
    #[must_use]
    pub fn key(&self) -> (ObjectNo, i64, ActorNo, u32, u64) {
        (self.object, self.micros, self.actor, self.evidence, self.at)
    }
}

/// An actor of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorInfo {
    /// Its stateless id (`a:` and 16 hex digits in outputs).
    pub id: u64,
    /// What sort.
    pub sort: Sort,
    /// Its name, in canonical form.
    pub name: Quote,
    /// How many traces it left, over all kinds.
    pub traces: u64,
    /// How many records it made (posts, mails, pages).
    pub records: u64,
}

/// A thing that actors of the case touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectInfo {
    /// Its stateless id (`t:` and 16 hex digits in outputs).
    pub id: u64,
    /// Its kind.
    pub kind: KindNo,
    /// What it is; long values are cut to 240 bytes at a character (the id is taken over the whole).
    pub value: Quote,
    /// How many traces touch it.
    pub shares: u32,
    /// How many distinct actors.
    pub actors: u32,
    /// Which sorts of actors, as [`Sort::bit`]s.
    pub sorts: u8,
    /// First and last touch in microseconds, [`When::UNKNOWN`] where no time is known.
    pub first: i64,
    /// Last touch.
    pub last: i64,
}

/// What the rest of the house may know of a trace kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindInfo {
    /// Its label.
    pub card: Card,
    /// Co-sharing window in microseconds; [`KindInfo::CROWDS`], or `None` where sharing at the same time says nothing.
    pub window: Option<i64>,
    /// True where values are bags of words and objects with nearly the same words are one thing.
    pub alike: bool,
    /// What it says of the owners of the sites that share it.
    pub ownership: Ownership,
}

impl KindInfo {
    /// In place of a window: two touches close in time say nothing, but a small crowd that comes again does. Less than
    /// nothing, as no pair is that close; a window of nothing is for touches of the same moment.
    pub const CROWDS: i64 = -1;
}

/// What a kind says of who owns the sites it is found on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ownership {
    /// Nothing.
    #[default]
    None,
    /// Sites with the same value may have the same owner.
    Shared(Tie),
    /// Its value names a site whose pages the actor's were built from: what both have proves copying, not an owner.
    CopiedFrom,
}

/// How much it says when two sites share a value: the two probabilities of Fellegi & Sunter 1969, "A theory for record
/// linkage". Figures are orders of magnitude; nothing may rest on a factor of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// Kinds of one family follow from one another and are never counted in full beside each other.
    pub family: &'static str,
    /// Percent of site pairs of one owner that agree in it, where it is known of both.
    pub same: u8,
    /// True for what stands on pages, where anyone can copy it.
    pub copyable: bool,
    /// Unrelated sites agree in at least one of this many pairs, however rare the value looks.
    pub floor: u32,
    /// Values that many unrelated sites share: what such a value contains (begins with, after `^`), and in one of how
    /// many sites it is found.
    pub common: &'static [(&'static str, u32)],
}
