//! A seal: the fingerprints of confidential documents, and nothing else of them.
//!
//! The file is a head in the clear (what it is, version, public id of the key) and one block encrypted and authenticated
//! with ChaCha20-Poly1305 under a key of its own use: without the key not even the documents' names or number can be
//! read, and a changed or missing byte is refused. The nonce is a keyed hash of the content, so that the same documents
//! under the same key give the same bytes and no nonce is ever used for two contents.

use crate::{Error, Key, Tail, bytes, key, table::Table};
use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce, Tag};

/// Version of the file's layout, of the fold and of the choice of marks: seals of another version do not match.
pub const VERSION: u16 = 2;
const MAGIC: &[u8] = b"unspool-leak-seal\n";
/// Magic, version, id of the key, nonce, tag.
const HEAD: usize = MAGIC.len() + 2 + 8 + 12 + 16;
const CIPHER: &str = "unspool leak seal 2026 cipher";
const NONCE: &str = "unspool leak seal 2026 nonce";
/// Letters between two known characters of a document.
pub(crate) const STEP: usize = 32;

/// A sealed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    /// What its owner calls it.
    pub name: String,
    /// Characters of its text.
    pub chars: u32,
    /// Letters and digits of it.
    pub letters: u32,
    /// First character of each page, where it has pages.
    pub pages: Vec<u32>,
    /// The character of every [`STEP`]th letter.
    pub(crate) map: Vec<u32>,
}

impl Doc {
    /// About where letter `n` stands, in characters.
    #[must_use]
    pub(crate) fn char_of(&self, n: u32) -> u32 {
        let slot = n as usize / STEP;
        let Some(&from) = self.map.get(slot) else { return self.chars };
        let to = self.map.get(slot + 1).copied().unwrap_or(self.chars);
        let last = (self.letters as usize - slot * STEP).clamp(1, STEP) as u32;
        from + (to - from) * (n % STEP as u32).min(last) / last
    }

    /// Number of the page, from 1, on which a character stands.
    #[must_use]
    pub fn page(&self, at: u32) -> Option<usize> {
        (!self.pages.is_empty()).then(|| self.pages.partition_point(|p| *p <= at).max(1))
    }
}

/// A seal, opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Seal {
    /// Public id of its key.
    pub key_id: String,
    /// For whom it was made.
    pub recipient: String,
    /// Sealed documents, sorted by name.
    pub docs: Vec<Doc>,
    /// How far accidental likeness goes among these documents.
    pub tail: Tail,
    /// First letter of each document in the row of all.
    pub(crate) starts: Vec<u32>,
    pub(crate) table: Table,
}

impl Seal {
    /// Marks in it.
    #[must_use]
    pub fn marks(&self) -> usize {
        self.table.len()
    }

