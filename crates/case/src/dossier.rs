//! Putting the finished thing together: numbers become lines that can be read without the case.

use crate::reading::Segments;
use crate::table::Table;
use crate::{Act, Case, VERSION, print_settings};
use model::{
    Activity, ActorInfo, ActorLine, ActorNo, Bin, Channel, Code, Confidence, Dossier, EvidenceId, EvidenceLine,
    Finding, KindInfo, Link, Linked, Mark, Method, Network, NetworkLine, NetworkLink, NetworkMember, Note, Quote,
    Seconds, Sort, Span, Spells, When,
};
use std::collections::{BTreeMap, BTreeSet};

/// Puts it together.
pub(crate) fn assemble(
    case: &Case,
    segments: &Segments,
    table: &Table,
    linked: &Linked,
    mut findings: Vec<Finding>,
) -> Dossier {
    let cast = Cast::new(linked, &findings, &table.actors);
    let evidence = evidence(case, segments);
    let notes = notes(case, segments, table);
    let networks: Vec<NetworkLine> =
        linked.networks.iter().map(|n| network(n, linked, table, &case.kinds, &cast, &findings)).collect();
    let timeline = timeline(table, &findings);
    for finding in &mut findings {
        finding.actors = finding.actors.iter().filter_map(|a| cast.line(*a)).map(ActorNo).collect();
        for witness in finding.witnesses.get_mut() {
            witness.actor = witness.actor.and_then(|a| cast.line(a)).map(ActorNo);
        }
    }
    let s = &case.settings().case;
    let title = if s.title.is_empty() { "Untitled case".to_owned() } else { s.title.clone() };
    let mut dossier = Dossier {
        title: Quote::from(title),
        question: Quote::from(s.question.as_str()),
        answer: Vec::new(),
        synthetic: s.synthetic,
        actors: cast.lines(table, &findings, &networks),
        marks: marks(case, &findings),
        method: method(case, segments, linked),
        evidence,
        notes,
        findings,
        rulings: Vec::new(),
        networks,
        timeline,
        judgement: model::Judgement::default(),
        acts: Vec::new(),
    };
    dossier.answer = answer(&dossier);
    dossier
}

/// Actors that appear in the report, and their numbers there.
struct Cast(BTreeMap<ActorNo, u32>);

impl Cast {
    fn new(linked: &Linked, findings: &[Finding], actors: &[ActorInfo]) -> Self {
        let mut all: BTreeSet<ActorNo> = linked.networks.iter().flat_map(|n| &n.members).map(|m| m.actor).collect();
        all.extend(findings.iter().flat_map(|f| &f.actors));
        all.extend(findings.iter().flat_map(|f| f.witnesses.get()).filter_map(|w| w.actor));
        let known = all.into_iter().filter(|a| (a.0 as usize) < actors.len());
        Self(known.enumerate().map(|(line, actor)| (actor, line as u32)).collect())
    }

    fn line(&self, actor: ActorNo) -> Option<u32> {
        self.0.get(&actor).copied()
    }

    /// `findings` and `networks` already name actors by line.
    fn lines(&self, table: &Table, findings: &[Finding], networks: &[NetworkLine]) -> Vec<ActorLine> {
        let mut occurs: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for finding in findings {
            for actor in &finding.actors {
                occurs.entry(actor.0).or_default().push(finding.id.clone());
            }
        }
        let mut active: Vec<Spells> = self.0.keys().map(|a| hours(&table.activity, *a, self.0.len())).collect();
        for link in networks.iter().flat_map(|n| &n.links) {
            for end in [link.a, link.b] {
                link.met.iter().for_each(|m| active[end as usize].add(m.start, m.end));
            }
        }
        let line = |((actor, line), active): ((&ActorNo, &u32), Spells)| {
            let a = &table.actors[actor.0 as usize];
            ActorLine {
                id: format!("a:{}", model::hex16(a.id)),
                sort: a.sort,
                name: a.name.clone(),
                records: a.records,
                traces: a.traces,
                findings: occurs.remove(line).unwrap_or_default(),
                active: active.into_vec(),
            }
        };
        self.0.iter().zip(active).map(line).collect()
    }
}

