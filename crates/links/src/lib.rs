//! Who shares what with whom, beyond chance?
//!
//! A way of linking is a drawer: a `const` [`Way`] in a file of its own, listed in [`WAYS`]. It sees the trace table
//! object by object and knows nothing of what a kind means.
#![warn(missing_docs)]

mod alike;
mod allow;
mod background;
mod chance;
mod co_sharing;
mod crowd;
mod insufficient;
mod judge;
mod leiden;
mod method;
mod methods;
mod near;
mod network;
mod owners;
mod permuted;
mod pool;
mod recur;
mod score;
mod seen;
mod show;
pub mod steps;
mod sweep;
#[cfg(test)]
#[path = "../tests/table/mod.rs"]
mod table;
mod tally;
mod ties;
mod unspool;

pub use alike::Alike;
pub use owners::{SHARED_OWNER, Tying};

use model::{ActorInfo, Card, EvidenceId, KindInfo, KindNo, LinkSettings, Linked, ObjectInfo, ObjectNo, Share, Shares};

/// What a way of linking sees.
pub struct Input<'a> {
    /// Trace kinds with the windows in force (already overridden by the settings), by number.
    pub kinds: &'a [KindInfo],
    /// Actors, by number.
    pub actors: &'a [ActorInfo],
    /// Objects, by number.
    pub objects: &'a [ObjectInfo],
    /// Evidence, by [`Share::evidence`].
    pub evidence: &'a [EvidenceId],
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

pub use method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};

/// Published methods as recipes, and the default one.
pub const METHODS: &[&Method] = &[
    &methods::unspool::METHOD,
    &methods::qut::METHOD,
    &methods::coortweet::METHOD,
    &methods::coornet::METHOD,
    &methods::pacheco_2021::handle::METHOD,
    &methods::pacheco_2021::image::METHOD,
    &methods::pacheco_2021::hashtag_sequence::METHOD,
    &methods::pacheco_2021::co_retweet::METHOD,
    &methods::pacheco_2021::synchronised::METHOD,
    &methods::luceri_2024::co_retweet::METHOD,
    &methods::luceri_2024::co_url::METHOD,
    &methods::luceri_2024::hashtag_sequence::METHOD,
    &methods::luceri_2024::fast_retweet::METHOD,
    &methods::luceri_2024::text_similarity::METHOD,
    &methods::luceri_2024::fused::METHOD,
    &methods::weber_neumann_2021::METHOD,
    &methods::vishnuprasad_2024::METHOD,
    &methods::hristakieva_2022::METHOD,
    &methods::linhares_2022::METHOD,
    &methods::iannucci_2025::METHOD,
    &methods::bicm::METHOD,
    &methods::null_permutation::METHOD,
];

/// Every way, the default first.
pub const WAYS: &[&Way] = &[&unspool::UNSPOOL, &co_sharing::CO_SHARING];

/// An object of a kind with a window, and its touches.
struct Touched<'a> {
    object: ObjectNo,
    kind: KindNo,
    /// Microseconds.
    window: i64,
    /// Touches with a known time, earliest first. May be empty.
    timed: &'a [Share],
    /// How many touches have no known time.
    untimed: usize,
}

impl Input<'_> {
    /// A hash of the record a trace was taken from: the same whatever else lies in the case.
    fn record(&self, share: &Share) -> u64 {
        let evidence = self.evidence.get(share.evidence as usize).map_or(0, |id| id.0);
        background::mix(share.at.wrapping_mul(31) ^ background::mix(evidence))
    }

    /// One pass over the objects whose kind has a window within which pairs meet, in order of object number.
    fn each_met(&self, f: &mut dyn FnMut(&Touched<'_>)) {
        self.each_touched(&mut |touched| {
            if touched.window >= 0 {
                f(touched);
            }
        });
    }

    /// One pass over the objects of every kind with a window, in order of object number (and so of kind).
    fn each_touched(&self, f: &mut dyn FnMut(&Touched<'_>)) {
        self.shares.each_object(&mut |object, shares| {
            let kind = self.objects[object.0 as usize].kind;
            if let Some(window) = self.kinds[usize::from(kind.0)].window {
                let (untimed, timed) = sweep::split(shares);
                f(&Touched { object, kind, window, timed, untimed });
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Table, touch};

    /// A file added to a case moves the numbers of the others.
    #[test]
    fn a_record_is_known_whatever_else_is_there() {
        let table = Table::new(60, &[(0, 0, 0)]);
        let [one, two] = [7_u64, 1 << 40].map(EvidenceId);
        let share = |evidence| Share { evidence, at: 99, ..touch(0, 0, 0) };
        let alone = Input { evidence: &[two], ..table.input() };
        let beside = Input { evidence: &[one, two], ..table.input() };
        assert_eq!(alone.record(&share(0)), beside.record(&share(1)));
        assert_ne!(beside.record(&share(0)), beside.record(&share(1)));
    }
}
