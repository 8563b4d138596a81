//! What quick fingers do, and what the eye overlooks.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "transposition",
        about: "two neighbouring letters changed places",
        source: "dnstwist; twistrs; urlinsane",
    },
    part: Part::Spelling,
    bits: 3.0,
    sees,
    examples: &[("mornign.example", "morning.example")],
    twins: &[("mornink.example", "morning.example")],
    innocent: "another word or surname made of the same letters",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.slips.iter().any(|s| matches!(s, Slip::Swap { .. }))
}
