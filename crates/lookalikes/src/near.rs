//! Finds outlet names at most one slip away, or two where they are long: a deletion neighbourhood.
//!
//! Two names one (two) insertions, omissions, replacements or swaps apart share what is left when one (two) letters are
//! taken out of each. All such remains of the outlet names stand in a table; a bit filter small enough for the
//! second-level cache says no for nearly all remains of a feed's names. Hashes of remains come from prefix and suffix
//! hashes without copying. Source: Mor & Fraenkel 1982 (deletion neighbourhoods); blocked filter after Putze, Sanders &
//! Singler 2007.

use rustc_hash::FxHashMap;

/// Outlet names this long are also found two slips away.
pub(crate) const LONG: usize = 8;
/// Longer labels are compared by what they contain only.
const MOST: usize = 32;
const WORDS: usize = 1 << 15;
const BASE: u64 = 0x9e37_79b9_7f4a_7c15 | 1;

/// The index.
pub(crate) struct Near {
    filter: Vec<u64>,
    table: FxHashMap<u64, Vec<u32>>,
    names: Vec<(u32, Vec<u8>)>,
    powers: [u64; MOST + 2],
    longest: usize,
    /// For each three letters that a long name begins with, and for each it ends with: a bit for each length two slips lead to.
    ends: Vec<u64>,
}

impl Near {
    /// Over bones, each with the number of its mark; a mark may come in several spellings.
    pub(crate) fn new(names: Vec<(u32, Vec<u8>)>) -> Self {
        let mut powers = [1_u64; MOST + 2];
        for i in 1..powers.len() {
            powers[i] = powers[i - 1].wrapping_mul(BASE);
        }
        let longest = names.iter().map(|n| n.1.len()).filter(|n| *n <= MOST).max().unwrap_or(0);
        let mut near = Self {
            filter: vec![0; WORDS],
            table: FxHashMap::default(),
            names: Vec::new(),
            powers,
            longest,
            ends: vec![0; 65_536],
        };
        for (no, (_, name)) in names.iter().enumerate().filter(|(_, n)| n.1.len() <= MOST && n.1.len() > 1) {
            if name.len() >= LONG {
                for at in ends(name) {
                    near.ends[at] |= 0b1_1111 << (name.len() - 2);
                }
            }
            let mut all = Vec::new();
            near.remains(name, slips(name.len()), &mut |hash| all.push(hash));
            for hash in all {
                let (word, bits) = place(hash);
                near.filter[word] |= bits;
                let list = near.table.entry(hash).or_default();
                if list.last() != Some(&(no as u32)) {
                    list.push(no as u32);
                }
            }
        }
        near.names = names;
        near
    }

    /// Calls back with each outlet name near `text` and the number of slips between (0 for the same).
    pub(crate) fn find(&self, text: &[u8], found: &mut dyn FnMut(u32, usize)) {
        if text.is_empty() || text.len() > self.longest + 2 || text.len() > MOST {
            return;
        }
        let mut seen: [u32; 16] = [u32::MAX; 16];
        let mut many = 0;
        let most = if text.len() + 2 >= LONG && self.may_end(text) { 2 } else { 1 };
        self.remains(text, most, &mut |hash| {
            let (word, bits) = place(hash);
            if self.filter[word] & bits != bits {
                return;
            }
            let Some(list) = self.table.get(&hash) else { return };
            for no in list {
                if seen[..many].contains(no) {
                    continue;
                }
                if many < seen.len() {
                    seen[many] = *no;
                    many += 1;
                }
                let (mark, name) = &self.names[*no as usize];
                if let Some(slips) = apart(name, text, slips(name.len())) {
                    found(*mark, slips);
                }
            }
        });
    }

    /// Two slips rarely change both ends of a long name; where neither is an outlet's, two are not sought.
    fn may_end(&self, text: &[u8]) -> bool {
        ends(text).iter().any(|at| self.ends[*at] >> text.len() & 1 == 1)
    }

    /// Hashes of `text` with up to `most` letters taken out.
    fn remains(&self, text: &[u8], most: usize, tell: &mut impl FnMut(u64)) {
        let n = text.len();
        let mut before = [0_u64; MOST + 1];
        for (i, b) in text.iter().enumerate() {
            before[i + 1] = before[i].wrapping_mul(BASE).wrapping_add(u64::from(*b) + 1);
        }
        // Of the letters from..to alone.
        let part = |from: usize, to: usize| before[to].wrapping_sub(before[from].wrapping_mul(self.powers[to - from]));
        tell(before[n]);
        for i in 0..n {
            if i > 0 && text[i] == text[i - 1] {
                continue;
            }
            tell(before[i].wrapping_mul(self.powers[n - 1 - i]).wrapping_add(part(i + 1, n)));
            if most < 2 {
                continue;
            }
            for j in i + 1..n {
                if j > i + 1 && text[j] == text[j - 1] {
                    continue;
                }
                let head = before[i].wrapping_mul(self.powers[j - 1 - i]).wrapping_add(part(i + 1, j));
                tell(head.wrapping_mul(self.powers[n - 1 - j]).wrapping_add(part(j + 1, n)));
            }
        }
    }
}

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
    let word = (mixed >> 40) as usize & (WORDS - 1);
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
    let mut rows = [[0_u8; MOST + 1]; 3];
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j as u8;
    }
    for i in 1..=x.len() {
        let (now, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = i as u8;
        for j in 1..=y.len() {
            let replace = rows[last][j - 1] + u8::from(x[i - 1] != y[j - 1]);
            let mut best = replace.min(rows[last][j] + 1).min(rows[now][j - 1] + 1);
            if i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] {
                best = best.min(rows[before][j - 2] + 1);
            }
            rows[now][j] = best;
        }
    }
    let slips = usize::from(rows[x.len() % 3][y.len()]);
    (slips <= most).then_some(slips)
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
