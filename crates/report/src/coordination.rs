//! What a method says, as tables and graphs: the edges, and the accounts.
//!
//! Names of accounts stay as the input has them wherever that can do no harm, so that the files join with the input; a
//! name that a spreadsheet might run or that hides characters goes out through the door for cells, and is counted.
//! Sources: RFC 4180; GEXF 1.3; GraphML.

use crate::gexf::xml;
use model::{Coordination, Quote, Values};
use std::io::{self, Write};

/// A form of the edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeForm {
    /// `source,target,weight`, then what else the method knows.
    Csv,
    /// The same, one JSON object a line.
    Jsonl,
    /// For Gephi.
    Gexf,
    /// For most graph tools.
    Graphml,
}

/// Writes the edges.
///
/// # Errors
/// Whatever the writer says.
pub fn edges(c: &Coordination, form: EdgeForm, out: &mut dyn Write) -> io::Result<()> {
    match form {
        EdgeForm::Csv => edges_csv(c, out),
        EdgeForm::Jsonl => edges_jsonl(c, out),
        EdgeForm::Gexf => gexf(c, out),
        EdgeForm::Graphml => graphml(c, out),
    }
}

/// Writes every account with its score and the number of its network, which is empty for none.
///
/// # Errors
/// Whatever the writer says.
pub fn accounts(c: &Coordination, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "account,score,network")?;
    for (at, name) in c.accounts.iter().enumerate() {
        let network = if c.networks[at] == 0 { String::new() } else { c.networks[at].to_string() };
        writeln!(out, "{},{},{network}", cell(name), real(c.scores[at]))?;
    }
    Ok(())
}

/// How many names of accounts the tables cannot hold as they stand.
#[must_use]
pub fn changed_names(c: &Coordination) -> usize {
    c.accounts.iter().filter(|name| !harmless(name.raw())).count()
}

/// A number with at most 15 significant digits: as many as a double holds for certain.
#[must_use]
pub fn real(x: f64) -> String {
    let rounded: f64 = format!("{x:.14e}").parse().unwrap_or(x);
    if rounded != 0.0 && rounded.abs() < 1e-4 { format!("{rounded:e}") } else { rounded.to_string() }
}

/// True for a name that no spreadsheet runs and in which nothing is hidden.
fn harmless(name: &str) -> bool {
    let shown = Quote::from(name);
    let same = shown.terminal() == name;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | ' ');
    same && (shown.cell() == name || name.starts_with(['@', '-']) && name[1..].chars().all(plain))
}

