//! Showing one thing of a case: a finding, a network, an actor, a trace, a piece of evidence, and the bytes behind it.

use crate::reading::Segments;
use crate::table::{self, Table};
use crate::{Case, Error, Run, words};
use evidence::{Closed, Opened, Sink};
use model::{
    ActorNo, Dossier, EvidenceId, Heard, Judgement, Note, ObjectNo, Place, Quote, Record, Share, Shares, Span,
};
use std::collections::{BTreeMap, BTreeSet};

/// Most touches and most bytes shown of one thing.
const MOST: (usize, u64) = (60, 2048);

/// What sort of thing an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// `f:`
    Finding,
    /// `n:`
    Network,
    /// `a:`
    Actor,
    /// `t:`
    Trace,
    /// `e:`
    Evidence,
    /// `s:`
    Statement,
}

/// One thing, ready to be printed.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What sort.
    pub thing: Thing,
    /// Its whole id.
    pub id: String,
    /// Its name.
    pub title: Quote,
    /// What is known of it: label, value.
    pub facts: Vec<(String, Quote)>,
    /// Where it stands: what is seen there, the place, the bytes.
    pub places: Vec<(Quote, Place, Vec<u8>)>,
    /// Decision sheets, where it is a mail.
    pub sheets: Vec<model::Sheet>,
}

/// The one id that begins with `asked` (with or without its `f:`-like prefix).
pub(crate) fn one(asked: &str, prefix: &str, ids: &[&str]) -> Result<String, Error> {
    let full = if asked.starts_with(prefix) { asked.to_owned() } else { format!("{prefix}{asked}") };
    let matches: Vec<&&str> = ids.iter().filter(|id| id.starts_with(&full)).collect();
    match matches[..] {
        [] => Err(Error::Unknown(Quote::from(asked).terminal())),
        [one] => Ok((*one).to_owned()),
        _ if matches.iter().any(|m| ***m == full) => Ok(full),
        _ => Err(Error::Ambiguous { id: Quote::from(asked).terminal(), count: matches.len() }),
    }
}

impl Case {
    /// Finds what an id (or its beginning) names and everything a reader needs of it.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Ambiguous`], [`Error::NoDossier`].
    pub fn show(&self, id: &str, run: &Run<'_>) -> Result<Shown, Error> {
        let dossier = self.dossier()?;
        let segments = self.read(run)?;
        let mut shown = match id.get(..2) {
            Some("n:") => network(&dossier, id)?,
            Some("a:" | "t:") => self.in_table(&segments, id, run)?,
            Some("e:") => self.evidence(&dossier, id)?,
            Some("s:") => statement(&dossier, id)?,
            _ if id.contains('@') => self.mail(&segments, id, run)?,
            _ => finding(&dossier, id)?,
        };
        if shown.thing == Thing::Evidence && shown.sheets.is_empty() {
            shown.sheets = self.sheets_of(&segments, &shown.id, run)?;
        }
        self.fetch(&segments, &mut shown, run)?;
        Ok(shown)
    }

    /// Every copy of a mail, by its Message-ID.
    fn mail(&self, segments: &Segments, id: &str, run: &Run<'_>) -> Result<Shown, Error> {
        let sheets = self.sheets_of(segments, id, run)?;
        let first = sheets.first().ok_or_else(|| Error::Unknown(Quote::from(id).terminal()))?;
        let (title, id) = (first.subject.clone(), first.place.evidence.to_string());
        let facts = vec![("copies".to_owned(), Quote::from(sheets.len().to_string()))];
        Ok(Shown { thing: Thing::Evidence, id, title, facts, places: Vec::new(), sheets })
    }

