//! How strongly each actor acts together with others: what ranks accounts, whether or not a link of theirs survives.
//!
//! Two views, the better of which counts at twice its p: the strongest pair an actor is in, times the pairs judged for
//! it; and its crowds that came again, by the *third* best occasion (with two occasions a third of the lesser), times
//! the crowds compared for it. The third, because two coincidences befall many among thousands, and three hardly any.

use crate::crowd::Crowds;
use crate::recur::Recurrences;
use model::{ActorNo, ActorScore};
use std::collections::BTreeMap;

/// Every actor with evidence, sorted. `pairs` holds ln p by actor, sorted.
pub fn scores(crowds: &Crowds, found: &Recurrences, pairs: &[(ActorNo, f64)]) -> Vec<ActorScore> {
    let mut best: BTreeMap<ActorNo, f64> = pairs.iter().copied().collect();
    for (actor, ln_p) in by_crowds(crowds, found) {
        best.entry(actor).and_modify(|p| *p = p.min(ln_p)).or_insert(ln_p);
    }
    best.into_iter()
        .map(|(actor, ln_p)| ActorScore::of(actor, ln_p + std::f64::consts::LN_2))
        .filter(|s| s.score > 0.0)
        .collect()
}

fn by_crowds(crowds: &Crowds, found: &Recurrences) -> Vec<(ActorNo, f64)> {
    let mut rows: Vec<(ActorNo, u32, f32)> = (0..crowds.len())
        .filter(|at| found.evidence[*at] > 0.0)
        .map(|at| (crowds.touch(at).actor, crowds.touch(at).record, found.evidence[at]))
        .collect();
    rows.sort_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(y.2.total_cmp(&x.2)));
    rows.dedup_by_key(|r| (r.0, r.1));
    rows.chunk_by(|x, y| x.0 == y.0)
        .map(|own| {
            let mut occasions: Vec<f32> = own.iter().map(|r| r.2).collect();
            occasions.sort_by(|x, y| y.total_cmp(x));
            let third = match occasions.get(2) {
                Some(third) => f64::from(*third),
                None => f64::from(occasions[occasions.len() - 1]) / 3.0,
            };
            let tests = f64::from(found.tests[own[0].0.0 as usize].max(1));
            (own[0].0, tests.ln() - third)
        })
        .collect()
}
