//! The same three or more tags in the same order: a template's mark, hard to hit by chance.
//!
//! As they stand in the text; each run of them with nothing between (the block that a template ends with) by itself; and
//! the list given beside the text. Originals only.
//! Source: Pacheco et al. 2021, §"Hashtag sequences".

use crate::hashtag::plain;
use crate::sample::{Example, POST};
use crate::{Found, Kind, MINUTE, Reads};
use model::{Card, Post, Record};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "hashtag-sequence",
        about: "used the same three or more hashtags in the same order",
        source: "Pacheco et al. 2021, Uncovering Coordinated Networks on Social Media",
    },
    reads: Reads::POSTS,
    window: MINUTE,
    ownership: model::Ownership::None,
    alike: false,
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
        Example {
            shows: "a block of tags after words with one",
            record: Record::Post(&Post { text: "#Hello dear voters! #Vote #Change #Oneland", ..POST }),
            values: &["hello vote change oneland", "vote change oneland"],
        },
        Example { shows: "#only #two", record: Record::Post(&Post { text: "#only #two", ..POST }), values: &[] },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Post(post) = record else { return };
    let seen = found.seen();
    if seen.copied {
        return;
    }
    let mut all: BTreeSet<String> = [&seen.tags, seen.given_tags].into_iter().filter_map(sequence).collect();
    all.extend(runs(post.text, &seen.tags).filter_map(sequence));
    all.iter().for_each(|tags| found.own(tags));
}

fn sequence(tags: &[&str]) -> Option<String> {
    let tags: Vec<Cow<'_, str>> = tags.iter().map(|tag| plain(tag)).filter(|tag| !tag.is_empty()).collect();
    (tags.len() >= 3).then(|| tags.join(" "))
}

/// Tags of the text with nothing but their signs and white space between.
fn runs<'t>(text: &str, tags: &'t [&'t str]) -> impl Iterator<Item = &'t [&'t str]> {
    let start = text.as_ptr() as usize;
    let at = move |tag: &str| (tag.as_ptr() as usize).wrapping_sub(start);
    let next = |x: &&str, y: &&str| {
        let between = text.get(at(x) + x.len()..at(y)).unwrap_or("words");
        between.chars().all(|c| c.is_whitespace() || matches!(c, '#' | '＃'))
    };
    tags.chunk_by(next).collect::<Vec<_>>().into_iter()
}
