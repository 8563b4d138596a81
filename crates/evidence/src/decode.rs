//! Words from bytes whose encoding is told by a mark, or guessed and said so.

use crate::Out;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};
use model::{Code, Span};
use std::borrow::Cow;

/// Text of bytes that claim no encoding. What was guessed or replaced is noted.
pub(crate) fn text<'a>(bytes: &'a [u8], out: &mut Out<'_>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], out);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(e) => {
            let encoding = guess(bytes);
            let said = format!("not UTF-8 and without a mark: read as {}", encoding.name());
            out.note(Code::Encoding, Span::bytes(e.valid_up_to() as u64, 1), said);
            if encoding == UTF_8 {
                String::from_utf8_lossy(bytes)
            } else {
                encoding.decode_without_bom_handling(bytes).0
            }
        }
    }
}

/// Text in a known encoding; a note where bytes had to be replaced.
pub(crate) fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8], out: &mut Out<'_>) -> Cow<'a, str> {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    if bad {
        out.note(Code::Encoding, Span::WHOLE, format!("bytes that are not {} were replaced", encoding.name()));
    }
    text
}

/// UTF-8 where only a little of it is broken; else the eight-bit page that Western or Cyrillic words would be in. A
/// guess: other eight-bit pages exist.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let sequences = bytes.windows(2).filter(|w| (0xc2..0xf5).contains(&w[0]) && (0x80..0xc0).contains(&w[1])).count();
    match () {
        () if sequences * 3 > high => UTF_8,
        () if high > letters => WINDOWS_1251,
        () => WINDOWS_1252,
    }
}

/// True for bytes that could be somebody's words: hardly a control character, and no NUL unless a mark says UTF-16.
pub(crate) fn wordy(bytes: &[u8]) -> bool {
    let Some((encoding, mark)) = Encoding::for_bom(bytes) else { return calm(bytes.iter().map(|b| u32::from(*b))) };
    let rest = &bytes[mark..];
    let unit = |pair: &[u8]| match encoding {
        e if e == UTF_16LE => u32::from(u16::from_le_bytes([pair[0], pair[1]])),
        _ => u32::from(u16::from_be_bytes([pair[0], pair[1]])),
    };
    match encoding {
        e if e == UTF_16LE || e == UTF_16BE => calm(rest.chunks_exact(2).map(unit)),
        _ => calm(rest.iter().map(|b| u32::from(*b))),
    }
}

/// At least one visible character, no NUL, and at most one control character in two hundred.
fn calm(units: impl Iterator<Item = u32>) -> bool {
    let (mut all, mut odd, mut seen) = (0u64, 0u64, false);
    for unit in units {
        all += 1;
        match unit {
            0 => return false,
            9 | 10 | 12 | 13 | 27 => {}
            1..32 | 127 => odd += 1,
            _ => seen |= unit > 32,
        }
    }
    seen && odd * 200 <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses() {
        let russian = WINDOWS_1251.encode("Выборы прошли в воскресенье, сказано в письме").0.into_owned();
        for (bytes, encoding) in [
            (b"caf\xe9 d\xe9j\xe0 vu".as_slice(), WINDOWS_1252),
            (russian.as_slice(), WINDOWS_1251),
            ("naïve öäü \u{2014} café déjà vu \u{20ac}".as_bytes(), UTF_8),
        ] {
            let broken = [bytes, b"\xff"].concat();
            assert_eq!(guess(&broken), encoding, "{bytes:?}");
        }
    }

    #[test]
    fn words_or_not() {
        let noise: Vec<u8> = (0..2000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
        for (bytes, words) in [
            (b"plain words\r\n".as_slice(), true),
            (b"", false),
            (b" \n\t", false),
            (b"nul\0", false),
            (b"\xff\xfeh\0i\0", true),
            (b"\xfe\xff\0h\0\0", false),
            (b"\x7fELF\x02\x01\x01", false),
            (noise.as_slice(), false),
        ] {
            assert_eq!(wordy(bytes), words, "{:?}", &bytes[..bytes.len().min(20)]);
        }
    }
}
