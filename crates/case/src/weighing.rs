//! What a person's weights come to, and what would change it.
//!
//! Ratios of independent groups multiply; a range goes in by its ends, so the result is as wide as the doubt that was put
//! in. Nothing is filled in: a hypothesis without a ratio in a group has 1, and without priors for all there are no
//! shares. Wrong where: groups are called independent and are not. Source: Good, "Probability and the Weighing of
//! Evidence", 1950.

use model::{Balance, Judgement, Question, Weighed, Weight};

/// Weighs every question that has weights.
pub(crate) fn weigh(j: &Judgement) -> Vec<Weighed> {
    j.questions.iter().filter_map(|q| question(q, j)).collect()
}

fn question(q: &Question, j: &Judgement) -> Option<Weighed> {
    let weights: Vec<&Weight> = j.weights.iter().filter(|w| w.question == q.id).collect();
    if weights.is_empty() {
        return None;
    }
    let balances = balances(q, &weights);
    let turns = turns(q, &weights, &balances);
    Some(Weighed { question: q.id.clone(), balances, groups: weights.len() as u64, turns })
}

fn balances(q: &Question, weights: &[&Weight]) -> Vec<Balance> {
    let product = |name: &str, of: fn(&(String, f64, f64)) -> f64| -> f64 {
        weights.iter().filter_map(|w| w.ratios.iter().find(|r| r.0 == name)).map(of).product()
    };
    let plain: Vec<Balance> = q
        .hypotheses
        .iter()
        .map(|h| {
            let (low, high) = (product(&h.name, |r| r.1), product(&h.name, |r| r.2));
            Balance { hypothesis: h.name.clone(), low, high, share: None }
        })
        .collect();
    let priors: Option<Vec<(f64, f64)>> = q.hypotheses.iter().map(|h| h.prior).collect();
    match priors {
        Some(priors) => shares(plain, &priors),
        None => plain,
    }
}

/// The least share takes the least of its own and the most of all others, the most the other way round.
fn shares(mut all: Vec<Balance>, priors: &[(f64, f64)]) -> Vec<Balance> {
    let low: Vec<f64> = all.iter().zip(priors).map(|(b, p)| b.low * p.0).collect();
    let high: Vec<f64> = all.iter().zip(priors).map(|(b, p)| b.high * p.1).collect();
    let (lows, highs): (f64, f64) = (low.iter().sum(), high.iter().sum());
    for (i, balance) in all.iter_mut().enumerate() {
        let share = |own: f64, others: f64| if own + others > 0.0 { own / (own + others) } else { 0.0 };
        let range = (share(low[i], highs - high[i]), share(high[i], lows - low[i]));
        balance.share = (range.0.is_finite() && range.1.is_finite()).then_some(range);
    }
    all
}

/// The hypothesis whose low end is above every other's high end; none where ranges overlap.
fn leader(all: &[Balance]) -> Option<&Balance> {
    all.iter().find(|b| all.iter().all(|o| o.hypothesis == b.hypothesis || o.high < b.low))
}

fn turns(q: &Question, weights: &[&Weight], all: &[Balance]) -> Vec<String> {
    let Some(first) = leader(all) else {
        return vec!["No hypothesis stands clear of the others: their ranges overlap.".to_owned()];
    };
    let mut out = Vec::new();
    let next = all.iter().filter(|b| b.hypothesis != first.hypothesis).max_by(|a, b| a.high.total_cmp(&b.high));
    if let Some(next) = next {
        let factor = first.low / next.high;
        out.push(format!(
            "New evidence {:.1} times as probable under “{}” as under “{}” would bring the two level.",
            factor, next.hypothesis, first.hypothesis
        ));
    }
    for (at, weight) in weights.iter().enumerate() {
        let without: Vec<&Weight> = weights.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, w)| *w).collect();
        let rest = balances(q, &without);
        if leader(&rest).is_none_or(|l| l.hypothesis != first.hypothesis) {
            out.push(format!("Without {} “{}” no longer stands clear.", weight.id, first.hypothesis));
        }
    }
    if out.len() == 1 {
        out.push("No single group carries it: without any one of them the same hypothesis stands clear.".to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Hypothesis, Quote};

    /// By group: hypothesis, and the range of its likelihood ratio.
    type Given<'a> = &'a [(&'a str, &'a [(&'a str, f64, f64)])];

    fn judged(prior: Option<(f64, f64)>, weights: Given<'_>) -> Judgement {
        let hypothesis = |name: &str| Hypothesis {
            name: name.into(),
            text: Quote::default(),
            offered: false,
            likelihood: None,
            confidence: None,
            because: Quote::default(),
            prior,
        };
        let weight = |(id, ratios): &(&str, &[(&str, f64, f64)])| Weight {
            id: format!("w:{id}"),
            question: "q:who".into(),
            items: Vec::new(),
            independent: Quote::default(),
            ratios: ratios.iter().map(|r| (r.0.to_owned(), r.1, r.2)).collect(),
            why: Quote::default(),
        };
        let hypotheses = ["x", "y", "z"].map(hypothesis).to_vec();
        let question = Question { id: "q:who".into(), text: Quote::default(), hypotheses, gaps: Vec::new() };
        Judgement { questions: vec![question], weights: weights.iter().map(weight).collect(), ..Judgement::default() }
    }

    #[test]
    fn ranges_multiply_and_shares_need_priors() {
        let weights: Given<'_> = &[("a", &[("x", 2.0, 6.0)]), ("b", &[("x", 2.0, 3.0), ("y", 0.5, 1.0)])];
        let w = weigh(&judged(None, weights)).remove(0);
        assert_eq!((w.groups, w.balances[0].low, w.balances[0].high, w.balances[1].low), (2, 4.0, 18.0, 0.5));
        assert!(w.balances.iter().all(|b| b.share.is_none()));
        let w = weigh(&judged(Some((1.0, 1.0)), weights)).remove(0);
        let (low, high) = w.balances[0].share.expect("priors for all");
        assert!((low - 4.0 / 6.0).abs() < 1e-12 && (high - 18.0 / 19.5).abs() < 1e-12, "{low} {high}");
    }

    #[test]
    fn what_would_change_our_mind() {
        let one: Given<'_> = &[("a", &[("x", 4.0, 8.0)]), ("b", &[("y", 1.0, 2.0)])];
        let w = weigh(&judged(None, one)).remove(0);
        assert_eq!(
            w.turns,
            [
                "New evidence 2.0 times as probable under “y” as under “x” would bring the two level.",
                "Without w:a “x” no longer stands clear."
            ]
        );
        let two: Given<'_> = &[("a", &[("x", 4.0, 8.0)]), ("b", &[("x", 4.0, 5.0)])];
        assert!(weigh(&judged(None, two)).remove(0).turns[1].starts_with("No single group"));
        let none: Given<'_> = &[("a", &[("x", 0.5, 8.0)])];
        assert!(weigh(&judged(None, none)).remove(0).turns[0].starts_with("No hypothesis"));
        assert!(weigh(&judged(None, &[])).is_empty());
    }
}