/// The hours in which one of so many actors made records; an hour ends with its last second.
fn hours(activity: &Activity, actor: ActorNo, of: usize) -> Spells {
    let mut out = Spells::of_one_of(of);
    for (_, hour, _) in activity.of(actor) {
        let start = i64::from(*hour) * model::HOUR;
        out.add(When(start), When(start + model::HOUR - When::SECOND));
    }
    out
}

fn evidence(case: &Case, segments: &Segments) -> Vec<EvidenceLine> {
    let lines = segments.lines();
    let mut out = Vec::new();
    for input in &segments.inputs {
        let id = input.id.to_string();
        let mut names: BTreeMap<String, Quote> = BTreeMap::new();
        for line in lines.get(id.as_str()).copied().unwrap_or_default() {
            let mut line = line.clone();
            match line.parent.as_ref().and_then(|p| names.get(p)) {
                // A name inside a container means little by itself: `mail 6` of which mailbox?
                Some(parent) => {
                    let inside = line.names.first().map_or("", Quote::raw);
                    line.names = vec![Quote::from(format!("{} › {inside}", parent.raw()))];
                }
                None => {
                    line.names = input.names.clone();
                    line.sha256 = input.sha256.clone();
                    line.bytes = input.bytes;
                }
            }
            names.insert(line.id.clone(), line.names.first().cloned().unwrap_or_default());
            out.push(line);
        }
    }
    for (name, _) in case.ledger().unreadable() {
        out.push(EvidenceLine {
            id: unreadable_id(name).to_string(),
            parent: None,
            names: vec![name.clone()],
            bytes: 0,
            sha256: String::new(),
            format: String::new(),
            records: 0,
            traces: 0,
            children: 0,
            layout: Quote::default(),
        });
    }
    out
}

/// What each piece of evidence is called, by id.
pub(crate) fn names(case: &Case, segments: &Segments) -> BTreeMap<String, Quote> {
    let named = |line: EvidenceLine| (line.id, line.names.into_iter().next().unwrap_or_default());
    evidence(case, segments).into_iter().map(named).collect()
}

fn unreadable_id(name: &Quote) -> EvidenceId {
    EvidenceId(model::hash64(name.raw().as_bytes()))
}

fn notes(case: &Case, segments: &Segments, table: &Table) -> Vec<Note> {
    let mut out: Vec<Note> = segments.pages.iter().flat_map(|(_, p)| p.notes.iter().cloned()).collect();
    let evidence = segments.inputs.first().map_or(EvidenceId(0), |i| i.id);
    for name in &table.collisions {
        let text = Quote::from(format!("two names hash to one id and were taken for one: {}", name.raw()));
        out.push(Note { evidence, code: Code::Collision, span: Span::WHOLE, text, times: 1 });
    }
    for (name, why) in case.ledger().unreadable() {
        let text = Quote::from(format!("could not be sealed: {why}"));
        out.push(Note { evidence: unreadable_id(name), code: Code::Truncated, span: Span::WHOLE, text, times: 1 });
    }
    out.sort();
    out.dedup();
    out
}

fn network(
    n: &Network,
    linked: &Linked,
    table: &Table,
    kinds: &[KindInfo],
    cast: &Cast,
    findings: &[Finding],
) -> NetworkLine {
    let ids: Vec<u64> = n.members.iter().map(|m| table.actors[m.actor.0 as usize].id).collect();
    let id = Finding::id_of("network", &ids).replacen("f:", "n:", 1);
    let members: BTreeSet<ActorNo> = n.members.iter().map(|m| m.actor).collect();
    let about = |f: &&Finding| {
        let inside = f.actors.iter().filter(|a| members.contains(a)).count();
        inside >= 2 && inside * 2 >= f.actors.len()
    };
    NetworkLine {
        id,
        members: n
            .members
            .iter()
            .filter_map(|m| {
                let actor = cast.line(m.actor)?;
                Some(NetworkMember { actor, degree: m.degree, centrality: m.centrality, leads: m.leads })
            })
            .collect(),
        links: n.links.iter().filter_map(|i| link(&linked.links[*i], kinds, cast)).collect(),
        objects: n.objects.iter().map(|(k, c)| (kinds[usize::from(k.0)].card.id.to_owned(), *c)).collect(),
        chance: n.chance.clone(),
        findings: findings.iter().filter(about).map(|f| f.id.clone()).collect(),
    }
}

