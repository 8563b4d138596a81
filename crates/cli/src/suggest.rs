//! Techniques to think of, from what others coded together; and how far that can be trusted.

use crate::{End, Trouble, pipe};
use case::{Case, Incident, Measured, Suggestion};
use std::io::{self, Write};
use std::path::PathBuf;

/// Name techniques to think of beside those a case has; nothing is put in (docs/judgement.md)
#[derive(Debug, clap::Args)]
pub struct Suggest {
    /// The case's folder
    case: PathBuf,
    /// How many at most
    #[arg(long, default_value_t = 10)]
    top: usize,
    /// Print them as entries of a form for `unspool judge`, each to be read, given a reason, or thrown away
    #[arg(long)]
    form: bool,
    /// Another table of incidents: a line each, `NAME<tab>T0001 T0002 …`
    #[arg(long, value_name = "FILE")]
    incidents: Option<PathBuf>,
}

/// Measure suggestions: each coded incident left out, its techniques sought from the others
#[derive(Debug, clap::Args)]
pub struct Measure {
    /// Another table of incidents: a line each, `NAME<tab>T0001 T0002 …`
    #[arg(long, value_name = "FILE")]
    incidents: Option<PathBuf>,
}

/// The table of a file, or the one that comes with the program.
fn with<T>(file: Option<&PathBuf>, f: impl FnOnce(&[Incident<'_>]) -> T) -> Result<T, Trouble> {
    let Some(path) = file else { return Ok(f(&model::incidents().collect::<Vec<_>>())) };
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    let incidents: Vec<Incident<'_>> = model::parse_incidents(&text).collect();
    if incidents.is_empty() {
        return Err(format!("{} has no line of the shape `NAME<tab>T0001 T0002`", path.display()).into());
    }
    Ok(f(&incidents))
}

impl Suggest {
    /// Prints what to think of and why.
    pub fn run(&self) -> Result<End, Trouble> {
        let dossier = Case::look(&self.case)?.dossier()?;
        let found = with(self.incidents.as_ref(), |incidents| case::suggest(&dossier, incidents, self.top))?;
        let mut out = io::stdout().lock();
        if found.is_empty() {
            eprintln!("Nothing to suggest: the case names no technique that coded incidents have.");
        }
        for s in &found {
            pipe(if self.form { entry(s, &mut out) } else { line(s, &mut out) })?;
        }
        eprintln!(
            "Suggestions only: of ten, fewer than one is right on average (docs/accuracy.md). Nothing was put into the case."
        );
        Ok(End::Done)
    }
}

fn name(id: &str) -> &'static str {
    model::technique(id).map_or("", |t| t.name)
}

fn reason(s: &Suggestion) -> String {
    let mut parts = Vec::new();
    if !s.with.is_empty() {
        let few = s.with.iter().take(4).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if s.with.len() > 4 { ", …" } else { "" };
        let shared = s.shared.join(", ");
        parts.push(format!(
            "coded with {shared} in {} of {} incidents that have it ({few}{more})",
            s.with.len(),
            s.coded
        ));
    }
    if !s.beside.is_empty() {
        parts.push(format!("the crosswalk sets it beside {}", s.beside.join(", ")));
    }
    parts.join("; ")
}

fn line(s: &Suggestion, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}  {}\n    {}", s.technique, name(&s.technique), reason(s))
}

fn entry(s: &Suggestion, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}: {}", name(&s.technique), reason(s))?;
    writeln!(out, "[[technique]]\nid = \"{}\"\nknown = \"inferred\"\nwhy = \"\"\n", s.technique)
}

impl Measure {
    /// Prints the table that stands in docs/accuracy.md.
    pub fn run(&self) -> Result<End, Trouble> {
        let (all, incidents, pairs) =
            with(self.incidents.as_ref(), |i| (case::measure(i), i.len(), i.iter().map(|i| i.1.len()).sum::<usize>()))?;
        let mut out = io::stdout().lock();
        pipe(writeln!(out, "{incidents} incidents, {pairs} pairs; each incident left out of what votes on it\n"))?;
        pipe(table(&all, &mut out))?;
        Ok(End::Done)
    }
}

fn table(all: &[Measured], out: &mut dyn Write) -> io::Result<()> {
    let places: Vec<usize> = all.first().map(|m| m.at.iter().map(|a| a.0).collect()).unwrap_or_default();
    let heads: String = places.iter().map(|k| format!(" recall at {k} | precision at {k} |")).collect();
    writeln!(out, "| given | ranked by | rankings | hidden | reachable |{heads}")?;
    writeln!(out, "|{}", " --- |".repeat(5 + 2 * places.len()))?;
    for m in all {
        let cells: String =
            m.at.iter().map(|a| format!(" {:.3} | {:.3} |", a.1 as f64 / m.hidden.max(1) as f64, a.2)).collect();
        writeln!(out, "| {} | {} | {} | {} | {} |{cells}", m.given, m.ranked, m.rankings, m.hidden, m.reachable)?;
    }
    Ok(())
}
