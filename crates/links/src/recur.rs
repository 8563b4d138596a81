//! The same crowd again: two crowds of different objects with more members in common than chance gives.
//!
//! A member counts when two different records of it stand in the two crowds, so the text, address and tags of one post
//! are one act. Chance is Poisson with the mean that [`Pool::overlap`] gives. A pair of crowds is tested because two
//! members are in both, so its p is the tail given at least two, and Benjamini and Hochberg's procedure runs over all
//! of those. Each actor is followed through its [`LIST`] smallest crowds.

use crate::chance::{benjamini_hochberg, ln_poisson_tail};
use crate::crowd::{Crowd, Crowds, MOST, Touch};
use crate::pool::Pool;
use model::{KindNo, ObjectNo};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Most crowds of one actor that are compared.
const LIST: usize = 256;
/// Fewest members in both for a claim.
const AGAIN: usize = 3;

/// Two crowds with members in common beyond chance.
#[derive(Clone, Copy)]
pub struct Recurrence {
    /// Index of the later crowd in the list.
    pub a: u32,
    /// Index of the other.
    pub b: u32,
    /// How many are in both.
    pub both: u32,
    /// How many are expected.
    pub expected: f64,
    /// ln of the chance of as many, given two.
    pub ln_p: f64,
    /// Benjamini–Hochberg adjusted p.
    pub q: f64,
}

/// What the comparison found.
pub struct Recurrences {
    /// Those with at least [`AGAIN`] members in both, in order of the crowds, whether or not beyond chance.
    pub all: Vec<Recurrence>,
    /// How many pairs of close crowds had two members in common.
    pub tested: u64,
    /// For each touch of a crowd: −ln of the chance by kind of the best recurrence it stands in, 0 where in none.
    pub evidence: Vec<f32>,
    /// How many actors were in more crowds than are compared.
    pub busy: u32,
}

/// Compares every crowd with every other that shares two members with it.
pub fn recurrences(crowds: &Crowds, pool: &mut Pool, actors: usize) -> Recurrences {
    let (lists, busy) = lists(crowds, actors);
    let mut found = Recurrences { all: vec![], tested: 0, evidence: vec![0.0; crowds.len()], busy };
    let short: Vec<Short> = crowds.all.iter().map(|c| Short::of(c, crowds, pool)).collect();
    let (mut meetings, mut both, mut tails) = (Meetings::new(lists, short.len()), Both::default(), Tails::default());
    for (at, crowd) in short.iter().enumerate() {
        for &other in meetings.of(at as u32, crowds.touches(&crowds.all[at])) {
            let again = &short[other as usize];
            if again.object == crowd.object {
                continue;
            }
            let both = both.of(crowds, crowd.places(), again.places());
            if both.len() >= 2 {
                let places = (crowd.places().len() * again.places().len()) as f64;
                let rank = tails.of(both.len() as u32, places * pool.by_kind(crowd.kind, again.kind));
                found.rank(both, rank);
                if crowd.close && again.close {
                    let expected =
                        || places * pool.overlap((crowd.kind, crowd.stretch()), (again.kind, again.stretch()));
                    found.test((at as u32, other), both.len(), expected);
                }
            }
        }
    }
    let p: Vec<f64> = found.all.iter().map(|r| r.ln_p.exp()).collect();
    let q = benjamini_hochberg(&p, found.tested);
    found.all.iter_mut().zip(q).for_each(|(r, q)| r.q = q);
    found
}

/// Tails of Poisson laws: there are few sizes of crowds and fewer kinds, so the same are asked for again and again.
#[derive(Default)]
struct Tails(FxHashMap<(u32, u64), f64>);

impl Tails {
    fn of(&mut self, both: u32, mean: f64) -> f64 {
        *self.0.entry((both, mean.to_bits())).or_insert_with(|| ln_poisson_tail(both, mean))
    }
}

/// Which earlier crowds each crowd shares two members with.
struct Meetings {
    /// Crowds by actor, in order.
    lists: Vec<Vec<u32>>,
    /// How many of each list are earlier than the crowd looked at.
    earlier: Vec<u32>,
    /// The crowd that last met each: twice its place counted from 1, and one more once two members were seen in both.
    last: Vec<u32>,
    met: Vec<u32>,
}

impl Meetings {
    fn new(lists: Vec<Vec<u32>>, crowds: usize) -> Self {
        Self { earlier: vec![0; lists.len()], lists, last: vec![0; crowds], met: vec![0; crowds + 1] }
    }

