//! Which pairs met more often than chance has it, at a stated false discovery rate.
//!
//! A pair is tested because it met at least once, so its p is the tail given at least one meeting, and the procedure
//! of Benjamini and Hochberg runs over every pair that met once: neither hides the pairs that were never a candidate.
//! Of the two nulls (see [`crate::background`]) the larger p counts. *When* is silent on pairs that met mostly in
//! objects where everybody is close; where two accounts are early by habit both nulls are too kind.

use crate::background::{Background, level};
use crate::chance::{benjamini_hochberg, ln_binomial_tail, ln_poisson_tail, probability};
use crate::seen::Seen;
use crate::tally::{Pairs, Tallies, Tally};
use model::{KindCount, Link};

/// The null models in words, for whoever reads the figures.
pub const NULL: &str = "The larger of two: accounts dealt anew over the shares of a kind, times kept (Poisson, given \
     the accounts' and the objects' activity); and, for objects both touched, times dealt anew over the object's shares \
     (binomial, at the object's own rate of shares within the window, or that of objects of its size); each given \
     that the pair met at least once.";

/// Links that survive the cut, sorted, with no witnesses yet.
pub fn judge(
    background: &Background,
    seen: &Seen,
    pairs: &Pairs<'_>,
    tallies: &Tallies,
    (least, fdr): (u32, f64),
) -> Vec<Link> {
    let mut links: Vec<Link> = tallies
        .all
        .chunk_by(|x, y| x.pair == y.pair)
        .filter(|kinds| kinds.iter().any(|t| t.objects >= least))
        .map(|kinds| link(background, seen, pairs, tallies, kinds))
        .collect();
    let p: Vec<f64> = links.iter().map(|l| l.p).collect();
    for (link, q) in links.iter_mut().zip(benjamini_hochberg(&p, seen.met)) {
        link.q = q;
    }
    links.retain(|l| l.q <= fdr);
    links
}

fn link(background: &Background, seen: &Seen, pairs: &Pairs<'_>, tallies: &Tallies, kinds: &[Tally]) -> Link {
    let (a, b) = seen.pairs[kinds[0].pair as usize];
    let [x, y] = [a, b].map(|actor| pairs.place(actor).unwrap_or_default());
    let kinds: Vec<KindCount> = kinds
        .iter()
        .map(|tally| {
            let touched = (tallies.touched(x, tally.kind), tallies.touched(y, tally.kind));
            let who = background.who(tally.kind, touched, level(a).min(level(b)));
            let (expected, p) = chance(tally, who);
            KindCount {
                kind: tally.kind,
                objects: tally.objects,
                times: tally.times,
                first_leads: tally.first_leads,
                second_leads: tally.second_leads,
                lag: tally.lag,
                expected,
                p,
            }
        })
        .collect();
    let least = kinds.iter().map(|k| k.p).fold(1.0, f64::min);
    let p = (least * kinds.len() as f64).min(1.0);
    Link { a, b, kinds, p, q: 1.0, witnesses: vec![] }
}

/// Expected objects and p, under whichever null model gives the larger p.
fn chance(tally: &Tally, (met, looked): (f64, f64)) -> (f64, f64) {
    let who = probability(ln_poisson_tail(tally.objects, met) - ln_poisson_tail(1, looked));
    match when(tally) {
        Some(when) if when > who => (tally.both_expected, when),
        _ => (met, who),
    }
}

/// p under *when*, unless most of the meetings were in objects where it is silent.
fn when(tally: &Tally) -> Option<f64> {
    if tally.both_close * 2 <= tally.objects {
        return None;
    }
    if tally.looked == 0 {
        return Some(1.0);
    }
    let tail = ln_binomial_tail(tally.both_close, tally.both, tally.both_expected / f64::from(tally.both));
    let once = ln_binomial_tail(1, tally.looked, tally.looked_expected / f64::from(tally.looked));
    Some(probability(tail - once))
}
