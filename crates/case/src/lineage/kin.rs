//! How much one text has of an earlier one: words in runs, and what is left over.

use model::{Kinship, Quote, When};
use rustc_hash::FxHashSet;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeSet;
use std::hash::BuildHasher;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// Words in a run: the unit in which texts are compared.
const RUN: usize = 4;
/// Words of a text that are looked at.
const MOST: usize = 4000;
/// Runs in common below which nothing is said.
pub(super) const LEAST: usize = 3;
/// Words in a row that nobody writes twice by chance; and that make a quotation of something short.
const LONG: (usize, usize) = (12, 6);
/// Shares of words in common from which on a text is a copy (both ways), is mostly the other's, is partly the other's.
const SHARES: (f64, f64, f64) = (0.8, 0.5, 0.25);
/// Names, figures and dates that make reporting of one's own, where they are also most of the text's.
const OWN: usize = 4;

/// A text, ready to be compared.
pub(crate) struct Text<'t> {
    /// Its id.
    pub id: String,
    /// When it was said or published.
    pub when: Option<When>,
    /// As it was written.
    pub raw: &'t str,
    /// Hash of each word, folded.
    pub words: Vec<u64>,
    /// First byte of each word.
    at: Vec<u32>,
    /// Hash of each run of words, and all of them in order.
    pub runs: Vec<u64>,
    sorted: Vec<u64>,
    /// Runs that say nothing, as many write them.
    pub ignored: Arc<FxHashSet<u64>>,
}

/// What a text has of an earlier one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kin {
    /// It repeats it and counts with it: how, and the share of its words.
    Repeats(Kinship, f64),
    /// It quotes it beside more of its own: the share, and the longest passage in common.
    Quotes(f64, Quote),
}

impl<'t> Text<'t> {
    /// Takes a text apart. The hash is a fixed one: the same texts give the same result everywhere.
    pub(crate) fn of(id: String, when: Option<When>, raw: &'t str) -> Self {
        let found: Vec<(usize, &str)> = raw.unicode_word_indices().take(MOST).collect();
        let hash = rustc_hash::FxBuildHasher;
        let words: Vec<u64> = found.iter().map(|w| hash.hash_one(w.1.to_lowercase())).collect();
        let runs: Vec<u64> = words.windows(RUN).map(|run| hash.hash_one(run)).collect();
        let (mut sorted, at) = (runs.clone(), found.iter().map(|w| w.0 as u32).collect());
        sorted.sort_unstable();
        sorted.dedup();
        Self { id, when, raw, words, at, runs, sorted, ignored: Arc::default() }
    }

    fn has(&self, run: u64) -> bool {
        self.sorted.binary_search(&run).is_ok() && !self.ignored.contains(&run)
    }

    /// For each word whether it stands in a run of the other.
    fn covered(&self, by: &Text<'_>) -> Vec<bool> {
        let mut out = vec![false; self.words.len()];
        for (at, run) in self.runs.iter().enumerate() {
            if by.has(*run) {
                out[at..at + RUN].fill(true);
            }
        }
        out
    }

    /// The longest row of words whose every run stands in the other: how many words, and their beginning.
    pub(crate) fn longest(&self, by: &Text<'_>) -> (usize, Quote) {
        let ((from, row), _) = self.rows(by);
        (row, Quote::from(self.passage(from, from + row)).short(240))
    }

    /// The longest row of words whose every run stands in the other, as first word and how many; and the words in all rows
    /// that nobody writes twice by chance.
    fn rows(&self, by: &Text<'_>) -> ((usize, usize), usize) {
        let (mut best, mut long, mut here) = ((0, 0), 0, 0);
        for at in 0..=self.runs.len() {
            let common = self.runs.get(at).is_some_and(|run| by.has(*run));
            let row = if here > 0 { here + RUN - 1 } else { 0 };
            if common {
                here += 1;
                continue;
            }
            if row > best.1 {
                best = (at - here, row);
            }
            long += if row >= LONG.0 { row } else { 0 };
            here = 0;
        }
        (best, long)
    }

