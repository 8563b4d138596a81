//! Posts in a JSON document: an array, or an object around one.
//!
//! Telegram Desktop's `result.json` (of one chat or of all), pages of the X API, feeds of Bluesky, arrays of Mastodon
//! statuses or of plain objects. Read element by element (see `posts::split`), so the document may be of any size.
//! Source: RFC 8259; the platforms' own descriptions.

use crate::posts::feed::Feed;
use crate::posts::{alike, split, table};
use crate::{Example, Format, Head, Out, Reading};
use model::Card;
use std::io::BufRead;

/// The drawer.
pub const POSTS_JSON: Format = Format {
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
    let Some(text) = head.words() else { return false };
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    match text.as_bytes().first() {
        Some(b'[') => text[1..].trim_start().strip_prefix('{').is_some_and(|t| t.trim_start().starts_with('"')),
        Some(b'{') => {
            (crate::posts_jsonl::has_array_of_objects(text) || crate::posts_jsonl::all_chats(text))
                && alike::posts(text, head.all)
        }
        _ => false,
    }
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let mut feed = Feed::new();
    table::over_text(bytes, out, |window, out| split::split(window, false, &mut feed, out));
    feed.finish(out);
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "Telegram Desktop: result.json of a channel",
        bytes: br##"{
 "name": "Anna's news",
 "type": "public_channel",
 "id": 1234567,
 "messages": [
  {
   "id": 1,
   "type": "service",
   "date": "2026-10-01T09:59:00",
   "date_unixtime": "1790841540",
   "actor": "Anna's news",
   "action": "create_channel",
   "text": ""
  },
  {
   "id": 2,
   "type": "message",
   "date": "2026-10-01T10:00:00",
   "date_unixtime": "1790841600",
   "from": "Anna's news",
   "from_id": "channel1234567",
   "text": ["Vote ", {"type": "hashtag", "text": "#early"}, " or ", {"type": "text_link", "text": "late", "href": "https://one.example/a"}]
  },
  {
   "id": 3,
   "type": "message",
   "date": "2026-10-01T10:00:05",
   "date_unixtime": "1790841605",
   "from_id": "channel1234567",
   "reply_to_message_id": 2,
   "forwarded_from": "Bertil",
   "text": "no"
  }
 ]
}
"##,
        says: &[
            "opened example as posts-json",
            "  post bytes 269-574 platform=\"telegram\" account=\"channel1234567\" id=\"1234567/2\" when=2026-10-01T08:00:00Z text=\"Vote #early or late\" urls=[\"https://one.example/a\"]",
            "  post bytes 578-793 platform=\"telegram\" account=\"channel1234567\" id=\"1234567/3\" when=2026-10-01T08:00:05Z text=\"no\" reply_to=\"1234567/2\"",
            "  note info bytes 86-265 an entry that is no post (service message, like, deletion): left out ×1",
            "closed bytes=799 records=2 children=0 layout=\"posts as Telegram Desktop has them; times: whole seconds\"",
        ],
    },
    Example {
        name: "Telegram Desktop: all chats",
        bytes: br##"{"about":"x","chats":{"about":"y","list":[
{"name":"A","type":"private_group","id":1,"messages":[{"id":5,"type":"message","date":"2026-10-01T08:00:00","from":"Anna","from_id":"user7","text":"one"}]},
{"name":"B","type":"private_group","id":2,"messages":[{"id":5,"type":"message","date":"2026-10-01T08:00:05","from":"Anna","from_id":"user7","text":"two"}]}
]}}
"##,
        says: &[
            "opened example as posts-json",
            "  post bytes 97-196 platform=\"telegram\" account=\"user7\" id=\"1/5\" when=2026-10-01T08:00:00Z text=\"one\"",
            "  post bytes 254-353 platform=\"telegram\" account=\"user7\" id=\"2/5\" when=2026-10-01T08:00:05Z text=\"two\"",
            "  note info all times are written without a zone: taken as UTC ×1",
            "closed bytes=360 records=2 children=0 layout=\"posts as Telegram Desktop has them; times: whole seconds\"",
        ],
    },
    Example {
        name: "X API v2: a page whose accounts come last",
        bytes: br##"{"data":[{"id":"901","author_id":"77","text":"Vote","created_at":"2026-10-01T08:00:00.000Z"},{"id":"902","author_id":"78","text":"RT @anna: Vote","created_at":"2026-10-01T08:00:05.000Z","referenced_tweets":[{"type":"retweeted","id":"901"}]}],"includes":{"users":[{"id":"77","username":"anna"},{"id":"78","username":"bertil"}]},"meta":{"result_count":2}}"##,
        says: &[
            "opened example as posts-json",
            "  post bytes 9-92 platform=\"x\" account=\"anna\" id=\"901\" when=2026-10-01T08:00:00Z text=\"Vote\"",
            "  post bytes 93-240 platform=\"x\" account=\"bertil\" id=\"902\" when=2026-10-01T08:00:05Z text=\"RT @anna: Vote\" reposted=\"901\"",
            "closed bytes=353 records=2 children=0 layout=\"posts as X API v2 has them; times: whole seconds\"",
        ],
    },
    Example {
        name: "Bluesky: a feed",
        bytes: br##"{"feed":[{"post":{"uri":"at://did:plc:a/app.bsky.feed.post/1","author":{"did":"did:plc:a","handle":"anna.example"},"record":{"text":"Vote","createdAt":"2026-10-01T08:00:00Z"}}}],"cursor":"2026"}"##,
        says: &[
            "opened example as posts-json",
            "  post bytes 9-176 platform=\"bluesky\" account=\"anna.example\" id=\"at://did:plc:a/app.bsky.feed.post/1\" when=2026-10-01T08:00:00Z text=\"Vote\"",
            "closed bytes=194 records=1 children=0 layout=\"posts as Bluesky feed has them; times: whole hours\"",
        ],
    },
    Example {
        name: "an array, with a torn string inside",
        bytes: br##"[
{"id":1,"account":"anna","time":"1/10/2026 08:00","text":"Vote"},
{"id":2,"account":"bertil","time":"1/10/2026 08:01","text":"torn},
{"id":3,"account":"dora","time":"13/10/2026 08:02","text":"Vote [","urls":["https://one.example/a"]},
7
]
"##,
        says: &[
            "opened example as posts-json",
            "  post bytes 2-66 account=\"anna\" id=\"1\" when=2026-10-01T08:00:00Z text=\"Vote\"",
            "  post bytes 135-235 account=\"dora\" id=\"3\" when=2026-10-13T08:02:00Z text=\"Vote [\" urls=[\"https://one.example/a\"]",
            "  note malformed bytes 68-134 a line ends inside a string: the element was left out ×1",
            "  note malformed bytes 237-238 a value that is no object where posts are expected: left out ×1",
            "  note info all times are written without a zone: taken as UTC ×1",
            "closed bytes=241 records=2 children=0 layout=\"account = account, post = id, time = time, text = text, urls = urls; times: whole minutes\"",
        ],
    },
];
