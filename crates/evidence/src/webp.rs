//! WebP pictures: size, Exif, XMP.
//!
//! Source: RFC 9649 (container, VP8L), RFC 6386 section 9.1 (VP8 frame header).

use crate::picture::{self, Picture, little};
use crate::{Example, Format, Out, Reading};
use model::{Card, Code, Span};

/// WebP.
pub const WEBP: Format = Format {
    card: Card { id: "webp", about: "WebP pictures: size and metadata", source: "RFC 9649; RFC 6386 section 9.1" },
    recognise: |head| head.bytes.starts_with(b"RIFF") && head.bytes.get(8..12) == Some(b"WEBP"),
    read: Reading::Whole(read),
    risky: None,
    examples: &[Example {
        name: "with Exif and XMP",
        bytes: include_bytes!("../examples/small.webp"),
        says: &[
            "opened example as webp",
            "  image all kind=\"webp\" width=5 height=6 when=2026-10-29T16:30:05Z metadata=[(\"Software\", \"Editor 1\"), (\"DateTimeOriginal\", \"2026:10:29 18:30:05\"), (\"OffsetTimeOriginal\", \"+02:00\"), (\"xmp:CreatorTool\", \"Editor 1\"), (\"xmpMM:OriginalDocumentID\", \"xmp.did:0001\"), (\"XMP\", \"<?xpacket begin=\\\"\\\" id=\\\"W5M0MpCehiHzreSzNTczkc9d\\\"?><x:xmpmeta xmlns:x=\\\"adobe:ns:meta/\\\"><rdf:Description xmp:CreatorTool=\\\"Editor 1\\\" xmpMM:OriginalDocumentID=\\\"xmp.did:0001\\\"/></x:xmpmeta><?xpacket end=\\\"w\\\"?>\")] sha256=\"ac494ff8304da92e57826ed7f73715c38d9c722107adce151395518f6025c7ed\"",
            "closed bytes=388 records=1 children=0",
        ],
    }],
};

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let mut picture = Picture::new("webp");
    let end = little(bytes, 4, 4).unwrap_or(0) as usize + 8;
    let mut at = 12;
    while at < end {
        let Some(len) = little(bytes, at + 4, 4) else { break };
        let start = at + 8;
        let Some(data) = bytes.get(start..start.saturating_add(len as usize)) else { break };
        chunk(&bytes[at..at + 4], data, Span::bytes(at as u64, len + 8), &mut picture, out);
        at = start + data.len() + data.len() % 2;
    }
    match at < end || bytes.len() < end {
        true => picture::truncated(bytes, out),
        false => picture.after(end.max(at), bytes, out),
    }
    if picture.width == 0 || picture.height == 0 {
        out.note(Code::Malformed, Span::WHOLE, "no header gives the picture's size");
    }
    picture.record(out);
}

fn chunk(sort: &[u8], data: &[u8], span: Span, picture: &mut Picture, out: &mut Out<'_>) {
    match sort {
        b"VP8X" => size(picture, canvas(data)),
        b"VP8 " if picture.width == 0 => size(picture, lossy(data)),
        b"VP8L" if picture.width == 0 => size(picture, lossless(data)),
        b"EXIF" => picture.exif(data.strip_prefix(b"Exif\0\0").unwrap_or(data), span, out),
        b"XMP " => picture.xmp(data, span, out),
        b"C2PA" => picture.say("content credentials", "present, not verified", span, out),
        _ => {}
    }
}

fn size(picture: &mut Picture, size: Option<(u64, u64)>) {
    if let Some((width, height)) = size {
        (picture.width, picture.height) = (width, height);
    }
}

fn canvas(data: &[u8]) -> Option<(u64, u64)> {
    Some((little(data, 4, 3)? + 1, little(data, 7, 3)? + 1))
}

fn lossy(data: &[u8]) -> Option<(u64, u64)> {
    let start = data.get(3..6)? == [0x9d, 0x01, 0x2a];
    start.then_some((little(data, 6, 2)? & 0x3fff, little(data, 8, 2)? & 0x3fff))
}

fn lossless(data: &[u8]) -> Option<(u64, u64)> {
    let bits = little(data, 1, 4)?;
    (data.first() == Some(&0x2f)).then_some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
}
