//! The suffix alone is another, or another along with slips of spelling.

use crate::pair::{How, Pair};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "tld-swap",
        about: "the same name under another suffix",
        source: "dnstwist tld-swap; Agten et al., Seven Months Worth of Mistakes, NDSS 2015",
    },
    part: Part::Place,
    bits: 1.2,
    sees,
    examples: &[("paper.test", "paper.example"), ("papre.test", "paper.example")],
    twins: &[("papre.example", "paper.example"), ("paper-news.test", "paper.example")],
    innocent: "the outlet's own domain for another country, or registered by it so that nobody else does; someone of that name",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.how == How::Whole && pair.name.suffix != pair.target.suffix
}
