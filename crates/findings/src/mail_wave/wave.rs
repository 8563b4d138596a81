//! Ties mails into waves, and says of each wave what the rule asks.
//!
//! Two mails are tied by a text or file rare enough to stand alone, or by two artefacts of different kinds that
//! together reach the threshold. Done over artefacts and pairs of artefacts (at most 28 a mail), never over pairs of
//! mails, so it is linear in mails but for sorting. Ties pass on: a chain of mails is one wave, and so are several texts
//! from one set of senders; the report says how many of the mails each artefact covers.

use super::artefact::{self, Artefact};
use super::mails::{Family, Mails};
use crate::common;
use model::{ActorNo, Board, ObjectNo, When};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Weak artefacts of a mail that are tried in pairs: the rarest.
const TRIED: usize = 8;

/// What ties a wave, by sort: the words (whole texts and paragraphs), files, subjects, links, the making.
pub(super) struct Tied {
    /// That in most of the mails.
    pub(super) object: ObjectNo,
    pub(super) kind: &'static str,
    pub(super) family: Family,
    /// Natural logarithm of its rarity among the case's mails, capped.
    pub(super) weight: f64,
    /// Such things that mails of the wave have in common. Sorted.
    pub(super) objects: Vec<ObjectNo>,
    /// Mails of the wave that carry one of them.
    pub(super) mails: usize,
    /// Other mails that carry one of them.
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
    /// What ties them, that with the most mails first.
    pub(super) ties: Vec<Tied>,
    /// Senders all of whose mails are in this wave, none with more than half of it (or three mails).
    pub(super) throw_away: usize,
    /// The only sender, who wrote nothing else.
    pub(super) only_here: bool,
    /// Mails in which receivers answered or passed it on; they are not among its mails.
    pub(super) passed_on: usize,
    /// Different domains of senders.
    pub(super) domains: usize,
    /// Days from first to last mail, begun ones counted.
    pub(super) days: i64,
    /// Mails on the first day.
    pub(super) first_day: usize,
}

impl Wave {
    /// What at least half of the mails carry.
    pub(super) fn main(&self) -> impl Iterator<Item = &Tied> {
        self.ties.iter().filter(|t| t.half)
    }

    /// A text or file is in at least half of the mails.
    pub(super) fn alone(&self) -> bool {
        self.main().any(|t| matches!(t.kind, "exact-text" | "text-template" | "file-hash" | "paragraph"))
    }

    /// For each family with something in at least half of the mails: how many other mails carry its rarest thing.
    /// Things of one family go together, so that only one of them counts.
    pub(super) fn rarest_by_family(&self) -> Vec<usize> {
        let mut out: BTreeMap<Family, usize> = BTreeMap::new();
        for tie in self.main() {
            let least = out.entry(tie.family).or_insert(tie.outside);
            *least = tie.outside.min(*least);
        }
        out.into_values().collect()
    }

    /// Families of which something is in at least half of the mails.
    pub(super) fn families(&self) -> usize {
        self.rarest_by_family().len()
    }

    /// More than a chain of chance likenesses: content or two traits of the making in half of the mails.
    pub(super) fn firm(&self) -> bool {
        let told = |f: Family| self.main().filter(|t| t.family == f).count();
        told(Family::Content) > 0 || told(Family::Template) > 0 || told(Family::Way) >= 2
    }
}

type Weights = HashMap<ObjectNo, Artefact>;

pub(super) fn gather(board: &Board<'_>, mails: &Mails, weights: &Weights) -> Vec<Wave> {
    let mut root: Vec<usize> = (0..mails.len()).collect();
    for key in keys(board, mails, weights).chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        key.windows(2).for_each(|w| unite(&mut root, w[0].2, w[1].2));
    }
    let mut sent: HashMap<ActorNo, Vec<usize>> = HashMap::new();
    (0..mails.len()).for_each(|m| sent.entry(mails.sender(m)).or_default().push(m));
    by_senders(mails, &mut root, &sent);
    let about = About { board, mails, carriers: carriers(mails, weights), sent };
    groups(&mut root)
        .chunk_by(|x, y| x.0 == y.0)
        .filter(|g| g.len() >= 2)
        .filter_map(|g| {
            let own = own(board, mails, g.iter().map(|m| m.1).collect());
            (own.0.len() >= 2).then(|| about.wave(weights, own.0, own.1))
        })
        .collect()
}

fn groups(root: &mut [usize]) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = (0..root.len()).map(|m| (top(root, m), m)).collect();
    groups.sort_unstable();
    groups
}

/// Joins groups of several senders that one sender runs through who wrote nothing outside of such groups: several
/// texts sent by turns from one set of addresses are one wave.
fn by_senders(mails: &Mails, root: &mut [usize], sent: &HashMap<ActorNo, Vec<usize>>) {
    let several: BTreeSet<usize> = groups(root)
        .chunk_by(|x, y| x.0 == y.0)
        .filter(|g| g.iter().any(|m| mails.sender(m.1) != mails.sender(g[0].1)))
        .map(|g| g[0].0)
        .collect();
    let tops: Vec<usize> = (0..root.len()).map(|m| top(root, m)).collect();
    for of in sent.values().filter(|of| of.iter().all(|m| several.contains(&tops[*m]))) {
        of.windows(2).for_each(|w| unite(root, w[0], w[1]));
    }
}

