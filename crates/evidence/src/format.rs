//! The drawer, and how the right one is found.

use crate::posts::table::{self, Table};
use crate::{FORMATS, Out, ReadAt};
use model::Card;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::io::BufRead;
use std::sync::Arc;

/// A way bytes can be written.
pub struct Format {
    /// Its label.
    pub card: Card,
    /// True when the beginning looks like this format. Asked in the order of [`FORMATS`]; the first yes wins, so a
    /// guess must be careful and a signature need not be.
    pub recognise: fn(&Head<'_>) -> bool,
    /// How it is read.
    pub read: Reading,
    /// The part of reading that is left to libraries which may exhaust memory or stack on hostile bytes, as a function
    /// from bytes to bytes: run by [`Out::risky`] in a process of its own where the caller can start one.
    pub risky: Option<Risky>,
    /// Small samples: documentation, test and fuzz seed in one.
    pub examples: &'static [Example],
}

/// Bytes in, bytes out, in a process of its own (see [`Format::risky`]).
pub type Risky = fn(&[u8]) -> Vec<u8>;

/// In what shape a format wants its bytes.
#[derive(Clone, Copy)]
pub enum Reading {
    /// All at once; longer evidence is cut at `limits.whole`, with a note.
    Whole(fn(&[u8], &mut Out<'_>)),
    /// As a stream of any length, in memory that does not grow with it.
    Stream(fn(&mut dyn BufRead, &mut Out<'_>)),
    /// At any position; when unpacked from a container it is held in memory, up to `limits.whole`, with a note.
    Anywhere(fn(&Arc<dyn ReadAt>, &mut Out<'_>)),
}

/// The beginning of some bytes, and what every guess asks of it anew: decoded once, cut into rows once.
pub struct Head<'a> {
    /// At most the first 64 KiB.
    pub bytes: &'a [u8],
    /// True when that is all of them.
    pub all: bool,
    words: OnceCell<Option<Cow<'a, str>>>,
    table: OnceCell<Option<Table>>,
}

impl<'a> Head<'a> {
    /// How much of the beginning is looked at.
    pub const SIZE: usize = 64 << 10;

    /// The beginning of some bytes; `all`: nothing follows.
    #[must_use]
    pub fn new(bytes: &'a [u8], all: bool) -> Self {
        Self { bytes, all, words: OnceCell::new(), table: OnceCell::new() }
    }

    /// The beginning as text: UTF-8 with a cut character at the end forgiven, a byte-order mark skipped; `None` where
    /// it is not UTF-8 or holds NUL.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        let bytes = self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self.bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) if e.error_len().is_none() && !self.all => std::str::from_utf8(&bytes[..e.valid_up_to()]).ok()?,
            Err(_) => return None,
        };
        (!text.contains('\0')).then_some(text)
    }

    /// True where these are the first words of a whole page: nothing that begins with a line of a header then.
    #[must_use]
    pub(crate) fn markup(&self) -> bool {
        let start = self.bytes.trim_ascii_start();
        let begins = |word: &[u8]| start.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
        begins(b"<!doctype") || begins(b"<html")
    }

    /// The beginning as text where a few bytes may be in another encoding: everything but NUL is let through.
    #[must_use]
    pub fn lossy(&self) -> Option<Cow<'_, str>> {
        match self.bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => table::lossy(self.bytes),
            _ => self.words().map(Cow::Borrowed),
        }
    }

    /// As [`Head::lossy`], and UTF-16 with a byte-order mark as what it says.
    pub(crate) fn words(&self) -> Option<&str> {
        self.words.get_or_init(|| table::beginning(self.bytes)).as_deref()
    }

    /// What table the words are, if any.
    pub(crate) fn table(&self) -> Option<&Table> {
        self.table.get_or_init(|| table::table(self.words()?.as_bytes(), self.all)).as_ref()
    }
}

/// A sample of a format and what must be read from it.
pub struct Example {
    /// What it shows.
    pub name: &'static str,
    /// The bytes.
    pub bytes: &'static [u8],
    /// The whole transcript of reading it, a line per event (see the room's tests).
    pub says: &'static [&'static str],
}

/// The format these bytes are in, if any knows them.
#[must_use]
pub fn recognise(head: &Head<'_>) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|f| (f.recognise)(head))
}

/// True where what a format of this id reads is one mail with what it encloses.
#[must_use]
pub fn is_mail(id: &str) -> bool {
    [crate::mail::MAIL.card.id, crate::outlook_mail::OUTLOOK_MAIL.card.id].contains(&id)
}

/// The format with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|f| f.card.id == id)
}
