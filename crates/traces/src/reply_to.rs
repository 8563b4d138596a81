//! Who answered the same post (or account, where the evidence names only that). Reposts are left out: what they
//! answer is the original author's doing.

use crate::repost::of_platform;
use crate::sample::{Example, POST};
use crate::{Found, Kind, MINUTE, Reads};
use model::{Card, Post, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "reply-to",
        about: "replied to the same post",
        source: "coordination-network-toolkit (QUT), co_reply",
    },
    reads: Reads::POSTS,
    window: MINUTE,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "replies to post 12 on x",
            record: Record::Post(&Post { platform: "X", reply_to: "12", ..POST }),
            values: &["x/12"],
        },
        Example {
            shows: "reposts a reply",
            record: Record::Post(&Post { reposted: "9", reply_to: "12", ..POST }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Post(post) = record else { return };
    if !post.reply_to.is_empty() && !found.seen().copied {
        found.own(&of_platform(post.platform, post.reply_to));
    }
}
