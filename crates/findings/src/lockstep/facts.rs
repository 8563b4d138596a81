//! What the members of networks touched together, in one pass over the traces.
//!
//! A touch counts when another member touched the same object within the kind's window, before or after. Bounded: of
//! each network 100,000 touches are kept for days, times and independence; beyond that the finding says so.

use crate::organic::Recognised;
use crate::{kinds, words};
use model::{Board, KindNo, Network, ObjectNo, Share, When};
use std::collections::{BTreeMap, BTreeSet, HashSet};

const KEPT: usize = 100_000;
const NONE: u32 = u32::MAX;

/// Touches of one network.
#[derive(Default)]
pub(super) struct Touches {
    shares: Vec<Share>,
    /// Microseconds from a touch to the next one of somebody else.
    lags: Vec<i64>,
    cut: bool,
}

/// Things of one kind touched together.
pub(super) struct Together {
    pub(super) id: &'static str,
    pub(super) objects: usize,
    /// Microseconds.
    pub(super) window: i64,
    kind: KindNo,
}

/// Everything the rule and the innocent explanations ask of a network.
pub(super) struct Facts {
    pub(super) members: usize,
    /// Members linked to at least two others.
    pub(super) firm: usize,
    /// Kinds, most objects first.
    pub(super) kinds: Vec<Together>,
    /// Touches that count, by object, then time.
    pub(super) touches: Vec<Share>,
    pub(super) cut: bool,
    /// Sorts of things shared that do not follow from one another (other records, not the same post's text and link).
    pub(super) traits: usize,
    pub(super) days: usize,
    /// Median, microseconds.
    pub(super) lag: i64,
    /// Median share of an object's actors who are members.
    pub(super) inside: f64,
    /// No touch has a time finer than a minute, and they are not all of one moment.
    pub(super) coarse: bool,
    /// Largest share of relations in which one member was first.
    pub(super) leads: f64,
    pub(super) first: Option<When>,
    pub(super) last: Option<When>,
    /// Open explanations that the traces show.
    pub(super) recognised: Vec<Recognised>,
}

/// The touches that count, network by network.
pub(super) fn touches(board: &Board<'_>, networks: &[&Network]) -> Vec<Touches> {
    let mut out: Vec<Touches> = networks.iter().map(|_| Touches::default()).collect();
    if networks.is_empty() {
        return out;
    }
    let mut network_of = vec![NONE; board.actors.len()];
    let mut member = vec![0_u64; board.actors.len() / 64 + 1];
    for (n, network) in networks.iter().enumerate() {
        for at in network.members.iter().map(|m| m.actor.0 as usize) {
            network_of[at] = n as u32;
            member[at / 64] |= 1 << (at % 64);
        }
    }
    let mut members: Vec<(u32, Share)> = Vec::new();
    let windows: Vec<Vec<Option<i64>>> = networks.iter().map(|n| windows(board, n)).collect();
    let mut ends = (0..board.kinds.len()).map(|k| (kinds::range(board, KindNo(k as u8)).end, k));
    let mut now = ends.next().unwrap_or((u32::MAX, 0));
    board.shares.each_object(&mut |object, shares| {
        while object.0 >= now.0 {
            now = ends.next().unwrap_or((u32::MAX, 0));
        }
        if shares.len() < 2 || board.kinds.get(now.1).is_none_or(|k| k.window.is_none()) {
            return;
        }
        members.clear();
        let inside = |s: &&Share| member[s.actor.0 as usize / 64] & (1 << (s.actor.0 % 64)) != 0;
        let known = shares.iter().filter(inside).filter(|s| s.micros != When::UNKNOWN);
        members.extend(known.map(|s| (network_of[s.actor.0 as usize], *s)));
        if members.len() < 2 {
            return;
        }
        members.sort_by_key(|m| m.0);
        for group in members.chunk_by(|x, y| x.0 == y.0) {
            let network = group[0].0 as usize;
            if let Some(window) = windows[network][now.1] {
                out[network].take(group, window);
            }
        }
    });
    out
}

/// Windows by kind for one network: the kind's own, or what half of its links need where slower crowds show them.
fn windows(board: &Board<'_>, network: &Network) -> Vec<Option<i64>> {
    let mut within: Vec<Vec<i64>> = vec![vec![]; board.kinds.len()];
    for count in network.links.iter().filter_map(|at| board.linked.links.get(*at)).flat_map(|l| &l.kinds) {
        within[usize::from(count.kind.0)].push(count.within);
    }
    let needed = |mut of: Vec<i64>| {
        of.sort_unstable();
        of.get(of.len() / 2).copied().unwrap_or(0)
    };
    board.kinds.iter().zip(within).map(|(k, of)| k.window.map(|w| w.max(needed(of)))).collect()
}

impl Touches {
    /// One object's touches by members, in order of time.
    fn take(&mut self, group: &[(u32, Share)], window: i64) {
        let (before, after) = (gaps(group.iter()), gaps(group.iter().rev()));
        for (i, (_, share)) in group.iter().enumerate() {
            let (earlier, later) = (before[i], after[group.len() - 1 - i]);
            if earlier.min(later) > window {
                continue;
            }
            if self.shares.len() == KEPT {
                self.cut = true;
                return;
            }
            self.shares.push(*share);
            if earlier <= window {
                self.lags.push(earlier);
            }
        }
    }
}

