//! Rows of delimited text, borrowed from the window and bounded in length.
//!
//! RFC 4180, read leniently: a quote that is never closed must not swallow the file. It is taken as torn when the
//! quote that would close it, lines later, is followed by something else than a delimiter, or when the row grows
//! beyond its limit; the line it began on is then read by itself, and so is every line up to the place where the tear
//! was noticed. No byte is looked at more than a few times. (csv-core, the test oracle, cannot go back like that.)

use super::window::Window;
use crate::Out;
use model::{Code, Span};
use std::ops::Range;

/// Most cells of a row that are told apart.
const MOST_CELLS: usize = 2048;

/// A cell: bytes of the row, or of the unescaped text beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell {
    from: usize,
    to: usize,
    doubled: bool,
}

/// What was found at the beginning of some bytes.
#[derive(Debug, PartialEq, Eq)]
enum Scan {
    /// A row, the bytes of it, and how many to go on by.
    Row { len: usize, next: usize },
    /// It goes on beyond these bytes.
    More,
    /// A quote opened on the first line is not closed; noticed on the line that starts here.
    Torn { noticed: usize },
}

/// Cuts one row off the beginning of `bytes`, which are not empty. `ended`: nothing follows them.
fn scan(bytes: &[u8], delimiter: u8, newline: u8, ended: bool, cells: &mut Vec<Cell>) -> Scan {
    cells.clear();
    let mut at = 0;
    loop {
        let (cell, end) = if bytes.get(at) == Some(&b'"') {
            match quoted(bytes, at, delimiter, newline, ended) {
                Quoted::Cell(cell, end) => (cell, end),
                Quoted::More => return Scan::More,
                Quoted::Torn(noticed) => return Scan::Torn { noticed },
            }
        } else {
            match memchr::memchr2(delimiter, newline, &bytes[at..]) {
                None if !ended => return Scan::More,
                found => {
                    let end = found.map_or(bytes.len(), |n| at + n);
                    (Cell { from: at, to: end, doubled: false }, end)
                }
            }
        };
        if cells.len() < MOST_CELLS {
            cells.push(cell);
        }
        if bytes.get(end) == Some(&delimiter) && delimiter != newline {
            at = end + 1;
            continue;
        }
        let mut len = end;
        if len > 0 && bytes[len - 1] == b'\r' {
            len -= 1;
            if let Some(last) = cells.last_mut() {
                last.to = last.to.min(len).max(last.from);
            }
        }
        return Scan::Row { len, next: (end + 1).min(bytes.len()) };
    }
}

enum Quoted {
    Cell(Cell, usize),
    More,
    Torn(usize),
}

/// A cell that begins with a quote at `open`.
fn quoted(bytes: &[u8], open: usize, delimiter: u8, newline: u8, ended: bool) -> Quoted {
    let (mut from, mut doubled) = (open + 1, false);
    let (mut looked, mut lines) = (open, false);
    loop {
        let Some(close) = memchr::memchr(b'"', &bytes[from..]).map(|n| from + n) else {
            return unclosed(bytes, open, newline, ended, doubled);
        };
        let cell = Cell { from: open + 1, to: close, doubled };
        match (bytes.get(close + 1), bytes.get(close + 2)) {
            (None, _) if !ended => return Quoted::More,
            (None, _) => return Quoted::Cell(cell, close + 1),
            (Some(b'\r'), None) if !ended => return Quoted::More,
            (Some(b'\r'), next) if next.is_none_or(|n| *n == newline) => return Quoted::Cell(cell, close + 2),
            (Some(c), _) if *c == delimiter || *c == newline => return Quoted::Cell(cell, close + 1),
            (Some(b'"'), _) => {
                doubled = true;
                from = close + 2;
            }
            _ => {
                lines |= memchr::memchr(newline, &bytes[looked..close]).is_some();
                if lines {
                    return Quoted::Torn(line_start(bytes, close, newline));
                }
                looked = close;
                from = close + 1;
            }
        }
    }
}

