//! A moving window over a stream: bytes not yet understood, and where they stand.

use std::io::{self, BufRead, Read};

/// How much is read at once.
const STEP: usize = 256 << 10;

/// The unread rest of a stream, as far as it is in memory.
pub(crate) struct Window<'r> {
    from: &'r mut dyn BufRead,
    buf: Vec<u8>,
    start: usize,
    /// Position of `buf[start]` in the stream.
    pub at: u64,
    /// True when the stream has nothing further.
    pub ended: bool,
    /// Why it ended, where that was no ordinary end.
    pub error: Option<io::Error>,
}

impl<'r> Window<'r> {
    pub fn new(from: &'r mut dyn BufRead) -> Self {
        Self { from, buf: Vec::new(), start: 0, at: 0, ended: false, error: None }
    }

    /// What is in memory.
    pub fn bytes(&self) -> &[u8] {
        &self.buf[self.start..]
    }

    /// Goes forward by `n` bytes.
    pub fn pass(&mut self, n: usize) {
        self.start += n;
        self.at += n as u64;
    }

    /// Reads on: at least as much again as is in memory, so that looking again from the start stays cheap.
    pub fn more(&mut self) {
        let kept = self.buf.len() - self.start;
        self.buf.copy_within(self.start.., 0);
        self.buf.truncate(kept);
        self.start = 0;
        let want = kept.max(STEP);
        match (&mut *self.from).take(want as u64).read_to_end(&mut self.buf) {
            Ok(n) => self.ended = n < want,
            Err(e) => {
                self.ended = true;
                self.error = Some(e);
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
