//! Who must be told, in what form?
//!
//! An export is a drawer: a `const` [`Export`] in a file of its own, listed in [`EXPORTS`]. It writes down what is in
//! the dossier and computes nothing that is not there; words from evidence leave only through `Quote`'s doors.
#![warn(missing_docs)]

mod attack_layer;
mod case_uco;
mod coordination;
mod csv;
mod csv_actors;
mod csv_evidence;
mod csv_indicators;
mod csv_links;
mod disarm_layer;
mod gexf;
mod graphml;
mod held;
mod html;
mod indicators;
mod json;
mod jsonl;
mod layer;
mod layout;
mod lint;
mod losses;
mod md;
mod misp;
mod sheet;
mod stix;
mod stix_fimi;
mod text;
mod words;

pub use json::line;
pub use lint::{Remark, lint};
pub use losses::{EXCHANGE, Loss, losses, write_losses};

pub use coordination::{EdgeForm, accounts, changed_names, edges, real};
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
pub const EXPORTS: &[&Export] = &[
    &html::EXPORT,
    &text::EXPORT,
    &md::EXPORT,
    &json::EXPORT,
    &jsonl::EXPORT,
    &csv::EXPORT,
    &csv_actors::EXPORT,
    &csv_links::EXPORT,
    &csv_evidence::EXPORT,
    &gexf::EXPORT,
    &graphml::EXPORT,
    &stix::EXPORT,
    &stix_fimi::EXPORT,
    &misp::EXPORT,
    &disarm_layer::EXPORT,
    &attack_layer::EXPORT,
    &case_uco::EXPORT,
    &csv_indicators::EXPORT,
];

/// The export with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Export> {
    EXPORTS.iter().copied().find(|e| e.card.id == id)
}
