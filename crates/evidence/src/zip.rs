//! zip: files as children, in the order of the central directory, duplicates included; where that is torn, in the
//! order in which their local headers stand.
//!
//! Nothing is written anywhere, so a name like `../../x` is only words. Declared sizes are not believed: the driver
//! counts what really comes out. Wrong: methods other than stored and deflate are noted, not read.
//! Source: PKWARE APPNOTE.TXT 6.3.10.

use crate::{Cursor, Example, Format, Out, ReadAt, Reading};
use flate2::bufread::DeflateDecoder;
use model::{Card, Code, Span};
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;
use zip::read::{Config, ZipFileEntry, ZipReadOptions};
use zip::unstable::read::ZipIterable;

/// The drawer.
pub const ZIP: Format = Format {
    card: Card { id: "zip", about: "A zip archive: its files as children", source: "PKWARE APPNOTE.TXT 6.3.10" },
    recognise: |head| head.bytes.starts_with(b"PK\x03\x04") || head.bytes.starts_with(b"PK\x05\x06"),
    read: Reading::Anywhere(read),
    risky: None,
    examples: &[
        Example {
            name: "two files, a folder and a hostile name",
            bytes: include_bytes!("../examples/two.zip"),
            says: &[
                "opened example as zip",
                "  opened mails/hello.eml as mail",
                "    mail all from=\"Ann\" <\"ann@one.example\"> to=[\"bo@two.example\"] mailbox=\"bo@two.example\" subject=\"Hello\" when=2016-11-03T13:05:09Z headers=[\"From\": \"Ann <ann@one.example>\" at bytes 0-28, \"To\": \"bo@two.example\" at bytes 28-47, \"Subject\": \"Hello\" at bytes 47-62, \"Date\": \"Thu, 3 Nov 2016 14:05:09 +0100\" at bytes 62-99] text=\"Good morning.\" parts=[0 \"text/plain\" 14 chars at bytes 100-114]",
                "  closed bytes=114 records=1 children=0",
                "  opened ../../\\u{1b}[31mblob.bin as nothing known",
                "    note unrecognised all no format recognised this: sealed and listed, not read ×1",
                "  closed bytes=12 records=0 children=0",
                "closed bytes=449 records=0 children=2",
            ],
        },
        Example {
            name: "an encrypted file",
            bytes: include_bytes!("../examples/locked.zip"),
            says: &[
                "opened example as zip",
                "  note encrypted bytes 0-146 an encrypted file: not read ×1",
                "closed bytes=223 records=0 children=0",
            ],
        },
        Example {
            name: "no directory at the end",
            bytes: include_bytes!("../examples/torn.zip"),
            says: &[
                "opened example as zip",
                "  opened hello.eml as mail",
                "    mail all from=\"Ann\" <\"ann@one.example\"> to=[\"bo@two.example\"] mailbox=\"bo@two.example\" subject=\"Hello\" when=2016-11-03T13:05:09Z headers=[\"From\": \"Ann <ann@one.example>\" at bytes 0-28, \"To\": \"bo@two.example\" at bytes 28-47, \"Subject\": \"Hello\" at bytes 47-62, \"Date\": \"Thu, 3 Nov 2016 14:05:09 +0100\" at bytes 62-99] text=\"Good morning.\" parts=[0 \"text/plain\" 14 chars at bytes 100-114]",
                "  closed bytes=114 records=1 children=0",
                "  opened blob.bin as nothing known",
                "    note unrecognised all no format recognised this: sealed and listed, not read ×1",
                "  closed bytes=12 records=0 children=0",
                "  note malformed all no sound directory (invalid Zip archive: Could not find EOCD): read by local headers, as far as they go ×1",
                "closed bytes=216 records=0 children=2",
            ],
        },
    ],
};

/// Most entries whose places are remembered to see overlaps.
const MOST_PLACES: usize = 1 << 20;

fn read(bytes: &Arc<dyn ReadAt>, out: &mut Out<'_>) {
    let directory = ZipIterable::try_new(BufReader::new(Cursor::new(bytes.clone())), Config::default());
    let mut archive = match directory {
        Ok(archive) => archive,
        Err(e) => {
            let why = format!("no sound directory ({e}): read by local headers, as far as they go");
            out.note(Code::Malformed, Span::WHOLE, why);
            return salvage(bytes, out);
        }
    };
    let mut places = Vec::new();
    let Ok(entries) = archive.files() else { return salvage(bytes, out) };
    for entry in entries {
        match entry {
            Ok(entry) => {
                if places.len() < MOST_PLACES {
                    places.push((entry.header_start(), entry.header_start().saturating_add(entry.compressed_size())));
                }
                if !unpack(entry, bytes, out) {
                    return;
                }
            }
            Err(e) => out.note(Code::Malformed, Span::WHOLE, format!("the directory breaks off: {e}")),
        }
    }
    places.sort_unstable();
    if places.windows(2).any(|w| w[0].1 > w[1].0) {
        out.note(Code::Malformed, Span::WHOLE, "entries overlap: the same bytes are named more than once");
    }
}

