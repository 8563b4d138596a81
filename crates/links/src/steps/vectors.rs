//! How alike accounts are by the things they touched: cosine of TF-IDF, Jaccard, or a plain count.
//!
//! Pairs are made account by account in one dense row, so memory follows acts and accounts; the work follows the square
//! of a thing's popularity; [`super::top`] cuts without keeping them.
//! Source: Spärck Jones (1972) for the weight by rarity; idf = ln(accounts ÷ accounts that touched the thing).

use model::Layer;

/// How two accounts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Cosine of the accounts' counts, each weighted by the thing's rarity.
    Cosine,
    /// The same with scikit-learn's rarity, ln((1 + accounts) ÷ (1 + accounts that touched the thing)) + 1, which no
    /// thing loses altogether.
    SmoothCosine,
    /// Things both touched over things either touched.
    Jaccard,
    /// Things both touched.
    Count,
}

/// Accounts as rows of things.
pub struct Vectors {
    measure: Measure,
    /// Where each account's things start in `things`.
    starts: Vec<usize>,
    /// Thing and weight.
    things: Vec<(u32, f64)>,
    /// Where each thing's accounts start in `accounts`.
    ends: Vec<usize>,
    /// Account and weight.
    accounts: Vec<(u32, f64)>,
}

impl Vectors {
    /// Of the acts of a layer by `accounts` accounts.
    #[must_use]
    pub fn of(layer: &Layer, accounts: usize, measure: Measure) -> Self {
        let mut pairs: Vec<(u32, u32)> = layer.who.iter().copied().zip(layer.what.iter().copied()).collect();
        pairs.sort_unstable();
        let mut cells: Vec<(u32, u32, f64)> = Vec::new();
        for same in pairs.chunk_by(|x, y| x == y) {
            let often = if rarity(measure).is_some() { same.len() as f64 } else { 1.0 };
            cells.push((same[0].0, same[0].1, often));
        }
        if let Some(rarity) = rarity(measure) {
            weigh(&mut cells, layer.things.len(), rarity);
        }
        let starts = starts(cells.iter().map(|c| c.0), accounts);
        let things = cells.iter().map(|c| (c.1, c.2)).collect();
        cells.sort_unstable_by_key(|c| (c.1, c.0));
        let ends = self::starts(cells.iter().map(|c| c.1), layer.things.len());
        Self { measure, starts, things, ends, accounts: cells.into_iter().map(|c| (c.0, c.2)).collect() }
    }

    /// Calls `f` with each pair that shares a thing, smaller account first, sorted, and how alike they are.
    pub fn each_pair(&self, f: &mut dyn FnMut(u32, u32, f64)) {
        let count = self.starts.len() - 1;
        let (mut sums, mut touched) = (vec![0.0; count], Vec::new());
        for who in 0..count {
            for (thing, weight) in &self.things[self.starts[who]..self.starts[who + 1]] {
                let with = &self.accounts[self.ends[*thing as usize]..self.ends[*thing as usize + 1]];
                let after = with.partition_point(|a| a.0 as usize <= who);
                for (other, theirs) in &with[after..] {
                    if sums[*other as usize] == 0.0 {
                        touched.push(*other);
                    }
                    sums[*other as usize] += weight * theirs;
                }
            }
            touched.sort_unstable();
            touched.dedup();
            for other in touched.drain(..) {
                let sum = std::mem::take(&mut sums[other as usize]);
                f(who as u32, other, self.alike(who, other as usize, sum));
            }
        }
    }

    fn alike(&self, a: usize, b: usize, sum: f64) -> f64 {
        let things = |n: usize| (self.starts[n + 1] - self.starts[n]) as f64;
        match self.measure {
            Measure::Jaccard => sum / (things(a) + things(b) - sum),
            Measure::Cosine | Measure::SmoothCosine | Measure::Count => sum,
        }
    }
}

/// Where each number's stretch of sorted numbers starts, and the end of the last.
fn starts(sorted: impl Iterator<Item = u32>, count: usize) -> Vec<usize> {
    let mut starts = vec![0; count + 1];
    sorted.for_each(|n| starts[n as usize + 1] += 1);
    for n in 1..starts.len() {
        starts[n] += starts[n - 1];
    }
    starts
}

/// Weight of a thing by (accounts, accounts that touched it), where the measure weighs.
fn rarity(measure: Measure) -> Option<fn(f64, f64) -> f64> {
    match measure {
        Measure::Cosine => Some(|accounts, touched| (accounts / touched).ln()),
        Measure::SmoothCosine => Some(|accounts, touched| ((1.0 + accounts) / (1.0 + touched)).ln() + 1.0),
        Measure::Jaccard | Measure::Count => None,
    }
}

/// Counts become weights by rarity, of length 1 for each account. Accounts are counted if they touched anything.
fn weigh(cells: &mut [(u32, u32, f64)], things: usize, rarity: fn(f64, f64) -> f64) {
    let mut of_thing = vec![0.0_f64; things];
    cells.iter().for_each(|c| of_thing[c.1 as usize] += 1.0);
    let accounts = cells.chunk_by(|x, y| x.0 == y.0).count() as f64;
    for account in cells.chunk_by_mut(|x, y| x.0 == y.0) {
        account.iter_mut().for_each(|c| c.2 *= rarity(accounts, of_thing[c.1 as usize]));
        let length = account.iter().map(|c| c.2 * c.2).sum::<f64>().sqrt();
        if length > 0.0 {
            account.iter_mut().for_each(|c| c.2 /= length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(acts: &[(u32, u32)]) -> Layer {
        let things = acts.iter().map(|a| a.1 as usize + 1).max().unwrap_or(0);
        let (who, what) = acts.iter().copied().unzip();
        Layer { who, what, things: vec![0; things], ..Layer::default() }
    }

    fn pairs(acts: &[(u32, u32)], measure: Measure) -> Vec<(u32, u32, f64)> {
        let mut out = Vec::new();
        Vectors::of(&layer(acts), 5, measure).each_pair(&mut |a, b, w| out.push((a, b, w)));
        out
    }

    #[test]
    fn three_measures() {
        let acts = [(0, 0), (0, 0), (0, 1), (1, 0), (1, 1), (2, 1), (3, 2)];
        assert_eq!(pairs(&acts, Measure::Count), [(0, 1, 2.0), (0, 2, 1.0), (1, 2, 1.0)]);
        assert_eq!(pairs(&acts, Measure::Jaccard), [(0, 1, 1.0), (0, 2, 0.5), (1, 2, 0.5)]);
        let (x, y) = (2.0_f64.ln(), (4.0_f64 / 3.0).ln());
        let by_hand = (2.0 * x * x + y * y) / ((4.0 * x * x + y * y).sqrt() * (x * x + y * y).sqrt());
        let cosine = pairs(&acts, Measure::Cosine);
        assert!((cosine[0].2 - by_hand).abs() < 1e-12, "{cosine:?}");
        let (x, y) = ((5.0_f64 / 3.0).ln() + 1.0, (5.0_f64 / 4.0).ln() + 1.0);
        let by_hand = (2.0 * x * x + y * y) / ((4.0 * x * x + y * y).sqrt() * (x * x + y * y).sqrt());
        let smooth = pairs(&acts, Measure::SmoothCosine);
        assert!((smooth[0].2 - by_hand).abs() < 1e-12, "{smooth:?}");
    }
}
