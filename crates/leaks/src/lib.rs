//! Is this ours?
//!
//! Confidential documents are turned into a [`Seal`]: keyed fingerprints with their places, encrypted, from which no
//! content can be read. Whoever holds seal and key can say of any text whether passages of the sealed documents stand in
//! it, where, and how likely that would be by chance. This room is handed texts and bytes; it opens no file, asks no
//! clock, makes no random numbers and knows no network.
#![warn(missing_docs)]

mod altered;
mod beside;
mod blind;
mod bytes;
mod chain;
mod chance;
mod fold;
mod key;
mod letters;
mod marks;
mod matching;
mod seal;
mod sealer;
mod table;
mod texts;

pub use altered::{Change, altered};
pub use beside::{Beside, Shelf, Thing, things};
pub use blind::{Asked, BlindSeal, Known, MOST_ASKED, Owner, PADDED};
pub use chance::Tail;
pub use key::Key;
pub use letters::Letters;
pub use marks::{GRAM, GUARANTEE, Mark, Marker, Sort, WINDOW};
pub use matching::{Matcher, Passage};
pub use seal::{Doc, Seal, VERSION};
pub use sealer::{Sealed, Sealer};
pub use texts::{Text, texts};

/// What cannot be done, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a key file.
    #[error("this is no key of a leak seal: {0}")]
    NotAKey(&'static str),
    /// Not a seal.
    #[error("this is no leak seal")]
    NotASeal,
    /// Written by a version of the tool that this one does not know.
    #[error("this seal is of version {0}; this tool reads version {VERSION}")]
    Version(u16),
    /// Sealed under another key.
    #[error("this seal was made with key {made}, not with key {given}")]
    WrongKey {
        /// Id of the key it was made with.
        made: String,
        /// Id of the key given.
        given: String,
    },
    /// Cut short or changed.
    #[error("the seal is damaged: bytes are missing or were changed")]
    Damaged,
    /// More text than a seal can hold.
    #[error("too much text for one seal: at most {MOST} letters and digits")]
    TooMuch,
}

/// Most letters of all documents of a seal.
pub const MOST: u32 = u32::MAX - (1 << 24);
