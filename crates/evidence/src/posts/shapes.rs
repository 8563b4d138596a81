//! Posts as platforms' own JSON has them, told apart by the keys that only they have.
//!
//! Sources: X API v2 data dictionary and v1.1 tweet object; AT Protocol lexicons `app.bsky.feed.*` and Jetstream;
//! Mastodon REST `Status`; Telegram Desktop's export; Telethon's `Message`, which 4CAT keeps. What only looks like a
//! repost in the words ("RT @x: …") stays words: no id is made up.

use super::element::{Texts, list_of, text_of};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What stands around an element and is needed to read it.
#[derive(Default)]
pub(crate) struct Around {
    /// Id and name of the chat that a Telegram export is of.
    pub chat: String,
    pub chat_name: String,
    /// Platform, where a wrapper names it.
    pub platform: String,
    /// X accounts by id.
    pub users: BTreeMap<String, String>,
}

/// A post, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Parts<'a> {
    pub platform: Cow<'a, str>,
    pub account: Cow<'a, str>,
    pub id: Cow<'a, str>,
    pub time: Cow<'a, str>,
    pub text: Cow<'a, str>,
    pub reposted: Cow<'a, str>,
    pub reply_to: Cow<'a, str>,
    pub object: Cow<'a, str>,
    pub client: Cow<'a, str>,
    pub urls: Texts<'a>,
    pub hashtags: Texts<'a>,
    pub mentions: Texts<'a>,
    pub media: Texts<'a>,
}

/// One platform's way.
pub(crate) struct Shape {
    /// What it is called in the layout line.
    pub name: &'static str,
    is: fn(&Value) -> bool,
    take: for<'a> fn(&'a Value, &Around) -> Option<Parts<'a>>,
}

/// Hashes that a collector writes beside what the platform gives.
const HASHES: &[&str] =
    &["media_sha256", "media_hash", "media_hashes", "image_sha256", "image_hash", "phash", "sha256"];

impl Shape {
    /// Takes a post apart; `None` for an entry that is no post. A platform named in the entry itself is believed
    /// before the one whose way of writing this is.
    pub fn parts<'a>(&self, v: &'a Value, around: &Around) -> Option<Parts<'a>> {
        let mut parts = (self.take)(v, around)?;
        if let Some(platform) = v["platform"].as_str().filter(|p| !p.is_empty()) {
            parts.platform = Cow::Borrowed(platform);
        }
        for value in HASHES.iter().map(|key| &v[*key]) {
            parts.media.extend(list_of(value, &[]));
            parts.media.extend(value.as_str().filter(|hash| !hash.is_empty()).map(Cow::Borrowed));
        }
        Some(parts)
    }
}

const SHAPES: &[Shape] = &[
    Shape {
        name: "Bluesky feed",
        is: |v| v.get("post").is_some_and(|p| p.get("record").is_some()),
        take: bluesky_feed,
    },
    Shape { name: "Bluesky events", is: |v| v.get("commit").is_some() && v.get("did").is_some(), take: bluesky_event },
    Shape { name: "Bluesky records", is: is_bluesky_record, take: bluesky_record },
    Shape {
        name: "Mastodon",
        is: |v| v["account"].get("acct").is_some() && v.get("content").is_some(),
        take: mastodon,
    },
    Shape {
        name: "X API v1.1",
        is: |v| v.get("user").is_some_and(Value::is_object) && v.get("id_str").is_some(),
        take: x_one,
    },
    Shape { name: "X API v2", is: is_x_two, take: x_two },
    Shape { name: "Telethon", is: |v| v.get("peer_id").is_some() && v.get("message").is_some(), take: telethon },
    Shape { name: "Telegram Desktop", is: is_telegram, take: telegram },
];

/// The platform whose way this is.
pub(crate) fn shape(value: &Value) -> Option<&'static Shape> {
    SHAPES.iter().find(|s| (s.is)(value))
}

/// True where accounts stand apart from the posts and may come after them.
pub(crate) fn is_x_two(v: &Value) -> bool {
    let marks = ["author_id", "edit_history_tweet_ids", "referenced_tweets", "public_metrics"];
    v.get("text").is_some_and(Value::is_string) && v.get("id").is_some() && marks.iter().any(|m| v.get(*m).is_some())
}

