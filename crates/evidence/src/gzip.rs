//! gzip: one thing, packed. Several members one after another are one thing, as `gzip` itself reads them.
//!
//! The name in the header is kept as written; it is often missing. Wrong: junk after the last member is noted as if
//! the contents were torn.
//! Source: RFC 1952.

use crate::{Example, Format, Out, Reading};
use flate2::bufread::MultiGzDecoder;
use model::{Card, Span};
use std::io::BufRead;

/// The drawer.
pub const GZIP: Format = Format {
    card: Card { id: "gzip", about: "A gzip-packed file, unpacked as a child", source: "RFC 1952" },
    recognise: |head| head.bytes.starts_with(&[0x1f, 0x8b, 8]),
    read: Reading::Stream(read),
    risky: None,
    examples: &[Example {
        name: "a packed mail",
        bytes: include_bytes!("../examples/hello.eml.gz"),
        says: &[
            "opened example as gzip",
            "  opened hello.eml as mail",
            "    mail all from=\"Ann\" <\"ann@one.example\"> to=[\"bo@two.example\"] mailbox=\"bo@two.example\" subject=\"Hello\" when=2016-11-03T13:05:09Z headers=[\"From\": \"Ann <ann@one.example>\" at bytes 0-28, \"To\": \"bo@two.example\" at bytes 28-47, \"Subject\": \"Hello\" at bytes 47-62, \"Date\": \"Thu, 3 Nov 2016 14:05:09 +0100\" at bytes 62-99] text=\"Good morning.\" parts=[0 \"text/plain\" 14 chars at bytes 100-114]",
            "  closed bytes=114 records=1 children=0",
            "closed bytes=135 records=0 children=1",
        ],
    }],
};

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let mut decoder = MultiGzDecoder::new(bytes);
    let name = decoder.header().and_then(|h| h.filename()).map(String::from_utf8_lossy);
    let name = name.map_or_else(|| "unpacked".to_owned(), std::borrow::Cow::into_owned);
    out.child(&name, Span::WHOLE, &mut decoder);
}
