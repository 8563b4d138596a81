//! Posts as JSON, an object or a page of them per line, or objects one after another.
//!
//! Known shapes (see `posts::shapes`) are read as their platform means them, other objects by columns whose names are
//! paths. A broken line costs that line. Source: jsonlines.org; RFC 7464; X API v2 as kept by twarc; 4CAT NDJSON.

use crate::posts::feed::Feed;
use crate::posts::rows::Rows;
use crate::posts::{alike, split, table};
use crate::{Example, Format, Head, Out, Reading};
use model::Card;
use serde_json::Value;
use std::io::BufRead;

/// The drawer.
pub const POSTS_JSONL: Format = Format {
    card: Card {
        id: "posts-jsonl",
        about: "posts as JSON objects, one per line or one after another",
        source: "JSON Lines; X API v2 (twarc), AT Protocol, Mastodon, Telegram and 4CAT exports",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = head.words() else { return false };
    let text = text.trim_start_matches(['\u{feff}', '\u{1e}', ' ', '\t', '\r', '\n']);
    if !text.starts_with('{') || !looks_like_an_object(text) || !alike::posts(text, head.all) {
        return false;
    }
    match line(text) {
        // One line that is all there is may be a whole document.
        Some((object, alone)) => !(alone && head.all && document(&object)),
        None => !has_array_of_objects(text) && !all_chats(text),
    }
}

/// True where a key follows the brace, or the object is empty.
fn looks_like_an_object(text: &str) -> bool {
    text[1..].trim_start().starts_with(['"', '}'])
}

/// The first line as an object, and whether it stands alone.
fn line(text: &str) -> Option<(Value, bool)> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let value: Value = serde_json::from_str(line).ok()?;
    value.is_object().then_some((value, rest.trim().is_empty()))
}

/// True for an object with an array of objects right inside: a document around its posts.
fn document(object: &Value) -> bool {
    let array = |v: &Value| v.as_array().is_some_and(|a| a.first().is_some_and(Value::is_object));
    let chats = object["chats"].get("list").is_some();
    chats
        || !object.get("text").is_some_and(Value::is_string)
            && object.as_object().is_some_and(|o| o.values().any(array))
}

/// True for the beginning of Telegram Desktop's export of all chats.
pub(crate) fn all_chats(text: &str) -> bool {
    text.contains("\"chats\"") && text.contains("\"list\"") && text.contains("\"messages\"")
}

/// True where the object that begins here has, right inside, a key whose value is an array of objects: told from its
/// beginning alone.
pub(crate) fn has_array_of_objects(text: &str) -> bool {
    let (mut depth, mut text_at, bytes) = (0_usize, 0, text.as_bytes());
    while let Some(n) = text[text_at..].find(['"', '{', '}', '[', ']']) {
        let at = text_at + n;
        text_at = at + 1;
        match bytes[at] {
            b'"' => text_at = string_end(bytes, at + 1),
            b'[' if depth == 1 && text[at + 1..].trim_start().starts_with('{') => return true,
            b'{' | b'[' => depth += 1,
            _ if depth <= 1 => return false,
            _ => depth -= 1,
        }
        if !text.is_char_boundary(text_at) {
            return false;
        }
    }
    false
}

fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let mut feed = Feed::new();
    table::over_text(bytes, out, |window, out| {
        let (head, _) = window.beginning();
        let long = !head.contains('\n');
        if !long && line(head.trim_start()).is_none() {
            return split::split(window, true, &mut feed, out);
        }
        let limit = out.settings().limits.row;
        let mut rows = Rows::new(window, b'\n', b'\n', limit).by_line();
        while rows.go(out) {
            let span = rows.span;
            one_after_another(rows.bytes(), span, &mut feed, out);
        }
    });
    feed.finish(out);
}

