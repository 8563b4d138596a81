//! One letter stands twice.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card { id: "repetition", about: "a letter doubled", source: "dnstwist repetition; twistrs; urlinsane" },
    part: Part::Spelling,
    bits: 2.5,
    sees,
    examples: &[("morrning.example", "morning.example")],
    twins: &[("moarning.example", "morning.example")],
    innocent: "a spelling that is right elsewhere",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.slips.iter().any(|s| matches!(s, Slip::Put { c, left, right } if *left == Some(*c) || *right == Some(*c)))
}