/// For each touch, the time to the nearest one of somebody else before it in this order.
fn gaps<'a>(touches: impl Iterator<Item = &'a (u32, Share)>) -> Vec<i64> {
    let (mut last, mut other): (Option<Share>, Option<Share>) = (None, None);
    let mut out = Vec::new();
    for (_, share) in touches {
        let nearest = if last.is_some_and(|l| l.actor != share.actor) { last } else { other };
        out.push(nearest.map_or(i64::MAX, |n| share.micros.saturating_sub(n.micros).saturating_abs()));
        if last.is_some_and(|l| l.actor != share.actor) {
            other = last;
        }
        last = Some(*share);
    }
    out
}

impl Facts {
    pub(super) fn of(board: &Board<'_>, network: &Network, touches: Touches) -> Self {
        let Touches { shares, mut lags, cut } = touches;
        lags.sort_unstable();
        let kinds = by_kind(board, network, &shares);
        let (first, last) = words::ends(shares.iter().map(|s| s.micros));
        let days: BTreeSet<i64> = shares.iter().map(|s| s.micros.div_euclid(model::DAY)).collect();
        Self {
            members: network.members.len(),
            firm: network.members.iter().filter(|m| m.degree >= 2).count(),
            traits: independent(board, &kinds, &shares),
            inside: inside(board, &shares),
            coarse: shares.iter().all(|s| s.micros.rem_euclid(60 * When::SECOND) == 0) && first != last,
            leads: network.members.iter().map(|m| m.leads).fold(0.0, f64::max),
            lag: lags.get(lags.len() / 2).copied().unwrap_or(0),
            days: days.len(),
            touches: shares,
            kinds,
            cut,
            first,
            last,
            recognised: Vec::new(),
        }
    }

    /// Whether the traces show an open explanation.
    pub(super) fn open(&self) -> bool {
        self.recognised.iter().any(|r| r.open)
    }

    /// Objects of the kind with the most.
    pub(super) fn most(&self) -> usize {
        self.kinds.first().map_or(0, |k| k.objects)
    }

    /// Objects of one kind.
    pub(super) fn objects(&self, id: &str) -> usize {
        self.kinds.iter().find(|k| k.id == id).map_or(0, |k| k.objects)
    }
}

/// Kinds with more objects first. Where the kept touches were cut, the network's own count stands.
fn by_kind(board: &Board<'_>, network: &Network, shares: &[Share]) -> Vec<Together> {
    let windows = windows(board, network);
    let mut count: BTreeMap<KindNo, usize> = BTreeMap::new();
    for group in shares.chunk_by(|x, y| x.object == y.object) {
        *count.entry(board.object(group[0].object).kind).or_default() += 1;
    }
    let stated = |kind| network.objects.iter().find(|k| k.0 == kind).map_or(0, |k| k.1 as usize);
    let together = |(kind, n): (KindNo, usize)| Together {
        id: board.kinds[usize::from(kind.0)].card.id,
        objects: if shares.len() == KEPT { n.max(stated(kind)) } else { n },
        window: windows[usize::from(kind.0)].unwrap_or(0),
        kind,
    };
    let mut out: Vec<Together> = count.into_iter().map(together).collect();
    out.sort_by_key(|k| (std::cmp::Reverse(k.objects), k.kind));
    out
}

/// A kind is a sort of its own when at least two of its objects mostly stand in records that no kind before it used:
/// the text, the link and the tags of one post are one and the same act.
fn independent(board: &Board<'_>, kinds: &[Together], shares: &[Share]) -> usize {
    let mut used: HashSet<(u32, u64)> = HashSet::new();
    let mut traits = 0;
    for kind in kinds {
        let mine = |s: &&[Share]| board.object(s[0].object).kind == kind.kind;
        let objects: Vec<&[Share]> = shares.chunk_by(|x, y| x.object == y.object).filter(mine).collect();
        let fresh = |g: &&&[Share]| g.iter().filter(|s| !used.contains(&(s.evidence, s.at))).count() * 2 > g.len();
        traits += usize::from(objects.iter().filter(fresh).count() >= 2);
        used.extend(objects.iter().copied().flatten().map(|s| (s.evidence, s.at)));
    }
    traits
}

fn inside(board: &Board<'_>, shares: &[Share]) -> f64 {
    let part = |g: &[Share]| {
        let members: BTreeSet<_> = g.iter().map(|s| s.actor).collect();
        members.len() as f64 / f64::from(board.object(g[0].object).actors.max(1))
    };
    let mut parts: Vec<f64> = shares.chunk_by(|x, y| x.object == y.object).map(part).collect();
    parts.sort_by(f64::total_cmp);
    parts.get(parts.len() / 2).copied().unwrap_or(0.0)
}

/// Distinct objects among touches sorted by object.
pub(super) fn distinct(shares: &[Share]) -> Vec<ObjectNo> {
    shares.chunk_by(|x, y| x.object == y.object).map(|g| g[0].object).collect()
}
