//! One letter is missing.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card { id: "omission", about: "a letter left out", source: "dnstwist; twistrs; urlinsane" },
    part: Part::Spelling,
    bits: 3.0,
    sees,
    examples: &[("mornng.example", "morning.example")],
    twins: &[("morning.test", "morning.example"), ("the-day.example", "theday.example")],
    innocent: "another word, an acronym",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.slips.iter().any(|s| matches!(s, Slip::Drop { c, .. } if *c != '-'))
}
