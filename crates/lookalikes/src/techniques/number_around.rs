//! Channel numbers and years.

use crate::pair::{How, Pair};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "number-around",
        about: "a number put before or after the name",
        source: "seen in hoax sites: the number of a channel or a year",
    },
    part: Part::Words,
    bits: 2.2,
    sees,
    examples: &[("paper24.example", "paper.example"), ("5paper.test", "paper.example")],
    twins: &[("paper-news.example", "paper.example")],
    innocent: "a real station or edition that has this number",
};

fn sees(pair: &Pair<'_>) -> bool {
    let number = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    matches!(pair.how, How::Within) && (number(&pair.around.0) || number(&pair.around.1))
}
