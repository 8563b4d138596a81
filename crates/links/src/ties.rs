//! Links from crowds that came again: two actors that are in both, with everything they did in such crowds.
//!
//! A pair that stands in one recurrence may be there by chance although the recurrence is not: of the members in both
//! crowds as many as expected are chance. So a link's q is the larger of the recurrence's own and of the chance that
//! either of the two was there by chance each time but the first.

use crate::crowd::{Crowd, Crowds};
use crate::pool::Pool;
use crate::recur::{Both, Recurrence, Recurrences};
use model::{ActorNo, KindCount, KindNo, Link};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Most pairs tied by crowds.
const MOST: usize = 2_000_000;

/// Links by crowds, and the crowds they rest on.
pub struct Ties {
    /// Sorted, with no witnesses yet.
    pub links: Vec<Link>,
    /// Indices of the crowds that came again, sorted.
    pub crowds: Vec<u32>,
    /// There were more pairs than could be kept; the least certain were left out.
    pub cut: bool,
}

/// Links at this false discovery rate whose actors share at least `least` occasions.
pub fn ties(crowds: &Crowds, found: &Recurrences, pool: &Pool, fdr: f64, least: u32) -> Ties {
    let mut again: Vec<&Recurrence> = found.all.iter().filter(|r| r.q <= fdr).collect();
    again.sort_by(|x, y| x.ln_p.total_cmp(&y.ln_p).then((x.a, x.b).cmp(&(y.a, y.b))));
    let (pairs, cut) = pairs(crowds, &again);
    let mut kept: Vec<u32> = again.iter().flat_map(|r| [r.a, r.b]).collect();
    kept.sort_unstable();
    kept.dedup();
    let there = There::of(crowds, &kept);
    let mut links: Vec<Link> = pairs.into_iter().map(|(pair, r)| there.link(pool, pair, r, least)).collect();
    links.retain(|l| l.q <= fdr);
    links.sort_unstable_by_key(|l| (l.a, l.b));
    Ties { links, crowds: kept, cut }
}

type Paired<'r> = FxHashMap<(ActorNo, ActorNo), &'r Recurrence>;

/// Every pair with the recurrence that shows it best.
fn pairs<'r>(crowds: &Crowds, again: &[&'r Recurrence]) -> (Paired<'r>, bool) {
    let (mut pairs, mut both) = (Paired::default(), Both::default());
    for r in again {
        let (a, b) = (&crowds.all[r.a as usize], &crowds.all[r.b as usize]);
        let both = both.of(crowds, crowds.places(a), crowds.places(b));
        let members: Vec<ActorNo> = both.iter().map(|(x, _)| crowds.touch(*x as usize).actor).collect();
        for (at, x) in members.iter().enumerate() {
            for y in &members[at + 1..] {
                if pairs.len() >= MOST {
                    return (pairs, true);
                }
                pairs.entry((*x, *y)).or_insert(r);
            }
        }
    }
    (pairs, false)
}

/// Which of the crowds each actor was in.
struct There<'c> {
    crowds: &'c Crowds,
    /// Actor, crowd and place of the touch, sorted.
    rows: Vec<(ActorNo, u32, u32)>,
    /// Ordered pairs of members in the crowds of each kind: with chances of two actors, how often they meet.
    meetings: BTreeMap<KindNo, f64>,
}

/// What a pair did of one kind.
#[derive(Default)]
struct Did {
    objects: u32,
    first_leads: u32,
    second_leads: u32,
    lag: i64,
    within: i64,
}

impl<'c> There<'c> {
    fn of(crowds: &'c Crowds, kept: &[u32]) -> Self {
        let mut there = Self { crowds, rows: vec![], meetings: BTreeMap::new() };
        for at in kept {
            let crowd = &crowds.all[*at as usize];
            let places = crowds.places(crowd);
            there.rows.extend(places.map(|p| (crowds.touch(p).actor, *at, p as u32)));
        }
        there.rows.sort_unstable();
        for object in crowds.all.chunk_by(|x, y| x.object == y.object) {
            let most = object.iter().map(|c| crowds.places(c).len()).max().unwrap_or_default() as f64;
            *there.meetings.entry(object[0].kind).or_default() += most * (most - 1.0);
        }
        there
    }

