//! The same crowd again: two crowds of different objects with more members in common than chance gives.
//!
//! A member counts when two different records of it stand in the two crowds, so the text, address and tags of one post
//! are one act. Chance is Poisson with the mean that [`Pool::overlap`] gives. A pair of crowds is tested because two
//! members are in both, so its p is the tail given at least two, and Benjamini and Hochberg's procedure runs over all
//! of those. Each actor is followed through its [`LIST`] smallest crowds.

use crate::chance::{benjamini_hochberg, ln_poisson_tail};
use crate::crowd::{Crowd, Crowds, Touch};
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
    // The crowd that last met each: twice its number, and one more once two members were seen in both.
    let mut last = vec![u32::MAX; crowds.all.len()];
    let (mut met, mut both, mut tails) = (vec![], vec![], Tails::default());
    let short: Vec<Short> = crowds.all.iter().map(|c| Short::of(c, crowds, pool)).collect();
    for (at, crowd) in short.iter().enumerate() {
        let once = 2 * at as u32;
        for touch in crowds.touches(&crowds.all[at]) {
            for other in lists[touch.actor.0 as usize].iter().take_while(|o| (**o as usize) < at) {
                let last = &mut last[*other as usize];
                if *last == once {
                    met.push(*other);
                }
                *last = if *last == once || *last == once + 1 { once + 1 } else { once };
            }
        }
        for other in met.drain(..) {
            let again = &short[other as usize];
            if again.object != crowd.object {
                both.clear();
                both.extend(in_both(crowds, crowd.places(), again.places()));
                if both.len() >= 2 {
                    let expected = pool.overlap((crowd.kind, crowd.stretch()), (again.kind, again.stretch()));
                    let places = (crowd.places().len() * again.places().len()) as f64;
                    let rank = tails.of(both.len() as u32, places * pool.by_kind(crowd.kind, again.kind));
                    found.test((at as u32, other), &both, (places * expected, rank), crowd.close && again.close);
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
    /// `expected` to be in both by chance; `rank` is ln of the chance by kind, whoever was about at the time; `close` where
    /// both crowds are.
    fn test(&mut self, (at, other): (u32, u32), both: &[(usize, usize)], (expected, rank): (f64, f64), close: bool) {
        for (x, y) in both {
            for place in [*x, *y] {
                self.evidence[place] = self.evidence[place].max(-rank as f32);
            }
        }
        if !close {
            return;
        }
        self.tested += 1;
        if both.len() >= AGAIN {
            let ln_p = ln_poisson_tail(both.len() as u32, expected) - ln_poisson_tail(2, expected);
            let ln_p = ln_p.min(0.0);
            self.all.push(Recurrence { a: at, b: other, both: both.len() as u32, expected, ln_p, q: 1.0 });
        }
    }
}

/// Places of the touches of those who are in both of two crowds, given by the places of theirs, by different records.
pub fn in_both(crowds: &Crowds, a: Range<usize>, b: Range<usize>) -> impl Iterator<Item = (usize, usize)> + use<'_> {
    let mut right = b.clone().zip(crowds.at(b)).peekable();
    a.clone().zip(crowds.at(a)).filter_map(move |(x, touch)| {
        while right.next_if(|(_, t): &(usize, &Touch)| t.actor < touch.actor).is_some() {}
        let (y, again) = right.peek()?;
        (again.actor == touch.actor && again.record != touch.record).then_some((x, *y))
    })
}
