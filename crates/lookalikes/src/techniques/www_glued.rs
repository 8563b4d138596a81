//! The dot after `www` is missing or a hyphen.

use crate::pair::{How, Pair};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "www-glued",
        about: "www without its dot: wwwpaper.com",
        source: "dnstwist various; urlinsane missing dot",
    },
    part: Part::Words,
    bits: 2.0,
    sees,
    examples: &[("wwwpaper.example", "paper.example"), ("www-paper.test", "paper.example")],
    twins: &[("www.paper.test", "paper.example"), ("webpaper.test", "paper.example")],
    innocent: "registered by the outlet to catch mistyped addresses",
};

fn sees(pair: &Pair<'_>) -> bool {
    let before = pair.around.0.trim_end_matches('-');
    pair.how == How::Within && (before.starts_with("www") || before == "ww" || before == "http" || before == "https")
}
