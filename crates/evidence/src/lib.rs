//! What do these bytes say?
//!
//! Each format is a drawer: a `const` [`Format`] in a file of its own, listed in [`FORMATS`]. A format is recognised
//! by content, reads bytes handed in, and never fails: what it cannot read it notes. Containers hand their contents
//! back to [`read`] as children with known parents. This room opens no file, asks no clock and knows no network.
#![warn(missing_docs)]

mod format;
mod name_list;
mod out;
mod parquet;
mod posts;
mod posts_csv;
mod posts_json;
mod posts_jsonl;
mod read;
mod source;
mod transcript;

pub use format::{Example, Format, Head, Reading, Risky, by_id, recognise};
pub use out::{Closed, Opened, Out, Sink};
pub use read::{Isolate, Root, read, read_as};
pub use source::{Cursor, ReadAt};
pub use transcript::transcript;

/// Every format, in the order they are asked: those with a signature first, guesses last.
pub const FORMATS: &[&Format] = &[
    &parquet::PARQUET,
    &name_list::NAME_LIST,
    &posts_jsonl::POSTS_JSONL,
    &posts_json::POSTS_JSON,
    &posts_csv::POSTS_CSV,
];
