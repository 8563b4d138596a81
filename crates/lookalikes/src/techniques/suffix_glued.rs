//! The suffix the reader expects is there, but in front of the last dot.

use crate::pair::{How, Pair};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "suffix-glued",
        about: "the outlet's own suffix as a part of the label: paper-co-uk.com",
        source: "twistrs hyphenation-tld-boundary; dnstwist various",
    },
    part: Part::Words,
    bits: 2.5,
    sees,
    examples: &[("paper-co-uk.com", "paper.co.uk"), ("paperexample.test", "paper.example")],
    twins: &[("paper-news.example", "paper.example")],
    innocent: "the outlet's own address for readers who leave out the dot",
};

fn sees(pair: &Pair<'_>) -> bool {
    let plain = pair.target.suffix.replace('.', "");
    let last = pair.target.suffix.rsplit('.').next().unwrap_or_default();
    let bare = |s: &str| s.replace('-', "");
    let is = |s: &str| s == plain || s == last || (s == "co" && plain.starts_with("co"));
    matches!(pair.how, How::Within) && (is(&bare(&pair.around.0)) || is(&bare(&pair.around.1)))
}