/// The bytes end inside a quoted cell.
fn unclosed(bytes: &[u8], open: usize, newline: u8, ended: bool, doubled: bool) -> Quoted {
    if !ended {
        return Quoted::More;
    }
    match memchr::memchr(newline, &bytes[open..]) {
        Some(_) => Quoted::Torn(bytes.len()),
        None => Quoted::Cell(Cell { from: open + 1, to: bytes.len(), doubled }, bytes.len()),
    }
}

fn line_start(bytes: &[u8], at: usize, newline: u8) -> usize {
    memchr::memrchr(newline, &bytes[..at]).map_or(0, |n| n + 1)
}

/// The first rows of some bytes that are not blank, as text. `all`: nothing follows these bytes.
pub(crate) fn first(bytes: &[u8], delimiter: u8, newline: u8, all: bool, most: usize) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    each_first((bytes, all), delimiter, newline, most, &mut |rest, cells| {
        rows.push(cells.iter().map(|c| cell_text(rest, c)).collect());
    });
    rows
}

/// How many cells each of the first rows has.
pub(crate) fn widths(bytes: &[u8], delimiter: u8, newline: u8, all: bool, most: usize) -> Vec<usize> {
    let mut widths = Vec::new();
    each_first((bytes, all), delimiter, newline, most, &mut |_, cells| widths.push(cells.len()));
    widths
}

/// Calls `f` with the bytes from each of the first rows on that are not blank, and the cells of it.
fn each_first(of: (&[u8], bool), delimiter: u8, newline: u8, most: usize, f: &mut dyn FnMut(&[u8], &[Cell])) {
    let (bytes, all) = of;
    let (mut rows, mut cells, mut rest, mut calm) = (0, Vec::new(), bytes, 0);
    while !rest.is_empty() && rows < most {
        let line = memchr::memchr(newline, rest).filter(|end| *end > 0 && rest.len() > bytes.len() - calm);
        let scanned = match line {
            Some(end) => scan(&rest[..end], delimiter, newline, true, &mut cells),
            None => scan(rest, delimiter, newline, all, &mut cells),
        };
        match scanned {
            Scan::Row { len, next } => {
                if len > 0 {
                    rows += 1;
                    f(rest, &cells);
                }
                rest = &rest[line.unwrap_or(next).max(1)..];
            }
            Scan::Torn { noticed } => calm = bytes.len() - rest.len() + noticed,
            Scan::More => break,
        }
    }
}

fn cell_text(row: &[u8], cell: &Cell) -> String {
    let text = String::from_utf8_lossy(&row[cell.from..cell.to]);
    if cell.doubled { text.replace("\"\"", "\"") } else { text.into_owned() }
}

/// The rows of a stream.
pub(crate) struct Rows<'w, 'r> {
    window: &'w mut Window<'r>,
    delimiter: u8,
    newline: u8,
    limit: usize,
    /// Lines that start before this are read by themselves.
    calm: u64,
    cells: Vec<Cell>,
    /// The row as text, where it was not UTF-8.
    decoded: String,
    /// Cells whose doubled quotes were undone.
    single: String,
    raw: Range<usize>,
    next: usize,
    /// Where the row stands.
    pub span: Span,
    /// True when the row is what is left of a torn one.
    pub torn: bool,
}

