//! The country stays, the level below it changes, comes or goes.

use crate::pair::{How, Pair};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "wrong-second-level",
        about: "the right country under another second level: .org.uk for .co.uk",
        source: "urlinsane wrong second level domain",
    },
    part: Part::Place,
    bits: 3.0,
    sees,
    examples: &[("paper.org.uk", "paper.co.uk"), ("paper.uk", "paper.co.uk")],
    twins: &[("paper.example", "paper.co.uk"), ("paper.com", "paper.org")],
    innocent: "the outlet's own older or newer address in the same country",
};

fn sees(pair: &Pair<'_>) -> bool {
    let (name, target) = (pair.name.suffix, pair.target.suffix);
    let country = target.rsplit('.').next().is_some_and(|c| c.len() == 2);
    pair.how == How::Whole && country && name != target && name.rsplit('.').next() == target.rsplit('.').next()
}
