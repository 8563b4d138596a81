//! What do these bytes say?
//!
//! Each format is a drawer: a `const` [`Format`] in a file of its own, listed in [`FORMATS`]. A format is recognised
//! by content, reads bytes handed in, and never fails: what it cannot read it notes. Containers hand their contents
//! back to [`read`] as children with known parents. This room opens no file, asks no clock and knows no network.
#![warn(missing_docs)]

mod article;
mod dates;
mod format;
mod html;
mod mime;
mod out;
mod read;
mod route;
mod source;
mod transcript;

mod gzip;
mod mail;
mod mbox;
mod mhtml;
mod page;
mod tar;
mod zip;
mod zstd;

pub use format::{Example, Format, Head, Reading, Risky, by_id, recognise};
pub use out::{Closed, Opened, Out, Sink};
pub use read::{Isolate, Root, read};
pub use source::{Cursor, ReadAt};
pub use transcript::transcript;

/// Every format, in the order they are asked: those with a signature first, guesses last.
pub const FORMATS: &[&Format] =
    &[&gzip::GZIP, &zstd::ZSTD, &zip::ZIP, &tar::TAR, &mbox::MBOX, &mhtml::MHTML, &mail::MAIL, &page::PAGE];
