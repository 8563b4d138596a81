//! Where a passage departs from the sealed text: for the owner, who has both.
//!
//! Words are compared folded, so that case, wrapping, quoting and slips of optical recognition are no changes; words with
//! digits are compared as they stand, for a changed figure is the forgery that matters. What lies outside the first and
//! last words in common is left out: where a passage ends is known only nearly. Source: Myers 1986, An O(ND) difference
//! algorithm, by way of the crate `similar`.

use crate::Letters;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Most words of either side that are compared.
const MOST: usize = 5_000;

/// A place where the two differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Characters of the found text.
    pub here: std::ops::Range<u32>,
    /// Characters of the document's text.
    pub there: std::ops::Range<u32>,
}

/// A text as words.
struct Words {
    hashes: Vec<u64>,
    /// First character of each word and the one after its last.
    spans: Vec<(u32, u32)>,
}

impl Words {
    fn of(text: &str) -> Self {
        let letters = Letters::of(text);
        let chars: Vec<char> = text.chars().collect();
        let (mut hashes, mut spans) = (Vec::new(), Vec::new());
        for n in 0..letters.words.len().min(MOST) {
            let word = letters.word(n);
            if word.is_empty() {
                continue;
            }
            let (start, end) = letters.span(word.start, word.end);
            let written = &chars[start as usize..(end as usize).min(chars.len())];
            let bytes: Vec<u8> = if written.iter().any(char::is_ascii_digit) {
                written.iter().filter(|c| c.is_alphanumeric()).flat_map(|c| (*c as u32).to_be_bytes()).collect()
            } else {
                letters.codes[word].iter().flat_map(|c| c.to_be_bytes()).collect()
            };
            hashes.push(model::hash64(&bytes));
            spans.push((start, end));
        }
        Self { hashes, spans }
    }

    /// Characters of words `from .. to`; an empty place where there are none.
    fn span(&self, from: usize, to: usize) -> std::ops::Range<u32> {
        match to.checked_sub(1).filter(|last| *last >= from) {
            Some(last) => self.spans[from].0..self.spans[last].1,
            None => {
                let at = self.spans.get(from).map_or_else(|| self.spans.last().map_or(0, |s| s.1), |s| s.0);
                at..at
            }
        }
    }
}

/// Where `here` departs from `there`, in order.
#[must_use]
pub fn altered(here: &str, there: &str) -> Vec<Change> {
    let (a, b) = (Words::of(here), Words::of(there));
    let steps = capture_diff_slices(Algorithm::Myers, &a.hashes, &b.hashes);
    let same = |op: &DiffOp| matches!(op, DiffOp::Equal { .. });
    let (Some(first), Some(last)) = (steps.iter().position(same), steps.iter().rposition(same)) else {
        return Vec::new();
    };
    let inside = steps[first..=last].iter().filter(|op| !same(op));
    inside
        .map(|op| {
            let (old, new) = (op.old_range(), op.new_range());
            Change { here: a.span(old.start, old.end), there: b.span(new.start, new.end) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(here: &str, there: &str) -> Vec<(String, String)> {
        let cut = |t: &str, r: &std::ops::Range<u32>| t.chars().skip(r.start as usize).take(r.len()).collect();
        altered(here, there).iter().map(|c| (cut(here, &c.here), cut(there, &c.there))).collect()
    }

    #[test]
    fn what_was_put_in_left_out_and_changed() {
        let there = "the office will be closed in May and 16 people will be told before that";
        for (here, changes) in [
            ("> The OFFICE will\r\n> be clo-\r\n> sed in May and 16 people will be told before that", vec![]),
            ("the office will be closed in May and 18 people will be told before that", vec![("18", "16")]),
            ("the office will be closed quietly in May and 16 people will be told before that", vec![("quietly", "")]),
            ("the office will be closed and 16 people will be told before that", vec![("", "in May")]),
            ("hello: the office will be closed in May and 16 people will be told", vec![]),
            ("nothing at all of this", vec![]),
            ("", vec![]),
        ] {
            let want: Vec<(String, String)> =
                changes.iter().map(|(a, b): &(&str, &str)| ((*a).into(), (*b).into())).collect();
            assert_eq!(told(here, there), want, "{here}");
        }
    }

    #[test]
    fn long_and_strange_texts_are_bounded() {
        let a: String = (0..9_000).map(|n| format!("w{n} ")).collect();
        let b: String = (0..9_000).rev().map(|n| format!("w{n} ")).collect();
        assert!(altered(&a, &b).len() <= 2 * MOST);
        assert!(altered("\u{0}\u{202e}\u{1b}", &a).is_empty());
    }
}
