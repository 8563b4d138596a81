//! What people hold, and the techniques.

use super::{head, ours, row, theirs};
use crate::held::{self, Block, Cell};
use model::{Dossier, Quote};
use std::io::{self, Write};

/// Statements, questions, claims; nothing where there are none.
pub fn held(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let blocks = held::blocks(d);
    if blocks.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## What people hold")?;
    blocks.iter().try_for_each(|b| block(b, out))
}

fn block(b: &Block, out: &mut dyn Write) -> io::Result<()> {
    match b {
        Block::Heading(text) => writeln!(out, "\n### {}", ours(text)),
        Block::Text(text) => writeln!(out, "\n{}", theirs(text)),
        Block::List(items) => {
            writeln!(out)?;
            items.iter().try_for_each(|i| writeln!(out, "- {}", cell(i)))
        }
        Block::Table(heads, rows) => {
            let heads: Vec<String> = heads.iter().map(theirs).collect();
            head(out, &heads.iter().map(String::as_str).collect::<Vec<_>>())?;
            rows.iter().try_for_each(|r| row(out, &r.iter().map(cell).collect::<Vec<_>>()))
        }
    }
}

fn cell(c: &Cell) -> String {
    match c {
        Cell::Told(quote) => theirs(quote),
        Cell::Plain(text) => ours(text),
    }
}

/// Techniques with what shows them.
pub fn techniques(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let all = held::techniques(d);
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Techniques")?;
    head(out, &["Technique", "Name", "Known", "Shown by", "Words", "Why", "Crosswalk"])?;
    for t in all {
        let quote: Quote = t.quote.short(160);
        let (known, by, beside) = (t.known.word().to_owned(), ours(&t.by.join(" ")), ours(&t.beside().join(", ")));
        row(out, &[ours(&t.id), ours(&t.name), known, by, theirs(&quote), theirs(&t.why), beside])?;
    }
    let gone = held::removed(d);
    if !gone.is_empty() {
        writeln!(out, "\nRemoved by a person:\n")?;
    }
    gone.iter().try_for_each(|(t, of, why)| writeln!(out, "- {} of {}: {}", ours(t), ours(of), theirs(why)))
}
