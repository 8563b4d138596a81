//! Tables that sort and filter where the script runs and read well where it does not; on a phone each row is a card.

use super::{ours, rest, theirs, to_finding};
use crate::words;
use model::{ActorLine, Dossier, EvidenceLine, NetworkLink, Quote};
use std::io::{self, Write};

/// Most rows of a table on the page.
const ROWS: usize = 2_000;

/// A cell: its markup and, where it is a number, the value to sort by.
type Cell = (String, Option<f64>);

fn words_of(s: String) -> Cell {
    (s, None)
}

fn count(n: u64) -> Cell {
    (words::count(n), Some(n as f64))
}

fn number(x: f64) -> Cell {
    (words::number(x), Some(if x.is_finite() { x } else { 0.0 }))
}

/// How wide a column is: words share what is left.
const WORDS: &str = "words";
const WORD: &str = "word";
const NUM: &str = "num";
const ID: &str = "id";

/// Writes a table of at most [`ROWS`] rows with these columns: heading, width.
fn table<T>(
    out: &mut dyn Write,
    (what, export): (&str, &str),
    columns: &[(&str, &str)],
    items: &[T],
    row: impl Fn(&T) -> Vec<Cell>,
) -> io::Result<()> {
    if items.is_empty() {
        return writeln!(out, "<p class=\"empty\">No {what} to show.</p>");
    }
    rest(out, items.len(), items.len().min(ROWS), what, export)?;
    writeln!(out, "<table class=\"sortable\" data-what=\"{what}\"><colgroup>")?;
    columns.iter().try_for_each(|(_, width)| write!(out, "<col class=\"{width}\">"))?;
    out.write_all(b"</colgroup><thead><tr>")?;
    for (name, width) in columns {
        let class = if *width == NUM { " class=\"num\"" } else { "" };
        write!(out, "<th scope=\"col\"{class}>{name}</th>")?;
    }
    writeln!(out, "</tr></thead><tbody>")?;
    for item in items.iter().take(ROWS) {
        out.write_all(b"<tr>")?;
        for ((name, _), (cell, value)) in columns.iter().zip(row(item)) {
            match value {
                Some(v) => write!(out, "<td data-l=\"{name}\" class=\"num\" data-v=\"{v}\">{cell}</td>")?,
                None => write!(out, "<td data-l=\"{name}\">{cell}</td>")?,
            }
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody></table>")
}

/// Actors.
pub fn actors(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let columns = [("Name", WORDS), ("Sort", WORD), ("Records", NUM), ("Traces", NUM), ("Findings", ID), ("Id", ID)];
    table(out, ("actors", "csv-actors"), &columns, &d.actors, actor)
}

/// Most findings named in a cell.
const FINDINGS: usize = 4;

fn actor(a: &ActorLine) -> Vec<Cell> {
    let mut findings: Vec<String> = a.findings.iter().take(FINDINGS).map(|f| to_finding(f)).collect();
    if a.findings.len() > FINDINGS {
        findings.push(format!("+{}", a.findings.len() - FINDINGS));
    }
    vec![
        words_of(theirs(&a.name)),
        words_of(a.sort.word().to_owned()),
        count(a.records),
        count(a.traces),
        words_of(findings.join(" ")),
        words_of(format!("<code>{}</code>", ours(&a.id))),
    ]
}

/// Links.
pub fn links(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let columns = [
        ("One", WORDS),
        ("Other", WORDS),
        ("Shared", NUM),
        ("By chance", NUM),
        ("FDR", NUM),
        ("Lag (s)", NUM),
        ("Kinds", ID),
    ];
    let mut all: Vec<&NetworkLink> = d.networks.iter().flat_map(|n| &n.links).collect();
    all.sort_by(|x, y| y.weight.cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
    table(out, ("links", "csv-links"), &columns, &all, |l| link(d, l))
}

fn link(d: &Dossier, l: &NetworkLink) -> Vec<Cell> {
    let name = |no| words_of(words::actor(d, no).map_or_else(String::new, |a| theirs(&a.name)));
    let kinds: Vec<String> = l.kinds.iter().map(|(kind, n)| format!("{} {n}", ours(kind))).collect();
    vec![
        name(l.a),
        name(l.b),
        count(u64::from(l.weight)),
        number(l.expected),
        number(l.q),
        number(l.lag_seconds),
        words_of(kinds.join(", ")),
    ]
}

/// Evidence.
pub fn evidence(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let columns = [("Name", WORDS), ("Format", WORD), ("Size", NUM), ("Records", NUM), ("Id, SHA-256", WORDS)];
    table(out, ("pieces of evidence", "csv-evidence"), &columns, &d.evidence, piece)
}

fn piece(e: &EvidenceLine) -> Vec<Cell> {
    let names: Vec<String> = e.names.iter().map(|n: &Quote| format!("<bdi>{}</bdi>", n.html())).collect();
    let inside = e
        .parent
        .as_ref()
        .map_or_else(String::new, |p| format!("<br><span class=\"small\">inside <code>{}</code></span>", ours(p)));
    let format = if e.format.is_empty() { "none" } else { &e.format };
    vec![
        words_of(names.join("<br>") + &inside),
        words_of(ours(format)),
        (words::bytes(e.bytes), Some(e.bytes as f64)),
        count(e.records),
        words_of(format!("<code>{}</code><br><code class=\"seal\">{}</code>", ours(&e.id), ours(&e.sha256))),
    ]
}
