//! Which texts repeat which: statements that people wrote down, and the pages and documents of the case.
//!
//! Words are compared in runs of four, without case and punctuation; each text with the earlier ones it shares runs with.
//! A text that is mostly another's words counts with it (copy, quotation, paraphrase). One that quotes a passage and
//! brings names, figures and dates of its own counts by itself, and the quotation is shown. Where no words stand together
//! the same names, figures and dates are offered for reading side by side, and nothing is concluded. What people say
//! comes first. Wrong where: two that quote a third which is not in the case look like kin (counting them once is the
//! cautious mistake); undated texts count as the latest. After Broder, "On the resemblance and containment of documents", 1997.

mod kin;

use crate::pages::Pages;
pub(crate) use kin::{Kin, Text};
use model::{Descent, DescentClaim, Echo, Heard, Judgement, Kinship, Origin, Quote, Statement, TextLine, Texts, When};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Statements compared; a list of thousands belongs among the evidence.
const MOST: usize = 2000;
/// Earlier texts remembered of one run.
const HOLDERS: usize = 64;
/// Earlier texts compared in full with one.
const COMPARED: usize = 16;

/// True where people say the same of what repeats what.
pub(crate) fn same(j: &Judgement, before: &Judgement) -> bool {
    j.statements == before.statements && j.descents == before.descents
}

/// Fills in what follows from the words. Without the pages (a case that was handed on) what was made of them before holds
/// as long as people say the same.
pub(crate) fn tell(j: &mut Judgement, before: Judgement, pages: Option<&Pages>) {
    match pages {
        None if same(j, &before) => (j.origins, j.echoes, j.texts) = (before.origins, before.echoes, before.texts),
        pages => follow(j, pages.unwrap_or(&Pages::default())),
    }
}

/// Origins, echoes and the pages among them.
fn follow(j: &mut Judgement, pages: &Pages) {
    let texts = texts(&j.statements, pages);
    let ids: BTreeSet<&str> = texts.iter().map(|t| t.id.as_str()).collect();
    let claims = claims(&j.statements, &j.descents, &ids);
    let places = places(&j.statements, pages, &texts);
    let mut read = read(&texts, &claims, &places);
    let origins = group(&texts, &read.parents);
    let place: BTreeMap<&str, usize> = origins
        .iter()
        .enumerate()
        .flat_map(|(n, o)| o.statements.iter().map(move |d| (d.statement.as_str(), n)))
        .collect();
    // What repeats another has the quotations of that other; they are told once, of the first.
    let firsts: BTreeSet<&str> = origins.iter().map(|o| o.statements[0].statement.as_str()).collect();
    let apart = |e: &Echo| place.get(e.text.as_str()) != place.get(e.of.as_str());
    read.echoes.retain(|e| firsts.contains(e.text.as_str()) && apart(e));
    beside(&texts, &origins, &mut read.echoes);
    let shown = |o: &Origin| o.statements.len() > 1 || o.statements[0].statement.starts_with("s:");
    j.origins = origins.iter().filter(|o| shown(o)).cloned().collect();
    j.echoes = read.echoes;
    j.texts = lines(j, pages);
}

/// All texts, the earliest first; undated ones last.
fn texts<'t>(statements: &'t [Statement], pages: &'t Pages) -> Vec<Text<'t>> {
    let said = statements.iter().take(MOST).map(|s| (s.id.clone(), said_at(s), s.words.raw()));
    let found = pages.texts.iter().map(|p| (p.id.to_string(), p.when, p.words.raw()));
    let mut out: Vec<Text<'t>> = said.chain(found).map(|(id, when, raw)| Text::of(id, when, raw)).collect();
    out.sort_by(|a, b| (a.when.unwrap_or(When(i64::MAX)), &a.id).cmp(&(b.when.unwrap_or(When(i64::MAX)), &b.id)));
    out
}

/// When a statement was said: the beginning of its day, the end of a longer time, so that "in September" does not come before
/// the 18th.
fn said_at(s: &Statement) -> Option<When> {
    match (s.said.from, s.said.to) {
        (Some(from), Some(to)) if to.0.saturating_sub(from.0) > model::DAY => Some(to),
        (from, to) => from.or(to),
    }
}

/// What people said of a text: what it repeats, or nothing where it stands by itself.
fn claims<'j>(
    statements: &'j [Statement],
    claims: &'j [DescentClaim],
    ids: &BTreeSet<&str>,
) -> BTreeMap<&'j str, Option<(&'j str, Kinship)>> {
    let with = statements.iter().filter_map(|s| Some((&s.id, Some(s.repeats.as_ref()?))));
    let after = claims.iter().map(|c| (&c.text, c.of.as_ref()));
    let known = |of: &Option<&(String, Kinship)>, id: &str| of.is_none_or(|o| o.0 != id && ids.contains(o.0.as_str()));
    let all = with.chain(after).filter(|(id, of)| known(of, id));
    all.map(|(id, of)| (id.as_str(), of.map(|o| (o.0.as_str(), o.1)))).collect()
}

