//! The registered name is another; one of the labels before it is the outlet.

use crate::pair::{How, Pair};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "brand-subdomain",
        about: "the outlet's name as a part of somebody else's host",
        source: "dnstwist; certificate-transparency watchers",
    },
    part: Part::Place,
    bits: 4.0,
    sees,
    examples: &[("paperplane.login.test", "paperplane.example")],
    twins: &[("paperplane.test", "paperplane.example")],
    innocent: "a customer, reseller, archive, test server or hosting account named after the outlet with its knowledge",
};

fn sees(pair: &Pair<'_>) -> bool {
    pair.how == How::Before
}
