//! Slides a window over the touches of one object and tells, at each touch, who else was there within the window.
//!
//! Only the latest touch of each actor is remembered, so an account that touches one object two million times costs
//! two million steps, not their square. Touches that are superseded or expired leave a doubly linked list in O(1).

use model::{ActorNo, Share, When};

const NONE: u32 = u32::MAX;

/// The window's memory: reused from object to object, sized by the number of actors.
pub struct Sweep {
    /// Row of each actor's latest touch within the window, or `NONE`.
    last: Vec<u32>,
    /// For each row still in the window, its neighbours in time.
    before: Vec<u32>,
    after: Vec<u32>,
    oldest: u32,
    newest: u32,
    len: usize,
}

/// Who else was there: the latest touches by other actors within the window before a touch (inclusive).
pub struct Around<'a> {
    sweep: &'a Sweep,
}

impl Around<'_> {
    /// How many other actors.
    pub fn len(&self) -> usize {
        self.sweep.len
    }

    /// Rows of their latest touches, latest first.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        let mut at = self.sweep.newest;
        std::iter::from_fn(move || {
            let row = at;
            (row != NONE).then(|| {
                at = self.sweep.before[row as usize];
                row as usize
            })
        })
    }

    /// Row of one actor's latest touch.
    pub fn latest(&self, actor: ActorNo) -> Option<usize> {
        let row = self.sweep.last[actor.0 as usize];
        (row != NONE).then_some(row as usize)
    }
}

impl Sweep {
    /// For actors numbered below `actors`.
    pub fn new(actors: usize) -> Self {
        Self { last: vec![NONE; actors], before: vec![], after: vec![], oldest: NONE, newest: NONE, len: 0 }
    }

    /// Calls `f` for each touch of one object (earliest first, all times known) with who else was there.
    pub fn run(&mut self, timed: &[Share], window: i64, mut f: impl FnMut(usize, &Around<'_>)) {
        self.before.resize(timed.len(), NONE);
        self.after.resize(timed.len(), NONE);
        for (row, share) in timed.iter().enumerate() {
            while self.oldest != NONE && gap(&timed[self.oldest as usize], share) > window {
                self.drop(self.oldest, timed);
            }
            let own = self.last[share.actor.0 as usize];
            if own != NONE {
                self.drop(own, timed);
            }
            f(row, &Around { sweep: self });
            self.push(row as u32, share.actor);
        }
        while self.oldest != NONE {
            self.drop(self.oldest, timed);
        }
    }

    fn push(&mut self, row: u32, actor: ActorNo) {
        self.before[row as usize] = self.newest;
        self.after[row as usize] = NONE;
        match self.newest {
            NONE => self.oldest = row,
            newest => self.after[newest as usize] = row,
        }
        self.newest = row;
        self.last[actor.0 as usize] = row;
        self.len += 1;
    }

    fn drop(&mut self, row: u32, timed: &[Share]) {
        let (before, after) = (self.before[row as usize], self.after[row as usize]);
        match before {
            NONE => self.oldest = after,
            before => self.after[before as usize] = after,
        }
        match after {
            NONE => self.newest = before,
            after => self.before[after as usize] = before,
        }
        self.last[timed[row as usize].actor.0 as usize] = NONE;
        self.len -= 1;
    }
}

/// Microseconds from one touch to a later one; absurd times give the largest gap instead of an overflow.
pub fn gap(earlier: &Share, later: &Share) -> i64 {
    later.micros.saturating_sub(earlier.micros)
}

/// How many touches have no known time, and the others.
pub fn split(shares: &[Share]) -> (usize, &[Share]) {
    let untimed = shares.partition_point(|s| s.micros == When::UNKNOWN);
    (untimed, &shares[untimed..])
}

/// How many pairs of these times (earliest first) lie within the window.
pub fn pairs_within(times: impl Iterator<Item = i64> + Clone, window: i64) -> u64 {
    let mut oldest = times.clone().enumerate().peekable();
    let mut pairs = 0;
    for (row, time) in times.enumerate() {
        while oldest.next_if(|(at, t)| *at < row && time.saturating_sub(*t) > window).is_some() {}
        pairs += oldest.peek().map_or(0, |(at, _)| (row - at) as u64);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::touch;

    #[test]
    fn who_was_there() {
        let rows = [touch(0, 1, 0), touch(0, 2, 5), touch(0, 1, 9), touch(0, 3, 10), touch(0, 2, 20)];
        let mut sweep = Sweep::new(4);
        for _ in 0..2 {
            let mut seen = vec![];
            sweep.run(&rows, 10_000_000, |row, around| {
                assert_eq!(around.rows().count(), around.len());
                seen.push((row, around.rows().collect::<Vec<_>>()));
            });
            assert_eq!(seen, [(0, vec![]), (1, vec![0]), (2, vec![1]), (3, vec![2, 1]), (4, vec![3])]);
        }
    }

    #[test]
    fn pairs_of_times() {
        for (times, window, pairs) in [
            (&[][..], 5, 0),
            (&[1], 5, 0),
            (&[1, 1, 1], 0, 3),
            (&[0, 5, 10, 16], 5, 2),
            (&[i64::MIN + 1, i64::MAX], 5, 0),
        ] {
            assert_eq!(pairs_within(times.iter().copied(), window), pairs, "{times:?}");
        }
    }
}
