//! Marks: keyed fingerprints of a text, of two sorts.
//!
//! A **run** mark is the hash of [`GRAM`] letters that follow one another, chosen by winnowing: of every [`WINDOW`] grams
//! in a row the least (under a secret order) is taken, so that two texts with `GRAM + WINDOW - 1` letters in common
//! choose at least one gram in common (Schleimer, Wilkerson & Aiken, Winnowing, SIGMOD 2003; written from the definition,
//! the paper's listing is known to be wrong). A **set** mark is the hash of four longer words that stand near one
//! another, in any order, of which a part is taken by the hash itself: it outlives words that were exchanged, dropped or
//! moved. Both are taken over at least [`GRAM`] letters: shorter ones could be guessed from a dictionary by whoever holds
//! the key (see docs/leak-seals.md). Wrong where a script writes no spaces: only run marks are left there.

use crate::{Key, Letters};
use siphasher::sip::SipHasher24;

/// Letters of a run mark, and fewest letters of a set mark.
pub const GRAM: usize = 20;
/// Grams of which one is taken.
pub const WINDOW: usize = 7;
/// Any run of this many letters that a mail has in common with a sealed text is found.
pub const GUARANTEE: usize = 60;

/// Words of a set mark; how many content words ahead they may stand; fewest letters of each; one in how many is taken.
const SET: (usize, usize, usize, u64) = (4, 6, 4, 10);
/// Most words from the first to the last of a set.
const REACH: usize = 16;
/// Fewest different letters of a run mark: rules of `xxxx` and `0000` mark nothing.
const VARIED: usize = 4;

const ORDER: &str = "unspool leak seal 2026 order of grams";
const MARK: &str = "unspool leak seal 2026 marks";

/// A fingerprint, and where it was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Its first letter.
    pub from: u32,
    /// Keyed hash.
    pub hash: u64,
    /// Of what.
    pub sort: Sort,
}

/// What a mark was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// [`GRAM`] letters in a row.
    Run,
    /// These words, by number.
    Set([u32; 4]),
}

impl Mark {
    /// The letters it was taken from, in up to four pieces.
    pub(crate) fn pieces(&self, text: &Letters, f: &mut dyn FnMut(u32, u32)) {
        match self.sort {
            Sort::Run => f(self.from, self.from + GRAM as u32),
            Sort::Set(words) => words.iter().for_each(|w| {
                let range = text.word(*w as usize);
                f(range.start as u32, range.end as u32);
            }),
        }
    }
}

/// Takes marks under one key.
pub struct Marker {
    /// A secret number for each ASCII letter, and two to make others from.
    letters: [u64; 128],
    other: [u64; 2],
    base: u64,
    /// `base` to the power of `GRAM - 1`.
    top: u64,
    hash: SipHasher24,
}

