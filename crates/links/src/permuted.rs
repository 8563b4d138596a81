//! What chance gives, tried and not computed: the table dealt anew by a seed and linked again at the same cut.
//!
//! *Accounts* are dealt anew over records, all traces of one post together, among records of the same quarter of a day,
//! the same kinds and like popularity of their rarest thing ([`strata`]): everyone keeps how much they do, of what and
//! when; every thing keeps its touches and its bursts. *Times* are dealt anew among those who touched a thing: everyone
//! keeps what they touched, so a group known by things that hardly anybody else touched is still one. The first is a null
//! for acting together at all, the second for acting at once. Linear in touches and bounded: fewer shuffles in large
//! tables, none beyond [`TOUCHES`].
//! Source: false discoveries at a fixed cut by permutation, Tusher, Tibshirani and Chu, PNAS 2001.

mod strata;

use crate::Input;
use crate::background::mix;
use model::{ActorNo, Link, Network, ObjectNo, Permuted, Share, Shares};
use rustc_hash::FxHashMap;
use strata::{Like, QUARTER};

/// Most touches dealt anew, over all shuffles of one sort: what the check may cost.
const TOUCHES: usize = 2_000_000;
/// One shuffle in so many is also one of times: what stays then varies little.
const TIMED: u64 = 4;

/// A way of linking that gives the pairs which pass the cut at which the real table was linked.
pub type AtCut<'a> = &'a dyn Fn(&Input<'_>) -> Vec<(ActorNo, ActorNo)>;

/// Shuffles the table, links it again, and writes beside each network how many links its members had by chance. `None`
/// where there is no network to check, where nobody wants it, or where the table is too large.
pub fn check(input: &Input<'_>, networks: &mut [Network], at_cut: AtCut<'_>) -> Option<Permuted> {
    if networks.is_empty() || input.settings.shuffles == 0 {
        return None;
    }
    let mut found = Found::new(networks);
    let deck = Deck::of(input, &found.network, TOUCHES)?;
    let most = u64::from(input.settings.shuffles);
    found.shuffles = (TOUCHES as u64 / deck.rows.len().max(1) as u64).clamp(1, most);
    found.timed = found.shuffles.div_ceil(TIMED);
    for n in 0..found.shuffles {
        let seed = mix(input.settings.seed ^ mix(n));
        let linked = |dealt: &Dealt| at_cut(&Input { shares: dealt, ..*input });
        found.add(0, &linked(&deck.accounts(&mut Dice(seed))));
        if n < found.timed {
            found.add(1, &linked(&deck.times(&mut Dice(!seed))));
        }
    }
    networks.iter_mut().zip(&found.inside).for_each(|(n, links)| n.permuted = Some(found.mean(*links)));
    Some(found.mean(found.all))
}

/// Both figures in a sentence, where there are any.
pub fn remark(links: &[Link], permuted: Option<Permuted>) -> Option<String> {
    let Permuted { shuffles, accounts, timed, times } = permuted?;
    let expected: f64 = links.iter().map(|l| l.q).sum();
    Some(format!(
        "Expected false links: {expected:.1} of {} by the null models; {accounts:.1} when accounts were dealt anew over acts of \
         like kinds, popularity and hours and linked at the same cut (mean of {shuffles} seeded shuffles). With only the times \
         dealt anew within each thing there were {times:.1} links (of {timed}): so many rest on what was shared, not on when.",
        links.len()
    ))
}

/// Links found in all shuffles of either sort.
struct Found {
    network: FxHashMap<ActorNo, usize>,
    inside: Vec<[u64; 2]>,
    all: [u64; 2],
    shuffles: u64,
    timed: u64,
}

impl Found {
    fn new(networks: &[Network]) -> Self {
        let numbered = networks.iter().enumerate();
        let network = numbered.flat_map(|(at, of)| of.members.iter().map(move |m| (m.actor, at))).collect();
        Self { network, inside: vec![[0; 2]; networks.len()], all: [0; 2], shuffles: 0, timed: 0 }
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

    fn mean(&self, [accounts, times]: [u64; 2]) -> Permuted {
        let of = |n: u64, shuffles: u64| n as f64 / shuffles.max(1) as f64;
        Permuted {
            shuffles: self.shuffles as u32,
            accounts: of(accounts, self.shuffles),
            timed: self.timed as u32,
            times: of(times, self.timed),
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
    like: Like,
    /// Number of those with which it may change places.
    stratum: u32,
    /// Its rows in the order.
    from: u32,
    to: u32,
}

impl Deck {
    /// `None` beyond so many touches. `members` are those whom the check is about.
    fn of(input: &Input<'_>, members: &FxHashMap<ActorNo, usize>, most: usize) -> Option<Self> {
        let (mut rows, mut of, mut whole) = (vec![], vec![], true);
        input.each_touched(&mut |touched| {
            whole &= rows.len() + touched.timed.len() <= most;
            if whole {
                let popular = touched.timed.len().max(1).ilog2() / 3;
                of.extend(touched.timed.iter().map(|s| (input.record(s), touched.kind.0, popular)));
                rows.extend_from_slice(touched.timed);
            }
        });
        if !whole {
            return None;
        }
        let key = |at: u32| (of[at as usize].0, rows[at as usize].actor);
        let mut order: Vec<u32> = (0..rows.len() as u32).collect();
        order.sort_unstable_by_key(|at| (key(*at), *at));
        let (mut records, mut from) = (vec![], 0);
        for own in order.chunk_by(|x, y| key(*x) == key(*y)) {
            let Share { actor, micros, .. } = rows[own[0] as usize];
            let like = Like {
                sort: input.actors[actor.0 as usize].sort as u8,
                quarter: micros.div_euclid(QUARTER),
                kinds: own.iter().fold(0, |kinds, at| kinds | 1 << (of[*at as usize].1 & 127)),
                popular: own.iter().map(|at| of[*at as usize].2).min().unwrap_or_default(),
            };
            let to = from + own.len() as u32;
            records.push(Record { hash: of[own[0] as usize].0, actor, like, stratum: 0, from, to });
            from = to;
        }
        strata::number(&mut records, |actor| members.contains_key(&actor));
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