fn link(l: &Link, kinds: &[KindInfo], cast: &Cast) -> Option<NetworkLink> {
    let best = l.strongest()?;
    Some(NetworkLink {
        a: cast.line(l.a)?,
        b: cast.line(l.b)?,
        weight: l.weight(),
        kinds: l.kinds.iter().map(|k| (kinds[usize::from(k.kind.0)].card.id.to_owned(), k.objects)).collect(),
        expected: best.expected,
        q: l.q,
        lag_seconds: best.lag as f64 / f64::from(best.times.max(1)) / When::SECOND as f64,
        met: l.met.clone(),
    })
}

/// The channel an actor's records belong to.
fn channel(actor: &ActorInfo) -> String {
    match (actor.sort, actor.name.raw().split_once('/')) {
        (Sort::Account, Some((platform, _))) => format!("posts on {}", Quote::from(platform).terminal()),
        (Sort::Account, None) => "posts".to_owned(),
        (Sort::Mailbox, _) => "mail".to_owned(),
        (Sort::Site, _) => "pages and names".to_owned(),
        (Sort::Host, _) => "servers".to_owned(),
        (Sort::File, _) => "documents and pictures".to_owned(),
    }
}

/// Bin lengths in hours to choose from, and how many bins are enough.
const BINS: ([i32; 6], i32) = ([1, 6, 24, 168, 720, 8760], 140);

fn timeline(table: &Table, findings: &[Finding]) -> Vec<Channel> {
    let flagged: BTreeSet<ActorNo> = findings.iter().flat_map(|f| f.actors.iter().copied()).collect();
    let hours = table.activity.rows.iter().map(|r| r.1);
    let (Some(first), Some(last)) = (hours.clone().min(), hours.max()) else { return Vec::new() };
    let span = last.saturating_sub(first).saturating_add(1);
    let length = BINS.0.into_iter().find(|h| span / h <= BINS.1).unwrap_or(BINS.0[5]);
    let mut channels: BTreeMap<String, BTreeMap<i32, (u64, u64)>> = BTreeMap::new();
    let mut last_actor: Option<(ActorNo, String, bool)> = None;
    for (actor, hour, records) in &table.activity.rows {
        if last_actor.as_ref().is_none_or(|l| l.0 != *actor) {
            last_actor = Some((*actor, channel(&table.actors[actor.0 as usize]), flagged.contains(actor)));
        }
        let Some((_, name, flag)) = &last_actor else { continue };
        if !channels.contains_key(name) {
            channels.insert(name.clone(), BTreeMap::new());
        }
        let Some(bins) = channels.get_mut(name) else { continue };
        let bin = bins.entry(hour.div_euclid(length)).or_default();
        bin.0 += u64::from(*records);
        bin.1 += if *flag { u64::from(*records) } else { 0 };
    }
    let bin = |(bin, (records, flagged)): (i32, (u64, u64))| Bin {
        start: When(i64::from(bin) * i64::from(length) * model::HOUR),
        hours: length as u32,
        records,
        flagged,
    };
    channels.into_iter().map(|(name, bins)| Channel { name, bins: bins.into_iter().map(bin).collect() }).collect()
}

fn marks(case: &Case, findings: &[Finding]) -> Vec<Mark> {
    let burst = |f: &Finding| {
        let (start, end) = (f.first?, f.last?);
        (f.kind == "burst").then(|| Mark { start, end, label: f.title.clone(), finding: f.id.clone() })
    };
    let mut out: Vec<Mark> = findings.iter().filter_map(burst).collect();
    if let Some(start) = crate::day(&case.settings().case.vote) {
        out.push(Mark { start, end: start, label: "the vote".to_owned(), finding: String::new() });
    }
    out.sort_by(|a, b| (a.start, &a.finding).cmp(&(b.start, &b.finding)));
    out
}

