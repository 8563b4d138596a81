//! Bins over the time a case covers, and the stretch of them in which a subject's share stands out most.

use model::{Activity, HOUR};

/// Most bins: a scan looks at each pair of ends.
const BINS: usize = 128;
/// Widths of bins in hours; whole days as soon as the case covers ten, so that nights do not count as change.
const WIDTHS: [i64; 16] = [1, 2, 3, 4, 6, 12, 24, 48, 72, 168, 336, 672, 1_344, 2_688, 8_766, 87_660];
/// Fewest records inside a stretch, and fewest outside: without an outside there is nothing to intensify from.
const INSIDE: u64 = 10;
const OUTSIDE: u64 = 5;

/// Bins of equal width.
pub(super) struct Grid {
    /// Hours since 1970.
    from: i64,
    /// Hours.
    hours: i64,
    pub(super) bins: usize,
    /// Microseconds.
    pub(super) width: i64,
}

impl Grid {
    /// Over nearly all of the activity: absurd times at either end (below half a percent) do not stretch it.
    pub(super) fn of(activity: &Activity) -> Option<Self> {
        let step = activity.rows.len().div_ceil(65_536).max(1);
        let mut hours: Vec<i64> = activity.rows.iter().step_by(step).map(|r| i64::from(r.1)).collect();
        hours.sort_unstable();
        let (low, high) = (*hours.get(hours.len() / 200)?, hours[hours.len() - 1 - hours.len() / 200]);
        let slack = (high - low) / 20;
        let from = hours.iter().copied().find(|h| *h >= low - slack)?;
        let to = hours.iter().rev().copied().find(|h| *h <= high + slack)? + 1;
        let span = to - from;
        let least = if span >= 240 { 24 } else { 1 };
        let width = WIDTHS.into_iter().find(|w| *w >= least && span <= *w * BINS as i64)?;
        let from = from.div_euclid(width.min(24)) * width.min(24);
        let bins = usize::try_from((to - from + width - 1) / width).ok()?;
        (bins >= 4).then_some(Self { from, hours: width, bins, width: width * HOUR })
    }

    /// The bin of an hour, if it is covered.
    pub(super) fn bin(&self, hour: i32) -> Option<usize> {
        let bin = (i64::from(hour) - self.from).div_euclid(self.hours);
        usize::try_from(bin).ok().filter(|b| *b < self.bins)
    }

    /// When a bin starts, in microseconds.
    pub(super) fn start(&self, bin: usize) -> i64 {
        (self.from + bin as i64 * self.hours) * HOUR
    }
}

/// A stretch of bins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    pub(super) from: usize,
    /// Not included.
    pub(super) to: usize,
    pub(super) inside: u64,
    pub(super) outside: u64,
    /// Records that the rest inside, and the subject's share outside, let expect.
    pub(super) expected: f64,
    pub(super) factor: f64,
    /// Bound on the probability of any stretch this good.
    pub(super) p: f64,
    pub(super) dispersion: f64,
    pub(super) looked_at: u64,
    /// Starts with the first bin or ends with the last.
    pub(super) at_edge: bool,
    /// The subject has no record before it.
    pub(super) new: bool,
}

