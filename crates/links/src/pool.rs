//! Who could have been there: how active every actor is, in what kind and when, and when everyone is awake.
//!
//! If the members of two crowds were drawn independently from those who touch such things, s and t members would have
//! s·t·Σ w(a)·v(a) in common, where w and v are each actor's share of the touches. The sum is taken twice, over all
//! touches of the two kinds and over those of any kind in the two stretches of time, and the larger counts.
//! Limits: whoever is drawn to the same things by one source looks alike; that is the innocent explanation.

use crate::Input;
use model::{ActorNo, HOUR, KindNo, Share};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Most stretches of time that are kept apart.
const STRETCHES: usize = 1500;
/// Hours in the shortest stretch.
const QUARTER: i64 = 6;

/// Everyone's activity.
pub struct Pool {
    kinds: usize,
    /// Touches by actor and kind.
    touches: Vec<u32>,
    of_kind: Vec<f64>,
    /// Expected overlap of two single draws, by kind and kind.
    between: Vec<f64>,
    /// Hours since 1970 with touches, and how many touches came before each; the total stands last.
    hours: Vec<(i64, u64)>,
    /// Length of a stretch in hours.
    stretch: i64,
    /// For each stretch its actors and their touches, sorted; and the total.
    when: BTreeMap<i64, (Vec<(u32, u32)>, f64)>,
    known: FxHashMap<(i64, i64), f64>,
}

impl Pool {
    /// One pass over the table.
    pub fn of(input: &Input<'_>) -> Self {
        let kinds = input.kinds.len();
        let mut pool = Self {
            kinds,
            touches: vec![0; input.actors.len() * kinds],
            of_kind: vec![0.0; kinds],
            between: vec![],
            hours: vec![],
            stretch: QUARTER,
            when: BTreeMap::new(),
            known: FxHashMap::default(),
        };
        let mut hours: FxHashMap<i64, u64> = FxHashMap::default();
        let mut when: FxHashMap<(i64, u32), u32> = FxHashMap::default();
        input.each_touched(&mut |touched| {
            let kind = usize::from(touched.kind.0);
            pool.of_kind[kind] += touched.timed.len() as f64;
            for share in touched.timed {
                pool.touches[share.actor.0 as usize * kinds + kind] += 1;
                let hour = share.micros.div_euclid(HOUR);
                *hours.entry(hour).or_default() += 1;
                *when.entry((hour.div_euclid(QUARTER), share.actor.0)).or_default() += 1;
            }
        });
        pool.awake(hours);
        pool.stretches(when);
        pool.meet(input.actors.len());
        pool
    }

    fn awake(&mut self, hours: FxHashMap<i64, u64>) {
        self.hours = hours.into_iter().collect();
        self.hours.sort_unstable();
        let mut before = 0;
        for (_, count) in &mut self.hours {
            before += std::mem::replace(count, before);
        }
        self.hours.push((i64::MAX, before));
    }

    /// Quarters of a day, or as many times that as keep the number of stretches bounded.
    fn stretches(&mut self, when: FxHashMap<(i64, u32), u32>) {
        let mut rows: Vec<(i64, u32, u32)> = when.into_iter().map(|((q, a), n)| (q, a, n)).collect();
        loop {
            rows.sort_unstable();
            if rows.chunk_by(|x, y| x.0 == y.0).count() <= STRETCHES {
                break;
            }
            self.stretch *= 4;
            rows.iter_mut().for_each(|r| r.0 = r.0.div_euclid(4));
        }
        for stretch in rows.chunk_by(|x, y| x.0 == y.0) {
            let actors: Vec<(u32, u32)> =
                stretch.chunk_by(|x, y| x.1 == y.1).map(|own| (own[0].1, own.iter().map(|r| r.2).sum())).collect();
            let total = actors.iter().map(|(_, n)| f64::from(*n)).sum();
            self.when.insert(stretch[0].0, (actors, total));
        }
    }

    fn meet(&mut self, actors: usize) {
        self.between = vec![0.0; self.kinds * self.kinds];
        for own in self.touches.chunks(self.kinds.max(1)).take(actors) {
            for (i, x) in own.iter().enumerate().filter(|(_, n)| **n > 0) {
                for (j, y) in own.iter().enumerate() {
                    self.between[i * self.kinds + j] += f64::from(*x) * f64::from(*y);
                }
            }
        }
        for (at, sum) in self.between.iter_mut().enumerate() {
            *sum /= (self.of_kind[at / self.kinds] * self.of_kind[at % self.kinds]).max(1.0);
        }
    }

    /// Share of all touches that fall between two moments, both included; never less than one touch.
    pub fn mass(&self, first: i64, last: i64) -> f64 {
        let total = self.hours.last().map_or(0, |h| h.1) as f64;
        ((self.before(last) - self.before(first)).max(1.0) / total.max(1.0)).min(1.0)
    }

    /// Touches before a moment, spread evenly within its hour.
    fn before(&self, micros: i64) -> f64 {
        let hour = micros.div_euclid(HOUR);
        let at = self.hours.partition_point(|h| h.0 < hour);
        let (found, before) = self.hours[at.min(self.hours.len() - 1)];
        if found != hour {
            return before as f64;
        }
        let part = micros.rem_euclid(HOUR) as f64 / HOUR as f64;
        before as f64 + part * (self.hours[at + 1].1 - before) as f64
    }

    /// How many members two draws have in common by chance, for each pair of places in them.
    pub fn overlap(&mut self, (kind, start): (KindNo, i64), (other, later): (KindNo, i64)) -> f64 {
        let by_kind = self.by_kind(kind, other);
        let length = self.stretch * HOUR;
        let (a, b) = (start.div_euclid(length), later.div_euclid(length));
        by_kind.max(self.at_once(a.min(b), a.max(b)))
    }

    /// The same by kind alone, whoever was about at the time.
    pub fn by_kind(&self, kind: KindNo, other: KindNo) -> f64 {
        self.between[usize::from(kind.0) * self.kinds + usize::from(other.0)]
    }

    fn at_once(&mut self, a: i64, b: i64) -> f64 {
        let when = &self.when;
        *self.known.entry((a, b)).or_insert_with(|| match (when.get(&a), when.get(&b)) {
            (Some(x), Some(y)) => common(&x.0, &y.0) / (x.1 * y.1),
            _ => 0.0,
        })
    }

    /// Chance that an actor is the one who made some touch of a kind.
    pub fn share(&self, actor: ActorNo, kind: KindNo) -> f64 {
        let kind = usize::from(kind.0);
        f64::from(self.touches[actor.0 as usize * self.kinds + kind]) / self.of_kind[kind].max(1.0)
    }
}

/// Sum of products over those in both, both sorted.
fn common(x: &[(u32, u32)], y: &[(u32, u32)]) -> f64 {
    let (few, many) = if x.len() < y.len() { (x, y) } else { (y, x) };
    let mut many = many.iter().peekable();
    let mut sum = 0.0;
    for (actor, n) in few {
        while many.next_if(|m| m.0 < *actor).is_some() {}
        if let Some(m) = many.next_if(|m| m.0 == *actor) {
            sum += f64::from(*n) * f64::from(m.1);
        }
    }
    sum
}

/// The hash of the record a trace was taken from.
pub fn record(share: &Share) -> u32 {
    crate::background::mix(share.at.wrapping_mul(31) ^ crate::background::mix(u64::from(share.evidence))) as u32
}
