//! The words of a record: quoted strings, escapes, comments, and parentheses over several lines. Source: RFC 1035 section 5.1.

use crate::posts::window::Window;

/// Length of the line that begins the window, and whether a line end follows it; `None` at the end. A line longer than
/// `limit` is cut there.
pub(super) fn line(window: &mut Window<'_>, limit: usize) -> Option<(usize, bool)> {
    let mut from = 0;
    loop {
        let bytes = window.bytes();
        if let Some(at) = memchr::memchr(b'\n', &bytes[from..]) {
            return Some((from + at, true));
        }
        from = bytes.len();
        if window.ended || from > limit {
            return (from > 0).then_some((from, false));
        }
        window.more();
    }
}

/// The words of a record so far.
#[derive(Default)]
pub(super) struct Tokens {
    text: String,
    /// Where each word stands in `text`.
    words: Vec<(usize, usize)>,
    deep: usize,
    at: u64,
    begun: bool,
    blank: bool,
}

impl Tokens {
    /// Takes a line that stands at `at`.
    pub(super) fn take(&mut self, line: &str, at: u64) {
        let line = line.trim_end_matches('\r');
        if !self.begun {
            (self.begun, self.at, self.blank) = (true, at, line.starts_with([' ', '\t']));
        }
        let mut chars = line.chars();
        let (mut from, mut quoted) = (None, false);
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted => {
                    quoted = false;
                    self.end(&mut from);
                }
                '"' => {
                    self.end(&mut from);
                    (quoted, from) = (true, Some(self.text.len()));
                }
                '\\' => {
                    let next = chars.next().unwrap_or_default();
                    from.get_or_insert(self.text.len());
                    // Only the dot keeps its meaning behind the backslash: it is no end of a label.
                    if next == '.' {
                        self.text.push('\\');
                    }
                    self.text.push(next);
                }
                c if quoted => self.text.push(c),
                ';' => break,
                '(' | ')' => {
                    self.end(&mut from);
                    self.deep = if c == '(' { self.deep + 1 } else { self.deep.saturating_sub(1) };
                }
                c if c.is_whitespace() => self.end(&mut from),
                c => {
                    from.get_or_insert(self.text.len());
                    self.text.push(c);
                }
            }
        }
        self.end(&mut from);
    }

    fn end(&mut self, from: &mut Option<usize>) {
        if let Some(from) = from.take() {
            self.words.push((from, self.text.len()));
        }
    }

    /// True where no parenthesis is open.
    pub(super) fn closed(&self) -> bool {
        self.deep == 0
    }

    /// Bytes of words and of their places held.
    pub(super) fn len(&self) -> usize {
        self.text.len() + self.words.len() * size_of::<(usize, usize)>()
    }

    /// Where the record begins.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// True where it begins with white space: it is of the owner before.
    pub(super) fn blank(&self) -> bool {
        self.blank
    }

    /// The words.
    pub(super) fn words(&self) -> Vec<&str> {
        self.words.iter().map(|(from, to)| &self.text[*from..*to]).collect()
    }

    /// Forgets them.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.words.clear();
        self.begun = false;
    }
}