fn method(case: &Case, segments: &Segments, linked: &Linked) -> Method {
    let mut counts = vec![0_u64; case.kinds.len()];
    for (_, page) in &segments.pages {
        for (sum, n) in counts.iter_mut().zip(&page.kinds) {
            *sum += n;
        }
    }
    let written = |window| match window {
        Some(KindInfo::CROWDS) => "crowds".to_owned(),
        micros => String::from(Seconds { micros }),
    };
    Method {
        version: VERSION.to_owned(),
        settings: case.settings().clone(),
        settings_toml: print_settings(case.settings()),
        files: segments.inputs.len() as u64,
        bytes: segments.inputs.iter().map(|i| i.bytes).sum(),
        records: segments.pages.iter().map(|(_, p)| p.records).sum(),
        traces: counts.iter().sum(),
        kinds: case.kinds.iter().zip(&counts).map(|(k, n)| (k.card.id.into(), k.card.about.into(), *n)).collect(),
        windows: case.kinds.iter().map(|k| (k.card.id.to_owned(), written(k.window))).collect(),
        pairs: linked.tested,
        links: linked.links.len() as u64,
        expected_false: linked.expected_false,
        remarks: remarks(linked).into_iter().chain(checked(case, segments)).collect(),
        evidence_digest: segments.digest(),
    }
}

/// What a reader must know of checks against leak seals.
fn checked(case: &Case, segments: &Segments) -> Vec<String> {
    let (mut out, now) = (Vec::new(), segments.digest());
    for (_, act) in case.ledger().checks() {
        let Act::Checked { key, evidence, left, chance, .. } = act else { continue };
        let key = Quote::from(key.as_str()).terminal();
        if *evidence != now {
            out.push(format!(
                "The evidence changed since it was compared with the documents sealed under key {key}: what came later was not \
                 held against the leak seal. Investigate again with --seal and --key."
            ));
        }
        if *chance > 0 {
            out.push(format!(
                "{chance} edited passages like documents sealed under key {key} were not kept: in as much text chance gives as many."
            ));
        }
        if *left > 0 {
            out.push(format!("{left} further passages of documents sealed under key {key} were found and not kept."));
        }
    }
    out
}

/// How a remark begins that says what the data cannot support.
const INSUFFICIENT: &str = "Insufficient data";

fn remarks(linked: &Linked) -> Vec<String> {
    let unsaid = linked.insufficient.iter().map(|i| format!("{INSUFFICIENT} to say: {}. {}", i.what, i.why));
    unsaid.chain(linked.remarks.iter().cloned()).collect()
}

/// The answer in plain words. It counts and points; it never says who is behind anything.
pub(crate) fn answer(d: &Dossier) -> Vec<String> {
    let mut out = Vec::new();
    let count = |c: Confidence| d.findings.iter().filter(|f| f.confidence == c).count();
    if d.findings.is_empty() {
        out.push("No pattern beyond chance was found in what could be read.".to_owned());
    } else {
        let parts: Vec<String> = [Confidence::High, Confidence::Moderate, Confidence::Low]
            .into_iter()
            .filter(|c| count(*c) > 0)
            .map(|c| format!("{} with {} confidence", count(c), c.word()))
            .collect();
        let noun = if d.findings.len() == 1 { "pattern stands" } else { "patterns stand" };
        out.push(format!("{} {noun} out from chance: {}.", d.findings.len(), parts.join(", ")));
    }
    let mut kinds = BTreeSet::new();
    for f in d.findings.iter().filter(|f| f.confidence > Confidence::Low).take(12) {
        if kinds.insert(f.kind.as_str()) {
            out.push(format!("{}.", f.title.trim_end_matches('.')));
        }
    }
    out.extend(d.method.remarks.iter().filter(|r| r.starts_with(INSUFFICIENT)).cloned());
    let unread = d.notes.iter().filter(|n| n.code.incomplete()).map(|n| n.evidence).collect::<BTreeSet<_>>().len();
    if unread > 0 {
        let verb = if unread == 1 { "piece of evidence was" } else { "pieces of evidence were" };
        out.push(format!("{unread} {verb} not read whole; nothing here speaks for what is in them."));
    }
    out.push(
        "Each finding has innocent explanations beside it. Who is behind any of this is for people to decide."
            .to_owned(),
    );
    out
}
