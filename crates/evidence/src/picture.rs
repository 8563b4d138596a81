//! A picture being read: its size and what it says of itself. Shared by every format of pictures.
//!
//! Pixels are not decoded here. Metadata is claims, often stripped and easily forged. Sources: CIPA DC-008 (Exif),
//! read by `kamadak-exif`; ISO 16684-1 (XMP), of which the packet's beginning and the properties that tie copies and
//! makers together are kept.

use crate::{Out, passages};
use exif::{Exif, In, Tag, Value};
use model::{Code, Image, Record, Span, When};

/// Bytes kept of one metadata value.
const MOST_VALUE: usize = 4 << 10;
/// Metadata values kept of one picture.
const MOST_VALUES: usize = 200;

/// What was read so far.
#[derive(Default)]
pub(crate) struct Picture {
    /// Width in pixels.
    pub width: u64,
    /// Height in pixels.
    pub height: u64,
    kind: &'static str,
    when: Option<When>,
    metadata: Vec<(String, String)>,
}

const EXIF: &[(Tag, &str)] = &[
    (Tag::Make, "Make"),
    (Tag::Model, "Model"),
    (Tag::LensModel, "LensModel"),
    (Tag::BodySerialNumber, "BodySerialNumber"),
    (Tag::Software, "Software"),
    (Tag::Artist, "Artist"),
    (Tag::CameraOwnerName, "CameraOwnerName"),
    (Tag::Copyright, "Copyright"),
    (Tag::ImageDescription, "ImageDescription"),
    (Tag::UserComment, "UserComment"),
    (Tag::ImageUniqueID, "ImageUniqueID"),
    (Tag::DateTimeOriginal, "DateTimeOriginal"),
    (Tag::OffsetTimeOriginal, "OffsetTimeOriginal"),
    (Tag::DateTime, "DateTime"),
];

const XMP: &[&str] = &[
    "xmp:CreatorTool",
    "xmp:CreateDate",
    "xmp:ModifyDate",
    "xmpMM:OriginalDocumentID",
    "xmpMM:DocumentID",
    "xmpMM:InstanceID",
    "photoshop:AuthorsPosition",
    "photoshop:Credit",
    "photoshop:Source",
    "Iptc4xmpExt:DigitalSourceType",
];

impl Picture {
    /// Of a kind: `png`, `jpeg`, `webp` or `gif`.
    pub fn new(kind: &'static str) -> Self {
        Self { kind, ..Self::default() }
    }

    /// It says this of itself, at `span`.
    pub fn say(&mut self, name: &str, value: &str, span: Span, out: &mut Out<'_>) {
        let value = value.trim_matches(|c: char| c == '\0' || c.is_whitespace());
        if value.is_empty() {
            return;
        }
        if self.metadata.len() >= MOST_VALUES {
            return out.note(Code::Limit, span, format!("more than {MOST_VALUES} metadata values: the rest left out"));
        }
        if value.len() > MOST_VALUE {
            out.note(Code::Info, span, format!("only the first {MOST_VALUE} bytes of a metadata value were kept"));
        }
        self.metadata.push((cut(name, 100).to_owned(), cut(value, MOST_VALUE).to_owned()));
    }

    /// As [`Picture::say`], for bytes that should be UTF-8 or Latin-1.
    pub fn say_bytes(&mut self, name: &str, value: &[u8], span: Span, out: &mut Out<'_>) {
        match std::str::from_utf8(value) {
            Ok(text) => self.say(name, text, span, out),
            Err(_) => self.say(name, &encoding_rs::WINDOWS_1252.decode(value).0, span, out),
        }
    }

    /// An Exif block, from its TIFF header on.
    pub fn exif(&mut self, tiff: &[u8], span: Span, out: &mut Out<'_>) {
        let mut reader = exif::Reader::new();
        reader.continue_on_error(true);
        let exif = match reader.read_raw(tiff.to_vec()) {
            Ok(exif) => exif,
            Err(exif::Error::PartialResult(part)) => {
                out.note(Code::Malformed, span, "the Exif block is broken: only part of it was read");
                part.into_inner().0
            }
            Err(e) => return out.note(Code::Malformed, span, format!("the Exif block cannot be read: {e}")),
        };
        for (tag, name) in EXIF {
            self.say(name, &ascii(&exif, *tag), span, out);
        }
        if exif.fields().any(|f| f.tag == Tag::GPSLatitude) {
            self.say("GPS", "present", span, out);
        }
        self.taken(&exif, span, out);
    }

