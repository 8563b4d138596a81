//! Who shares what with whom, beyond chance?
//!
//! A way of linking is a drawer: a `const` [`Way`] in a file of its own, listed in [`WAYS`]. It sees the trace table
//! object by object and knows nothing of what a kind means.
#![warn(missing_docs)]

use model::{ActorInfo, Card, KindInfo, LinkSettings, Linked, ObjectInfo, Shares};

/// What a way of linking sees.
pub struct Input<'a> {
    /// Trace kinds with the windows in force (already overridden by the settings), by number.
    pub kinds: &'a [KindInfo],
    /// Actors, by number.
    pub actors: &'a [ActorInfo],
    /// Objects, by number.
    pub objects: &'a [ObjectInfo],
    /// The trace table.
    pub shares: &'a dyn Shares,
    /// Settings.
    pub settings: &'a LinkSettings,
}

/// A way of linking actors.
pub struct Way {
    /// Its label.
    pub card: Card,
    /// Does it. The same input gives the same output.
    pub link: fn(&Input<'_>) -> Linked,
}

/// Every way.
pub const WAYS: &[&Way] = &[];