/// A group without what its receivers wrote, and how many mails that were: answers, and mails passed on.
fn own(board: &Board<'_>, mails: &Mails, of: Vec<usize>) -> (Vec<usize>, usize) {
    let name = |m: usize| board.actor(mails.sender(m)).name.raw();
    let others = |m: &usize| {
        let from = name(*m);
        mails.boxes(board, *m).map(|b| board.object(b).value.raw()).filter(move |to| *to != from)
    };
    let reached: BTreeSet<&str> = of.iter().flat_map(others).collect();
    let all = of.len();
    let own: Vec<usize> = of.into_iter().filter(|m| !reached.contains(name(*m))).collect();
    let rest = all - own.len();
    (own, rest)
}

/// Which mails carry each artefact that says something.
fn carriers(mails: &Mails, weights: &Weights) -> HashMap<ObjectNo, Vec<usize>> {
    let mut out: HashMap<ObjectNo, Vec<usize>> = HashMap::new();
    for (object, mail) in mails.by_object().into_iter().filter(|o| weights.contains_key(&o.0)) {
        out.entry(object).or_default().push(mail);
    }
    out
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
                Some(a) if a.family() != Family::Way || !artefact::explained(board, mails, mail, object) => {
                    weak.push((object, *a));
                }
                _ => {}
            }
        }
        weak.sort_by(|x, y| y.1.weight.total_cmp(&x.1.weight).then(x.0.cmp(&y.0)));
        weak.truncate(TRIED);
        for (i, (x, a)) in weak.iter().enumerate() {
            let tied = |(y, b): &&(ObjectNo, Artefact)| {
                let way = a.family() == Family::Way && b.family() == Family::Way;
                a.ties_with(b, threshold) && !(way && artefact::one_house(value(x), value(y)))
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

/// What is known of all mails.
struct About<'a> {
    board: &'a Board<'a>,
    mails: &'a Mails,
    carriers: HashMap<ObjectNo, Vec<usize>>,
    sent: HashMap<ActorNo, Vec<usize>>,
}

impl About<'_> {
    fn wave(&self, weights: &Weights, of: Vec<usize>, passed_on: usize) -> Wave {
        let mails = self.mails;
        let mut here: BTreeMap<ActorNo, usize> = BTreeMap::new();
        let (mut senders, mut boxes, mut known) = (Vec::new(), Vec::new(), BTreeSet::new());
        for mail in &of {
            let n = here.entry(mails.sender(*mail)).or_default();
            *n += 1;
            if *n == 1 {
                senders.push(mails.sender(*mail));
            }
            boxes.extend(mails.boxes(self.board, *mail).filter(|b| known.insert(*b)));
        }
        let most = (of.len() / 2).max(3);
        let only = |a: &ActorNo| here[a] == self.sent[a].len();
        let domain = |a: &ActorNo| common::mail_domain(self.board.actor(*a).name.raw());
        Wave {
            throw_away: senders.iter().filter(|a| only(a) && here[*a] <= most).count(),
            only_here: senders.len() == 1 && only(&senders[0]),
            passed_on,
            domains: senders.iter().map(domain).collect::<BTreeSet<_>>().len(),
            days: days(mails, &of),
            first_day: first_day(mails, &of),
            ties: self.ties(weights, &of),
            mails: of,
            senders,
            boxes,
        }
    }

    /// What mails of the wave have in common, by sort.
    fn ties(&self, weights: &Weights, of: &[usize]) -> Vec<Tied> {
        let mut carried: BTreeMap<ObjectNo, usize> = BTreeMap::new();
        let shares = of.iter().flat_map(|m| self.mails.shares(*m)).filter(|s| weights.contains_key(&s.object));
        shares.for_each(|s| *carried.entry(s.object).or_default() += 1);
        let mut sorts: BTreeMap<&str, Vec<ObjectNo>> = BTreeMap::new();
        for object in carried.iter().filter(|c| *c.1 >= 2).map(|c| *c.0) {
            sorts.entry(sort(weights[&object].id())).or_default().push(object);
        }
        let best = |of: &Vec<ObjectNo>| of.iter().copied().max_by_key(|o| (carried[o], std::cmp::Reverse(*o)));
        let tied = |objects: Vec<ObjectNo>| {
            let object = best(&objects)?;
            let artefact = weights[&object];
            let all: BTreeSet<usize> = objects.iter().flat_map(|o| &self.carriers[o]).copied().collect();
            let mails = of.iter().filter(|m| all.contains(m)).count();
            Some(Tied {
                object,
                kind: artefact.id(),
                family: artefact.family(),
                weight: artefact.weight,
                objects,
                mails,
                outside: all.len() - mails,
                half: mails * 2 >= of.len(),
            })
        };
        let mut out: Vec<Tied> = sorts.into_values().filter_map(tied).collect();
        out.sort_by_key(|t| (std::cmp::Reverse(t.mails), t.object));
        out
    }
}

/// Whole texts and their paragraphs say the same.
fn sort(kind: &'static str) -> &'static str {
    if matches!(kind, "paragraph" | "text-template") { "exact-text" } else { kind }
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
