//! GIF pictures: size, comments, XMP, and the program named in application extensions.
//!
//! Source: CompuServe GIF89a specification; XMP packets in GIF after ISO 16684-3, 1.1.2.

use crate::picture::{self, Picture, little};
use crate::{Example, Format, Out, Reading};
use model::{Card, Code, Span};

/// GIF.
pub const GIF: Format = Format {
    card: Card { id: "gif", about: "GIF pictures: size and comments", source: "CompuServe GIF89a specification" },
    recognise: |head| head.bytes.starts_with(b"GIF87a") || head.bytes.starts_with(b"GIF89a"),
    read: Reading::Whole(read),
    risky: None,
    examples: &[Example {
        name: "one pixel and a comment",
        bytes: b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0\x21\xfe\x08made by \x02me\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b",
        says: &[
"opened example as gif",
"  image all kind=\"gif\" width=1 height=1 metadata=[(\"comment\", \"made by me\")] sha256=\"21c19bf652c09b802be97a68ecad21456c7edd93ab403c2f08105d9187221301\"",
"closed bytes=50 records=1 children=0",
],
    }],
};

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let mut picture = Picture::new("gif");
    picture.width = little(bytes, 6, 2).unwrap_or(0);
    picture.height = little(bytes, 8, 2).unwrap_or(0);
    match blocks(bytes, &mut picture, out) {
        Some(end) => picture.after(end, bytes, out),
        None => picture::truncated(bytes, out),
    }
    picture.record(out);
}

/// Where the picture ends; `None` where the bytes end first.
fn blocks(bytes: &[u8], picture: &mut Picture, out: &mut Out<'_>) -> Option<usize> {
    let mut at = 13 + palette(*bytes.get(10)?);
    loop {
        match *bytes.get(at)? {
            0x3b => return Some(at + 1),
            0x2c => at = skip(bytes, at + 11 + palette(*bytes.get(at + 9)?))?,
            0x21 => at = extension(bytes, at, picture, out)?,
            _ => {
                out.note(Code::Malformed, Span::bytes(at as u64, 1), "a block of no known sort: the rest was not read");
                return Some(bytes.len());
            }
        }
    }
}

fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Past a chain of sub-blocks.
fn skip(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            0 => return Some(at + 1),
            n => at += 1 + usize::from(n),
        }
    }
}

fn extension(bytes: &[u8], at: usize, picture: &mut Picture, out: &mut Out<'_>) -> Option<usize> {
    let end = skip(bytes, at + 2)?;
    let span = Span::bytes(at as u64, (end - at) as u64);
    match *bytes.get(at + 1)? {
        0xfe => picture.say_bytes("comment", &joined(&bytes[at + 2..end]), span, out),
        // The packet stands raw behind the application's name; a trailer leads those who skip blocks past it.
        0xff => match bytes.get(at + 3..at + 14)? {
            b"XMP DataXMP" => picture.xmp(bytes.get(at + 14..end.saturating_sub(258)).unwrap_or_default(), span, out),
            name => picture.say_bytes("application", name, span, out),
        },
        _ => {}
    }
    Some(end)
}

fn joined(mut chain: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some((n, rest)) = chain.split_first()
        && let Some((block, rest)) = rest.split_at_checked(usize::from(*n))
    {
        all.extend_from_slice(block);
        chain = rest;
    }
    all
}