    fn evidence(&self, dossier: &Dossier, id: &str) -> Result<Shown, Error> {
        let ids: Vec<&str> = dossier.evidence.iter().map(|e| e.id.as_str()).collect();
        // Things inside large containers are not listed one by one; a whole id still finds them.
        let id = match (one(id, "e:", &ids), id.parse::<EvidenceId>()) {
            (Err(Error::Unknown(_)), Ok(unlisted)) => unlisted.to_string(),
            (found, _) => found?,
        };
        let evidence: EvidenceId = id.parse().map_err(|()| Error::Unknown(id.clone()))?;
        let mut facts = Vec::new();
        let mut title = Quote::from(id.as_str());
        if let Some(line) = dossier.evidence.iter().find(|e| e.id == id) {
            title = line.names.first().cloned().unwrap_or_default();
            let mut fact = |label: &str, value: String| {
                if !value.is_empty() {
                    facts.push((label.to_owned(), Quote::from(value)));
                }
            };
            fact("names", line.names.iter().map(Quote::terminal).collect::<Vec<_>>().join(", "));
            fact("inside", line.parent.clone().unwrap_or_default());
            fact("bytes", line.bytes.to_string());
            fact("sha256", line.sha256.clone());
            fact("format", if line.format.is_empty() { "not recognised".into() } else { line.format.clone() });
            fact("layout", line.layout.terminal());
            fact("records", line.records.to_string());
            fact("traces", line.traces.to_string());
            fact("inside it", line.children.to_string());
        }
        facts.extend(lineage(&dossier.judgement, &id));
        for note in dossier.notes.iter().filter(|n| n.evidence == evidence) {
            let text = format!("{} ({}, {} times)", note.text.terminal(), note.span, note.times);
            facts.push((format!("note: {}", note.code.word()), Quote::from(text)));
        }
        let place = Place { evidence, span: Span::WHOLE };
        let places = vec![(Quote::from("its beginning"), place, Vec::new())];
        Ok(Shown { thing: Thing::Evidence, id, title, facts, places, sheets: Vec::new() })
    }

    fn in_table(&self, segments: &Segments, id: &str, run: &Run<'_>) -> Result<Shown, Error> {
        let scratch = self.scratch();
        let table = table::merge(&segments.folders(), &self.kinds, &scratch, run.in_memory)?;
        let (mut shown, mut touches) = if id.starts_with("a:") { actor(&table, id)? } else { self.trace(&table, id)? };
        table.shares.whole()?;
        touches.sort_by_key(|s| (s.micros, s.key()));
        if touches.len() > MOST.0 {
            shown.facts.push(("shown".to_owned(), Quote::from(format!("the first {} of {}", MOST.0, touches.len()))));
        }
        let place = |s: &Share| {
            let actor = &table.actors[s.actor.0 as usize];
            let when = s.when().map_or_else(|| "at a time unknown".to_owned(), model::When::iso);
            let object = &table.objects[s.object.0 as usize];
            let kind = self.kinds[usize::from(object.kind.0)].card.id;
            let text = format!("{when} {} {kind} {}", actor.name.terminal(), object.value.terminal());
            (Quote::from(text), s.place(&table.evidence), Vec::new())
        };
        shown.places = touches.iter().take(MOST.0).map(place).collect();
        Ok(shown)
    }

    fn trace(&self, table: &Table, id: &str) -> Result<(Shown, Vec<Share>), Error> {
        let ids: Vec<String> = table.objects.iter().map(|o| format!("t:{}", model::hex16(o.id))).collect();
        let (no, id) = id_at(&ids, id, "t:")?;
        let object = &table.objects[no];
        let kind = self.kinds[usize::from(object.kind.0)].card.id;
        let facts = vec![
            ("kind".to_owned(), Quote::from(kind)),
            ("touched by".to_owned(), Quote::from(format!("{} actors, {} times", object.actors, object.shares))),
        ];
        let touches = table.shares.of_objects(&[ObjectNo(no as u32)]);
        let (places, sheets) = (Vec::new(), Vec::new());
        Ok((Shown { thing: Thing::Trace, id, title: object.value.clone(), facts, places, sheets }, touches))
    }

    /// Reads back the bytes (or, for rows of tables without byte positions, the words) of every place shown.
    fn fetch(&self, segments: &Segments, shown: &mut Shown, run: &Run<'_>) -> Result<(), Error> {
        let wanted: BTreeSet<Place> = shown.places.iter().map(|p| p.1).collect();
        let roots = words::roots_of(segments, &wanted.iter().map(|p| p.evidence).collect())?;
        let read: BTreeSet<EvidenceId> = roots.values().copied().collect();
        let mut tap = Tap { wanted: &wanted, bytes: BTreeMap::new() };
        for input in segments.inputs.iter().filter(|i| read.contains(&i.id)) {
            evidence::read(&self.root(input)?, self.settings(), run.isolate, &mut tap);
        }
        for (_, place, bytes) in &mut shown.places {
            *bytes = tap.bytes.get(place).cloned().unwrap_or_default();
        }
        Ok(())
    }
}

