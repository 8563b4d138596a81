//! Which pairs met more often than chance has it, at a stated false discovery rate.
//!
//! A pair is tested because it met at least once, so its p is the tail given at least one meeting. Of the two nulls
//! (see [`crate::background`]) the larger p counts; *when* is silent on pairs that met mostly in objects where
//! everybody is close. Objects of one record (the tags of one post) count once. Benjamini and Hochberg's procedure
//! runs within each kind over every pair that met there, at an even share of the rate (FDR of a union of K such lists
//! is at most their sum), so that a kind where everybody meets does not drown the others. Where two accounts are early
//! by habit both nulls are too kind.

use crate::Input;
use crate::background::{Background, SILENT, close_once};
use crate::chance::{benjamini_hochberg, ln_binomial_tail, ln_poisson_tail, probability};
use crate::seen::Seen;
use crate::tally::{Pairs, Tallies, Tally};
use model::{ActorNo, KindCount, Link};
use std::collections::BTreeMap;

/// The null models in words, for whoever reads the figures.
pub const NULL: &str = "The larger of two: accounts dealt anew over the shares of a kind, times kept (Poisson, given \
     the accounts' and the objects' activity); and, for objects both touched, times dealt anew over the object's shares \
     (binomial, at the object's own rate of shares within the window, or that of other objects of its size); each given \
     that the pair met at least once.";

/// Which pairs are kept.
#[derive(Clone, Copy)]
pub enum Keep<'a> {
    /// Those of a false discovery rate.
    Rate(f64),
    /// Those of whose kinds one has a p no larger than its own here.
    AtMost(&'a [f64]),
}

/// What the judging gives.
pub struct Judged {
    /// Links that survive the cut, sorted, with no witnesses yet.
    pub links: Vec<Link>,
    /// ln p for every actor of a pair that was judged.
    pub scores: Vec<(ActorNo, f64)>,
    /// Largest p that survived, by kind.
    pub cut: Vec<f64>,
}

/// Judges the pairs that met often enough.
pub fn judge(
    input: &Input<'_>,
    background: &Background,
    seen: &Seen,
    (pairs, tallies): (&Pairs<'_>, &Tallies),
    keep: Keep<'_>,
) -> Judged {
    let mut links: Vec<Link> = tallies
        .all
        .chunk_by(|x, y| x.pair == y.pair)
        .filter(|kinds| kinds.iter().any(|t| t.objects >= input.settings.min_objects))
        .map(|kinds| link(input, background, seen, (pairs, tallies), kinds))
        .collect();
    let fdr = if let Keep::Rate(fdr) = keep { fdr } else { 0.0 };
    let cut = adjust(&mut links, &seen.met, fdr);
    let scores = scores(&links);
    match keep {
        Keep::Rate(fdr) => links.retain(|l| l.q <= fdr),
        Keep::AtMost(cut) => links.retain(|l| l.kinds.iter().any(|k| k.p <= cut[usize::from(k.kind.0)])),
    }
    Judged { links, scores, cut }
}

/// ln p of each actor's strongest link, times the number of links judged for it.
fn scores(links: &[Link]) -> Vec<(ActorNo, f64)> {
    let mut best: BTreeMap<ActorNo, (f64, f64)> = BTreeMap::new();
    for link in links {
        for actor in [link.a, link.b] {
            let (p, judged) = best.entry(actor).or_insert((1.0, 0.0));
            *p = p.min(link.p);
            *judged += 1.0;
        }
    }
    best.into_iter().map(|(actor, (p, judged))| (actor, p.ln() + judged.ln())).collect()
}

/// Sets each link's q to the smallest over its kinds, times the number of kinds in which anybody met. Gives the largest
/// p within the rate by kind; below nothing where there is none.
fn adjust(links: &mut [Link], met: &[u64], fdr: f64) -> Vec<f64> {
    let kinds = met.iter().filter(|m| **m > 0).count() as f64;
    let mut cut = vec![-1.0_f64; met.len()];
    for (kind, tests) in met.iter().enumerate() {
        let of_kind = |l: &Link| l.kinds.iter().find(|k| usize::from(k.kind.0) == kind).map(|k| k.p);
        let p: Vec<(usize, f64)> = links.iter().enumerate().filter_map(|(at, l)| Some((at, of_kind(l)?))).collect();
        let q = benjamini_hochberg(&p.iter().map(|(_, p)| *p).collect::<Vec<_>>(), *tests);
        for ((at, p), q) in p.iter().zip(q) {
            links[*at].q = links[*at].q.min(q * kinds);
            if q * kinds <= fdr {
                cut[kind] = cut[kind].max(*p);
            }
        }
    }
    cut
}

fn link(
    input: &Input<'_>,
    background: &Background,
    seen: &Seen,
    (pairs, tallies): (&Pairs<'_>, &Tallies),
    kinds: &[Tally],
) -> Link {
    let (a, b) = seen.pairs[kinds[0].pair as usize];
    let [x, y] = [a, b].map(|actor| pairs.place(actor).unwrap_or_default());
    let kinds: Vec<KindCount> = kinds
        .iter()
        .map(|tally| {
            let touched = (tallies.touched(x, tally.kind), tallies.touched(y, tally.kind));
            let who = background.who(tally.kind, touched, background.sampled(a).min(background.sampled(b)));
            let (expected, p) = chance(background, tally, who);
            KindCount {
                kind: tally.kind,
                within: input.kinds[usize::from(tally.kind.0)].window.unwrap_or_default(),
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
    Link { a, b, kinds, p, q: 1.0, witnesses: vec![], met: vec![] }
}

/// Expected objects and p, under whichever null model gives the larger p.
fn chance(background: &Background, tally: &Tally, (met, looked): (f64, f64)) -> (f64, f64) {
    let who = probability(ln_poisson_tail(tally.occasions(), met) - ln_poisson_tail(1, looked));
    match when(background, tally) {
        Some((expected, when)) if when > who => (expected, when),
        _ => (met, who),
    }
}

/// Expected objects and p under *when*, unless most of the meetings were in objects where it is silent.
fn when(background: &Background, tally: &Tally) -> Option<(f64, f64)> {
    let mut trials = tally.large;
    let rates = background.elsewhere(tally.kind, &tally.small.map(|s| (f64::from(s.close), f64::from(s.pairs))));
    for (small, rate) in tally.small.iter().zip(rates) {
        if small.both > 0 && rate < SILENT {
            trials.met += small.met;
            trials.add(small.both, close_once(rate, f64::from(small.tries) / f64::from(small.both)), true);
        }
    }
    if trials.met * 2 <= tally.objects {
        return None;
    }
    if trials.looked == 0 {
        return Some((trials.expected, 1.0));
    }
    let met = trials.met.min(tally.occasions());
    let tail = ln_binomial_tail(met, trials.both, trials.expected / f64::from(trials.both));
    let once = ln_binomial_tail(1, trials.looked, trials.looked_expected / f64::from(trials.looked));
    Some((trials.expected, probability(tail - once)))
}
