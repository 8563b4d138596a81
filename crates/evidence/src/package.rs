//! An office document's zip: named parts of XML and the files enclosed. Shared by the formats that live in one.
//!
//! Sizes the zip claims are not believed: what all parts inflate to together is bounded. Where the list of contents at
//! the end is torn off, parts are salvaged from the beginning. XML is walked event by event: no entity of the file's
//! own is ever expanded, nothing recurses.

use crate::Out;
use model::{Code, Span};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use std::io::{self, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// A document's zip.
pub(crate) struct Package<'a> {
    bytes: &'a [u8],
    zip: Option<ZipArchive<io::Cursor<&'a [u8]>>>,
    entries: Vec<Entry>,
    left: u64,
}

struct Entry {
    name: String,
    /// Where its data begins, when there is no list of contents.
    start: usize,
    stored: bool,
}

impl<'a> Package<'a> {
    /// Opens it; without a list of contents what can be salvaged.
    pub fn open(bytes: &'a [u8], out: &mut Out<'_>) -> Self {
        let left = out.settings().limits.whole;
        match ZipArchive::new(io::Cursor::new(bytes)) {
            Ok(zip) => {
                let name = |n| zip.name_for_index(n).and_then(Result::ok).unwrap_or_default().into_owned();
                let entries = (0..zip.len()).map(|n| Entry { name: name(n), start: 0, stored: false }).collect();
                Self { bytes, zip: Some(zip), entries, left }
            }
            Err(e) => {
                let text = format!("the zip's list of contents is broken or missing: parts salvaged ({})", words(&e));
                out.note(Code::Truncated, Span::bytes(bytes.len() as u64, 1), text);
                Self { bytes, zip: None, entries: salvage(bytes), left }
            }
        }
    }

    /// Names of everything inside, in order.
    pub fn names(&self) -> Vec<String> {
        self.entries.iter().map(|e| e.name.clone()).collect()
    }

    /// A part as text; `None` where there is no such part or it cannot be read.
    pub fn part(&mut self, name: &str, out: &mut Out<'_>) -> Option<String> {
        let n = self.entries.iter().position(|e| e.name == name)?;
        let most = self.left;
        let mut bytes = Vec::new();
        let read = self.with(n, |reader| reader.take(most + 1).read_to_end(&mut bytes).map(|_| ()))?;
        if let Err(e) = read {
            note(&e, out);
        }
        if bytes.len() as u64 > most {
            bytes.truncate(most as usize);
            out.note(Code::Limit, Span::WHOLE, format!("parts inflate to more than {most} bytes: cut (limits.whole)"));
        }
        self.left -= bytes.len() as u64;
        let (encoding, mark) = encoding_rs::Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
        Some(crate::decode::with(encoding, &bytes[mark..], out).into_owned())
    }

    /// Hands everything inside whose name `wanted` accepts on as children.
    pub fn children(&mut self, wanted: fn(&str) -> bool, out: &mut Out<'_>) {
        for n in 0..self.entries.len() {
            let name = self.entries[n].name.clone();
            if name.ends_with('/') || !wanted(&name) {
                continue;
            }
            let mut more = true;
            let read = self.with(n, |reader| {
                more = out.child(&name, Span::WHOLE, reader);
                Ok(())
            });
            match read {
                Some(Err(e)) => note(&e, out),
                _ if !more => return,
                _ => {}
            }
        }
    }

    /// Calls `f` with the inflated bytes of an entry.
    fn with(&mut self, n: usize, f: impl FnOnce(&mut dyn Read) -> io::Result<()>) -> Option<io::Result<()>> {
        if let Some(zip) = &mut self.zip {
            return Some(match zip.by_index(n) {
                Ok(mut file) => f(&mut file),
                Err(e) => Err(io::Error::other(e)),
            });
        }
        let entry = self.entries.get(n)?;
        let mut data = self.bytes.get(entry.start..)?;
        Some(match entry.stored {
            true => {
                let end = memchr(data, b"PK").unwrap_or(data.len());
                f(&mut &data[..end])
            }
            false => f(&mut flate2::bufread::DeflateDecoder::new(&mut data)),
        })
    }
}