fn actor(table: &Table, id: &str) -> Result<(Shown, Vec<Share>), Error> {
    let ids: Vec<String> = table.actors.iter().map(|a| format!("a:{}", model::hex16(a.id))).collect();
    let (no, id) = id_at(&ids, id, "a:")?;
    let actor = &table.actors[no];
    let facts = vec![
        ("sort".to_owned(), Quote::from(actor.sort.word())),
        ("records".to_owned(), Quote::from(actor.records.to_string())),
        ("traces".to_owned(), Quote::from(actor.traces.to_string())),
    ];
    let mut touches: Vec<Share> = Vec::new();
    table.shares.each_object(&mut |_, rows| {
        touches.extend(rows.iter().filter(|r| r.actor == ActorNo(no as u32)));
    });
    let (places, sheets) = (Vec::new(), Vec::new());
    Ok((Shown { thing: Thing::Actor, id, title: actor.name.clone(), facts, places, sheets }, touches))
}

fn id_at(ids: &[String], asked: &str, prefix: &str) -> Result<(usize, String), Error> {
    let all: Vec<&str> = ids.iter().map(String::as_str).collect();
    let full = one(asked, prefix, &all)?;
    let no = ids.iter().position(|id| *id == full).unwrap_or_default();
    Ok((no, full))
}

/// Takes the bytes at some places while evidence is read again.
struct Tap<'a> {
    wanted: &'a BTreeSet<Place>,
    bytes: BTreeMap<Place, Vec<u8>>,
}

impl Sink for Tap<'_> {
    fn opened(&mut self, _: &Opened) {}
    fn note(&mut self, _: Note) {}
    fn closed(&mut self, _: &Closed) {}
    fn seals(&self) -> bool {
        false
    }

    fn wants(&self, evidence: EvidenceId, span: Span) -> bool {
        self.wanted.contains(&Place { evidence, span })
    }

    fn wanted(&self, evidence: EvidenceId) -> Vec<Span> {
        self.wanted.iter().filter(|p| p.evidence == evidence).map(|p| p.span).collect()
    }

    fn bytes(&mut self, place: Place, bytes: &[u8]) {
        let end = bytes.len().min(MOST.1 as usize);
        self.bytes.insert(place, bytes[..end].to_vec());
    }

    fn record(&mut self, place: Place, record: &Record<'_>) {
        if place.span.len == Span::ROW && self.wanted.contains(&place) {
            let (title, text) = record.words();
            self.bytes.insert(place, format!("{title} {text}").trim().as_bytes().to_vec());
        }
    }
}

fn finding(dossier: &Dossier, id: &str) -> Result<Shown, Error> {
    let ids: Vec<&str> = dossier.findings.iter().map(|f| f.id.as_str()).collect();
    let id = one(id, "f:", &ids)?;
    let found = dossier.findings.iter().find(|f| f.id == id).ok_or_else(|| Error::Unknown(id.clone()))?;
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: String| facts.push((label.to_owned(), Quote::from(value)));
    let c = &found.chance;
    fact("observed", found.observed.clone());
    fact("confidence", format!("{}: {}", found.confidence.word(), found.because));
    fact("by chance", format!("{}: {} seen, {:.3} expected ({})", c.unit, c.observed, c.expected, c.null));
    if let Some(p) = c.p {
        fact("p", format!("{p:.2e}"));
    }
    if let Some(fdr) = c.fdr {
        fact("false discovery rate", format!("{fdr:.2e}"));
    }
    for innocent in found.innocent.get() {
        fact("it could also be", format!("{}. {}", innocent.what, innocent.check));
    }
    for table in &found.tables {
        fact("table", format!("{}: {}", table.title, table.columns.join(" | ")));
        for row in &table.rows {
            fact("", row.iter().map(Quote::terminal).collect::<Vec<_>>().join(" | "));
        }
    }
    for t in &found.techniques {
        fact("technique", format!("{} {} {}", t.framework, t.id, t.name));
    }
    let names: Vec<String> =
        found.actors.iter().filter_map(|a| dossier.actors.get(a.0 as usize)).map(|a| a.name.terminal()).collect();
    fact("who", names.join(", "));
    if let Some(r) = dossier.ruling(&id) {
        fact("ruling", format!("{} ({}): {}", r.verdict.word(), r.when.date(), r.why.terminal()));
    }
    let places = found
        .witnesses
        .get()
        .iter()
        .map(|w| {
            let who =
                w.actor.and_then(|a| dossier.actors.get(a.0 as usize)).map_or(String::new(), |a| a.name.terminal());
            let when = w.when.map_or(String::new(), |t| t.iso());
            let text = format!("{when} {who} {}: {}", w.shows, w.quote.terminal());
            (Quote::from(text.trim()), w.place, Vec::new())
        })
        .collect();
    Ok(Shown { thing: Thing::Finding, id, title: Quote::from(found.title.as_str()), facts, places, sheets: Vec::new() })
}

