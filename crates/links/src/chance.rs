//! The tails of Poisson and binomial laws, far out and without cancellation, and the Benjamini–Hochberg procedure.
//!
//! Tails are summed from the term nearest to the mean, in logarithms, so 1e-300 is as exact as 0.1.
//! Sources: Hoeffding (1956), "On the distribution of the number of successes in independent
//! trials" (why a binomial with the mean probability bounds unequal trials); Benjamini and Hochberg (1995).

use libm::lgamma;
use std::sync::LazyLock;

/// ln n!; the numbers that nearly every call asks for are computed once.
fn ln_factorial(n: u32) -> f64 {
    static SMALL: LazyLock<[f64; 256]> = LazyLock::new(|| std::array::from_fn(|n| lgamma(n as f64 + 1.0)));
    SMALL.get(n as usize).copied().unwrap_or_else(|| lgamma(f64::from(n) + 1.0))
}

/// ln of the number of ways to choose `k` of `n`; `k` is at most `n`.
pub fn ln_choose(n: u32, k: u32) -> f64 {
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

/// ln P(X ≥ x) for a Poisson law with mean `mean`.
pub fn ln_poisson_tail(x: u32, mean: f64) -> f64 {
    if x == 0 {
        return 0.0;
    }
    if mean <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let k = f64::from(x);
    let ln_term = |k: u32| f64::from(k) * mean.ln() - mean - ln_factorial(k);
    if k > mean {
        return (ln_term(x) + series(|i| mean / (k + 1.0 + i)).ln()).min(0.0);
    }
    let below = ln_term(x - 1) + series(|i| (k - 1.0 - i).max(0.0) / mean).ln();
    ln_one_minus(below)
}

/// ln P(X ≥ x) for `n` trials with probability `q` each.
pub fn ln_binomial_tail(x: u32, n: u32, q: f64) -> f64 {
    if x == 0 || (q >= 1.0 && x <= n) {
        return 0.0;
    }
    if x > n || q <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let (k, n, odds) = (f64::from(x), f64::from(n), q / (1.0 - q));
    let ln_term =
        |k: f64| lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0) + k * q.ln() + (n - k) * (-q).ln_1p();
    if k > n * q {
        return (ln_term(k) + series(|i| (n - k - i).max(0.0) / (k + 1.0 + i) * odds).ln()).min(0.0);
    }
    let below = ln_term(k - 1.0) + series(|i| (k - 1.0 - i).max(0.0) / (n - k + 2.0 + i) / odds).ln();
    ln_one_minus(below)
}

/// 1 + r(0) + r(0)·r(1) + …, for ratios that fall towards 0.
fn series(ratio: impl Fn(f64) -> f64) -> f64 {
    let (mut sum, mut term, mut i) = (1.0, 1.0, 0.0);
    while term > sum * 1e-17 && i < 1e7 {
        term *= ratio(i);
        sum += term;
        i += 1.0;
    }
    sum
}

/// ln(1 − exp(y)) for y ≤ 0.
fn ln_one_minus(y: f64) -> f64 {
    if y >= 0.0 { f64::NEG_INFINITY } else { (-y.exp()).ln_1p() }
}

/// `exp(ln_p)` as a probability that is never printed as an impossible 0: at least the smallest normal number.
pub fn probability(ln_p: f64) -> f64 {
    ln_p.exp().clamp(f64::MIN_POSITIVE, 1.0)
}

/// Adjusted p-values in the order given, where `tests` hypotheses were tested and those not listed have p = 1.
pub fn benjamini_hochberg(p: &[f64], tests: u64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&x, &y| p[x].total_cmp(&p[y]).then(x.cmp(&y)));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (rank, &at) in order.iter().enumerate().rev() {
        least = least.min(p[at] * tests as f64 / (rank + 1) as f64);
        q[at] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(ours: f64, theirs: f64, what: &str) {
        assert!((ours - theirs).abs() <= 2e-11 * theirs.abs().max(1e-3), "{what}: {ours} but {theirs}");
    }

    #[test]
    fn poisson_tails_as_scipy_has_them() {
        for (x, mean, theirs) in [
            (1, 1e-09, -20.723265837446412),
            (2, 1e-09, -42.13967885511943),
            (1, 0.5, -0.9327521295671887),
            (2, 0.0314, -7.635947860105652),
            (5, 0.3, -11.05644786759145),
            (10, 3.5, -5.709314468567896),
            (3, 10.0, -0.0027732375865730445),
            (20, 20.0, -0.63536379941576),
            (120, 20.0, -118.14416423718829),
            (900, 1000.0, -0.0006227916787586114),
            (1100, 1000.0, -6.945841014365211),
            (400, 1.0, -2001.4982011185898),
        ] {
            close(ln_poisson_tail(x, mean), theirs, &format!("Poisson {x} {mean}"));
        }
    }

    #[test]
    fn binomial_tails_as_scipy_has_them() {
        for (x, n, q, theirs) in [
            (1, 1, 0.25, -1.3862943611198906),
            (2, 2, 0.0001, -18.420680743952367),
            (10, 12, 0.35, -7.072737837444467),
            (3, 40, 0.2, -0.007973844038289562),
            (25, 25, 0.4, -22.907268296853875),
            (200, 1000, 0.1, -47.27994863979644),
            (60, 1000, 0.1, -2.45853439090297e-06),
            (4, 4, 0.02, -15.648092021712584),
        ] {
            close(ln_binomial_tail(x, n, q), theirs, &format!("binomial {x} {n} {q}"));
        }
    }

    #[test]
    fn impossible_and_certain() {
        assert_eq!(ln_poisson_tail(0, 0.0), 0.0);
        assert_eq!(ln_poisson_tail(1, 0.0), f64::NEG_INFINITY);
        assert_eq!(ln_binomial_tail(3, 2, 0.5), f64::NEG_INFINITY);
        assert_eq!(ln_binomial_tail(2, 2, 1.0), 0.0);
        assert_eq!(probability(f64::NEG_INFINITY), f64::MIN_POSITIVE);
    }

    #[test]
    fn benjamini_and_hochberg() {
        let q = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005], 4);
        for (ours, theirs) in q.iter().zip([0.02, 0.04, 0.04, 0.02]) {
            close(*ours, theirs, "q");
        }
        close(benjamini_hochberg(&[0.01], 10)[0], 0.1, "unlisted tests count");
        assert!(benjamini_hochberg(&[], 10).is_empty());
    }
}
