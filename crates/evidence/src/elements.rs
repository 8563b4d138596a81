//! The objects of chosen arrays of a JSON document of any size, one at a time, and short strings on the way.
//!
//! Only brackets, strings and keys are followed, in constant memory; what is in an object is for a parser. Source: RFC
//! 8259. A document that is no JSON gives whatever objects it has before that shows.

use crate::{Cursor, Head, Out, ReadAt};
use model::{Code, Span};
use serde::de::DeserializeOwned;
use std::io::{self, BufRead, BufReader};
use std::sync::Arc;

/// What comes along.
pub(crate) enum Event<'a> {
    /// An object of a chosen array: its bytes and where it begins.
    Object(&'a [u8], u64),
    /// An object longer than the limit: where it begins, and its length.
    TooLong(u64, u64),
    /// An object of this key begins outside of chosen arrays.
    Enter(&'a str),
    /// A string outside of chosen arrays: the keys that lead to it, outermost first, and its escaped letters.
    Text(&'a [String], &'a [u8]),
}

/// How it ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// With every bracket closed.
    Whole,
    /// In the middle.
    Cut,
    /// At a bracket that closes nothing, or too deep, at this position.
    Broken(u64),
}

/// Brackets that may be open at once.
const DEEPEST: usize = 256;
/// Longest string that is told, in bytes.
const LONGEST: usize = 4096;

struct Walker<'f> {
    wanted: &'f [&'f str],
    limit: usize,
    /// Open brackets: true for an array, with the key that it stands under.
    open: Vec<(bool, String)>,
    keys: Vec<String>,
    text: Vec<u8>,
    key: String,
    in_text: bool,
    escaped: bool,
    /// The object being taken: where it begins, how many brackets were open.
    taking: Option<(u64, usize)>,
    taken: Vec<u8>,
}

/// Walks over a document. Arrays are chosen by the key that they stand under; an empty one means that the document is
/// the array.
pub(crate) fn walk(
    from: &mut dyn BufRead,
    wanted: &[&str],
    limit: u64,
    tell: &mut dyn FnMut(Event<'_>),
) -> io::Result<Ended> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut walker = Walker {
        wanted,
        limit,
        open: Vec::new(),
        keys: Vec::new(),
        text: Vec::new(),
        key: String::new(),
        in_text: false,
        escaped: false,
        taking: None,
        taken: Vec::new(),
    };
    let mut at = 0;
    loop {
        let bytes = from.fill_buf()?;
        if bytes.is_empty() {
            let whole = walker.open.is_empty() && !walker.in_text;
            return Ok(if whole { Ended::Whole } else { Ended::Cut });
        }
        let n = bytes.len();
        for (i, byte) in bytes.iter().enumerate() {
            if !walker.step(*byte, at + i as u64, tell) {
                return Ok(Ended::Broken(at + i as u64));
            }
        }
        at += n as u64;
        from.consume(n);
    }
}

