//! Finds long outlet names inside labels: a bit for the first four letters of each says no for most places of most labels, and
//! a table of first four and first six letters for nearly all others.
//!
//! The bits fill 8 KiB and stay in the first-level cache, where an automaton over thousands of names does not. Source: the
//! shift table of Wu & Manber 1994, here without shifts: labels are too short for them.

use crate::bits::{Bits, spread};
use rustc_hash::FxHashMap;

/// Places for four letters.
const FOURS: usize = 1 << 16;

/// Names of any length of four letters and more, and the few that are shorter.
pub(crate) struct Inside {
    begins: Bits,
    /// By first four letters: names of four and five letters.
    fours: FxHashMap<u32, Vec<u32>>,
    /// By first six letters: the others.
    sixes: FxHashMap<[u8; 6], Vec<u32>>,
    /// Names whose digraphs leave fewer than four letters.
    tiny: Vec<u32>,
    /// Each name, with the number of its mark.
    names: Vec<(u32, Vec<u8>)>,
}

impl Inside {
    pub(crate) fn new(names: Vec<(u32, Vec<u8>)>) -> Self {
        let mut out = Self {
            begins: Bits::new(FOURS),
            fours: FxHashMap::default(),
            sixes: FxHashMap::default(),
            tiny: Vec::new(),
            names,
        };
        for (no, (_, name)) in out.names.iter().enumerate().filter(|(_, n)| !n.1.is_empty()) {
            let Some(four) = name.first_chunk::<4>().map(|four| u32::from_be_bytes(*four)) else {
                out.tiny.push(no as u32);
                continue;
            };
            out.begins.put(spread(four));
            match name.first_chunk::<6>() {
                Some(six) => out.sixes.entry(*six).or_default().push(no as u32),
                None => out.fours.entry(four).or_default().push(no as u32),
            }
        }
        out
    }

    /// Calls back with each name inside the text: its mark, where it begins and ends.
    pub(crate) fn find(&self, text: &[u8], found: &mut dyn FnMut(u32, usize, usize)) {
        for (at, four) in text.windows(4).enumerate() {
            let four = u32::from_be_bytes([four[0], four[1], four[2], four[3]]);
            if self.begins.has(spread(four)) {
                self.begin(text, at, four, found);
            }
        }
        for (at, no) in (0..text.len()).flat_map(|at| self.tiny.iter().map(move |no| (at, no))) {
            self.meets(text, at, *no, found);
        }
    }

    /// The names that begin here.
    #[inline(never)]
    fn begin(&self, text: &[u8], at: usize, four: u32, found: &mut dyn FnMut(u32, usize, usize)) {
        let short = self.fours.get(&four);
        let long = text[at..].first_chunk::<6>().and_then(|six| self.sixes.get(six));
        for no in short.into_iter().chain(long).flatten() {
            self.meets(text, at, *no, found);
        }
    }

    fn meets(&self, text: &[u8], at: usize, no: u32, found: &mut dyn FnMut(u32, usize, usize)) {
        let (mark, name) = &self.names[no as usize];
        if text[at..].starts_with(name) {
            found(*mark, at, at + name.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Inside;

    #[test]
    fn every_name_inside_is_found() {
        let names = ["paper", "papers", "papercut", "aper", "mmw", "morningpost"];
        let inside = Inside::new((0..).zip(names.map(|n| n.as_bytes().to_vec())).collect());
        for (text, want) in [
            ("papercuts", &[(0, 0, 5), (2, 0, 8), (3, 1, 5)][..]),
            ("xpapers", &[(0, 1, 6), (1, 1, 7), (3, 2, 6)]),
            ("ammwx", &[(4, 1, 4)]),
            ("mmw", &[(4, 0, 3)]),
            ("morningpos", &[]),
            ("", &[]),
        ] {
            let mut got = Vec::new();
            inside.find(text.as_bytes(), &mut |no, from, to| got.push((no, from, to)));
            got.sort_unstable();
            assert_eq!(got, want, "{text}");
        }
    }
}
