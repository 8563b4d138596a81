//! What a careful reader would object to in a report: likelihood and confidence in one sentence, a judgement without
//! alternatives, gaps not stated, evidence counted twice. It reads; it changes nothing.
//!
//! Wrong where: words are compared in English only, and `likely` inside a quotation counts as ours.
//! Source: ICD 203 (2015), D.6.e; Friedman and Zeckhauser, "Assessing Uncertainty in Intelligence", 2012.

use crate::words;
use model::{Dossier, Hypothesis, Judgement, Question, Quote};
use std::collections::BTreeMap;

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// Id of what it is about: a finding, question, weight, claim.
    pub about: String,
    /// Name of the rule.
    pub rule: &'static str,
    /// What is wrong, with the sentence where there is one.
    pub text: Quote,
}

/// Words that say how likely.
const LIKELY: &[&str] = &[
    "almost no chance",
    "remote",
    "highly improbable",
    "very unlikely",
    "unlikely",
    "improbable",
    "roughly even",
    "even odds",
    "likely",
    "probable",
    "probably",
    "very likely",
    "highly likely",
    "almost certain",
    "nearly certain",
    "likelihood",
    "probability",
];

/// Everything found, in order.
#[must_use]
pub fn lint(d: &Dossier) -> Vec<Remark> {
    let mut out: Vec<Remark> = texts(d).iter().flat_map(|(about, text)| mixed(about, text)).collect();
    for q in &d.judgement.questions {
        out.extend(question(q, &d.judgement));
    }
    out.extend(twice(&d.judgement));
    out.sort();
    out.dedup();
    out
}

fn remark(about: &str, rule: &'static str, text: impl Into<String>) -> Remark {
    Remark { about: about.to_owned(), rule, text: Quote::from(text.into()) }
}

/// Every text of ours or a person's that judges; statements are others' words and are left alone.
fn texts(d: &Dossier) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = d.answer.iter().map(|a| ("answer".to_owned(), a.clone())).collect();
    for f in &d.findings {
        let innocent = f.innocent.get().iter().flat_map(|i| [&i.what, &i.check]);
        out.extend([&f.title, &f.observed, &f.because].into_iter().chain(innocent).map(|t| (f.id.clone(), t.clone())));
    }
    let j = &d.judgement;
    let said = |id: &str, q: &Quote| (id.to_owned(), q.raw().to_owned());
    for q in &j.questions {
        out.push(said(&q.id, &q.text));
        out.extend(q.hypotheses.iter().flat_map(|h| [said(&q.id, &h.text), said(&q.id, &h.because)]));
    }
    out.extend(j.weights.iter().flat_map(|w| [said(&w.id, &w.why), said(&w.id, &w.independent)]));
    out.extend(j.sameness.iter().map(|m| said(&m.id, &m.why)));
    out.extend(j.techniques.iter().map(|t| said(&t.technique, &t.why)));
    out.extend(d.rulings.iter().map(|r| said(&r.finding, &r.why)));
    out
}

/// Sentences that say both how likely and how sure.
fn mixed(about: &str, text: &str) -> Vec<Remark> {
    let both = |s: &&str| {
        let lower = s.to_lowercase();
        let word = |w: &str| lower.match_indices(w).any(|(at, _)| alone(&lower, at, at + w.len()));
        let sure = ["confidence", "confident", "confidently"].iter().any(|w| word(w));
        sure && LIKELY.iter().any(|w| word(w))
    };
    let sentences = text.split_inclusive(['.', '!', '?', ';', '\n']);
    let told = |s: &str| remark(about, "mixed", format!("likelihood and confidence in one sentence: “{}”", s.trim()));
    sentences.filter(both).map(told).collect()
}

/// True where no letter touches the word.
fn alone(text: &str, from: usize, to: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(text[..from].chars().next_back()) && !letter(text[to..].chars().next())
}

fn question(q: &Question, j: &Judgement) -> Vec<Remark> {
    let mut out = Vec::new();
    if q.gaps.is_empty() {
        out.push(remark(&q.id, "gaps", "says nothing of what is not known"));
    }
    let weighed = |h: &Hypothesis| {
        let weights = j.weights.iter().filter(|w| w.question == q.id);
        h.likelihood.is_some() || weights.flat_map(|w| &w.ratios).any(|r| r.0 == h.name)
    };
    let judged = q.hypotheses.iter().filter(|h| weighed(h)).count();
    if judged == 1 {
        out.push(remark(&q.id, "alternatives", "judges one hypothesis and none beside it"));
    }
    out.extend(
        q.hypotheses
            .iter()
            .filter(|h| h.likelihood.is_some() && h.confidence.is_none())
            .map(|h| remark(&q.id, "confidence", format!("{}: says how likely and not how sure", h.name))),
    );
    out.extend(sums(q));
    out.extend(apart(q, j));
    out
}

/// Hypotheses that exclude each other and leave none out must be able to add up to one.
fn sums(q: &Question) -> Option<Remark> {
    let stated: Vec<(u8, u8)> =
        q.hypotheses.iter().filter_map(|h| h.likelihood).map(model::Likelihood::percent).collect();
    let low: u32 = stated.iter().map(|p| u32::from(p.0)).sum();
    let high: u32 = stated.iter().map(|p| u32::from(p.1)).sum();
    let all = stated.len() == q.hypotheses.len();
    let wrong = low > 100 || (all && high < 100);
    wrong.then(|| {
        remark(&q.id, "sum", format!("the likelihoods add up to {low} to {high} per cent, which cannot be 100"))
    })
}

/// A stated word that what the weights come to does not touch.
fn apart(q: &Question, j: &Judgement) -> Vec<Remark> {
    let Some(weighed) = j.weighed.iter().find(|w| w.question == q.id) else { return Vec::new() };
    let one = |(h, b): (&Hypothesis, &model::Balance)| {
        let ((low, high), (from, to)) = (h.likelihood?.percent(), b.share?);
        let outside = to * 100.0 < f64::from(low) || from * 100.0 > f64::from(high);
        outside.then(|| {
            let share = format!(
                "{} to {} per cent",
                words::number((from * 100.0).round()),
                words::number((to * 100.0).round())
            );
            remark(
                &q.id,
                "weights",
                format!(
                    "{}: `{}` was said, the weights come to {share}",
                    h.name,
                    h.likelihood.map_or("", |l| l.word())
                ),
            )
        })
    };
    q.hypotheses.iter().zip(&weighed.balances).filter_map(one).collect()
}

/// Groups of one question that are called independent and share an origin.
fn twice(j: &Judgement) -> Vec<Remark> {
    let origin = |item: &str| j.origins.iter().position(|o| o.statements.iter().any(|s| s.statement == item));
    let mut seen: BTreeMap<(&str, usize), &str> = BTreeMap::new();
    let mut out = Vec::new();
    for w in &j.weights {
        for origin in w.items.iter().filter_map(|i| origin(i)) {
            match seen.insert((&w.question, origin), &w.id) {
                Some(other) if other != w.id => {
                    out.push(remark(
                        &w.id,
                        "origin",
                        format!("leans on an origin that {other} leans on too: one source, counted twice"),
                    ));
                }
                _ => {}
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_mix() {
        for (text, found) in [
            ("It is likely that they did. We have low confidence in that.", false),
            ("We assess with high confidence that it is likely.", true),
            ("Confident sources; likely wrong.", false),
            ("With confidence, an unlikely tale!", true),
            ("confidences unlikelyhood", false),
            ("", false),
        ] {
            assert_eq!(!mixed("x", text).is_empty(), found, "{text}");
        }
    }
}