impl Walker<'_> {
    fn step(&mut self, byte: u8, at: u64, tell: &mut dyn FnMut(Event<'_>)) -> bool {
        if self.taking.is_some() && self.taken.len() <= self.limit {
            self.taken.push(byte);
        }
        if self.in_text {
            self.letter(byte);
            return true;
        }
        match byte {
            b'"' => {
                self.in_text = true;
                self.text.clear();
            }
            b':' if self.taking.is_none() => self.key = String::from_utf8_lossy(&self.text).into_owned(),
            b',' if self.taking.is_none() => self.said(tell),
            b'{' | b'[' => return self.opens(byte, at, tell),
            b'}' | b']' => return self.closes(byte, at, tell),
            _ => {}
        }
        true
    }

    fn letter(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => {
                self.in_text = false;
                return;
            }
            _ => {}
        }
        if self.taking.is_none() && self.text.len() < LONGEST {
            self.text.push(byte);
        }
    }

    /// A value ended: a string that stands under a key is told.
    fn said(&mut self, tell: &mut dyn FnMut(Event<'_>)) {
        if !self.key.is_empty() && !self.text.is_empty() {
            self.keys.clear();
            self.keys.extend(self.open.iter().map(|o| o.1.clone()).filter(|k| !k.is_empty()));
            self.keys.push(std::mem::take(&mut self.key));
            tell(Event::Text(&self.keys, &self.text));
        }
        self.key.clear();
        self.text.clear();
    }

    fn opens(&mut self, byte: u8, at: u64, tell: &mut dyn FnMut(Event<'_>)) -> bool {
        if self.open.len() >= DEEPEST {
            return false;
        }
        let key = std::mem::take(&mut self.key);
        self.text.clear();
        if self.taking.is_none() && byte == b'{' {
            let within = self.open.last().is_some_and(|(array, key)| {
                *array && self.wanted.contains(&key.as_str()) && (!key.is_empty() || self.open.len() == 1)
            });
            if within {
                self.taking = Some((at, self.open.len()));
                self.taken.clear();
                self.taken.push(byte);
            } else if !key.is_empty() {
                tell(Event::Enter(&key));
            }
        }
        self.open.push((byte == b'[', key));
        true
    }

    fn closes(&mut self, byte: u8, at: u64, tell: &mut dyn FnMut(Event<'_>)) -> bool {
        if self.taking.is_none() {
            self.said(tell);
        }
        if self.open.pop().is_none_or(|(array, _)| array != (byte == b']')) {
            return false;
        }
        if let Some((from, _)) = self.taking.filter(|t| t.1 == self.open.len()) {
            self.taking = None;
            let long = self.taken.len() > self.limit;
            tell(if long { Event::TooLong(from, at + 1 - from) } else { Event::Object(&self.taken, from) });
        }
        true
    }
}

/// The letters of a JSON string without its quotes.
pub(crate) fn plain(escaped: &[u8]) -> String {
    let quoted = [b"\"", escaped, b"\""].concat();
    serde_json::from_slice(&quoted).unwrap_or_default()
}

/// The beginning of a JSON document without its blanks; `None` where it is none.
pub(crate) fn squeezed(head: &Head<'_>) -> Option<String> {
    let text = head.lossy()?;
    text.trim_start().starts_with(['{', '[']).then(|| text.split_whitespace().collect())
}

/// [`walk`] over evidence.
pub(crate) fn over(
    bytes: &Arc<dyn ReadAt>,
    wanted: &[&str],
    limit: u64,
    tell: &mut dyn FnMut(Event<'_>),
) -> io::Result<Ended> {
    walk(&mut BufReader::with_capacity(256 << 10, Cursor::new(bytes.clone())), wanted, limit, tell)
}

/// What [`each`] tells.
pub(crate) enum Told<'a, T> {
    /// An object of this key begins outside of chosen arrays.
    Enter(&'a str),
    /// An object of a chosen array, and its place.
    Object(T, Span),
}

/// Tells every object of chosen arrays, and says how many there are. `what` they are called in the notes on those that
/// are too long or not well formed.
pub(crate) fn each<T: DeserializeOwned>(
    bytes: &Arc<dyn ReadAt>,
    wanted: &[&str],
    what: &str,
    out: &mut Out<'_>,
    one: &mut dyn FnMut(Told<'_, T>, &mut Out<'_>),
) -> u64 {
    let limit = out.settings().limits.row;
    let mut number = 0;
    let ended = over(bytes, wanted, limit, &mut |event| match event {
        Event::Enter(key) => one(Told::Enter(key), out),
        Event::Text(..) => {}
        Event::Object(bytes, at) => {
            number += 1;
            let span = Span::bytes(at, bytes.len() as u64);
            match serde_json::from_slice(bytes) {
                Ok(object) => one(Told::Object(object, span), out),
                Err(e) => out.note(Code::Malformed, span, format!("{what} number {number} is not well formed: {e}")),
            }
        }
        Event::TooLong(at, len) => {
            number += 1;
            let why = format!("{what} number {number} is longer than {limit} bytes: not read (limits.row)");
            out.note(Code::Limit, Span::bytes(at, len), why);
        }
    });
    ended_note(ended, number, out);
    number
}

/// Says where a document ends that should go on.
fn ended_note(ended: io::Result<Ended>, objects: u64, out: &mut Out<'_>) {
    let after = format!("after {objects} objects");
    match ended {
        Ok(Ended::Whole) => {}
        Ok(Ended::Cut) => out.note(Code::Truncated, Span::WHOLE, format!("the document ends in the middle, {after}")),
        Ok(Ended::Broken(at)) => {
            out.note(Code::Malformed, Span::bytes(at, 1), format!("the document is no JSON from here on, {after}"));
        }
        Err(e) => out.note(Code::Truncated, Span::WHOLE, format!("could not be read further, {after}: {e}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (Vec<String>, Ended) {
        let mut out = Vec::new();
        let ended = walk(&mut text.as_bytes(), &["objects", ""], 30, &mut |event| {
            out.push(match event {
                Event::Object(bytes, at) => format!("{at} {}", String::from_utf8_lossy(bytes)),
                Event::TooLong(at, len) => format!("{at}+{len}"),
                Event::Enter(key) => format!("in {key}"),
                Event::Text(keys, text) => format!("{}={}", keys.join("."), plain(text)),
            });
        });
        (out, ended.expect("reads"))
    }

    #[test]
    fn objects_and_strings() {
        for (text, expected, ended) in [
            (
                r#"{"a":"x","objects":[{"b":1},{"c":"}]\""}]}"#,
                vec!["a=x", r#"20 {"b":1}"#, r#"28 {"c":"}]\""}"#],
                Ended::Whole,
            ),
            (r#"{"E":{"i":"y\u0041"},"z":{"objects":[{}]}}"#, vec!["in E", "E.i=yA", "in z", "37 {}"], Ended::Whole),
            (
                r#"[{"a":1},{"b":[{"objects":[{}]}]}]"#,
                vec![r#"1 {"a":1}"#, r#"9 {"b":[{"objects":[{}]}]}"#],
                Ended::Whole,
            ),
            (r#"{"objects":[{"a":"0123456789012345678901234567890"},{}]}"#, vec!["12+39", "52 {}"], Ended::Whole),
            (r#"{"objects":[{"a":1},{"b"#, vec![r#"12 {"a":1}"#], Ended::Cut),
            (r#"{"objects":[{}]]"#, vec!["12 {}"], Ended::Broken(15)),
        ] {
            assert_eq!(told(text), (expected.into_iter().map(str::to_owned).collect(), ended), "{text}");
        }
        assert_eq!(told(&"[".repeat(1000)).1, Ended::Broken(256));
    }
}