/// Id and handle of an X account.
pub(crate) fn x_user(v: &Value) -> Option<(String, String)> {
    let (id, name) = (text_of(&v["id"]), text_of(&v["username"]));
    (!id.is_empty() && !name.is_empty()).then(|| (id.into_owned(), name.into_owned()))
}

fn either<'a>(a: Cow<'a, str>, b: impl FnOnce() -> Cow<'a, str>) -> Cow<'a, str> {
    if a.is_empty() { b() } else { a }
}

fn x_two<'a>(v: &'a Value, around: &Around) -> Option<Parts<'a>> {
    let author = text_of(&v["author_id"]);
    let known = around.users.get(&*author).map(|name| Cow::Owned(name.clone())).unwrap_or_default();
    let handle = either(known, || either(text_of(&v["author"]["username"]), || text_of(&v["author_user"]["username"])));
    let referenced = |sort: &str| {
        let all = v["referenced_tweets"].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().find(|r| r["type"] == sort).map(|r| text_of(&r["id"])).unwrap_or_default()
    };
    let entities = &v["entities"];
    let mut urls = list_of(&entities["urls"], &["unwound_url", "expanded_url", "url"]);
    urls.extend(list_of(&v["note_tweet"]["entities"]["urls"], &["unwound_url", "expanded_url", "url"]));
    Some(Parts {
        platform: "x".into(),
        account: either(handle, || author),
        id: text_of(&v["id"]),
        time: text_of(&v["created_at"]),
        text: either(text_of(&v["note_tweet"]["text"]), || text_of(&v["text"])),
        reposted: referenced("retweeted"),
        reply_to: either(referenced("replied_to"), || text_of(&v["in_reply_to_user_id"])),
        urls,
        hashtags: list_of(&entities["hashtags"], &["tag"]),
        mentions: list_of(&entities["mentions"], &["username"]),
        media: list_of(&v["attachments"]["media_keys"], &["media_key"]),
        client: text_of(&v["source"]),
        ..Parts::default()
    })
}

fn x_one<'a>(v: &'a Value, _: &Around) -> Option<Parts<'a>> {
    let full = if v["extended_tweet"].is_object() { &v["extended_tweet"] } else { v };
    let entities = &full["entities"];
    Some(Parts {
        platform: "x".into(),
        account: either(text_of(&v["user"]["screen_name"]), || text_of(&v["user"]["id_str"])),
        id: text_of(&v["id_str"]),
        time: text_of(&v["created_at"]),
        text: either(text_of(&full["full_text"]), || text_of(&v["text"])),
        reposted: text_of(&v["retweeted_status"]["id_str"]),
        reply_to: either(text_of(&v["in_reply_to_status_id_str"]), || text_of(&v["in_reply_to_user_id_str"])),
        urls: list_of(&entities["urls"], &["expanded_url", "url"]),
        hashtags: list_of(&entities["hashtags"], &["text"]),
        mentions: list_of(&entities["user_mentions"], &["screen_name"]),
        media: list_of(&entities["media"], &["id_str"]),
        client: text_of(&v["source"]),
        ..Parts::default()
    })
}

fn is_bluesky_record(v: &Value) -> bool {
    let record = v.get("record").or_else(|| v.get("value"));
    record.is_some_and(|r| r.get("$type").is_some() || r.get("createdAt").is_some())
}

fn bluesky_feed<'a>(v: &'a Value, around: &Around) -> Option<Parts<'a>> {
    let mut parts = bluesky_record(&v["post"], around)?;
    let reason = &v["reason"];
    if reason["by"].is_object() {
        parts.reposted = std::mem::take(&mut parts.id);
        parts.account = either(text_of(&reason["by"]["handle"]), || text_of(&reason["by"]["did"]));
        parts.id = text_of(&reason["uri"]);
        parts.time = text_of(&reason["indexedAt"]);
        parts.reply_to = Cow::default();
    }
    Some(parts)
}

fn bluesky_event<'a>(v: &'a Value, _: &Around) -> Option<Parts<'a>> {
    let commit = &v["commit"];
    let (did, sort, key) = (text_of(&v["did"]), text_of(&commit["collection"]), text_of(&commit["rkey"]));
    let mut parts = bluesky_words(&commit["record"], &sort)?;
    parts.id = if key.is_empty() { key } else { format!("at://{did}/{sort}/{key}").into() };
    parts.time = either(parts.time, || text_of(&v["time_us"]));
    parts.account = did;
    Some(parts)
}

