//! News, live, online, a country, a topic or any other letters before or after the name.

use crate::pair::{How, Pair};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "words-around",
        about: "the name among words that make it look like a part of the outlet",
        source: "dnstwist dictionary; Kintis et al., Hiding in Plain Sight, CCS 2017",
    },
    part: Part::Words,
    bits: 1.9,
    sees,
    examples: &[("paper-live.example", "paper.example"), ("livepaper.test", "paper.example")],
    twins: &[("paper24.example", "paper.example"), ("paper.test", "paper.example")],
    innocent: "a part, programme or supplement of the outlet; a fan site; another trade that uses the word",
};

fn sees(pair: &Pair<'_>) -> bool {
    let letters = |s: &str| s.chars().any(char::is_alphabetic);
    matches!(pair.how, How::Within) && (letters(&pair.around.0) || letters(&pair.around.1))
}