    /// Each once, in the order in which the second member is met. To be asked for one crowd after the other. Every step
    /// writes and only the second meetings are kept: there are twenty million steps in half a million posts.
    fn of(&mut self, at: u32, touches: &[Touch]) -> &[u32] {
        let (once, mut n) = (2 * (at + 1), 0);
        for touch in touches {
            let who = touch.actor.0 as usize;
            for other in &self.lists[who][..self.earlier[who] as usize] {
                let last = &mut self.last[*other as usize];
                self.met[n] = *other;
                n += usize::from(*last == once);
                *last = once + u32::from(*last >= once);
            }
            self.earlier[who] += u32::from(self.lists[who].get(self.earlier[who] as usize) == Some(&at));
        }
        &self.met[..n]
    }
}

/// What is asked of a crowd again and again, in one line of the processor's memory.
struct Short {
    object: ObjectNo,
    from: u32,
    stretch: u32,
    kind: KindNo,
    len: u8,
    close: bool,
}

impl Short {
    fn of(crowd: &Crowd, crowds: &Crowds, pool: &Pool) -> Self {
        let (places, stretch) = (crowds.places(crowd), pool.stretch(crowd.start));
        Self {
            object: crowd.object,
            from: places.start as u32,
            stretch: stretch.map_or(u32::MAX, |at| at as u32),
            kind: crowd.kind,
            len: places.len() as u8,
            close: crowd.close,
        }
    }

    fn places(&self) -> Range<usize> {
        self.from as usize..self.from as usize + usize::from(self.len)
    }

    fn stretch(&self) -> Option<usize> {
        (self.stretch != u32::MAX).then_some(self.stretch as usize)
    }
}

/// For each actor its smallest crowds, in order of their numbers; and how many actors had more.
fn lists(crowds: &Crowds, actors: usize) -> (Vec<Vec<u32>>, u32) {
    let mut order: Vec<u32> = (0..crowds.all.len() as u32).collect();
    order.sort_by_key(|at| crowds.places(&crowds.all[*at as usize]).len());
    let mut lists: Vec<Vec<u32>> = vec![vec![]; actors];
    let mut full = vec![false; actors];
    for at in order {
        for touch in crowds.touches(&crowds.all[at as usize]) {
            let list = &mut lists[touch.actor.0 as usize];
            if list.len() < LIST {
                list.push(at);
            } else {
                full[touch.actor.0 as usize] = true;
            }
        }
    }
    lists.iter_mut().for_each(|list| list.sort_unstable());
    (lists, full.into_iter().filter(|f| *f).count() as u32)
}

impl Recurrences {
    /// `rank` is ln of the chance by kind, whoever was about at the time.
    fn rank(&mut self, both: &[(u32, u32)], rank: f64) {
        for (x, y) in both {
            for place in [*x, *y] {
                let best = &mut self.evidence[place as usize];
                *best = best.max(-rank as f32);
            }
        }
    }

    /// Two close crowds; `expected` to be in both by chance.
    fn test(&mut self, (a, b): (u32, u32), both: usize, expected: impl FnOnce() -> f64) {
        self.tested += 1;
        if both >= AGAIN {
            let (both, expected) = (both as u32, expected());
            let ln_p = (ln_poisson_tail(both, expected) - ln_poisson_tail(2, expected)).min(0.0);
            self.all.push(Recurrence { a, b, both, expected, ln_p, q: 1.0 });
        }
    }
}

/// Room for the places of those who are in both of two crowds.
pub struct Both([(u32, u32); MOST]);

impl Default for Both {
    fn default() -> Self {
        Self([(0, 0); MOST])
    }
}

impl Both {
    /// Places of the touches of those who are in both of two crowds, given by the places of theirs, by different records.
    /// Asked of millions of pairs: every step writes and only what is in both is kept, so that the processor has no turn
    /// to guess but the last.
    pub fn of(&mut self, crowds: &Crowds, a: Range<usize>, b: Range<usize>) -> &[(u32, u32)] {
        let (from, other) = (a.start as u32, b.start as u32);
        let (x, y) = (crowds.at(a), crowds.at(b));
        let (mut i, mut j, mut n) = (0, 0, 0);
        while let (Some(left), Some(right)) = (x.get(i), y.get(j)) {
            self.0[n % MOST] = (from + i as u32, other + j as u32);
            n += usize::from((left.actor == right.actor) & (left.record != right.record));
            i += usize::from(left.actor <= right.actor);
            j += usize::from(left.actor >= right.actor);
        }
        &self.0[..n.min(MOST)]
    }
}