/// One entry of the directory. False when nothing further may be unpacked.
fn unpack(entry: ZipFileEntry<'_>, bytes: &Arc<dyn ReadAt>, out: &mut Out<'_>) -> bool {
    let span = span(bytes, entry.header_start(), entry.compressed_size());
    if entry.is_dir() {
        return true;
    }
    if entry.is_symlink() {
        out.note(Code::Info, span, "a link: not followed");
        return true;
    }
    if entry.encrypted() {
        out.note(Code::Encrypted, span, "an encrypted file: not read");
        return true;
    }
    let name = entry.name().map_or_else(|_| String::from_utf8_lossy(entry.name_raw()).into_owned(), |n| n.into_owned());
    let mut source = BufReader::new(Cursor::new(bytes.clone()));
    match entry.with_reader(&mut source, ZipReadOptions::new()) {
        Ok(mut contents) => out.child(&name, span, &mut contents),
        Err(e) => {
            out.note(Code::Malformed, span, format!("a file could not be read: {e}"));
            true
        }
    }
}

/// A local header and the packed bytes after it.
fn span(bytes: &Arc<dyn ReadAt>, start: u64, packed: u64) -> Span {
    let header = Local::read(bytes, start).map_or(0, |l| l.data - start);
    Span::bytes(start, header.saturating_add(packed))
}

/// What a local header says.
struct Local {
    flags: u16,
    method: u16,
    packed: u64,
    name: String,
    data: u64,
}

impl Local {
    /// The header at `at`, if one stands there whole.
    fn read(bytes: &Arc<dyn ReadAt>, at: u64) -> Option<Self> {
        let mut source = Cursor::new(bytes.clone());
        source.seek(SeekFrom::Start(at)).ok()?;
        let mut fixed = [0_u8; 30];
        source.read_exact(&mut fixed).ok()?;
        let two = |i: usize| u16::from_le_bytes([fixed[i], fixed[i + 1]]);
        if &fixed[..4] != b"PK\x03\x04" {
            return None;
        }
        let mut name = vec![0; usize::from(two(26))];
        source.read_exact(&mut name).ok()?;
        Some(Self {
            flags: two(6),
            method: two(8),
            packed: u64::from(two(18)) | u64::from(two(20)) << 16,
            name: String::from_utf8_lossy(&name).into_owned(),
            data: at + 30 + u64::from(two(26)) + u64::from(two(28)),
        })
    }

    /// True when the length stands after the contents instead of before.
    fn length_after(&self) -> bool {
        self.flags & 8 != 0 && self.packed == 0
    }
}

/// Reads whatever local headers can be found, from the beginning on.
fn salvage(bytes: &Arc<dyn ReadAt>, out: &mut Out<'_>) {
    let mut at = 0;
    while let Some(found) = find(bytes, at) {
        at = found + 4;
        let Some(local) = Local::read(bytes, found) else { continue };
        if local.flags & 1 != 0 {
            out.note(Code::Encrypted, Span::bytes(found, 30), "an encrypted file: not read");
            continue;
        }
        if local.name.ends_with('/') {
            continue;
        }
        let Some((used, go_on)) = salvage_one(bytes, &local, found, out) else { continue };
        if !go_on {
            return;
        }
        at = local.data.saturating_add(used).max(at);
    }
}

/// Unpacks what follows a local header: how many packed bytes it took, and whether more may be unpacked.
fn salvage_one(bytes: &Arc<dyn ReadAt>, local: &Local, found: u64, out: &mut Out<'_>) -> Option<(u64, bool)> {
    let most = if local.length_after() { u64::MAX } else { local.packed };
    let mut source = Cursor::new(bytes.clone());
    source.seek(SeekFrom::Start(local.data)).ok()?;
    let mut packed = BufReader::new(source.take(most));
    let span = Span::bytes(found, (local.data - found).saturating_add(local.packed));
    match local.method {
        0 if !local.length_after() => Some((local.packed, out.child(&local.name, span, &mut packed))),
        8 => {
            let mut inflated = DeflateDecoder::new(packed);
            let go_on = out.child(&local.name, span, &mut inflated);
            Some((inflated.total_in(), go_on))
        }
        _ => {
            out.note(Code::Malformed, span, "a file in a method or of a length not known: not read");
            None
        }
    }
}

/// Where the next local header's signature stands, at or after `at`.
fn find(bytes: &Arc<dyn ReadAt>, mut at: u64) -> Option<u64> {
    let mut window = vec![0_u8; 256 << 10];
    loop {
        let n = fill(bytes, &mut window, at);
        if let Some(i) = memchr::memmem::find(&window[..n], b"PK\x03\x04") {
            return Some(at + i as u64);
        }
        if n < window.len() {
            return None;
        }
        at += n as u64 - 3;
    }
}

/// Fills the window; shorter only at the end.
fn fill(bytes: &Arc<dyn ReadAt>, window: &mut [u8], at: u64) -> usize {
    let mut n = 0;
    while n < window.len() {
        match bytes.read_at(&mut window[n..], at + n as u64) {
            Ok(0) | Err(_) => break,
            Ok(more) => n += more,
        }
    }
    n
}
