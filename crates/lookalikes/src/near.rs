//! Finds outlet names at most one slip away, or two where they are long.
//!
//! Two names one insertion, omission, replacement or swap apart share what is left when one letter is taken out of each: all
//! such remains of the outlet names stand in a table, and a bit filter small enough for the second-level cache says no for
//! nearly all remains of a feed's names. Hashes of remains come from prefix and suffix hashes without copying. Long names
//! two slips away are sought among those that keep their first or last three letters, most of their letters and their
//! length. Source: Mor & Fraenkel 1982 (deletion neighbourhoods); filter after Putze, Sanders & Singler 2007.

use crate::bits::{Bits, spread};
use rustc_hash::FxHashMap;

/// Outlet names this long are also found two slips away.
pub(crate) const LONG: usize = 8;
/// Longer labels are compared by what they contain only.
const MOST: usize = 32;
/// Words of the filter: 128 KiB. A thousand outlets leave some 40,000 remains, which fill a tenth of it.
const WORDS: usize = 1 << 14;
const BASE: u64 = 0x9e37_79b9_7f4a_7c15 | 1;

/// The index.
pub(crate) struct Near {
    /// What remains begin with and end with: most of a name's own cannot be among them.
    heads: Bits,
    tails: Bits,
    filter: Vec<u64>,
    table: FxHashMap<u64, Vec<u32>>,
    names: Vec<(u32, Vec<u8>)>,
    powers: [u64; MOST + 2],
    longest: usize,
    ends: Ends,
}

impl Near {
    /// Over bones, each with the number of its mark; a mark may come in several spellings.
    pub(crate) fn new(names: Vec<(u32, Vec<u8>)>) -> Self {
        let mut powers = [1_u64; MOST + 2];
        for i in 1..powers.len() {
            powers[i] = powers[i - 1].wrapping_mul(BASE);
        }
        let longest = names.iter().map(|n| n.1.len()).filter(|n| *n <= MOST).max().unwrap_or(0);
        let ends = Ends::new(&names);
        let [heads, tails] = [(); 2].map(|()| Bits::new(FOURS));
        let table = FxHashMap::default();
        let mut near = Self { heads, tails, filter: vec![0; WORDS], table, names, powers, longest, ends };
        let mut all = Vec::new();
        let mut remains = [0; MOST + 1];
        for (no, (_, name)) in near.names.iter().enumerate().filter(|(_, n)| n.1.len() <= MOST && n.1.len() > 1) {
            let many = near.remains(name, |_| true, &mut remains);
            all.extend(remains[..many].iter().map(|hash| (*hash, no as u32)));
            each_remain(name, &mut |text| {
                head(text).into_iter().for_each(|four| near.heads.put(four));
                tail(text).into_iter().for_each(|four| near.tails.put(four));
            });
        }
        for (hash, no) in all {
            let (word, bits) = place(hash);
            near.filter[word] |= bits;
            let list = near.table.entry(hash).or_default();
            if list.last() != Some(&no) {
                list.push(no);
            }
        }
        near
    }

    /// Calls back with each outlet name near `text` and the number of slips between (0 for the same).
    pub(crate) fn find(&self, text: &[u8], found: &mut dyn FnMut(u32, usize)) {
        if text.is_empty() || text.len() > self.longest + 2 || text.len() > MOST {
            return;
        }
        let mut remains = [0; MOST + 1];
        let many = self.remains(text, self.among(text), &mut remains);
        // All are asked for before any answer counts, so that the cache is waited for once.
        let mut may = 0_u64;
        for (i, hash) in remains[..many].iter().enumerate() {
            let (word, bits) = place(*hash);
            may |= u64::from(self.filter[word] & bits == bits) << i;
        }
        if may != 0 {
            self.look_up(text, &remains, may, found);
        }
        self.ends.find(text, &mut |no| {
            let (mark, name) = &self.names[no as usize];
            if let Some(slips @ 2..) = apart(name, text, 2) {
                found(*mark, slips);
            }
        });
    }

    /// Asks the table for the remains whose bits are set.
    fn look_up(&self, text: &[u8], remains: &[u64; MOST + 1], mut may: u64, found: &mut dyn FnMut(u32, usize)) {
        let (mut seen, mut many) = ([u32::MAX; 16], 0);
        while may != 0 {
            let list = self.table.get(&remains[may.trailing_zeros() as usize]);
            may &= may - 1;
            for no in list.into_iter().flatten().filter(|no| first_time(**no, &mut seen, &mut many)) {
                let (mark, name) = &self.names[*no as usize];
                if let Some(slips) = apart(name, text, slips(name.len())) {
                    found(*mark, slips);
                }
            }
        }
    }

