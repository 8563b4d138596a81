//! Findings as rows for a spreadsheet. Actors, links and evidence have tables of their own beside it.

use crate::sheet::{Cell, table};
use crate::{Export, words};
use model::{Card, Dossier, Finding};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "csv",
        about: "findings as a table, safe in a spreadsheet",
        source: "RFC 4180; OWASP, \"CSV Injection\"",
    },
    extension: "csv",
    write,
};

const COLUMNS: &[&str] = &[
    "finding",
    "kind",
    "confidence",
    "because",
    "ruling",
    "ruling_why",
    "title",
    "observed",
    "unit",
    "seen",
    "expected",
    "p",
    "fdr",
    "null_model",
    "innocent",
    "actors",
    "actor_names",
    "techniques",
    "first",
    "last",
    "witnesses",
    "witness_place",
    "witness_quote",
];

/// Most actor names in one cell; the column `actors` has their number.
const NAMES: usize = 40;

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    table(out, COLUMNS, words::in_order(d).into_iter().map(|f| row(d, f)), d.synthetic)
}

fn row(d: &Dossier, f: &Finding) -> Vec<Cell> {
    let ruling = d.ruling(&f.id);
    let best = &f.witnesses.get()[0];
    vec![
        Cell::text(&f.id),
        Cell::text(&f.kind),
        Cell::text(f.confidence.word()),
        Cell::text(&f.because),
        Cell::text(ruling.map_or("", |r| r.verdict.word())),
        Cell::text(ruling.map_or("", |r| r.why.raw())),
        Cell::text(&f.title),
        Cell::text(&f.observed),
        Cell::text(&f.chance.unit),
        Cell::Number(f.chance.observed),
        Cell::Number(f.chance.expected),
        Cell::maybe(f.chance.p),
        Cell::maybe(f.chance.fdr),
        Cell::text(&f.chance.null),
        Cell::text(joined(f.innocent.get().iter().map(|i| format!("{} ({})", i.what, i.check)))),
        Cell::Count(f.actors.len() as u64),
        Cell::text(joined(names(d, f))),
        Cell::text(joined(f.techniques.iter().map(|t| format!("{} {} {}", t.framework, t.id, t.name)))),
        Cell::text(f.first.map(|w| w.iso()).unwrap_or_default()),
        Cell::text(f.last.map(|w| w.iso()).unwrap_or_default()),
        Cell::Count(f.witnesses.get().len() as u64),
        Cell::text(best.place.to_string()),
        Cell::quote(&best.quote),
    ]
}

fn names<'a>(d: &'a Dossier, f: &'a Finding) -> impl Iterator<Item = String> + 'a {
    f.actors.iter().take(NAMES).filter_map(|a| Some(words::actor(d, a.0)?.name.raw().to_owned()))
}

/// Joins words that leave by [`Cell::text`] afterwards.
fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}
