//! tar: regular files as children, in order. Links, devices and sparse files are noted, nothing is ever followed.
//!
//! Our own walk over blocks, with the `tar` crate's header fields: its archive type reads long names of any length
//! into memory and gives up at the first torn header, where this seeks the next sound one.
//! Wrong: PAX records other than `path` and `size` are ignored.
//! Source: POSIX.1-2017 `pax`, section "ustar Interchange Format"; the GNU tar manual, "Basic Tar Format".

use crate::{Example, Format, Head, Out, Reading};
use model::{Card, Code, Span};
use std::io::{self, BufRead, Read};
use tar::{EntryType, Header};

/// The drawer.
pub const TAR: Format = Format {
    card: Card { id: "tar", about: "A tar archive: its regular files as children", source: "POSIX.1-2017 pax, ustar" },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: &[
        Example {
            name: "two files and a link",
            bytes: include_bytes!("../examples/two.tar"),
            says: &[
                "opened example as tar",
                "  opened inbox/hello.eml as mail",
                "    mail all from=\"Ann\" <\"ann@one.example\"> to=[\"bo@two.example\"] mailbox=\"bo@two.example\" subject=\"Hello\" when=2016-11-03T13:05:09Z headers=[\"From\": \"Ann <ann@one.example>\" at bytes 0-28, \"To\": \"bo@two.example\" at bytes 28-47, \"Subject\": \"Hello\" at bytes 47-62, \"Date\": \"Thu, 3 Nov 2016 14:05:09 +0100\" at bytes 62-99] text=\"Good morning.\" parts=[0 \"text/plain\" 14 chars at bytes 100-114]",
                "  closed bytes=114 records=1 children=0",
                "  opened ../long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/blob.bin as nothing known",
                "    note unrecognised all no format recognised this: sealed and listed, not read ×1",
                "  closed bytes=12 records=0 children=0",
                "  note info bytes 1536-2048 a link: not followed ×1",
                "closed bytes=5120 records=0 children=2",
            ],
        },
        Example {
            name: "a torn header between two files",
            bytes: include_bytes!("../examples/torn.tar"),
            says: &[
                "opened example as tar",
                "  opened hello.eml as mail",
                "    mail all from=\"Ann\" <\"ann@one.example\"> to=[\"bo@two.example\"] mailbox=\"bo@two.example\" subject=\"Hello\" when=2016-11-03T13:05:09Z headers=[\"From\": \"Ann <ann@one.example>\" at bytes 0-28, \"To\": \"bo@two.example\" at bytes 28-47, \"Subject\": \"Hello\" at bytes 47-62, \"Date\": \"Thu, 3 Nov 2016 14:05:09 +0100\" at bytes 62-99] text=\"Good morning.\" parts=[0 \"text/plain\" 14 chars at bytes 100-114]",
                "  closed bytes=114 records=1 children=0",
                "  opened blob.bin as nothing known",
                "    note unrecognised all no format recognised this: sealed and listed, not read ×1",
                "  closed bytes=12 records=0 children=0",
                "  note malformed bytes 1024-1536 no sound header here: the next one is sought ×2",
                "closed bytes=3072 records=0 children=2",
            ],
        },
    ],
};

const BLOCK: usize = 512;
/// Longest name or PAX header that is kept.
const MOST_NAME: u64 = 64 << 10;

fn recognise(head: &Head<'_>) -> bool {
    let Some(block) = head.bytes.get(..BLOCK) else { return false };
    block[0] != 0 && (sound(block) || (&block[257..262] == b"ustar" && size_of(block).is_some()))
}

/// True when the header's checksum is right.
fn sound(block: &[u8]) -> bool {
    let sum = |b: &[u8]| b.iter().map(|b| u32::from(*b)).sum::<u32>();
    let ours = sum(&block[..148]) + 8 * u32::from(b' ') + sum(&block[156..]);
    ours != 256 && Header::from_byte_slice(block).cksum().is_ok_and(|theirs| theirs == ours)
}

fn size_of(block: &[u8]) -> Option<u64> {
    Header::from_byte_slice(block).entry_size().ok().filter(|n| *n < 1 << 62)
}

/// What headers before an entry said of it.
#[derive(Default)]
struct Ahead {
    name: Option<String>,
    size: Option<u64>,
}

/// The stream, and how far it was read.
struct Blocks<'a> {
    from: &'a mut dyn BufRead,
    at: u64,
}