fn bluesky_record<'a>(v: &'a Value, _: &Around) -> Option<Parts<'a>> {
    let record = v.get("record").or_else(|| v.get("value")).unwrap_or(&Value::Null);
    let mut parts = bluesky_words(record, &text_of(&record["$type"]))?;
    parts.id = text_of(&v["uri"]);
    let author = &v["author"];
    parts.account = either(text_of(&author["handle"]), || either(text_of(&author["did"]), || text_of(&v["did"])));
    if parts.account.is_empty() {
        let did = v["uri"].as_str().and_then(|u| u.strip_prefix("at://")?.split('/').next());
        parts.account = did.unwrap_or_default().into();
    }
    parts.time = either(parts.time, || text_of(&v["indexedAt"]));
    Some(parts)
}

/// A record of the collection `sort`; only posts and reposts are of interest.
fn bluesky_words<'a>(record: &'a Value, sort: &str) -> Option<Parts<'a>> {
    let mut parts = Parts { platform: "bluesky".into(), time: text_of(&record["createdAt"]), ..Parts::default() };
    match sort {
        "app.bsky.feed.repost" => {
            parts.reposted = text_of(&record["subject"]["uri"]);
            return (!parts.reposted.is_empty()).then_some(parts);
        }
        "app.bsky.feed.post" | "" if record.is_object() => {}
        _ => return None,
    }
    parts.text = text_of(&record["text"]);
    parts.reply_to = text_of(&record["reply"]["parent"]["uri"]);
    let facets = record["facets"].as_array().map(Vec::as_slice).unwrap_or_default();
    for feature in facets.iter().filter_map(|f| f["features"].as_array()).flatten() {
        let (list, value) = match feature["$type"].as_str().unwrap_or_default() {
            "app.bsky.richtext.facet#link" => (&mut parts.urls, &feature["uri"]),
            "app.bsky.richtext.facet#tag" => (&mut parts.hashtags, &feature["tag"]),
            "app.bsky.richtext.facet#mention" => (&mut parts.mentions, &feature["did"]),
            _ => continue,
        };
        list.push(text_of(value));
    }
    let embed = if record["embed"]["media"].is_object() { &record["embed"]["media"] } else { &record["embed"] };
    parts.urls.extend([text_of(&embed["external"]["uri"])].into_iter().filter(|u| !u.is_empty()));
    let images = embed["images"].as_array().map(Vec::as_slice).unwrap_or_default();
    let blobs = images.iter().map(|i| &i["image"]).chain([&embed["video"]]).map(|b| text_of(&b["ref"]["$link"]));
    parts.media.extend(blobs.filter(|b| !b.is_empty()));
    parts.hashtags.extend(list_of(&record["tags"], &[]));
    Some(parts)
}

fn mastodon<'a>(v: &'a Value, _: &Around) -> Option<Parts<'a>> {
    let id = |v: &'a Value| either(text_of(&v["uri"]), || text_of(&v["id"]));
    let reblog = &v["reblog"];
    let words = if reblog.is_object() { reblog } else { v };
    Some(Parts {
        platform: "mastodon".into(),
        account: mastodon_account(&v["account"]),
        id: id(v),
        time: text_of(&v["created_at"]),
        text: plain_text(words["content"].as_str().unwrap_or_default()).into(),
        reposted: if reblog.is_object() { id(reblog) } else { Cow::default() },
        reply_to: text_of(&v["in_reply_to_id"]),
        urls: [text_of(&words["card"]["url"])].into_iter().filter(|u| !u.is_empty()).collect(),
        hashtags: list_of(&words["tags"], &["name"]),
        mentions: list_of(&words["mentions"], &["acct"]),
        media: list_of(&words["media_attachments"], &["id"]),
        ..Parts::default()
    })
}

/// `name@host`: an account's own server leaves the host out, so it is taken from the account's address.
fn mastodon_account(account: &Value) -> Cow<'_, str> {
    let name = text_of(&account["acct"]);
    let host = account["url"].as_str().and_then(|u| u.split_once("://")?.1.split('/').next());
    match host {
        Some(host) if !host.is_empty() && !name.contains('@') => format!("{name}@{host}").into(),
        _ => name,
    }
}

/// The words of a little HTML: paragraphs and breaks become lines, other tags vanish, entities are undone.
fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (until, used) = if rest.starts_with('<') { tag(rest) } else { entity(rest) };
        text.push_str(&until);
        rest = &rest[used..];
    }
    text.push_str(rest);
    text.truncate(text.trim_end().len());
    text
}

