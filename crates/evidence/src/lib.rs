//! What do these bytes say?
//!
//! Each format is a drawer: a `const` [`Format`] in a file of its own, listed in [`FORMATS`]. A format is recognised
//! by content, reads bytes handed in, and never fails: what it cannot read it notes. Containers hand their contents
//! back to [`read`] as children with known parents. This room opens no file, asks no clock and knows no network.
#![warn(missing_docs)]

mod decode;
mod docx;
mod flow;
mod format;
mod gif;
mod jpeg;
mod odt;
mod out;
mod package;
mod pdf;
mod pdf_apart;
mod pdf_mend;
mod picture;
mod png;
mod prose;
mod read;
mod rtf;
mod rtf_tokens;
mod source;
mod text;
mod transcript;
mod webp;

pub use format::{Example, Format, Head, Reading, Risky, by_id, recognise};
pub use out::{Closed, Opened, Out, Sink};
pub use read::{Isolate, Root, read};
pub use source::{Cursor, ReadAt};
pub use transcript::transcript;

/// Every format, in the order they are asked: those with a signature first, guesses last.
pub const FORMATS: &[&Format] =
    &[&pdf::PDF, &docx::DOCX, &odt::ODT, &rtf::RTF, &png::PNG, &jpeg::JPEG, &webp::WEBP, &gif::GIF, &text::TEXT];
