//! Posts as JSON, an object or a page of them per line, or objects one after another.
//!
//! Known shapes (see `posts::shapes`) are read as their platform means them, other objects by columns whose names are
//! paths. A broken line costs that line. Source: jsonlines.org; RFC 7464; X API v2 as kept by twarc; 4CAT NDJSON.

use crate::posts::feed::Feed;
use crate::posts::rows::Rows;
use crate::posts::{split, table};
use crate::{Example, Format, Head, Out, Reading};
use model::Card;
use serde_json::Value;
use std::io::BufRead;

/// The drawer.
pub const FORMAT: Format = Format {
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
    let Some(text) = table::beginning(head) else { return false };
    let text = text.trim_start_matches(['\u{feff}', '\u{1e}', ' ', '\t', '\r', '\n']);
    if !text.starts_with('{') || !looks_like_an_object(text) {
        return false;
    }
    match line(text) {
        // One line that is all there is may be a whole document.
        Some((object, alone)) => !(alone && head.all && document(&object)),
        None => !has_array_of_objects(text),
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
    !object.get("text").is_some_and(Value::is_string) && object.as_object().is_some_and(|o| o.values().any(array))
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
        let head = String::from_utf8_lossy(&window.bytes()[..window.bytes().len().min(Head::SIZE)]).into_owned();
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

const EXAMPLES: &[Example] = &[];
