//! Techniques that a case may have beside those it names: what DISARM's analysts coded together, and the crosswalk.
//!
//! Each incident coded by hand votes for its techniques with the cosine between what it has and what the case has; ties
//! go to what is coded more often. Nothing is fitted: there are no parameters. A suggestion is never put into a case; a
//! person copies it into a form, with a reason, or does not. Wrong where: it reads no text, knows 57 incidents, and a
//! technique that none of them has is never suggested. How weak that is stands in `docs/accuracy.md` (`measure`).
//! Source: neighbourhood voting, Sarwar et al., "Item-based collaborative filtering", 2001.

use model::{Dossier, Known, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// An incident coded by hand: its name, its techniques.
pub type Incident<'a> = (&'a str, Vec<&'a str>);

/// What is shown of an incident and what is hidden, as places in its list.
type Split = (Vec<usize>, Vec<usize>);

/// A technique to think of.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Its number.
    pub technique: String,
    /// Incidents that have it and something of the case, the nearest first.
    pub with: Vec<String>,
    /// What of the case those have.
    pub shared: Vec<String>,
    /// Techniques of the case that the crosswalk sets beside it.
    pub beside: Vec<String>,
    /// Incidents that have it at all.
    pub coded: usize,
}

/// Techniques that a case names by now: by findings not dismissed and by people, less those that people removed.
fn named(d: &Dossier) -> BTreeSet<&str> {
    let claims = &d.judgement.techniques;
    let removed = |id: &str, by: &str| {
        let mut gone = claims.iter().filter(|c| c.known == Known::Removed && c.technique == id);
        gone.any(|c| c.shown_by.is_empty() || c.shown_by == by)
    };
    let open = d.findings.iter().filter(|f| d.ruling(&f.id).is_none_or(|r| r.verdict != Verdict::Dismissed));
    let found = open.flat_map(|f| f.techniques.iter().filter(|t| !removed(&t.id, &f.id)).map(|t| t.id.as_str()));
    found.chain(claims.iter().filter(|c| c.known != Known::Removed).map(|c| c.technique.as_str())).collect()
}