impl<'w, 'r> Rows<'w, 'r> {
    pub fn new(window: &'w mut Window<'r>, delimiter: u8, newline: u8, limit: u64) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).max(1);
        let (cells, decoded, single) = (Vec::new(), String::new(), String::new());
        let (raw, next, span) = (0..0, 0, Span::WHOLE);
        Self { window, delimiter, newline, limit, calm: 0, cells, decoded, single, raw, next, span, torn: false }
    }

    /// Takes every line by itself, whatever its quotes.
    pub fn by_line(mut self) -> Self {
        self.calm = u64::MAX;
        self
    }

    /// Goes to the next row that is not blank. False at the end.
    pub fn go(&mut self, out: &mut Out<'_>) -> bool {
        loop {
            self.window.pass(std::mem::take(&mut self.next));
            if !self.step(out) {
                return false;
            }
            if self.raw.end > 0 {
                return true;
            }
        }
    }

    /// The row just gone to, as it stands.
    pub fn bytes(&self) -> &[u8] {
        &self.window.bytes()[self.raw.clone()]
    }

    /// The row just gone to, as text.
    pub fn row(&mut self, out: &mut Out<'_>) -> Cells<'_> {
        let bytes = &self.window.bytes()[self.raw.clone()];
        let text = match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => {
                self.decoded = super::table::decode(bytes, self.span, out);
                scan(self.decoded.as_bytes(), self.delimiter, self.newline, true, &mut self.cells);
                &self.decoded
            }
        };
        undouble(text, &mut self.cells, &mut self.single);
        Cells { text, cells: &self.cells, single: &self.single }
    }

    /// Finds the next row, blank or not, in the window.
    fn step(&mut self, out: &mut Out<'_>) -> bool {
        self.torn = false;
        loop {
            if self.window.bytes().is_empty() {
                if self.window.ended {
                    return false;
                }
                self.window.more();
                continue;
            }
            let calm = self.window.at < self.calm;
            let bytes = self.window.bytes();
            let line = if calm { memchr::memchr(self.newline, bytes) } else { None };
            let (within, ended) = match line {
                Some(end) => (&bytes[..end], true),
                None => (bytes, self.window.ended),
            };
            let scanned = if within.is_empty() {
                Scan::Row { len: 0, next: 0 }
            } else {
                scan(within, self.delimiter, self.newline, ended, &mut self.cells)
            };
            match scanned {
                Scan::Row { len, next } => {
                    let next = line.map_or(next, |end| end + 1);
                    self.found(len, next);
                    return true;
                }
                Scan::More if bytes.len() <= self.limit => self.window.more(),
                Scan::More => self.too_long(out),
                Scan::Torn { noticed } => self.tear(noticed.max(1), out),
            }
        }
    }

    fn found(&mut self, len: usize, next: usize) {
        self.raw = 0..len;
        self.next = next;
        self.span = Span::bytes(self.window.at, len as u64);
    }

    /// A row grew beyond its limit: a quote that ran away over lines, or a line without end.
    fn too_long(&mut self, out: &mut Out<'_>) {
        match memchr::memrchr(self.newline, self.window.bytes()) {
            Some(last) => self.tear(last + 1, out),
            None => self.skip_line(out),
        }
    }

    fn tear(&mut self, noticed: usize, out: &mut Out<'_>) {
        self.calm = self.window.at + noticed as u64;
        self.torn = true;
        let span = Span::bytes(self.window.at, 1);
        out.note(Code::Malformed, span, "a quote is opened and not closed: its line was read by itself");
    }

    fn skip_line(&mut self, out: &mut Out<'_>) {
        let text = format!("a row is longer than {} bytes: skipped (limits.row)", self.limit);
        let start = self.window.at;
        loop {
            match memchr::memchr(self.newline, self.window.bytes()) {
                Some(end) => {
                    self.window.pass(end + 1);
                    break;
                }
                None => self.window.pass(self.window.bytes().len()),
            }
            if self.window.ended {
                break;
            }
            self.window.more();
        }
        out.note(Code::Limit, Span::bytes(start, self.window.at - start), text);
    }
}

/// Writes the cells with doubled quotes anew.
fn undouble(text: &str, cells: &mut [Cell], single: &mut String) {
    single.clear();
    for cell in cells.iter_mut().filter(|c| c.doubled) {
        let from = single.len();
        let mut rest = text.get(cell.from..cell.to).unwrap_or_default();
        while let Some((before, after)) = rest.split_once("\"\"") {
            single.push_str(before);
            single.push('"');
            rest = after;
        }
        single.push_str(rest);
        (cell.from, cell.to) = (from, single.len());
    }
}

/// The cells of one row.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'a> {
    text: &'a str,
    cells: &'a [Cell],
    single: &'a str,
}

impl<'a> Cells<'a> {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.cells.len()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &'a str> {
        let this = *self;
        (0..self.cells.len()).map(move |at| super::Row::cell(&this, at))
    }
}

