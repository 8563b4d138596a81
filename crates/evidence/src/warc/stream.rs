//! Records out of an archive's bytes, whatever is wrong with them.
//!
//! The archive is one stream of unpacked bytes in which a damaged member leaves a break. At a break the record at hand is
//! lost and reading begins anew at the next member; where a header is no header, at the next line that begins one.

use crate::{Cursor, ReadAt, http_answer};
use flate2::bufread::GzDecoder;
use model::Span;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;

/// Longest header of a record.
const HEADER: usize = 64 << 10;
/// How much is read at once.
const STEP: usize = 64 << 10;
/// Members given up on before the rest is.
const BREAKS: u32 = 10_000;

/// A record.
pub(super) struct Record {
    pub fields: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Where it stands in the unpacked bytes.
    pub span: Span,
    /// Its body is longer than may be held.
    pub cut: bool,
    /// The archive ends inside it.
    pub torn: bool,
}

impl Record {
    /// The first field of this name; empty where there is none.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|f| f.0.eq_ignore_ascii_case(name)).map_or("", |f| &f.1)
    }
}

/// What comes next.
pub(super) enum Next {
    Record(Record),
    /// Bytes before the next record that belong to none.
    Skipped(Span),
    /// A member could not be unpacked, and why.
    Damaged(Span, String),
    End,
}

/// An archive being read.
pub(super) struct Stream {
    members: Members,
    buffer: Vec<u8>,
    start: usize,
    /// Position of `buffer[start]` in the unpacked bytes.
    at: u64,
    ended: bool,
    broken: Option<String>,
}

impl Stream {
    pub(super) fn open(source: Arc<dyn ReadAt>) -> Self {
        let members = Members::open(source);
        Self { members, buffer: Vec::new(), start: 0, at: 0, ended: false, broken: None }
    }

    /// The next thing; bodies are held up to `most` bytes.
    pub(super) fn next(&mut self, most: u64) -> Next {
        if self.broken.is_some() {
            return self.mend();
        }
        self.blank();
        if self.rest().is_empty() {
            return if self.broken.is_some() { self.mend() } else { Next::End };
        }
        let from = self.at;
        match self.header() {
            Some((fields, len)) => self.record(from, fields, len, most),
            None if self.broken.is_some() => self.mend(),
            None => self.skip(from),
        }
    }

    /// Goes on behind a break.
    fn mend(&mut self) -> Next {
        let why = self.broken.take().unwrap_or_default();
        let span = Span::bytes(self.at, self.rest().len().max(1) as u64);
        self.pass(self.rest().len());
        self.ended = !self.members.next_member();
        Next::Damaged(span, why)
    }

