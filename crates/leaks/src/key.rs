//! The key of a campaign, and what is derived from it.
//!
//! A key is 32 random bytes made elsewhere (this room asks no machine for randomness). Each use has a key of its own,
//! derived with BLAKE3's `derive_key` mode, so that no two of them can be held against each other. A copy of the key for
//! one recipient is derived as well: seals made under it share nothing with anyone else's, and its public id tells whose
//! it was. The written form is one line, with a check so that a torn copy is refused rather than believed.

use crate::Error;
use zeroize::Zeroizing;

/// What the line of a key file begins with.
const PREFIX: &str = "unspool-leak-key-1";
/// Contexts of derivation (BLAKE3 wants them hard-coded and unique).
const ID: &str = "unspool leak seal 2026 key id";
const CHECK: &str = "unspool leak seal 2026 key check";
const RECIPIENT: &str = "unspool leak seal 2026 key of one recipient";

/// A secret of 32 bytes. It is wiped from memory when dropped and has no `Debug` that shows it.
#[derive(Clone)]
pub struct Key {
    secret: Zeroizing<[u8; 32]>,
    /// For whom it was made; empty for the campaign's own.
    recipient: String,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.id())
    }
}

impl Key {
    /// A key of these bytes, which must come from the machine's own randomness.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        Self { secret: Zeroizing::new(secret), recipient: String::new() }
    }

    /// The key of one recipient. Whoever holds it can make and read seals of that recipient and of nobody else.
    #[must_use]
    pub fn of_recipient(&self, name: &str) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(RECIPIENT);
        hasher.update(&self.secret[..]).update(name.as_bytes());
        Self { secret: Zeroizing::new(*hasher.finalize().as_bytes()), recipient: one_line(name) }
    }

    /// For whom it was made; empty for the campaign's own.
    #[must_use]
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// A secret for one use.
    pub(crate) fn derive(&self, context: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(context, &self.secret[..]))
    }

    /// Its public id: 16 hex digits that say nothing about it, but are the same wherever it was used.
    #[must_use]
    pub fn id(&self) -> String {
        hex(&self.derive(ID)[..8])
    }

    /// The line of a key file.
    #[must_use]
    pub fn write(&self) -> Zeroizing<String> {
        let check = self.derive(CHECK);
        let mut line = format!("{PREFIX} {}{}", hex(&self.secret[..]), hex(&check[..4]));
        if !self.recipient.is_empty() {
            line.push_str(&format!(" {}", self.recipient));
        }
        line.push('\n');
        Zeroizing::new(line)
    }

    /// Reads the line of a key file; lines that begin with `#` are passed over.
    ///
    /// # Errors
    /// [`Error::NotAKey`] with the reason.
    pub fn read(text: &str) -> Result<Self, Error> {
        let line = text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with('#'));
        let line = line.ok_or(Error::NotAKey("it is empty"))?;
        let mut parts = line.splitn(3, ' ');
        if parts.next() != Some(PREFIX) {
            return Err(Error::NotAKey("it does not begin with `unspool-leak-key-1`"));
        }
        let digits = parts.next().unwrap_or_default();
        let bytes = unhex(digits).filter(|b| b.len() == 36).ok_or(Error::NotAKey("it has not 72 hex digits"))?;
        let mut secret = [0; 32];
        secret.copy_from_slice(&bytes[..32]);
        let key = Self { secret: Zeroizing::new(secret), recipient: one_line(parts.next().unwrap_or_default()) };
        if key.derive(CHECK)[..4] != bytes[32..] {
            return Err(Error::NotAKey("its check does not fit: it was changed or copied badly"));
        }
        Ok(key)
    }
}

/// A name that stands on one line, without control characters.
fn one_line(name: &str) -> String {
    let visible: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.trim().chars().take(200).collect()
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digits: Option<Zeroizing<Vec<u8>>> =
        text.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<Vec<u8>>>().map(Zeroizing::new);
    digits.filter(|d| d.len() % 2 == 0).map(|d| Zeroizing::new(d.chunks(2).map(|p| p[0] << 4 | p[1]).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_as_it_was_written() {
        let key = Key::new([7; 32]).of_recipient("Morning Example\nDesk");
        let again = Key::read(&format!("# kept in the safe\n{}", *key.write())).expect("reads");
        assert_eq!((again.id(), again.recipient()), (key.id(), "Morning Example Desk"));
        assert_eq!(format!("{again:?}"), format!("Key({})", key.id()));
    }

    #[test]
    fn a_torn_or_changed_key_is_refused() {
        let line = Key::new([7; 32]).write();
        for bad in ["", "hello", &line[..line.len() - 3], &line.replace("07", "08"), &line.replace("-1 ", "-2 ")] {
            assert!(Key::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn recipients_share_nothing() {
        let key = Key::new([7; 32]);
        let ids = [key.id(), key.of_recipient("a").id(), key.of_recipient("b").id()];
        assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
        assert_eq!(key.of_recipient("a").id(), ids[1]);
    }
}
