//! What people hold, laid out once for the page and for Markdown: statements by origin, questions with their hypotheses
//! and the matrix of evidence against them, claims, techniques, the grid of grounds, what the linter objects to.

mod origins;

use crate::lint::lint;
use crate::words;
use model::{Dossier, Interval, Known, Likelihood, Question, Quote, Statement};
use std::collections::BTreeMap;

/// A piece of the section.
pub enum Block {
    /// A heading, our words.
    Heading(String),
    /// A paragraph.
    Text(Quote),
    /// A table: heads, rows.
    Table(Vec<Quote>, Vec<Vec<Cell>>),
    /// A list.
    List(Vec<Cell>),
}

/// Words in a cell or an item.
pub enum Cell {
    /// Words that carry evidence's or a person's: addresses among them are defanged.
    Told(Quote),
    /// Our own: numbers keep their points.
    Plain(String),
}

impl From<Quote> for Cell {
    fn from(q: Quote) -> Self {
        Self::Told(q)
    }
}

/// A row of cells that are told.
fn told(row: impl IntoIterator<Item = Quote>) -> Vec<Cell> {
    row.into_iter().map(Cell::from).collect()
}

/// How a technique is known and by what: `(id, name)`, how, what shows it.
pub struct Technique {
    /// Its number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Tactic's number; empty where the catalogue is not known.
    pub tactic: &'static str,
    /// How it is known.
    pub known: Known,
    /// Findings and statements that show it.
    pub by: Vec<String>,
    /// The words that show it; the strongest.
    pub quote: Quote,
    /// Why, in a person's words; empty where only findings name it.
    pub why: Quote,
}

impl Technique {
    /// Techniques of the other catalogue that the crosswalk sets beside it.
    pub fn beside(&self) -> Vec<&'static str> {
        let pairs = model::CROSSWALK.iter().flat_map(|(d, a)| [(*d, *a), (*a, *d)]);
        pairs.filter(|p| p.0 == self.id).map(|p| p.1).collect()
    }
}

/// Every technique of the case that nobody removed, by number. What a finding names is inferred from a pattern; only a
/// person, with the words that show it, says observed.
pub fn techniques(d: &Dossier) -> Vec<Technique> {
    let mut out: BTreeMap<String, Technique> = BTreeMap::new();
    let claims = &d.judgement.techniques;
    let removed = |id: &str, by: &str| {
        claims
            .iter()
            .any(|c| c.known == Known::Removed && c.technique == id && (c.shown_by.is_empty() || c.shown_by == by))
    };
    for f in d.findings.iter().filter(|f| !words::dismissed(d, f)) {
        for t in f.techniques.iter().filter(|t| !removed(&t.id, &f.id)) {
            let quote = &f.witnesses.get()[0].quote;
            add(&mut out, (&t.id, &t.name), Known::Inferred, &f.id, quote, &Quote::default());
        }
    }
    for c in claims.iter().filter(|c| c.known != Known::Removed) {
        add(&mut out, (&c.technique, ""), c.known, &c.shown_by, &c.quote, &c.why);
    }
    out.into_values().collect()
}

fn add(
    out: &mut BTreeMap<String, Technique>,
    (id, name): (&str, &str),
    known: Known,
    by: &str,
    quote: &Quote,
    why: &Quote,
) {
    let line = model::technique(id);
    let t = out.entry(id.to_owned()).or_insert_with(|| Technique {
        id: id.to_owned(),
        name: line.map_or(name, |l| l.name).to_owned(),
        tactic: line.map_or("", |l| l.tactic),
        known,
        by: Vec::new(),
        quote: quote.clone(),
        why: why.clone(),
    });
    if known < t.known {
        (t.known, t.quote) = (known, quote.clone());
    }
    if !why.is_empty() {
        t.why = why.clone();
    }
    if !by.is_empty() && !t.by.iter().any(|b| b == by) {
        t.by.push(by.to_owned());
    }
}

/// What people took out: number and name, of what, why.
pub fn removed(d: &Dossier) -> Vec<(String, String, Quote)> {
    let gone = d.judgement.techniques.iter().filter(|c| c.known == Known::Removed);
    gone.map(|c| {
        let name = model::technique(&c.technique).map_or("", |t| t.name);
        let of = if c.shown_by.is_empty() { "the case".to_owned() } else { c.shown_by.clone() };
        (format!("{} {name}", c.technique), of, c.why.clone())
    })
    .collect()
}

