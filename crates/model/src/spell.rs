//! When something went on: stretches of time with silences between.

use crate::{DAY, When};
use serde::{Deserialize, Serialize};

/// A stretch of time, both ends within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spell {
    /// Its first moment.
    pub start: When,
    /// Its last moment; the same as the first for a single one.
    pub end: When,
}

/// Stretches gathered one by one, in any order, held to a bounded number: what lies less than a day apart is one
/// stretch, and where there are too many the shortest silences are closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spells {
    most: usize,
    all: Vec<Spell>,
}

impl Spells {
    /// Silences shorter than this do not end a stretch, in microseconds.
    const SILENCE: i64 = DAY;
    /// Most stretches kept of one thing, and of all things told in one case.
    const MOST: (usize, usize) = (24, 600_000);

    /// None yet, of one of so many things: where they are many, each has fewer stretches, but at least one.
    #[must_use]
    pub fn of_one_of(things: usize) -> Self {
        Self { most: (Self::MOST.1 / things.max(1)).clamp(1, Self::MOST.0), all: Vec::new() }
    }

    /// Something went on from one moment to another, in either order.
    pub fn add(&mut self, one: When, other: When) {
        let new = Spell { start: one.min(other), end: one.max(other) };
        let near = |end: When, start: When| start.0.saturating_sub(end.0) < Self::SILENCE;
        let from = self.all.partition_point(|s| s.end < new.start && !near(s.end, new.start));
        let to = self.all.partition_point(|s| s.start <= new.end || near(new.end, s.start));
        let touched = &self.all[from..to];
        let start = touched.first().map_or(new.start, |s| s.start.min(new.start));
        let end = touched.last().map_or(new.end, |s| s.end.max(new.end));
        self.all.splice(from..to, [Spell { start, end }]);
        // Twice as many are let in, so that which silences are closed hangs less on the order of coming.
        if self.all.len() > 2 * self.most {
            self.close();
        }
    }

    /// The stretches, earliest first.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<Spell> {
        self.close();
        self.all
    }

    /// Closes the shortest silences, the earliest among equals.
    fn close(&mut self) {
        let Some(extra) = self.all.len().checked_sub(self.most).filter(|n| *n > 0) else { return };
        let silence = |at: usize| self.all[at].start.0.saturating_sub(self.all[at - 1].end.0);
        let mut by_length: Vec<usize> = (1..self.all.len()).collect();
        by_length.sort_by_key(|at| (silence(*at), *at));
        let mut closed = by_length[..extra].to_vec();
        closed.sort_unstable();
        for at in closed.into_iter().rev() {
            self.all[at - 1].end = self.all[at].end;
            self.all.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = crate::HOUR;

    fn of(stretches: &[(i64, i64)]) -> Vec<(i64, i64)> {
        let mut spells = Spells::of_one_of(1);
        stretches.iter().for_each(|(a, b)| spells.add(When(a * HOUR), When(b * HOUR)));
        spells.into_vec().iter().map(|s| (s.start.0 / HOUR, s.end.0 / HOUR)).collect()
    }

    #[test]
    fn what_lies_less_than_a_day_apart_is_one() {
        for (came, told) in [
            (&[][..], &[][..]),
            (&[(5, 5)], &[(5, 5)]),
            (&[(9, 5)], &[(5, 9)]),
            (&[(0, 1), (24, 25)], &[(0, 25)]),
            (&[(0, 1), (25, 26)], &[(0, 1), (25, 26)]),
            (&[(25, 26), (0, 1), (3, 20)], &[(0, 26)]),
            (&[(100, 101), (0, 1), (50, 51), (0, 200)], &[(0, 200)]),
            (&[(100, 101), (0, 1), (50, 51), (60, 80)], &[(0, 1), (50, 101)]),
        ] {
            assert_eq!(of(came), told, "{came:?}");
        }
    }

    #[test]
    fn the_shortest_silences_are_closed() {
        // Silences of 30, 31, 32 … hours.
        let starts: Vec<i64> = (0..30)
            .scan(0, |at, n| {
                *at += 30 + n;
                Some(*at)
            })
            .collect();
        let told = of(&starts.iter().map(|s| (*s, *s)).collect::<Vec<_>>());
        assert_eq!(told.len(), Spells::MOST.0);
        assert_eq!((told[0], told[1]), ((starts[0], starts[6]), (starts[7], starts[7])));
        let many: Vec<(i64, i64)> = (0..100_000).map(|n| (n * 7919 % 100_003 * 40, n * 7919 % 100_003 * 40)).collect();
        let told = of(&many);
        assert!(told.len() <= Spells::MOST.0 && told.is_sorted());
        assert_eq!((told[0].0, told[told.len() - 1].1), (0, 100_002 * 40), "the ends are never lost");
    }

    #[test]
    fn of_many_things_each_has_fewer() {
        let mut one = Spells::of_one_of(1_000_000);
        (0..50).for_each(|n| one.add(When(n * 40 * HOUR), When(n * 40 * HOUR)));
        assert_eq!(one.into_vec(), [Spell { start: When(0), end: When(49 * 40 * HOUR) }]);
    }

    #[test]
    fn absurd_moments_are_borne() {
        let mut spells = Spells::of_one_of(1);
        for at in [i64::MAX, i64::MIN + 1, 0, i64::MAX - 1] {
            spells.add(When(at), When(at));
        }
        assert_eq!(spells.into_vec().len(), 3);
    }
}
