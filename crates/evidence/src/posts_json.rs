//! Posts in a JSON document: an array, or an object around one.
//!
//! Telegram Desktop's `result.json` (of one chat or of all), pages of the X API, feeds of Bluesky, arrays of Mastodon
//! statuses or of plain objects. Read element by element (see `posts::split`), so the document may be of any size.
//! Source: RFC 8259; the platforms' own descriptions.

use crate::posts::feed::Feed;
use crate::posts::{split, table};
use crate::{Example, Format, Head, Out, Reading};
use model::Card;
use std::io::BufRead;

/// The drawer.
pub const FORMAT: Format = Format {
    card: Card {
        id: "posts-json",
        about: "posts in a JSON document: an array of objects, or an object around one",
        source: "RFC 8259; Telegram Desktop export, X API v2, AT Protocol feeds, Mastodon statuses",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = table::beginning(head) else { return false };
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    match text.as_bytes().first() {
        Some(b'[') => text[1..].trim_start().strip_prefix('{').is_some_and(|t| t.trim_start().starts_with('"')),
        Some(b'{') => crate::posts_jsonl::has_array_of_objects(text) || text.contains("\"chats\""),
        _ => false,
    }
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let mut feed = Feed::new();
    table::over_text(bytes, out, |window, out| split::split(window, false, &mut feed, out));
    feed.finish(out);
}

const EXAMPLES: &[Example] = &[];
