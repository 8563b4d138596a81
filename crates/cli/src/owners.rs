//! `unspool owners`: which sites share an owner, and the edges that say so.

use crate::{Args, End, Trouble, now, pipe, with_run};
use case::{Case, Inputs, Owned, OwnedEdge};
use clap::ValueEnum;
use serde_json::json;
use std::io::{self, Write};
use std::path::PathBuf;

/// Say which sites share an owner, from DNS, registration, certificates and pages, in bits against chance
#[derive(Debug, clap::Args)]
pub struct Owners {
    /// Files and folders: tables, WHOIS, RDAP, passive DNS, zone files, certificates, pages, WARC, HAR; `-` for standard input
    #[arg(required_unless_present = "case")]
    evidence: Vec<PathBuf>,
    /// Ask an existing case instead
    #[arg(long, value_name = "CASE", conflicts_with = "evidence")]
    case: Option<PathBuf>,
    /// How to write it
    #[arg(long, short, default_value = "text")]
    format: Form,
    /// With csv: the edges, not the sites
    #[arg(long)]
    edges: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For reading
    Text,
    /// `site,cluster`, or with --edges `a,b,bits,grounds,kind,value,value_bits`
    Csv,
    /// A line per cluster, site, edge, platform and copy, told apart by `type`
    Jsonl,
}

/// Reads, ties, prints.
pub fn run(args: &Args, asked: &Owners) -> Result<End, Trouble> {
    let owned = match &asked.case {
        Some(dir) => with_run(args, |run| Case::look(dir)?.owned(run))?,
        None => read(args, &asked.evidence)?,
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let wrote = match (asked.format, asked.edges) {
        (Form::Text, _) => text(&owned, &mut out),
        (Form::Csv, false) => sites(&owned, &mut out),
        (Form::Csv, true) => edges(&owned, &mut out),
        (Form::Jsonl, _) => lines(&owned, &mut out),
    };
    pipe(wrote.and_then(|()| out.flush()))?;
    let incomplete = owned.notes.iter().filter(|n| n.code.incomplete()).collect::<Vec<_>>();
    incomplete.iter().take(5).for_each(|n| eprintln!("note: {} {}: {}", n.evidence, n.code.word(), n.text.terminal()));
    Ok(if incomplete.is_empty() { End::Done } else { End::NotReadWhole })
}

fn read(args: &Args, evidence: &[PathBuf]) -> Result<Owned, Trouble> {
    let stdin = evidence.iter().any(|e| e.as_os_str() == "-");
    let paths: Vec<PathBuf> = evidence.iter().filter(|e| e.as_os_str() != "-").cloned().collect();
    if let Some(path) = paths.iter().find(|p| !p.exists()) {
        return Err(format!("cannot read {}: no such file or folder", path.display()).into());
    }
    let scratch = std::env::temp_dir().join(format!("unspool-owners-{}-{}", std::process::id(), now().0));
    let owned = with_run(args, |run| {
        let mut input = io::stdin();
        let stdin = stdin.then_some(&mut input as &mut dyn io::Read);
        case::owned(Inputs { paths, stdin }, &scratch, run)
    });
    let _ = std::fs::remove_dir_all(&scratch);
    Ok(owned?)
}

fn text(owned: &Owned, out: &mut dyn Write) -> io::Result<()> {
    let tied = owned.clusters.iter().map(|c| c.sites).sum::<usize>();
    writeln!(
        out,
        "{} sites, {} of them in {} clusters; two are tied from {:.1} bits up (one in {} site pairs).",
        owned.sites.len(),
        tied,
        owned.clusters.len(),
        owned.cut,
        findings::one_in(owned.cut)
    )?;
    for cluster in &owned.clusters {
        let weakest = &owned.edges[cluster.weakest];
        writeln!(out, "\nCluster {}: {} sites", cluster.cluster, cluster.sites)?;
        let members: Vec<String> = owned
            .sites
            .iter()
            .filter(|s| s.cluster == cluster.cluster)
            .take(12)
            .map(|s| s.site.defanged().terminal())
            .collect();
        let more = cluster.sites.saturating_sub(members.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(out, "  {}{more}", members.join(", "))?;
        writeln!(
            out,
            "  falls into {} and {} without its weakest edge: {}",
            cluster.parts.0,
            cluster.parts.1,
            edge(weakest)
        )?;
    }
    for (kind, value, sites) in owned.platforms.iter().take(20) {
        writeln!(out, "\nNot counted: {kind} {} (on {sites} sites of many owners)", value.short(80).terminal())?;
    }
    for (copy, original) in &owned.copies {
        writeln!(out, "\nBuilt from another's pages: {} from {}", copy.terminal(), original.terminal())?;
    }
    Ok(())
}

fn edge(edge: &OwnedEdge) -> String {
    let by: Vec<String> = edge
        .by
        .iter()
        .filter(|b| b.bits > 0.0)
        .take(4)
        .map(|b| format!("{} {} ({:.1})", b.kind, b.value.short(60).terminal(), b.bits))
        .collect();
    format!(
        "{} – {}, {:.1} bits, one in {} site pairs ({}): {}",
        edge.a.defanged().terminal(),
        edge.b.defanged().terminal(),
        edge.bits,
        findings::one_in(edge.bits),
        edge.grounds.word(),
        by.join(", ")
    )
}

fn sites(owned: &Owned, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "site,cluster")?;
    owned.sites.iter().try_for_each(|s| writeln!(out, "{},{}", s.site.cell(), s.cluster))
}

fn edges(owned: &Owned, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "a,b,bits,grounds,kind,value,value_bits")?;
    for e in &owned.edges {
        for by in &e.by {
            let (a, b, grounds) = (e.a.cell(), e.b.cell(), e.grounds.word());
            writeln!(out, "{a},{b},{:.2},{grounds},{},{},{:.2}", e.bits, by.kind, by.value.cell(), by.bits)?;
        }
    }
    Ok(())
}

fn lines(owned: &Owned, out: &mut dyn Write) -> io::Result<()> {
    let mut line = |value: serde_json::Value| writeln!(out, "{value}");
    for c in &owned.clusters {
        let (a, b) = (owned.edges[c.weakest].a.raw(), owned.edges[c.weakest].b.raw());
        let parts = [c.parts.0, c.parts.1];
        line(json!({"type": "cluster", "cluster": c.cluster, "sites": c.sites, "weakest": [a, b], "parts": parts}))?;
    }
    for s in &owned.sites {
        line(json!({"type": "site", "site": s.site.raw(), "cluster": s.cluster}))?;
    }
    for e in &owned.edges {
        let by: Vec<_> = e.by.iter().map(|b| json!({"kind": b.kind, "value": b.value.raw(), "bits": b.bits})).collect();
        let grounds = e.grounds.word();
        line(json!({"type": "edge", "a": e.a.raw(), "b": e.b.raw(), "bits": e.bits, "grounds": grounds, "by": by}))?;
    }
    for (kind, value, sites) in &owned.platforms {
        line(json!({"type": "platform", "kind": kind, "value": value.raw(), "sites": sites}))?;
    }
    for (copy, original) in &owned.copies {
        line(json!({"type": "copy", "copy": copy.raw(), "original": original.raw()}))?;
    }
    Ok(())
}
