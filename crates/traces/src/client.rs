//! The program a post was made with, as the platform or a table names it: `twitter web app`, `dlvr.it`.
//!
//! Markup around the name is left out, letters are folded. No window: most of a platform's users share one of a few
//! programs. It tells a service that posts for its users from a hand. Wrong where a column called `source` means something
//! else: then it says nothing of anybody.

use crate::sample::{Example, POST};
use crate::{Found, Kind, Reads};
use model::{Card, Post, Record};

/// Longest name of a program, in bytes: a column of texts is none.
const LONGEST: usize = 120;

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card { id: "client", about: "posted with the same program", source: "X API, Tweet object, field `source`" },
    reads: Reads::POSTS,
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "as X's own exports have it",
            record: Record::Post(&Post { client: "<a href=\"https://dlvr.it\" rel=\"nofollow\">dlvr.it</a>", ..POST }),
            values: &["dlvr.it"],
        },
        Example {
            shows: "a bare name",
            record: Record::Post(&Post { client: " Twitter for  Android", ..POST }),
            values: &["twitter for android"],
        },
        Example { shows: "none", record: Record::Post(&Post { client: "<a>", ..POST }), values: &[] },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Post(Post { client, .. }) = record else { return };
    if client.is_empty() || client.len() > 4 * LONGEST {
        return;
    }
    let mut bare = String::with_capacity(client.len());
    for part in client.split('<') {
        // Of `a href=…>name` the name, of what stands before any markup all.
        bare.push_str(part.split_once('>').map_or(if client.contains('<') { "" } else { part }, |(_, name)| name));
    }
    let name = bare.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if name.len() <= LONGEST {
        found.own(&name);
    }
}
