//! What people hold, and the matrix of techniques.

use super::{ours, theirs};
use crate::held::{self, Block, Cell};
use model::{Dossier, Known, Quote};
use std::io::{self, Write};

/// Statements, questions, claims.
pub fn held(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let blocks = held::blocks(d);
    if blocks.is_empty() {
        return writeln!(
            out,
            "<p>Nobody has written down statements, hypotheses or weights yet (<code>unspool judge CASE FILE</code>).</p>"
        );
    }
    blocks.iter().try_for_each(|b| block(b, out))
}

fn block(b: &Block, out: &mut dyn Write) -> io::Result<()> {
    match b {
        Block::Heading(text) => writeln!(out, "<h3>{}</h3>", ours(text)),
        Block::Text(text) => writeln!(out, "<p>{}</p>", theirs(text)),
        Block::List(items) => {
            writeln!(out, "<ul>")?;
            items.iter().try_for_each(|i| writeln!(out, "<li>{}</li>", cell(i)))?;
            writeln!(out, "</ul>")
        }
        Block::Table(heads, rows) => table(heads, rows, out),
    }
}

fn cell(c: &Cell) -> String {
    match c {
        Cell::Told(quote) => theirs(quote),
        Cell::Plain(text) => ours(text),
    }
}

/// On a phone each row is a card: cells carry their column's heading.
fn table(heads: &[Quote], rows: &[Vec<Cell>], out: &mut dyn Write) -> io::Result<()> {
    let head: String = heads.iter().map(|h| format!("<th scope=\"col\">{}</th>", theirs(h))).collect();
    writeln!(out, "<table class=\"held\"><thead><tr>{head}</tr></thead><tbody>")?;
    for row in rows {
        let told = |(h, c): (&Quote, &Cell)| format!("<td data-l=\"{}\">{}</td>", h.html(), cell(c));
        writeln!(out, "<tr>{}</tr>", heads.iter().zip(row).map(told).collect::<String>())?;
    }
    writeln!(out, "</tbody></table>")
}

/// Techniques by tactic, in the catalogues' order; only tactics that occur.
pub fn techniques(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let all = held::techniques(d);
    if all.is_empty() {
        return writeln!(out, "<p>No technique was named.</p>");
    }
    writeln!(
        out,
        "<p>What the pattern would be an instance of, were it what it looks like. <b>Observed</b>: the words show it, as a \
         person says. <i>Inferred</i>: it follows from a pattern.</p>"
    )?;
    picture(&all, out)?;
    writeln!(out, "<div class=\"matrix\">")?;
    let known = model::TACTICS.iter().map(|t| (t.1, format!("{} · {}", t.0, t.2)));
    for (tactic, heading) in known.chain([("", "In no catalogue known here".to_owned())]) {
        let here: Vec<_> = all.iter().filter(|t| t.tactic == tactic).collect();
        if here.is_empty() {
            continue;
        }
        writeln!(out, "<section><h3>{}</h3>\n<ul>", ours(&heading))?;
        for t in here {
            technique(t, out)?;
        }
        writeln!(out, "</ul></section>")?;
    }
    let notice = "DISARM Framework 1.6, DISARM Foundation, CC BY-SA 4.0; MITRE ATT&CK 16, © The MITRE Corporation. Numbers \
                  and names only.";
    writeln!(out, "</div>")?;
    removed(d, out)?;
    writeln!(out, "<p class=\"rest\">{}</p>", ours(notice))
}

/// Every tactic of the catalogues that occur, in their order, with how many techniques are known and how; empty ones stay.
fn picture(all: &[held::Technique], out: &mut dyn Write) -> io::Result<()> {
    for (framework, version) in model::CATALOGUES {
        let of = |t: &held::Technique| model::technique(&t.id).is_some_and(|l| l.framework == framework);
        if !all.iter().any(of) {
            continue;
        }
        writeln!(out, "<h3>{} {version}</h3>\n<ol class=\"tactics\">", ours(framework))?;
        for (_, tactic, name, _) in model::TACTICS.iter().filter(|t| t.0 == framework) {
            let here: Vec<_> = all.iter().filter(|t| t.tactic == *tactic && of(t)).collect();
            let observed = here.iter().filter(|t| t.known == Known::Observed).count();
            let inferred = here.len() - observed;
            let (class, told) = match (observed, inferred) {
                (0, 0) => ("none", "none".to_owned()),
                (0, i) => ("inferred", format!("{i} inferred")),
                (o, 0) => ("observed", format!("{o} observed")),
                (o, i) => ("observed", format!("{o} observed, {i} inferred")),
            };
            writeln!(out, "<li class=\"{class}\">{} <b>{told}</b></li>", ours(name))?;
        }
        writeln!(out, "</ol>")?;
    }
    Ok(())
}

/// What people took out, with their reasons.
fn removed(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let gone = held::removed(d);
    if gone.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h3>Removed by a person</h3>\n<ul>")?;
    for (technique, of, why) in gone {
        writeln!(out, "<li>{} of {}: {}</li>", ours(&technique), ours(&of), theirs(&why))?;
    }
    writeln!(out, "</ul>")
}

fn technique(t: &held::Technique, out: &mut dyn Write) -> io::Result<()> {
    let (open, close) = if t.known == Known::Observed { ("<b>", "</b>") } else { ("<i>", "</i>") };
    let by: Vec<String> =
        t.by.iter().map(|id| if id.starts_with("f:") { super::to_finding(id) } else { ours(id) }).collect();
    let quote = if t.quote.is_empty() { String::new() } else { format!("<q>{}</q> ", theirs(&t.quote.short(160))) };
    let by = if by.is_empty() { String::new() } else { format!(" by {}", by.join(", ")) };
    let why = if t.why.is_empty() { String::new() } else { format!(". Why: {}", theirs(&t.why)) };
    let beside = t.beside();
    let beside = if beside.is_empty() {
        String::new()
    } else {
        format!(". Beside it in the other catalogue: {}", beside.join(", "))
    };
    writeln!(
        out,
        "<li class=\"{}\">{open}{} {}{close}<br><span>{quote}{}{by}{why}{beside}</span></li>",
        t.known.word(),
        ours(&t.id),
        ours(&t.name),
        t.known.word()
    )
}
