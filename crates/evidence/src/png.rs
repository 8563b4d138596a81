//! PNG pictures: size, text chunks, Exif and XMP.
//!
//! Chunks are walked by their lengths; check sums are not verified, a forger gets them right anyway. Text written by
//! picture generators (`parameters`, `prompt`) comes out like any other. Source: W3C PNG, third edition.

use crate::picture::{self, Picture, big};
use crate::{Example, Format, Out, Reading};
use flate2::read::ZlibDecoder;
use model::{Card, Code, Span};
use std::io::Read;

/// PNG.
pub const PNG: Format = Format {
    card: Card {
        id: "png",
        about: "PNG pictures: size and metadata",
        source: "W3C Portable Network Graphics, third edition",
    },
    recognise: |head| head.bytes.starts_with(MAGIC),
    read: Reading::Whole(read),
    risky: None,
    examples: &[Example {
        name: "with text and a comment in zlib",
        bytes: include_bytes!("../examples/words.png"),
        says: &[
            "opened example as png",
            "  image all kind=\"png\" width=3 height=2 metadata=[(\"Software\", \"Painter 2\"), (\"parameters\", \"a crowd in front of a town hall, seed 42a crowd in front of a town hall, seed 42\"), (\"Comment\", \"öffentlich\"), (\"xmp:CreatorTool\", \"Editor 1\"), (\"xmpMM:OriginalDocumentID\", \"xmp.did:0001\"), (\"XMP\", \"<?xpacket begin=\\\"\\\" id=\\\"W5M0MpCehiHzreSzNTczkc9d\\\"?><x:xmpmeta xmlns:x=\\\"adobe:ns:meta/\\\"><rdf:Description xmp:CreatorTool=\\\"Editor 1\\\" xmpMM:OriginalDocumentID=\\\"xmp.did:0001\\\"/></x:xmpmeta><?xpacket end=\\\"w\\\"?>\")] sha256=\"8dd7d67da481b90ce75f17dce92f2b05e6fe0c67d13cff4288fd9ab2a155f4a0\"",
            "closed bytes=451 records=1 children=0",
        ],
    }],
};

const MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Bytes inflated of one compressed text.
const MOST_TEXT: u64 = 64 << 10;

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let mut picture = Picture::new("png");
    let mut at = MAGIC.len();
    loop {
        let Some(len) = big(bytes, at, 4) else { break picture::truncated(bytes, out) };
        let start = at + 8;
        let end = start.saturating_add(len as usize);
        let (Some(sort), Some(data)) = (bytes.get(at + 4..start), bytes.get(start..end)) else {
            break picture::truncated(bytes, out);
        };
        chunk(sort, data, Span::bytes(at as u64, len + 12), &mut picture, out);
        at = end.saturating_add(4);
        if sort == b"IEND" {
            break picture.after(at, bytes, out);
        }
    }
    picture.record(out);
}

fn chunk(sort: &[u8], data: &[u8], span: Span, picture: &mut Picture, out: &mut Out<'_>) {
    match sort {
        b"IHDR" => {
            picture.width = big(data, 0, 4).unwrap_or(0);
            picture.height = big(data, 4, 4).unwrap_or(0);
        }
        b"eXIf" => picture.exif(data, span, out),
        b"tEXt" => {
            let (key, value) = word(data);
            picture.say_bytes(&latin(key), value, span, out);
        }
        b"zTXt" => {
            let (key, value) = word(data);
            let value = inflated(value.get(1..).unwrap_or_default(), span, out);
            picture.say_bytes(&latin(key), &value, span, out);
        }
        b"iTXt" => international(data, span, picture, out),
        b"tIME" => picture.say("tIME", &time(data), span, out),
        b"caBX" => picture.say("content credentials", "present, not verified", span, out),
        _ => {}
    }
}

/// Keyword, compression flag and method, language, translated keyword, text.
fn international(data: &[u8], span: Span, picture: &mut Picture, out: &mut Out<'_>) {
    let (key, rest) = word(data);
    let (_, tail) = word(rest.get(2..).unwrap_or_default());
    let (_, value) = word(tail);
    let unpacked;
    let value = if rest.first() == Some(&1) {
        unpacked = inflated(value, span, out);
        &unpacked
    } else {
        value
    };
    match key {
        b"XML:com.adobe.xmp" => picture.xmp(value, span, out),
        key => picture.say_bytes(&latin(key), value, span, out),
    }
}

/// Up to the next NUL, and what follows it.
fn word(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|b| *b == 0) {
        Some(nul) => (&data[..nul], &data[nul + 1..]),
        None => (data, &[]),
    }
}

fn latin(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

fn inflated(packed: &[u8], span: Span, out: &mut Out<'_>) -> Vec<u8> {
    let mut text = Vec::new();
    if ZlibDecoder::new(packed).take(MOST_TEXT).read_to_end(&mut text).is_err() {
        out.note(Code::Malformed, span, "a compressed text could not be unpacked whole");
    }
    text
}

fn time(data: &[u8]) -> String {
    let field = |at, n| big(data, at, n).unwrap_or(0);
    let [y, mo, d, h, mi, s] = [field(0, 2), field(2, 1), field(3, 1), field(4, 1), field(5, 1), field(6, 1)];
    format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}Z")
}
