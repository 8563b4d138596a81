//! Two Latin letters side by side that pass for one in many typefaces.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "digraph",
        about: "two letters that pass for one: rn for m, vv for w, cl for d",
        source: "dnstwist homoglyph; twistrs",
    },
    part: Part::Spelling,
    bits: 2.5,
    sees,
    examples: &[("rnorning.example", "morning.example"), ("vvave.test", "wave.example")],
    twins: &[("nornings.example", "morning.example")],
    innocent: "a word that really has these letters",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.slips.contains(&Slip::Digraph)
}
