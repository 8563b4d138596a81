//! `unspool coordinate`: one method on some posts.

use crate::{Args, End, Trouble, with_run};
use case::{Coordinated, Error, Inputs};
use links::{Asked, METHODS, Method};
use model::{Quote, Remark};
use report::EdgeForm;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Who acts together with whom in these posts, by one method, without a case
#[derive(Debug, clap::Args)]
pub struct Coordinate {
    /// Posts in any format that `unspool list formats` names; `-` for standard input
    #[arg(required = true)]
    posts: Vec<PathBuf>,
    /// One of `unspool list methods`
    #[arg(long, default_value = "unspool", value_name = "ID")]
    method: String,
    /// What is shared, where the method asks: repost, url, text …
    #[arg(long)]
    kind: Option<String>,
    /// Largest time between two acts: 60s, 5m, 1h
    #[arg(long)]
    window: Option<String>,
    /// Least weight of an edge
    #[arg(long)]
    min: Option<String>,
    /// Any other knob of the method (see `unspool explain ID`)
    #[arg(long = "set", value_name = "KNOB=VALUE")]
    knobs: Vec<String>,
    /// Write the edges here, as .csv, .parquet, .gexf, .graphml or .jsonl (default: CSV to standard output)
    #[arg(long, short)]
    out: Option<PathBuf>,
    /// Write every account with its score and network here
    #[arg(long, value_name = "FILE")]
    accounts: Option<PathBuf>,
    /// Settings as in a case's case.toml: column names, windows, rates
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
}

/// What was asked wrongly, in words.
struct Asking(String);

pub fn run(args: &Args, ask: &Coordinate) -> Result<End, Trouble> {
    let checked = method(ask).and_then(|m| Ok((m, asked(m, ask)?, form(ask)?)));
    let (method, asked, form) = match checked {
        Ok(checked) => checked,
        Err(Asking(why)) => {
            eprintln!(
                "error: {}\n\nhint: `unspool list methods`, `unspool explain METHOD`",
                Quote::from(why).terminal()
            );
            return Ok(End::AskedWrongly);
        }
    };
    let settings = settings(ask)?;
    let coordinated = with_run(args, |run| {
        let mut input = io::stdin();
        let stdin = ask.posts.iter().any(|p| p == Path::new("-"));
        let stdin = stdin.then_some(&mut input as &mut dyn io::Read);
        let paths = ask.posts.iter().filter(|p| *p != Path::new("-")).cloned().collect();
        case::coordinate(Inputs { paths, stdin }, method, &asked, &settings, run)
    })?;
    write(ask, form, &coordinated)?;
    if !args.quiet {
        tell(&coordinated, method);
    }
    Ok(if coordinated.incomplete() { End::NotReadWhole } else { End::Done })
}

fn method(ask: &Coordinate) -> Result<&'static Method, Asking> {
    let found = METHODS.iter().find(|m| m.card.id == ask.method);
    found.copied().ok_or_else(|| Asking(format!("there is no method called {}", ask.method)))
}

fn asked(method: &Method, ask: &Coordinate) -> Result<Asked, Asking> {
    let mut settings: Vec<(&str, &str)> = Vec::new();
    for (knob, value) in [("kind", &ask.kind), ("window", &ask.window), ("min", &ask.min)] {
        settings.extend(value.as_deref().map(|v| (knob, v)));
    }
    for knob in &ask.knobs {
        let pair = knob.split_once('=').ok_or_else(|| Asking(format!("--set takes KNOB=VALUE, not {knob}")))?;
        settings.push(pair);
    }
    Asked::of(method, &settings).map_err(Asking)
}

/// `None` for Parquet.
fn form(ask: &Coordinate) -> Result<Option<EdgeForm>, Asking> {
    let Some(path) = &ask.out else { return Ok(Some(EdgeForm::Csv)) };
    match path.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "csv" => Ok(Some(EdgeForm::Csv)),
        "jsonl" => Ok(Some(EdgeForm::Jsonl)),
        "gexf" => Ok(Some(EdgeForm::Gexf)),
        "graphml" => Ok(Some(EdgeForm::Graphml)),
        "parquet" => Ok(None),
        other => Err(Asking(format!("edges are written as .csv, .parquet, .gexf, .graphml or .jsonl, not .{other}"))),
    }
}

fn settings(ask: &Coordinate) -> Result<model::Settings, Error> {
    let Some(path) = &ask.settings else { return Ok(model::Settings::default()) };
    let kinds = traces::infos();
    let ids: Vec<&str> = kinds.iter().map(|k| k.card.id).collect();
    case::load_settings(path, &ids)
}

fn write(ask: &Coordinate, form: Option<EdgeForm>, c: &Coordinated) -> Result<(), Trouble> {
    match (&ask.out, form) {
        (Some(path), Some(form)) => case::write_whole(path, &mut |to| report::edges(&c.found, form, to))?,
        (Some(path), None) => case::write_edges_parquet(&c.found, path)?,
        (None, form) => {
            let mut to = io::BufWriter::new(io::stdout().lock());
            crate::pipe(report::edges(&c.found, form.unwrap_or(EdgeForm::Csv), &mut to).and_then(|()| to.flush()))?;
        }
    }
    if let Some(path) = &ask.accounts {
        case::write_whole(path, &mut |to| report::accounts(&c.found, to))?;
    }
    Ok(())
}

/// Notes, and what came out in figures.
fn tell(c: &Coordinated, method: &Method) {
    for (name, layout) in &c.layouts {
        eprintln!("note: {}: {}", name.terminal(), layout.terminal());
    }
    for (name, note) in &c.notes {
        eprintln!("note: {}: {}: {} ×{}", name.terminal(), note.code.word(), note.text.terminal(), note.times);
    }
    c.found.remarks.iter().for_each(|r| eprintln!("note: {}", remark(r)));
    let changed = report::changed_names(&c.found);
    if changed > 0 {
        eprintln!(
            "note: {changed} account name(s) that a spreadsheet might run or that hide characters are written escaped"
        );
    }
    let networks = c.found.networks.iter().max().copied().unwrap_or(0);
    eprintln!(
        "{}: {} posts of {} accounts, {} edges, {networks} networks",
        method.card.id,
        c.posts,
        c.found.accounts.len(),
        c.found.edges.len()
    );
}

fn remark(r: &Remark) -> String {
    if r.all == 0 {
        return Quote::from(r.text.as_str()).terminal();
    }
    let rows: Vec<String> = r.rows.iter().map(u32::to_string).collect();
    let more = if r.all > rows.len() as u64 { ", …" } else { "" };
    format!("{} ({} rows: {}{more})", Quote::from(r.text.as_str()).terminal(), r.all, rows.join(", "))
}
