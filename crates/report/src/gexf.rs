//! The networks for Gephi, with when each account was active and when each two of them met. An actor in several
//! networks stands once, with the first of them; who has no known time is there all the time.
//! Source: GEXF 1.3, <https://gexf.net/>.

use crate::{Export, words};
use model::{ActorLine, Card, Dossier, NetworkLine, NetworkLink, NetworkMember, Quote, Spell, When};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card { id: "gexf", about: "the networks for Gephi, over time", source: "GEXF 1.3, https://gexf.net/" },
    extension: "gexf",
    write,
};

const NODE: &[(&str, &str)] = &[
    ("sort", "string"),
    ("network", "string"),
    ("centrality", "double"),
    ("degree", "integer"),
    ("leads", "double"),
    ("records", "long"),
    ("traces", "long"),
    ("findings", "string"),
];
const EDGE: &[(&str, &str)] =
    &[("network", "string"), ("kinds", "string"), ("expected", "double"), ("q", "double"), ("lag_seconds", "double")];

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "<meta><creator>Unspool {}</creator>", xml(&d.method.version))?;
    writeln!(out, "<description>{}</description></meta>", description(d))?;
    writeln!(out, "<graph defaultedgetype=\"undirected\" {}>", mode(d))?;
    attributes(out, "node", NODE)?;
    attributes(out, "edge", EDGE)?;
    nodes(d, out)?;
    edges(d, out)?;
    writeln!(out, "</graph>\n</gexf>")
}

/// Whether time is in it, and from when to when.
fn mode(d: &Dossier) -> String {
    let of_members = members(d).into_iter().flat_map(|(a, ..)| held(&a.active));
    let all: Vec<&Spell> = of_members.chain(links(d).flat_map(|(_, l, ..)| held(&l.met))).collect();
    match (all.iter().map(|s| s.start).min(), all.iter().map(|s| s.end).max()) {
        (Some(start), Some(end)) => format!(
            "mode=\"dynamic\" timeformat=\"dateTime\" timerepresentation=\"interval\" start=\"{}\" end=\"{}\"",
            start.iso(),
            end.iso()
        ),
        _ => "mode=\"static\"".to_owned(),
    }
}

/// Stretches that XML Schema's `dateTime` can hold: in years of four digits.
fn held(spells: &[Spell]) -> impl Iterator<Item = &Spell> {
    let holds = |w: When| (1..=9999).contains(&w.civil().0);
    spells.iter().filter(move |s| holds(s.start) && holds(s.end))
}

/// First and last moment of stretches, as XML Schema's `dateTime` has them.
pub fn lives(spells: &[Spell]) -> impl Iterator<Item = (String, String)> {
    held(spells).map(|s| (s.start.iso(), s.end.iso()))
}

/// One stretch stands in the element itself, several are told one by one after its values.
fn life(spells: &[Spell]) -> (String, String) {
    let all: Vec<String> = lives(spells).map(|(start, end)| format!(" start=\"{start}\" end=\"{end}\"")).collect();
    match all.as_slice() {
        [] => (String::new(), String::new()),
        [only] => (only.clone(), String::new()),
        several => {
            let spells: String = several.iter().map(|s| format!("<spell{s}/>")).collect();
            (String::new(), format!("<spells>{spells}</spells>"))
        }
    }
}

/// Our own words, escaped for XML.
pub fn xml(s: &str) -> String {
    Quote::from(s).xml()
}

/// Title of the case, and that it is made up where it is.
pub fn description(d: &Dossier) -> String {
    let made_up = if d.synthetic { format!("{} ", words::SYNTHETIC) } else { String::new() };
    format!("{}{}", xml(&made_up), d.title.xml())
}

/// Every member of a network once, with the first network it is in.
pub fn members(d: &Dossier) -> Vec<(&ActorLine, &NetworkLine, &NetworkMember)> {
    let mut seen = BTreeSet::new();
    let all = d.networks.iter().flat_map(|n| n.members.iter().map(move |m| (n, m)));
    all.filter(|(_, m)| seen.insert(m.actor)).filter_map(|(n, m)| Some((words::actor(d, m.actor)?, n, m))).collect()
}

/// Every link between two members that [`members`] names: its network, the link, the ids of its ends.
pub fn links(d: &Dossier) -> impl Iterator<Item = (&NetworkLine, &NetworkLink, &str, &str)> {
    let known: BTreeSet<u32> = d.networks.iter().flat_map(|n| n.members.iter().map(|m| m.actor)).collect();
    d.networks
        .iter()
        .flat_map(|n| n.links.iter().map(move |l| (n, l)))
        .filter(move |(_, l)| known.contains(&l.a) && known.contains(&l.b))
        .filter_map(|(n, l)| Some((n, l, words::actor(d, l.a)?.id.as_str(), words::actor(d, l.b)?.id.as_str())))
}

/// `url 12; hashtag 3`.
pub fn kinds(l: &NetworkLink) -> String {
    l.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect::<Vec<_>>().join("; ")
}

/// A number XML Schema's `double` can hold.
pub fn double(x: f64) -> String {
    match x {
        x if x.is_nan() => "NaN".to_owned(),
        x if x.is_infinite() => if x > 0.0 { "INF" } else { "-INF" }.to_owned(),
        x => x.to_string(),
    }
}

fn attributes(out: &mut dyn Write, class: &str, all: &[(&str, &str)]) -> io::Result<()> {
    writeln!(out, "<attributes class=\"{class}\">")?;
    for (title, sort) in all {
        writeln!(out, "<attribute id=\"{title}\" title=\"{title}\" type=\"{sort}\"/>")?;
    }
    writeln!(out, "</attributes>")
}

fn values(out: &mut dyn Write, names: &[(&str, &str)], values: &[String]) -> io::Result<()> {
    out.write_all(b"<attvalues>")?;
    for ((name, _), value) in names.iter().zip(values) {
        write!(out, "<attvalue for=\"{name}\" value=\"{value}\"/>")?;
    }
    out.write_all(b"</attvalues>")
}

/// What is said of a member beside its name, escaped, in the order of [`NODE`].
pub fn about(a: &ActorLine, n: &NetworkLine, m: &NetworkMember) -> [String; 8] {
    [
        a.sort.word().to_owned(),
        xml(&n.id),
        double(m.centrality),
        m.degree.to_string(),
        double(m.leads),
        a.records.to_string(),
        a.traces.to_string(),
        xml(&a.findings.join(" ")),
    ]
}

fn nodes(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<nodes>")?;
    for (a, n, m) in members(d) {
        let (whole, parts) = life(&a.active);
        write!(out, "<node id=\"{}\" label=\"{}\"{whole}>", xml(&a.id), a.name.xml())?;
        values(out, NODE, &about(a, n, m))?;
        writeln!(out, "{parts}</node>")?;
    }
    writeln!(out, "</nodes>")
}

fn edges(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<edges>")?;
    for (i, (n, l, a, b)) in links(d).enumerate() {
        let (whole, parts) = life(&l.met);
        write!(out, "<edge id=\"{i}\" source=\"{}\" target=\"{}\" weight=\"{}\"{whole}>", xml(a), xml(b), l.weight)?;
        values(out, EDGE, &[xml(&n.id), xml(&kinds(l)), double(l.expected), double(l.q), double(l.lag_seconds)])?;
        writeln!(out, "{parts}</edge>")?;
    }
    writeln!(out, "</edges>")
}
