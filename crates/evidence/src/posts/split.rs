//! Cuts JSON documents into elements without ever holding a document.
//!
//! An element is an object in an array that is itself in no element, or, where documents stand one after another, a
//! whole object. Strings are honoured, so braces in words do not count. A torn string is noticed at the end of its
//! line, or when the element outgrows its limit; reading goes on at the next element. Source: RFC 8259.

use super::window::Window;
use crate::Out;
use model::{Code, Span};

/// Containers around elements: more than any export has.
const DEEP: usize = 64;
/// Elements given up for their length before the rest is given up: each may cost a look at `limits.row` bytes.
const LOST: u32 = 32;

/// What is told while a document goes by.
pub(crate) trait Told {
    /// An element, in the array at this path (keys joined by dots).
    fn element(&mut self, path: &str, span: Span, bytes: &[u8], out: &mut Out<'_>);
    /// A scalar beside the arrays, raw as in the document.
    fn scalar(&mut self, path: &str, bytes: &[u8], out: &mut Out<'_>);
    /// A document ended.
    fn end(&mut self, out: &mut Out<'_>);
}

struct Level {
    array: bool,
    /// Length of the path of this container's parent.
    path: usize,
}

/// Goes through a stream of documents. `whole`: an object that stands by itself is an element.
pub(crate) fn split(window: &mut Window<'_>, whole: bool, told: &mut dyn Told, out: &mut Out<'_>) {
    let limit = usize::try_from(out.settings().limits.row).unwrap_or(usize::MAX);
    let mut walk =
        Walk { window, levels: Vec::new(), path: String::new(), key: String::new(), limit, lost: 0, torn: false };
    while walk.step(whole, told, out) {}
    if !walk.levels.is_empty() {
        out.note(Code::Truncated, Span::bytes(walk.window.at, 1), "the document ends before its end");
        told.end(out);
    }
}

struct Walk<'w, 'r> {
    window: &'w mut Window<'r>,
    levels: Vec<Level>,
    path: String,
    key: String,
    limit: usize,
    lost: u32,
    /// True once something was left out: brackets may no longer match, so lone objects count as elements.
    torn: bool,
}

impl Walk<'_, '_> {
    /// One token or element further. False at the end.
    fn step(&mut self, whole: bool, told: &mut dyn Told, out: &mut Out<'_>) -> bool {
        let Some(byte) = self.significant() else { return false };
        let array = self.levels.last().map(|l| l.array);
        match byte {
            b'{' if array.map_or(whole || self.torn, |a| a && !self.path.ends_with("chats.list")) => {
                self.element(told, out)
            }
            b'{' | b'[' => self.open(byte == b'[', out),
            b'}' | b']' => {
                self.close(told, out);
                true
            }
            _ => self.scalar(array, told, out),
        }
    }

    /// The next byte that is neither white space nor a separator.
    fn significant(&mut self) -> Option<u8> {
        loop {
            let bytes = self.window.bytes();
            let blank = |b: &u8| !matches!(b, b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' | 0x1e);
            if let Some(at) = bytes.iter().position(blank) {
                let byte = bytes[at];
                self.window.pass(at);
                return Some(byte);
            }
            self.window.pass(bytes.len());
            if self.window.ended {
                return None;
            }
            self.window.more();
        }
    }

    fn open(&mut self, array: bool, out: &mut Out<'_>) -> bool {
        if self.levels.len() >= DEEP {
            let span = Span::bytes(self.window.at, 1);
            out.note(
                Code::Limit,
                span,
                format!("nested more than {DEEP} deep around its elements: the rest was not read"),
            );
            self.levels.clear();
            return false;
        }
        self.levels.push(Level { array, path: self.path.len() });
        if !self.key.is_empty() {
            let dot = if self.path.is_empty() { "" } else { "." };
            self.path.push_str(dot);
            self.path.push_str(&self.key);
            self.key.clear();
        }
        self.window.pass(1);
        true
    }

    fn close(&mut self, told: &mut dyn Told, out: &mut Out<'_>) {
        match self.levels.pop() {
            Some(level) => self.path.truncate(level.path),
            None => out.note(Code::Malformed, Span::bytes(self.window.at, 1), "a bracket closes what was not opened"),
        }
        self.window.pass(1);
        if self.levels.is_empty() {
            told.end(out);
        }
    }

    /// A key or a value that is no container.
    fn scalar(&mut self, array: Option<bool>, told: &mut dyn Told, out: &mut Out<'_>) -> bool {
        let len = loop {
            match scalar_end(self.window.bytes()) {
                Some(len) => break len,
                None if self.window.ended => break self.window.bytes().len(),
                None if self.window.bytes().len() > self.limit => break self.window.bytes().len(),
                None => self.window.more(),
            }
        };
        let bytes = &self.window.bytes()[..len];
        match array {
            Some(false) if self.key.is_empty() && bytes.starts_with(b"\"") => {
                self.key = serde_json::from_slice(bytes).unwrap_or_default();
                self.key.truncate(self.key.char_indices().nth(100).map_or(self.key.len(), |(at, _)| at));
            }
            Some(false) => {
                let from = self.path.len();
                self.path.push_str(if from == 0 { "" } else { "." });
                self.path.push_str(&self.key);
                told.scalar(&self.path, bytes, out);
                self.path.truncate(from);
                self.key.clear();
            }
            _ => {
                let span = Span::bytes(self.window.at, len as u64);
                out.note(Code::Malformed, span, "a value that is no object where posts are expected: left out");
            }
        }
        self.window.pass(len.max(1));
        true
    }

    fn element(&mut self, told: &mut dyn Told, out: &mut Out<'_>) -> bool {
        loop {
            match object_end(self.window.bytes()) {
                End::At(len) => {
                    let span = Span::bytes(self.window.at, len as u64);
                    told.element(&self.path, span, &self.window.bytes()[..len], out);
                    self.window.pass(len);
                    self.key.clear();
                    if self.levels.is_empty() {
                        told.end(out);
                    }
                    return true;
                }
                End::Torn(at) => {
                    let text = "a line ends inside a string: the element was left out";
                    out.note(Code::Malformed, Span::bytes(self.window.at, at as u64), text);
                    self.window.pass(at);
                    return self.resume(b"\n{");
                }
                End::Beyond if self.window.ended => {
                    let left = self.window.bytes().len() as u64;
                    out.note(
                        Code::Truncated,
                        Span::bytes(self.window.at, left),
                        "ends inside an element, which was left out",
                    );
                    return self.give_up(out);
                }
                End::Beyond if self.window.bytes().len() > self.limit => {
                    let text = format!("an element is longer than {} bytes: left out (limits.row)", self.limit);
                    out.note(Code::Limit, Span::bytes(self.window.at, self.limit as u64), text);
                    return self.give_up(out);
                }
                End::Beyond => self.window.more(),
            }
        }
    }

    /// Looks for the next element behind one whose end was not found.
    fn give_up(&mut self, out: &mut Out<'_>) -> bool {
        self.lost += 1;
        if self.lost > LOST {
            let span = Span::bytes(self.window.at, 1);
            out.note(Code::Limit, span, format!("more than {LOST} elements without an end: the rest was not read"));
            return false;
        }
        self.window.pass(1);
        self.resume(b"},{")
    }

    /// Goes to the next place where elements part: at the last byte of `mark`, blanks between its bytes allowed.
    fn resume(&mut self, mark: &[u8]) -> bool {
        self.torn = true;
        loop {
            if let Some(at) = parting(self.window.bytes(), mark) {
                self.window.pass(at);
                return true;
            }
            let kept = mark.len().min(self.window.bytes().len());
            self.window.pass(self.window.bytes().len() - kept);
            if self.window.ended {
                self.window.pass(kept);
                return false;
            }
            self.window.more();
        }
    }
}

/// Where the `{` of the next element stands.
fn parting(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    let first = mark[0];
    memchr::memchr_iter(first, bytes).find_map(|at| {
        let mut at = at + 1;
        for wanted in &mark[1..] {
            while bytes.get(at).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r') || (*b == b'\n' && first != b'\n')) {
                at += 1;
            }
            if bytes.get(at) != Some(wanted) {
                return None;
            }
            at += 1;
        }
        Some(at - 1)
    })
}

fn scalar_end(bytes: &[u8]) -> Option<usize> {
    if bytes.first() == Some(&b'"') {
        return string_end(bytes, 1).ok().flatten().or_else(|| memchr::memchr(b'\n', bytes));
    }
    bytes.iter().position(|b| matches!(b, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t' | b'{' | b'['))
}

/// Behind the closing quote of the string whose first byte is at `from`; `None` beyond these bytes; an error with the
/// place where a line ended inside it.
pub(super) fn string_end(bytes: &[u8], from: usize) -> Result<Option<usize>, usize> {
    let mut at = from;
    while let Some(n) = memchr::memchr3(b'"', b'\\', b'\n', &bytes[at.min(bytes.len())..]) {
        let found = at + n;
        match bytes[found] {
            b'"' => return Ok(Some(found + 1)),
            b'\n' => return Err(found),
            _ => at = found + 2,
        }
    }
    Ok(None)
}

enum End {
    At(usize),
    Torn(usize),
    Beyond,
}

/// Length of the object at the beginning, where it has an end.
pub(crate) fn object_len(bytes: &[u8]) -> Option<usize> {
    match object_end(bytes) {
        End::At(len) if bytes.starts_with(b"{") => Some(len),
        _ => None,
    }
}

/// Where the object that begins here ends.
fn object_end(bytes: &[u8]) -> End {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(n) = bytes[at..].iter().position(|b| matches!(b, b'"' | b'{' | b'}' | b'[' | b']')) {
        at += n;
        match bytes[at] {
            b'"' => match string_end(bytes, at + 1) {
                Ok(Some(end)) => {
                    at = end;
                    continue;
                }
                Ok(None) => return End::Beyond,
                Err(torn) => return End::Torn(torn),
            },
            b'{' | b'[' => depth += 1,
            _ => depth = depth.saturating_sub(1),
        }
        at += 1;
        if depth == 0 {
            return End::At(at);
        }
    }
    End::Beyond
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_end_where_their_braces_do() {
        for (text, end) in [
            (r#"{"a":"}"} x"#, Some(9)),
            (r#"{"a":{"b":[1,{"c":"\"}"}]}}"#, Some(27)),
            (r#"{"a":"\\"}"#, Some(10)),
            (r#"{"a":1"#, None),
            ("{\"a\":\"torn\n", None),
        ] {
            let found = match object_end(text.as_bytes()) {
                End::At(end) => Some(end),
                _ => None,
            };
            assert_eq!(found, end, "{text}");
        }
    }
}
