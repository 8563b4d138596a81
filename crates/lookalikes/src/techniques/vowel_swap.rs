//! One vowel for another.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card { id: "vowel-swap", about: "one vowel for another", source: "dnstwist vowel-swap; twistrs; urlinsane" },
    part: Part::Spelling,
    bits: 3.0,
    sees,
    examples: &[("mirning.example", "morning.example")],
    twins: &[("mornisg.example", "morning.example")],
    innocent: "the word in another language or dialect; a surname",
};

fn sees(pair: &Pair<'_>) -> bool {
    let vowel = |c: &char| "aeiouy".contains(*c);
    pair.slips.iter().any(|s| matches!(s, Slip::Replace { from, to } if vowel(from) && vowel(to)))
}
