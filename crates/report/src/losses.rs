//! What of a case a form could not say: found by writing it, reading it back, and looking for each thing of the case in
//! what came back.
//!
//! Wrong where: a thing counts as kept when its words came back anywhere, whether or not a reader of that form would
//! find them in the right place.

use crate::Export;
use model::{Dossier, Quote, When};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// One sort of things: how many the case has, how many came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What, in the plural.
    pub what: &'static str,
    /// How many there are.
    pub all: usize,
    /// How many came back.
    pub kept: usize,
    /// The first few that did not, by id or words.
    pub missing: Vec<Quote>,
}

/// Forms that others' tools read: each comes with its loss report.
pub const EXCHANGE: &[&str] =
    &["stix", "stix-fimi", "misp", "disarm-layer", "attack-layer", "case-uco", "gexf", "graphml", "csv-indicators"];

/// Most missing things named one by one.
const NAMED: usize = 5;

/// Writes the form, reads it back and compares.
///
/// # Errors
/// Where the form cannot be written.
pub fn losses(d: &Dossier, export: &Export) -> io::Result<Vec<Loss>> {
    let mut bytes = Vec::new();
    (export.write)(d, &mut bytes)?;
    let back = Back::read(&String::from_utf8_lossy(&bytes));
    Ok(things(d).into_iter().filter(|t| !t.1.is_empty()).map(|(what, items)| loss(what, &items, &back)).collect())
}

/// Writes a loss report as Markdown.
///
/// # Errors
/// Where the writer fails.
pub fn write_losses(d: &Dossier, export: &Export, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# What `{}` could not say of this case\n", export.card.id)?;
    writeln!(
        out,
        "Made by writing the form and reading it back.\n\n| What | In the case | Came back | Missing |\n| --- | --- | --- | --- |"
    )?;
    for l in losses(d, export)? {
        let missing: Vec<String> = l.missing.iter().map(|m| m.short(60).markdown()).collect();
        let more = (l.all - l.kept).saturating_sub(l.missing.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(out, "| {} | {} | {} | {}{more} |", l.what, l.all, l.kept, missing.join(", "))?;
    }
    Ok(())
}

fn loss(what: &'static str, items: &[String], back: &Back) -> Loss {
    let gone: Vec<&String> = items.iter().filter(|i| !back.has(i)).collect();
    let missing = gone.iter().take(NAMED).map(|m| Quote::from(m.as_str())).collect();
    Loss { what, all: items.len(), kept: items.len() - gone.len(), missing }
}

/// What came back: every string and number of a JSON document, else the text.
struct Back {
    leaves: BTreeSet<String>,
    text: String,
}

impl Back {
    fn read(text: &str) -> Self {
        let mut leaves = BTreeSet::new();
        match serde_json::from_str::<Value>(text) {
            Ok(value) => collect(&value, &mut leaves),
            Err(_) => drop(leaves.insert(text.to_owned())),
        }
        let text = leaves.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
        Self { leaves, text }
    }

    fn has(&self, item: &str) -> bool {
        let quote = Quote::from(item);
        let escaped = || [quote.terminal(), quote.xml()].iter().any(|shown| shown != item && self.text.contains(shown));
        self.leaves.contains(item) || self.text.contains(item) || escaped()
    }
}

fn collect(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::String(s) => drop(out.insert(s.clone())),
        Value::Number(n) => drop(out.insert(n.to_string())),
        Value::Array(a) => a.iter().for_each(|v| collect(v, out)),
        Value::Object(o) => o.values().for_each(|v| collect(v, out)),
        Value::Null | Value::Bool(_) => {}
    }
}

