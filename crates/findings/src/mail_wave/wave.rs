//! Ties mails into waves, and says of each wave what the rule asks.
//!
//! Two mails are tied by a text or file rare enough to stand alone, or by two artefacts of different kinds that
//! together reach the threshold. Done over artefacts and pairs of artefacts (at most 15 a mail), never over pairs of
//! mails, so it is linear in mails but for sorting. Ties pass on: a chain of mails is one wave; the report says how many
//! of the mails each artefact covers.

use super::artefact::{self, Artefact};
use super::mails::{Mails, TYING};
use crate::common;
use model::{ActorNo, Board, ObjectNo, When};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Weak artefacts of a mail that are tried in pairs: the rarest.
const TRIED: usize = 6;

/// An artefact of a wave.
pub(super) struct Tied {
    pub(super) object: ObjectNo,
    pub(super) kind: &'static str,
    pub(super) content: bool,
    /// Mails of the wave that carry it.
    pub(super) mails: usize,
    /// Other mails that carry it.
    pub(super) outside: usize,
    half: bool,
}

/// Mails of one making.
pub(super) struct Wave {
    /// Earliest first.
    pub(super) mails: Vec<usize>,
    /// In order of first mail.
    pub(super) senders: Vec<ActorNo>,
    /// In order of first mail.
    pub(super) boxes: Vec<ObjectNo>,
    /// The commonest artefact of each kind, those with the most mails first.
    pub(super) ties: Vec<Tied>,
    /// Senders all of whose mails are in this wave, none with more than half of it (or three mails).
    pub(super) throw_away: usize,
    /// Senders who are also among the recipients.
    pub(super) answering: usize,
    /// Different domains of senders.
    pub(super) domains: usize,
    /// Days from first to last mail, begun ones counted.
    pub(super) days: i64,
    /// Mails on the first day.
    pub(super) first_day: usize,
}

impl Wave {
    /// Artefacts that at least half of the mails carry.
    pub(super) fn main(&self) -> impl Iterator<Item = &Tied> {
        self.ties.iter().filter(|t| t.half)
    }

    /// A text or file is in at least half of the mails.
    pub(super) fn alone(&self) -> bool {
        self.main().any(|t| t.kind == "exact-text" || t.kind == "file-hash")
    }

    /// More than a chain of chance likenesses: content or two traits of the making in half of the mails.
    pub(super) fn firm(&self) -> bool {
        self.main().any(|t| t.content) || self.main().count() >= 2
    }
}

type Weights = HashMap<ObjectNo, Artefact>;

pub(super) fn gather(board: &Board<'_>, mails: &Mails, weights: &Weights) -> Vec<Wave> {
    let mut root: Vec<usize> = (0..mails.len()).collect();
    for key in keys(board, mails, weights).chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        key.windows(2).for_each(|w| unite(&mut root, w[0].2, w[1].2));
    }
    let mut groups: Vec<(usize, usize)> = (0..mails.len()).map(|m| (top(&mut root, m), m)).collect();
    groups.sort_unstable();
    let mut sent: HashMap<ActorNo, usize> = HashMap::new();
    (0..mails.len()).for_each(|m| *sent.entry(mails.sender(m)).or_default() += 1);
    let waves = groups.chunk_by(|x, y| x.0 == y.0).filter(|g| g.len() >= 2);
    waves.map(|g| Wave::of(board, mails, weights, &sent, g.iter().map(|m| m.1).collect())).collect()
}

/// What ties each mail: an artefact that stands alone, or two of different kinds. Sorted.
fn keys(board: &Board<'_>, mails: &Mails, weights: &Weights) -> Vec<(ObjectNo, ObjectNo, usize)> {
    let mut out = Vec::new();
    let mut weak: Vec<(ObjectNo, Artefact)> = Vec::new();
    let threshold = artefact::threshold(mails.len());
    let value = |o: &ObjectNo| board.object(*o).value.raw();
    for mail in 0..mails.len() {
        weak.clear();
        for object in mails.shares(mail).iter().map(|s| s.object) {
            match weights.get(&object) {
                Some(a) if a.alone() => out.push((object, object, mail)),
                Some(a) if a.content() || !artefact::explained(board, mails, mail, object) => weak.push((object, *a)),
                _ => {}
            }
        }
        weak.sort_by(|x, y| y.1.weight.total_cmp(&x.1.weight).then(x.0.cmp(&y.0)));
        weak.truncate(TRIED);
        for (i, (x, a)) in weak.iter().enumerate() {
            let tied = |(y, b): &&(ObjectNo, Artefact)| {
                let one = !a.content() && !b.content() && artefact::one_house(value(x), value(y));
                b.kind != a.kind && b.weight + a.weight >= threshold && !one
            };
            out.extend(weak[i + 1..].iter().filter(tied).map(|(y, _)| (*x.min(y), *x.max(y), mail)));
        }
    }
    out.sort_unstable();
    out
}