/// The section; empty where nobody holds anything.
pub fn blocks(d: &Dossier) -> Vec<Block> {
    let mut out = Vec::new();
    if d.judgement.is_empty() {
        return out;
    }
    statements(d, &mut out);
    origins::blocks(d, &mut out);
    d.judgement.questions.iter().for_each(|q| question(d, q, &mut out));
    sameness(d, &mut out);
    grounds(d, &mut out);
    remarks(d, &mut out);
    out
}

fn ours(s: impl Into<String>) -> Quote {
    Quote::from(s.into())
}

/// `June 2024 (2024-06-01 to 2024-07-01), by the sender's clock`.
fn interval(i: &Interval) -> String {
    let day = |w: Option<model::When>, off: i64| w.map(|w| model::When(w.0.saturating_sub(off)).date());
    let span = match (day(i.from, 0), day(i.to, 1)) {
        (Some(f), Some(t)) if f == t => f,
        (Some(f), Some(t)) => format!("{f} to {t}"),
        (Some(f), None) => format!("from {f}"),
        (None, Some(t)) => format!("until {t}"),
        (None, None) => String::new(),
    };
    let told = match (i.words.is_empty(), span.is_empty()) {
        (true, true) => "not known".to_owned(),
        (true, false) => span,
        (false, true) => format!("“{}”", i.words.raw()),
        (false, false) => format!("“{}”, {span}", i.words.raw()),
    };
    if i.clock.is_empty() { told } else { format!("{told} ({})", i.clock.raw()) }
}

fn statements(d: &Dossier, out: &mut Vec<Block>) {
    let j = &d.judgement;
    if j.statements.is_empty() {
        return;
    }
    let spoken = |o: &&model::Origin| o.statements.iter().any(|d| d.statement.starts_with("s:"));
    let (n, origins) = (j.statements.len() as u64, j.origins.iter().filter(spoken).count() as u64);
    out.push(Block::Heading("Statements".to_owned()));
    out.push(Block::Text(ours(format!(
        "{} from {}. What repeats another counts with it as one. A statement shows that something was said, not that it \
         is so.",
        words::many(n, "statement", "statements"),
        words::many(origins, "origin", "origins")
    ))));
    let descents = j.origins.iter().flat_map(|o| &o.statements);
    let rows = descents.filter_map(|d| j.statement(&d.statement).map(|s| row(s, d.told())));
    let heads = ["Statement", "Source", "Said", "Speaks of", "Words", "Place", "Judged"];
    out.push(Block::Table(heads.map(Quote::from).to_vec(), rows.collect()));
}

fn row(s: &Statement, repeats: String) -> Vec<Cell> {
    let judged = format!(
        "source {} ({}), information {} ({})",
        s.reliability.letter(),
        s.reliability.word(),
        s.credibility.number(),
        s.credibility.word()
    );
    let about = if s.about.is_empty() { String::new() } else { interval(&s.about) };
    let denies = if s.denies.is_empty() { String::new() } else { format!(" of {}", s.denies.join(", ")) };
    told([
        ours(format!("{}: {}{denies}; {repeats}", s.id, s.role.word())),
        s.source.clone(),
        ours(interval(&s.said)),
        ours(about),
        s.words.clone(),
        s.place.clone(),
        ours(judged),
    ])
}

fn how_likely(l: Option<Likelihood>) -> String {
    l.map_or_else(|| "not said".to_owned(), |l| format!("{} ({}–{} %)", l.word(), l.percent().0, l.percent().1))
}

fn question(d: &Dossier, q: &Question, out: &mut Vec<Block>) {
    let j = &d.judgement;
    out.push(Block::Heading(format!("Question {}", q.id)));
    out.push(Block::Text(q.text.clone()));
    let weighed = j.weighed.iter().find(|w| w.question == q.id);
    let rows = q.hypotheses.iter().enumerate().map(|(i, h)| {
        let balance = weighed.and_then(|w| w.balances.get(i));
        let range = |low: f64, high: f64| format!("{} to {}", words::number(low), words::number(high));
        let share = balance
            .and_then(|b| b.share)
            .map(|s| format!("; {} % of all", range((s.0 * 100.0).round(), (s.1 * 100.0).round())));
        let sure = h.confidence.map_or_else(|| "not said".to_owned(), |c| format!("{}: {}", c.word(), h.because.raw()));
        let together = balance.map_or_else(String::new, |b| range(b.low, b.high) + &share.unwrap_or_default());
        let mut row = told([ours(&h.name), h.text.clone(), ours(how_likely(h.likelihood)), ours(sure)]);
        row.push(Cell::Plain(together));
        row
    });
    let heads = ["Hypothesis", "What it says", "How likely", "How sure of that", "All weights together"];
    out.push(Block::Table(heads.map(Quote::from).to_vec(), rows.collect()));
    matrix(d, q, out);
    if let Some(w) = weighed {
        out.push(Block::Text(ours("What would change our mind:")));
        out.push(Block::List(w.turns.iter().cloned().map(Cell::Plain).collect()));
    }
    let gaps =
        if q.gaps.is_empty() { vec![ours("Nothing was stated. There is always something.")] } else { q.gaps.clone() };
    out.push(Block::Text(ours("What is not known:")));
    out.push(Block::List(told(gaps)));
}

