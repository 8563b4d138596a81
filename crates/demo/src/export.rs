//! Two platforms, two layouts: a CSV in the columns of the coordination-network-toolkit with three of its own, and
//! gzipped JSON lines in the flattened shape of the X API v2. Rows stand in order of time.

use crate::File;
use crate::cast::{Account, Cast};
use crate::dates;
use crate::feed::Post;
use crate::squeeze::gzip;
use crate::story::Story;

/// Both exports; `written` is how the table writes its times.
pub fn files(story: &Story, cast: &Cast, posts: &[Post], written: fn(i64) -> String) -> [File; 2] {
    let on = |platform: usize| posts.iter().filter(move |p| cast.accounts[p.account].platform == platform);
    let csv = table(story, cast, on(0), written);
    let json: String = on(1).map(|p| line(&story.platforms[1], &cast.accounts[p.account], p)).collect();
    let name = |platform: usize, end: &str| format!("posts/{}-export.{end}", story.platforms[platform]);
    [
        File { path: name(0, "csv"), bytes: csv.into_bytes() },
        File {
            path: name(1, "jsonl.gz"),
            bytes: gzip(json.as_bytes(), "SYNTHETIC posts, made up for a demonstration"),
        },
    ]
}

fn table<'a>(story: &Story, cast: &Cast, posts: impl Iterator<Item = &'a Post>, written: fn(i64) -> String) -> String {
    let mut out =
        "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls,platform,media_sha256,synthetic\r\n"
            .to_owned();
    for p in posts {
        let account = &cast.accounts[p.account];
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let cells = [
            p.id.to_string(),
            account.id.to_string(),
            account.handle.clone(),
            number(p.reposted),
            number(p.replied),
            p.text.clone(),
            written(p.at / 1000),
            p.urls.join(" "),
            story.platforms[account.platform].clone(),
            p.media.clone().unwrap_or_default(),
            "yes".to_owned(),
        ];
        out.push_str(&cells.map(|c| cell(&c)).join(","));
        out.push_str("\r\n");
    }
    out
}

fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn line(platform: &str, account: &Account, p: &Post) -> String {
    let who = [
        ("id", string(&account.id.to_string())),
        ("username", string(&account.handle)),
        ("name", string(&account.name)),
    ];
    let mut fields = vec![
        ("id", string(&p.id.to_string())),
        ("author_id", string(&account.id.to_string())),
        ("created_at", string(&dates::rfc3339_millis(p.at))),
        ("text", string(&p.text)),
        ("author", object(&who)),
        ("platform", string(platform)),
    ];
    let references = [("retweeted", p.reposted), ("replied_to", p.replied)];
    let known: Vec<String> = references
        .into_iter()
        .filter_map(|(kind, id)| Some(object(&[("type", string(kind)), ("id", string(&id?.to_string()))])))
        .collect();
    if !known.is_empty() {
        fields.push(("referenced_tweets", format!("[{}]", known.join(","))));
    }
    let entities = entities(p);
    if !entities.is_empty() {
        fields.push(("entities", object(&entities)));
    }
    if let Some(hash) = &p.media {
        fields.push(("media_sha256", string(hash)));
    }
    fields.push(("synthetic", string("yes")));
    object(&fields) + "\n"
}

fn entities(p: &Post) -> Vec<(&'static str, String)> {
    let urls = p.urls.iter().map(|u| object(&[("url", string(u)), ("expanded_url", string(u))])).collect();
    let tags = marked(&p.text, '#').into_iter().map(|t| object(&[("tag", string(t))])).collect();
    let names = marked(&p.text, '@').into_iter().map(|t| object(&[("username", string(t))])).collect();
    let all: [(_, Vec<String>); 3] = [("urls", urls), ("hashtags", tags), ("mentions", names)];
    all.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k, format!("[{}]", v.join(",")))).collect()
}

/// Words that begin with this mark, without it; links aside.
fn marked(text: &str, mark: char) -> Vec<&str> {
    let word = |w: &'_ str| w.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(w.len());
    text.split_whitespace()
        .filter_map(|w| w.strip_prefix(mark))
        .map(|w| &w[..word(w)])
        .filter(|w| !w.is_empty())
        .collect()
}

fn object(fields: &[(&str, String)]) -> String {
    let inside: Vec<String> = fields.iter().map(|(k, v)| format!("{}:{v}", string(k))).collect();
    format!("{{{}}}", inside.join(","))
}

fn string(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_cells_and_strings() {
        for (text, csv, json) in [
            ("plain", "plain", "\"plain\""),
            ("a,b", "\"a,b\"", "\"a,b\""),
            ("say \"x\"", "\"say \"\"x\"\"\"", "\"say \\\"x\\\"\""),
            ("a\nb", "\"a\nb\"", "\"a\\u000ab\""),
        ] {
            assert_eq!((cell(text).as_str(), string(text).as_str()), (csv, json));
        }
    }

    #[test]
    fn marked_words() {
        assert_eq!(marked("RT @ab_c: hi #One, #two https://x.example/#no", '#'), ["One", "two"]);
        assert_eq!(marked("RT @ab_c: hi", '@'), ["ab_c"]);
    }
}