/// The stretch of at most six tenths of the time with the smallest p; `None` where none has a raised share.
pub(super) fn best(counts: &[u32], total: &[u64]) -> Option<Stretch> {
    let bins = counts.len();
    let sums = |of: &mut dyn FnMut(usize) -> u64| {
        let mut out = vec![0_u64; bins + 1];
        (0..bins).for_each(|b| out[b + 1] = out[b] + of(b));
        out
    };
    let mine = sums(&mut |b| u64::from(counts[b]));
    let all = sums(&mut |b| total[b]);
    let (own, records) = (mine[bins], all[bins]);
    let longest = (bins * 6 / 10).max(1);
    let mut top: Option<(f64, usize, usize)> = None;
    for from in (0..bins).filter(|b| counts[*b] > 0) {
        for to in (from + 1..=(from + longest).min(bins)).filter(|b| counts[b - 1] > 0) {
            let (k, n) = (mine[to] - mine[from], all[to] - all[from]);
            if k < INSIDE || own - k < OUTSIDE || k * records <= own * n {
                continue;
            }
            let nats = own as f64 * crate::chance::divergence(k as f64 / own as f64, n as f64 / records as f64);
            if top.is_none_or(|t| nats > t.0) {
                top = Some((nats, from, to));
            }
        }
    }
    let (nats, from, to) = top?;
    let (k, n) = (mine[to] - mine[from], all[to] - all[from]);
    let rest = (n - k, (records - n) - (own - k));
    let expected = (own - k) as f64 * (rest.0 as f64 + 0.5) / (rest.1 as f64 + 0.5);
    let dispersion = dispersion(counts, total, from, to);
    let looked_at = (bins * longest) as u64;
    Some(Stretch {
        from,
        to,
        inside: k,
        outside: own - k,
        expected,
        factor: k as f64 / expected.max(0.5),
        p: ((looked_at as f64).ln() - nats / dispersion).exp().min(1.0),
        dispersion,
        looked_at,
        at_edge: from == 0 || to == bins,
        new: mine[from] == 0,
    })
}

/// How much more the subject's counts vary outside the stretch than independent records would: Pearson's χ² over its
/// degrees of freedom, at least 1.
fn dispersion(counts: &[u32], total: &[u64], from: usize, to: usize) -> f64 {
    let outside = || (0..counts.len()).filter(|b| !(from..to).contains(b) && total[*b] > 0);
    let (own, all) = outside().fold((0_u64, 0_u64), |n, b| (n.0 + u64::from(counts[b]), n.1 + total[b]));
    let q = own as f64 / (all as f64).max(1.0);
    let bins = outside().count();
    if bins < 3 || q <= 0.0 || q >= 1.0 {
        return 1.0;
    }
    let part = |b: usize| (f64::from(counts[b]) - q * total[b] as f64).powi(2) / (q * (1.0 - q) * total[b] as f64);
    (outside().map(part).sum::<f64>() / (bins - 1) as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_stretch_and_only_it() {
        let mut counts = vec![2_u32; 30];
        let mut total = vec![100_u64; 30];
        assert!(best(&counts, &total).is_none_or(|s| s.p > 0.5), "steady is no burst");
        (12..15).for_each(|b| {
            counts[b] += 20;
            total[b] += 20;
        });
        let s = best(&counts, &total).expect("a burst");
        assert_eq!((s.from, s.to, s.inside, s.at_edge, s.new), (12, 15, 66, false, false));
        assert!(s.p < 1e-9 && s.factor > 8.0, "{s:?}");
        let event: Vec<u64> = counts.iter().map(|c| u64::from(*c) * 50).collect();
        assert!(best(&counts, &event).is_none_or(|s| s.p > 0.5), "everyone's burst is nobody's");
    }

    #[test]
    fn the_unsteady_need_more() {
        let counts: Vec<u32> = (0..40).map(|b| if b % 5 == 0 { 15 } else { 0 }).collect();
        let total = vec![300_u64; 40];
        assert!(best(&counts, &total).is_none_or(|s| s.p > 0.001));
    }

    #[test]
    fn absurd_times_do_not_stretch_the_grid() {
        let mut rows: Vec<_> = (0..2_000).map(|i| (model::ActorNo(i), 490_000 + (i as i32 % 700), 1)).collect();
        rows.push((model::ActorNo(5_000), i32::MAX, 1));
        rows.push((model::ActorNo(5_001), i32::MIN, 1));
        let grid = Grid::of(&Activity { rows }).expect("a grid");
        assert!(grid.bins <= 31 && grid.width == 24 * HOUR, "{} bins", grid.bins);
        assert!(grid.bin(i32::MAX).is_none() && grid.bin(490_000) == Some(0));
        assert!(Grid::of(&Activity::default()).is_none());
    }
}
