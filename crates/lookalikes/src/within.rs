//! Finds outlet names inside labels.
//!
//! Names of five letters and more are sought anywhere, by their bones. Shorter ones occur in every third label by chance and are
//! taken only where they stand alone between hyphens, or at an end of the label beside what is itself made of words.

use crate::bits::{Bits, spread};
use crate::fold::Folded;
use crate::inside::Inside;
use crate::outlets::Mark;
use crate::words::Words;
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

/// Long names and short ones.
pub(crate) struct Within {
    long: Inside,
    short: FxHashMap<u32, Vec<u32>>,
    /// A bit for each short name.
    known: Bits,
}

impl Within {
    pub(crate) fn new(all: &[Mark]) -> Self {
        // A name with a digraph of its own is sought with it and without: `morning-courier-news` has another where words meet,
        // and a label whose digraphs are left apart has none.
        let spelt = |(no, mark): (usize, &Mark)| {
            let each = std::iter::once(mark.bones.clone()).chain(mark.apart.clone());
            each.map(|text| (no as u32, text)).collect::<Vec<_>>()
        };
        let long = all.iter().enumerate().filter(|(_, m)| m.plain.len() >= ANYWHERE).flat_map(spelt);
        let mut short: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        let mut known = Bits::new(SHORT);
        for (no, mark) in all.iter().enumerate().filter(|(_, m)| (2..ANYWHERE).contains(&m.plain.len())) {
            let key = key(&mark.plain);
            short.entry(key).or_default().push(no as u32);
            known.put(spread(key));
        }
        Self { long: Inside::new(long.collect()), short, known }
    }

    /// Calls back with each mark inside the label but not the whole of it.
    pub(crate) fn find(&self, raw: &str, folded: &Folded, words: &mut Words, found: &mut dyn FnMut(u32, Place)) {
        self.find_long(&folded.bones, found);
        if let Some(apart) = folded.apart() {
            // Two words may have made a digraph where they meet: `paper-news`.
            self.find_long(apart, found);
        }
        if raw.contains('-') && !raw.starts_with("xn--") {
            for token in raw.split('-').filter(|t| (2..ANYWHERE).contains(&t.len())) {
                self.marks_of(key(token.as_bytes())).iter().for_each(|m| found(*m, Place::Token));
            }
        }
        let plain = folded.plain.as_slice();
        let n = plain.len();
        for len in 2..=4.min(n.saturating_sub(2)) {
            self.at_end(&plain[..len], &plain[len..], words, found);
            self.at_end(&plain[n - len..], &plain[..n - len], words, found);
        }
    }

    fn at_end(&self, mark: &[u8], rest: &[u8], words: &mut Words, found: &mut dyn FnMut(u32, Place)) {
        let list = self.marks_of(key(mark));
        if list.is_empty() {
            return;
        }
        words.settle();
        let apart = || match mark.len() {
            2 => words.around(rest),
            _ => {
                words.is_word(rest)
                    || (2..rest.len().max(3) - 1).any(|n| words.is_word(&rest[..n]) && words.is_word(&rest[n..]))
            }
        };
        if apart() {
            list.iter().for_each(|m| found(*m, Place::Edge));
        }
    }

    fn marks_of(&self, key: u32) -> &[u32] {
        if !self.known.has(spread(key)) {
            return &[];
        }
        self.short.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The long marks inside some bones but not the whole of them.
    pub(crate) fn find_long(&self, bones: &[u8], found: &mut dyn FnMut(u32, Place)) {
        self.long.find(bones, &mut |mark, from, to| match (from == 0, to == bones.len()) {
            (true, true) => {}
            (false, false) => found(mark, Place::Inner),
            _ => found(mark, Place::Edge),
        });
    }
}

/// Places for short names.
const SHORT: usize = 1 << 16;

/// A short name as a number.
fn key(text: &[u8]) -> u32 {
    text.iter().fold(0, |k, b| k << 8 | u32::from(*b))
}
