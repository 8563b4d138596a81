//! One letter too many.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "insertion",
        about: "a letter put in",
        source: "dnstwist insertion and addition; twistrs; urlinsane",
    },
    part: Part::Spelling,
    bits: 3.5,
    sees,
    examples: &[("moarning.example", "morning.example"), ("morningx.example", "morning.example")],
    twins: &[("morning.test", "morning.example")],
    innocent: "another word or name",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.slips.iter().any(|s| matches!(s, Slip::Put { c, .. } if *c != '-'))
}
