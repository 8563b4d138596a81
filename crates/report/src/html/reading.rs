//! The figures at the top, what was read, and what could not be read and why.

use super::{ours, rest};
use crate::words;
use model::{Dossier, EvidenceLine, Note, Quote};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Most files named here; all stand in the table of evidence.
const FILES: usize = 30;
/// Most notes told.
const NOTES: usize = 500;

/// Files listed without being asked for.
const FEW: usize = 10;

/// The figures.
pub fn glance(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<dl class=\"figures\">")?;
    for (name, value) in words::glance(d) {
        writeln!(out, "<div><dt>{name}</dt><dd>{}</dd></div>", ours(&value))?;
    }
    writeln!(out, "</dl>")
}

/// What was read, and what was not.
pub fn read(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let sort = if d.incomplete() { "warn" } else { "fine" };
    writeln!(out, "<p class=\"whole {sort}\">{}</p>", words::whole(d))?;
    let (missing, other) = words::notes(d);
    if !missing.is_empty() {
        writeln!(out, "<h3>Not read, and why</h3>")?;
        notes(d, &missing, out)?;
    }
    files(d, out)?;
    if !other.is_empty() {
        let n = words::many(other.len() as u64, "remark", "remarks");
        writeln!(out, "<details><summary>Worth knowing of what was read ({n})</summary>")?;
        notes(d, &other, out)?;
        writeln!(out, "</details>")?;
    }
    Ok(())
}

fn files(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let roots: Vec<&EvidenceLine> = d.evidence.iter().filter(|e| e.parent.is_none()).collect();
    if roots.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h3>Read</h3>")?;
    let many = roots.len() > FEW;
    if many {
        writeln!(out, "<details><summary>{}</summary>", sorts(&roots))?;
    }
    writeln!(out, "<ul class=\"files\">")?;
    for e in roots.iter().take(FILES) {
        file(e, out)?;
    }
    writeln!(out, "</ul>")?;
    if many {
        writeln!(out, "</details>")?;
    }
    match roots.len().saturating_sub(FILES) {
        0 => Ok(()),
        more => {
            let more = words::many(more as u64, "more file", "more files");
            writeln!(out, "<p class=\"rest\">And {more}: see <a href=\"#evidence\">Evidence</a>.</p>")
        }
    }
}

/// How many files of which format, most first: `57 files: 14 mbox, 9 page`.
fn sorts(roots: &[&EvidenceLine]) -> String {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for e in roots {
        *counts.entry(if e.format.is_empty() { "of no known format" } else { &e.format }).or_default() += 1;
    }
    let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let each: Vec<String> = counts.iter().map(|(format, n)| format!("{} {}", words::count(*n), ours(format))).collect();
    format!("{}: {}", words::many(roots.len() as u64, "file", "files"), each.join(", "))
}

fn file(e: &EvidenceLine, out: &mut dyn Write) -> io::Result<()> {
    let name = e.names.first().map_or_else(|| ours(&e.id), Quote::html);
    let format = if e.format.is_empty() { "no known format".to_owned() } else { ours(&e.format) };
    let inside = match e.children {
        0 => String::new(),
        n => format!(", {} inside", words::many(n, "thing", "things")),
    };
    let again = match e.names.len() {
        0 | 1 => String::new(),
        n => format!(", found {n} times"),
    };
    let records = words::many(e.records, "record", "records");
    let size = words::bytes(e.bytes);
    writeln!(out, "<li><bdi class=\"file\">{name}</bdi> <span>{format}, {size}, {records}{inside}{again}</span>")?;
    if !e.layout.is_empty() {
        writeln!(out, "<span class=\"layout\">Understood as: <bdi>{}</bdi></span>", e.layout.html())?;
    }
    writeln!(out, "</li>")
}

fn notes(d: &Dossier, notes: &[&Note], out: &mut dyn Write) -> io::Result<()> {
    let names = words::Names::new(d);
    writeln!(out, "<ul class=\"notes\">")?;
    for n in notes.iter().take(NOTES) {
        let name = names.of(n.evidence).map_or_else(|| n.evidence.to_string(), Quote::html);
        let times = if n.times > 1 { format!(", {} times", words::count(n.times)) } else { String::new() };
        let (code, trouble, place) = (n.code.word(), words::trouble(n.code), n.span);
        writeln!(
            out,
            "<li><b class=\"code\" title=\"{trouble}\">{code}</b> <span><bdi class=\"file\">{name}</bdi> \
             <span class=\"where\">{place}{times}</span><br><bdi>{}</bdi></span></li>",
            n.text.short(600).html()
        )?;
    }
    writeln!(out, "</ul>")?;
    rest(out, notes.len(), notes.len().min(NOTES), "notes", "csv-evidence")
}
