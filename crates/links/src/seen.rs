//! Which pairs of actors met at all, and in enough objects of one kind to be looked at closely.
//!
//! Pairs are counted in a table of bounded size. When it fills, half of the pairs (by a hash) are put off to a later
//! pass over the objects, so the result is exact however many pairs there are. In crowded objects only a sample of
//! the accounts is paired (see [`level`]). Parts are independent: cores or machines may each take one.

use crate::background::{Background, Bounds, level, mix};
use crate::{Input, Touched, sweep::Sweep};
use model::{ActorNo, ObjectNo};
use rustc_hash::FxHashMap;

/// What the search found.
pub struct Seen {
    /// Candidates, sorted; the smaller actor first.
    pub pairs: Vec<(ActorNo, ActorNo)>,
    /// How many pairs met at least once.
    pub met: u64,
    /// Candidates were limited to accounts of this level or above, because there were too many.
    pub level: u8,
}

/// Pairs whose hash leaves `rest` when divided by `of`, a power of two.
#[derive(Clone, Copy)]
struct Part {
    of: u64,
    rest: u64,
}

struct Met {
    /// The last object counted.
    object: ObjectNo,
    /// Objects of the current kind, at most 65,535.
    objects: u16,
    kind: u8,
    enough: bool,
}

/// One or more passes over the table.
pub fn search(input: &Input<'_>, background: &Background, bounds: &Bounds) -> Seen {
    let mut seen = Seen { pairs: vec![], met: 0, level: 0 };
    let mut parts = vec![Part { of: 1, rest: 0 }];
    while let Some(part) = parts.pop() {
        let found = count(input, background, bounds, part, &mut parts);
        seen.met += found.len() as u64;
        let enough = found.into_iter().filter(|(_, met)| met.enough).map(|(pair, _)| split(pair));
        seen.pairs.extend(enough.filter(|(a, b)| level(*a).min(level(*b)) >= seen.level));
        while seen.pairs.len() > bounds.candidates {
            seen.level += 1;
            seen.pairs.retain(|(a, b)| level(*a).min(level(*b)) >= seen.level);
        }
    }
    seen.pairs.sort_unstable();
    seen
}

fn count(
    input: &Input<'_>,
    background: &Background,
    bounds: &Bounds,
    mut part: Part,
    later: &mut Vec<Part>,
) -> FxHashMap<u64, Met> {
    let least = u16::try_from(input.settings.min_objects.max(1)).unwrap_or(u16::MAX);
    let mut met: FxHashMap<u64, Met> = FxHashMap::default();
    let mut sweep = Sweep::new(input.actors.len());
    let mut sample = Vec::new();
    input.each_touched(&mut |touched| {
        let rows = match background.level(touched.object) {
            0 => touched.timed,
            crowd => {
                sample.clear();
                sample.extend(touched.timed.iter().filter(|s| level(s.actor) >= crowd));
                &sample
            }
        };
        sweep.run(rows, touched.window, |row, around| {
            for other in around.rows() {
                let pair = join(rows[row].actor, rows[other].actor);
                if part.has(pair) {
                    met.entry(pair).or_insert_with(Met::none).meet(touched, least);
                }
            }
            while met.len() > bounds.pairs_held && part.of < 1 << 40 {
                later.push(part.halve());
                met.retain(|pair, _| part.has(*pair));
            }
        });
    });
    met
}

impl Part {
    fn has(self, pair: u64) -> bool {
        self.of == 1 || (mix(pair) >> 20) & (self.of - 1) == self.rest
    }

    /// Keeps one half and gives the other.
    fn halve(&mut self) -> Self {
        let other = Self { of: self.of * 2, rest: self.rest + self.of };
        self.of *= 2;
        other
    }
}

impl Met {
    fn none() -> Self {
        Self { object: ObjectNo(u32::MAX), objects: 0, kind: 0, enough: false }
    }

    fn meet(&mut self, touched: &Touched<'_>, least: u16) {
        if self.objects == 0 || self.kind != touched.kind.0 {
            (self.objects, self.kind) = (1, touched.kind.0);
        } else if self.object != touched.object {
            self.objects = self.objects.saturating_add(1);
        }
        self.object = touched.object;
        self.enough |= self.objects >= least;
    }
}

fn join(x: ActorNo, y: ActorNo) -> u64 {
    u64::from(x.0.min(y.0)) << 32 | u64::from(x.0.max(y.0))
}

fn split(pair: u64) -> (ActorNo, ActorNo) {
    (ActorNo((pair >> 32) as u32), ActorNo(pair as u32))
}
