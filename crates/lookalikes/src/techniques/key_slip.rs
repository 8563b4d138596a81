//! Only one key away on a keyboard in use.

use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "key-slip",
        about: "a neighbouring key struck instead or as well",
        source: "dnstwist replacement and insertion (qwerty, qwertz, azerty)",
    },
    part: Part::Spelling,
    bits: 3.0,
    sees,
    examples: &[("mornimg.example", "morning.example"), ("mornjing.example", "morning.example")],
    twins: &[("morniag.example", "morning.example")],
    innocent: "another word that differs in this letter",
};

fn sees(pair: &Pair<'_>) -> bool {
    let by = |c: &char, other: &Option<char>| other.is_some_and(|o| crate::keys::neighbours(*c, o));
    pair.slips.iter().any(|s| match s {
        Slip::Replace { from, to } => crate::keys::neighbours(*from, *to),
        Slip::Put { c, left, right } => by(c, left) || by(c, right),
        _ => false,
    })
}