/// The objects on a line: nearly always one.
fn one_after_another(line: &[u8], span: model::Span, feed: &mut Feed, out: &mut Out<'_>) {
    let mark = line.iter().take_while(|b| b.is_ascii_whitespace() || **b == 0x1e).count();
    let mut rest = line[mark..].trim_ascii_end();
    let mut at = span.at + mark as u64;
    while !rest.is_empty() {
        let len = split::object_len(rest).unwrap_or(rest.len());
        let (object, after) = rest.split_at(len);
        feed.take(model::Span::bytes(at, len as u64), object, out);
        let blank = after.len() - after.trim_ascii_start().len();
        at += (len + blank) as u64;
        rest = &after[blank..];
    }
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "X API v2: a page and a post",
        bytes: br##"{"data":[{"id":"901","author_id":"77","text":"Vote https://t.example/x #early @bertil","created_at":"2026-10-01T08:00:00.000Z","entities":{"urls":[{"url":"https://t.example/x","expanded_url":"https://one.example/a"}],"hashtags":[{"tag":"early"}],"mentions":[{"username":"bertil"}]},"attachments":{"media_keys":["3_1"]}},{"id":"902","author_id":"78","text":"RT @anna: Vote","created_at":"2026-10-01T08:00:05.000Z","referenced_tweets":[{"type":"retweeted","id":"901"}]}],"includes":{"users":[{"id":"77","username":"anna","name":"Anna"}]},"meta":{"result_count":2}}
{"data":{"id":"903","author_id":"78","text":"no","created_at":"2026-10-01T08:00:06.000Z","referenced_tweets":[{"type":"replied_to","id":"901"}]},"includes":{"users":[{"id":"78","username":"bertil"}]}}
{"meta":{"result_count":0}}
"##,
        says: &[
            "opened example as posts-jsonl",
            "  post bytes 0-562 platform=\"x\" account=\"anna\" id=\"901\" when=2026-10-01T08:00:00Z text=\"Vote https://t.example/x #early @bertil\" urls=[\"https://one.example/a\"] hashtags=[\"early\"] mentions=[\"bertil\"] media=[\"3_1\"]",
            "  post bytes 0-562 platform=\"x\" account=\"78\" id=\"902\" when=2026-10-01T08:00:05Z text=\"RT @anna: Vote\" reposted=\"901\"",
            "  post bytes 563-763 platform=\"x\" account=\"bertil\" id=\"903\" when=2026-10-01T08:00:06Z text=\"no\" reply_to=\"901\"",
            "closed bytes=792 records=3 children=0 layout=\"posts as X API v2 has them; times: whole seconds\"",
        ],
    },
    Example {
        name: "X API v1.1",
        bytes: br##"{"created_at":"Wed Oct 10 20:20:19 +0000 2018","id_str":"901","full_text":"RT @anna: Vote","user":{"id_str":"77","screen_name":"bertil"},"retweeted_status":{"id_str":"900"},"entities":{"hashtags":[{"text":"early"}],"urls":[{"expanded_url":"https://one.example/a"}],"user_mentions":[{"screen_name":"anna"}]}}
"##,
        says: &[
            "opened example as posts-jsonl",
            "  post bytes 0-307 platform=\"x\" account=\"bertil\" id=\"901\" when=2018-10-10T20:20:19Z text=\"RT @anna: Vote\" reposted=\"900\" urls=[\"https://one.example/a\"] hashtags=[\"early\"] mentions=[\"anna\"]",
            "closed bytes=308 records=1 children=0 layout=\"posts as X API v1.1 has them; times: whole seconds\"",
        ],
    },
    Example {
        name: "Bluesky: feed items, records and events",
        bytes: br##"{"post":{"uri":"at://did:plc:a/app.bsky.feed.post/1","cid":"c","author":{"did":"did:plc:a","handle":"anna.example"},"record":{"$type":"app.bsky.feed.post","text":"Vote","createdAt":"2026-10-01T08:00:00.123Z","facets":[{"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://one.example/a"},{"$type":"app.bsky.richtext.facet#tag","tag":"early"}]}],"embed":{"$type":"app.bsky.embed.images","images":[{"image":{"ref":{"$link":"bafk1"}}}]}}}}
{"post":{"uri":"at://did:plc:a/app.bsky.feed.post/1","author":{"did":"did:plc:a","handle":"anna.example"},"record":{"text":"Vote","createdAt":"2026-10-01T08:00:00.123Z"}},"reason":{"$type":"app.bsky.feed.defs#reasonRepost","by":{"did":"did:plc:b","handle":"bertil.example"},"indexedAt":"2026-10-01T08:00:05.000Z"}}
{"did":"did:plc:c","time_us":1790841606000000,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.repost","rkey":"3","record":{"$type":"app.bsky.feed.repost","subject":{"uri":"at://did:plc:a/app.bsky.feed.post/1"},"createdAt":"2026-10-01T08:00:06Z"}}}
{"did":"did:plc:c","time_us":1790841607000000,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.like","rkey":"4","record":{"$type":"app.bsky.feed.like","subject":{"uri":"at://did:plc:a/app.bsky.feed.post/1"},"createdAt":"2026-10-01T08:00:07Z"}}}
{"uri":"at://did:plc:d/app.bsky.feed.post/5","cid":"c","value":{"$type":"app.bsky.feed.post","text":"no","createdAt":"2026-10-01T08:00:08Z","reply":{"parent":{"uri":"at://did:plc:a/app.bsky.feed.post/1"}}}}
"##,
        says: &[
            "opened example as posts-jsonl",
            "  post bytes 0-450 platform=\"bluesky\" account=\"anna.example\" id=\"at://did:plc:a/app.bsky.feed.post/1\" when=2026-10-01T08:00:00.123000Z text=\"Vote\" urls=[\"https://one.example/a\"] hashtags=[\"early\"] media=[\"bafk1\"]",
            "  post bytes 451-765 platform=\"bluesky\" account=\"bertil.example\" when=2026-10-01T08:00:05Z text=\"Vote\" reposted=\"at://did:plc:a/app.bsky.feed.post/1\"",
            "  post bytes 766-1040 platform=\"bluesky\" account=\"did:plc:c\" id=\"at://did:plc:c/app.bsky.feed.repost/3\" when=2026-10-01T08:00:06Z reposted=\"at://did:plc:a/app.bsky.feed.post/1\"",
            "  post bytes 1312-1518 platform=\"bluesky\" account=\"did:plc:d\" id=\"at://did:plc:d/app.bsky.feed.post/5\" when=2026-10-01T08:00:08Z text=\"no\" reply_to=\"at://did:plc:a/app.bsky.feed.post/1\"",
            "  note info bytes 1041-1311 an entry that is no post (service message, like, deletion): left out ×1",
            "closed bytes=1519 records=4 children=0 layout=\"posts as Bluesky events has them; posts as Bluesky feed has them; posts as Bluesky records has them; times: fractions of seconds\"",
        ],
    },
    Example {
        name: "Mastodon",
        bytes: br##"{"id":"11","created_at":"2026-10-01T08:00:00.000Z","in_reply_to_id":null,"uri":"https://m.example/users/anna/statuses/11","content":"<p>Vote &amp; smile<br>now</p>","account":{"acct":"anna","url":"https://m.example/@anna"},"reblog":null,"media_attachments":[{"id":"5"}],"mentions":[{"acct":"bertil@n.example"}],"tags":[{"name":"early"}],"card":{"url":"https://one.example/a"}}
{"id":"12","created_at":"2026-10-01T08:00:05.000Z","uri":"https://n.example/users/bertil/statuses/12/activity","content":"","account":{"acct":"bertil@n.example","url":"https://n.example/@bertil"},"reblog":{"id":"11","uri":"https://m.example/users/anna/statuses/11","content":"<p>Vote</p>","account":{"acct":"anna"}}}
"##,
        says: &[
            "opened example as posts-jsonl",
            "  post bytes 0-376 platform=\"mastodon\" account=\"anna@m.example\" id=\"https://m.example/users/anna/statuses/11\" when=2026-10-01T08:00:00Z text=\"Vote & smile\\nnow\" urls=[\"https://one.example/a\"] hashtags=[\"early\"] mentions=[\"bertil@n.example\"] media=[\"5\"]",
            "  post bytes 377-693 platform=\"mastodon\" account=\"bertil@n.example\" id=\"https://n.example/users/bertil/statuses/12/activity\" when=2026-10-01T08:00:05Z text=\"Vote\" reposted=\"https://m.example/users/anna/statuses/11\"",
            "closed bytes=694 records=2 children=0 layout=\"posts as Mastodon has them; times: whole seconds\"",
        ],
    },
    Example {
        name: "Telethon, as 4CAT keeps it",
        bytes: br##"{"_":"Message","id":5,"peer_id":{"_":"PeerChannel","channel_id":100},"date":"2026-10-01T08:00:00+00:00","message":"Vote","from_id":null,"fwd_from":{"_":"MessageFwdHeader","from_id":{"_":"PeerChannel","channel_id":200},"channel_post":9},"reply_to":null,"entities":[{"_":"MessageEntityTextUrl","url":"https://one.example/a"}]}
{"_":"Message","id":6,"peer_id":{"_":"PeerChannel","channel_id":100},"date":"2026-10-01T08:00:05+00:00","message":"no","from_id":{"_":"PeerUser","user_id":7},"fwd_from":null,"reply_to":{"reply_to_msg_id":5},"entities":[]}
"##,
        says: &[
            "opened example as posts-jsonl",
            "  post bytes 0-324 platform=\"telegram\" account=\"100\" id=\"100/5\" when=2026-10-01T08:00:00Z text=\"Vote\" reposted=\"200/9\" urls=[\"https://one.example/a\"]",
            "  post bytes 325-546 platform=\"telegram\" account=\"7\" id=\"100/6\" when=2026-10-01T08:00:05Z text=\"no\" reply_to=\"100/5\"",
            "closed bytes=547 records=2 children=0 layout=\"posts as Telethon has them; times: whole seconds\"",
        ],
    },
    Example {
        name: "messages of Telegram Desktop, line by line",
        bytes: br##"{"id":1,"type":"message","date":"2026-10-01T10:00:00","date_unixtime":"1790841600","from":"Anna","from_id":"user7","text":"Vote"}
"##,
        says: &[
            "opened example as posts-jsonl",
            "  post bytes 0-129 platform=\"telegram\" account=\"user7\" id=\"1\" when=2026-10-01T08:00:00Z text=\"Vote\"",
            "closed bytes=130 records=1 children=0 layout=\"posts as Telegram Desktop has them; times: whole hours\"",
        ],
    },
    Example {
        name: "4CAT NDJSON and a browser capture",
        bytes: br##"{"id":"1","thread_id":"1","timestamp":"2026-10-01 08:00:00","body":"Vote","author":"anna","hashtags":["early"]}
{"id":"2","thread_id":"1","timestamp":"2026-10-01 08:00:05","body":"Vote","author":"bertil","hashtags":[]}
{"item_id":"3","source_platform":"tiktok.example","timestamp_collected":1790841700000,"data":{"id":"3","body":"Vote","timestamp":1790841606,"author":"dora"}}
"##,
        says: &[
            "opened example as posts-jsonl",
            "  post bytes 0-111 account=\"anna\" id=\"1\" when=2026-10-01T08:00:00Z text=\"Vote\" hashtags=[\"early\"]",
            "  post bytes 112-218 account=\"bertil\" id=\"2\" when=2026-10-01T08:00:05Z text=\"Vote\"",
            "  post bytes 219-376 platform=\"tiktok\" account=\"dora\" id=\"3\" when=2026-10-01T08:00:06Z text=\"Vote\"",
            "  note info all times are written without a zone: taken as UTC ×1",
            "closed bytes=377 records=3 children=0 layout=\"account = author, post = id, time = timestamp, text = body, hashtags = hashtags; not used: thread_id; times: whole seconds\"",
        ],
    },
    Example {
        name: "paths, a broken line, two on a line",
        bytes: br##"{"post_id":1,"user":{"id":7,"screen_name":"anna"},"created":1790841600,"text":"Vote","links":["https://one.example/a"]}
{"post_id":2,"user":{"id":8,"screen_name":"ber
{"post_id":3,"user":{"id":9,"screen_name":"dora"},"created":"soon","text":"Vote"}{"post_id":4,"user":{"id":9,"screen_name":"dora"},"created":1790841600,"text":"\u001b[31m"}
"##,
        says: &[
            "opened example as posts-jsonl",
            "  post bytes 0-119 account=\"anna\" id=\"1\" when=2026-10-01T08:00:00Z text=\"Vote\" urls=[\"https://one.example/a\"]",
            "  post bytes 167-248 account=\"dora\" id=\"3\" text=\"Vote\"",
            "  post bytes 248-339 account=\"dora\" id=\"4\" when=2026-10-01T08:00:00Z text=\"\\u{1b}[31m\"",
            "  note malformed bytes 120-166 no well-formed JSON: left out ×1",
            "  note time bytes 167-248 a time is missing, unreadable or outside 1990-2100: the post was kept without it ×1",
            "closed bytes=340 records=3 children=0 layout=\"account = user.screen_name or user.id, post = post_id, time = created, text = text, urls = links; times: whole hours\"",
        ],
    },
    Example {
        name: "objects one after another",
        bytes: br##"{
  "id": "1",
  "author": "anna",
  "time": "2026-10-01T08:00:00Z",
  "text": "Vote {"
}
{
  "id": "2",
  "author": "bertil",
  "time": "2026-10-01T08:00:05Z",
  "text": "} vote"
}
"##,
        says: &[
            "opened example as posts-jsonl",
            "  post bytes 0-89 account=\"anna\" id=\"1\" when=2026-10-01T08:00:00Z text=\"Vote {\"",
            "  post bytes 90-181 account=\"bertil\" id=\"2\" when=2026-10-01T08:00:05Z text=\"} vote\"",
            "closed bytes=182 records=2 children=0 layout=\"account = author, post = id, time = time, text = text; times: whole seconds\"",
        ],
    },
];
