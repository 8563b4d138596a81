//! A set-similarity join within a window: which texts share most of their words and were posted close in time.
//!
//! Words are ordered from rare to common. Two sets of a Jaccard similarity of at least `t` must share one of the first
//! `n - ceil(t n) + 1` words of each, so only those are looked up, with a bound on what can still be shared behind the
//! place where they met; every candidate is then verified exactly. Equal sets are one, however often they were posted.
//! Sources: Chaudhuri et al. (2006), prefix filter; Xiao et al. (2008), "PPJoin", positional filter.

use crate::alike::in_common;
use model::Tokens;
use rustc_hash::FxHashMap;

/// Which sets of words are alike.
pub struct Alike {
    /// Number of the set of each text; [`NONE`] where it has no words.
    pub set: Vec<u32>,
    /// Where each set's partners start in `partners`, and the end of the last.
    starts: Vec<u32>,
    partners: Vec<u32>,
}

/// No words.
pub const NONE: u32 = u32::MAX;

impl Alike {
    /// The sets like this one that were posted within the window of it; not itself.
    #[must_use]
    pub fn partners(&self, set: u32) -> &[u32] {
        &self.partners[self.starts[set as usize] as usize..self.starts[set as usize + 1] as usize]
    }

    /// How many sets there are.
    #[must_use]
    pub fn sets(&self) -> usize {
        self.starts.len() - 1
    }

    fn new(set: Vec<u32>, sets: usize, mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0_u32; sets + 1];
        pairs.iter().for_each(|p| starts[p.0 as usize + 1] += 1);
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        Self { set, starts, partners: pairs.into_iter().map(|p| p.1).collect() }
    }
}

/// `times` are those of the texts, in microseconds; `least` is the Jaccard similarity from which on two are alike.
#[must_use]
pub fn alike(tokens: &Tokens, times: &[i64], window: i64, least: f64) -> Alike {
    let (set, sets) = Sets::of(tokens, times.len());
    let mut join = Join::new(&sets, least);
    let mut texts: Vec<u32> = (0..times.len() as u32).filter(|t| set[*t as usize] != NONE).collect();
    texts.sort_by_key(|t| times[*t as usize]);
    for text in texts {
        join.arrive(set[text as usize], times[text as usize], window);
    }
    let found = join.found;
    Alike::new(set, sets.len(), found)
}

/// Different sets of words, from rare to common. A word is 52 bits of its hash below how common it is, counted by a
/// part of the hash: words that share that part only lose a little of the order's worth.
struct Sets {
    starts: Vec<u32>,
    words: Vec<u64>,
}

const PLACES: usize = 1 << 20;
const COMMON: u32 = (1 << 12) - 1;

impl Sets {
    /// The set of each text, and the sets.
    fn of(tokens: &Tokens, texts: usize) -> (Vec<u32>, Self) {
        let mut counts = vec![0_u32; PLACES];
        tokens.words.iter().for_each(|w| counts[*w as usize % PLACES] += 1);
        let mut known: FxHashMap<u64, u32> = FxHashMap::default();
        let mut sets = Self { starts: vec![0], words: Vec::new() };
        let mut numbers = vec![NONE; texts];
        for (text, number) in numbers.iter_mut().enumerate() {
            let words = tokens.of(text);
            if !words.is_empty() {
                let key = |w: &u64| u64::from(counts[*w as usize % PLACES].min(COMMON)) << 52 | (w & ((1 << 52) - 1));
                let from = sets.words.len();
                sets.words.extend(words.iter().map(key));
                sets.words[from..].sort_unstable();
                *number = sets.number(from, &mut known);
            }
        }
        (numbers, sets)
    }

    /// The number of the set just written; it stays written only if it is new.
    fn number(&mut self, from: usize, known: &mut FxHashMap<u64, u32>) -> u32 {
        let mix = |h: u64, w: &u64| (h.rotate_left(5) ^ w).wrapping_mul(0x517c_c1b7_2722_0a95);
        let mut hash = self.words[from..].iter().fold(0_u64, mix);
        let next = self.len() as u32;
        loop {
            match known.get(&hash) {
                None => {
                    known.insert(hash, next);
                    self.starts.push(self.words.len() as u32);
                    return next;
                }
                Some(number) if self.get(*number) == &self.words[from..] => {
                    self.words.truncate(from);
                    return *number;
                }
                Some(_) => hash = hash.wrapping_add(1),
            }
        }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn get(&self, set: u32) -> &[u64] {
        &self.words[self.starts[set as usize] as usize..self.starts[set as usize + 1] as usize]
    }
}

struct Join<'a> {
    sets: &'a Sets,
    least: f64,
    /// For each word, who has it among its first.
    index: FxHashMap<u64, Vec<Entry>>,
    /// When each set was last posted.
    last: Vec<i64>,
    /// How often each set came to life.
    births: Vec<u32>,
    /// Per candidate of the current search: 1 + words shared so far, or `u32::MAX` once given up.
    shared: Vec<u32>,
    candidates: Vec<u32>,
    found: Vec<(u32, u32)>,
}