fn note(e: &io::Error, out: &mut Out<'_>) {
    match e.get_ref().and_then(|e| e.downcast_ref::<ZipError>()) {
        Some(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
            out.note(Code::Encrypted, Span::WHOLE, "a part is encrypted: not read");
        }
        Some(e) => out.note(Code::Malformed, Span::WHOLE, format!("a part cannot be read: {}", words(e))),
        None => out.note(Code::Malformed, Span::WHOLE, format!("a part ends early or is broken: {e}")),
    }
}

fn words(e: &ZipError) -> String {
    e.to_string()
}

fn memchr(data: &[u8], two: &[u8; 2]) -> Option<usize> {
    data.windows(2).position(|w| w == two)
}

/// Entries found by their local headers, one after the other. Source: PKWARE APPNOTE 6.3.10, section 4.3.7.
fn salvage(bytes: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some(head) = next_header(bytes, at) {
        let field = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
        let start = head + 30 + field(head + 26) + field(head + 28);
        let Some(name) = bytes.get(head + 30..head + 30 + field(head + 26)) else { break };
        let name = String::from_utf8_lossy(name).into_owned();
        entries.push(Entry { name, start, stored: field(head + 8) == 0 });
        at = start;
    }
    entries
}

/// The next local header of a part that is stored or deflated and not encrypted.
fn next_header(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let found = bytes.get(at..)?.windows(4).position(|w| w == b"PK\x03\x04")? + at;
        let head = bytes.get(found..found + 30)?;
        if head[6] & 1 == 0 && head[9] == 0 && (head[8] == 0 || head[8] == 8) {
            return Some(found);
        }
        at = found + 4;
    }
}

/// What an XML document says next. Names come without their prefix.
pub(crate) enum Xml<'x> {
    /// A tag opens (an empty one opens and closes).
    Open(&'x str, &'x BytesStart<'x>),
    /// A tag closes.
    Close(&'x str),
    /// Words.
    Text(&'x str),
}

/// Walks a part, calling `f` in order. What breaks XML's rules is noted and ends the walk.
pub(crate) fn walk(xml: &str, out: &mut Out<'_>, f: &mut dyn FnMut(Xml<'_>)) {
    let mut reader = quick_xml::Reader::from_str(xml);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => f(Xml::Open(tag.local_name().into_inner(), &tag)),
            Ok(Event::End(tag)) => f(Xml::Close(tag.local_name().into_inner())),
            Ok(Event::Empty(tag)) => {
                f(Xml::Open(tag.local_name().into_inner(), &tag));
                f(Xml::Close(tag.local_name().into_inner()));
            }
            Ok(Event::Text(text)) => f(Xml::Text(&text.xml10_content())),
            Ok(Event::CData(text)) => f(Xml::Text(&text.xml10_content())),
            Ok(Event::GeneralRef(name)) => match name.resolve_char_ref() {
                Ok(Some(c)) => f(Xml::Text(c.encode_utf8(&mut [0; 4]))),
                _ => match resolve_xml_entity(&name) {
                    Some(text) => f(Xml::Text(text)),
                    None => out.note(Code::Malformed, Span::WHOLE, "an entity of the file's own: left out"),
                },
            },
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(e) => {
                let at = reader.error_position();
                return out.note(Code::Malformed, Span::WHOLE, format!("the XML breaks off after {at} bytes: {e}"));
            }
        }
    }
}

/// The value of an attribute, its name given without prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
    let raw = || found.value.to_string();
    Some(found.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| raw(), |v| v.into_owned()))
}

/// The words inside each element of these names: a small part of metadata. Values of one name are joined by spaces.
pub(crate) fn values<const N: usize>(xml: &str, names: [&str; N], out: &mut Out<'_>) -> [String; N] {
    let mut values = [const { String::new() }; N];
    let mut inside = None;
    walk(xml, out, &mut |event| match event {
        Xml::Open(name, _) => {
            inside = names.iter().position(|n| *n == name);
            if let Some(value) = inside.map(|n| &mut values[n]).filter(|v| !v.is_empty()) {
                value.push(' ');
            }
        }
        Xml::Close(_) => inside = None,
        Xml::Text(text) => {
            if let Some(n) = inside {
                values[n].push_str(text);
            }
        }
    });
    values
}
