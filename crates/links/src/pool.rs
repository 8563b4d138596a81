//! Who could have been there: how active every actor is, in what kind and when, and when everyone is awake.
//!
//! If the members of two crowds were drawn independently from those who touch such things, s and t members would have
//! s·t·Σ w(a)·v(a) in common, where w and v are each actor's share of the touches. The sum is taken twice, over all
//! touches of the two kinds and over those of any kind in the two stretches of time, and the larger counts.
//! Limits: whoever is drawn to the same things by one source looks alike; that is the innocent explanation.

use crate::Input;
use model::{ActorNo, HOUR, KindNo};
use rustc_hash::FxHashMap;

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
    /// Stretches with touches, earliest first.
    when: Vec<Stretch>,
    /// Expected overlap of two single draws by two stretches, the later first: a triangle. NaN where not asked for yet.
    known: Vec<f64>,
    /// Touches by actor in the stretch last compared with others.
    there: Vec<u32>,
    /// Which one that is.
    compared: Option<usize>,
}

struct Stretch {
    /// In stretches since 1970.
    start: i64,
    /// Its actors and their touches.
    actors: Vec<(u32, u32)>,
    total: f64,
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
            when: vec![],
            known: vec![],
            there: vec![0; input.actors.len()],
            compared: None,
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
            self.when.push(Stretch { start: stretch[0].0, actors, total });
        }
        self.known = vec![f64::NAN; self.when.len() * (self.when.len() + 1) / 2];
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

    /// The stretch of time that a moment lies in; `None` where nothing was touched.
    pub fn stretch(&self, micros: i64) -> Option<usize> {
        let start = micros.div_euclid(self.stretch * HOUR);
        self.when.binary_search_by_key(&start, |s| s.start).ok()
    }

    /// How many members two draws have in common by chance, for each pair of places in them. Asked for one first
    /// stretch after the other it costs least.
    pub fn overlap(&mut self, (kind, a): (KindNo, Option<usize>), (other, b): (KindNo, Option<usize>)) -> f64 {
        let by_kind = self.by_kind(kind, other);
        match (a, b) {
            (Some(a), Some(b)) => by_kind.max(self.at_once(a, b)),
            _ => by_kind.max(0.0),
        }
    }

    /// The same by kind alone, whoever was about at the time.
    pub fn by_kind(&self, kind: KindNo, other: KindNo) -> f64 {
        self.between[usize::from(kind.0) * self.kinds + usize::from(other.0)]
    }

    fn at_once(&mut self, a: usize, b: usize) -> f64 {
        let (early, late) = (a.min(b), a.max(b));
        let at = late * (late + 1) / 2 + early;
        if self.known[at].is_nan() {
            self.compare(a);
            let (x, y) = (&self.when[a], &self.when[b]);
            let both: u64 = y.actors.iter().map(|(who, n)| u64::from(*n) * u64::from(self.there[*who as usize])).sum();
            self.known[at] = both as f64 / (x.total * y.total);
        }
        self.known[at]
    }

    /// Spreads the touches of one stretch over all actors.
    fn compare(&mut self, stretch: usize) {
        if self.compared == Some(stretch) {
            return;
        }
        if let Some(before) = self.compared.replace(stretch) {
            self.when[before].actors.iter().for_each(|(who, _)| self.there[*who as usize] = 0);
        }
        self.when[stretch].actors.iter().for_each(|(who, n)| self.there[*who as usize] = *n);
    }

    /// Chance that an actor is the one who made some touch of a kind.
    pub fn share(&self, actor: ActorNo, kind: KindNo) -> f64 {
        let kind = usize::from(kind.0);
        f64::from(self.touches[actor.0 as usize * self.kinds + kind]) / self.of_kind[kind].max(1.0)
    }
}
