//! Every letter is of another script, as a look-alike or as the name is spoken.

use crate::pair::Pair;
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "whole-script",
        about: "the whole label in another script",
        source: "Unicode Technical Report 36, whole-script confusables",
    },
    part: Part::Spelling,
    bits: 3.0,
    sees,
    examples: &[("вечер.example", "vecher.example"), ("сосоа.example", "cocoa.example")],
    twins: &[("cocoа.example", "cocoa.example")],
    innocent: "the outlet's own domain in its readers' script",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.like.chars().any(char::is_alphabetic) && pair.like.chars().filter(|c| c.is_alphabetic()).all(|c| !c.is_ascii())
}
