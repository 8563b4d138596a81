//! Which sites share an owner, how strongly, and what holds them together.

use crate::{ActorNo, ObjectNo};

/// Why two sites are taken to have one owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grounds {
    /// They share rare values of at least two families.
    Rare,
    /// They share one value, and every other site with it that more is known of belongs to this owner.
    Exclusive,
    /// Two clusters use the same suppliers throughout; no rare value ties them.
    Suppliers,
}

impl Grounds {
    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Rare => "rare",
            Self::Exclusive => "exclusive",
            Self::Suppliers => "suppliers",
        }
    }
}

/// A value that two sites share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TiedBy {
    /// The value.
    pub object: ObjectNo,
    /// What it adds, in bits, after its family was counted; 0 for what many unrelated sites have.
    pub bits: f64,
}

/// Two sites and what ties them.
#[derive(Debug, Clone, PartialEq)]
pub struct Tied {
    /// The site with the smaller number.
    pub a: ActorNo,
    /// The other.
    pub b: ActorNo,
    /// The sum over what they share, less what they differ in: a chance of one in `2^bits` site pairs.
    pub bits: f64,
    /// Why.
    pub grounds: Grounds,
    /// What they share, heaviest first.
    pub by: Vec<TiedBy>,
}

/// Sites taken to have one owner.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The sites, by number.
    pub members: Vec<ActorNo>,
    /// Indices into [`Owners::tied`] of the strongest edges that hold every member: one fewer than members.
    pub held: Vec<usize>,
    /// The weakest of those edges.
    pub weakest: usize,
    /// Into how many members each the cluster falls without it, the smaller part first.
    pub parts: (u32, u32),
}

/// Who shares an owner with whom.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Owners {
    /// How many sites were compared.
    pub sites: u64,
    /// Edges that hold the clusters, sorted by (a, b).
    pub tied: Vec<Tied>,
    /// Clusters of at least two sites, largest first.
    pub clusters: Vec<Cluster>,
    /// Values that tie nobody because unrelated sites have them, most sites first.
    pub platforms: Vec<ObjectNo>,
    /// Pairs of sites of which the first was built from the second (copying, not ownership).
    pub copies: Vec<(ActorNo, ActorNo)>,
    /// Fewest bits at which two sites are tied, so that a site has one false partner in twenty at most.
    pub cut: f64,
}
