//! Indicators as rows: plain for machines, defanged for people, with what speaks against each.

use crate::sheet::{Cell, table};
use crate::{Export, indicators, words};
use model::{ActorLine, Card, Dossier, Finding, Sort};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "csv-indicators",
        about: "indicators of findings at least moderate and not dismissed, plain and defanged",
        source: "RFC 4180; OWASP, \"CSV Injection\"",
    },
    extension: "csv",
    write,
};

const COLUMNS: &[&str] =
    &["type", "indicator", "defanged", "actor", "confidence", "findings", "otherwise", "first", "last", "tlp"];

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let actors = indicators::actors(d).into_iter().filter_map(|a| words::actor(d, a));
    table(out, COLUMNS, actors.map(|a| row(d, a)), d.synthetic)
}

fn row(d: &Dossier, a: &ActorLine) -> Vec<Cell> {
    let of = |f: &&Finding| a.findings.contains(&f.id) && !words::dismissed(d, f);
    let findings: Vec<&Finding> = d.findings.iter().filter(of).collect();
    let otherwise: Vec<&str> = findings.iter().map(|f| f.innocent.get()[0].what.as_str()).collect();
    let sure = findings.iter().map(|f| f.confidence).max().map_or("", |c| c.word());
    let kind = match a.sort {
        Sort::Account => "account",
        Sort::Mailbox => "email",
        Sort::Site | Sort::Host if a.name.raw().parse::<std::net::IpAddr>().is_ok() => "ip",
        Sort::Site | Sort::Host => "domain",
        Sort::File => "file",
    };
    let when = |w: Option<model::When>| Cell::text(w.map(|w| w.iso()).unwrap_or_default());
    vec![
        Cell::text(kind),
        Cell::quote(&a.name),
        Cell::quote(&a.name.defanged()),
        Cell::text(&a.id),
        Cell::text(sure),
        Cell::text(findings.iter().map(|f| f.id.as_str()).collect::<Vec<_>>().join(" ")),
        Cell::text(otherwise.join("; ")),
        when(findings.iter().filter_map(|f| f.first).min()),
        when(findings.iter().filter_map(|f| f.last).max()),
        Cell::text(d.method.settings.case.tlp.word()),
    ]
}