fn tag(rest: &str) -> (String, usize) {
    let end = rest.find('>').map_or(rest.len(), |n| n + 1);
    let line = ["<br", "</p"].iter().any(|t| rest.get(..t.len()).is_some_and(|r| r.eq_ignore_ascii_case(t)));
    (if line { "\n".to_owned() } else { String::new() }, end)
}

fn entity(rest: &str) -> (String, usize) {
    let end = rest.bytes().take(12).position(|b| b == b';');
    let name = end.map_or("", |n| &rest[1..n]);
    let number = name.strip_prefix("#x").and_then(|h| u32::from_str_radix(h, 16).ok());
    let number = number.or_else(|| name.strip_prefix('#').and_then(|d| d.parse().ok()));
    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' ')];
    let named = known.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
    match number.and_then(char::from_u32).or(named) {
        Some(c) => (c.to_string(), name.len() + 2),
        None => ("&".to_owned(), 1),
    }
}

fn is_telegram(v: &Value) -> bool {
    let sort = v["type"].as_str().unwrap_or_default();
    (v.get("date_unixtime").is_some() || v.get("date").is_some())
        && (v.get("from_id").is_some() || matches!(sort, "message" | "service"))
}

fn telegram<'a>(v: &'a Value, around: &Around) -> Option<Parts<'a>> {
    if v["type"] == "service" {
        return None;
    }
    let within = |id: Cow<'a, str>| match () {
        () if id.is_empty() || around.chat.is_empty() => id,
        () => format!("{}/{id}", around.chat).into(),
    };
    let pieces = if v["text_entities"].is_array() { &v["text_entities"] } else { &v["text"] };
    let chat = || Cow::Owned(if around.chat.is_empty() { around.chat_name.clone() } else { around.chat.clone() });
    Some(Parts {
        platform: "telegram".into(),
        account: either(text_of(&v["from_id"]), || either(text_of(&v["from"]), chat)),
        id: within(text_of(&v["id"])),
        time: either(text_of(&v["date_unixtime"]), || text_of(&v["date"])),
        text: telegram_text(&v["text"]),
        reply_to: within(text_of(&v["reply_to_message_id"])),
        urls: list_of(pieces, &["href"]),
        ..Parts::default()
    })
}

/// Words as a string, or as an array of strings and of objects with a `text`.
fn telegram_text(v: &Value) -> Cow<'_, str> {
    let Some(pieces) = v.as_array() else { return text_of(v) };
    pieces.iter().map(|p| if p.is_object() { text_of(&p["text"]) } else { text_of(p) }).collect::<String>().into()
}

fn telethon<'a>(v: &'a Value, _: &Around) -> Option<Parts<'a>> {
    let peer = |p: &'a Value| {
        ["channel_id", "chat_id", "user_id"].iter().map(|k| text_of(&p[*k])).find(|t| !t.is_empty()).unwrap_or_default()
    };
    let chat = peer(&v["peer_id"]);
    let within = |chat: &str, id: Cow<'a, str>| match () {
        () if id.is_empty() || chat.is_empty() => Cow::default(),
        () => format!("{chat}/{id}").into(),
    };
    if v["_"] == "MessageService" {
        return None;
    }
    let forward = &v["fwd_from"];
    let reply = either(text_of(&v["reply_to"]["reply_to_msg_id"]), || text_of(&v["reply_to_msg_id"]));
    Some(Parts {
        platform: "telegram".into(),
        id: within(&chat, text_of(&v["id"])),
        reposted: within(&peer(&forward["from_id"]), text_of(&forward["channel_post"])),
        reply_to: within(&chat, reply),
        account: either(peer(&v["from_id"]), || chat),
        time: text_of(&v["date"]),
        text: text_of(&v["message"]),
        urls: list_of(&v["entities"], &["url"]),
        ..Parts::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_html() {
        for (html, text) in [
            ("<p>one &amp; two</p><p>three<br/>four</p>", "one & two\nthree\nfour"),
            ("a &lt;b&gt; &#39;c&#x27; &bogus; &", "a <b> 'c' &bogus; &"),
            ("<a href=\"https://x.example/a\"><span>https://</span>x.example/a</a>", "https://x.example/a"),
            ("torn <a", "torn"),
            ("&é;", "&é;"),
        ] {
            assert_eq!(plain_text(html), text);
        }
    }
}
