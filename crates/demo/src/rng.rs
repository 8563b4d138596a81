//! Chance from a seed: xoshiro256** seeded by splitmix64 (Blackman and Vigna, 2018, prng.di.unimi.it).
//!
//! Whole numbers only, no logarithm or sine: those differ in the last bit between machines, and a seed must give the
//! same bytes everywhere.

/// A stream of chance.
#[derive(Debug, Clone)]
pub struct Rng {
    state: [u64; 4],
}

impl Rng {
    /// The stream of this seed.
    pub fn new(seed: u64) -> Self {
        let mut s = seed;
        Self { state: std::array::from_fn(|_| splitmix(&mut s)) }
    }

    /// A stream of its own, so that one part of the story can change without moving all others.
    pub fn fork(&mut self) -> Self {
        Self::new(self.next())
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let out = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let (c2, d2) = (c ^ a, d ^ b);
        self.state = [a ^ d2, b ^ c2, c2 ^ (b << 17), d2.rotate_left(45)];
        out
    }

    /// A number from 0 to `n - 1`; 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number from `from` to `to`, both included.
    pub fn range(&mut self, from: i64, to: i64) -> i64 {
        from + self.below((to - from + 1).max(1) as usize) as i64
    }

    /// As [`Rng::range`], for counts.
    pub fn count(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to.saturating_sub(from) + 1)
    }

    /// True `per_mille` times of a thousand.
    pub fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// The index of one of these weights, as often as its weight says.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u64 = weights.iter().map(|w| u64::from(*w)).sum();
        let mut at = self.below(total as usize) as u64;
        for (i, w) in weights.iter().enumerate() {
            if at < u64::from(*w) {
                return i;
            }
            at -= u64::from(*w);
        }
        0
    }

    /// Roughly log-uniform: from `least` over `octaves` doublings.
    pub fn octaves(&mut self, least: i64, octaves: usize) -> i64 {
        let low = least << self.below(octaves);
        low + self.range(0, low - 1)
    }

    /// Puts these in chance order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }

    /// `n` different ones of these, in chance order; all of them where there are fewer.
    pub fn some<T: Clone>(&mut self, of: &[T], n: usize) -> Vec<T> {
        let mut all = of.to_vec();
        self.shuffle(&mut all);
        all.truncate(n);
        all
    }

    /// `n` letters of this alphabet (ASCII).
    pub fn letters(&mut self, alphabet: &str, n: usize) -> String {
        (0..n).map(|_| char::from(*self.pick(alphabet.as_bytes()))).collect()
    }

    /// `n` hex digits.
    pub fn hex(&mut self, n: usize) -> String {
        self.letters("0123456789abcdef", n)
    }
}

fn splitmix(s: &mut u64) -> u64 {
    *s = s.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*s ^ (*s >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_even_and_repeats() {
        let (mut a, mut b) = (Rng::new(7), Rng::new(7));
        let mut seen = [0_u32; 10];
        for _ in 0..10_000 {
            let n = a.below(10);
            assert_eq!(n, b.below(10));
            seen[n] += 1;
        }
        assert!(seen.iter().all(|n| (850..1150).contains(n)), "{seen:?}");
        assert_ne!(Rng::new(1).next(), Rng::new(2).next());
    }

    #[test]
    fn bounds_hold() {
        let mut rng = Rng::new(3);
        for _ in 0..1000 {
            assert!((-2..=3).contains(&rng.range(-2, 3)));
            assert!((240..240 << 4).contains(&rng.octaves(240, 4)));
            assert_eq!(rng.weighted(&[0, 5, 0]), 1);
        }
        let mut all = rng.some(&[1, 2, 3, 4], 9);
        all.sort_unstable();
        assert_eq!(all, [1, 2, 3, 4]);
    }
}
