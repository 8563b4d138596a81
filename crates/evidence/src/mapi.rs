//! Properties as Outlook keeps them, in `.msg` files and in `winmail.dat`, and the mail they stand for.
//!
//! Source: MS-OXPROPS (what the numbers mean), MS-OXCDATA 2.11 (types), MS-OXRTFCP (compressed RTF).

use encoding_rs::{Encoding, UTF_16LE, WINDOWS_1252};
use model::When;
use std::collections::BTreeMap;

pub(crate) const SUBJECT: u16 = 0x0037;
pub(crate) const SENT_AT: u16 = 0x0039;
pub(crate) const HEADERS: u16 = 0x007D;
pub(crate) const CAME_AT: u16 = 0x0E06;
pub(crate) const BODY: u16 = 0x1000;
pub(crate) const RTF: u16 = 0x1009;
pub(crate) const HTML: u16 = 0x1013;
pub(crate) const MESSAGE_ID: u16 = 0x1035;
pub(crate) const SENDER: [u16; 3] = [0x5D01, 0x0C1F, 0x0065];
pub(crate) const SENDER_NAME: [u16; 2] = [0x0042, 0x0C1A];
pub(crate) const ADDRESS: [u16; 2] = [0x39FE, 0x3003];
pub(crate) const DISPLAY_NAME: u16 = 0x3001;
pub(crate) const RECIPIENT_TYPE: u16 = 0x0C15;
pub(crate) const FILE_NAME: [u16; 3] = [0x3707, 0x3704, 0x3001];
pub(crate) const FILE_KIND: u16 = 0x370E;
pub(crate) const FILE_DATA: u16 = 0x3701;
const CODEPAGES: [u16; 2] = [0x3FFD, 0x3FDE];

/// Types of properties.
pub(crate) const WIDE: u16 = 0x001F;
pub(crate) const NARROW: u16 = 0x001E;
pub(crate) const BINARY: u16 = 0x0102;

/// Microseconds between 1601 and 1970.
const SINCE_1601: i64 = 11_644_473_600_000_000;
/// Times as large as its compressed form that RTF may be.
const RTF_RATIO: u64 = 64;

/// Properties of one thing: type and bytes by number, the first of each.
#[derive(Default)]
pub(crate) struct Bag(BTreeMap<u16, (u16, Vec<u8>)>);

impl Bag {
    pub(crate) fn put(&mut self, id: u16, kind: u16, bytes: Vec<u8>) {
        self.0.entry(id).or_insert((kind, bytes));
    }

    /// Words; `None` where there are none of that number.
    pub(crate) fn text(&self, id: u16) -> Option<String> {
        let (kind, bytes) = self.0.get(&id)?;
        let encoding = match *kind {
            WIDE => UTF_16LE,
            NARROW | BINARY => self.codepage(),
            _ => return None,
        };
        let text = encoding.decode_without_bom_handling(bytes).0;
        let text = text.trim_end_matches('\0');
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The first of these that is there.
    pub(crate) fn first(&self, ids: &[u16]) -> Option<String> {
        ids.iter().find_map(|id| self.text(*id))
    }

    pub(crate) fn bytes(&self, id: u16) -> Option<&[u8]> {
        self.0.get(&id).map(|p| &p.1[..]).filter(|b| !b.is_empty())
    }

    pub(crate) fn number(&self, id: u16) -> Option<u32> {
        self.bytes(id)?.first_chunk().map(|b| u32::from_le_bytes(*b))
    }

    /// A time, kept in tenths of microseconds since 1601.
    pub(crate) fn when(&self, id: u16) -> Option<When> {
        let ticks = i64::from_le_bytes(*self.bytes(id)?.first_chunk()?);
        (ticks > 0).then(|| When(ticks / 10 - SINCE_1601)).filter(|w| w.0 > 0)
    }

    /// The page of eight-bit words.
    fn codepage(&self) -> &'static Encoding {
        let known = |id: &u16| self.number(*id).and_then(|n| u16::try_from(n).ok()).and_then(codepage::to_encoding);
        CODEPAGES.iter().find_map(known).unwrap_or(WINDOWS_1252)
    }

    /// HTML as it lies there, with the name of its charset.
    pub(crate) fn html(&self) -> Option<(&[u8], &'static str)> {
        let wide = self.0.get(&HTML)?.0 == WIDE;
        Some((self.bytes(HTML)?, if wide { "utf-16le" } else { self.codepage().name() }))
    }

    /// Rich text, unpacked. `Err` where it cannot be.
    pub(crate) fn rtf(&self) -> Option<Result<String, String>> {
        let packed = self.bytes(RTF)?;
        let sizes = packed.get(4..8).and_then(|b| b.first_chunk()).map(|b| u64::from(u32::from_le_bytes(*b)));
        // The library takes these figures on trust.
        let stored = packed.get(8..12) == Some(b"MELA");
        let room = if stored { packed.len() as u64 } else { packed.len() as u64 * RTF_RATIO };
        match sizes {
            Some(size) if packed.len() > 16 && size <= room.saturating_sub(16) => {
                Some(compressed_rtf::decompress_rtf(packed).map_err(|e| e.to_string()))
            }
            _ => Some(Err("its sizes cannot be right".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_times_and_numbers() {
        let mut bag = Bag::default();
        bag.put(SUBJECT, WIDE, "Grüße\0".encode_utf16().flat_map(u16::to_le_bytes).collect());
        bag.put(SUBJECT, WIDE, vec![1, 0]);
        bag.put(BODY, NARROW, b"\xcf\xf0\xe8\0".to_vec());
        bag.put(CODEPAGES[0], 3, 1251_u64.to_le_bytes().to_vec());
        bag.put(SENT_AT, 0x40, (131_226_519_090_000_000_i64).to_le_bytes().to_vec());
        assert_eq!((bag.text(SUBJECT).as_deref(), bag.text(BODY).as_deref()), (Some("Grüße"), Some("При")));
        assert_eq!(bag.when(SENT_AT).map(When::iso).as_deref(), Some("2016-11-03T13:05:09Z"));
        assert!(bag.when(CAME_AT).is_none() && bag.html().is_none() && bag.rtf().is_none());
    }

    #[test]
    fn rich_text_that_lies_about_its_length() {
        for packed in [&b"1234"[..], &[0xff; 40], b"\x1c\0\0\0\xff\xff\xff\xffLZFu\0\0\0\0................"] {
            let mut bag = Bag::default();
            bag.put(RTF, BINARY, packed.to_vec());
            assert!(bag.rtf().is_some_and(|r| r.is_err()));
        }
        let mut bag = Bag::default();
        bag.put(RTF, BINARY, compressed_rtf::compress_rtf("{\\rtf1 Hello}").expect("ASCII"));
        assert_eq!(bag.rtf().and_then(Result::ok).as_deref(), Some("{\\rtf1 Hello}"));
    }
}