/// A permutation of 64 bits (the finaliser of SplitMix64: Steele, Lea & Flood 2014).
fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl Marker {
    /// Marks under this key.
    #[must_use]
    pub fn new(key: &Key) -> Self {
        let mut bytes = [0; 8 * 131];
        blake3::Hasher::new_keyed(&key.derive(ORDER)).finalize_xof().fill(&mut bytes);
        let mut numbers = bytes.chunks_exact(8).map(|c| c.iter().fold(0_u64, |n, b| n << 8 | u64::from(*b)));
        let mut next = || numbers.next().unwrap_or(1);
        let letters = std::array::from_fn(|_| next());
        let (other, base) = ([next(), next()], next() | 1);
        let top = (1..GRAM).fold(1_u64, |p, _| p.wrapping_mul(base));
        let mut secret = [0; 16];
        secret.copy_from_slice(&key.derive(MARK)[..16]);
        Self { letters, other, base, top, hash: SipHasher24::new_with_key(&secret) }
    }

    fn number(&self, code: u32) -> u64 {
        match self.letters.get(code as usize) {
            Some(n) => *n,
            None => mix(u64::from(code).wrapping_mul(self.other[0] | 1) ^ self.other[1]),
        }
    }

    /// The keyed hash: SipHash-2-4, a pseudorandom function (Aumasson & Bernstein 2012). What goes in is a secret number
    /// already; what comes out is all that is ever seen, and that only by who holds the key.
    fn seal(&self, sort: u8, number: u64) -> u64 {
        let mut input = [sort; 9];
        input[1..].copy_from_slice(&number.to_le_bytes());
        self.hash.hash(&input)
    }

    /// All marks of a text, run marks by winnowing over `window` grams, in order of their first letters.
    #[must_use]
    pub fn all(&self, text: &Letters) -> Vec<Mark> {
        let mut out = Vec::with_capacity(text.len() / 2);
        self.runs(text, WINDOW, &mut |from, number| {
            out.push(Mark { from, hash: self.seal(0, number), sort: Sort::Run });
        });
        self.sets(text, &mut |from, words, number| {
            out.push(Mark { from, hash: self.seal(1, number), sort: Sort::Set(words) });
        });
        // Run marks are in order and set marks nearly so: a sort that sees that.
        out.sort_by_key(|m| m.from);
        out
    }

    /// First letters of the grams that winnowing takes, with their numbers.
    pub(crate) fn runs(&self, text: &Letters, window: usize, f: &mut dyn FnMut(u32, u64)) {
        let mut taken = None;
        let mut ring = vec![(u64::MAX, 0_u64, 0_usize); window.max(1)];
        let mut number = 0_u64;
        let Some(grams) = (text.len() + 1).checked_sub(GRAM).filter(|n| *n > 0) else { return };
        let window = window.clamp(1, grams);
        ring.truncate(window);
        let (mut least, mut slot) = (0, window - 1);
        for (i, code) in text.codes.iter().enumerate() {
            if i >= GRAM {
                let gone = self.number(text.codes[i - GRAM]);
                number = number.wrapping_sub(gone.wrapping_mul(self.top));
            }
            number = number.wrapping_mul(self.base).wrapping_add(self.number(*code));
            let Some(gram) = (i + 1).checked_sub(GRAM) else { continue };
            slot = if slot + 1 == window { 0 } else { slot + 1 };
            ring[slot] = (mix(number), number, gram);
            // The latest of equals is taken, so that a repeated gram is not taken anew in every window.
            if slot == least && gram >= window {
                least = (0..window).min_by_key(|s| (ring[*s].0, usize::MAX - ring[*s].2)).unwrap_or(0);
            } else if ring[slot].0 <= ring[least].0 {
                least = slot;
            }
            if gram + 1 >= window && taken != Some(ring[least].2) {
                taken = Some(ring[least].2);
                if varied(&text.codes[ring[least].2..ring[least].2 + GRAM]) {
                    f(ring[least].2 as u32, ring[least].1);
                }
            }
        }
    }

    /// Sets of words near one another: first letter, words, number.
    fn sets(&self, text: &Letters, f: &mut dyn FnMut(u32, [u32; 4], u64)) {
        let (_, ahead, letters, _) = SET;
        let mut near: std::collections::VecDeque<Word> = std::collections::VecDeque::with_capacity(ahead);
        for n in 0..text.words.len() {
            let range = text.word(n);
            if range.len() < letters {
                continue;
            }
            let word = Word { n, number: self.word(&text.codes[range.clone()]), from: range.start, to: range.end };
            while near.len() >= ahead || near.front().is_some_and(|w| n - w.n > REACH) {
                near.pop_front();
            }
            near.push_back(word);
            self.sets_with_last(near.make_contiguous(), f);
        }
    }

    /// Sets whose last word is the last of `near`.
    fn sets_with_last(&self, near: &[Word], f: &mut dyn FnMut(u32, [u32; 4], u64)) {
        let Some((last, before)) = near.split_last() else { return };
        for a in 0..before.len() {
            for b in a + 1..before.len() {
                for c in b + 1..before.len() {
                    let set = [&before[a], &before[b], &before[c], last];
                    let number = mix(set.iter().fold(0_u64, |n, w| n.wrapping_add(w.number)));
                    if number < u64::MAX / SET.3 && set.iter().map(|w| w.to - w.from).sum::<usize>() >= GRAM {
                        f(before[a].from as u32, set.map(|w| w.n as u32), number);
                    }
                }
            }
        }
    }

    fn word(&self, codes: &[u32]) -> u64 {
        mix(codes.iter().fold(1, |n, c| n.wrapping_mul(self.base).wrapping_add(self.number(*c))))
    }
}

/// A longer word.
struct Word {
    /// Its number among all words.
    n: usize,
    number: u64,
    from: usize,
    to: usize,
}

fn varied(codes: &[u32]) -> bool {
    let mut seen = [0_u32; VARIED];
    let mut n = 0;
    for code in codes {
        if !seen[..n].contains(code) {
            if n + 1 == VARIED {
                return true;
            }
            seen[n] = *code;
            n += 1;
        }
    }
    false
}
