//! The label is not like the domain but like what the outlet is or was called.

use crate::outlets::Origin;
use crate::pair::Pair;
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "other-name",
        about: "a name, former name or abbreviation of the outlet instead of its domain",
        source: "ours; seen in imitations of renamed outlets",
    },
    part: Part::Which,
    bits: 2.0,
    sees,
    examples: &[("morningpost.test", "themorningpost.example")],
    twins: &[("themorningpost.test", "themorningpost.example")],
    innocent: "the outlet's old address, or a namesake: names of papers repeat from town to town",
};

fn sees(pair: &Pair<'_>) -> bool {
    matches!(pair.origin, Origin::Name | Origin::Former | Origin::Short | Origin::Bare)
}
