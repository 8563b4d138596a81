//! Which pairs of actors met at all, and in enough objects of one kind to be looked at closely.
//!
//! Pairs are counted in a table of bounded size. When it fills, half of the pairs (by a hash) are put off to a later
//! pass over the objects, so the result is exact however many pairs there are. In crowded objects only a sample of
//! the accounts is paired (see [`Background::sampled`]). Parts are independent: cores or machines may each take one.

use crate::background::{Background, Bounds, mix};
use crate::{Input, sweep::Sweep};
use model::{ActorNo, KindNo, ObjectNo};
use rustc_hash::FxHashMap;

/// What the search found.
pub struct Seen {
    /// Candidates, sorted; the smaller actor first.
    pub pairs: Vec<(ActorNo, ActorNo)>,
    /// How many pairs met at least once, by kind.
    pub met: Vec<u64>,
    /// Candidates were limited to accounts of this level or above, because there were too many.
    pub level: u8,
}

/// Pairs whose hash leaves `rest` when divided by `of`, a power of two; in one kind or in all.
#[derive(Clone, Copy)]
struct Part {
    kind: Option<KindNo>,
    of: u64,
    rest: u64,
}

/// What one pair has met in so far.
struct Met {
    /// The last object counted.
    object: ObjectNo,
    objects: u32,
}

/// One or more passes over the table.
pub fn search(input: &Input<'_>, background: &Background, bounds: &Bounds) -> Seen {
    let mut seen = Seen { pairs: vec![], met: vec![0; input.kinds.len()], level: 0 };
    let mut parts = vec![Part { kind: None, of: 1, rest: 0 }];
    while let Some(part) = parts.pop() {
        pass(input, background, bounds, part, &mut seen, &mut parts);
    }
    seen.pairs.sort_unstable();
    seen.pairs.dedup();
    seen
}

fn pass(
    input: &Input<'_>,
    background: &Background,
    bounds: &Bounds,
    part: Part,
    seen: &mut Seen,
    later: &mut Vec<Part>,
) {
    let mut met: FxHashMap<u64, Met> = FxHashMap::default();
    let mut sweep = Sweep::new(input.actors.len());
    let mut sample = Vec::new();
    let mut now = part;
    let mut flush = |met: &mut FxHashMap<u64, Met>, now: Part| {
        if let Some(kind) = now.kind {
            seen.take(kind, met, input.settings.min_objects.max(1), (background, bounds));
        }
    };
    input.each_met(&mut |touched| {
        if part.kind.is_some_and(|k| k != touched.kind) {
            return;
        }
        if now.kind != Some(touched.kind) {
            flush(&mut met, now);
            now = Part { kind: Some(touched.kind), ..part };
        }
        let rows = background.looked_at(touched, &mut sample);
        sweep.run(rows, touched.window, |row, around| {
            for other in around.rows() {
                let pair = join(rows[row].actor, rows[other].actor);
                if now.has(pair) {
                    met.entry(pair).or_insert_with(Met::none).meet(touched.object);
                }
            }
            while met.len() > bounds.pairs_held && now.of < 1 << 40 {
                later.push(now.halve());
                met.retain(|pair, _| now.has(*pair));
            }
        });
    });
    flush(&mut met, now);
}

impl Seen {
    /// Empties the table at the end of a kind.
    fn take(
        &mut self,
        kind: KindNo,
        met: &mut FxHashMap<u64, Met>,
        least: u32,
        (background, bounds): (&Background, &Bounds),
    ) {
        let sampled = |a: ActorNo, b: ActorNo| background.sampled(a).min(background.sampled(b));
        self.met[usize::from(kind.0)] += met.len() as u64;
        let enough = met.drain().filter(|(_, m)| m.objects >= least).map(|(pair, _)| split(pair));
        self.pairs.extend(enough.filter(|(a, b)| sampled(*a, *b) >= self.level));
        if self.pairs.len() > bounds.candidates {
            self.pairs.sort_unstable();
            self.pairs.dedup();
        }
        while self.pairs.len() > bounds.candidates {
            self.level += 1;
            self.pairs.retain(|(a, b)| sampled(*a, *b) >= self.level);
        }
    }
}

impl Part {
    fn has(self, pair: u64) -> bool {
        self.of == 1 || (mix(pair) >> 20) & (self.of - 1) == self.rest
    }

    /// Keeps one half and gives the other.
    fn halve(&mut self) -> Self {
        let other = Self { of: self.of * 2, rest: self.rest + self.of, ..*self };
        self.of *= 2;
        other
    }
}

impl Met {
    fn none() -> Self {
        Self { object: ObjectNo(u32::MAX), objects: 0 }
    }

    fn meet(&mut self, object: ObjectNo) {
        if self.objects == 0 || self.object != object {
            self.object = object;
            self.objects += 1;
        }
    }
}

fn join(x: ActorNo, y: ActorNo) -> u64 {
    u64::from(x.0.min(y.0)) << 32 | u64::from(x.0.max(y.0))
}

fn split(pair: u64) -> (ActorNo, ActorNo) {
    (ActorNo((pair >> 32) as u32), ActorNo(pair as u32))
}
