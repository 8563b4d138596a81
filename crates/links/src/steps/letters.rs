//! How alike two texts are letter by letter: Ratcliff and Obershelp's gestalt ratio.
//!
//! Twice the letters in matching blocks over all letters; the blocks are the longest common stretch, and again left and
//! right of it. Two cheap bounds (lengths, then classes of letters whatever their order) settle most pairs first.
//! Source: Ratcliff & Metzener 1988, "Pattern Matching: The Gestalt Approach", Dr. Dobb's Journal.

use rustc_hash::FxHashMap;

/// Longest text compared, in letters: beyond it the work would grow with the square of what anyone cares to post.
const LONGEST: usize = 1000;

/// A text made ready for comparing.
#[derive(Debug, Clone)]
pub struct Letters {
    letters: Vec<char>,
    /// How many letters fall into each of so many classes.
    classes: [u16; 64],
}

impl Letters {
    /// Of a text, up to its first thousand letters.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().take(LONGEST).collect();
        let mut classes = [0; 64];
        letters.iter().for_each(|c| classes[*c as usize % 64] += 1);
        Self { letters, classes }
    }

    /// How many letters there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// True when the ratio is above `least`. Texts without letters are like nothing.
    #[must_use]
    pub fn alike(&self, other: &Self, least: f64) -> bool {
        let (a, b) = (&self.letters, &other.letters);
        let all = (a.len() + b.len()) as f64;
        let above = |matched: usize| 2.0 * matched as f64 / all > least;
        !a.is_empty()
            && !b.is_empty()
            && above(a.len().min(b.len()))
            && above(self.classes.iter().zip(&other.classes).map(|(x, y)| usize::from(*x.min(y))).sum())
            && (a == b || above(matched(a, b)))
    }
}

/// Letters in matching blocks.
fn matched(a: &[char], b: &[char]) -> usize {
    let mut places: FxHashMap<char, Vec<usize>> = FxHashMap::default();
    b.iter().enumerate().for_each(|(at, c)| places.entry(*c).or_default().push(at));
    let mut open = vec![(0, a.len(), 0, b.len())];
    let mut sum = 0;
    while let Some((a0, a1, b0, b1)) = open.pop() {
        let (at_a, at_b, length) = longest(a, &places, (a0, a1), (b0, b1));
        if length > 0 {
            sum += length;
            open.push((a0, at_a, b0, at_b));
            open.push((at_a + length, a1, at_b + length, b1));
        }
    }
    sum
}

/// The longest common stretch: where it is in both and how long; the earliest of several.
fn longest(
    a: &[char],
    places: &FxHashMap<char, Vec<usize>>,
    (a0, a1): (usize, usize),
    (b0, b1): (usize, usize),
) -> (usize, usize, usize) {
    let mut best = (a0, b0, 0);
    let mut before: FxHashMap<usize, usize> = FxHashMap::default();
    for (at, letter) in a.iter().enumerate().take(a1).skip(a0) {
        let mut now = FxHashMap::default();
        for place in places.get(letter).into_iter().flatten().filter(|p| (b0..b1).contains(*p)) {
            let length = place.checked_sub(1).and_then(|p| before.get(&p)).copied().unwrap_or(0) + 1;
            now.insert(*place, length);
            if length > best.2 {
                best = (at + 1 - length, place + 1 - length, length);
            }
        }
        before = now;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks as Python's difflib finds them without junk.
    #[test]
    fn blocks_by_hand() {
        for (a, b, blocks) in [
            ("wikimedia", "wikimania", 7),
            ("abcd", "bcde", 3),
            ("vote today for us", "vote for us today", 11),
            ("abc", "xyz", 0),
            ("", "abc", 0),
        ] {
            let (x, y) = (Letters::of(a), Letters::of(b));
            assert_eq!(matched(&x.letters, &y.letters), blocks, "{a} {b}");
            let ratio = 2.0 * blocks as f64 / (x.len() + y.len()) as f64;
            assert!(blocks == 0 || x.alike(&y, ratio - 0.01), "{a} {b}");
            assert!(!x.alike(&y, ratio + 0.01), "{a} {b}");
        }
    }
}
