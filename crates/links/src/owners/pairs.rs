//! Which pairs of sites to look at, and what a pair is worth.
//!
//! Two sites are looked at when they share two rare values of different families. Among those that share the same two,
//! each is compared with the next only: that connects them all, and an IP address with ten thousand sites makes ten
//! thousand pairs, not fifty million.

use super::FAMILY;
use super::values::{Carrier, PACKAGE, RARE, Sites, Value};
use model::{Grounds, TiedBy, When};

/// Two sites and the sum of what they share, by site index.
pub struct Score {
    pub a: u32,
    pub b: u32,
    pub bits: f64,
    /// Families that count.
    pub families: usize,
    pub by: Vec<TiedBy>,
}

/// An edge between two sites, by index.
#[derive(Clone)]
pub struct Edge {
    pub a: u32,
    pub b: u32,
    pub bits: f64,
    pub grounds: Grounds,
    pub by: Vec<TiedBy>,
}

impl Score {
    pub fn tied(self, grounds: Grounds) -> Edge {
        Edge { a: self.a, b: self.b, bits: self.bits, grounds, by: self.by }
    }
}

/// Most rare values of one site that are paired with one another.
const PAIRED: usize = 40;
/// Bits of a value that a hub, which ties nobody by itself, may count beside.
const ALONE: f64 = 12.0;
/// What further families than the two may add: pairs that could not reach the cut even so are not made.
const MORE: f64 = 10.0;
/// Values known more than half a year apart count a quarter.
const APART: i64 = 182 * 86_400 * When::SECOND;
/// Most values named in an edge.
const NAMED: usize = 12;

/// Every pair worth a look, once.
pub fn candidates(sites: &Sites, cut: f64) -> Vec<Score> {
    let mut keys: Vec<(u64, u32)> = Vec::new();
    for site in 0..sites.len() as u32 {
        let rare = rare(sites, site);
        for (i, x) in rare.iter().enumerate() {
            let (vx, after) = (&sites.values[*x as usize], &rare[i + 1..]);
            let enough = |y: &&u32| {
                let vy = &sites.values[**y as usize];
                vx.counts_as() != vy.counts_as() && vx.bits + vy.bits + MORE >= cut
            };
            keys.extend(after.iter().filter(enough).map(|y| (u64::from(*x) << 32 | u64::from(*y), site)));
        }
    }
    keys.sort_unstable();
    let mut pairs: Vec<(u32, u32)> =
        keys.windows(2).filter(|w| w[0].0 == w[1].0).map(|w| (w[0].1.min(w[1].1), w[0].1.max(w[1].1))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|(a, b)| score(sites, a, b)).collect()
}

/// The heaviest rare values of a site, by number.
fn rare(sites: &Sites, site: u32) -> Vec<u32> {
    let value = |v: &u32| &sites.values[*v as usize];
    let mut rare: Vec<u32> =
        sites.of[site as usize].iter().copied().filter(|v| value(v).one_in >= RARE && value(v).bits > 0.0).collect();
    if rare.len() > PAIRED {
        rare.sort_by(|x, y| value(y).bits.total_cmp(&value(x).bits).then(x.cmp(y)));
        rare.truncate(PAIRED);
        rare.sort_unstable();
    }
    rare
}

/// What two sites share, less what they differ in.
pub fn score(sites: &Sites, a: u32, b: u32) -> Score {
    let shared = both(&sites.of[a as usize], &sites.of[b as usize]);
    let items: Vec<(u8, u8, f64, TiedBy)> = shared
        .into_iter()
        .map(|v| {
            let value = &sites.values[v as usize];
            let bits = value.bits * together(value, a, b);
            (value.counts_as(), value.kind, bits, TiedBy { object: value.object, bits })
        })
        .collect();
    let known = |kind: usize| {
        let bit = |site: u32| sites.known[site as usize][kind >> 6] >> (kind & 63) & 1 == 1;
        bit(a) && bit(b)
    };
    sum(sites, a, b, items, known)
}

/// Adds up: a family's heaviest value in full, its others a quarter each; a family in which they share nothing though
/// both are known takes away what its surest kind says.
pub fn sum(
    sites: &Sites,
    a: u32,
    b: u32,
    mut items: Vec<(u8, u8, f64, TiedBy)>,
    known: impl Fn(usize) -> bool,
) -> Score {
    items.sort_by(|x, y| x.0.cmp(&y.0).then(y.2.total_cmp(&x.2)).then(x.3.object.cmp(&y.3.object)));
    let (mut bits, mut families, mut by) = (0.0, 0, Vec::new());
    let (mut package, mut rare) = (false, false);
    for family in items.chunk_by(|x, y| x.0 == y.0) {
        let weights = family.iter().enumerate().map(|(i, item)| if i == 0 { item.2 } else { item.2 / 4.0 });
        let weights: Vec<f64> = weights.collect();
        bits += weights.iter().sum::<f64>();
        families += usize::from(family[0].2 >= FAMILY);
        package |= family[0].0 == PACKAGE && family[0].2 >= FAMILY;
        rare |= family[0].0 != PACKAGE && family[0].2 >= ALONE;
        by.extend(family.iter().zip(weights).map(|(item, bits)| TiedBy { bits, ..item.3 }));
    }
    if package && families == 2 && !rare {
        families = 1;
    }
    bits -= differ(sites, &items, known);
    by.sort_by(|x, y| y.bits.total_cmp(&x.bits).then(x.object.cmp(&y.object)));
    by.truncate(NAMED);
    by.iter_mut().for_each(|t| t.bits = (t.bits * 100.0).round() / 100.0);
    Score { a, b, bits, families, by }
}

/// Bits that speak against one owner.
fn differ(sites: &Sites, items: &[(u8, u8, f64, TiedBy)], known: impl Fn(usize) -> bool) -> f64 {
    let mut worst: Vec<(u8, f64)> = Vec::new();
    for (kind, says) in sites.says.iter().enumerate() {
        let Some(says) = says.as_ref().filter(|_| known(kind)) else { continue };
        let family = |kind: u8| sites.says[usize::from(kind)].as_ref().map(|s| s.family);
        if items.iter().any(|i| family(i.1) == Some(says.family) && (i.2 > 0.0 || usize::from(i.1) == kind)) {
            continue;
        }
        let against = -(1.0 - f64::from(says.tie.same.min(99)) / 100.0).log2();
        match worst.iter_mut().find(|w| w.0 == says.family) {
            Some(w) => w.1 = w.1.max(against),
            None => worst.push((says.family, against)),
        }
    }
    worst.iter().map(|w| w.1).sum()
}

/// 1 where both carried the value at nearly one time or no time is known, a quarter where they were long apart.
fn together(value: &Value, a: u32, b: u32) -> f64 {
    let at = |site: u32| value.carriers.binary_search_by_key(&site, |c| c.site).ok().map(|i| value.carriers[i]);
    let (Some(x), Some(y)) = (at(a), at(b)) else { return 1.0 };
    let timed = |c: &Carrier| c.first != When::UNKNOWN;
    let gap = x.first.max(y.first).saturating_sub(x.last.min(y.last));
    if timed(&x) && timed(&y) && gap > APART { 0.25 } else { 1.0 }
}

fn both(x: &[u32], y: &[u32]) -> Vec<u32> {
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while let (Some(a), Some(b)) = (x.get(i), y.get(j)) {
        if a == b {
            out.push(*a);
        }
        (i, j) = (i + usize::from(a <= b), j + usize::from(b <= a));
    }
    out
}
