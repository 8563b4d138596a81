//! Names met in a case that are written like a protected outlet's.

use crate::{ActorNo, Card, ObjectNo, Quote};

/// All names of a case beside the outlets it protects.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imitations {
    /// Outlets that names were compared with.
    pub outlets: u64,
    /// Different names compared.
    pub names: u64,
    /// The outlets' own domains, sorted.
    pub own: Vec<Quote>,
    /// Names that come near, the most surprising first.
    pub near: Vec<Imitation>,
}

/// A name that comes near an outlet's.
#[derive(Debug, Clone, PartialEq)]
pub struct Imitation {
    /// The name: a registered domain, or a host where only the host imitates.
    pub name: Quote,
    /// The outlet's domain, as in the list.
    pub target: Quote,
    /// The outlet's string that it is written like.
    pub mark: Quote,
    /// Where that string comes from: `domain`, `abbreviation`, …
    pub mark_is: &'static str,
    /// How it was made, the likeliest first.
    pub techniques: Vec<Card>,
    /// How much likelier an imitator would have this name than chance, in bits.
    pub bits: f64,
    /// What these bits are made of: what in words, and how many.
    pub reasons: Vec<(String, f64)>,
    /// What else such a name could be.
    pub innocent: Vec<&'static str>,
    /// Things of the case that hold the name (links, certificates, list entries), some of them.
    pub objects: Vec<ObjectNo>,
    /// Sites and mailboxes under the name.
    pub actors: Vec<ActorNo>,
    /// Sites under the outlet's own domains.
    pub originals: Vec<ActorNo>,
}
