//! An `s` or `es` comes or goes at the end.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "plural",
        about: "a plural for a singular or the other way round",
        source: "dnstwist plural; urlinsane singular-plural",
    },
    part: Part::Spelling,
    bits: 2.0,
    sees,
    examples: &[("papers.example", "paper.example"), ("morning.example", "mornings.example")],
    twins: &[("paperx.example", "paper.example")],
    innocent: "another company whose name is the plural",
};

fn sees(pair: &Pair<'_>) -> bool {
    let (mark, like) = (pair.mark, pair.like.as_str());
    let more = |x: &str, y: &str| x.strip_prefix(y).is_some_and(|end| matches!(end, "s" | "es"));
    let last = pair.slips.iter().any(|s| matches!(s, Slip::Put { c: 's' | 'e', .. } | Slip::Drop { c: 's' | 'e', .. }));
    last && (more(mark, like) || more(like, mark))
}
