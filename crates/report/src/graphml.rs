//! The networks for everything else that reads graphs: igraph, NetworkX, yEd, Cytoscape. GraphML knows no time: first
//! and last moment are values like others, and `spells` has the stretches between as ISO 8601 has intervals.
//! Source: GraphML, <http://graphml.graphdrawing.org/>.

use crate::Export;
use crate::gexf::{about, description, double, kinds, links, lives, members, xml};
use model::{Card, Dossier, Spell};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "graphml",
        about: "the networks for igraph, NetworkX, Cytoscape and the like",
        source: "GraphML, http://graphml.graphdrawing.org/",
    },
    extension: "graphml",
    write,
};

/// Key, what it is for, type.
const KEYS: &[(&str, &str, &str)] = &[
    ("description", "graph", "string"),
    ("name", "node", "string"),
    ("sort", "node", "string"),
    ("network", "node", "string"),
    ("centrality", "node", "double"),
    ("degree", "node", "int"),
    ("leads", "node", "double"),
    ("records", "node", "long"),
    ("traces", "node", "long"),
    ("findings", "node", "string"),
    ("weight", "edge", "int"),
    ("network", "edge", "string"),
    ("kinds", "edge", "string"),
    ("expected", "edge", "double"),
    ("q", "edge", "double"),
    ("lag_seconds", "edge", "double"),
];

/// Keys of nodes and edges that only those have whose times are known.
const TIMES: [&str; 3] = ["start", "end", "spells"];

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for (key, of, sort) in KEYS {
        writeln!(out, "<key id=\"{of}-{key}\" for=\"{of}\" attr.name=\"{key}\" attr.type=\"{sort}\"/>")?;
    }
    for (of, key) in ["node", "edge"].into_iter().flat_map(|of| TIMES.map(|key| (of, key))) {
        writeln!(out, "<key id=\"{of}-{key}\" for=\"{of}\" attr.name=\"{key}\" attr.type=\"string\"/>")?;
    }
    writeln!(out, "<graph id=\"networks\" edgedefault=\"undirected\">")?;
    data(out, "graph", &[description(d)])?;
    nodes(d, out)?;
    edges(d, out)?;
    writeln!(out, "</graph>\n</graphml>")
}

/// Values of one graph, node or edge, in the order of [`KEYS`].
fn data(out: &mut dyn Write, of: &str, values: &[String]) -> io::Result<()> {
    for ((key, ..), value) in KEYS.iter().filter(|k| k.1 == of).zip(values) {
        write!(out, "<data key=\"{of}-{key}\">{value}</data>")?;
    }
    Ok(())
}

/// First and last moment and all stretches, where times are known.
fn times(out: &mut dyn Write, of: &str, spells: &[Spell]) -> io::Result<()> {
    let all: Vec<(String, String)> = lives(spells).collect();
    let (Some((start, _)), Some((_, end))) = (all.first(), all.last()) else { return Ok(()) };
    let each: Vec<String> = all.iter().map(|(start, end)| format!("{start}/{end}")).collect();
    for (key, value) in TIMES.iter().zip([start, end, &each.join(" ")]) {
        write!(out, "<data key=\"{of}-{key}\">{value}</data>")?;
    }
    Ok(())
}

fn nodes(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    for (a, n, m) in members(d) {
        write!(out, "<node id=\"{}\">", xml(&a.id))?;
        let mut values = vec![a.name.xml()];
        values.extend(about(a, n, m));
        data(out, "node", &values)?;
        times(out, "node", &a.active)?;
        writeln!(out, "</node>")?;
    }
    Ok(())
}

fn edges(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    for (i, (n, l, a, b)) in links(d).enumerate() {
        write!(out, "<edge id=\"l{i}\" source=\"{}\" target=\"{}\">", xml(a), xml(b))?;
        data(
            out,
            "edge",
            &[l.weight.to_string(), xml(&n.id), xml(&kinds(l)), double(l.expected), double(l.q), double(l.lag_seconds)],
        )?;
        times(out, "edge", &l.met)?;
        writeln!(out, "</edge>")?;
    }
    Ok(())
}
