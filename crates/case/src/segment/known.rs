//! Ids met before and their numbers: what the standard map does, in one place of memory for each question.
//!
//! Ids are hashes and come by the million, nearly each of them new, so that the map is memory waited for. The standard one
//! looks at a tag first and then at the entry far from it; here an entry stands where its id says or close behind
//! (open addressing, linear probing: Knuth, TAOCP 3, §6.4, algorithm L), a third of the places free at least. Where an id stands is
//! mixed with a number drawn anew each time, so that nobody can write names that all crowd in one spot; the numbers
//! given do not depend on it.

use std::hash::{BuildHasher, RandomState};

/// An id, what tells a collision, and the number; no number where the place is free.
#[derive(Clone, Copy)]
struct Place {
    id: u64,
    check: u32,
    no: u32,
}

const FREE: u32 = u32::MAX;

/// Places of an empty map: a power of two.
const LEAST: usize = 1 << 10;

/// Numbers by id, in order of first sight.
pub struct Known {
    places: Vec<Place>,
    len: u32,
    /// Odd.
    mix: u64,
}

/// Whether an id was met before.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// Under this number, with this check.
    Before {
        /// Its number.
        no: u32,
        /// The check it came with first.
        check: u32,
    },
    /// It is new and has this number now.
    First(u32),
}

impl Known {
    /// None met yet.
    pub fn new() -> Self {
        Self {
            places: vec![Place { id: 0, check: 0, no: FREE }; LEAST],
            len: 0,
            mix: RandomState::new().hash_one(0) | 1,
        }
    }

    /// What stands where an id is sought first; of no meaning, but near memory afterwards.
    pub fn glance(&self, id: u64) -> u64 {
        self.places[self.home(id)].id
    }

    /// The number of an id, a new one where it was not met. At most 2^32 − 2 ids: all later ones share the last number.
    pub fn number(&mut self, id: u64, check: u32) -> Seen {
        if self.len as usize * 3 >= self.places.len() * 2 {
            self.grow();
        }
        let at = self.sought(id);
        let place = self.places[at];
        if place.no != FREE {
            return Seen::Before { no: place.no, check: place.check };
        }
        let no = self.len.min(FREE - 1);
        self.places[at] = Place { id, check, no };
        self.len = no + 1;
        Seen::First(no)
    }

    /// Multiplicative hashing (Dietzfelbinger et al. 1997): the high bits of a product.
    fn home(&self, id: u64) -> usize {
        (id.wrapping_mul(self.mix) >> (64 - self.places.len().trailing_zeros())) as usize
    }

    /// The place of an id, or the free one where it would stand. There are always free ones.
    fn sought(&self, id: u64) -> usize {
        let mut at = self.home(id);
        while self.places[at].no != FREE && self.places[at].id != id {
            at = (at + 1) & (self.places.len() - 1);
        }
        at
    }

    fn grow(&mut self) {
        let free = Place { id: 0, check: 0, no: FREE };
        let more = vec![free; 2 * self.places.len()];
        let old = std::mem::replace(&mut self.places, more);
        for place in old.into_iter().filter(|p| p.no != FREE) {
            let at = self.sought(place.id);
            self.places[at] = place;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustc_hash::FxHashMap;

    /// As the standard map would, through several growths, also for ids that all begin alike.
    #[test]
    fn as_the_standard_map() {
        for shift in [0, 40] {
            let (mut known, mut map) = (Known::new(), FxHashMap::default());
            for n in 0..20_000_u64 {
                let id = (n % 7_000).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift;
                let next = map.len() as u32;
                let expected = match map.get(&id) {
                    Some((no, check)) => Seen::Before { no: *no, check: *check },
                    None => Seen::First(next),
                };
                map.entry(id).or_insert((next, n as u32));
                assert_eq!(known.number(id, n as u32), expected, "{n}");
            }
        }
    }
}
