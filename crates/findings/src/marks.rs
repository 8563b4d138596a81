//! A bitmap that rules most places out before they are searched for.

use model::Share;

/// Bits by a hash of places; a set bit means perhaps.
pub(crate) struct Marks(Vec<u64>);

impl Marks {
    const BITS: usize = 1 << 20;

    /// Of places: number of the evidence, and where in it.
    pub(crate) fn of(places: &[(u32, u64)]) -> Self {
        let mut bits = vec![0_u64; Self::BITS / 64];
        for (evidence, at) in places {
            let i = Self::slot(*evidence, *at);
            bits[i / 64] |= 1 << (i % 64);
        }
        Self(bits)
    }

    fn slot(evidence: u32, at: u64) -> usize {
        let mixed = (at ^ (u64::from(evidence) << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 44) as usize % Self::BITS
    }

    /// False where the touch stands at none of the places.
    pub(crate) fn perhaps(&self, share: &Share) -> bool {
        let i = Self::slot(share.evidence, share.at);
        self.0[i / 64] & (1 << (i % 64)) != 0
    }
}
