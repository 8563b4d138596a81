//! Numbers written out or in digits.

use crate::outlets::Origin;
use crate::pair::Pair;
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "numeral",
        about: "a number as a word or a word as a number: one, 1, 1st",
        source: "urlinsane ordinal and cardinal swap",
    },
    part: Part::Which,
    bits: 2.5,
    sees,
    examples: &[("channelone.test", "channel1.example"), ("4ward.test", "fourward.example")],
    twins: &[("channel1.test", "channel1.example")],
    innocent: "the outlet's own second spelling",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.origin == Origin::Numeral
}
