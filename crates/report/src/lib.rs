//! Who must be told, in what form?
//!
//! An export is a drawer: a `const` [`Export`] in a file of its own, listed in [`EXPORTS`]. It writes down what is in
//! the dossier and computes nothing that is not there; words from evidence leave only through `Quote`'s doors.
#![warn(missing_docs)]

use model::{Card, Dossier};
use std::io::{self, Write};

/// A form of the report.
pub struct Export {
    /// Its label; the id is what `--format` takes.
    pub card: Card,
    /// Ending of its files, without the dot.
    pub extension: &'static str,
    /// Writes it.
    pub write: fn(&Dossier, &mut dyn Write) -> io::Result<()>,
}

/// Every export.
pub const EXPORTS: &[&Export] = &[];

/// The export with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Export> {
    EXPORTS.iter().copied().find(|e| e.card.id == id)
}
