//! What leaves the house, and what may its receiver know of it?
//!
//! A handover is a zip of stored files, a list of them with hashes (the manifest) and a signature over the list. This
//! room knows the container, the tree over the evidence, signatures and pseudonyms; what goes in is for `case` to say.
//! It touches only the bytes and writers handed in: no disk, no clock, no randomness.
#![warn(missing_docs)]

mod manifest;
pub mod merkle;
mod open;
mod pack;
mod redact;
mod sign;
pub mod stamp;

pub use manifest::{Acts, Entry, Manifest, Piece, Proof, SHAPE, Whole, files_root, piece};
pub use open::{Opened, ReadSeek, Trouble, with_stamp};
pub use pack::{MANIFEST, Packer, REQUEST, SIGNATURE, STAMP, Sign};
pub use redact::{Redactor, Sorts};
pub use sign::{Key, NAMESPACE, Signed, check, trusted};
pub use ssh_key::PublicKey;

/// Lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Thirty-two bytes of lower-case or upper-case hex.
#[must_use]
pub fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, pair) in out.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(out)
}
