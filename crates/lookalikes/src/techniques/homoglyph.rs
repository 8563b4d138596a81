//! Cyrillic, Greek, accented or otherwise marked letters in the place of Latin ones, usually seen as `xn--`.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "homoglyph",
        about: "foreign letters that look like Latin ones",
        source: "UTS 39; Gabrilovich & Gontmakher, The Homograph Attack, CACM 2002",
    },
    part: Part::Spelling,
    bits: 2.5,
    sees,
    examples: &[("pаper.example", "paper.example"), ("xn--pper-53d.example", "paper.example")],
    twins: &[("papir.example", "paper.example")],
    innocent: "the name as it is rightly written in its own language",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.slips.iter().any(|s| matches!(s, Slip::Replace { from, to } if from.is_ascii() && !to.is_ascii()))
}
