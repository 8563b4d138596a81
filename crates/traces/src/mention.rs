//! Whom a post names. Values are written like account names, so that an account and those who name it meet.
//!
//! From the list beside the text and from the text, reposts included. Too common for a window.

use crate::sample::{Example, POST};
use crate::who::on_platform;
use crate::{Found, Kind, Reads};
use model::{Card, Post, Record};
use std::borrow::Cow;

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "mention",
        about: "named the same account",
        source: "Pacheco et al. 2021, Uncovering Coordinated Networks on Social Media",
    },
    reads: Reads::POSTS,
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: ".@Bob and @carol@social.example, see",
            record: Record::Post(&Post {
                platform: "x",
                text: ".@Bob and @carol@social.example, see",
                mentions: &["bob"],
                ..POST
            }),
            values: &["x/bob", "x/carol@social.example"],
        },
        Example {
            shows: "mail to a@one.example",
            record: Record::Post(&Post { text: "mail to a@one.example", ..POST }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Post(post) = record else { return };
    let mut named: Vec<Cow<'_, str>> =
        found.seen().mentions.iter().map(|handle| on_platform(post.platform, handle)).collect();
    named.sort_unstable();
    named.dedup();
    named.iter().for_each(|account| found.own(account));
}
