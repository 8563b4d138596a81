//! A name beside the outlet's it may imitate, taken apart for the techniques to look at.

use crate::fold::{Folder, bones, glance};
use crate::outlets::Origin;
use crate::split::Split;

/// Where the outlet's name stands in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The registered label is the name, but for slips of spelling.
    Whole,
    /// The registered label holds the name among other letters.
    Within,
    /// A label before the registered domain is or holds the name.
    Before,
    /// The name appears when the dots are taken out.
    Joined,
}

/// One slip of spelling that leads from the outlet's name to the other.
#[allow(missing_docs)] // the fields are told by their variants
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// `c` was put in, between its neighbours in the new name.
    Put { c: char, left: Option<char>, right: Option<char> },
    /// `c` was left out, between its neighbours in the outlet's name.
    Drop { c: char, left: Option<char>, right: Option<char> },
    /// One letter for another.
    Replace { from: char, to: char },
    /// Two neighbours changed places.
    Swap { first: char, second: char },
    /// Letters that together pass for one, or the other way round: `rn` for `m`.
    Digraph,
}

/// A name beside an outlet's.
#[derive(Debug, Clone)]
pub struct Pair<'a> {
    /// The name, as it stands in the feed but for case.
    pub name: Split<'a>,
    /// The outlet's domain.
    pub target: Split<'a>,
    /// The string of the outlet's that matched.
    pub mark: &'a str,
    /// Where that string comes from.
    pub origin: Origin,
    /// Where it stands.
    pub how: How,
    /// What of the name corresponds to the mark, Punycode decoded, with hyphens.
    pub like: String,
    /// Slips between the two.
    pub slips: Vec<Slip>,
    /// Letters before and after it in the label that holds it, without hyphens at the border.
    pub around: (String, String),
}

/// What passes for one letter.
const DIGRAPHS: &[(char, &str)] =
    &[('m', "rn"), ('w', "vv"), ('d', "cl"), ('m', "nn"), ('b', "lb"), ('u', "ll"), ('k', "lc"), ('h', "lh")];

/// Fewest slips that lead from `mark` to `like`, as a path. Letters that look alike and hyphens cost less than others, so
/// that the path explains as much as it can.
pub(crate) fn slips(mark: &str, like: &str, folder: &Folder) -> Vec<Slip> {
    if mark == like {
        return Vec::new();
    }
    let x: Vec<char> = mark.chars().take(MOST).collect();
    let y: Vec<char> = like.chars().take(MOST).collect();
    let mut cost = vec![[u16::MAX; MOST + 1]; x.len() + 1];
    let mut step = vec![[(0_u8, 0_u8); MOST + 1]; x.len() + 1];
    cost[0][0] = 0;
    for i in 0..=x.len() {
        for j in 0..=y.len() {
            let here = cost[i][j];
            if here == u16::MAX {
                continue;
            }
            moves(&x, &y, i, j, folder, &mut |di, dj, price| {
                let (to_i, to_j) = (i + di, j + dj);
                if here + price < cost[to_i][to_j] {
                    cost[to_i][to_j] = here + price;
                    step[to_i][to_j] = (di as u8, dj as u8);
                }
            });
        }
    }
    let (mut i, mut j, mut out) = (x.len(), y.len(), Vec::new());
    while i > 0 || j > 0 {
        let (di, dj) = step[i][j];
        let (a, b) = (i - usize::from(di), j - usize::from(dj));
        let at = |s: &[char], n: usize| s.get(n).copied();
        let before = |s: &[char], n: usize| n.checked_sub(1).and_then(|n| at(s, n));
        match (di, dj) {
            (1, 1) if x[a] == y[b] => {}
            (1, 1) => out.push(Slip::Replace { from: x[a], to: y[b] }),
            (0, 1) => out.push(Slip::Put { c: y[b], left: before(&y, b), right: at(&y, j) }),
            (1, 0) => out.push(Slip::Drop { c: x[a], left: before(&x, a), right: at(&x, i) }),
            (2, 2) => out.push(Slip::Swap { first: x[a], second: x[a + 1] }),
            _ => out.push(Slip::Digraph),
        }
        (i, j) = (a, b);
    }
    out.reverse();
    out
}

/// Longest label, in characters, whose slips are told.
const MOST: usize = 40;

fn moves(x: &[char], y: &[char], i: usize, j: usize, folder: &Folder, to: &mut dyn FnMut(usize, usize, u16)) {
    let (a, b) = (x.get(i), y.get(j));
    if let (Some(a), Some(b)) = (a, b) {
        to(
            1,
            1,
            if a == b {
                0
            } else if alike(*a, *b, folder) {
                4
            } else {
                10
            },
        );
        if let (Some(a2), Some(b2)) = (x.get(i + 1), y.get(j + 1))
            && a == b2
            && b == a2
            && a != a2
        {
            to(2, 2, 10);
        }
    }
    if let Some(a) = a {
        to(1, 0, if *a == '-' { 3 } else { 10 });
    }
    if let Some(b) = b {
        to(0, 1, if *b == '-' { 3 } else { 10 });
    }
    let two = |s: &[char], n: usize, pair: &str| s.len() >= n + 2 && s[n..n + 2].iter().copied().eq(pair.chars());
    for (one, pair) in DIGRAPHS {
        if a == Some(one) && two(y, j, pair) {
            to(1, 2, 6);
        }
        if b == Some(one) && two(x, i, pair) {
            to(2, 1, 6);
        }
    }
}

/// True for two characters that fold to the same bones.
pub(crate) fn alike(x: char, y: char, folder: &Folder) -> bool {
    if let (Ok(x), Ok(y)) = (u8::try_from(x), u8::try_from(y))
        && (x | y).is_ascii()
    {
        return x == y || (x != b'-' && y != b'-' && glance(x) == glance(y));
    }
    let bones_of = |c: char| {
        let (mut plain, mut out) = (crate::fold::Folded::default(), Vec::new());
        folder.fold(c.encode_utf8(&mut [0; 4]), &mut plain);
        bones(&plain.plain, &mut out);
        out
    };
    x == y || (x != '-' && y != '-' && bones_of(x) == bones_of(y))
}

/// Where `bones` of a plain label stand in it: the range of plain bytes behind bones `from..to`.
pub(crate) fn behind(plain: &[u8], from: usize, to: usize) -> (usize, usize) {
    let mut out = Vec::new();
    let (mut start, mut end) = (0, plain.len());
    for n in 0..plain.len() {
        bones(&plain[..=n], &mut out);
        if out.len() <= from {
            start = n + 1;
        }
        if out.len() <= to {
            end = n + 1;
        }
    }
    (start.min(end), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told() {
        let folder = Folder::new();
        for (mark, like, want) in [
            ("paper", "paper", vec![]),
            ("paper", "papre", vec![Slip::Swap { first: 'e', second: 'r' }]),
            ("paper", "pape", vec![Slip::Drop { c: 'r', left: Some('e'), right: None }]),
            ("morning", "rnorning", vec![Slip::Digraph]),
            ("daily", "dai1y", vec![Slip::Replace { from: 'l', to: '1' }]),
            ("the-day", "theday", vec![Slip::Drop { c: '-', left: Some('e'), right: Some('d') }]),
        ] {
            assert_eq!(slips(mark, like, &folder), want, "{mark} {like}");
        }
    }

    #[test]
    fn bones_lead_back() {
        assert_eq!(behind(b"xxrnorning", 2, 9), (2, 10));
        assert_eq!(behind(b"paper", 1, 3), (1, 3));
    }
}
