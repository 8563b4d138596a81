//! What only the owner of the documents is shown: where a passage was altered, and what is worth reading side by side.

use super::seal;
use crate::Trouble;
use leaks::{Passage, Shelf, Thing, altered};
use model::Quote;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// Characters around a passage of the document that are compared with it, as its ends are known only nearly.
const AROUND: u32 = 40;

/// The documents as their owner has them; empty where they were not given.
#[derive(Default)]
pub struct Library {
    words: BTreeMap<String, String>,
    names: Vec<String>,
    shelf: Shelf,
}

/// A place where a passage departs from the document.
pub struct Altered {
    /// First character in the text, and the words there; empty where words were left out.
    at: u32,
    here: Quote,
    /// First character in the document, and the words there; empty where words were put in.
    doc_at: u32,
    there: Quote,
}

/// A document that shares rare things with a text that carries no passage of it.
pub struct Side {
    part: String,
    document: String,
    shared: Vec<(Thing, String)>,
}

/// Characters `from .. to`.
pub fn cut(text: &str, from: u32, to: u32) -> String {
    text.chars().skip(from as usize).take(to.saturating_sub(from) as usize).collect()
}

impl Library {
    pub fn read(threads: usize, docs: &[PathBuf]) -> Result<Self, Trouble> {
        let mut out = Self::default();
        if docs.is_empty() {
            return Ok(out);
        }
        seal::each_doc(threads, docs, &mut |doc| {
            out.shelf.add(&doc.words);
            out.names.push(doc.name.clone());
            out.words.insert(doc.name, doc.words);
            Ok(())
        })?;
        Ok(out)
    }

    /// Where a passage departs from its document.
    pub fn altered(&self, document: &str, text: &str, p: &Passage) -> Vec<Altered> {
        let Some(words) = self.words.get(document) else { return Vec::new() };
        let first = p.doc_start.saturating_sub(AROUND);
        let there = cut(words, first, p.doc_end.saturating_add(AROUND));
        let here = cut(text, p.start, p.end);
        let told = |c: &leaks::Change| Altered {
            at: p.start + c.here.start,
            here: Quote::from(cut(&here, c.here.start, c.here.end)),
            doc_at: first + c.there.start,
            there: Quote::from(cut(&there, c.there.start, c.there.end)),
        };
        altered(&here, &there).iter().map(told).collect()
    }

    /// Documents worth reading beside a text, those without that share a passage with it.
    pub fn beside<'d>(&self, part: &str, text: &str, matched: impl Iterator<Item = &'d str>) -> Vec<Side> {
        let matched: Vec<&str> = matched.collect();
        let side =
            |b: leaks::Beside| Side { part: part.to_owned(), document: self.names[b.doc].clone(), shared: b.shared };
        self.shelf
            .beside(text)
            .into_iter()
            .map(side)
            .filter(|s| !matched.contains(&s.document.as_str()))
            .take(3)
            .collect()
    }
}

impl Altered {
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "at": self.at, "has": self.here.raw(), "doc_at": self.doc_at, "instead_of": self.there.raw(),
        })
    }

    pub fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let quote = |q: &Quote| format!("\u{201c}{}\u{201d}", q.short(160).terminal());
        let (here, there) = (quote(&self.here), quote(&self.there));
        match (self.here.is_empty(), self.there.is_empty()) {
            (false, true) => writeln!(out, "  put in at {}: {here}", self.at),
            (true, false) => writeln!(out, "  left out at {}: {there}", self.at),
            _ => writeln!(out, "  altered at {}: {here} where the document has {there}", self.at),
        }
    }
}

fn word(thing: Thing) -> &'static str {
    match thing {
        Thing::Name => "name",
        Thing::Figure => "figure",
        Thing::Date => "date",
    }
}

impl Side {
    pub fn jsonl(&self, file: &str, out: &mut dyn Write) -> io::Result<()> {
        let shared: Vec<serde_json::Value> =
            self.shared.iter().map(|(t, v)| serde_json::json!({ "thing": word(*t), "value": v })).collect();
        let line = serde_json::json!({
            "evidence": file, "part": self.part, "worth_reading_beside": self.document, "shared": shared,
        });
        writeln!(out, "{line}")
    }

    pub fn text(&self, file: &str, out: &mut dyn Write) -> io::Result<()> {
        let name = |s: &str| Quote::from(s).terminal();
        writeln!(
            out,
            "{} [{}] shares no words in a row with any sealed text it was held against here",
            name(file),
            name(&self.part)
        )?;
        let shared: Vec<String> =
            self.shared.iter().map(|(t, v)| format!("{} {}", word(*t), name(v))).take(12).collect();
        writeln!(out, "  worth reading beside {} (no match): both have {}\n", name(&self.document), shared.join(", "))
    }
}