fn statement(dossier: &Dossier, id: &str) -> Result<Shown, Error> {
    let j = &dossier.judgement;
    let ids: Vec<&str> = j.statements.iter().map(|s| s.id.as_str()).collect();
    let id = one(id, "s:", &ids)?;
    let said = j.statement(&id).ok_or_else(|| Error::Unknown(id.clone()))?;
    let mut facts = vec![
        ("words".to_owned(), said.words.clone()),
        ("role".to_owned(), Quote::from(said.role.word())),
        ("place".to_owned(), said.place.clone()),
        ("source judged".to_owned(), Quote::from(said.reliability.word())),
        ("information judged".to_owned(), Quote::from(said.credibility.word())),
    ];
    facts.extend(lineage(j, &id));
    let (title, places, sheets) = (said.source.clone(), Vec::new(), Vec::new());
    Ok(Shown { thing: Thing::Statement, id, title, facts, places, sheets })
}

/// Where a text stands among those that repeat one another.
fn lineage(j: &Judgement, id: &str) -> Vec<(String, Quote)> {
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: String| facts.push((label.to_owned(), Quote::from(value)));
    let mine = j.origins.iter().find(|o| o.statements.iter().any(|d| d.statement == id));
    for d in mine.iter().flat_map(|o| &o.statements) {
        match d.statement == id {
            true => fact("descent", d.told()),
            false => fact("counts with it", format!("{}: {}", d.statement, d.told())),
        }
    }
    for e in j.echoes.iter().filter(|e| e.text == id || e.of == id) {
        let label = if e.heard == Heard::Quoted { "quoted" } else { "to read beside" };
        let what = if e.text == id { format!("has of {}", e.of) } else { format!("in {}", e.text) };
        fact(label, format!("{what}: {}", e.words.terminal()));
    }
    facts
}

fn network(dossier: &Dossier, id: &str) -> Result<Shown, Error> {
    let ids: Vec<&str> = dossier.networks.iter().map(|n| n.id.as_str()).collect();
    let id = one(id, "n:", &ids)?;
    let n = dossier.networks.iter().find(|n| n.id == id).ok_or_else(|| Error::Unknown(id.clone()))?;
    let name = |actor: u32| dossier.actors.get(actor as usize).map_or(String::new(), |a| a.name.terminal());
    let mut facts = vec![
        (
            "links".to_owned(),
            Quote::from(format!("{} seen, {:.3} expected by chance", n.links.len(), n.chance.expected)),
        ),
        ("findings".to_owned(), Quote::from(n.findings.join(", "))),
    ];
    for (kind, count) in &n.objects {
        facts.push((format!("shared: {kind}"), Quote::from(count.to_string())));
    }
    for m in &n.members {
        let text = format!("{} ({} links, first in {:.0} % of its pairs)", name(m.actor), m.degree, m.leads * 100.0);
        facts.push(("member".to_owned(), Quote::from(text)));
    }
    let title = Quote::from(format!("a network of {}", n.members.len()));
    Ok(Shown { thing: Thing::Network, id, title, facts, places: Vec::new(), sheets: Vec::new() })
}
