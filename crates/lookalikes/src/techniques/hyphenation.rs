//! The name with a hyphen more or less.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "hyphenation",
        about: "a hyphen put in or left out",
        source: "dnstwist hyphenation; twistrs; urlinsane",
    },
    part: Part::Spelling,
    bits: 2.0,
    sees,
    examples: &[("morning-post.example", "morningpost.example"), ("theday.test", "the-day.example")],
    twins: &[("morningpost.test", "morningpost.example")],
    innocent: "the outlet's own spare domain; another outlet that writes itself so",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.slips.iter().any(|s| matches!(s, Slip::Put { c: '-', .. } | Slip::Drop { c: '-', .. }))
}
