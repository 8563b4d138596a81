//! The nouns of Unspool, and nothing else.
//!
//! Evidence leaves [`Trace`]s; actors that share more rare traces than chance allows are [`Link`]ed; links are read
//! as [`Finding`]s with their innocent explanations; the finished thing is a [`Dossier`]. This room knows no format,
//! kind, finding or export by name, does no IO and never asks what time it is.
#![warn(missing_docs)]

mod board;
mod card;
mod dossier;
mod finding;
mod id;
mod link;
mod note;
mod owner;
mod place;
mod quote;
mod record;
mod settings;
mod trace;
mod when;

pub use board::{Activity, Board, DAY, HOUR, Shares};
pub use card::Card;
pub use dossier::{
    ActorLine, Bin, Channel, Dossier, EvidenceLine, Mark, Method, NetworkLine, NetworkLink, NetworkMember, Ruling,
    SCHEMA, Verdict,
};
pub use finding::{AtLeastOne, Chance, Confidence, Finding, Innocent, Table, Technique, Witness};
pub use id::{EvidenceId, Hashed, hash64, hex16, parse_hex16};
pub use link::{ActorScore, Insufficient, KindCount, Link, Linked, Member, Network, WitnessPair};
pub use note::{Code, Note};
pub use owner::{Cluster, Grounds, Owners, Tied, TiedBy};
pub use place::{Place, Span};
pub use quote::{Quote, defang};
pub use record::{
    About, Address, Attachment, Document, Facts, Header, Hop, Image, Mail, Name, Page, Part, Passage, Post, Record,
};
pub use settings::{CaseSettings, FindingSettings, Limits, LinkSettings, PostColumns, PostSettings, Seconds, Settings};
pub use trace::{ActorInfo, ActorNo, KindInfo, KindNo, ObjectInfo, ObjectNo, Ownership, Share, Sort, Tie, Trace};
pub use when::{Resolution, When};
