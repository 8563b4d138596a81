//! How far likeness goes by accident.
//!
//! Two texts of one genre share phrases that neither took from the other. How many letters such a likeness covers falls
//! off about exponentially; the fall is measured on the sealed documents themselves, each held against the others, and
//! from it comes how many accidental likenesses of at least this size are expected in a text of this length. Where there
//! is too little to measure on, figures measured on speeches and mail stand in (docs/accuracy.md).

use crate::chain::Chain;
use crate::{Error, bytes};

/// Sizes counted one by one, in letters.
const SIZES: usize = 512;
/// Size from which the fall is taken as exponential: below it, single grams count.
const FROM: usize = 26;
/// Fewest chains of at least that size to measure the fall on.
const ENOUGH: u64 = 150;
/// Measured on 129 speeches and report pages of 5.1 M letters held against each other: chains of at least [`FROM`]
/// letters for each letter read and each letter sealed, and the fall for each letter more.
const MEASURED: (f64, f64) = (1.1e-10, 0.12);

/// How many accidental likenesses of which size there are.
#[derive(Debug, Clone, PartialEq)]
pub struct Tail {
    /// Chains by letters covered.
    counts: Vec<u32>,
    /// Letters they were counted in.
    letters: u64,
    /// Likenesses of [`FROM`] letters or more for each letter read.
    rate: f64,
    /// How fast they get rarer with each letter more.
    fall: f64,
}

impl Default for Tail {
    fn default() -> Self {
        Self { counts: vec![0; SIZES], letters: 0, rate: 0.0, fall: MEASURED.1 }
    }
}

impl Tail {
    pub(crate) fn add(&mut self, chain: &Chain) {
        self.counts[(chain.covered as usize).min(SIZES - 1)] += 1;
    }

    /// The fall, from what was counted in `letters` letters of documents held against `sealed` letters of others. It is
    /// read off between [`FROM`] and the size that one chain in ten reaches: farther out stand sentences that one
    /// document took from another, which are no accident.
    pub(crate) fn fit(mut self, letters: u64, sealed: u64) -> Self {
        self.letters = letters;
        self.rate = MEASURED.0 * sealed as f64;
        let all = self.at_least(FROM);
        let reach = (FROM + 1..SIZES).find(|s| self.at_least(*s) * 10 <= all).unwrap_or(FROM);
        let far = self.at_least(reach);
        if all >= ENOUGH && far > 0 && letters > 0 {
            self.rate = all as f64 / letters as f64;
            self.fall = ((all as f64 / far as f64).ln() / (reach - FROM) as f64).clamp(0.03, 0.5);
        }
        self
    }

    /// Likenesses of at least `size` letters expected by accident in a text of this genre with `letters` letters.
    #[must_use]
    pub fn expected(&self, size: u32, letters: u64) -> f64 {
        let beyond = f64::from(size) - FROM as f64;
        self.rate * letters as f64 * (-self.fall * beyond).exp()
    }

    /// Likenesses of at least `size` letters among the sealed documents themselves, a million letters: accidents and
    /// sentences used again.
    #[must_use]
    pub fn used_again(&self, size: u32) -> Option<f64> {
        (self.letters > 0).then(|| self.at_least(size as usize) as f64 * 1e6 / self.letters as f64)
    }

    /// Chains of at least each size.
    #[must_use]
    pub fn at_least(&self, size: usize) -> u64 {
        self.counts[size.min(SIZES - 1)..].iter().map(|c| u64::from(*c)).sum()
    }

    /// Letters held against the documents.
    #[must_use]
    pub fn letters(&self) -> u64 {
        self.letters
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        bytes::put(self.letters, out);
        self.counts.iter().for_each(|c| bytes::put(u64::from(*c), out));
    }

    /// Reads what [`Tail::write`] wrote; it is to be fitted again.
    pub(crate) fn read(from: &mut &[u8]) -> Result<Self, Error> {
        let letters = bytes::get(from)?;
        let counts: Result<Vec<u32>, Error> =
            (0..SIZES).map(|_| u32::try_from(bytes::get(from)?).map_err(|_| Error::Damaged)).collect();
        Ok(Self { counts: counts?, letters, ..Self::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fall_is_measured_where_there_is_enough() {
        let mut tail = Tail::default();
        for size in 20..120_u32 {
            let times = (10_000.0 * (-0.2 * f64::from(size - 20)).exp()) as u32;
            (0..times).for_each(|_| tail.add(&Chain { covered: size, ..Chain::default() }));
        }
        let tail = tail.fit(1_000_000, 5_000_000);
        assert!((tail.fall - 0.2).abs() < 0.03, "{}", tail.fall);
        let (seen, told) = (tail.at_least(40) as f64, tail.expected(40, 1_000_000));
        assert!((seen / told - 1.0).abs() < 0.3, "{seen} {told}");
        let few = Tail::default().fit(1000, 5_100_000);
        assert_eq!(few.fall, MEASURED.1);
        assert!(few.expected(60, 2000) < 0.05 && few.expected(30, 2000) > 0.1);
    }

    #[test]
    fn it_reads_back() {
        let mut tail = Tail::default();
        (0..300).for_each(|n| tail.add(&Chain { covered: 26 + n % 40, ..Chain::default() }));
        let mut bytes = Vec::new();
        let tail = tail.fit(5000, 70_000);
        tail.write(&mut bytes);
        let again = Tail::read(&mut &bytes[..]).expect("reads");
        assert_eq!(again.fit(5000, 70_000), tail);
        assert!(Tail::read(&mut &bytes[..bytes.len() - 1]).is_err());
    }
}
