//! What holds clusters and stray sites together when no second rare value is known of them.
//!
//! Clusters whose members all use the same suppliers, or share servers beside them, are joined where that is rare enough,
//! given how much of the case one owner already has. A site of which little is known joins the cluster that a value of its belongs to alone.
//! Both are weaker than a rare tie, and edges say which they are.

use super::cluster::Forest;
use super::pairs::{Score, score, sum};
use super::values::{RARE, Sites};
use model::{Grounds, TiedBy};
use rustc_hash::FxHashMap;

/// Fewest members of a cluster whose suppliers say something.
const MEMBERS: usize = 3;
/// Percent of a cluster's members that must agree for a supplier to be the cluster's.
const AGREE: usize = 80;
/// Percent that must carry a rare value for it to be the cluster's: sites of one owner are spread over its servers.
const PART: usize = 20;
/// Fewest bits, what the case itself makes likely counted: odds of 99 to 1 that the owner is one.
const SUPPLIERS: f64 = 6.63;
/// Most rounds of joining.
const ROUNDS: usize = 4;
/// Most clusters compared with one another.
const COMPARED: usize = 2_000;
/// Fewest bits of a value that can belong to a cluster alone.
const ALONE: f64 = 8.0;

/// What a cluster has: its suppliers, and rare values of a good part of its members.
struct Profile {
    members: Vec<u32>,
    /// Indices of values, in order.
    values: Vec<u32>,
    known: [u64; 4],
}

/// Joins clusters that use the same suppliers, until nothing more is joined: what is joined changes what is likely.
pub fn join(sites: &Sites, forest: &mut Forest) {
    for _ in 0..ROUNDS {
        let before = forest.edges.len();
        round(sites, forest);
        if forest.edges.len() == before {
            return;
        }
    }
}

fn round(sites: &Sites, forest: &mut Forest) {
    let mut trees = forest.trees(MEMBERS);
    trees.sort_by_key(|t| std::cmp::Reverse(t.len()));
    trees.truncate(COMPARED);
    let all = sites.len().max(1) as f64;
    let same: f64 = trees.iter().map(|t| (t.len() as f64 / all).powi(2)).sum();
    let prior = (same / (1.0 - same).max(1e-9)).log2().min(0.0);
    let profiles: Vec<Profile> = trees.into_iter().map(|t| Profile::of(sites, t)).collect();
    let mut found = Vec::new();
    for (i, x) in profiles.iter().enumerate() {
        found.extend(profiles[i + 1..].iter().map(|y| x.compare(sites, y)).filter(|s| s.bits + prior >= SUPPLIERS));
    }
    found.sort_by(|x, y| y.bits.total_cmp(&x.bits).then((x.a, x.b).cmp(&(y.a, y.b))));
    found.into_iter().for_each(|s| forest.add(s.tied(Grounds::Suppliers)));
}

impl Profile {
    fn of(sites: &Sites, members: Vec<u32>) -> Self {
        let mut many: FxHashMap<u32, usize> = FxHashMap::default();
        let mut knows = vec![0_usize; sites.says.len()];
        for member in &members {
            sites.of[*member as usize].iter().for_each(|v| *many.entry(*v).or_default() += 1);
            let known = sites.known[*member as usize];
            (0..knows.len()).for_each(|k| knows[k] += (known[k >> 6] >> (k & 63) & 1) as usize);
        }
        let enough = |v: u32, n: usize| {
            let value = &sites.values[v as usize];
            let part = if value.one_in >= RARE { PART } else { AGREE };
            n >= MEMBERS && n * 100 >= part * knows[usize::from(value.kind)]
        };
        let mut values: Vec<u32> = many.into_iter().filter(|(v, n)| enough(*v, *n)).map(|(v, _)| v).collect();
        values.sort_unstable();
        let mut known = [0; 4];
        (0..knows.len()).filter(|k| knows[*k] >= MEMBERS).for_each(|k| known[k >> 6] |= 1 << (k & 63));
        Self { members, values, known }
    }

    fn compare(&self, sites: &Sites, other: &Self) -> Score {
        let shared = self.values.iter().filter(|v| other.values.binary_search(v).is_ok());
        let items = shared.map(|v| {
            let value = &sites.values[*v as usize];
            (value.counts_as(), value.kind, value.bits, TiedBy { object: value.object, bits: value.bits })
        });
        let known = |kind: usize| (self.known[kind >> 6] & other.known[kind >> 6]) >> (kind & 63) & 1 == 1;
        let (a, b) = (self.members[0], other.members[0]);
        sum(sites, a.min(b), a.max(b), items.collect(), known)
    }
}

/// Lets stray sites join the cluster that a value of theirs belongs to alone.
pub fn attach(sites: &Sites, forest: &mut Forest) {
    let group = forest.groups();
    let mut size = vec![0_usize; group.len()];
    group.iter().for_each(|g| size[*g as usize] += 1);
    let mut found: Vec<Score> = Vec::new();
    for value in sites.values.iter().filter(|v| v.bits >= ALONE && !v.hub) {
        let (inside, stray): (Vec<u32>, Vec<u32>) =
            value.carriers.iter().map(|c| c.site).partition(|s| size[group[*s as usize] as usize] >= MEMBERS);
        let Some((owner, first, many)) = fullest(&inside, &group) else { continue };
        let scores: Vec<Score> = stray.iter().map(|s| score(sites, first.min(*s), first.max(*s))).collect();
        let (fits, not): (Vec<Score>, Vec<Score>) = scores.into_iter().partition(|s| s.bits >= ALONE);
        let others = inside.iter().filter(|s| group[**s as usize] != owner).count() + not.len();
        if many >= MEMBERS && (many + 1) * 5 >= (many + others + 2) * 4 {
            found.extend(fits);
        }
    }
    found.sort_by(|x, y| y.bits.total_cmp(&x.bits).then((x.a, x.b).cmp(&(y.a, y.b))));
    found.into_iter().for_each(|s| forest.add(s.tied(Grounds::Exclusive)));
}

/// The cluster most of these sites stand in, its first of them, and how many.
fn fullest(sites: &[u32], group: &[u32]) -> Option<(u32, u32, usize)> {
    let mut of: Vec<(u32, u32)> = sites.iter().map(|s| (group[*s as usize], *s)).collect();
    of.sort_unstable();
    let runs = of.chunk_by(|x, y| x.0 == y.0).map(|run| (run[0].0, run[0].1, run.len()));
    runs.max_by_key(|(group, _, many)| (*many, std::cmp::Reverse(*group)))
}