impl<'a> super::Row<'a> for Cells<'a> {
    fn cell(&self, column: usize) -> &'a str {
        let Some(cell) = self.cells.get(column) else { return "" };
        let text = if cell.doubled { self.single } else { self.text };
        text.get(cell.from..cell.to).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells_of(text: &str) -> (Scan, Vec<String>) {
        let mut cells = Vec::new();
        let scanned = scan(text.as_bytes(), b',', b'\n', true, &mut cells);
        (scanned, cells.iter().map(|c| text[c.from..c.to].to_owned()).collect())
    }

    #[test]
    fn one_row() {
        for (text, cells, next) in [
            ("a,b\n", &["a", "b"][..], 4),
            ("a,b\r\nc", &["a", "b"], 5),
            ("a,", &["a", ""], 2),
            ("\"a,1\",b\n", &["a,1", "b"], 8),
            ("\"a\n1\",b\r\nx", &["a\n1", "b"], 9),
            ("\"a\"\"b\",c", &["a\"\"b", "c"], 8),
            ("\"say \"hi\" now\",c\n", &["say \"hi\" now", "c"], 17),
            ("a\"b,c\n", &["a\"b", "c"], 6),
            ("\"\",\"\"\r\n", &["", ""], 7),
            ("\"open", &["open"], 5),
        ] {
            let (scanned, got) = cells_of(text);
            assert_eq!(got, cells, "{text:?}");
            assert!(matches!(scanned, Scan::Row { next: n, .. } if n == next), "{text:?} {scanned:?}");
        }
    }

    #[test]
    fn torn_quotes_are_noticed() {
        for (text, noticed) in [("a,\"b\nc,\"d\",e\n", 5), ("\"a\",\"b\n\"c\",\"d\"\n", 7), ("a,\"b\nc,d\ne,f", 12)] {
            assert_eq!(cells_of(text).0, Scan::Torn { noticed }, "{text:?}");
        }
    }

    /// Whatever csv-core splits without a stray quote in it, this splits the same.
    #[test]
    fn as_csv_core_does() {
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let alphabet = ["a", "bc", ",", "\n", "\r\n", "\"x\"", "\"p,q\"", "\"r\ns\"", "\"t\"\"u\"", "\"\"", "é"];
        for _ in 0..4000 {
            let mut text = String::new();
            let mut boundary = true;
            for _ in 0..12 {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                let piece = alphabet[(seed % alphabet.len() as u64) as usize];
                let plain = !matches!(piece, "," | "\n" | "\r\n");
                if plain && !boundary {
                    text.push(',');
                }
                text.push_str(piece);
                boundary = !plain;
            }
            assert_eq!(ours(&text), oracle(&text), "{text:?}");
        }
    }

    fn ours(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut rest, mut cells) = (Vec::new(), text, Vec::new());
        while !rest.is_empty() {
            let Scan::Row { len, next } = scan(rest.as_bytes(), b',', b'\n', true, &mut cells) else {
                panic!("{rest:?}")
            };
            if len > 0 {
                rows.push(cells.iter().map(|c| rest[c.from..c.to].replace("\"\"", "\"")).collect());
            }
            rest = &rest[next..];
        }
        rows
    }

    fn oracle(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv_core::Reader::new();
        let (mut rows, mut row, mut field, mut rest) = (Vec::new(), Vec::new(), Vec::new(), text.as_bytes());
        loop {
            let mut buffer = [0; 256];
            let (result, read, wrote) = reader.read_field(rest, &mut buffer);
            rest = &rest[read..];
            field.extend_from_slice(&buffer[..wrote]);
            match result {
                csv_core::ReadFieldResult::Field { record_end } => {
                    row.push(String::from_utf8(std::mem::take(&mut field)).expect("UTF-8"));
                    if record_end {
                        rows.push(std::mem::take(&mut row));
                    }
                }
                csv_core::ReadFieldResult::End => return rows,
                _ => {}
            }
        }
    }
}
