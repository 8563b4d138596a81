//! Whatever was shared, where the evidence names it only by an opaque id (CooRTweet's `object_id`). Kept as it stands.

use crate::sample::{Example, POST};
use crate::{Found, Kind, MINUTE, Reads};
use model::{Card, Post, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "object",
        about: "shared the same thing, known only by an id",
        source: "Righetti and Balluff 2025, CooRTweet",
    },
    reads: Reads::POSTS,
    window: MINUTE,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "object_id = Tweet_9",
            record: Record::Post(&Post { object: " Tweet_9", ..POST }),
            values: &["Tweet_9"],
        },
        Example { shows: "none", record: Record::Post(&POST), values: &[] },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    if let Record::Post(post) = record {
        found.own(post.object.trim());
    }
}
