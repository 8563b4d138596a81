//! The name appears when the dots are taken out.

use crate::pair::{How, Pair};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "dot-put-in",
        about: "a dot put into the name: mor.ningpost.com",
        source: "dnstwist subdomain; urlinsane period insertion",
    },
    part: Part::Place,
    bits: 4.5,
    sees,
    examples: &[("pa.per.example", "paper.example")],
    twins: &[("paper.test", "paper.example")],
    innocent: "a host and a domain that spell the name by accident",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.how == How::Joined
}
