//! A set of small numbers, a bit each: what says no before anything is looked up.

/// The set.
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// Of numbers below `places`, a power of two and 64 at least.
    pub(crate) fn new(places: usize) -> Self {
        Self(vec![0; places / 64])
    }

    /// Puts a number in, modulo the places there are.
    pub(crate) fn put(&mut self, at: usize) {
        let word = (at / 64) & (self.0.len() - 1);
        self.0[word] |= 1 << (at % 64);
    }

    /// True for a number that was put in.
    pub(crate) fn has(&self, at: usize) -> bool {
        self.0[(at / 64) & (self.0.len() - 1)] >> (at % 64) & 1 == 1
    }
}

/// Four letters, or a number, spread over 2^18 places and fewer.
pub(crate) fn spread(four: u32) -> usize {
    (four.wrapping_mul(0x9e37_79b1) >> 14) as usize
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn what_was_put_in_is_there() {
        let mut bits = Bits::new(128);
        [0, 64, 127].into_iter().for_each(|at| bits.put(at));
        let there: Vec<usize> = (0..128).filter(|at| bits.has(*at)).collect();
        assert_eq!(there, [0, 64, 127]);
    }
}