/// What a case holds, by sort, each thing by the words it must come back with.
fn things(d: &Dossier) -> Vec<(&'static str, Vec<String>)> {
    let j = &d.judgement;
    let f = || d.findings.iter();
    let witnesses = || f().flat_map(|f| f.witnesses.get());
    let raw = |q: &Quote| q.raw().to_owned();
    let filled = |all: Vec<String>| all.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>();
    let date = |w: Option<When>| w.map(|w| w.date());
    vec![
        ("findings", f().map(|f| f.id.clone()).collect()),
        ("null models", f().map(|f| f.chance.null.clone()).collect()),
        ("innocent explanations", f().flat_map(|f| f.innocent.get()).map(|i| i.what.clone()).collect()),
        ("techniques named", f().flat_map(|f| &f.techniques).map(|t| t.id.clone()).collect()),
        ("quotes that show findings", filled(witnesses().map(|w| raw(&w.quote)).collect())),
        ("words around the quotes", filled(witnesses().map(|w| raw(&w.words)).collect())),
        ("evidence that witnesses name", witnesses().map(|w| w.place.evidence.to_string()).collect()),
        ("actors in findings", d.actors.iter().filter(|a| !a.findings.is_empty()).map(|a| raw(&a.name)).collect()),
        ("rulings' reasons", filled(d.rulings.iter().map(|r| raw(&r.why)).collect())),
        ("networks", d.networks.iter().map(|n| n.id.clone()).collect()),
        ("first meetings of networks", met(d).map(|m| m.0.iso()).collect()),
        ("last meetings of networks", met(d).map(|m| m.1.iso()).collect()),
        ("seals", filled(d.evidence.iter().filter(|e| e.parent.is_none()).map(|e| e.sha256.clone()).collect())),
        ("layouts understood", filled(d.evidence.iter().map(|e| raw(&e.layout)).collect())),
        ("notes on reading", d.notes.iter().map(|n| raw(&n.text)).collect()),
        ("channels of the timeline", d.timeline.iter().map(|c| c.name.clone()).collect()),
        ("marks", d.marks.iter().map(|m| m.label.clone()).collect()),
        ("statements' words", j.statements.iter().map(|s| raw(&s.words)).collect()),
        ("statements' places", j.statements.iter().map(|s| raw(&s.place)).collect()),
        (
            "beginnings of the times statements speak of",
            j.statements.iter().filter_map(|s| date(s.about.from)).collect(),
        ),
        ("pages and documents that repeat or quote", j.texts.lines.iter().map(|l| l.id.clone()).collect()),
        ("claims of descent", j.descents.iter().map(|c| c.id.clone()).collect()),
        ("times in their own words", filled(j.statements.iter().map(|s| raw(&s.about.words)).collect())),
        ("hypotheses", j.questions.iter().flat_map(|q| &q.hypotheses).map(|h| raw(&h.text)).collect()),
        ("gaps", j.questions.iter().flat_map(|q| &q.gaps).map(raw).collect()),
        ("weights", j.weights.iter().map(|w| w.id.clone()).collect()),
        ("claims of sameness", j.sameness.iter().map(|m| m.id.clone()).collect()),
        ("grounds", j.grounds.iter().map(|g| raw(&g.text)).collect()),
        ("acts of the ledger", d.acts.iter().map(|a| a.hash.clone()).collect()),
        ("settings", vec![d.method.settings_toml.clone()]),
    ]
}

/// When the first and the last two members of each network met, where that is known.
fn met(d: &Dossier) -> impl Iterator<Item = (When, When)> {
    d.networks.iter().filter_map(|n| {
        let spells = || n.links.iter().flat_map(|l| &l.met);
        Some((spells().map(|m| m.start).min()?, spells().map(|m| m.end).max()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_back_is_found_and_what_did_not_is_named() {
        let back = Back::read(r#"{"a": ["one two", 3], "b": {"c": "f\\u{1b}"}}"#);
        let all = ["one two", "two", "3", "f\u{1b}", "four"].map(str::to_owned);
        let told = loss("things", &all, &back);
        assert_eq!((told.all, told.kept, told.missing), (5, 4, vec![Quote::from("four")]));
        assert!(Back::read("plain, four").has("four"));
        assert!(Back::read("<a b=\"one &amp; two\"/>").has("one & two") && !Back::read("<a/>").has("one & two"));
    }
}