fn cell(name: &Quote) -> String {
    let text = if harmless(name.raw()) { name.raw().to_owned() } else { name.cell() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// One value of a column, in words or figures of ours.
fn value(values: &Values, at: usize) -> String {
    match values {
        Values::Whole(v) => v[at].to_string(),
        Values::Real(v) => real(v[at]),
        Values::Words(v) => v[at].clone(),
    }
}

fn edges_csv(c: &Coordination, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "source,target,weight")?;
    c.edges.more.iter().try_for_each(|column| write!(out, ",{}", column.name))?;
    writeln!(out)?;
    let cells: Vec<String> = c.accounts.iter().map(cell).collect();
    for at in 0..c.edges.len() {
        let (source, target) = (c.edges.source[at] as usize, c.edges.target[at] as usize);
        write!(out, "{},{},{}", cells[source], cells[target], real(c.edges.weight[at]))?;
        c.edges.more.iter().try_for_each(|column| write!(out, ",{}", value(&column.values, at)))?;
        writeln!(out)?;
    }
    Ok(())
}

fn edges_jsonl(c: &Coordination, out: &mut dyn Write) -> io::Result<()> {
    let name = |n: u32| serde_json::Value::from(c.accounts[n as usize].raw());
    for at in 0..c.edges.len() {
        let (source, target) = (name(c.edges.source[at]), name(c.edges.target[at]));
        write!(out, "{{\"source\":{source},\"target\":{target},\"weight\":{}", real(c.edges.weight[at]))?;
        for column in &c.edges.more {
            let words = matches!(column.values, Values::Words(_));
            let text = value(&column.values, at);
            let text = if words { serde_json::Value::from(text).to_string() } else { text };
            write!(out, ",\"{}\":{text}", column.name)?;
        }
        writeln!(out, "}}")?;
    }
    Ok(())
}

/// The accounts that have an edge.
fn ends(c: &Coordination) -> Vec<u32> {
    let mut ends: Vec<u32> = c.edges.source.iter().chain(&c.edges.target).copied().collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

fn sort_of(values: &Values) -> &'static str {
    match values {
        Values::Whole(_) => "long",
        Values::Real(_) => "double",
        Values::Words(_) => "string",
    }
}

fn gexf(c: &Coordination, out: &mut dyn Write) -> io::Result<()> {
    let direction = if c.edges.directed { "directed" } else { "undirected" };
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "<graph defaultedgetype=\"{direction}\" mode=\"static\">\n<attributes class=\"node\">")?;
    writeln!(out, "<attribute id=\"score\" title=\"score\" type=\"double\"/>")?;
    writeln!(out, "<attribute id=\"network\" title=\"network\" type=\"integer\"/>\n</attributes>")?;
    writeln!(out, "<attributes class=\"edge\">")?;
    for k in &c.edges.more {
        writeln!(out, "<attribute id=\"{0}\" title=\"{0}\" type=\"{1}\"/>", k.name, sort_of(&k.values))?;
    }
    writeln!(out, "</attributes>\n<nodes>")?;
    for n in ends(c) {
        let at = n as usize;
        writeln!(out, "<node id=\"{n}\" label=\"{}\"><attvalues>", c.accounts[at].xml())?;
        writeln!(out, "<attvalue for=\"score\" value=\"{}\"/>", real(c.scores[at]))?;
        writeln!(out, "<attvalue for=\"network\" value=\"{}\"/></attvalues></node>", c.networks[at])?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for at in 0..c.edges.len() {
        let (source, target, weight) = (c.edges.source[at], c.edges.target[at], real(c.edges.weight[at]));
        writeln!(out, "<edge id=\"{at}\" source=\"{source}\" target=\"{target}\" weight=\"{weight}\"><attvalues>")?;
        for k in &c.edges.more {
            writeln!(out, "<attvalue for=\"{}\" value=\"{}\"/>", k.name, xml(&value(&k.values, at)))?;
        }
        writeln!(out, "</attvalues></edge>")?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")
}

fn graphml(c: &Coordination, out: &mut dyn Write) -> io::Result<()> {
    let direction = if c.edges.directed { "directed" } else { "undirected" };
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for (name, of, sort) in [
        ("name", "node", "string"),
        ("score", "node", "double"),
        ("network", "node", "int"),
        ("weight", "edge", "double"),
    ] {
        writeln!(out, "<key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{sort}\"/>")?;
    }
    for k in &c.edges.more {
        writeln!(
            out,
            "<key id=\"{0}\" for=\"edge\" attr.name=\"{0}\" attr.type=\"{1}\"/>",
            k.name,
            sort_of(&k.values)
        )?;
    }
    writeln!(out, "<graph edgedefault=\"{direction}\">")?;
    for n in ends(c) {
        let at = n as usize;
        write!(out, "<node id=\"n{n}\"><data key=\"name\">{}</data>", c.accounts[at].xml())?;
        write!(out, "<data key=\"score\">{}</data>", real(c.scores[at]))?;
        writeln!(out, "<data key=\"network\">{}</data></node>", c.networks[at])?;
    }
    for at in 0..c.edges.len() {
        write!(out, "<edge source=\"n{}\" target=\"n{}\">", c.edges.source[at], c.edges.target[at])?;
        write!(out, "<data key=\"weight\">{}</data>", real(c.edges.weight[at]))?;
        for k in &c.edges.more {
            write!(out, "<data key=\"{}\">{}</data>", k.name, xml(&value(&k.values, at)))?;
        }
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</graph>\n</graphml>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Column, Edges};

    fn sample() -> Coordination {
        let mut edges = Edges { directed: true, ..Edges::default() };
        edges.push(0, 2, 3.0);
        edges.more = vec![Column { name: "seconds", values: Values::Real(vec![1.0 / 3.0]) }];
        let accounts = ["@bob", "=cmd|' /C calc'!A0", "a,\"b\"", "x\u{202e}<b>"].map(Quote::from).to_vec();
        Coordination { accounts, edges, scores: vec![3.0, 0.0, 3.0, 0.0], networks: vec![1, 0, 1, 0], remarks: vec![] }
    }

    fn text(f: impl Fn(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        f(&mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn tables_keep_names_that_do_no_harm() {
        let c = sample();
        let edges = text(|out| edges(&c, EdgeForm::Csv, out));
        assert_eq!(edges, "source,target,weight,seconds\n@bob,\"a,\"\"b\"\"\",3,0.333333333333333\n");
        let accounts = text(|out| accounts(&c, out));
        assert!(accounts.contains("\n'=cmd|") && accounts.contains("x\\u{202e}<b>,0,\n"), "{accounts}");
        assert_eq!(changed_names(&c), 2);
    }

    #[test]
    fn graphs_are_harmless_and_whole() {
        let c = sample();
        for form in [EdgeForm::Gexf, EdgeForm::Graphml] {
            let graph = text(|out| edges(&c, form, out));
            assert!(graph.contains("a,&quot;b&quot;") && graph.contains("0.333333333333333"), "{graph}");
            assert!(graph.contains("\"directed\"") && !graph.contains('\u{202e}'), "{graph}");
        }
        let lines = text(|out| edges(&c, EdgeForm::Jsonl, out));
        let row: serde_json::Value = serde_json::from_str(lines.trim()).expect("JSON");
        assert_eq!((row["target"].as_str(), row["weight"].as_f64()), (Some("a,\"b\""), Some(3.0)));
    }

    #[test]
    fn numbers_have_fifteen_digits() {
        for (x, expected) in [(3.0, "3"), (55.625_999_927_520_75, "55.6259999275208"), (0.0, "0"), (1.25e-9, "1.25e-9")]
        {
            assert_eq!(real(x), expected);
        }
    }
}
