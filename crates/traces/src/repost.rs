//! Who passed on the same post.
//!
//! The id of the original, with its platform where known. Old-style reposts that carry no id (`RT @ann: words`) are
//! known by handle and normalised words instead; where the platform cut the words, two such reposts may not meet.
//! Source: Pacheco et al. 2021, "Uncovering Coordinated Networks on Social Media", §Co-retweet.

use crate::normal::normal;
use crate::sample::{Example, POST};
use crate::seen::reposted_words;
use crate::who::{lower, on_platform};
use crate::{Found, Kind, MINUTE, Reads};
use model::{Card, Post, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "repost",
        about: "reposted the same post",
        source: "Pacheco et al. 2021, Uncovering Coordinated Networks on Social Media",
    },
    reads: Reads::POSTS,
    window: MINUTE,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "reposts post 12 on x",
            record: Record::Post(&Post { platform: "x", reposted: "12", ..POST }),
            values: &["x/12"],
        },
        Example {
            shows: "RT @Bob: They don't want you to know this!",
            record: Record::Post(&Post { text: "RT @Bob: They don't want you to know this!", ..POST }),
            values: &["bob: they dont want you to know this"],
        },
        Example { shows: "an original", record: Record::Post(&Post { text: "hello @bob", ..POST }), values: &[] },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Post(post) = record else { return };
    if !post.reposted.is_empty() {
        found.own(&of_platform(post.platform, post.reposted));
    } else if let Some(value) = by_words(post) {
        found.own(&value);
    }
}

/// `platform/id`, or the id where the platform is not known. Ids keep their case.
pub(crate) fn of_platform(platform: &str, id: &str) -> String {
    let (platform, id) = (lower(platform.trim()), id.trim());
    if platform.is_empty() || id.is_empty() { id.to_owned() } else { [&platform, "/", id].concat() }
}

fn by_words(post: &Post<'_>) -> Option<String> {
    let (handle, words) = reposted_words(post.text)?;
    let words = normal(words);
    words.telling().then(|| [&on_platform(post.platform, handle), ": ", &words.text].concat())
}
