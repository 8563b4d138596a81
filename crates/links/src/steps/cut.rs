//! Cuts: a quantile, a false discovery rate.

/// Quantile of sorted values between neighbours by their distance ("type 7": Hyndman & Fan 1996; R's and NumPy's
/// default). 0 for no values.
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    quantile_of(sorted.len() as u64, &|at| sorted[at as usize], share)
}

/// The same of `count` values of which `value` gives the one at a place in their order.
#[must_use]
pub fn quantile_of(count: u64, value: &dyn Fn(u64) -> f64, share: f64) -> f64 {
    let Some(last) = count.checked_sub(1) else { return 0.0 };
    let at = share.clamp(0.0, 1.0) * last as f64;
    let low = at.floor();
    let (x, y) = (value(low as u64), value((low as u64 + 1).min(last)));
    x + (at - low) * (y - x)
}

/// The largest p that Benjamini and Hochberg's procedure accepts among `tests` tests of which these p are the smallest;
/// `None` where it accepts nothing.
#[must_use]
pub fn benjamini_hochberg(p: &[f64], rate: f64, tests: f64) -> Option<f64> {
    let mut sorted = p.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let passes = |(at, p): &(usize, &f64)| **p <= (*at as f64 + 1.0) * rate / tests;
    sorted.iter().enumerate().rfind(passes).map(|(_, p)| *p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        for (values, share, expected) in
            [(&[1.0, 2.0, 3.0, 4.0][..], 0.5, 2.5), (&[1.0, 1.0, 9.0], 0.5, 1.0), (&[], 0.5, 0.0), (&[7.0], 0.995, 7.0)]
        {
            assert!((quantile(values, share) - expected).abs() < 1e-12, "{values:?}");
        }
    }

    #[test]
    fn the_largest_p_below_its_line_counts() {
        assert_eq!(benjamini_hochberg(&[0.04, 0.001, 0.02, 0.9], 0.05, 4.0), Some(0.02));
        assert_eq!(benjamini_hochberg(&[0.2, 0.9], 0.05, 2.0), None);
        assert_eq!(benjamini_hochberg(&[], 0.05, 0.0), None);
    }
}
