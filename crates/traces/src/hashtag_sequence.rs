//! The same three or more tags in the same order: a template's mark, hard to hit by chance.
//!
//! As they stand in the text, else in the list given. Originals only.
//! Source: Pacheco et al. 2021, §"Hashtag sequences".

use crate::hashtag::plain;
use crate::sample::{Example, POST};
use crate::{Found, Kind, MINUTE};
use model::{Card, Post, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "hashtag-sequence",
        about: "used the same three or more hashtags in the same order",
        source: "Pacheco et al. 2021, Uncovering Coordinated Networks on Social Media",
    },
    window: MINUTE,
    ownership: model::Ownership::None,
    find,
    examples: &[
        Example {
            shows: "#Vote for #Change in #Oneland",
            record: Record::Post(&Post { text: "#Vote for #Change in #Oneland", ..POST }),
            values: &["vote change oneland"],
        },
        Example {
            shows: "tags beside the text",
            record: Record::Post(&Post { hashtags: &["B", "A", "C"], ..POST }),
            values: &["b a c"],
        },
        Example { shows: "#only #two", record: Record::Post(&Post { text: "#only #two", ..POST }), values: &[] },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let seen = found.seen();
    let tags = if seen.tags.is_empty() { seen.given_tags } else { &seen.tags };
    if !matches!(record, Record::Post(_)) || seen.copied || tags.len() < 3 {
        return;
    }
    let tags: Vec<String> = tags.iter().map(|tag| plain(tag)).filter(|tag| !tag.is_empty()).collect();
    if tags.len() >= 3 {
        found.own(&tags.join(" "));
    }
}