    /// Which letter taken out (the number of letters: none) leaves something that begins and ends like a remain: one taken out
    /// behind the first four leaves the beginning as it is, one before the last four the end.
    fn among(&self, text: &[u8]) -> impl Fn(usize) -> bool + use<> {
        let n = text.len();
        let begins = n < 5 || head(text).is_none_or(|four| self.heads.has(four));
        let ends = n < 5 || tail(text).is_none_or(|four| self.tails.has(four));
        move |i| (i < 4 || begins) && (i + 4 >= n && i < n || ends)
    }

    /// Hashes of `text` as it is and with each one letter taken out, of those wanted; how many.
    fn remains(&self, text: &[u8], wanted: impl Fn(usize) -> bool, out: &mut [u64; MOST + 1]) -> usize {
        let n = text.len();
        if !(0..=n).any(&wanted) {
            return 0;
        }
        let mut before = [0_u64; MOST + 1];
        for (i, b) in text.iter().enumerate() {
            before[i + 1] = before[i].wrapping_mul(BASE).wrapping_add(u64::from(*b) + 1);
        }
        let mut many = usize::from(wanted(n));
        out[0] = before[n];
        for i in (0..n).filter(|i| (*i == 0 || text[*i] != text[*i - 1]) && wanted(*i)) {
            // What stands before `i`, moved up to what stands after it.
            let gone = before[i].wrapping_sub(before[i + 1]).wrapping_mul(self.powers[n - 1 - i]);
            out[many] = before[n].wrapping_add(gone);
            many += 1;
        }
        many
    }
}

/// Places for first and for last four letters.
const FOURS: usize = 1 << 16;

fn head(text: &[u8]) -> Option<usize> {
    text.first_chunk().map(|four| spread(u32::from_be_bytes(*four)))
}

fn tail(text: &[u8]) -> Option<usize> {
    text.last_chunk().map(|four| spread(u32::from_be_bytes(*four)))
}

/// A name, and what is left of it with each one letter taken out.
fn each_remain(name: &[u8], tell: &mut dyn FnMut(&[u8])) {
    tell(name);
    (0..name.len()).for_each(|i| tell(&[&name[..i], &name[i + 1..]].concat()));
}

/// True for a number not among the first sixteen seen.
fn first_time(no: u32, seen: &mut [u32; 16], many: &mut usize) -> bool {
    if seen[..*many].contains(&no) {
        return false;
    }
    if *many < seen.len() {
        seen[*many] = no;
        *many += 1;
    }
    true
}

/// Long names by their first and by their last three letters. Two slips rarely change both ends of a long name; where neither is
/// an outlet's, two are not sought.
struct Ends {
    /// A bit for each place that has entries: 8 KiB, for most names have none of either.
    taken: Bits,
    /// Where the entries of each place begin.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy)]
struct Entry {
    /// A bit for each letter that occurs.
    letters: u32,
    no: u32,
    /// The place of its first three letters.
    first: u16,
    len: u8,
}

impl Ends {
    fn new(names: &[(u32, Vec<u8>)]) -> Self {
        let mut placed: Vec<(usize, Entry)> = Vec::new();
        for (no, (_, name)) in names.iter().enumerate().filter(|(_, n)| (LONG..=MOST).contains(&n.1.len())) {
            let places = ends(name);
            let (first, len) = (places[0] as u16, name.len() as u8);
            placed.extend(places.map(|at| (at, Entry { letters: letters(name), no: no as u32, first, len })));
        }
        placed.sort_by_key(|(at, entry)| (*at, entry.no));
        let starts = (0..=PLACES).map(|at| placed.partition_point(|(p, _)| *p < at) as u32).collect();
        let mut taken = Bits::new(PLACES);
        placed.iter().for_each(|(at, _)| taken.put(*at));
        Self { taken, starts, entries: placed.into_iter().map(|(_, entry)| entry).collect() }
    }

