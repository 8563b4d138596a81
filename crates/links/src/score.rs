//! How strongly each actor acts together with others: what ranks accounts, whether or not a link of theirs survives.
//!
//! Two views, the better of which counts at twice its p: the strongest pair an actor is in, times the pairs judged for
//! it; and its occasions in crowds that came again, by kind alone (whoever was about: a claim asks for more). Of n
//! occasions, k as unlikely as the k-th have chance C(n, k)·pᵏ at most (the statistic of Berk and Jones 1979). Fewer
//! than three count as three, because two coincidences befall many among thousands; and as occasions of one actor are
//! compared with each other, k of them speak like √(3k) alone, told as one in three.

use crate::crowd::Crowds;
use crate::recur::Recurrences;
use model::{ActorNo, ActorScore};
use std::collections::BTreeMap;

/// Fewest occasions.
const LEAST: f64 = 3.0;

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
            (own[0].0, -together(&occasions))
        })
        .collect()
}

/// Occasions, strongest first, as one figure: the best over how many are counted.
fn together(occasions: &[f32]) -> f64 {
    let n = occasions.len();
    let (mut ln_choose, mut best) = (0.0, 0.0_f64);
    for (at, evidence) in occasions.iter().enumerate() {
        let k = (at + 1) as f64;
        ln_choose += ((n - at) as f64).ln() - k.ln();
        if k >= LEAST.min(n as f64) {
            best = best.max((k * f64::from(*evidence) - ln_choose) / (k.max(LEAST) * LEAST).sqrt());
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occasions_add_up_slowly() {
        let close = |ours: f64, theirs: f64| assert!((ours - theirs).abs() < 1e-9, "{ours} but {theirs}");
        close(together(&[]), 0.0);
        close(together(&[30.0]), 10.0);
        close(together(&[30.0, 9.0]), 6.0);
        close(together(&[30.0, 20.0, 10.0]), 10.0);
        close(together(&[10.0; 12]), 120.0 / 6.0);
        assert!(together(&[40.0, 40.0, 1.0, 1.0]) < together(&[10.0; 4]), "two coincidences");
        assert!(together(&[2.0; 200]) > together(&[2.0; 20]), "many weak occasions");
    }
}