/// What to think of beside what a case names, the nearest first; nothing that people removed.
#[must_use]
pub fn suggest(d: &Dossier, incidents: &[Incident<'_>], most: usize) -> Vec<Suggestion> {
    let given = named(d);
    let claims = d.judgement.techniques.iter();
    let removed: BTreeSet<&str> = claims.filter(|c| c.known == Known::Removed).map(|c| c.technique.as_str()).collect();
    let beside = |id: &str| -> Vec<String> {
        let pairs = model::CROSSWALK.iter().flat_map(|(d, a)| [(*d, *a), (*a, *d)]);
        pairs.filter(|(to, from)| *to == id && given.contains(from)).map(|(_, from)| from.to_owned()).collect()
    };
    let mut order: Vec<String> =
        rank(&given, incidents).into_iter().filter(|(_, votes)| *votes > 0.0).map(|r| r.0).collect();
    let crossed =
        model::CROSSWALK.iter().flat_map(|(d, a)| [*d, *a]).filter(|id| !given.contains(id) && !beside(id).is_empty());
    for id in crossed {
        if !order.iter().any(|o| o == id) {
            order.push(id.to_owned());
        }
    }
    order.retain(|id| !removed.contains(id.as_str()));
    order.into_iter().take(most).map(|id| why(id, &given, incidents, beside)).collect()
}

fn why(
    technique: String,
    given: &BTreeSet<&str>,
    incidents: &[Incident<'_>],
    beside: impl Fn(&str) -> Vec<String>,
) -> Suggestion {
    let has = || incidents.iter().filter(|i| i.1.contains(&technique.as_str()));
    let mut near: Vec<(&Incident<'_>, f64)> = has().map(|i| (i, cosine(given, &i.1))).filter(|n| n.1 > 0.0).collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.0.cmp(b.0.0)));
    let shared: BTreeSet<&str> =
        near.iter().flat_map(|(i, _)| i.1.iter().copied().filter(|t| given.contains(t))).collect();
    Suggestion {
        with: near.iter().map(|(i, _)| i.0.to_owned()).collect(),
        shared: shared.into_iter().map(str::to_owned).collect(),
        beside: beside(&technique),
        coded: has().count(),
        technique,
    }
}

fn cosine(given: &BTreeSet<&str>, of: &[&str]) -> f64 {
    let common = of.iter().filter(|t| given.contains(**t)).count() as f64;
    if common == 0.0 { 0.0 } else { common / ((given.len() * of.len()) as f64).sqrt() }
}

/// Every technique of the incidents that is not given, with its votes.
fn rank(given: &BTreeSet<&str>, incidents: &[Incident<'_>]) -> Vec<(String, f64)> {
    let mut votes: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for (_, techniques) in incidents {
        let weight = cosine(given, techniques);
        for t in techniques {
            let of = votes.entry(t).or_default();
            *of = (of.0 + weight, of.1 + 1);
        }
    }
    let mut out: Vec<(&str, (f64, usize))> = votes.into_iter().filter(|(t, _)| !given.contains(t)).collect();
    out.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(b.1.1.cmp(&a.1.1)).then(a.0.cmp(b.0)));
    out.into_iter().map(|(t, (weight, _))| (t.to_owned(), weight)).collect()
}

/// How often hidden techniques of an incident are among the first few, each incident left out of what votes on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// `all but one` or `half`: what is given of the incident that was left out.
    pub given: &'static str,
    /// How it was ranked: `co-occurrence`, or `base rate` (how often each technique is coded, whatever is given).
    pub ranked: &'static str,
    /// Rankings made.
    pub rankings: usize,
    /// Techniques hidden in all.
    pub hidden: usize,
    /// Of these, those that any other incident has: no ranking can reach the rest.
    pub reachable: usize,
    /// How many first places, hidden techniques among them in all, mean share of those places that were right.
    pub at: Vec<(usize, usize, f64)>,
}

/// Places looked at.
const PLACES: [usize; 5] = [1, 3, 5, 10, 20];

/// Measures both rankings on both tasks.
#[must_use]
pub fn measure(incidents: &[Incident<'_>]) -> Vec<Measured> {
    let mut out = Vec::new();
    for (ranked, votes) in [("co-occurrence", true), ("base rate", false)] {
        out.push(score(incidents, "all but one", one_hidden, ranked, votes));
        out.push(score(incidents, "half", halves, ranked, votes));
    }
    out.sort_by_key(|m| m.given);
    out
}

/// Each technique hidden once.
fn one_hidden(techniques: &[&str]) -> Vec<Split> {
    let n = techniques.len();
    (0..n).map(|hidden| ((0..n).filter(|i| *i != hidden).collect(), vec![hidden])).collect()
}

/// Every other technique by number, and the others.
fn halves(techniques: &[&str]) -> Vec<Split> {
    let half = |odd: usize| (0..techniques.len()).filter(|i| i % 2 == odd).collect::<Vec<_>>();
    vec![(half(0), half(1)), (half(1), half(0))]
}

fn score(
    incidents: &[Incident<'_>],
    given: &'static str,
    split: fn(&[&str]) -> Vec<Split>,
    ranked: &'static str,
    votes: bool,
) -> Measured {
    let mut out =
        Measured { given, ranked, rankings: 0, hidden: 0, reachable: 0, at: PLACES.map(|k| (k, 0, 0.0)).to_vec() };
    for (left, (_, techniques)) in incidents.iter().enumerate() {
        let others: Vec<Incident<'_>> =
            incidents.iter().enumerate().filter(|(i, _)| *i != left).map(|(_, o)| o.clone()).collect();
        for (shown, hidden) in split(techniques).into_iter().filter(|(s, h)| !s.is_empty() && !h.is_empty()) {
            let shown: BTreeSet<&str> = shown.iter().map(|i| techniques[*i]).collect();
            let hidden: BTreeSet<&str> = hidden.iter().map(|i| techniques[*i]).collect();
            one(&mut out, &order(&shown, &others, votes), &hidden);
            out.reachable += hidden.iter().filter(|h| others.iter().any(|o| o.1.contains(h))).count();
        }
    }
    out.at.iter_mut().for_each(|at| at.2 /= out.rankings.max(1) as f64);
    out
}

/// Techniques in order; without votes by how often they are coded.
fn order(shown: &BTreeSet<&str>, others: &[Incident<'_>], votes: bool) -> Vec<String> {
    let nothing = BTreeSet::new();
    let all = rank(if votes { shown } else { &nothing }, others);
    all.into_iter().map(|r| r.0).filter(|t| !shown.contains(t.as_str())).collect()
}

fn one(out: &mut Measured, order: &[String], hidden: &BTreeSet<&str>) {
    out.rankings += 1;
    out.hidden += hidden.len();
    for (places, hits, precision) in &mut out.at {
        let right = order.iter().take(*places).filter(|t| hidden.contains(t.as_str())).count();
        *hits += right;
        *precision += right as f64 / *places as f64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: &str = "I1\tT0001 T0002 T0003\nI2\tT0001 T0002\nI3\tT0009 T0003\n";

    #[test]
    fn what_goes_with_what_is_given_comes_first() {
        let incidents: Vec<Incident<'_>> = model::parse_incidents(THREE).collect();
        let first = |given: &[&str]| rank(&given.iter().copied().collect(), &incidents)[0].0.clone();
        assert_eq!(first(&["T0001"]), "T0002");
        assert_eq!(first(&["T0009"]), "T0003");
        assert_eq!(first(&[]), "T0001", "nothing given: the most coded, then the least number");
    }

    #[test]
    fn what_is_left_out_does_not_vote() {
        let incidents: Vec<Incident<'_>> = model::parse_incidents("I1\tT0001 T0002\nI2\tT0003\n").collect();
        let all = measure(&incidents);
        assert_eq!(all.len(), 4);
        assert!(all.iter().all(|m| m.reachable == 0 && m.at.iter().all(|a| a.1 == 0)), "{all:?}");
        let incidents: Vec<Incident<'_>> = model::parse_incidents("I1\tT0001 T0002\nI2\tT0001 T0002\n").collect();
        let all = measure(&incidents);
        assert_eq!((all[0].hidden, all[0].reachable, all[0].at[0]), (4, 4, (1, 4, 1.0)));
    }
}
