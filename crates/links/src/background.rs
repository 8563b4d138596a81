//! How often the objects of this evidence bring two actors together anyway: one pass, the ground of both null models.
//!
//! *Who*: accounts are dealt anew over the (actor, object) incidences of a kind, times stay. Two actors that touched
//! k and l of N incidences meet in an object with C close pairs of actors with probability 1 − exp(−2·C·k·l/N²).
//! *When*: both touched the object; its times are dealt anew over its touches. Each two touches are close with the
//! object's own rate, or, below [`OWN_RATE`] touches, that of other objects of its kind and size (to a power of two).

use crate::{Input, Touched, sweep, sweep::Sweep};
use model::{ActorNo, KindNo, ObjectNo, Share};
use std::collections::BTreeMap;

/// Fewest timed touches for an object to be judged by its own rate: below, one group of accounts is the rate.
const OWN_RATE: usize = 50;

/// Number of size classes below [`OWN_RATE`].
pub const SMALL: usize = OWN_RATE.ilog2() as usize;
/// Fewest pairs of touches from which the rate of a size class is taken.
const ENOUGH: f64 = 200.0;
/// Where touches are close this often, being close says nothing of a pair.
pub const SILENT: f64 = 0.5;

/// How often two touches of an object by different actors are close under *when*.
#[derive(Clone, Copy, PartialEq)]
pub enum Rate {
    /// So often that closeness says nothing, or not known.
    Silent,
    /// This often.
    Own(f64),
    /// As often as in other objects of this size class; this one's own close pairs and pairs, to leave out.
    OfSize {
        /// Size class.
        size: usize,
        /// Close pairs of touches.
        close: f32,
        /// Pairs of touches by different actors.
        pairs: f32,
    },
}

impl Rate {
    /// The rate of one object.
    pub fn of(background: &Background, touched: &Touched<'_>, by_actor: &mut Vec<(ActorNo, i64)>) -> Self {
        if let Ok(at) = background.own.binary_search_by_key(&touched.object, |(o, _)| *o) {
            let rate = background.own[at].1;
            return if rate < SILENT { Self::Own(rate) } else { Self::Silent };
        }
        let facts = Facts::of(touched, by_actor);
        match size(touched.timed.len()) {
            Some(size) => Self::OfSize { size, close: facts.close as f32, pairs: facts.pairs as f32 },
            None => Self::Silent,
        }
    }
}

/// Three standard errors above the rate counted: a rate taken from a few close pairs is not known well, and stands in
/// the p to the power of the objects.
fn bound((close, pairs): (f64, f64)) -> f64 {
    ((close + 3.0 + 3.0 * (close + 1.0).sqrt()) / (pairs + 1.0)).min(1.0)
}

/// Probability that at least one of some pairs of touches is close.
pub fn close_once(rate: f64, tries: f64) -> f64 {
    -(tries * (-rate).ln_1p()).exp_m1()
}

/// What the work may cost. Only tests change it.
pub struct Bounds {
    /// Pairs of actors held in memory at once in the search for candidates.
    pub pairs_held: usize,
    /// Close pairs up to which an object is never sampled…
    pub object_pairs: u64,
    /// …nor up to this many for each of its touches.
    pub pairs_per_touch: u64,
    /// Close pairs over all objects, beyond which `object_pairs` is lowered (down to a twentieth).
    pub all_pairs: u64,
    /// Candidate pairs whose details are counted.
    pub candidates: usize,
}

/// What is used outside of tests: about 200 MiB at the peak, and some seconds for the busiest tables.
pub const BOUNDS: Bounds = Bounds {
    pairs_held: 7_000_000,
    object_pairs: 4_000_000,
    pairs_per_touch: 40,
    all_pairs: 500_000_000,
    candidates: 1_000_000,
};

/// The ground of both null models, and which objects are too crowded to look at every pair.
pub struct Background {
    kinds: Vec<KindBackground>,
    /// Objects in which only a sample of the accounts is paired, sorted, with the sample's level.
    pub crowded: Vec<(ObjectNo, u8)>,
    /// Rate of closeness of large objects, sorted.
    own: Vec<(ObjectNo, f64)>,
    /// Level of each actor.
    levels: Vec<u8>,
}