    fn taken(&mut self, exif: &Exif, span: Span, out: &mut Out<'_>) {
        let original = ascii(exif, Tag::DateTimeOriginal);
        if original.is_empty() {
            return;
        }
        match passages::moment(&format!("{original}{}", ascii(exif, Tag::OffsetTimeOriginal))) {
            None => out.note(Code::Time, span, "the time it was taken is no moment: left out"),
            Some((when, guessed)) => {
                self.when = Some(when);
                if guessed {
                    out.note(Code::Info, span, "the time it was taken names no zone: read as UTC");
                }
            }
        }
    }

    /// An XMP packet.
    pub fn xmp(&mut self, packet: &[u8], span: Span, out: &mut Out<'_>) {
        let text = String::from_utf8_lossy(packet);
        for name in XMP {
            if let Some(value) = property(&text, name) {
                self.say(name, value, span, out);
            }
        }
        self.say("XMP", &text, span, out);
    }

    /// Notes bytes after the picture's end.
    pub fn after(&self, end: usize, bytes: &[u8], out: &mut Out<'_>) {
        if let Some(rest) = bytes.get(end..)
            && rest.iter().any(|b| *b != 0)
        {
            let span = Span::bytes(end as u64, rest.len() as u64);
            out.note(Code::Info, span, "there are further bytes after the picture's end");
        }
    }

    /// Hands the picture over.
    pub fn record(&self, out: &mut Out<'_>) {
        let sha256 = out.sha256_hex();
        let metadata: Vec<_> = self.metadata.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let Self { width, height, kind, when, .. } = *self;
        out.record(
            Span::WHOLE,
            Record::Image(&Image { kind, width, height, when, metadata: &metadata, sha256: &sha256 }),
        );
    }
}

/// What to say where the bytes stop before the picture does.
pub(crate) fn truncated(bytes: &[u8], out: &mut Out<'_>) {
    out.note(Code::Truncated, Span::bytes(bytes.len() as u64, 1), "the picture ends before its end mark");
}

/// A big-endian number of up to eight bytes, where there are so many.
pub(crate) fn big(bytes: &[u8], at: usize, n: usize) -> Option<u64> {
    let part = bytes.get(at..at.checked_add(n)?)?;
    Some(part.iter().fold(0, |sum, b| sum << 8 | u64::from(*b)))
}

/// The same, little-endian.
pub(crate) fn little(bytes: &[u8], at: usize, n: usize) -> Option<u64> {
    let part = bytes.get(at..at.checked_add(n)?)?;
    Some(part.iter().rev().fold(0, |sum, b| sum << 8 | u64::from(*b)))
}

fn cut(text: &str, most: usize) -> &str {
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= most).last();
    &text[..end.unwrap_or(0)]
}

/// A field's words, of the first picture in the file.
fn ascii(exif: &Exif, tag: Tag) -> String {
    match exif.get_field(tag, In::PRIMARY).map(|f| &f.value) {
        Some(Value::Ascii(parts)) => String::from_utf8_lossy(&parts.join(&b' ')).trim_end_matches('\0').to_owned(),
        Some(Value::Undefined(bytes, _) | Value::Byte(bytes)) => comment(bytes),
        _ => String::new(),
    }
}

/// `UserComment`: eight bytes naming the encoding, then words.
fn comment(bytes: &[u8]) -> String {
    match bytes.split_at_checked(8) {
        Some((b"UNICODE\0", rest)) => encoding_rs::UTF_16BE.decode(rest).0.into_owned(),
        Some((b"ASCII\0\0\0" | b"\0\0\0\0\0\0\0\0", rest)) => String::from_utf8_lossy(rest).into_owned(),
        _ => String::new(),
    }
}

/// A property of an XMP packet, written as an attribute or as an element.
fn property<'a>(packet: &'a str, name: &str) -> Option<&'a str> {
    let rest = &packet[packet.find(name)? + name.len()..];
    match rest.trim_start().strip_prefix('=') {
        Some(value) => value.trim_start().strip_prefix(['"', '\''])?.split(['"', '\'']).next(),
        None => rest.strip_prefix('>')?.split('<').next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties() {
        let packet = "<rdf:Description xmp:CreatorTool=\"Editor 1\"><xmpMM:DocumentID>id:7</xmpMM:DocumentID>";
        assert_eq!(property(packet, "xmp:CreatorTool"), Some("Editor 1"));
        assert_eq!(property(packet, "xmpMM:DocumentID"), Some("id:7"));
        assert_eq!(property(packet, "xmpMM:InstanceID"), None);
        assert_eq!(property("xmpMM:InstanceID", "xmpMM:InstanceID"), None);
    }

    #[test]
    fn numbers_within_bounds() {
        assert_eq!(big(&[1, 2, 3], 1, 2), Some(0x203));
        assert_eq!(little(&[1, 2, 3], 1, 2), Some(0x302));
        assert_eq!(big(&[1], 0, 2), None);
        assert_eq!(little(&[1], usize::MAX, 2), None);
    }
}
