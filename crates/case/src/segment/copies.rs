//! What the latest posts left, so that their copies need not be read again: most of what an operation posts is copies.

use model::{KindNo, hash64};

/// Contents remembered: copies mostly come soon. A power of two.
const SLOTS: usize = 1 << 10;

/// Kinds and things (by their numbers in the segment) that a content leaves.
pub type Left = Vec<(KindNo, u32)>;

/// The latest contents, each in the place that its hash says.
pub struct Copies {
    slots: Vec<(Vec<u8>, Left)>,
    at: usize,
    /// Room to write a content down in.
    pub content: Vec<u8>,
}

impl Copies {
    /// None yet.
    pub fn new() -> Self {
        Self { slots: vec![(vec![], vec![]); SLOTS], at: 0, content: vec![] }
    }

    /// What the content written down left when it was met, if it is still remembered; to be given back. Byte for byte:
    /// nobody can write one post that passes for another.
    pub fn take(&mut self) -> Option<Left> {
        self.at = hash64(&self.content) as usize & (SLOTS - 1);
        let (content, left) = &mut self.slots[self.at];
        (!content.is_empty() && *content == self.content).then(|| std::mem::take(left))
    }

    /// Gives back what was taken.
    pub fn give_back(&mut self, left: Left) {
        self.slots[self.at].1 = left;
    }

    /// Remembers what the content just asked for left.
    pub fn remember(&mut self, left: impl Iterator<Item = (KindNo, u32)>) {
        let slot = &mut self.slots[self.at];
        slot.0.clone_from(&self.content);
        slot.1.clear();
        slot.1.extend(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_and_only_copies() {
        let mut copies = Copies::new();
        for round in 0..3 {
            for n in 0..2 * SLOTS as u32 {
                copies.content.clear();
                copies.content.extend(n.to_le_bytes());
                let left = copies.take();
                assert!(left.is_none_or(|left| round > 0 && left == [(KindNo(3), n)]), "{n}");
                copies.remember([(KindNo(3), n)].into_iter());
                let left = copies.take().expect("just remembered");
                assert_eq!(left, [(KindNo(3), n)]);
                copies.give_back(left);
            }
        }
    }
}
