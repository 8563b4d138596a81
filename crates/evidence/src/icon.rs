//! A site's icon, by the hash that Shodan made common: MurmurHash3 (32 bits, signed) of the icon in base64 with a line end after
//! every 76 characters and at the end.
//!
//! Which file is an icon is told by its address (`…favicon….png`, `….ico`) or its type. Source: Appleby, MurmurHash3_x86_32, public
//! domain; Python's `base64.encodebytes`, RFC 2045.

use crate::Out;
use crate::said::Said;
use model::{About, Span};

/// How an ICO begins.
const ICO: &[u8] = b"\0\0\x01\0";
/// Longest icon looked at, in bytes.
const LONG: usize = 1 << 20;

/// Tells the icon's hash of the site it came from, where these bytes are an icon. True where that is all that can be told
/// of them: no format here reads ICO.
pub(crate) fn tell(address: &str, kind: &str, bytes: &[u8], span: Span, out: &mut Out<'_>) -> bool {
    let Some(host) = host(address).filter(|_| is_icon(address, kind, bytes)) else { return false };
    let mut said = Said::of(host);
    said.add(About::Icon, &hash(bytes).to_string());
    said.tell(span, out);
    bytes.starts_with(ICO)
}

/// Host of an address of the web.
pub(crate) fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://").filter(|(scheme, _)| scheme.to_ascii_lowercase().starts_with("http"))?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    let bare = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |h| h.0);
    (!bare.is_empty()).then_some(bare)
}

fn is_icon(address: &str, kind: &str, bytes: &[u8]) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let file = path.rsplit('/').next().unwrap_or_default();
    let named = file.contains("favicon") || file.ends_with(".ico");
    let typed = ["image/x-icon", "image/vnd.microsoft.icon"].iter().any(|k| kind.eq_ignore_ascii_case(k));
    let picture = [ICO, b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"<svg"].iter().any(|m| bytes.starts_with(m));
    (named || typed) && picture && bytes.len() <= LONG
}

/// Shodan's hash.
fn hash(bytes: &[u8]) -> i32 {
    murmur(&lined(bytes)).cast_signed()
}

/// Base64 as Python writes it for mail.
fn lined(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::with_capacity(bytes.len() * 4 / 3 + bytes.len() / 57 + 8);
    for line in bytes.chunks(57) {
        for three in line.chunks(3) {
            let word = three.iter().fold(0_u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - three.len()));
            let letter = |n: usize| if n > three.len() { b'=' } else { LETTERS[(word >> (18 - 6 * n)) as usize & 63] };
            out.extend((0..4).map(letter));
        }
        out.push(b'\n');
    }
    out
}

/// MurmurHash3_x86_32 with seed 0.
fn murmur(bytes: &[u8]) -> u32 {
    let mix = |word: u32| word.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
    let mut hash = 0_u32;
    let (words, rest) = bytes.as_chunks::<4>();
    for word in words {
        hash = (hash ^ mix(u32::from_le_bytes(*word))).rotate_left(13).wrapping_mul(5).wrapping_add(0xe654_6b64);
    }
    if !rest.is_empty() {
        hash ^= mix(rest.iter().rev().fold(0, |w, b| w << 8 | u32::from(*b)));
    }
    hash ^= bytes.len() as u32;
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_murmur3() {
        // From the reference implementation, seed 0.
        for (text, hash) in [
            ("", 0),
            ("hello", 0x248b_fa47),
            ("hello, world", 0x149b_bb7f),
            ("19 Jan 2038 at 3:14:07 AM", 0xe31e_8a70),
            ("The quick brown fox jumps over the lazy dog.", 0xd5c4_8bfc),
        ] {
            assert_eq!(murmur(text.as_bytes()), hash, "{text}");
        }
    }

    #[test]
    fn lines_end_after_seventy_six() {
        let lines = String::from_utf8(lined(&[b'a'; 60])).expect("letters");
        assert_eq!(lines, format!("{}\nYWFh\n", "YWFh".repeat(19)));
        assert_eq!(lined(b"ab"), b"YWI=\n");
        assert_eq!(lined(b""), b"");
    }

    #[test]
    fn hosts_of_addresses() {
        for (address, found) in [
            ("https://One.example:8443/favicon.ico?x", Some("One.example")),
            ("HTTP://user:word@one.example", Some("one.example")),
            ("ftp://one.example/", None),
            ("urn:x", None),
            ("https:///x", None),
        ] {
            assert_eq!(host(address), found, "{address}");
        }
        assert!(
            is_icon("https://x.example/a/favicon-32.png", "", b"\x89PNG....")
                && !is_icon("https://x.example/a.png", "", b"\x89PNG")
        );
        assert!(!is_icon("https://x.example/favicon.ico", "text/html", b"<html>"));
    }
}
