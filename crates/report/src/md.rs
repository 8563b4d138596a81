//! The report as Markdown, for a repository, a wiki or a ticket: same content and order as the page, no pictures.
//!
//! Words from evidence leave by `Quote::markdown`, defanged; our own lose only what Markdown would read as markup, so
//! that the source reads well too. Source: GitHub Flavored Markdown.

mod judgement;

use crate::{Export, words};
use model::{Card, Dossier, Finding, NetworkLine, Note, Quote, Table};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card { id: "md", about: "the report as Markdown", source: "GitHub Flavored Markdown" },
    extension: "md",
    write,
};

/// Most rows of a table; the rest are in the tables of the CSV exports.
const ROWS: usize = 500;

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    top(d, out)?;
    glance(d, out)?;
    evidence_read(d, out)?;
    findings(d, out)?;
    judgement::held(d, out)?;
    judgement::techniques(d, out)?;
    timeline(d, out)?;
    networks(d, out)?;
    actors(d, out)?;
    method(d, out)?;
    writeln!(out, "\n## Terms\n")?;
    words::GLOSSARY.iter().try_for_each(|(term, meaning)| writeln!(out, "- **{}**: {}", ours(term), ours(meaning)))
}

/// Our own words without what opens markup or a link.
fn ours(s: &str) -> String {
    let text = words::ours(s).terminal();
    let mut out = String::with_capacity(text.len() + 8);
    for (i, c) in text.chars().enumerate() {
        let numbered = || !out.is_empty() && out.chars().all(|c| c.is_ascii_digit());
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '@' => out.extend(['\\', c]),
            ':' if text[..].contains("://") => out.extend(['\\', c]),
            '#' | '+' | '-' | '=' if i == 0 => out.extend(['\\', c]),
            '.' | ')' if numbered() || out.to_ascii_lowercase().ends_with("www") => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Words of evidence, addresses defanged.
fn theirs(q: &Quote) -> String {
    q.defanged().markdown()
}

/// A row of a table, its cells escaped already.
fn row(out: &mut dyn Write, cells: &[String]) -> io::Result<()> {
    writeln!(out, "| {} |", cells.join(" | "))
}

fn head(out: &mut dyn Write, names: &[&str]) -> io::Result<()> {
    writeln!(out, "\n| {} |\n|{}", names.join(" | "), " --- |".repeat(names.len()))
}

fn rest(out: &mut dyn Write, all: usize, export: &str) -> io::Result<()> {
    match all.saturating_sub(ROWS) {
        0 => Ok(()),
        more => writeln!(out, "\n{} more in the export `{export}`.", words::count(more as u64)),
    }
}

fn top(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let title = if d.title.is_empty() { "A case without a title".to_owned() } else { d.title.markdown() };
    writeln!(out, "# {title}")?;
    if d.synthetic {
        writeln!(out, "\n> **{}**", ours(words::SYNTHETIC))?;
    }
    if !d.question.is_empty() {
        writeln!(out, "\n**Question:** {}", d.question.markdown())?;
    }
    if !d.answer.is_empty() {
        writeln!(out, "\n**Answer so far:**\n")?;
    }
    d.answer.iter().try_for_each(|s| writeln!(out, "- {}", ours(s)))
}

fn glance(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## At a glance")?;
    head(out, &["", ""])?;
    for (name, value) in words::glance(d) {
        row(out, &[ours(name), ours(&value)])?;
    }
    Ok(())
}

fn evidence_read(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## What was read")?;
    head(out, &["Evidence", "Name", "Format", "Size", "Records", "Layout", "SHA-256"])?;
    for e in d.evidence.iter().take(ROWS) {
        let names: Vec<String> = e.names.iter().map(Quote::markdown).collect();
        let format = if e.format.is_empty() { "none".to_owned() } else { ours(&e.format) };
        let (size, records) = (words::bytes(e.bytes), words::count(e.records));
        row(out, &[ours(&e.id), names.join("; "), format, size, records, e.layout.markdown(), ours(&e.sha256)])?;
    }
    rest(out, d.evidence.len(), "csv-evidence")?;
    let (missing, other) = words::notes(d);
    writeln!(out, "\n## What could not be read\n")?;
    writeln!(out, "{}", ours(words::whole(d)))?;
    notes(d, &missing, out)?;
    if !other.is_empty() {
        writeln!(out, "\n### Worth knowing of the evidence")?;
    }
    notes(d, &other, out)
}

fn notes(d: &Dossier, notes: &[&Note], out: &mut dyn Write) -> io::Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    let names = words::Names::new(d);
    head(out, &["Evidence", "Name", "Where first", "Trouble", "What happened", "Times"])?;
    for n in notes.iter().take(ROWS) {
        let name = names.of(n.evidence).map_or_else(String::new, Quote::markdown);
        let (id, at) = (ours(&n.evidence.to_string()), ours(&n.span.to_string()));
        row(out, &[id, name, at, words::trouble(n.code).to_owned(), n.text.markdown(), words::count(n.times)])?;
    }
    rest(out, notes.len(), "csv-evidence")
}

fn findings(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## Findings")?;
    if d.findings.is_empty() {
        return writeln!(out, "\n{}", words::NOTHING);
    }
    writeln!(out, "\n{}, most confident first.", words::tally(d))?;
    words::in_order(d).into_iter().try_for_each(|f| finding(d, f, out))
}

fn finding(d: &Dossier, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n### {}\n", ours(&f.title))?;
    let period = words::period(f.first, f.last).map(|p| format!(" · {p}")).unwrap_or_default();
    writeln!(out, "**{} confidence** · {} · {}{period}\n", f.confidence.word(), ours(&f.kind), ours(&f.id))?;
    writeln!(out, "{}\n", ours(&f.observed))?;
    writeln!(out, "**Why {}:** {}\n", f.confidence.word(), ours(&f.because))?;
    writeln!(out, "**Against chance:** {} {}", ours(&words::seen(&f.chance)), ours(&words::doubt(&f.chance)))?;
    writeln!(out, "Null model: {}\n\n**What else it could be:**\n", ours(&f.chance.null))?;
    for i in f.innocent.get() {
        writeln!(out, "- **{}.** How to tell: {}", ours(i.what.trim_end_matches('.')), ours(&i.check))?;
    }
    f.tables.iter().try_for_each(|t| table(t, out))?;
    witnesses(d, f, out)?;
    let names: Vec<String> =
        f.actors.iter().take(ROWS).filter_map(|a| Some(theirs(&words::actor(d, a.0)?.name))).collect();
    writeln!(out, "\n**Who:** {} ({})", names.join(", "), words::many(f.actors.len() as u64, "actor", "actors"))?;
    for t in &f.techniques {
        writeln!(out, "\n**Technique:** {} {} {}", ours(&t.framework), ours(&t.id), ours(&t.name))?;
    }
    ruling(d, f, out)
}

fn table(t: &Table, out: &mut dyn Write) -> io::Result<()> {
    let columns: Vec<String> = t.columns.iter().map(|c| ours(c)).collect();
    writeln!(out, "\n**{}:**\n\n| {} |\n|{}", ours(&t.title), columns.join(" | "), "---|".repeat(columns.len()))?;
    for row in t.rows.iter().take(ROWS) {
        let cells: Vec<String> = row.iter().map(|c| theirs(&c.short(160))).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    let more = t.rows.len().saturating_sub(ROWS);
    if more > 0 { writeln!(out, "\n{more} more rows stand in the JSON export.") } else { Ok(()) }
}

fn witnesses(d: &Dossier, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n**The evidence that shows it:**\n")?;
    let names = words::Names::new(d);
    for w in f.witnesses.get() {
        let who = w.actor.and_then(|a| words::actor(d, a.0)).map_or_else(String::new, |a| theirs(&a.name) + ", ");
        let name = names.of(w.place.evidence).map_or_else(String::new, |n| format!(" in {}", n.markdown()));
        let (shows, when, place) = (ours(&w.shows), words::when(w.when), ours(&w.place.to_string()));
        writeln!(out, "- {who}{when}: {shows}: “{}” ({place}{name})", theirs(&w.quote.short(600)))?;
        if !w.words.is_empty() && w.words != w.quote {
            writeln!(out, "  - in its own words: “{}”", theirs(&w.words.short(600)))?;
        }
    }
    Ok(())
}

fn ruling(d: &Dossier, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let Some(r) = d.ruling(&f.id) else {
        return writeln!(out, "\n**Ruling:** none yet: {}", ours(&words::how_to_rule(&f.id)));
    };
    let by = if r.by.is_empty() { String::new() } else { format!(" by {}", r.by.markdown()) };
    writeln!(out, "\n**Ruling:** {}{by}, {}: {}", r.verdict.word(), r.when.date(), r.why.markdown())
}

fn timeline(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## Timeline")?;
    head(out, &["Channel", "First", "Last", "Records", "By actors in findings"])?;
    for c in &d.timeline {
        let day = |b: Option<&model::Bin>| b.map_or_else(String::new, |b| b.start.date());
        let sum = |of: fn(&model::Bin) -> u64| words::count(c.bins.iter().fold(0, |n, b| n.saturating_add(of(b))));
        row(out, &[ours(&c.name), day(c.bins.first()), day(c.bins.last()), sum(|b| b.records), sum(|b| b.flagged)])?;
    }
    writeln!(out)?;
    for m in &d.marks {
        let period = words::period(Some(m.start), Some(m.end)).unwrap_or_default();
        writeln!(out, "- {period}: {} {}", ours(&m.label), ours(&m.finding))?;
    }
    Ok(())
}

fn networks(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## Networks")?;
    if d.networks.is_empty() {
        return writeln!(out, "\nNo network of linked actors stood out.");
    }
    head(out, &["Network", "Members", "Links", "Shared", "Chance", "Findings", "Most central"])?;
    for n in d.networks.iter().take(ROWS) {
        network(d, n, out)?;
    }
    rest(out, d.networks.len(), "csv-links")
}

fn network(d: &Dossier, n: &NetworkLine, out: &mut dyn Write) -> io::Result<()> {
    let central = n.members.iter().take(3).filter_map(|m| Some(theirs(&words::actor(d, m.actor)?.name)));
    row(
        out,
        &[
            ours(&n.id),
            words::count(n.members.len() as u64),
            words::count(n.links.len() as u64),
            ours(&words::objects(n)),
            ours(&words::seen(&n.chance)),
            ours(&n.findings.join(" ")),
            central.collect::<Vec<_>>().join(", "),
        ],
    )
}

fn actors(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## Actors")?;
    head(out, &["Name", "Sort", "Records", "Traces", "Findings", "Id"])?;
    for a in d.actors.iter().take(ROWS) {
        let (records, traces) = (words::count(a.records), words::count(a.traces));
        row(out, &[theirs(&a.name), a.sort.word().into(), records, traces, ours(&a.findings.join(" ")), ours(&a.id)])?;
    }
    rest(out, d.actors.len(), "csv-actors")
}

fn method(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let m = &d.method;
    writeln!(out, "\n## How it was made\n")?;
    for line in words::method(m) {
        writeln!(out, "- {}", ours(&line))?;
    }
    head(out, &["Kind of trace", "What it is", "Traces", "Window"])?;
    for (kind, about, n) in &m.kinds {
        row(out, &[ours(kind), ours(about), words::count(*n), ours(words::window(m, kind))])?;
    }
    writeln!(out, "\nSettings in force (`case.toml`):\n")?;
    // Indented code shows words as they are; hostile ones have left by the terminal's door, line by line.
    m.settings_toml.lines().try_for_each(|l| writeln!(out, "    {}", Quote::from(l).terminal()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_words_read_well_and_open_nothing() {
        for (text, told) in [
            ("91 links. Chance: 2.1", "91 links. Chance: 2.1"),
            ("1. not a list", "1\\. not a list"),
            ("# not a heading", "\\# not a heading"),
            ("<b> & a|b [x](y)", "&lt;b&gt; &amp; a\\|b \\[x\\](y)"),
            ("see http://x.org", "see hxxp\\://x\\[.\\]org"),
            ("WWW.x.org", "WWW\\.x.org"),
        ] {
            assert_eq!(ours(text), told);
        }
    }
}
