//! Which statements repeat which.
//!
//! Words are compared in runs of four, without case and punctuation. Most of one in the other both ways is a copy, a run
//! of twelve words or most of the shorter in the longer a quotation, a fair share of common runs a paraphrase. Where
//! people say how a statement descends that holds: a translation shares no words. Wrong where: two sources that quote a
//! third which is not in the case look like copies of each other; counting them once is the cautious mistake.

use model::{Descent, Kinship, Origin, Statement, When};
use std::collections::{BTreeMap, BTreeSet};

/// Words in a run.
const RUN: usize = 4;
/// Shares at which a copy, a quotation of nearly all and a paraphrase begin.
const SHARES: (f64, f64, f64) = (0.8, 0.8, 0.25);
/// Words in a row that nobody writes twice by chance.
const LONG: usize = 12;
/// Statements compared with each other; a list of thousands belongs among the evidence.
const MOST: usize = 2000;

/// Groups statements by origin, the earliest of each first; origins in order of their first statement's id.
pub(crate) fn origins(statements: &[Statement]) -> Vec<Origin> {
    let mut order: Vec<&Statement> = statements.iter().take(MOST).collect();
    order.sort_by_key(|s| (s.said.from.or(s.said.to).unwrap_or(When(i64::MAX)), &s.id));
    let words: Vec<Vec<String>> = order.iter().map(|s| words(s.words.raw())).collect();
    let mut parents: BTreeMap<&str, Descent> = BTreeMap::new();
    for (at, statement) in order.iter().enumerate() {
        if let Some(parent) = said(statement, statements).or_else(|| found(&order, &words, at)) {
            parents.insert(&statement.id, parent);
        }
    }
    group(&order, &parents)
}

/// What a person said, where it names another statement.
fn said(s: &Statement, all: &[Statement]) -> Option<Descent> {
    let (of, kinship) = s.repeats.as_ref()?;
    let known = *of != s.id && all.iter().any(|o| o.id == *of);
    known.then(|| Descent { statement: s.id.clone(), of: of.clone(), kinship: Some(*kinship), shared: 1.0, said: true })
}

/// The earlier statement that shares most with this one.
fn found(order: &[&Statement], words: &[Vec<String>], at: usize) -> Option<Descent> {
    let mut best: Option<Descent> = None;
    for before in 0..at {
        let Some((kinship, shared)) = kin(&words[at], &words[before]) else { continue };
        if best.as_ref().is_none_or(|b| shared > b.shared) {
            let (statement, of) = (order[at].id.clone(), order[before].id.clone());
            best = Some(Descent { statement, of, kinship: Some(kinship), shared, said: false });
        }
    }
    best
}

/// How one text descends from another, and the share of its runs found there.
fn kin(later: &[String], earlier: &[String]) -> Option<(Kinship, f64)> {
    let (l, e) = (runs(later, RUN), runs(earlier, RUN));
    if l.is_empty() || e.is_empty() {
        return (!later.is_empty() && later == earlier).then_some((Kinship::Copy, 1.0));
    }
    let common = l.intersection(&e).count() as f64;
    let (of_later, of_earlier) = (common / l.len() as f64, common / e.len() as f64);
    let long = || !runs(later, LONG).is_disjoint(&runs(earlier, LONG));
    let kinship = match () {
        () if of_later >= SHARES.0 && of_earlier >= SHARES.0 => Kinship::Copy,
        () if of_later.max(of_earlier) >= SHARES.1 || long() => Kinship::Quotation,
        () if of_later.max(of_earlier) >= SHARES.2 => Kinship::Paraphrase,
        () => return None,
    };
    Some((kinship, of_later.max(of_earlier)))
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn runs(words: &[String], of: usize) -> BTreeSet<&[String]> {
    words.windows(of).collect()
}

fn group(order: &[&Statement], parents: &BTreeMap<&str, Descent>) -> Vec<Origin> {
    let mut out: BTreeMap<&str, Vec<Descent>> = BTreeMap::new();
    for statement in order {
        let root = root(&statement.id, parents);
        let descent = parents.get(statement.id.as_str()).filter(|_| root != statement.id);
        out.entry(root).or_default().push(descent.cloned().unwrap_or_else(|| first(&statement.id)));
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
fn root<'a>(id: &'a str, parents: &'a BTreeMap<&str, Descent>) -> &'a str {
    let mut seen = vec![id];
    loop {
        let at = seen[seen.len() - 1];
        let Some(parent) = parents.get(at) else { return at };
        if let Some(start) = seen.iter().position(|s| *s == parent.of) {
            return seen[start..].iter().min().copied().unwrap_or(at);
        }
        seen.push(&parent.of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Credibility, Interval, Quote, Reliability, Role};

    fn statement(id: &str, day: i64, words: &str) -> Statement {
        Statement {
            id: format!("s:{id}"),
            source: Quote::from(id),
            role: Role::Account,
            said: Interval { from: When::from_unix(day * 86_400), ..Interval::default() },
            about: Interval::default(),
            words: Quote::from(words),
            place: Quote::default(),
            reliability: Reliability::F,
            credibility: Credibility::CannotBeJudged,
            repeats: None,
            denies: Vec::new(),
        }
    }

    fn told(statements: &[Statement]) -> Vec<Vec<(String, Option<Kinship>)>> {
        let one = |o: Origin| o.statements.into_iter().map(|d| (d.statement, d.kinship)).collect();
        origins(statements).into_iter().map(one).collect()
    }

    const JOINT: &str = "The harbour office and the coast guard hold that boats of the northern fleet cut the cable on \
                         the night of the storm, and that no crew acted without orders from the fleet's command.";

    #[test]
    fn ten_pages_of_one_statement_are_one_source() {
        let quoting = format!("Our paper learned more. {} Nobody was hurt.", &JOINT[4..120]);
        let mut translated = statement("d", 4, "Das Hafenamt hält die Boote der Nordflotte für verantwortlich.");
        translated.repeats = Some(("s:a".into(), Kinship::Translation));
        let all = [
            statement("a", 1, JOINT),
            statement("b", 2, &JOINT.to_uppercase()),
            statement("c", 3, &quoting),
            translated,
            statement("e", 5, "The fleet says its boats lay in port and that the accusation is absurd."),
        ];
        let origins = told(&all);
        assert_eq!(origins.len(), 2);
        let kinds: Vec<Option<Kinship>> = origins[0].iter().map(|d| d.1).collect();
        assert_eq!(kinds, [None, Some(Kinship::Copy), Some(Kinship::Quotation), Some(Kinship::Translation)]);
    }

    #[test]
    fn circles_and_strangers_are_survived() {
        let mut a = statement("a", 1, "one two three four five");
        let mut b = statement("b", 2, "six seven eight nine ten");
        a.repeats = Some(("s:b".into(), Kinship::Paraphrase));
        b.repeats = Some(("s:a".into(), Kinship::Paraphrase));
        let mut c = statement("c", 3, "");
        c.repeats = Some(("s:gone".into(), Kinship::Copy));
        let origins = told(&[a, b, c]);
        assert_eq!(origins.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(origins[0][0], ("s:a".to_owned(), None));
    }

    #[test]
    fn other_words_of_the_same_thing_are_apart_unless_they_share_runs() {
        let a = statement("a", 1, "boats of the northern fleet cut the cable on the night of the storm");
        let b = statement("b", 2, "the northern fleet cut the cable, officials of the harbour office believe");
        let c = statement("c", 2, "a cable was damaged in bad weather");
        assert_eq!(told(&[a, b, c]).len(), 2);
    }
}
