//! Tails of the few distributions that findings are weighed by, and corrections for many tests.
//!
//! Sums are exact where that is at most 10,000 terms, else a Chernoff bound (never too small a p). Wrong where the
//! counts are not independent: the finder says so in its null sentence. Sources: Hoeffding
//! 1963 and Chvátal 1979 (bounds); Benjamini & Hochberg 1995; Chao 1984 (unseen species).

use libm::lgamma;

const TERMS: u64 = 10_000;

/// Adds up `first + first·r(1) + first·r(1)·r(2) + …` until the terms no longer count.
fn series(first: f64, mut ratio: impl FnMut(u64) -> f64) -> f64 {
    let (mut term, mut sum) = (first, first);
    for i in 1..TERMS {
        term *= ratio(i);
        sum += term;
        if term <= sum * 1e-17 {
            break;
        }
    }
    sum.min(1.0)
}

/// P(X ≥ k) for a Poisson count.
pub(crate) fn poisson_tail(k: u64, mean: f64) -> f64 {
    if k == 0 || !mean.is_finite() {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    let kf = k as f64;
    if kf <= mean {
        return 1.0 - if k < TERMS { (0..k).map(|i| poisson_at(i, mean)).sum::<f64>().min(1.0) } else { 0.0 };
    }
    if mean > 1e6 {
        return (kf - mean - kf * (kf / mean).ln()).exp().min(1.0);
    }
    series(poisson_at(k, mean), |i| mean / (kf + i as f64))
}

fn poisson_at(k: u64, mean: f64) -> f64 {
    (k as f64 * mean.ln() - mean - lgamma(k as f64 + 1.0)).exp()
}

/// P(X ≥ k) for a binomial count of n trials.
pub(crate) fn binomial_tail(k: u64, n: u64, q: f64) -> f64 {
    if k == 0 || q >= 1.0 {
        return 1.0;
    }
    if k > n || q <= 0.0 {
        return 0.0;
    }
    let (kf, nf) = (k as f64, n as f64);
    if kf <= nf * q {
        return 1.0;
    }
    let ln_choose = lgamma(nf + 1.0) - lgamma(kf + 1.0) - lgamma(nf - kf + 1.0);
    let first = (ln_choose + kf * q.ln() + (nf - kf) * (-q).ln_1p()).exp();
    series(first, |i| (nf - kf - i as f64 + 1.0).max(0.0) / (kf + i as f64) * q / (1.0 - q))
}

/// Kullback–Leibler divergence of two coins, in nats: −n·KL bounds the logarithm of a binomial or hypergeometric tail.
pub(crate) fn divergence(a: f64, b: f64) -> f64 {
    let part = |x: f64, y: f64| if x <= 0.0 { 0.0 } else { x * (x / y.max(1e-300)).ln() };
    part(a, b) + part(1.0 - a, 1.0 - b)
}

/// Benjamini–Hochberg adjusted values, in the order given, for `tested` tests of which these are the smallest.
pub(crate) fn fdr(ps: &[f64], tested: usize) -> Vec<f64> {
    let mut order: Vec<usize> = (0..ps.len()).collect();
    order.sort_by(|x, y| ps[*y].total_cmp(&ps[*x]).then(x.cmp(y)));
    let (mut out, mut least) = (vec![1.0; ps.len()], 1.0_f64);
    for (i, at) in order.into_iter().enumerate() {
        let rank = ps.len() - i;
        least = least.min(ps[at] * tested.max(ps.len()) as f64 / rank as f64);
        out[at] = least;
    }
    out
}

/// Holm's adjusted values, in the order given.
pub(crate) fn holm(ps: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..ps.len()).collect();
    order.sort_by(|x, y| ps[*x].total_cmp(&ps[*y]).then(x.cmp(y)));
    let (mut out, mut most) = (vec![1.0; ps.len()], 0.0_f64);
    for (i, at) in order.into_iter().enumerate() {
        most = most.max((ps[at] * (ps.len() - i) as f64).min(1.0));
        out[at] = most;
    }
    out
}

/// How many different things there are at least, seen or not, from how many were touched once and twice (Chao's
/// bias-corrected lower bound). Too small a pool makes coincidence look likelier: the careful side.
pub(crate) fn pool(seen: u64, once: u64, twice: u64) -> f64 {
    seen as f64 + once as f64 * (once as f64 - 1.0).max(0.0) / (2.0 * (twice as f64 + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(x: f64, y: f64) {
        assert!((x - y).abs() <= 1e-9 * y.abs().max(1e-12), "{x} is not {y}");
    }

    #[test]
    fn tails_against_tables() {
        near(poisson_tail(3, 1.0), 1.0 - 2.5 * (-1.0_f64).exp());
        near(poisson_tail(1, 2.0), 1.0 - (-2.0_f64).exp());
        near(binomial_tail(10, 10, 0.5), 1.0 / 1024.0);
        near(binomial_tail(8, 10, 0.5), 56.0 / 1024.0);
        assert_eq!((poisson_tail(0, 3.0), poisson_tail(4, 0.0), binomial_tail(3, 2, 0.5)), (1.0, 0.0, 0.0));
    }

    #[test]
    fn a_bound_is_never_below_the_tail() {
        for (k, n, q) in [(30_u64, 100_u64, 0.2), (9, 10, 0.5), (60, 1000, 0.03)] {
            let bound = (-(n as f64) * divergence(k as f64 / n as f64, q)).exp();
            assert!(bound >= binomial_tail(k, n, q), "{k} {n} {q}");
        }
    }

    #[test]
    fn many_tests() {
        assert_eq!(fdr(&[0.01, 0.04, 0.03], 3), vec![0.03, 0.04, 0.04]);
        assert!(fdr(&[], 0).is_empty());
        assert_eq!(holm(&[0.01, 0.5, 0.03]), vec![0.03, 0.5, 0.06]);
        near(pool(100, 50, 4), 100.0 + 50.0 * 49.0 / 10.0);
    }
}