/// Pages that a statement names as its place and that hold its words, each with the longest such statement: the page counts
/// with the statement, whatever else stands in it, as it is where the statement is known from.
fn places(statements: &[Statement], pages: &Pages, texts: &[Text<'_>]) -> BTreeMap<String, Vec<(String, f64)>> {
    let by_id: BTreeMap<&str, &Text<'_>> = texts.iter().map(|t| (t.id.as_str(), t)).collect();
    let bare = |address: &str| address.split('#').next().unwrap_or_default().trim().trim_end_matches('/').to_owned();
    let mut at: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for s in statements.iter().take(MOST) {
        at.entry(bare(s.place.raw())).or_default().push(&s.id);
    }
    let mut out = BTreeMap::new();
    for page in &pages.texts {
        let id = page.id.to_string();
        let named = [bare(page.address.raw()), id.clone()].into_iter().filter(|place| !place.is_empty());
        let held = named.flat_map(|place| at.get(&place).cloned().unwrap_or_default());
        let with = held.filter_map(|s| Some((s, by_id.get(id.as_str())?.holds(by_id.get(s)?)?)));
        let mut with: Vec<(String, f64)> = with.map(|(s, share)| (s.to_owned(), share)).collect();
        with.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        if !with.is_empty() {
            out.insert(id, with);
        }
    }
    out
}

/// Parents of texts, and quotations in passing.
struct Read {
    parents: BTreeMap<String, Descent>,
    echoes: Vec<Echo>,
}

fn read(
    texts: &[Text<'_>],
    claims: &BTreeMap<&str, Option<(&str, Kinship)>>,
    places: &BTreeMap<String, Vec<(String, f64)>>,
) -> Read {
    let mut out = Read { parents: BTreeMap::new(), echoes: Vec::new() };
    let holders = holders(texts);
    for (at, text) in texts.iter().enumerate() {
        let (parent, echo) = found(texts, at, &holders);
        let said = |(of, kinship): (&str, Kinship)| descent(&text.id, of, kinship, 1.0, true);
        // A statement is not counted with the page it was taken from: another's words may stand there as well.
        let from_here = |p: &Descent| places.get(&p.of).is_some_and(|all| all.iter().any(|(s, _)| *s == text.id));
        let parent = match (claims.get(text.id.as_str()), places.get(&text.id).and_then(|all| all.first())) {
            (Some(claim), _) => claim.map(said),
            (None, Some((of, share))) => Some(descent(&text.id, of, Kinship::Quotation, *share, false)),
            (None, None) => parent.filter(|p| !from_here(p)),
        };
        // What is said to repeat nothing may still quote.
        out.parents.extend(parent.map(|p| (text.id.clone(), p)));
        out.echoes.extend(echo);
    }
    out
}

/// The earliest texts that have each run that several have.
fn holders(texts: &[Text<'_>]) -> FxHashMap<u64, Vec<u32>> {
    let numbered = texts.iter().enumerate().flat_map(|(at, t)| t.runs.iter().map(move |run| (*run, at as u32)));
    let mut all: Vec<(u64, u32)> = numbered.collect();
    all.sort_unstable();
    all.dedup();
    let several = all.chunk_by(|a, b| a.0 == b.0).filter(|of| of.len() > 1);
    several.map(|of| (of[0].0, of.iter().take(HOLDERS).map(|h| h.1).collect())).collect()
}

fn descent(statement: &str, of: &str, kinship: Kinship, shared: f64, said: bool) -> Descent {
    Descent { statement: statement.to_owned(), of: of.to_owned(), kinship: Some(kinship), shared, said }
}

/// The earlier text that this one repeats most of, and the one it quotes most of beside its own words.
fn found(texts: &[Text<'_>], at: usize, holders: &FxHashMap<u64, Vec<u32>>) -> (Option<Descent>, Option<Echo>) {
    let (text, mut parent, mut echo) = (&texts[at], None::<Descent>, None::<Echo>);
    for before in candidates(texts, at, holders) {
        let of = &texts[before].id;
        match text.kin(&texts[before]) {
            Some(Kin::Repeats(kinship, shared)) if parent.as_ref().is_none_or(|p| shared > p.shared) => {
                parent = Some(descent(&text.id, of, kinship, shared, false));
            }
            Some(Kin::Quotes(shared, words)) if echo.as_ref().is_none_or(|e| shared > e.shared) => {
                echo = Some(Echo { text: text.id.clone(), of: of.clone(), heard: Heard::Quoted, shared, words });
            }
            _ => {}
        }
    }
    (parent, echo)
}

/// Earlier texts that share most runs with this one; for a text too short for runs all that are as short.
fn candidates(texts: &[Text<'_>], at: usize, holders: &FxHashMap<u64, Vec<u32>>) -> Vec<usize> {
    let text = &texts[at];
    if text.runs.is_empty() {
        return (0..at).filter(|n| texts[*n].runs.is_empty()).collect();
    }
    let mut common: BTreeMap<u32, usize> = BTreeMap::new();
    for holder in text.runs.iter().filter_map(|run| holders.get(run)).flatten().filter(|h| (**h as usize) < at) {
        *common.entry(*holder).or_default() += 1;
    }
    let enough = |n: usize| n >= kin::LEAST.min(text.runs.len());
    let mut all: Vec<(u32, usize)> = common.into_iter().filter(|(_, n)| enough(*n)).collect();
    all.sort_by_key(|(holder, n)| (std::cmp::Reverse(*n), *holder));
    all.truncate(COMPARED);
    let mut out: Vec<usize> = all.into_iter().map(|(holder, _)| holder as usize).collect();
    out.sort_unstable();
    out
}

/// Groups texts by origin, the earliest of each first; origins with statements before those of pages alone.
fn group(texts: &[Text<'_>], parents: &BTreeMap<String, Descent>) -> Vec<Origin> {
    let mut out: BTreeMap<(bool, &str), Vec<Descent>> = BTreeMap::new();
    let roots: Vec<&str> = texts.iter().map(|t| root(&t.id, parents)).collect();
    let spoken: BTreeSet<&str> =
        texts.iter().zip(&roots).filter(|(t, _)| t.id.starts_with("s:")).map(|(_, r)| *r).collect();
    for (text, root) in texts.iter().zip(&roots) {
        let descent = parents.get(&text.id).filter(|_| *root != text.id);
        let descent = descent.cloned().unwrap_or_else(|| first(&text.id));
        out.entry((!spoken.contains(root), root)).or_default().push(descent);
    }
    out.into_values()
        .map(|mut statements| {
            statements.sort_by_key(|d| !d.of.is_empty());
            Origin { statements }
        })
        .collect()
}

fn first(id: &str) -> Descent {
    Descent { statement: id.to_owned(), of: String::new(), kinship: None, shared: 0.0, said: false }
}

/// Follows parents up; where people said things in a circle, the smallest id in it is the origin.
fn root<'a>(id: &'a str, parents: &'a BTreeMap<String, Descent>) -> &'a str {
    let (mut chain, mut seen) = (vec![id], BTreeSet::from([id]));
    loop {
        let at = chain[chain.len() - 1];
        let Some(parent) = parents.get(at) else { return at };
        if !seen.insert(&parent.of) {
            let start = chain.iter().position(|s| *s == parent.of).unwrap_or(0);
            return chain[start..].iter().min().copied().unwrap_or(at);
        }
        chain.push(&parent.of);
    }
}

/// Texts of different origins that share rare names, figures and dates and no passage; the longest of each origin speaks
/// for it.
fn beside(texts: &[Text<'_>], origins: &[Origin], echoes: &mut Vec<Echo>) {
    let size: BTreeMap<&str, usize> = texts.iter().map(|t| (t.id.as_str(), t.words.len())).collect();
    let words = |d: &&Descent| size.get(d.statement.as_str()).copied().unwrap_or_default();
    let longest = |o: &Origin| o.statements.iter().rev().max_by_key(words).map(|d| d.statement.clone());
    let speak: BTreeSet<String> = origins.iter().filter_map(longest).collect();
    let of = |(n, o): (usize, &'_ Origin)| o.statements.iter().map(|d| (d.statement.clone(), n)).collect::<Vec<_>>();
    let origin: BTreeMap<String, usize> = origins.iter().enumerate().flat_map(of).collect();
    let both = |e: &Echo| Some((*origin.get(&e.text)?, *origin.get(&e.of)?));
    let linked: BTreeSet<(usize, usize)> = echoes.iter().filter_map(both).flat_map(|(a, b)| [(a, b), (b, a)]).collect();
    let (mut shelf, mut before) = (leaks::Shelf::default(), Vec::new());
    for text in texts.iter().filter(|t| speak.contains(&t.id)) {
        let Some(here) = origin.get(&text.id) else { continue };
        let near = shelf.beside(text.raw);
        let apart = |n: &&leaks::Beside| !linked.contains(&(*here, origin[&before[n.doc]]));
        if let Some(near) = near.iter().find(apart) {
            let words = near.shared.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>().join("; ");
            let (of, words) = (String::clone(&before[near.doc]), Quote::from(words).short(240));
            echoes.push(Echo { text: text.id.clone(), of, heard: Heard::Beside, shared: 0.0, words });
        }
        shelf.add(text.raw);
        before.push(text.id.clone());
    }
}

/// The pages and documents that are named anywhere in what was found.
fn lines(j: &Judgement, pages: &Pages) -> Texts {
    let in_origins = j.origins.iter().flat_map(|o| &o.statements).map(|d| &d.statement);
    let named: BTreeSet<&String> = in_origins.chain(j.echoes.iter().flat_map(|e| [&e.text, &e.of])).collect();
    let line = |p: &crate::pages::PageText| TextLine {
        id: p.id.to_string(),
        title: p.title.clone(),
        address: p.address.clone(),
        when: p.when,
    };
    let lines = pages.texts.iter().map(line).filter(|l| named.contains(&l.id)).collect();
    Texts { lines, compared: pages.texts.len() as u64, left: pages.left }
}

#[cfg(test)]
mod tests;
