//! What does that mean, and what else could it mean?
//!
//! A finding is a drawer: a `const` [`Finder`] in a file of its own, listed in [`FINDERS`]. It looks at traces and
//! networks and reads a pattern, with its witnesses, what chance would give and the innocent explanations. Our own
//! sentences never carry words from evidence: those stand in witnesses as quotes.
#![warn(missing_docs)]

mod bridge;
mod burst;
mod chance;
mod cloned_outlet;
mod common;
mod common_owner;
mod copied_article;
mod copy_paste;
mod crowd;
mod extortion;
mod fabricated_network;
mod kinds;
mod lockstep;
mod look_alike_domain;
mod look_alike_sender;
mod mail_wave;
mod marks;
mod masks;
mod organic;
mod phish;
mod published_list;
mod scene;
mod sealed_excerpt;
mod sheets;
mod unsolicited_disclosure;
mod witness;
mod words;

pub use common_owner::one_in;
pub use copied_article::carried;
pub use mail_wave::{GroupTie, GroupedMail, MailGroup, mail_groups};
use model::{Board, Card, Finding};
pub use scene::{Scene, Stage};

/// The fixed headings of a finding's page.
pub struct Page {
    /// What it sees.
    pub sees: &'static str,
    /// Why it matters.
    pub matters: &'static str,
    /// What else it could be.
    pub otherwise: &'static str,
    /// When it is wrong.
    pub wrong: &'static str,
}

/// A pattern and how to read it.
pub struct Finder {
    /// Its label.
    pub card: Card,
    /// Its page in the reference.
    pub page: Page,
    /// Reads the pattern wherever it stands, in a fixed order.
    pub judge: fn(&Board<'_>) -> Vec<Finding>,
    /// An invented case in which it must be found: the page's example.
    pub guilty: fn() -> Scene,
    /// Its innocent twin, in which it must stay quiet or say `low`.
    pub innocent: fn() -> Scene,
}

/// Every finding.
pub const FINDERS: &[&Finder] = &[
    &lockstep::FINDER,
    &copy_paste::FINDER,
    &mail_wave::FINDER,
    &bridge::FINDER,
    &burst::FINDER,
    &cloned_outlet::FINDER,
    &copied_article::FINDER,
    &common_owner::FINDER,
    &fabricated_network::FINDER,
    &sealed_excerpt::FINDER,
    &unsolicited_disclosure::FINDER,
    &phish::FINDER,
    &extortion::FINDER,
    &look_alike_domain::FINDER,
    &look_alike_sender::FINDER,
    &published_list::FINDER,
];

/// All findings, most confident first, then by kind and id.
#[must_use]
pub fn judge(board: &Board<'_>) -> Vec<Finding> {
    let mut all: Vec<Finding> = FINDERS.iter().flat_map(|f| (f.judge)(board)).collect();
    all.sort_by(|x, y| y.confidence.cmp(&x.confidence).then_with(|| x.kind.cmp(&y.kind)).then_with(|| x.id.cmp(&y.id)));
    all
}
