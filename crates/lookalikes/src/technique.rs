//! How one name can be made to pass for another: the drawer of a technique.

use crate::pair::Pair;
use model::Card;

/// Which part of a name a technique changes. What it costs to think of is added up over parts; within a part the likeliest
/// technique counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The letters of the outlet's name.
    Spelling,
    /// What stands around it in the label.
    Words,
    /// Which of the outlet's names was taken.
    Which,
    /// The suffix, and where the name stands.
    Place,
}

/// A technique.
pub struct Technique {
    /// Its label; source is where it was described or seen.
    pub card: Card,
    /// What it changes.
    pub part: Part,
    /// How seldom imitators choose it among what they do, in bits. Argued from public accounts of what real imitations
    /// are (of 166: suffix 45 %, words around 27 %, both spelling and suffix 9 %, pseudo-suffixes 8 %) and from how many
    /// variants the technique has to choose among.
    pub bits: f32,
    /// True when it explains something of the pair.
    pub sees: fn(&Pair<'_>) -> bool,
    /// Name and outlet: it must see these.
    pub examples: &'static [(&'static str, &'static str)],
    /// It must not see these.
    pub twins: &'static [(&'static str, &'static str)],
    /// What else such a name could be.
    pub innocent: &'static str,
}
