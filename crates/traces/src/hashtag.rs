//! Which tags a post carries: NFKC, lower case, without `#` and without invisible joiners. From the list beside the
//! text and from the text. Originals only: a repost passes on another's tags. Too common for a window, so crowds alone are looked for.

use crate::normal::{composed, unseen};
use crate::sample::{Example, POST};
use crate::who::lower;
use crate::{CROWDS, Found, Kind, Reads};
use model::{Card, Post, Record};
use std::borrow::Cow;

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card { id: "hashtag", about: "used the same hashtag", source: "UAX 31, hashtag identifiers; UAX 15, NFKC" },
    reads: Reads::POSTS,
    window: CROWDS,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "#Vote ＃選挙 #ÉLECTION",
            record: Record::Post(&Post { text: "#Vote ＃選挙 #ÉLECTION", hashtags: &["vote", "#Two"], ..POST }),
            values: &["two", "vote", "élection", "選挙"],
        },
        Example {
            shows: "https://one.example/#top #1",
            record: Record::Post(&Post { text: "https://one.example/#top #1", ..POST }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    if !matches!(record, Record::Post(_)) {
        return;
    }
    let seen = found.seen();
    if seen.copied || (seen.tags.is_empty() && seen.given_tags.is_empty()) {
        return;
    }
    let mut tags: Vec<Cow<'_, str>> = seen.tags.iter().chain(seen.given_tags).map(|tag| plain(tag)).collect();
    tags.sort_unstable();
    tags.dedup();
    tags.iter().for_each(|tag| found.own(tag));
}

/// A tag in canonical form; empty where nothing is left.
pub(crate) fn plain(tag: &str) -> Cow<'_, str> {
    let tag = tag.trim().trim_start_matches(['#', '＃']);
    if tag.is_ascii() {
        return lower(tag);
    }
    Cow::Owned(composed(tag).chars().filter(|c| !unseen(*c)).flat_map(char::to_lowercase).collect())
}
