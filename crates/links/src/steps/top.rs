//! The strongest of a network's pairs, without keeping the others.
//!
//! Pairs are made anew at each pass: one to find the highest weight, one to count in bins, one to look into the bins that
//! matter, one to keep. Slower than keeping all, but memory follows what is kept.

use model::Edges;
use std::collections::BTreeMap;

/// Something that hands on all pairs (smaller account, larger account, weight ≥ 0), sorted, the same each time.
pub type Pairs<'a> = &'a dyn Fn(&mut dyn FnMut(u32, u32, f64));

/// The pairs above the quantile of all of them (type 7), at most `share` of them, and at least `least` strong.
#[must_use]
pub fn above(pairs: Pairs<'_>, share: f64, least: f64) -> Edges {
    let above = if share >= 1.0 { f64::NEG_INFINITY } else { quantile(pairs, 1.0 - share) };
    let mut edges = Edges::default();
    pairs(&mut |a, b, w| {
        if w > above && w >= least && w > 0.0 {
            edges.push(a, b, w);
        }
    });
    edges
}

/// All pairs, or where there are more than `most` only the strongest, and then the weight that those left out do not
/// exceed.
#[must_use]
pub fn at_most(pairs: Pairs<'_>, most: usize) -> (Edges, Option<f64>) {
    let mut all = 0_usize;
    pairs(&mut |_, _, _| all += 1);
    if all <= most {
        return (above(pairs, 1.0, 0.0), None);
    }
    let cut = quantile(pairs, 1.0 - most as f64 / all as f64);
    let mut edges = Edges::default();
    pairs(&mut |a, b, w| {
        if w > cut {
            edges.push(a, b, w);
        }
    });
    (edges, Some(cut))
}

/// Type-7 quantile of all pairs, kept as counts in bins, then exactly within the bins that matter.
#[must_use]
pub fn quantile(pairs: Pairs<'_>, share: f64) -> f64 {
    const BINS: usize = 1 << 16;
    let mut highest = 0.0_f64;
    let mut all = 0_u64;
    pairs(&mut |_, _, w| {
        highest = highest.max(w);
        all += 1;
    });
    if all == 0 {
        return 0.0;
    }
    let bin = |w: f64| ((w / highest * BINS as f64) as usize).min(BINS - 1);
    let mut bins = vec![0_u64; BINS];
    pairs(&mut |_, _, w| bins[bin(w)] += 1);
    let at = share * (all - 1) as f64;
    let ranks = [at.floor() as u64, (at.floor() as u64 + 1).min(all - 1)];
    let (mut before, mut wanted) = (0, BTreeMap::new());
    for (n, count) in bins.iter().enumerate() {
        if ranks.iter().any(|r| (before..before + count).contains(r)) {
            wanted.insert(n, (before, BTreeMap::<u64, u64>::new()));
        }
        before += count;
    }
    pairs(&mut |_, _, w| {
        if let Some((_, values)) = wanted.get_mut(&bin(w)) {
            *values.entry(w.to_bits()).or_default() += 1;
        }
    });
    let [low, high] = ranks.map(|rank| ranked(&wanted, rank));
    low + (at - at.floor()) * (high - low)
}

/// The value at a rank, among bins of (values before, value's bits and how often). Weights are not negative, so their
/// bits sort as they do.
fn ranked(bins: &BTreeMap<usize, (u64, BTreeMap<u64, u64>)>, rank: u64) -> f64 {
    let mut last = 0.0;
    for (before, values) in bins.values() {
        let mut passed = *before;
        for (bits, count) in values {
            passed += count;
            last = f64::from_bits(*bits);
            if rank < passed {
                return last;
            }
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(f: &mut dyn FnMut(u32, u32, f64)) {
        (0..40_u32).for_each(|n| f(n, n + 1, f64::from(n * n % 11) / 3.0));
    }

    #[test]
    fn the_quantile_is_that_of_all_pairs() {
        let mut all = Vec::new();
        some(&mut |_, _, w| all.push(w));
        all.sort_by(f64::total_cmp);
        for share in [0.0, 0.3, 0.5, 0.995, 1.0] {
            let exact = crate::steps::cut::quantile(&all, share);
            assert!((quantile(&some, share) - exact).abs() < 1e-12, "{share}");
        }
    }

    #[test]
    fn the_strongest_stay() {
        let (whole, none) = at_most(&some, 40);
        assert!(none.is_none() && whole.weight.iter().all(|w| *w > 0.0));
        let (strongest, cut) = at_most(&some, 10);
        let cut = cut.expect("too many");
        assert!(strongest.len() <= 10 && !strongest.is_empty() && strongest.weight.iter().all(|w| *w > cut));
    }
}
