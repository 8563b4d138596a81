//! Zstandard: one thing, packed. Frames one after another are one thing, as `zstd` itself reads them.
//!
//! A frame may ask for a window of up to 128 MiB and no more (what `zstd` itself allows without `--long`), so that a
//! small file cannot claim gigabytes of memory. Wrong: files made with `--long=28` and above are noted, not read.
//! Source: RFC 8878.

use crate::{Example, Format, Head, Out, Reading};
use model::{Card, Code, Span};
use std::io::BufRead;
use zstd::stream::read::Decoder;

/// The drawer.
pub const ZSTD: Format = Format {
    card: Card { id: "zstd", about: "A Zstandard-packed file, unpacked as a child", source: "RFC 8878" },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: &[Example {
        name: "a packed mail",
        bytes: include_bytes!("../examples/hello.eml.zst"),
        says: &[
            "opened example as zstd",
            "  opened unpacked as mail",
            "    mail all from=\"Ann\" <\"ann@one.example\"> to=[\"bo@two.example\"] mailbox=\"bo@two.example\" subject=\"Hello\" when=2016-11-03T13:05:09Z headers=[\"From\": \"Ann <ann@one.example>\" at bytes 0-28, \"To\": \"bo@two.example\" at bytes 28-47, \"Subject\": \"Hello\" at bytes 47-62, \"Date\": \"Thu, 3 Nov 2016 14:05:09 +0100\" at bytes 62-99] text=\"Good morning.\" parts=[0 \"text/plain\" 14 chars at bytes 100-114]",
            "  closed bytes=114 records=1 children=0",
            "closed bytes=118 records=0 children=1",
        ],
    }],
};

/// Largest window, as a power of two.
const WINDOW_LOG: u32 = 27;

fn recognise(head: &Head<'_>) -> bool {
    let skippable = head.bytes.len() > 8 && head.bytes[0] & 0xf0 == 0x50 && head.bytes[1..4] == [0x2a, 0x4d, 0x18];
    skippable || head.bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let decoder = Decoder::with_buffer(bytes).and_then(|mut d| d.window_log_max(WINDOW_LOG).map(|()| d));
    match decoder {
        Ok(mut decoder) => {
            out.child("unpacked", Span::WHOLE, &mut decoder);
        }
        Err(e) => out.note(Code::Malformed, Span::WHOLE, format!("could not be unpacked: {e}")),
    }
}