    /// The document a place lies in, and the letter of it.
    pub(crate) fn place(&self, at: u32) -> (usize, u32) {
        let doc = self.starts.partition_point(|s| *s <= at).saturating_sub(1);
        (doc, at - self.starts.get(doc).copied().unwrap_or(0))
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// [`Error::WrongKey`] where it was made with another one.
    pub fn write(&self, key: &Key) -> Result<Vec<u8>, Error> {
        if key.id() != self.key_id {
            return Err(Error::WrongKey { made: self.key_id.clone(), given: key.id() });
        }
        let mut file = vec![0; HEAD];
        self.body(&mut file);
        let nonce = blake3::keyed_hash(&key.derive(NONCE), &file[HEAD..]);
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.extend_from_slice(&id_bytes(&self.key_id));
        let nonce = &nonce.as_bytes()[..12];
        let cipher = ChaCha20Poly1305::new((&*key.derive(CIPHER)).into());
        let tag = cipher
            .encrypt_in_place_detached(Nonce::from_slice(nonce), &head, &mut file[HEAD..])
            .map_err(|_| Error::TooMuch)?;
        head.extend_from_slice(nonce);
        head.extend_from_slice(&tag);
        file[..HEAD].copy_from_slice(&head);
        Ok(file)
    }

    /// Public id of the key that a file was made with: needs no key.
    ///
    /// # Errors
    /// [`Error::NotASeal`], [`Error::Version`], [`Error::Damaged`].
    pub fn key_id_of(file: &[u8]) -> Result<String, Error> {
        let head = file.strip_prefix(MAGIC).ok_or(Error::NotASeal)?;
        let head = head.get(..HEAD - MAGIC.len()).ok_or(Error::Damaged)?;
        match u16::from_le_bytes([head[0], head[1]]) {
            VERSION => Ok(key::hex(&head[2..10])),
            other => Err(Error::Version(other)),
        }
    }

    /// Opens a file.
    ///
    /// # Errors
    /// [`Error::NotASeal`], [`Error::Version`], [`Error::WrongKey`], [`Error::Damaged`].
    pub fn read(mut file: Vec<u8>, key: &Key) -> Result<Self, Error> {
        let made = Self::key_id_of(&file)?;
        if made != key.id() {
            return Err(Error::WrongKey { made, given: key.id() });
        }
        let (head, body) = file.split_at_mut(HEAD);
        let (head, rest) = head.split_at(HEAD - 28);
        let cipher = ChaCha20Poly1305::new((&*key.derive(CIPHER)).into());
        cipher
            .decrypt_in_place_detached(Nonce::from_slice(&rest[..12]), head, body, Tag::from_slice(&rest[12..]))
            .map_err(|_| Error::Damaged)?;
        Self::read_body(body, made)
    }

    fn body(&self, out: &mut Vec<u8>) {
        put_text(&self.recipient, out);
        self.tail.write(out);
        bytes::put(self.docs.len() as u64, out);
        for doc in &self.docs {
            put_text(&doc.name, out);
            bytes::put(u64::from(doc.chars), out);
            bytes::put(u64::from(doc.letters), out);
            put_rising(&doc.pages, out);
            put_rising(&doc.map, out);
        }
        self.table.write(out);
    }

    fn read_body(mut body: &[u8], key_id: String) -> Result<Self, Error> {
        let from = &mut body;
        let recipient = get_text(from)?;
        let tail = Tail::read(from)?;
        let (mut docs, mut starts, mut letters) = (Vec::new(), Vec::new(), 0_u32);
        for _ in 0..bytes::count(from)? {
            let doc = Doc {
                name: get_text(from)?,
                chars: small(from)?,
                letters: small(from)?,
                pages: get_rising(from)?,
                map: get_rising(from)?,
            };
            starts.push(letters);
            letters = letters.checked_add(doc.letters).ok_or(Error::Damaged)?;
            docs.push(doc);
        }
        let counted = tail.letters();
        let tail = tail.fit(counted, u64::from(letters));
        let table = Table::read(from)?;
        Ok(Self { key_id, recipient, docs, tail, starts, table })
    }
}

fn id_bytes(id: &str) -> [u8; 8] {
    u64::from_str_radix(id, 16).unwrap_or(0).to_be_bytes()
}

fn put_text(text: &str, out: &mut Vec<u8>) {
    bytes::put(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

fn get_text(from: &mut &[u8]) -> Result<String, Error> {
    let len = bytes::count(from)?;
    String::from_utf8(bytes::take(from, len)?.to_vec()).map_err(|_| Error::Damaged)
}

fn small(from: &mut &[u8]) -> Result<u32, Error> {
    u32::try_from(bytes::get(from)?).map_err(|_| Error::Damaged)
}

/// Numbers that never fall, as their steps.
fn put_rising(numbers: &[u32], out: &mut Vec<u8>) {
    bytes::put(numbers.len() as u64, out);
    let mut last = 0;
    for n in numbers {
        bytes::put(u64::from(n - last), out);
        last = *n;
    }
}

fn get_rising(from: &mut &[u8]) -> Result<Vec<u32>, Error> {
    let mut out = Vec::new();
    let mut last = 0_u32;
    for _ in 0..bytes::count(from)? {
        last = last.checked_add(small(from)?).ok_or(Error::Damaged)?;
        out.push(last);
    }
    Ok(out)
}