    fn of_actor(&self, actor: ActorNo) -> &[(ActorNo, u32, u32)] {
        let from = self.rows.partition_point(|r| r.0 < actor);
        let to = self.rows.partition_point(|r| r.0 <= actor);
        &self.rows[from..to]
    }

    /// Crowds that both were in, one for each object: the one of the smallest scale.
    fn shared(&self, a: ActorNo, b: ActorNo) -> Vec<(&Crowd, usize, usize)> {
        let (mut out, mut others): (Vec<(&Crowd, usize, usize)>, _) = (vec![], self.of_actor(b).iter().peekable());
        for (_, at, place) in self.of_actor(a) {
            while others.next_if(|o| o.1 < *at).is_some() {}
            let Some((_, _, other)) = others.next_if(|o| o.1 == *at) else { continue };
            let crowd = &self.crowds.all[*at as usize];
            if out.last().is_none_or(|(c, ..)| c.object != crowd.object) {
                out.push((crowd, *place as usize, *other as usize));
            }
        }
        out
    }

    fn link(&self, pool: &Pool, (a, b): (ActorNo, ActorNo), best: &Recurrence, least: u32) -> Link {
        let shared = self.shared(a, b);
        let mut kinds: BTreeMap<KindNo, Did> = BTreeMap::new();
        for (crowd, x, y) in &shared {
            let [x, y] = [*x, *y].map(|place| self.crowds.touch(place).micros);
            kinds.entry(crowd.kind).or_default().add(y.saturating_sub(x));
        }
        let records = |side: fn(&(&Crowd, usize, usize)) -> usize| {
            shared.iter().map(|s| self.crowds.touch(side(s)).record).collect::<BTreeSet<_>>().len()
        };
        let occasions = records(|s| s.1).min(records(|s| s.2)) as u32;
        let doubt = (2.0 * best.expected / f64::from(best.both)).min(1.0).powi(occasions as i32 - 1);
        let p = best.ln_p.exp().max(f64::MIN_POSITIVE);
        let expected = |kind: KindNo| {
            self.meetings.get(&kind).copied().unwrap_or_default() * pool.share(a, kind) * pool.share(b, kind)
        };
        let kinds = kinds.into_iter().map(|(kind, did)| did.count(kind, expected(kind), p)).collect();
        let q = if occasions >= least.max(2) { best.q.max(doubt) } else { 1.0 };
        Link { a, b, kinds, p, q, witnesses: vec![], met: vec![] }
    }
}

impl Did {
    /// One more object; `gap` is positive where the first actor was first.
    fn add(&mut self, gap: i64) {
        self.objects += 1;
        self.first_leads += u32::from(gap > 0);
        self.second_leads += u32::from(gap < 0);
        self.lag = self.lag.saturating_add(gap.saturating_abs());
        self.within = self.within.max(gap.saturating_abs());
    }

    fn count(self, kind: KindNo, expected: f64, p: f64) -> KindCount {
        KindCount {
            kind,
            within: self.within,
            objects: self.objects,
            times: self.objects,
            first_leads: self.first_leads,
            second_leads: self.second_leads,
            lag: self.lag,
            expected,
            p,
        }
    }
}

/// Two sorted lists of links as one; of a pair in both everything is kept, of each kind the fuller count.
pub fn fuse(pairs: Vec<Link>, crowds: Vec<Link>) -> Vec<Link> {
    let mut all: Vec<Link> = pairs.into_iter().chain(crowds).collect();
    all.sort_by_key(|l| (l.a, l.b));
    let mut out: Vec<Link> = Vec::with_capacity(all.len());
    for link in all {
        match out.last_mut() {
            Some(last) if (last.a, last.b) == (link.a, link.b) => join(last, link),
            _ => out.push(link),
        }
    }
    out
}

fn join(into: &mut Link, other: Link) {
    (into.p, into.q) = (into.p.min(other.p), into.q.min(other.q));
    for count in other.kinds {
        match into.kinds.iter_mut().find(|k| k.kind == count.kind) {
            None => into.kinds.push(count),
            Some(known) => {
                let p = known.p.min(count.p);
                if count.objects > known.objects {
                    *known = count;
                }
                known.p = p;
            }
        }
    }
    into.kinds.sort_by_key(|k| k.kind);
}
