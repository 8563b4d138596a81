//! How near in time two shares must be to be called coordinated, taken from the data themselves.
//!
//! Of the things shared more than once, those whose second share came quickest (up to the quantile `q`); for each the
//! time until more than the share `p` of all its shares had come; of these times the quantile `p`. Whole seconds, at
//! least one. Wrong in data that hold coordinated shares only, or none: some things are always the quickest.
//! Source: CooRnet, `estimate_coord_interval`; Giglietto et al. 2020.

use super::cut::quantile;
use model::{Layer, When};

/// Seconds; `None` where nothing was shared twice.
#[must_use]
pub fn seconds(layer: &Layer, q: f64, p: f64) -> Option<f64> {
    let mut times: Vec<Vec<i64>> = vec![Vec::new(); layer.things.len()];
    layer.what.iter().zip(&layer.when).for_each(|(what, when)| times[*what as usize].push(*when));
    times.retain(|t| t.len() > 1);
    times.iter_mut().for_each(|t| t.sort_unstable());
    let after = |t: &[i64], rank: usize| t[rank].saturating_sub(t[0]) as f64 / When::SECOND as f64;
    let seconds: Vec<f64> = sorted(times.iter().map(|t| after(t, 1)));
    let quick = quantile(&seconds, q);
    let reached = times.iter().filter(|t| after(t, 1) <= quick).filter_map(|t| {
        let beyond = (1..=t.len()).find(|rank| *rank as f64 / t.len() as f64 > p)?;
        Some(after(t, beyond - 1))
    });
    let reached = sorted(reached);
    (!reached.is_empty()).then(|| quantile(&reached, p).floor().max(1.0))
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(shares: &[(u32, i64)]) -> Layer {
        Layer {
            who: vec![0; shares.len()],
            what: shares.iter().map(|s| s.0).collect(),
            message: vec![0; shares.len()],
            when: shares.iter().map(|s| s.1 * When::SECOND).collect(),
            things: vec![0; shares.iter().map(|s| s.0 as usize + 1).max().unwrap_or(0)],
            ..Layer::default()
        }
    }

    /// Four things; second shares after 4, 10, 20 and 100 s. The quantile 0.5 of these is 15 s, so the first two stay. Of
    /// thing 0 (0, 4, 8, 30 s) more than half have come with the third share, at 8 s; of thing 1 (0, 10 s) with the
    /// second, at 10 s. Their median is 9 s.
    #[test]
    fn by_hand() {
        let shares = [(0, 0), (0, 4), (0, 8), (0, 30), (1, 50), (1, 60), (2, 0), (2, 20), (3, 0), (3, 100), (4, 1)];
        assert_eq!(seconds(&layer(&shares), 0.5, 0.5), Some(9.0));
        assert_eq!(seconds(&layer(&[(0, 0), (0, 0)]), 0.1, 0.5), Some(1.0));
        assert_eq!(seconds(&layer(&[(0, 0), (1, 0)]), 0.1, 0.5), None);
    }
}
