//! Suffixes of two parts one of which is a generic ending: `.com.co` beside `.com`, `.eu.com`, `.uk.net`.

use crate::pair::{How, Pair};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "pseudo-suffix",
        about: "a suffix sold to look like another: .com.co, .eu.com",
        source: "public suffix list, private part; seen in hoax sites since 2014",
    },
    part: Part::Place,
    bits: 2.5,
    sees,
    examples: &[("paper.com.co", "paper.example"), ("paper.eu.com", "paper.example")],
    twins: &[("paper.com.au", "paper.com.au"), ("paper.co", "paper.example")],
    innocent: "the outlet's edition for a country whose names end so",
};

fn sees(pair: &Pair<'_>) -> bool {
    let parts = |s: &str| s.split('.').filter(|p| GENERIC.contains(p)).count();
    let two = pair.name.suffix.contains('.') && parts(pair.name.suffix) > 0;
    let home = pair.target.suffix.rsplit('.').next() == pair.name.suffix.rsplit('.').next();
    pair.how != How::Before && two && !home && pair.name.suffix != pair.target.suffix
}

const GENERIC: &[&str] = &["com", "net", "org", "co", "info"];