    /// Names that may be two slips from `text`, each once.
    fn find(&self, text: &[u8], tell: &mut impl FnMut(u32)) {
        let n = text.len();
        if n + 2 < LONG {
            return;
        }
        let places = ends(text);
        let taken = places.map(|at| self.taken.has(at));
        if taken == [false; 2] {
            return;
        }
        let mine = letters(text);
        for at in places.into_iter().zip(taken).filter_map(|(at, taken)| taken.then_some(at)) {
            for entry in &self.entries[self.starts[at] as usize..self.starts[at + 1] as usize] {
                // A slip adds and takes at most one letter each.
                let fits = n.abs_diff(usize::from(entry.len)) <= 2 && (entry.letters ^ mine).count_ones() <= 4;
                if fits && (at == places[0] || usize::from(entry.first) != places[0]) {
                    tell(entry.no);
                }
            }
        }
    }
}

fn letters(text: &[u8]) -> u32 {
    text.iter().fold(0, |all, b| all | 1 << (b & 31))
}

/// Places of first and of last three letters.
const PLACES: usize = 65_536;

/// The places of the first and the last three letters in the table of ends.
fn ends(text: &[u8]) -> [usize; 2] {
    let code = |three: &[u8]| three.iter().fold(0, |n, b| n << 5 | usize::from(b & 31));
    let n = text.len();
    [code(&text[..n.min(3)]), 32_768 + code(&text[n - n.min(3)..])]
}

/// Slips at which a name of this length is sought.
fn slips(len: usize) -> usize {
    if len >= LONG { 2 } else { 1 }
}

fn place(hash: u64) -> (usize, u64) {
    let mixed = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    let word = (mixed >> 44) as usize & (WORDS - 1);
    (word, 1 << (mixed >> 34 & 63) | 1 << (mixed >> 28 & 63))
}

/// Slips between two names (insertion, omission, replacement, swap of neighbours), if at most `most` ≤ 2.
/// Source: optimal string alignment, after Damerau 1964.
pub(crate) fn apart(x: &[u8], y: &[u8], most: usize) -> Option<usize> {
    if x == y {
        return Some(0);
    }
    if x.len().abs_diff(y.len()) > most || x.len() > MOST || y.len() > MOST {
        return None;
    }
    let (x, y) = between(x, y);
    // Cells further than `most` from the diagonal cost more than `most`, whatever they hold.
    let band = |i: usize| (i.saturating_sub(most), (i + most).min(y.len()));
    let mut rows = [[FAR; MOST + 1]; 3];
    for (j, cell) in rows[0].iter_mut().take(most + 1).enumerate() {
        *cell = j as u8;
    }
    for i in 1..=x.len() {
        let (now, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        let (from, to) = band(i);
        rows[now] = [FAR; MOST + 1];
        if from == 0 {
            rows[now][0] = i as u8;
        }
        let mut least = rows[now][0];
        for j in from.max(1)..=to {
            let replace = rows[last][j - 1] + u8::from(x[i - 1] != y[j - 1]);
            let mut best = replace.min(rows[last][j] + 1).min(rows[now][j - 1] + 1);
            if i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] {
                best = best.min(rows[before][j - 2] + 1);
            }
            rows[now][j] = best;
            least = least.min(best);
        }
        let reached = |row: usize| rows[row].iter().any(|cell| usize::from(*cell) <= most);
        if usize::from(least) > most && !reached(last) {
            return None;
        }
    }
    let slips = usize::from(rows[x.len() % 3][y.len()]);
    (slips <= most).then_some(slips)
}

/// More slips than are ever sought.
const FAR: u8 = 100;

/// What is left of both when what they begin and end with alike is taken off.
fn between<'a>(x: &'a [u8], y: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let head = x.iter().zip(y).take_while(|(a, b)| a == b).count();
    let (x, y) = (&x[head..], &y[head..]);
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(a, b)| a == b).count();
    (&x[..x.len() - tail], &y[..y.len() - tail])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slip_is_found() {
        let names = ["morningpost", "abc", "dally"].map(|n| n.as_bytes().to_vec());
        let near = Near::new((0..).zip(names).collect());
        for (text, expected) in [
            ("morningpost", Some((0, 0))),
            ("mornigpost", Some((0, 1))),
            ("morninggpost", Some((0, 1))),
            ("monringpost", Some((0, 1))),
            ("mornizgpast", Some((0, 2))),
            ("ornigpost", Some((0, 2))),
            ("pmorningosts", None),
            ("abd", Some((1, 1))),
            ("abcd", Some((1, 1))),
            ("ac", Some((1, 1))),
            ("bca", None),
            ("axd", None),
            ("dlaly", Some((2, 1))),
            ("morningpxsz", Some((0, 2))),
            ("xxrningpost", Some((0, 2))),
            ("", None),
        ] {
            let mut found = None;
            near.find(text.as_bytes(), &mut |no, slips| found = Some((no, slips)));
            assert_eq!(found, expected, "{text}");
        }
    }

    /// Against the definition: every name of three letters beside every other.
    #[test]
    fn nothing_is_missed() {
        let letters = b"abc";
        let all: Vec<Vec<u8>> =
            (0..81_usize).map(|n| (0..4).map(|k| letters[n / 3_usize.pow(k) % 3]).collect()).collect();
        let near = Near::new((0..).zip(all.clone()).collect());
        for text in &all {
            let mut got = Vec::new();
            near.find(text, &mut |no, _| got.push(no));
            got.sort_unstable();
            got.dedup();
            let want: Vec<u32> =
                (0..all.len() as u32).filter(|n| apart(&all[*n as usize], text, 1).is_some()).collect();
            assert_eq!(got, want);
        }
    }
}
