//! One ASCII character for another that looks like it.

use crate::keys::{LOOK, grouped};
use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "look-alike-letter",
        about: "digits or Latin letters that look alike: l, 1 and i, 0 and o",
        source: "dnstwist homoglyph; urlinsane homoglyph",
    },
    part: Part::Spelling,
    bits: 2.5,
    sees,
    examples: &[("dai1y.example", "daily.example"), ("z0ne.test", "zone.example")],
    twins: &[("dazly.example", "daily.example")],
    innocent: "another word that differs in this letter",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.slips.iter().any(|s| matches!(s, Slip::Replace { from, to } if grouped(LOOK, *from, *to)))
}