    fn rest(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    fn pass(&mut self, n: usize) {
        self.start += n;
        self.at += n as u64;
    }

    /// Reads on; false where there is nothing more before the end or a break.
    fn more(&mut self) -> bool {
        if self.ended || self.broken.is_some() {
            return false;
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + STEP, 0);
        let got = loop {
            match self.members.read(&mut self.buffer[held..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(held + *got.as_ref().unwrap_or(&0));
        match got {
            Ok(0) => self.ended = true,
            Ok(_) => return true,
            Err(e) => self.broken = Some(e.to_string()),
        }
        false
    }

    /// Goes past line ends between records.
    fn blank(&mut self) {
        loop {
            let blank = self.rest().iter().take_while(|b| b.is_ascii_whitespace()).count();
            let all = blank == self.rest().len();
            self.pass(blank);
            if !all || !self.more() {
                return;
            }
        }
    }

    /// Fields and length of the body of the record that begins here, gone past; `None` where none begins.
    fn header(&mut self) -> Option<(Vec<(String, String)>, u64)> {
        while self.rest().len() < 6 && self.more() {}
        if !begins(self.rest()) {
            return None;
        }
        let end = loop {
            if let Some(end) = header_end(self.rest()) {
                break end;
            }
            if self.rest().len() > HEADER || !self.more() {
                return None;
            }
        };
        let fields = http_answer::fields(&self.rest()[..end]).0;
        let len = fields.iter().find(|f| f.0.eq_ignore_ascii_case("Content-Length"))?.1.trim().parse().ok()?;
        self.pass(end);
        Some((fields, len))
    }

    fn record(&mut self, from: u64, fields: Vec<(String, String)>, len: u64, most: u64) -> Next {
        let (mut body, mut left) = (Vec::new(), len);
        while left > 0 {
            if self.rest().is_empty() && !self.more() {
                break;
            }
            let take = usize::try_from(left).unwrap_or(usize::MAX).min(self.rest().len());
            let room = usize::try_from(most).unwrap_or(usize::MAX).saturating_sub(body.len());
            body.extend_from_slice(&self.buffer[self.start..self.start + take.min(room)]);
            self.pass(take);
            left -= take as u64;
        }
        if self.broken.is_some() && left > 0 {
            return self.mend();
        }
        let span = Span::bytes(from, self.at - from);
        Next::Record(Record { fields, cut: len - left > body.len() as u64, torn: left > 0, body, span })
    }

    /// To the next line that begins a record.
    fn skip(&mut self, from: u64) -> Next {
        // What stands here is none.
        self.pass(1.min(self.rest().len()));
        loop {
            let rest = self.rest();
            if let Some(at) = memchr::memmem::find(rest, b"\nWARC/") {
                self.pass(at + 1);
                break;
            }
            let keep = rest.len().min(5);
            self.pass(rest.len() - keep);
            if !self.more() {
                self.pass(self.rest().len());
                break;
            }
        }
        Next::Skipped(Span::bytes(from, self.at - from))
    }
}

fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"WARC/") && bytes.get(5).is_some_and(u8::is_ascii_digit)
}

/// Behind the blank line that ends a header.
fn header_end(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match &bytes[at + 1..] {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

/// The members of an archive one behind the other, or its bytes as they are.
struct Members {
    source: Arc<dyn ReadAt>,
    /// Where the member at hand begins.
    at: u64,
    open: Open,
    breaks: u32,
}

enum Open {
    Plain(Cursor),
    Packed(Box<GzDecoder<BufReader<Cursor>>>),
    Nothing,
}

impl Members {
    fn open(source: Arc<dyn ReadAt>) -> Self {
        let mut magic = [0; 2];
        let packed = source.read_at(&mut magic, 0).is_ok_and(|n| n == 2) && magic == [0x1f, 0x8b];
        let mut members = Self { source: source.clone(), at: 0, open: Open::Plain(Cursor::new(source)), breaks: 0 };
        if packed {
            members.unpack();
        }
        members
    }

    fn unpack(&mut self) {
        let mut cursor = Cursor::new(self.source.clone());
        self.open = match cursor.seek(SeekFrom::Start(self.at)) {
            Ok(_) => Open::Packed(Box::new(GzDecoder::new(BufReader::with_capacity(STEP, cursor)))),
            Err(_) => Open::Nothing,
        };
    }

    /// Behind a break: the next place that begins like a member. False where there is none.
    fn next_member(&mut self) -> bool {
        self.breaks += 1;
        let next = (self.breaks < BREAKS).then(|| self.find(self.at + 1)).flatten();
        self.open = Open::Nothing;
        if let Some(at) = next {
            self.at = at;
            self.unpack();
        }
        next.is_some()
    }

    fn find(&self, from: u64) -> Option<u64> {
        let (mut buf, mut at) = (vec![0; STEP], from);
        loop {
            let got = self.source.read_at(&mut buf, at).ok()?;
            if let Some(n) = memchr::memmem::find(&buf[..got], &[0x1f, 0x8b, 8]) {
                return Some(at + n as u64);
            }
            if got < 3 {
                return None;
            }
            at += got as u64 - 2;
        }
    }
}

impl Read for Members {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match &mut self.open {
                Open::Nothing => return Ok(0),
                Open::Plain(cursor) => return cursor.read(into),
                Open::Packed(decoder) => match decoder.read(into)? {
                    0 => {
                        let inner = decoder.get_mut();
                        let left = inner.buffer().len() as u64;
                        let end = inner.get_mut().stream_position()? - left;
                        let next = self.find(end.max(self.at + 1));
                        self.open = Open::Nothing;
                        if let Some(at) = next {
                            self.at = at;
                            self.unpack();
                        }
                    }
                    n => return Ok(n),
                },
            }
        }
    }
}
