//! A replacement that no other technique explains.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "letter-replaced",
        about: "one letter for any other",
        source: "urlinsane character replacement; twistrs mapped",
    },
    part: Part::Spelling,
    bits: 4.5,
    sees,
    examples: &[("morzing.example", "morning.example")],
    twins: &[("morningg.example", "morning.example")],
    innocent: "another word or name",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.slips.iter().any(|s| matches!(s, Slip::Replace { .. }))
}
