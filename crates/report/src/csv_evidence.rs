//! Evidence as rows for a spreadsheet, with its seals and with what could not be read of it.

use crate::Export;
use crate::sheet::{Cell, table};
use model::{Card, Dossier, EvidenceLine, Note};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "csv-evidence",
        about: "evidence with its seals and notes as a table, safe in a spreadsheet",
        source: "RFC 4180; OWASP, \"CSV Injection\"",
    },
    extension: "csv",
    write,
};

const COLUMNS: &[&str] = &[
    "evidence",
    "parent",
    "names",
    "format",
    "bytes",
    "records",
    "traces",
    "children",
    "sha256",
    "layout",
    "read_whole",
    "notes",
];

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let mut notes: BTreeMap<String, Vec<&Note>> = BTreeMap::new();
    for note in &d.notes {
        notes.entry(note.evidence.to_string()).or_default().push(note);
    }
    let none = Vec::new();
    table(out, COLUMNS, d.evidence.iter().map(|e| row(e, notes.get(&e.id).unwrap_or(&none))), d.synthetic)
}

fn row(e: &EvidenceLine, notes: &[&Note]) -> Vec<Cell> {
    let names: Vec<&str> = e.names.iter().map(|n| n.raw()).collect();
    let whole = !notes.iter().any(|n| n.code.incomplete());
    vec![
        Cell::text(&e.id),
        Cell::text(e.parent.as_deref().unwrap_or("")),
        Cell::text(names.join("; ")),
        Cell::text(&e.format),
        Cell::Count(e.bytes),
        Cell::Count(e.records),
        Cell::Count(e.traces),
        Cell::Count(e.children),
        Cell::text(&e.sha256),
        Cell::quote(&e.layout),
        Cell::text(if whole { "yes" } else { "no" }),
        Cell::text(notes.iter().map(|n| told(n)).collect::<Vec<_>>().join("; ")),
    ]
}

/// Joined words that leave by [`Cell::text`] afterwards.
fn told(n: &Note) -> String {
    let times = if n.times > 1 { format!(" ({} times)", n.times) } else { String::new() };
    format!("{} at {}: {}{times}", n.code.word(), n.span, n.text.raw())
}
