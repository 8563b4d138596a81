//! Cuts: a quantile, a false discovery rate, a backbone.

/// Quantile of sorted values between neighbours by their distance ("type 7": Hyndman & Fan 1996; R's and NumPy's
/// default). 0 for no values.
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let at = share.clamp(0.0, 1.0) * last as f64;
    let low = at.floor();
    let (x, y) = (sorted[low as usize], sorted[(low as usize + 1).min(last)]);
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

/// Significance of each edge in the disparity backbone: the smaller of its two ends' `(1 - share of strength)^(degree - 1)`;
/// 1 at an end of degree one. Source: Serrano, Boguñá & Vespignani (2009), "Extracting the multiscale backbone of complex
/// weighted networks", eq. 2.
#[must_use]
pub fn disparity(nodes: usize, edges: &[(u32, u32, f64)]) -> Vec<f64> {
    let mut strength = vec![0.0; nodes];
    let mut degree = vec![0_i32; nodes];
    for (a, b, w) in edges {
        for end in [a, b] {
            strength[*end as usize] += w;
            degree[*end as usize] += 1;
        }
    }
    let at = |end: u32, w: f64| {
        let (s, k) = (strength[end as usize], degree[end as usize]);
        if k < 2 { 1.0 } else { (1.0 - w / s).max(0.0).powi(k - 1) }
    };
    edges.iter().map(|(a, b, w)| at(*a, *w).min(at(*b, *w))).collect()
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

    #[test]
    fn a_heavy_edge_stands_out_of_light_ones() {
        let p = disparity(4, &[(0, 1, 8.0), (0, 2, 1.0), (0, 3, 1.0)]);
        assert!((p[0] - 0.04).abs() < 1e-12 && (p[1] - 0.81).abs() < 1e-12, "{p:?}");
    }
}
