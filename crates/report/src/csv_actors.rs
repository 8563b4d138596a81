//! Actors as rows for a spreadsheet; a member of a network has its place in it beside.

use crate::Export;
use crate::sheet::{Cell, table};
use model::{Card, Dossier, NetworkLine, NetworkMember};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "csv-actors",
        about: "actors as a table, safe in a spreadsheet",
        source: "RFC 4180; OWASP, \"CSV Injection\"",
    },
    extension: "csv",
    write,
};

const COLUMNS: &[&str] = &[
    "actor",
    "sort",
    "name",
    "records",
    "traces",
    "network",
    "degree",
    "centrality",
    "leads",
    "findings",
    "first",
    "last",
];

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let mut networks: BTreeMap<u32, (&NetworkLine, &NetworkMember)> = BTreeMap::new();
    for (network, member) in d.networks.iter().flat_map(|n| n.members.iter().map(move |m| (n, m))) {
        networks.entry(member.actor).or_insert((network, member));
    }
    let rows = d.actors.iter().enumerate().map(|(no, a)| {
        let within = networks.get(&(no as u32));
        vec![
            Cell::text(&a.id),
            Cell::text(a.sort.word()),
            Cell::quote(&a.name),
            Cell::Count(a.records),
            Cell::Count(a.traces),
            Cell::text(within.map_or("", |(n, _)| &n.id)),
            Cell::maybe(within.map(|(_, m)| f64::from(m.degree))),
            Cell::maybe(within.map(|(_, m)| m.centrality)),
            Cell::maybe(within.map(|(_, m)| m.leads)),
            Cell::text(a.findings.join(" ")),
            Cell::moment(a.active.first().map(|s| s.start)),
            Cell::moment(a.active.last().map(|s| s.end)),
        ]
    });
    table(out, COLUMNS, rows, d.synthetic)
}
