//! A moving window over a stream: bytes not yet understood, and where they stand.

use crate::Head;
use std::io::{self, BufRead};

/// How much is read at once.
const STEP: usize = 256 << 10;

/// The unread rest of a stream, as far as it is in memory.
pub(crate) struct Window<'r> {
    from: &'r mut dyn BufRead,
    buf: Vec<u8>,
    start: usize,
    end: usize,
    /// Position of `buf[start]` in the stream.
    pub at: u64,
    /// True when the stream has nothing further.
    pub ended: bool,
    /// Why it ended, where that was no ordinary end.
    pub error: Option<io::Error>,
}

impl<'r> Window<'r> {
    pub fn new(from: &'r mut dyn BufRead) -> Self {
        Self { from, buf: Vec::new(), start: 0, end: 0, at: 0, ended: false, error: None }
    }

    /// What is in memory.
    pub fn bytes(&self) -> &[u8] {
        &self.buf[self.start..self.end]
    }

    /// What is there of the beginning, as text, and whether nothing follows it.
    pub fn beginning(&self) -> (String, bool) {
        let head = &self.bytes()[..self.bytes().len().min(Head::SIZE)];
        (String::from_utf8_lossy(head).into_owned(), self.ended && self.bytes().len() <= Head::SIZE)
    }

    /// Goes forward by `n` bytes.
    pub fn pass(&mut self, n: usize) {
        self.start += n;
        self.at += n as u64;
    }

    /// Reads on: at least as much again as is in memory, so that looking again from the start stays cheap.
    pub fn more(&mut self) {
        let kept = self.end - self.start;
        self.buf.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, kept);
        let until = kept + kept.max(if self.buf.is_empty() { Head::SIZE } else { STEP });
        self.buf.resize(self.buf.len().max(until), 0);
        while self.end < until && !self.ended {
            // Large reads go past the stream's own buffer, straight into this one.
            match self.from.read(&mut self.buf[self.end..until]) {
                Ok(0) => self.ended = true,
                Ok(n) => self.end += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => (self.ended, self.error) = (true, Some(e)),
            }
        }
    }

    /// Reads until `n` bytes are in memory or there are no more.
    pub fn fill(&mut self, n: usize) {
        while !self.ended && self.bytes().len() < n {
            self.more();
        }
    }
}