fn top(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

fn unite(root: &mut [usize], x: usize, y: usize) {
    let (x, y) = (top(root, x), top(root, y));
    root[x.max(y)] = x.min(y);
}

impl Wave {
    fn of(board: &Board<'_>, mails: &Mails, weights: &Weights, sent: &HashMap<ActorNo, usize>, of: Vec<usize>) -> Self {
        let mut here: BTreeMap<ActorNo, usize> = BTreeMap::new();
        let (mut senders, mut boxes) = (Vec::new(), Vec::new());
        let (mut known, mut carried) = (BTreeSet::new(), BTreeMap::<ObjectNo, usize>::new());
        for mail in &of {
            let sender = mails.sender(*mail);
            if here.insert(sender, here.get(&sender).copied().unwrap_or(0) + 1).is_none() {
                senders.push(sender);
            }
            for object in mails.shares(*mail).iter().map(|s| s.object) {
                let kind = board.kinds[usize::from(board.object(object).kind.0)].card.id;
                if kind == "mailbox" && known.insert(object) {
                    boxes.push(object);
                }
                *carried.entry(object).or_default() += 1;
            }
        }
        let most = (of.len() / 2).max(3);
        let once = |a: &&ActorNo| here[*a] == sent[*a] && here[*a] <= most;
        let addresses: BTreeSet<&str> = boxes.iter().map(|b| board.object(*b).value.raw()).collect();
        let name = |a: &ActorNo| board.actor(*a).name.raw();
        Self {
            throw_away: senders.iter().filter(once).count(),
            answering: senders.iter().filter(|a| addresses.contains(name(a))).count(),
            domains: senders.iter().map(|a| common::mail_domain(name(a))).collect::<BTreeSet<_>>().len(),
            days: days(mails, &of),
            first_day: first_day(mails, &of),
            ties: ties(weights, &carried, of.len()),
            mails: of,
            senders,
            boxes,
        }
    }
}

fn days(mails: &Mails, of: &[usize]) -> i64 {
    let day = |m: &usize| Some(mails.micros(*m)).filter(|t| *t != When::UNKNOWN).map(|t| t.div_euclid(model::DAY));
    let first = of.iter().find_map(day).unwrap_or(0);
    of.iter().filter_map(day).max().unwrap_or(first) - first + 1
}

fn first_day(mails: &Mails, of: &[usize]) -> usize {
    let known = || of.iter().map(|m| mails.micros(*m)).filter(|t| *t != When::UNKNOWN);
    let first = known().next().unwrap_or(0);
    known().filter(|t| t.div_euclid(model::DAY) == first.div_euclid(model::DAY)).count()
}

/// The artefact of each kind that most of the mails carry.
fn ties(weights: &Weights, carried: &BTreeMap<ObjectNo, usize>, all: usize) -> Vec<Tied> {
    let mut best: BTreeMap<usize, Tied> = BTreeMap::new();
    for (object, n) in carried.iter().filter(|c| *c.1 >= 2) {
        let Some(a) = weights.get(object) else { continue };
        if best.get(&a.kind).is_none_or(|b| *n > b.mails) {
            let (kind, content) = TYING[a.kind];
            let outside = a.mails.saturating_sub(*n);
            best.insert(a.kind, Tied { object: *object, kind, content, mails: *n, outside, half: *n * 2 >= all });
        }
    }
    let mut out: Vec<Tied> = best.into_values().collect();
    out.sort_by_key(|t| (std::cmp::Reverse(t.mails), t.object));
    out
}
