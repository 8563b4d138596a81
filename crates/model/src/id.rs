//! Stateless names: the same thing gets the same number on every thread and machine.

use serde::{Deserialize, Serialize};
use std::fmt;
use xxhash_rust::xxh3::xxh3_128;

/// A 64-bit name and a second, independent 64 bits by which a collision of the first is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hashed {
    /// The number used as identity in trace tables.
    pub id: u64,
    /// Compared wherever two dictionaries merge; a mismatch is a collision and is noted.
    pub check: u64,
}

impl Hashed {
    /// Hashes a name within a namespace (`space` keeps kind 1's "x" apart from kind 2's "x").
    #[must_use]
    pub fn of(space: &[u8], name: &[u8]) -> Self {
        let mut buffer = [0_u8; 192];
        let need = space.len() + 1 + name.len();
        let h = if need <= buffer.len() {
            buffer[..space.len()].copy_from_slice(space);
            buffer[space.len() + 1..need].copy_from_slice(name);
            xxh3_128(&buffer[..need])
        } else {
            let mut long = Vec::with_capacity(need);
            long.extend_from_slice(space);
            long.push(0);
            long.extend_from_slice(name);
            xxh3_128(&long)
        };
        Self { id: h as u64, check: (h >> 64) as u64 }
    }
}

/// The first half of [`Hashed`], where no dictionary will ever be merged.
#[must_use]
pub fn hash64(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(bytes)
}

/// Sixteen lower-case hex digits.
#[must_use]
pub fn hex16(n: u64) -> String {
    format!("{n:016x}")
}

/// Reads what [`hex16`] wrote; `None` for anything else.
#[must_use]
pub fn parse_hex16(s: &str) -> Option<u64> {
    (s.len() == 16).then(|| u64::from_str_radix(s, 16).ok())?
}

/// One piece of evidence: the first 8 bytes of a sealed file's SHA-256, or, for something unpacked from a container,
/// a hash of the container's id and the position in it. Written `e:` and 16 hex digits, in every wire format too: a
/// number above 2^53 does not survive a JSON reader (RFC 8259, section 6).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EvidenceId(pub u64);

impl From<EvidenceId> for String {
    fn from(id: EvidenceId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for EvidenceId {
    type Error = &'static str;
    fn try_from(s: String) -> Result<Self, Self::Error> {
        s.parse().map_err(|()| "an evidence id is e: and 16 hex digits")
    }
}

impl EvidenceId {
    /// The id of a sealed input file.
    #[must_use]
    pub fn of_root(sha256: &[u8; 32]) -> Self {
        let mut first = [0_u8; 8];
        first.copy_from_slice(&sha256[..8]);
        Self(u64::from_be_bytes(first))
    }

    /// The id of the `index`-th thing (counted from 0) found inside this evidence.
    #[must_use]
    pub fn child(self, index: u64) -> Self {
        let mut key = [0_u8; 16];
        key[..8].copy_from_slice(&self.0.to_be_bytes());
        key[8..].copy_from_slice(&index.to_be_bytes());
        Self(hash64(&key))
    }
}

impl fmt::Display for EvidenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e:{:016x}", self.0)
    }
}

impl fmt::Debug for EvidenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl std::str::FromStr for EvidenceId {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        parse_hex16(s.strip_prefix("e:").unwrap_or(s)).map(Self).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_namespace_counts() {
        assert_ne!(Hashed::of(b"a", b"bc"), Hashed::of(b"ab", b"c"));
        let long = vec![b'x'; 500];
        assert_ne!(Hashed::of(b"a", &long), Hashed::of(b"b", &long));
        assert_eq!(Hashed::of(b"a", b"x"), Hashed::of(b"a", b"x"));
    }

    #[test]
    fn ids_read_back() {
        let id = EvidenceId::of_root(&[7; 32]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_ne!(id.child(0), id.child(1));
        assert_eq!("e:xyz".parse::<EvidenceId>(), Err(()));
    }
}
