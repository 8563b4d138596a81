//! Meant to catch traffic of machines with a memory error rather than of readers.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "bitsquatting",
        about: "a name one flipped bit away",
        source: "Dinaburg, Bitsquatting, Black Hat 2011; dnstwist",
    },
    part: Part::Spelling,
    bits: 4.5,
    sees,
    examples: &[("oorning.example", "morning.example")],
    twins: &[("xorning.example", "morning.example")],
    innocent: "another word that happens to be one bit away",
};

fn sees(pair: &Pair<'_>) -> bool {
    let bit = |x: char, y: char| x.is_ascii() && y.is_ascii() && (x as u8 ^ y as u8).is_power_of_two();
    pair.slips.iter().any(|s| matches!(s, Slip::Replace { from, to } if bit(*from, *to)))
}
