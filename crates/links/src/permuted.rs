//! What chance gives, tried and not computed: the table dealt anew by a seed and linked again at the same cut.
//!
//! *Accounts* are dealt anew over records, all traces of one post together, among records of the same quarter of a day,
//! the same kinds and like popularity of their rarest thing: everyone keeps how much they do, of what and when; every
//! thing keeps its touches and its bursts. *Times* are dealt anew among those who touched a thing: everyone keeps what
//! they touched, so a group known by things that hardly anybody else touched is still one. Links found then are false
//! for the first claim (acting together at all) and timeless for the second (acting at once). Linear in touches, and
//! bounded: fewer shuffles in large tables, none beyond [`TOUCHES`].
//! Source: false discoveries at a fixed cut by permutation, Tusher, Tibshirani and Chu, PNAS 2001.

use crate::Input;
use crate::background::mix;
use model::{ActorNo, HOUR, Link, Network, ObjectNo, Permuted, Share, Shares};
use rustc_hash::FxHashMap;

/// Most touches dealt anew, over all shuffles of one sort: what the check may cost.
const TOUCHES: usize = 2_000_000;
/// Records dealt among each other lie in one such stretch.
const QUARTER: i64 = 6 * HOUR;

/// A way of linking that gives the pairs which pass the cut at which the real table was linked.
pub type AtCut<'a> = &'a dyn Fn(&Input<'_>) -> Vec<(ActorNo, ActorNo)>;

/// Shuffles the table, links it again, and writes beside each network how many links its members had by chance. `None`
/// where there is no network to check, where nobody wants it, or where the table is too large.
pub fn check(input: &Input<'_>, networks: &mut [Network], at_cut: AtCut<'_>) -> Option<Permuted> {
    if networks.is_empty() || input.settings.shuffles == 0 {
        return None;
    }
    let deck = Deck::of(input, TOUCHES)?;
    let shuffles = (TOUCHES / deck.rows.len().max(1)).clamp(1, input.settings.shuffles as usize);
    let mut found = Found::new(networks, input.actors.len());
    for n in 0..shuffles as u64 {
        let seed = mix(input.settings.seed ^ mix(n));
        let linked = |dealt: &Dealt| at_cut(&Input { shares: dealt, ..*input });
        found.add(0, &linked(&deck.accounts(&mut Dice(seed))));
        found.add(1, &linked(&deck.times(&mut Dice(!seed))));
    }
    networks.iter_mut().zip(&found.inside).for_each(|(n, links)| n.permuted = Some(mean(*links, shuffles)));
    Some(mean(found.all, shuffles))
}

/// Both figures in a sentence, where there are any.
pub fn remark(links: &[Link], permuted: Option<Permuted>) -> Option<String> {
    let Permuted { shuffles, accounts, times } = permuted?;
    let expected: f64 = links.iter().map(|l| l.q).sum();
    Some(format!(
        "Expected false links: {expected:.1} of {} by the null models; {accounts:.1} when accounts were dealt anew over acts of \
         like kinds, popularity and hours, at the same cut (mean of {shuffles} seeded shuffles). When only times were dealt \
         anew within each thing, {times:.1} links were found: those rest on what was shared, not on when.",
        links.len()
    ))
}

fn mean([accounts, times]: [u64; 2], shuffles: usize) -> Permuted {
    let of = |n: u64| n as f64 / shuffles as f64;
    Permuted { shuffles: shuffles as u32, accounts: of(accounts), times: of(times) }
}

/// Links found in all shuffles of either sort.
struct Found {
    network: FxHashMap<ActorNo, usize>,
    inside: Vec<[u64; 2]>,
    all: [u64; 2],
}

impl Found {
    fn new(networks: &[Network], actors: usize) -> Self {
        let mut network = FxHashMap::with_capacity_and_hasher(actors.min(1 << 16), Default::default());
        for (at, of) in networks.iter().enumerate() {
            network.extend(of.members.iter().map(|m| (m.actor, at)));
        }
        Self { network, inside: vec![[0; 2]; networks.len()], all: [0; 2] }
    }

    fn add(&mut self, sort: usize, links: &[(ActorNo, ActorNo)]) {
        self.all[sort] += links.len() as u64;
        for (a, b) in links {
            if let (Some(a), Some(b)) = (self.network.get(a), self.network.get(b))
                && a == b
            {
                self.inside[*a][sort] += 1;
            }
        }
    }
}

/// Everything that is dealt.
struct Deck {
    /// Touches with a known time, in the order of the table.
    rows: Vec<Share>,
    /// Rows of each record, one after the other.
    order: Vec<u32>,
    /// Records that may change places stand together, in an order that does not depend on who made them.
    records: Vec<Record>,
}

/// What one actor left in one record.
struct Record {
    hash: u64,
    actor: ActorNo,
    stratum: Stratum,
    /// Its rows in the order.
    from: u32,
    to: u32,
}

/// What records must have in common to change places: sort of actor, kinds as bits, stretch of time, popularity.
type Stratum = (u8, u128, i64, u32);

impl Deck {
    /// `None` beyond so many touches.
    fn of(input: &Input<'_>, most: usize) -> Option<Self> {
        let (mut rows, mut of, mut whole) = (vec![], vec![], true);
        input.each_touched(&mut |touched| {
            whole &= rows.len() + touched.timed.len() <= most;
            if whole {
                let popular = (touched.timed.len().max(1)).ilog2() / 3;
                of.extend(touched.timed.iter().map(|s| (input.record(s), touched.kind.0, popular)));
                rows.extend_from_slice(touched.timed);
            }
        });
        if !whole {
            return None;
        }
        let mut order: Vec<u32> = (0..rows.len() as u32).collect();
        order.sort_unstable_by_key(|at| (of[*at as usize].0, rows[*at as usize].actor, *at));
        let mut records: Vec<Record> = vec![];
        let same = |x: &u32, y: &u32| {
            let key = |at: u32| (of[at as usize].0, rows[at as usize].actor);
            key(*x) == key(*y)
        };
        let mut from = 0;
        for own in order.chunk_by(same) {
            let Share { actor, micros, .. } = rows[own[0] as usize];
            let kinds = own.iter().fold(0, |kinds, at| kinds | 1_u128 << (of[*at as usize].1 & 127));
            let popular = own.iter().map(|at| of[*at as usize].2).min().unwrap_or_default();
            let stratum = (input.actors[actor.0 as usize].sort as u8, kinds, micros.div_euclid(QUARTER), popular);
            let to = from + own.len() as u32;
            records.push(Record { hash: of[own[0] as usize].0, actor, stratum, from, to });
            from = to;
        }
        records.sort_by_key(|r| (r.stratum, r.hash, r.actor));
        Some(Self { rows, order, records })
    }

    /// Accounts dealt anew over records.
    fn accounts(&self, dice: &mut Dice) -> Dealt {
        let mut rows = self.rows.clone();
        let mut actors = vec![];
        for like in self.records.chunk_by(|x, y| x.stratum == y.stratum) {
            actors.clear();
            actors.extend(like.iter().map(|r| r.actor));
            dice.shuffle(&mut actors);
            for (record, actor) in like.iter().zip(&actors) {
                let own = &self.order[record.from as usize..record.to as usize];
                own.iter().for_each(|at| rows[*at as usize].actor = *actor);
            }
        }
        Dealt::of(rows)
    }

    /// Times dealt anew within each thing.
    fn times(&self, dice: &mut Dice) -> Dealt {
        let mut rows = self.rows.clone();
        let mut times = vec![];
        for thing in rows.chunk_by_mut(|x, y| x.object == y.object) {
            times.clear();
            times.extend(thing.iter().map(|r| r.micros));
            dice.shuffle(&mut times);
            thing.iter_mut().zip(&times).for_each(|(row, micros)| row.micros = *micros);
        }
        Dealt::of(rows)
    }
}

/// A table dealt anew.
struct Dealt(Vec<Share>);

impl Dealt {
    fn of(mut rows: Vec<Share>) -> Self {
        rows.sort_by_key(Share::key);
        Self(rows)
    }
}

impl Shares for Dealt {
    fn each_object(&self, f: &mut dyn FnMut(ObjectNo, &[Share])) {
        self.0.chunk_by(|x, y| x.object == y.object).for_each(|rows| f(rows[0].object, rows));
    }

    fn of_objects(&self, objects: &[ObjectNo]) -> Vec<Share> {
        let rows = |o: &ObjectNo| {
            let from = self.0.partition_point(|r| r.object < *o);
            let to = self.0.partition_point(|r| r.object <= *o);
            &self.0[from..to]
        };
        objects.iter().flat_map(rows).copied().collect()
    }
}

/// Splitmix64: Steele, Lea and Flood 2014.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// Fisher and Yates.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = (u128::from(self.next()) * (at as u128 + 1)) >> 64;
            items.swap(at, other as usize);
        }
    }
}

#[cfg(test)]
mod tests;