#[derive(Default)]
struct KindBackground {
    /// (actor, object) pairs with a known time.
    incidences: f64,
    /// Close pairs of actors by the level of the object and, in eighths of an octave, their number: objects, pairs.
    met: BTreeMap<(u8, i32), (f64, f64)>,
    /// Close pairs and all pairs of touches by different actors in small objects, by size class.
    sizes: [(f64, f64); SMALL],
    untimed: u64,
}

/// One object, counted.
struct Facts {
    actors: u64,
    /// Touches that had another actor's touch within the window before them, once for each such actor.
    close_actors: u64,
    close: f64,
    pairs: f64,
}

/// An object whose close pairs are more than a few, until it is known what the work may cost.
struct Busy {
    object: ObjectNo,
    kind: KindNo,
    touches: u64,
    facts: Facts,
}

impl Background {
    /// One pass over the table.
    pub fn of(input: &Input<'_>, bounds: &Bounds) -> Self {
        let mut kinds: Vec<KindBackground> = input.kinds.iter().map(|_| KindBackground::default()).collect();
        let (mut own, mut busy, mut light) = (vec![], vec![], 0_u64);
        let mut sweep = Sweep::new(input.actors.len());
        let mut actors = Vec::new();
        input.each_met(&mut |touched| {
            let mut facts = Facts::of(touched, &mut actors);
            sweep.run(touched.timed, touched.window, |_, around| facts.close_actors += around.len() as u64);
            let kind = &mut kinds[usize::from(touched.kind.0)];
            kind.untimed += touched.untimed as u64;
            kind.add(touched, &facts);
            if touched.timed.len() >= OWN_RATE {
                own.push((touched.object, if facts.pairs > 0.0 { facts.close / facts.pairs } else { 1.0 }));
            }
            if facts.close_actors > bounds.object_pairs / 20 {
                let touches = touched.timed.len() as u64;
                busy.push(Busy { object: touched.object, kind: touched.kind, touches, facts });
            } else {
                light += facts.close_actors;
                kind.meet(0, &facts);
            }
        });
        let mut crowded = levels(&busy, light, bounds);
        for (busy, (_, level)) in busy.iter().zip(&crowded) {
            kinds[usize::from(busy.kind.0)].meet(*level, &busy.facts);
        }
        crowded.retain(|(_, level)| *level > 0);
        let levels = input.actors.iter().map(|a| level(a.id)).collect();
        Self { kinds, crowded, own, levels }
    }

    /// Level of the sample in which an object's pairs are looked for: 0 for everyone.
    pub fn level(&self, object: ObjectNo) -> u8 {
        self.crowded.binary_search_by_key(&object, |(o, _)| *o).map_or(0, |at| self.crowded[at].1)
    }

    /// The level of an actor: it is in the sample of every crowded object of this level or below.
    pub fn sampled(&self, actor: ActorNo) -> u8 {
        self.levels[actor.0 as usize]
    }

    /// The touches of an object among which pairs are looked for: all, or those of a sample of the accounts.
    pub fn looked_at<'a>(&self, touched: &Touched<'a>, sample: &'a mut Vec<Share>) -> &'a [Share] {
        let crowd = self.level(touched.object);
        if crowd == 0 {
            return touched.timed;
        }
        sample.clear();
        sample.extend(touched.timed.iter().filter(|s| self.sampled(s.actor) >= crowd));
        sample
    }

    /// Objects in which two actors meet by chance under *who*, given how many objects of the kind each touched: over
    /// all objects, and over those that a pair of this level is looked for in.
    pub fn who(&self, kind: KindNo, touched: (u32, u32), level: u8) -> (f64, f64) {
        let kind = &self.kinds[usize::from(kind.0)];
        let c = 2.0 * f64::from(touched.0) * f64::from(touched.1) / (kind.incidences * kind.incidences);
        let mut expected = (0.0, 0.0);
        for ((of, _), (objects, pairs)) in &kind.met {
            let meets = -objects * (-c * pairs / objects).exp_m1();
            expected.0 += meets;
            if *of <= level {
                expected.1 += meets;
            }
        }
        expected
    }

