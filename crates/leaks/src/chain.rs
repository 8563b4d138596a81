//! Hits that belong together: marks of a mail that stand in one document, near one another and in about the same order
//! in both.

use crate::marks::Sort;
use crate::{GRAM, Letters, Mark, WINDOW};

/// Most letters between two hits of a chain, in the mail.
const GAP: u32 = 220;
/// Most letters by which the document may run ahead of the mail between two hits (something was cut), and behind
/// (something was put in, or words changed places).
const SHIFT: (i64, i64) = (240, 140);
/// Most letters taken to be missing at an end.
const MISSING: u32 = 60;
/// Chains open at once; of a hostile text that repeats itself the older ones are closed.
const OPEN: usize = 32;

/// A mark of the mail that stands in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) doc: u32,
    pub(crate) mark: Mark,
    /// The place, in the row of all documents' letters.
    pub(crate) at: u32,
}

impl Hit {
    pub(crate) fn new(mark: Mark, doc: u32, at: u32) -> Self {
        Self { doc, mark, at }
    }

    /// How far the document is ahead of the mail.
    fn ahead(&self) -> i64 {
        i64::from(self.at) - i64::from(self.mark.from)
    }
}

/// Hits that belong together, measured.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chain {
    pub(crate) doc: u32,
    /// Letters `from .. to` of the mail.
    pub(crate) mail: (u32, u32),
    /// Letters `from .. to` of the row of all documents.
    pub(crate) place: (u32, u32),
    /// Letters of the mail that hits cover (of the document's, where those are fewer).
    pub(crate) covered: u32,
    /// Longest run of letters seen to be the same.
    pub(crate) run: u32,
    /// Hits.
    pub(crate) hits: u32,
    /// Letters between one piece of the document that hits cover and the next, on the average; half a window where all hang
    /// together. As much is likely missing at either end.
    pub(crate) gap: u32,
}

/// All chains among hits, in order of document and mail.
pub(crate) fn chains(text: &Letters, mut hits: Vec<Hit>) -> Vec<Chain> {
    hits.sort_unstable();
    hits.dedup();
    let mut out = Vec::new();
    for of_doc in hits.chunk_by(|x, y| x.doc == y.doc) {
        let mut open: Vec<Vec<Hit>> = Vec::new();
        for hit in of_doc {
            match best(&open, hit) {
                Some(n) => {
                    let mut chain = open.remove(n);
                    chain.push(*hit);
                    open.push(chain);
                }
                None => {
                    if open.len() >= OPEN {
                        out.push(measure(text, &open.remove(0)));
                    }
                    open.push(vec![*hit]);
                }
            }
        }
        out.extend(open.iter().map(|c| measure(text, c)));
    }
    out.sort_by_key(|c| (c.doc, c.mail, c.place));
    out
}

/// The open chain that a hit goes on most evenly.
fn best(open: &[Vec<Hit>], hit: &Hit) -> Option<usize> {
    let fits = |chain: &Vec<Hit>| {
        let last = chain.last()?;
        let shift = hit.ahead() - last.ahead();
        let near = hit.mark.from - last.mark.from <= GAP && (-SHIFT.1..=SHIFT.0).contains(&shift);
        near.then_some(shift.abs())
    };
    let fitting = open.iter().enumerate().rev().filter_map(|(n, chain)| Some((fits(chain)?, n)));
    fitting.min_by_key(|f| f.0).map(|f| f.1)
}

fn measure(text: &Letters, hits: &[Hit]) -> Chain {
    let (mut mail, mut place) = (Vec::new(), Vec::new());
    for hit in hits {
        hit.mark.pieces(text, &mut |from, to| {
            let shift = i64::from(hit.at) - i64::from(hit.mark.from);
            mail.push((i64::from(from), i64::from(to)));
            place.push((i64::from(from) + shift, i64::from(to) + shift));
        });
    }
    let ends = |pieces: &[(i64, i64)]| {
        let from = pieces.iter().map(|p| p.0).min().unwrap_or(0);
        let to = pieces.iter().map(|p| p.1).max().unwrap_or(0);
        (from as u32, to as u32)
    };
    let covered_place = covered(&mut place);
    Chain {
        gap: gap(&place, covered_place),
        doc: hits.first().map_or(0, |h| h.doc),
        mail: ends(&mail),
        place: ends(&place),
        run: run(hits),
        hits: hits.len() as u32,
        covered: covered(&mut mail).min(covered_place),
    }
}

/// The mean of the gaps between pieces (sorted) that do not hang together.
fn gap(pieces: &[(i64, i64)], covered: u32) -> u32 {
    let (mut gaps, mut end) = (0, i64::MAX);
    for (from, to) in pieces {
        gaps += u32::from(*from > end);
        end = if end == i64::MAX { *to } else { end.max(*to) };
    }
    let first = pieces.first().map_or(0, |p| p.0);
    let open = (end.min(i64::from(u32::MAX)) - first - i64::from(covered)).max(0) as u32;
    open.checked_div(gaps).map_or(WINDOW as u32 / 2, |mean| mean.clamp(WINDOW as u32 / 2, MISSING))
}

/// Length of a union.
fn covered(pieces: &mut [(i64, i64)]) -> u32 {
    pieces.sort_unstable();
    let (mut sum, mut end) = (0, i64::MIN);
    for (from, to) in pieces {
        sum += (*to - (*from).max(end)).max(0);
        end = end.max(*to);
    }
    sum as u32
}

/// Longest run: grams that overlap in the mail and lie as far apart in the document.
fn run(hits: &[Hit]) -> u32 {
    let mut grams: Vec<(i64, u32)> =
        hits.iter().filter(|h| h.mark.sort == Sort::Run).map(|h| (h.ahead(), h.mark.from)).collect();
    grams.sort_unstable();
    let joined = |x: &(i64, u32), y: &(i64, u32)| x.0 == y.0 && y.1 - x.1 <= GRAM as u32;
    let runs = grams.chunk_by(joined).map(|g| g[g.len() - 1].1 - g[0].1 + GRAM as u32);
    runs.max().unwrap_or(0)
}
