//! `newsabc` for `abcnews`.

use crate::outlets::Origin;
use crate::pair::Pair;
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "words-turned",
        about: "the words of the name in another order",
        source: "ours; seen in hoax sites named after stations",
    },
    part: Part::Which,
    bits: 3.5,
    sees,
    examples: &[("newsmoon.test", "moonnews.example")],
    twins: &[("moonnews.test", "moonnews.example")],
    innocent: "another outlet: news and a place or a word combine freely",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.origin == Origin::Turned
}
