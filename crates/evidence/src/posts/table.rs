//! Finding out how a table is written: encoding, delimiter, names, first rows.

use super::columns::{SAMPLE, Sample};
use super::rows::{self, Cells, Rows};
use super::window::Window;
use crate::{Head, Out};
use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use model::{Code, Span};
use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

/// How a table is written.
pub(crate) struct Table {
    pub delimiter: u8,
    pub newline: u8,
    pub sample: Sample,
    /// Percent of the first rows that have the most frequent number of cells.
    pub even: usize,
}

impl Table {
    /// Tells each row but that of the names, with its place.
    pub fn each_row(&self, window: &mut Window<'_>, out: &mut Out<'_>, one: &mut OneRow<'_>) {
        let limit = out.settings().limits.row;
        let mut rows = Rows::new(window, self.delimiter, self.newline, limit);
        let mut names = self.sample.headed;
        while rows.go(out) {
            let span = rows.span;
            let row = rows.row(out);
            if !std::mem::take(&mut names) {
                one(&row, span, out);
            }
        }
    }
}

/// What is done with a row of a table.
pub(crate) type OneRow<'f> = dyn FnMut(&Cells<'_>, Span, &mut Out<'_>) + 'f;

/// What a table at the beginning of `bytes` looks like; `None` where there is no row or only one column.
/// `all`: nothing follows these bytes.
pub(crate) fn table(bytes: &[u8], all: bool) -> Option<Table> {
    let newline = if memchr::memchr(b'\n', bytes).is_none() && bytes.contains(&b'\r') { b'\r' } else { b'\n' };
    let fits = [b',', b'\t', b';', b'|'].into_iter().filter_map(|delimiter| {
        memchr::memchr(delimiter, bytes)?;
        let widths = rows::widths(bytes, delimiter, newline, all, SAMPLE + 1);
        let rows = widths.len();
        let (width, alike) = usual(widths)?;
        let even = alike * 100 / rows;
        Some((even + width.min(30), even, delimiter))
    });
    // The first of the best, in the order above.
    let (_, even, delimiter) = fits.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let first = rows::first(bytes, delimiter, newline, all, SAMPLE + 1);
    Some(Table { delimiter, newline, sample: Sample::of(first), even })
}

/// The most frequent number of cells, at least two, and in how many rows.
fn usual(mut widths: Vec<usize>) -> Option<(usize, usize)> {
    widths.sort_unstable();
    let runs = widths.chunk_by(|a, b| a == b).map(|run| (run[0], run.len()));
    runs.filter(|(width, _)| *width > 1).max_by_key(|(_, count)| *count)
}

/// The beginning of evidence as text, UTF-16 with a byte-order mark included; `None` where there are NULs.
pub(crate) fn beginning(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let wide = match bytes {
        [0xff, 0xfe, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0,
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0,
        _ => return lossy(bytes),
    };
    (!wide.contains('\0')).then_some(wide)
}

/// Text without its byte-order mark, whatever is not UTF-8 in it replaced; `None` where there are NULs.
pub(crate) fn lossy(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if memchr::memchr(0, bytes).is_some() {
        return None;
    }
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) => Some(String::from_utf8_lossy(bytes)),
    }
}

/// Text that is not UTF-8: windows-1252, unless other characters of it are good UTF-8 and so a few bytes were damaged.
pub(crate) fn decode(bytes: &[u8], span: Span, out: &mut Out<'_>) -> String {
    if bytes.utf8_chunks().any(|c| !c.valid().is_ascii()) {
        out.note(Code::Encoding, span, "damaged UTF-8: the bytes in question were replaced");
        return String::from_utf8_lossy(bytes).into_owned();
    }
    out.note(Code::Encoding, span, "not UTF-8: read as windows-1252");
    WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// Calls `read` with a window over text, past any byte-order mark, and notes how the stream ended.
pub(crate) fn over_text(bytes: &mut dyn BufRead, out: &mut Out<'_>, read: impl FnOnce(&mut Window<'_>, &mut Out<'_>)) {
    let mark: [u8; 2] = bytes.fill_buf().ok().and_then(|b| b.get(..2)?.try_into().ok()).unwrap_or_default();
    let encoding = match mark {
        [0xff, 0xfe] => UTF_16LE,
        [0xfe, 0xff] => UTF_16BE,
        _ => return windowed(bytes, out, read),
    };
    let broken = Rc::new(Cell::new(false));
    let decoder = encoding.new_decoder_with_bom_removal();
    let wide =
        Wide { from: bytes, decoder, text: vec![0; 64 << 10], ready: 0..0, ended: false, broken: broken.clone() };
    out.note(Code::Info, Span::WHOLE, format!("{}: places count bytes of its text in UTF-8", encoding.name()));
    windowed(&mut BufReader::with_capacity(64 << 10, wide), out, read);
    if broken.get() {
        out.note(Code::Encoding, Span::WHOLE, format!("broken {}: parts of it were replaced", encoding.name()));
    }
}

fn windowed(bytes: &mut dyn BufRead, out: &mut Out<'_>, read: impl FnOnce(&mut Window<'_>, &mut Out<'_>)) {
    let mut window = Window::new(bytes);
    window.fill(Head::SIZE);
    if window.bytes().starts_with(b"\xef\xbb\xbf") {
        window.pass(3);
    }
    read(&mut window, out);
    if let Some(e) = window.error.take() {
        out.note(Code::Truncated, Span::bytes(window.at, 1), format!("ends early: {e}"));
    }
}

/// UTF-16 as UTF-8.
struct Wide<'r> {
    from: &'r mut dyn BufRead,
    decoder: Decoder,
    text: Vec<u8>,
    ready: std::ops::Range<usize>,
    ended: bool,
    broken: Rc<Cell<bool>>,
}

impl Read for Wide<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.ready.is_empty() && !self.ended {
            let bytes = self.from.fill_buf()?;
            let last = bytes.is_empty();
            let (result, read, wrote, replaced) = self.decoder.decode_to_utf8(bytes, &mut self.text, last);
            self.from.consume(read);
            self.ready = 0..wrote;
            self.ended = last && result == CoderResult::InputEmpty;
            self.broken.set(self.broken.get() | replaced);
        }
        let n = self.ready.len().min(into.len());
        into[..n].copy_from_slice(&self.text[self.ready.start..self.ready.start + n]);
        self.ready.start += n;
        Ok(n)
    }
}