    /// Rate of closeness over the small objects of a kind, by size class, without the objects whose close pairs and
    /// pairs are given by size class. Where a class has too few others to tell, that of all small objects of the kind;
    /// 1 where there are none of those either.
    pub fn elsewhere(&self, kind: KindNo, without: &[(f64, f64); SMALL]) -> [f64; SMALL] {
        let sizes = &self.kinds[usize::from(kind.0)].sizes;
        let others: [(f64, f64); SMALL] = std::array::from_fn(|size| {
            let (close, pairs) = (sizes[size].0 - without[size].0, sizes[size].1 - without[size].1);
            (close.round().max(0.0), pairs.round().max(0.0))
        });
        let all = others.iter().fold((0.0, 0.0), |sum, o| (sum.0 + o.0, sum.1 + o.1));
        others.map(|own| if own.1 >= ENOUGH { bound(own) } else { bound(all) })
    }

    /// Touches that could not be compared because their time is unknown, by kind.
    pub fn untimed(&self) -> impl Iterator<Item = u64> {
        self.kinds.iter().map(|k| k.untimed)
    }
}

/// One actor in two is of level 1 or more, one in four of level 2 or more, by its id and so whoever else is there. The
/// same actors stand out in every object, so that a group that works in crowded objects only still shows itself by its
/// sampled members.
fn level(id: u64) -> u8 {
    mix(id).trailing_zeros() as u8
}

/// Finalizer of SplitMix64 (Steele, Lea and Flood 2014).
pub fn mix(n: u64) -> u64 {
    let z = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// An object's size class; `None` where there is nothing to compare, or enough for a rate of its own.
fn size(touches: usize) -> Option<usize> {
    (2..OWN_RATE).contains(&touches).then(|| touches.ilog2() as usize - 1)
}

fn levels(busy: &[Busy], light: u64, bounds: &Bounds) -> Vec<(ObjectNo, u8)> {
    let mut most = bounds.object_pairs;
    loop {
        let level = |b: &Busy| {
            let most = most.max(b.touches * bounds.pairs_per_touch);
            (0..32_u8).find(|l| b.facts.close_actors >> (2 * l) <= most).unwrap_or(32)
        };
        let work: u64 = busy.iter().map(|b| b.facts.close_actors >> (2 * level(b))).sum();
        if work.saturating_add(light) <= bounds.all_pairs || most <= bounds.object_pairs / 20 {
            return busy.iter().map(|b| (b.object, level(b))).collect();
        }
        most /= 2;
    }
}

impl KindBackground {
    fn add(&mut self, touched: &Touched<'_>, facts: &Facts) {
        self.incidences += facts.actors as f64;
        if let Some(size) = size(touched.timed.len()) {
            self.sizes[size].0 += facts.close;
            self.sizes[size].1 += facts.pairs;
        }
    }

    fn meet(&mut self, level: u8, facts: &Facts) {
        let pairs = (facts.close_actors as f64).min(facts.actors as f64 * (facts.actors as f64 - 1.0) / 2.0);
        if pairs >= 1.0 {
            let (objects, sum) = self.met.entry((level, (8.0 * pairs.log2()) as i32)).or_default();
            *objects += 1.0;
            *sum += pairs;
        }
    }
}

impl Facts {
    /// All but `close_actors`.
    fn of(touched: &Touched<'_>, by_actor: &mut Vec<(ActorNo, i64)>) -> Self {
        by_actor.clear();
        by_actor.extend(touched.timed.iter().map(|s: &Share| (s.actor, s.micros)));
        by_actor.sort_unstable();
        let rows = touched.timed.len() as f64;
        let mut facts = Self {
            actors: 0,
            close_actors: 0,
            close: sweep::pairs_within(touched.timed.iter().map(|s| s.micros), touched.window) as f64,
            pairs: rows * (rows - 1.0) / 2.0,
        };
        for own in by_actor.chunk_by(|x, y| x.0 == y.0) {
            let rows = own.len() as f64;
            facts.actors += 1;
            facts.close -= sweep::pairs_within(own.iter().map(|(_, t)| *t), touched.window) as f64;
            facts.pairs -= rows * (rows - 1.0) / 2.0;
        }
        facts
    }
}
