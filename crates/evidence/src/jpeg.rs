//! JPEG pictures: size, comments, Exif, XMP, and whether content credentials are there.
//!
//! Segments are walked by their lengths, entropy-coded data by its markers, so that a missing end is seen and bytes
//! hidden after it are told. Source: ITU-T T.81, annex B; APP segments after CIPA DC-008 and ISO 16684-3.

use crate::picture::{self, Picture, big};
use crate::{Example, Format, Out, Reading};
use model::{Card, Code, Span};

/// JPEG.
pub const JPEG: Format = Format {
    card: Card {
        id: "jpeg",
        about: "JPEG pictures: size and metadata",
        source: "ITU-T T.81, annex B; CIPA DC-008 (Exif)",
    },
    recognise: |head| head.bytes.starts_with(b"\xff\xd8\xff"),
    read: Reading::Whole(read),
    risky: None,
    examples: &[Example {
        name: "with Exif, a comment and a tail",
        bytes: include_bytes!("../examples/camera.jpg"),
        says: &[
            "opened example as jpeg",
            "  image all kind=\"jpeg\" width=8 height=4 when=2026-10-29T18:30:05Z metadata=[(\"Make\", \"Maker\"), (\"Model\", \"Model 7\"), (\"Software\", \"Editor 1\"), (\"UserComment\", \"hello\"), (\"DateTimeOriginal\", \"2026:10:29 18:30:05\"), (\"DateTime\", \"2026:10:30 10:00:00\"), (\"GPS\", \"present\"), (\"comment\", \"see one.example\")] sha256=\"126ccb17a359984ae84299c297bab29aeec06e0e1fd23cd291b6d8848b7d53cb\"",
            "  note info bytes 20-326 the time it was taken names no zone: read as UTC ×1",
            "  note info bytes 657-667 there are further bytes after the picture's end ×1",
            "closed bytes=667 records=1 children=0",
        ],
    }],
};

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let mut picture = Picture::new("jpeg");
    match segments(bytes, &mut picture, out) {
        Some(end) => picture.after(end, bytes, out),
        None => picture::truncated(bytes, out),
    }
    if picture.width == 0 || picture.height == 0 {
        out.note(Code::Malformed, Span::WHOLE, "no frame header gives the picture's size");
    }
    picture.record(out);
}

/// Where the picture ends; `None` where the bytes end first.
fn segments(bytes: &[u8], picture: &mut Picture, out: &mut Out<'_>) -> Option<usize> {
    let mut at = 2;
    loop {
        at = marker(bytes, at)?;
        let sort = bytes[at + 1];
        match sort {
            0xd9 => return Some(at + 2),
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let len = big(bytes, at + 2, 2)?;
                if len < 2 {
                    out.note(Code::Malformed, Span::bytes(at as u64, 4), "a segment shorter than its own length field");
                    at += 2;
                    continue;
                }
                let end = at + 2 + len as usize;
                let data = bytes.get(at + 4..end)?;
                segment(sort, data, Span::bytes(at as u64, len + 2), picture, out);
                at = end;
            }
        }
    }
}

/// The next marker at or after `at`: FF, then neither FF (filling) nor 00 (a stuffed byte of the data).
fn marker(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    rest.windows(2).position(|w| w[0] == 0xff && w[1] != 0xff && w[1] != 0).map(|n| at + n)
}

fn segment(sort: u8, data: &[u8], span: Span, picture: &mut Picture, out: &mut Out<'_>) {
    match sort {
        0xc0..=0xcf if !matches!(sort, 0xc4 | 0xc8 | 0xcc) => {
            picture.height = big(data, 1, 2).unwrap_or(0);
            picture.width = big(data, 3, 2).unwrap_or(0);
        }
        0xfe => picture.say_bytes("comment", data, span, out),
        0xe1 => match (data.strip_prefix(b"Exif\0"), data.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0")) {
            (Some(tiff), _) => picture.exif(tiff.get(1..).unwrap_or_default(), span, out),
            (_, Some(packet)) => picture.xmp(packet, span, out),
            _ => {}
        },
        // JUMBF boxes: the first of a run names what they hold.
        0xeb if data.starts_with(b"JP") && data.windows(4).take(64).any(|w| w == b"c2pa") => {
            picture.say("content credentials", "present, not verified", span, out);
        }
        _ => {}
    }
}
