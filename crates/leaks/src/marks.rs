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

/// Grams worked on at once.
const BLOCK: usize = 4096;
/// Bits of the order of grams that hold their place in the block instead, counted down: of grams alike the latest is
/// taken, so that a repeated one is not taken anew in every window.
const PLACE: u64 = 0x1fff;

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
    /// `base` to the power of [`GRAM`].
    power: u64,
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
        let power = (0..GRAM).fold(1_u64, |p, _| p.wrapping_mul(base));
        let mut secret = [0; 16];
        secret.copy_from_slice(&key.derive(MARK)[..16]);
        Self { letters, other, base, power, hash: SipHasher24::new_with_key(&secret) }
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

    /// Every mark of a text, in no order: run marks by winnowing over [`WINDOW`] grams, then set marks.
    pub fn each(&self, text: &Letters, f: &mut dyn FnMut(Mark)) {
        self.runs(text, WINDOW, &mut |from, number| {
            f(Mark { from, hash: self.seal(0, number), sort: Sort::Run });
        });
        self.sets(text, &mut |from, words, number| {
            f(Mark { from, hash: self.seal(1, number), sort: Sort::Set(words) });
        });
    }

    /// First letters of the grams that winnowing takes, with their numbers.
    pub(crate) fn runs(&self, text: &Letters, window: usize, f: &mut dyn FnMut(u32, u64)) {
        let Some(grams) = (text.len() + 1).checked_sub(GRAM).filter(|n| *n > 0) else { return };
        let window = window.clamp(1, grams);
        let mut number = text.codes[..GRAM - 1].iter().fold(0, |n, c| self.roll(n, *c));
        // Numbers of grams from `first` on, and the order in which winnowing prefers them.
        let (mut numbers, mut order, mut first) = (Vec::<u64>::new(), Vec::<u64>::new(), 0);
        let mut taken = None;
        for next in (0..grams).step_by(BLOCK) {
            let gone = numbers.len().saturating_sub(window - 1);
            numbers.drain(..gone);
            first += gone;
            for gram in next..grams.min(next + BLOCK) {
                let gone = gram.checked_sub(1).map_or(0, |g| self.number(text.codes[g]).wrapping_mul(self.power));
                number = self.roll(number, text.codes[gram + GRAM - 1]).wrapping_sub(gone);
                numbers.push(number);
            }
            order.clear();
            order.extend(numbers.iter().enumerate().map(|(n, number)| mix(*number) & !PLACE | PLACE ^ n as u64));
            for least in least_of_each(&mut order, window) {
                let at = (least & PLACE ^ PLACE) as usize;
                let gram = first + at;
                if taken != Some(gram) {
                    taken = Some(gram);
                    if varied(&text.codes[gram..gram + GRAM]) {
                        f(gram as u32, numbers[at]);
                    }
                }
            }
        }
    }

    /// A number with one letter more at its end.
    fn roll(&self, number: u64, code: u32) -> u64 {
        number.wrapping_mul(self.base).wrapping_add(self.number(code))
    }

    /// Sets of words near one another: first letter, words, number.
    fn sets(&self, text: &Letters, f: &mut dyn FnMut(u32, [u32; 4], u64)) {
        let (_, ahead, letters, _) = SET;
        let mut near: Vec<Word> = Vec::with_capacity(ahead);
        for n in 0..text.words.len() {
            let range = text.word(n);
            if range.len() < letters {
                continue;
            }
            let word = Word { n, number: self.word(&text.codes[range.clone()]), from: range.start, to: range.end };
            let far = near.iter().take_while(|w| n - w.n > REACH).count();
            near.drain(..far.max((near.len() + 1).saturating_sub(ahead)));
            near.push(word);
            sets_with_last(&near, f);
        }
    }

    fn word(&self, codes: &[u32]) -> u64 {
        mix(codes.iter().fold(1, |n, c| self.roll(n, *c)))
    }
}

/// Sets whose last word is the last of `near`.
fn sets_with_last(near: &[Word], f: &mut dyn FnMut(u32, [u32; 4], u64)) {
    let Some((last, before)) = near.split_last() else { return };
    for a in 0..before.len() {
        for b in a + 1..before.len() {
            let two = last.number.wrapping_add(before[a].number).wrapping_add(before[b].number);
            for c in &before[b + 1..] {
                let number = mix(two.wrapping_add(c.number));
                let set = [&before[a], &before[b], c, last];
                if number < u64::MAX / SET.3 && set.iter().map(|w| w.to - w.from).sum::<usize>() >= GRAM {
                    f(before[a].from as u32, set.map(|w| w.n as u32), number);
                }
            }
        }
    }
}

/// The least of every `window` in a row, in place: of two, of four, … and at last of two that overlap.
fn least_of_each(of: &mut [u64], window: usize) -> &[u64] {
    let (mut span, mut len) = (1, of.len());
    while span < window {
        let step = span.min(window - span);
        len = len.saturating_sub(step);
        for n in 0..len {
            of[n] = of[n].min(of[n + step]);
        }
        span += step;
    }
    &of[..len]
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
