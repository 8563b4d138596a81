//! One JSON object a line, each with a `type`, for tools that stream: `case` first, then `evidence`, `note`, `finding`,
//! `ruling`, `actor`, `network`, `link`, `bin`, `mark`, `statement`, `question`, `weight`, `claim`, `technique`, `ground`, `act`. Lines stand for themselves: actors are named by id, not index.

use crate::json::line;
use crate::{Export, words};
use model::{Card, Dossier, Finding, Method, NetworkLine, NetworkLink, Quote, SCHEMA};
use serde::Serialize;
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "jsonl",
        about: "one JSON object a line, each with a type",
        source: "jsonlines.org; shapes as in the JSON export",
    },
    extension: "jsonl",
    write,
};

#[derive(Serialize)]
struct Typed<T> {
    r#type: &'static str,
    #[serde(flatten)]
    body: T,
}

#[derive(Serialize)]
struct Case<'a> {
    schema: u32,
    title: &'a Quote,
    question: &'a Quote,
    answer: &'a [String],
    synthetic: bool,
    method: &'a Method,
}

#[derive(Serialize)]
struct Found<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    actor_ids: Vec<&'a str>,
}

#[derive(Serialize)]
struct Net<'a> {
    id: &'a str,
    members: Vec<Membership<'a>>,
    links: u64,
    objects: &'a [(String, u32)],
    chance: &'a model::Chance,
    findings: &'a [String],
}

#[derive(Serialize)]
struct Membership<'a> {
    actor: &'a str,
    degree: u32,
    centrality: f64,
    leads: f64,
}

#[derive(Serialize)]
struct Joined<'a> {
    network: &'a str,
    a: &'a str,
    b: &'a str,
    weight: u32,
    kinds: &'a [(String, u32)],
    expected: f64,
    q: f64,
    lag_seconds: f64,
    met: &'a [model::Spell],
}

#[derive(Serialize)]
struct ChannelBin<'a> {
    channel: &'a str,
    #[serde(flatten)]
    bin: &'a model::Bin,
}

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    put(out, "case", case(d))?;
    all(out, "evidence", &d.evidence)?;
    all(out, "note", &d.notes)?;
    all(out, "finding", words::in_order(d).into_iter().map(|f| found(d, f)))?;
    all(out, "ruling", &d.rulings)?;
    all(out, "actor", &d.actors)?;
    all(out, "network", d.networks.iter().map(|n| net(d, n)))?;
    for n in &d.networks {
        all(out, "link", n.links.iter().map(|l| joined(d, n, l)))?;
    }
    for channel in &d.timeline {
        all(out, "bin", channel.bins.iter().map(|bin| ChannelBin { channel: &channel.name, bin }))?;
    }
    all(out, "mark", &d.marks)?;
    held(d, out)
}

fn held(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let j = &d.judgement;
    all(out, "statement", &j.statements)?;
    all(out, "question", &j.questions)?;
    all(out, "weight", &j.weights)?;
    all(out, "claim", &j.sameness)?;
    all(out, "technique", &j.techniques)?;
    all(out, "ground", &j.grounds)?;
    all(out, "descent", &j.descents)?;
    all(out, "origin", &j.origins)?;
    all(out, "echo", &j.echoes)?;
    all(out, "text", &j.texts.lines)?;
    all(out, "act", &d.acts)
}

fn put<T: Serialize>(out: &mut dyn Write, r#type: &'static str, body: T) -> io::Result<()> {
    line(&Typed { r#type, body }, out)
}

fn all<T: Serialize>(out: &mut dyn Write, r#type: &'static str, items: impl IntoIterator<Item = T>) -> io::Result<()> {
    items.into_iter().try_for_each(|item| put(out, r#type, item))
}

fn id(d: &Dossier, no: u32) -> &str {
    words::actor(d, no).map_or("", |a| &a.id)
}

fn case(d: &Dossier) -> Case<'_> {
    let Dossier { title, question, answer, synthetic, method, .. } = d;
    Case { schema: SCHEMA, title, question, answer, synthetic: *synthetic, method }
}

fn found<'a>(d: &'a Dossier, finding: &'a Finding) -> Found<'a> {
    Found { finding, actor_ids: finding.actors.iter().map(|a| id(d, a.0)).collect() }
}

fn net<'a>(d: &'a Dossier, n: &'a NetworkLine) -> Net<'a> {
    let member = |m: &model::NetworkMember| Membership {
        actor: id(d, m.actor),
        degree: m.degree,
        centrality: m.centrality,
        leads: m.leads,
    };
    Net {
        id: &n.id,
        members: n.members.iter().map(member).collect(),
        links: n.links.len() as u64,
        objects: &n.objects,
        chance: &n.chance,
        findings: &n.findings,
    }
}

fn joined<'a>(d: &'a Dossier, n: &'a NetworkLine, l: &'a NetworkLink) -> Joined<'a> {
    Joined {
        network: &n.id,
        a: id(d, l.a),
        b: id(d, l.b),
        weight: l.weight,
        kinds: &l.kinds,
        expected: l.expected,
        q: l.q,
        lag_seconds: l.lag_seconds,
        met: &l.met,
    }
}
