//! `winmail.dat`: what Outlook packs words and enclosures into when it writes to others. Its contents become children.
//!
//! Source: MS-OXTNEF. Checksums are not believed and not checked: what is there is read. Names of enclosures are the long
//! ones where they are given.

use crate::mapi::{self, Bag};
use crate::{Example, Format, Out, Reading};
use model::{Card, Code, Span};

/// The drawer.
pub const TNEF: Format = Format {
    card: Card {
        id: "tnef",
        about: "winmail.dat: words and enclosures packed by Outlook, as children",
        source: "MS-OXTNEF",
    },
    recognise: |head| head.bytes.starts_with(SIGNATURE),
    read: Reading::Whole(read),
    risky: None,
    examples: &[Example {
        name: "words and a file",
        bytes: include_bytes!("../examples/winmail.dat"),
        says: &[
            "opened example as tnef",
            "  opened words.txt as text",
            "    document all passages=[paragraph 1: \"See the list.\"] sha256=\"94981074c1a0af4c1ba381c15a4cf5d3771d7e5c591a4e627e1994932af71c4a\"",
            "  closed bytes=13 records=1 children=0",
            "  opened list of the committee.txt as text",
            "    document all passages=[paragraph 1: \"First words of the list.\"] sha256=\"c97d735c364dd1445db89fcbb83158a7b895c448902668eaff44f975053c7bf2\"",
            "  closed bytes=25 records=1 children=0",
            "closed bytes=244 records=0 children=2",
        ],
    }],
};

const SIGNATURE: &[u8] = b"\x78\x9f\x3e\x22";
/// Attributes.
const BODY: u16 = 0x800C;
const FILE_TITLE: u16 = 0x8010;
const FILE_DATA: u16 = 0x800F;
const FILE_BEGINS: u16 = 0x9002;
const MESSAGE_PROPERTIES: u16 = 0x9003;
const FILE_PROPERTIES: u16 = 0x9005;
/// Most properties of one thing, and most values of one of them.
const MOST: u32 = 10_000;

/// An enclosure.
#[derive(Default)]
struct Enclosed<'a> {
    title: String,
    data: &'a [u8],
    bag: Bag,
}

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let (mut at, mut files, mut words, mut bag) = (6, Vec::<Enclosed<'_>>::new(), None, Bag::default());
    while let Some((attribute, data, next)) = attribute(bytes, at) {
        at = next;
        match (attribute, files.last_mut()) {
            (BODY, _) => words = Some(data),
            (MESSAGE_PROPERTIES, _) => bag = properties(data),
            (FILE_BEGINS, _) => files.push(Enclosed::default()),
            (FILE_TITLE, Some(file)) => file.title = narrow(data),
            (FILE_DATA, Some(file)) => file.data = data,
            (FILE_PROPERTIES, Some(file)) => file.bag = properties(data),
            _ => {}
        }
    }
    if at < bytes.len() {
        out.note(Code::Truncated, Span::bytes(at as u64, (bytes.len() - at) as u64), "torn off within an attribute");
    }
    let mut give = |name: &str, bytes: &[u8]| bytes.is_empty() || out.child(name, Span::WHOLE, &mut &bytes[..]);
    let plain = bag.text(mapi::BODY).or_else(|| words.map(narrow)).unwrap_or_default();
    let html = bag.html().map(|h| h.0).unwrap_or_default();
    let rtf = bag.rtf();
    let rich = rtf.as_ref().and_then(|r| r.as_ref().ok()).map_or("", String::as_str);
    if give("words.txt", plain.as_bytes()) && give("words.html", html) && give("words.rtf", rich.as_bytes()) {
        for (n, file) in files.iter().enumerate() {
            let name = file.bag.first(&mapi::FILE_NAME[..2]).unwrap_or_else(|| file.title.clone());
            let name = if name.is_empty() { format!("enclosure {}", n + 1) } else { name };
            let data =
                if file.data.is_empty() { file.bag.bytes(mapi::FILE_DATA).unwrap_or_default() } else { file.data };
            if !give(&name, data) {
                break;
            }
        }
    }
    if let Some(Err(e)) = rtf {
        out.note(Code::Malformed, Span::WHOLE, format!("its rich words are packed and cannot be unpacked: {e}"));
    }
}

/// The attribute at `at`: its number, its data, where the next one begins.
fn attribute(bytes: &[u8], at: usize) -> Option<(u16, &[u8], usize)> {
    let head = bytes.get(at..at + 9)?;
    let len = u32::from_le_bytes([head[5], head[6], head[7], head[8]]) as usize;
    let end = (at + 9).checked_add(len)?;
    let data = bytes.get(at + 9..end)?;
    Some((u16::from_le_bytes([head[1], head[2]]), data, (end + 2).min(bytes.len())))
}

/// Eight-bit words in the page of the machine that wrote them, which is not told here.
fn narrow(bytes: &[u8]) -> String {
    let bytes = bytes.split(|b| *b == 0).next().unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Takes bytes from the front.
struct Taker<'a>(&'a [u8]);

impl<'a> Taker<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.first_chunk().map(|b| u32::from_le_bytes(*b))
    }

    /// As many bytes, and those that fill up to four.
    fn padded(&mut self, len: usize) -> Option<&'a [u8]> {
        let taken = self.take(len)?;
        let _ = self.take(len.wrapping_neg() % 4);
        Some(taken)
    }
}

/// Properties until one is not understood.
fn properties(data: &[u8]) -> Bag {
    let (mut bag, mut from) = (Bag::default(), Taker(data));
    let count = from.number().unwrap_or_default().min(MOST);
    for _ in 0..count {
        if property(&mut from, &mut bag).is_none() {
            break;
        }
    }
    bag
}

fn property(from: &mut Taker<'_>, bag: &mut Bag) -> Option<()> {
    let tag = from.number()?;
    let (kind, id) = (tag as u16, (tag >> 16) as u16);
    if id >= 0x8000 {
        from.take(16)?;
        match from.number()? {
            0 => drop(from.number()?),
            _ => {
                let len = from.number()? as usize;
                from.padded(len)?;
            }
        }
    }
    let many = kind & 0x1000 != 0;
    let size = match kind & 0x0FFF {
        0x02 | 0x03 | 0x04 | 0x0A | 0x0B => Some(4),
        0x05 | 0x06 | 0x07 | 0x14 | 0x40 => Some(8),
        0x48 => Some(16),
        0x0D | 0x1E | 0x1F | 0x102 => None,
        _ => return None,
    };
    let values = if many || size.is_none() { from.number()?.min(MOST) } else { 1 };
    for _ in 0..values {
        let len = match size {
            Some(len) => len,
            None => from.number()? as usize,
        };
        let bytes = from.padded(len)?;
        if !many {
            // An object is what is enclosed, behind the id of how it is written.
            let bytes = if kind == 0x0D { bytes.get(16..).unwrap_or_default() } else { bytes };
            bag.put(id, kind, bytes.to_vec());
        }
    }
    Some(())
}