/// A set, which of its lives is meant, and where the word stands in it.
struct Entry {
    set: u32,
    birth: u32,
    place: u32,
}

impl<'a> Join<'a> {
    fn new(sets: &'a Sets, least: f64) -> Self {
        let count = sets.len();
        Self {
            sets,
            least,
            index: FxHashMap::default(),
            last: vec![i64::MIN; count],
            births: vec![0; count],
            shared: vec![0; count],
            candidates: Vec::new(),
            found: Vec::new(),
        }
    }

    /// A set is posted. While it is alive, whoever comes finds it, so it need not look again.
    fn arrive(&mut self, set: u32, time: i64, window: i64) {
        let at = set as usize;
        let alive = self.births[at] > 0 && time.saturating_sub(self.last[at]) <= window;
        self.last[at] = time;
        if !alive {
            self.births[at] += 1;
            self.search(set, time, window);
        }
    }

    fn search(&mut self, set: u32, time: i64, window: i64) {
        let words = self.sets.get(set);
        let birth = self.births[set as usize];
        let mut candidates = std::mem::take(&mut self.candidates);
        for (at, word) in words[..self.prefix(words.len())].iter().enumerate() {
            let mut entries = self.index.get_mut(word).map(std::mem::take).unwrap_or_default();
            entries.retain(|e| {
                let o = e.set as usize;
                let alive = self.births[o] == e.birth && time.saturating_sub(self.last[o]) <= window && e.set != set;
                if alive {
                    if self.shared[o] == 0 {
                        candidates.push(e.set);
                    }
                    self.meet(e.set, words.len(), at, e.place as usize);
                }
                alive
            });
            entries.push(Entry { set, birth, place: at as u32 });
            self.index.insert(*word, entries);
        }
        for other in candidates.drain(..) {
            let given_up = std::mem::take(&mut self.shared[other as usize]) == u32::MAX;
            if !given_up && self.enough(set, other) {
                self.found.extend([(set, other), (other, set)]);
            }
        }
        self.candidates = candidates;
    }

    /// One more shared word, unless what follows in both can no longer be enough.
    fn meet(&mut self, other: u32, len: usize, at: usize, place: usize) {
        let theirs = self.sets.get(other).len();
        let shared = self.shared[other as usize].max(1);
        if shared == u32::MAX {
            return;
        }
        let most = shared as usize + (len - at - 1).min(theirs - place - 1);
        let go_on = self.passes(most, len, theirs);
        self.shared[other as usize] = if go_on { shared + 1 } else { u32::MAX };
    }

    fn passes(&self, shared: usize, a: usize, b: usize) -> bool {
        shared as f64 / (a + b - shared) as f64 >= self.least
    }

    /// How many of the first words must be looked up. Whoever is alike shares at least `t n` words.
    fn prefix(&self, len: usize) -> usize {
        let mut needed = (self.least * len as f64).floor().max(1.0) as usize;
        while needed < len && (needed as f64 / len as f64) < self.least {
            needed += 1;
        }
        len - needed.min(len) + 1
    }

    /// Both are in the same order: one merge counts what they share.
    fn enough(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.sets.get(a), self.sets.get(b));
        self.passes(in_common(a, b), a.len(), b.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(texts: &[&[u64]]) -> Tokens {
        let mut starts = vec![0];
        let mut words = Vec::new();
        for text in texts {
            words.extend_from_slice(text);
            starts.push(words.len() as u32);
        }
        Tokens { starts, words }
    }

    /// The join finds what comparing everything with everything finds.
    #[test]
    fn finds_what_comparing_all_finds() {
        let mut seed = 7_u64;
        let mut roll = |n: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % n
        };
        for round in 0..300 {
            let (count, window, least) =
                (2 + roll(30) as usize, roll(20) as i64, [0.5, 0.8, 2.0 / 3.0, 1.0][round % 4]);
            let texts: Vec<Vec<u64>> = (0..count)
                .map(|_| {
                    let mut words: Vec<u64> = (0..roll(7)).map(|_| roll(8)).collect();
                    words.sort_unstable();
                    words.dedup();
                    words
                })
                .collect();
            let times: Vec<i64> = (0..count).map(|_| roll(40) as i64).collect();
            let slices: Vec<&[u64]> = texts.iter().map(Vec::as_slice).collect();
            let found = alike(&tokens(&slices), &times, window, least);
            for a in 0..count {
                for b in 0..count {
                    let both = texts[a].iter().filter(|w| texts[b].contains(w)).count();
                    let all = texts[a].len() + texts[b].len() - both;
                    let close = (times[a] - times[b]).abs() <= window;
                    let truly = both > 0 && both as f64 / all as f64 >= least && close;
                    let (x, y) = (found.set[a], found.set[b]);
                    let said = x != NONE && y != NONE && (x == y || found.partners(x).contains(&y));
                    assert!(!truly || said, "missed {:?} {:?} at {least}", texts[a], texts[b]);
                    let alike = both > 0 && both as f64 / all as f64 >= least;
                    assert!(!said || alike, "wrongly {:?} {:?} at {least}", texts[a], texts[b]);
                }
            }
        }
    }
}