    /// The text from word `from` to before word `to`.
    fn passage(&self, from: usize, to: usize) -> &'t str {
        let end = self.at.get(to).map_or(self.raw.len(), |end| *end as usize);
        self.at.get(from).map_or("", |start| self.raw[*start as usize..end].trim())
    }

    /// True where most names, figures and dates are in words that the other has not, and are not the other's either.
    fn reports(&self, covered: &[bool], other: &Text<'_>) -> bool {
        let mut own = BTreeSet::new();
        let mut at = 0;
        for stretch in covered.chunk_by(|a, b| a == b) {
            if !stretch[0] {
                own.append(&mut leaks::things(self.passage(at, at + stretch.len())));
            }
            at += stretch.len();
        }
        let own = own.difference(&leaks::things(other.raw)).count();
        own >= OWN && own * 2 > leaks::things(self.raw).len()
    }

    /// The share of this text that the other makes up, where nearly all of the other stands in it.
    pub(super) fn holds(&self, other: &Text<'_>) -> Option<f64> {
        if other.runs.is_empty() {
            let there = self.words.windows(other.words.len().max(1)).any(|w| w == other.words);
            return there.then(|| other.words.len() as f64 / self.words.len().max(1) as f64);
        }
        (share(&other.covered(self)) >= SHARES.0).then(|| share(&self.covered(other)))
    }

    /// Where it departs from the other, in order, as what stands here and there: between the first and the last word in
    /// common, for what lies outside may belong to the page. Words are compared without case (Myers 1986, An O(ND)
    /// difference algorithm, by way of the crate `similar`).
    pub(crate) fn changes(&self, other: &Text<'t>) -> Vec<(&'t str, &'t str)> {
        let steps = capture_diff_slices(Algorithm::Myers, &self.words, &other.words);
        let same = |op: &DiffOp| matches!(op, DiffOp::Equal { .. });
        let (Some(first), Some(last)) = (steps.iter().position(same), steps.iter().rposition(same)) else {
            return Vec::new();
        };
        let departs = steps[first..=last].iter().filter(|op| !same(op));
        let words = |text: &Text<'t>, range: std::ops::Range<usize>| {
            if range.is_empty() { "" } else { text.passage(range.start, range.end) }
        };
        departs.map(|op| (words(self, op.old_range()), words(other, op.new_range()))).collect()
    }

    /// The share of its words that stand in runs of the other.
    pub(crate) fn shared(&self, other: &Text<'_>) -> f64 {
        share(&self.covered(other))
    }

    /// True where each is nearly all the other's words.
    pub(crate) fn same_as(&self, other: &Text<'_>) -> bool {
        self.shared(other) >= SHARES.0 && other.shared(self) >= SHARES.0
    }

    /// What this text has of an earlier one.
    pub(crate) fn kin(&self, earlier: &Text<'_>) -> Option<Kin> {
        if self.runs.is_empty() || earlier.runs.is_empty() {
            let same = !self.words.is_empty() && self.words == earlier.words;
            return same.then_some(Kin::Repeats(Kinship::Copy, 1.0));
        }
        let covered = self.covered(earlier);
        let (here, there) = (share(&covered), share(&earlier.covered(self)));
        let ((from, row), in_long) = self.rows(earlier);
        let long = row >= LONG.0;
        let all = covered.iter().filter(|c| **c).count();
        let word_for_word =
            if in_long as f64 >= SHARES.0 * all as f64 { Kinship::Quotation } else { Kinship::Paraphrase };
        let quotes = || Kin::Quotes(here, Quote::from(self.passage(from, from + row)).short(240));
        Some(match () {
            () if here >= SHARES.0 && there >= SHARES.0 => Kin::Repeats(Kinship::Copy, here),
            () if here >= SHARES.0 => Kin::Repeats(Kinship::Quotation, here),
            () if here >= SHARES.1 => Kin::Repeats(word_for_word, here),
            () if long && (here >= SHARES.2 || there >= SHARES.1) => match self.reports(&covered, earlier) {
                true => quotes(),
                false => Kin::Repeats(word_for_word, here),
            },
            () if here >= SHARES.2 && !long => Kin::Repeats(Kinship::Paraphrase, here),
            () if long || (there >= SHARES.1 && row >= LONG.1) => quotes(),
            () => return None,
        })
    }
}

fn share(covered: &[bool]) -> f64 {
    covered.iter().filter(|c| **c).count() as f64 / covered.len().max(1) as f64
}
