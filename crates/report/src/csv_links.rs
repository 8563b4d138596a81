//! Links as rows for a spreadsheet.

use crate::sheet::{Cell, table};
use crate::{Export, words};
use model::{Card, Dossier, NetworkLine, NetworkLink};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "csv-links",
        about: "links of the networks as a table, safe in a spreadsheet",
        source: "RFC 4180; OWASP, \"CSV Injection\"",
    },
    extension: "csv",
    write,
};

const COLUMNS: &[&str] =
    &["network", "a", "a_name", "b", "b_name", "weight", "kinds", "expected", "fdr", "lag_seconds", "first", "last"];

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let links = d.networks.iter().flat_map(|n| n.links.iter().map(move |l| (n, l)));
    table(out, COLUMNS, links.map(|(n, l)| row(d, n, l)), d.synthetic)
}

fn row(d: &Dossier, n: &NetworkLine, l: &NetworkLink) -> Vec<Cell> {
    let id = |no| Cell::text(words::actor(d, no).map_or("", |a| &a.id));
    let name = |no| words::actor(d, no).map_or_else(|| Cell::text(""), |a| Cell::quote(&a.name));
    let kinds: Vec<String> = l.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    vec![
        Cell::text(&n.id),
        id(l.a),
        name(l.a),
        id(l.b),
        name(l.b),
        Cell::Count(u64::from(l.weight)),
        Cell::text(kinds.join("; ")),
        Cell::Number(l.expected),
        Cell::Number(l.q),
        Cell::Number(l.lag_seconds),
        Cell::moment(l.met.first().map(|m| m.start)),
        Cell::moment(l.met.last().map(|m| m.end)),
    ]
}
