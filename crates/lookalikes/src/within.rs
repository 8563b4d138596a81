//! Finds outlet names inside labels.
//!
//! Names of five letters and more: one automaton over the bones of all of them (Aho & Corasick 1975). Shorter ones occur in
//! every third label by chance and are taken only where they stand alone between hyphens, or at an end of the label beside
//! what is itself made of words.

use crate::fold::{Folded, glanced};
use crate::outlets::Mark;
use crate::words::Words;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

/// Names at least this long are sought anywhere.
pub(crate) const ANYWHERE: usize = 5;

/// Where in the label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between hyphens or ends.
    Token,
    /// At an end.
    Edge,
    /// Elsewhere.
    Inner,
}

/// The automaton and the table of short names.
pub(crate) struct Within {
    long: Option<AhoCorasick>,
    marks: Vec<u32>,
    short: FxHashMap<u32, Vec<u32>>,
    /// A bit for each pair of first letters of a short name.
    pairs: Vec<u64>,
    /// Bits for the first and for the last four letters of long names: most labels hold none of either and need not go
    /// through the automaton.
    fours: [Vec<u64>; 2],
}

impl Within {
    pub(crate) fn new(all: &[Mark]) -> Self {
        // A name with a digraph of its own is sought with it and without: `morning-courier-news` has another where words meet,
        // and a label whose digraphs are left apart has none.
        let spelt = |(no, mark): (usize, &Mark)| {
            let apart = (mark.bones.len() < mark.plain.len()).then(|| glanced(&mark.plain));
            std::iter::once(mark.bones.clone()).chain(apart).map(|text| (no as u32, text)).collect::<Vec<_>>()
        };
        let long = all.iter().enumerate().filter(|(_, m)| m.plain.len() >= ANYWHERE).flat_map(spelt);
        let (long, texts): (Vec<u32>, Vec<Vec<u8>>) = long.unzip();
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::Standard).kind(Some(AhoCorasickKind::DFA)).build(&texts).ok();
        let mut short: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        let mut pairs = vec![0; 1024];
        for (no, mark) in all.iter().enumerate().filter(|(_, m)| (2..ANYWHERE).contains(&m.plain.len())) {
            short.entry(key(&mark.plain)).or_default().push(no as u32);
            let pair = pair(&mark.plain);
            pairs[pair / 64] |= 1 << (pair % 64);
        }
        let fours = [true, false].map(|first| fours(texts.iter().map(Vec::as_slice), first));
        Self { long: automaton, marks: long, short, pairs, fours }
    }

    /// Calls back with each mark inside the label but not the whole of it.
    pub(crate) fn find(&self, raw: &str, folded: &Folded, words: &Words, found: &mut dyn FnMut(u32, Place)) {
        self.find_long(&folded.bones, found);
        if folded.bones.len() < folded.plain.len() {
            // Two words may have made a digraph where they meet: `paper-news`.
            self.find_long(&glanced(&folded.plain), found);
        }
        if raw.contains('-') && !raw.starts_with("xn--") {
            for token in raw.split('-').filter(|t| t.len() < raw.len()) {
                self.marks_of(token.as_bytes()).iter().for_each(|m| found(*m, Place::Token));
            }
        }
        let plain = &folded.plain;
        for len in 2..=4.min(plain.len().saturating_sub(2)) {
            let (head, tail) = plain.split_at(len);
            self.at_end(head, tail, words, found);
            let (head, tail) = plain.split_at(plain.len() - len);
            self.at_end(tail, head, words, found);
        }
    }

    fn at_end(&self, mark: &[u8], rest: &[u8], words: &Words, found: &mut dyn FnMut(u32, Place)) {
        let list = self.marks_of(mark);
        let apart = || match mark.len() {
            2 => words.around(rest),
            _ => {
                words.is_word(rest)
                    || (2..rest.len().max(3) - 1).any(|n| words.is_word(&rest[..n]) && words.is_word(&rest[n..]))
            }
        };
        if !list.is_empty() && apart() {
            list.iter().for_each(|m| found(*m, Place::Edge));
        }
    }

    fn marks_of(&self, text: &[u8]) -> &[u32] {
        if !(2..ANYWHERE).contains(&text.len()) {
            return &[];
        }
        let pair = pair(text);
        if self.pairs[pair / 64] >> (pair % 64) & 1 == 0 {
            return &[];
        }
        self.short.get(&key(text)).map_or(&[], Vec::as_slice)
    }

    fn may_hold(&self, bones: &[u8]) -> bool {
        let (mut first, mut last) = (0, 0);
        for four in bones.windows(4).filter_map(<[u8]>::first_chunk::<4>) {
            let at = place(u32::from_be_bytes(*four));
            let bit = |bits: &[u64]| bits[at / 64] >> (at % 64) & 1;
            first |= bit(&self.fours[0]);
            last |= bit(&self.fours[1]) & first;
        }
        last == 1
    }

    /// The long marks inside some bones but not the whole of them.
    pub(crate) fn find_long(&self, bones: &[u8], found: &mut dyn FnMut(u32, Place)) {
        let Some(long) = self.long.as_ref().filter(|_| self.may_hold(bones)) else { return };
        for hit in long.find_overlapping_iter(bones) {
            let place = match (hit.start(), hit.end()) {
                (0, end) if end == bones.len() => continue,
                (0, _) => Place::Edge,
                (_, end) if end == bones.len() => Place::Edge,
                _ => Place::Inner,
            };
            found(self.marks[hit.pattern().as_usize()], place);
        }
    }
}

/// Places for four letters.
const FOURS: usize = 1 << 18;

/// A bit for the first, or the last, four letters of each name; all bits where a name has fewer.
fn fours<'a>(names: impl Iterator<Item = &'a [u8]>, first: bool) -> Vec<u64> {
    let mut bits = vec![0; FOURS / 64];
    for name in names {
        let four = if first { name.first_chunk::<4>() } else { name.last_chunk() };
        match four.map(|four| place(u32::from_be_bytes(*four))) {
            Some(at) => bits[at / 64] |= 1 << (at % 64),
            None => bits.fill(u64::MAX),
        }
    }
    bits
}

fn place(four: u32) -> usize {
    (four.wrapping_mul(0x9e37_79b1) >> 14) as usize
}

/// A short name as a number.
fn key(text: &[u8]) -> u32 {
    text.iter().fold(0, |k, b| k << 8 | u32::from(*b))
}

fn pair(text: &[u8]) -> usize {
    (usize::from(text[0]) << 8 | usize::from(text[1])) & 0xffff
}