/// Groups of evidence against hypotheses: the view that analysts know as ACH.
fn matrix(d: &Dossier, q: &Question, out: &mut Vec<Block>) {
    let weights: Vec<_> = d.judgement.weights.iter().filter(|w| w.question == q.id).collect();
    if weights.is_empty() {
        return;
    }
    let mut heads = vec![ours("Independent group"), ours("Evidence")];
    heads.extend(q.hypotheses.iter().map(|h| ours(&h.name)));
    heads.push(ours("Why"));
    let rows = weights.iter().map(|w| {
        let mut row = told([ours(&w.id), ours(w.items.join(", "))]);
        row.extend(q.hypotheses.iter().map(|h| match w.ratios.iter().find(|r| r.0 == h.name) {
            Some(r) => Cell::Plain(format!("× {} to {}", words::number(r.1), words::number(r.2))),
            None => Cell::Plain("× 1".to_owned()),
        }));
        let why = w.why.raw().trim_end_matches('.');
        row.push(ours(format!("{why}. Independent: {}", w.independent.raw())).into());
        row
    });
    out.push(Block::Table(heads, rows.collect()));
}

fn sameness(d: &Dossier, out: &mut Vec<Block>) {
    if d.judgement.sameness.is_empty() {
        return;
    }
    out.push(Block::Heading("Claims that two names are one actor".to_owned()));
    let rows = d.judgement.sameness.iter().map(|m| {
        let sure = m.confidence.map_or("not said", |c| c.word());
        told([ours(&m.id), m.a.clone(), m.b.clone(), ours(how_likely(Some(m.likelihood))), ours(sure), m.why.clone()])
    });
    let heads = ["Id", "One name", "Other name", "How likely", "How sure of that", "Why"];
    out.push(Block::Table(heads.map(Quote::from).to_vec(), rows.collect()));
}

fn grounds(d: &Dossier, out: &mut Vec<Block>) {
    let grounds = &d.judgement.grounds;
    if grounds.is_empty() && d.judgement.questions.is_empty() && d.judgement.statements.is_empty() {
        return;
    }
    out.push(Block::Heading("Grounds for an attribution".to_owned()));
    out.push(Block::Text(ours("By kind of evidence and by who may look at it. An empty cell is said to be empty.")));
    let mut heads = vec![Quote::default()];
    heads.extend(model::Openness::ALL.iter().map(|o| ours(o.word())));
    let cell = |a, o| {
        let here: Vec<String> = grounds
            .iter()
            .filter(|g| (g.aspect, g.openness) == (a, o))
            .map(|g| if g.item.is_empty() { g.text.raw().to_owned() } else { format!("{} ({})", g.text.raw(), g.item) })
            .collect();
        ours(if here.is_empty() { "nothing".to_owned() } else { here.join("; ") })
    };
    let rows = model::Aspect::ALL
        .iter()
        .map(|a| told([ours(a.word())].into_iter().chain(model::Openness::ALL.iter().map(|o| cell(*a, *o)))));
    out.push(Block::Table(heads, rows.collect()));
}

fn remarks(d: &Dossier, out: &mut Vec<Block>) {
    let remarks = lint(d);
    out.push(Block::Heading("What a careful reader would object to".to_owned()));
    match remarks.is_empty() {
        true => out.push(Block::Text(ours("Nothing that the linter knows of (unspool lint)."))),
        false => out.push(Block::List(
            remarks.iter().map(|r| ours(format!("{} [{}]: {}", r.about, r.rule, r.text.raw())).into()).collect(),
        )),
    }
}
