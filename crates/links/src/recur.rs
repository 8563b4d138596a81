//! The same crowd again: two crowds of different objects with more members in common than chance gives.
//!
//! A member counts when two different records of it stand in the two crowds, so the text, address and tags of one post
//! are one act. Chance is Poisson with the mean that [`Pool::overlap`] gives. A pair of crowds is tested because two
//! members are in both, so its p is the tail given at least two, and Benjamini and Hochberg's procedure runs over all
//! of those. Each actor is followed through its [`LIST`] smallest crowds.

use crate::chance::{benjamini_hochberg, ln_poisson_tail};
use crate::crowd::{Crowd, Crowds, Touch};
use crate::pool::Pool;

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
    let mut count = vec![0_u8; crowds.all.len()];
    let mut met = vec![];
    for (at, crowd) in crowds.all.iter().enumerate() {
        for touch in crowds.touches(crowd) {
            for other in lists[touch.actor.0 as usize].iter().filter(|o| (**o as usize) < at) {
                if count[*other as usize] == 0 {
                    met.push(*other);
                }
                count[*other as usize] = count[*other as usize].saturating_add(1);
            }
        }
        for other in met.drain(..) {
            let enough = std::mem::take(&mut count[other as usize]) >= 2;
            if enough && crowds.all[other as usize].object != crowd.object {
                found.test(crowds, pool, (at, other as usize));
            }
        }
    }
    let p: Vec<f64> = found.all.iter().map(|r| r.ln_p.exp()).collect();
    let q = benjamini_hochberg(&p, found.tested);
    found.all.iter_mut().zip(q).for_each(|(r, q)| r.q = q);
    found
}

/// For each actor its smallest crowds, and how many actors had more.
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
    (lists, full.into_iter().filter(|f| *f).count() as u32)
}

impl Recurrences {
    fn test(&mut self, crowds: &Crowds, pool: &mut Pool, (at, other): (usize, usize)) {
        let (a, b) = (&crowds.all[at], &crowds.all[other]);
        let both: Vec<(usize, usize)> = in_both(crowds, a, b).collect();
        if both.len() < 2 {
            return;
        }
        let places = (crowds.touches(a).len() * crowds.touches(b).len()) as f64;
        let expected = places * pool.overlap((a.kind, a.start), (b.kind, b.start));
        let tail = ln_poisson_tail(both.len() as u32, expected);
        let rank = ln_poisson_tail(both.len() as u32, places * pool.by_kind(a.kind, b.kind));
        for (x, y) in &both {
            for place in [*x, *y] {
                self.evidence[place] = self.evidence[place].max(-rank as f32);
            }
        }
        if !(a.close && b.close) {
            return;
        }
        self.tested += 1;
        if both.len() >= AGAIN {
            let ln_p = (tail - ln_poisson_tail(2, expected)).min(0.0);
            let (a, b) = (at as u32, other as u32);
            self.all.push(Recurrence { a, b, both: both.len() as u32, expected, ln_p, q: 1.0 });
        }
    }
}

/// Places of the touches of those who are in both crowds by different records.
pub fn in_both<'c>(crowds: &'c Crowds, a: &Crowd, b: &Crowd) -> impl Iterator<Item = (usize, usize)> + use<'c> {
    let (from, other) = (crowds.places(a), crowds.places(b));
    let mut right = other.clone().zip(crowds.touches(b)).peekable();
    from.zip(crowds.touches(a)).filter_map(move |(x, touch)| {
        while right.next_if(|(_, t): &(usize, &Touch)| t.actor < touch.actor).is_some() {}
        let (y, again) = right.peek()?;
        (again.actor == touch.actor && again.record != touch.record).then_some((x, *y))
    })
}