impl Read for Blocks<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(buf)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Blocks<'_> {
    /// The next block; shorter only at the end.
    fn block(&mut self) -> io::Result<Vec<u8>> {
        let mut block = Vec::with_capacity(BLOCK);
        Read::take(&mut *self, BLOCK as u64).read_to_end(&mut block)?;
        Ok(block)
    }

    /// Goes on to `to`; false when the end came first.
    fn skip_to(&mut self, to: u64) -> io::Result<bool> {
        let by = to.saturating_sub(self.at);
        Ok(io::copy(&mut Read::take(&mut *self, by), &mut io::sink())? == by)
    }
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let mut blocks = Blocks { from: bytes, at: 0 };
    if let Err(e) = walk(&mut blocks, out) {
        out.note(Code::Truncated, Span::bytes(blocks.at, 1), format!("ends early: {e}"));
    }
}

fn walk(blocks: &mut Blocks<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let mut ahead = Ahead::default();
    loop {
        let at = blocks.at;
        let block = blocks.block()?;
        if block.iter().all(|b| *b == 0) {
            match block.is_empty() {
                true => return Ok(()),
                false => continue,
            }
        }
        if block.len() < BLOCK {
            out.note(Code::Truncated, Span::bytes(at, 1), "ends within a header");
            return Ok(());
        }
        let Some(size) = sound(&block).then(|| size_of(&block)).flatten() else {
            out.note(Code::Malformed, Span::bytes(at, BLOCK as u64), "no sound header here: the next one is sought");
            ahead = Ahead::default();
            continue;
        };
        if !entry(Header::from_byte_slice(&block), at, size, &mut ahead, blocks, out)? {
            return Ok(());
        }
    }
}

/// One entry. False when nothing further may be unpacked.
fn entry(
    header: &Header,
    at: u64,
    size: u64,
    ahead: &mut Ahead,
    blocks: &mut Blocks<'_>,
    out: &mut Out<'_>,
) -> io::Result<bool> {
    let begins = blocks.at;
    let kind = header.entry_type();
    let mut size = size;
    let mut go_on = true;
    match kind {
        EntryType::GNULongName => ahead.name = Some(until_nul(&kept(blocks, size, out)?)),
        EntryType::XHeader => pax(&kept(blocks, size, out)?, ahead),
        EntryType::XGlobalHeader | EntryType::GNULongLink | EntryType::Directory => {}
        EntryType::Regular | EntryType::Continuous => {
            let told = std::mem::take(ahead);
            size = told.size.unwrap_or(size);
            let name = told.name.unwrap_or_else(|| until_nul(&header.path_bytes()));
            // Old tars have no type for folders: a name ending in a slash is one.
            if !(name.ends_with('/') && size == 0) {
                let mut contents = Read::take(&mut *blocks, size);
                go_on = out.child(&name, Span::bytes(at, size.saturating_add(BLOCK as u64)), &mut contents);
            }
        }
        EntryType::Symlink | EntryType::Link => {
            *ahead = Ahead::default();
            out.note(Code::Info, Span::bytes(at, BLOCK as u64), "a link: not followed");
        }
        _ => {
            *ahead = Ahead::default();
            out.note(Code::Unrecognised, Span::bytes(at, BLOCK as u64), "an entry that is no regular file: not read");
        }
    }
    let padded = size.div_ceil(BLOCK as u64) * BLOCK as u64;
    let whole = blocks.skip_to(begins.saturating_add(padded))?;
    if !whole && blocks.at < begins.saturating_add(size) {
        out.note(Code::Truncated, Span::bytes(at, BLOCK as u64), "ends within an entry");
    }
    Ok(go_on)
}

/// A header's own contents, as far as they are kept.
fn kept(blocks: &mut Blocks<'_>, size: u64, out: &mut Out<'_>) -> io::Result<Vec<u8>> {
    if size > MOST_NAME {
        out.note(Code::Limit, Span::bytes(blocks.at, size), format!("a name of more than {MOST_NAME} bytes was cut"));
    }
    let mut bytes = Vec::new();
    Read::take(&mut *blocks, size.min(MOST_NAME)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn until_nul(bytes: &[u8]) -> String {
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// Records `LENGTH KEY=VALUE\n`.
fn pax(mut bytes: &[u8], ahead: &mut Ahead) {
    while let Some(space) = memchr::memchr(b' ', bytes) {
        let len = std::str::from_utf8(&bytes[..space]).ok().and_then(|n| n.parse::<usize>().ok());
        let Some(len) = len.filter(|n| *n > space && *n <= bytes.len()) else { return };
        let record = String::from_utf8_lossy(&bytes[space + 1..len]);
        match record.trim_end_matches('\n').split_once('=') {
            Some(("path", path)) => ahead.name = Some(path.to_owned()),
            Some(("size", n)) => ahead.size = n.parse().ok().filter(|n| *n < 1 << 62),
            _ => {}
        }
        bytes = &bytes[len..];
    }
}
