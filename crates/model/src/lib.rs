//! The nouns of Unspool, and nothing else.
//!
//! Evidence leaves [`Trace`]s; actors that share more rare traces than chance allows are [`Link`]ed; links are read
//! as [`Finding`]s with their innocent explanations; the finished thing is a [`Dossier`]. This room knows no format,
//! kind, finding or export by name, does no IO and never asks what time it is.
#![warn(missing_docs)]

mod acts;
mod article;
mod board;
mod card;
mod coordination;
mod dossier;
mod finding;
mod id;
mod imitation;
mod judgement;
mod likelihood;
mod lineage;
mod link;
mod mailroom;
mod note;
mod owner;
mod place;
mod quote;
mod record;
mod settings;
mod sheet;
mod spell;
mod technique;
mod trace;
mod when;

pub use acts::{Acts, Layer, Tokens};
pub use article::{Article, Articles, Carried, Masked, SentOn};
pub use board::{Activity, Board, DAY, HOUR, Shares};
pub use card::Card;
pub use coordination::{Column, Coordination, Edges, Remark, Values};
pub use dossier::{
    ActLine, ActorLine, Bin, Channel, Dossier, EvidenceLine, Mark, Method, NetworkLine, NetworkLink, NetworkMember,
    Ruling, SCHEMA, Verdict,
};
pub use finding::{AtLeastOne, Chance, Confidence, Finding, Innocent, Table, Technique, Witness};
pub use id::{EvidenceId, Hashed, hash64, hex16, parse_hex16};
pub use imitation::{Imitation, Imitations};
pub use judgement::{
    Aspect, Balance, Ground, Hypothesis, Interval, Judgement, Known, OFFERED, Openness, Put, Question, Role, Sameness,
    Statement, TechniqueClaim, Weighed, Weight,
};
pub use likelihood::{Credibility, Likelihood, Reliability};
pub use lineage::{Descent, DescentClaim, Echo, Heard, Kinship, Origin, TextLine, Texts};
pub use link::{ActorScore, Insufficient, KindCount, Link, Linked, Member, Network, Permuted, Survival, WitnessPair};
pub use mailroom::{Carrier, Excerpt, JudgedMail, Mailroom};
pub use note::{Code, Note};
pub use owner::{Cluster, Grounds, Owners, Tied, TiedBy};
pub use place::{Place, Span};
pub use quote::{Quote, defang};
pub use record::{
    About, Address, Attachment, Document, Facts, Header, Hop, Image, Listed, Mail, Name, Observable, Page, Part,
    Passage, Post, Record, Written,
};
pub use settings::{
    CaseSettings, FindingSettings, Limits, LinkSettings, ListSettings, MailSettings, PostColumns, PostSettings,
    ProtectSettings, SealSettings, Seconds, Settings, Tlp,
};
pub use sheet::{Check, Could, Grade, Rescued, SHEET_SCHEMA, Sheet, SheetLine, Stop};
pub use spell::{Spell, Spells};
pub use technique::{CATALOGUES, CROSSWALK, TACTICS, TechniqueLine, incidents, parse_incidents, technique, techniques};
pub use trace::{ActorInfo, ActorNo, KindInfo, KindNo, ObjectInfo, ObjectNo, Ownership, Share, Sort, Tie, Trace};
pub use when::{Resolution, When};
