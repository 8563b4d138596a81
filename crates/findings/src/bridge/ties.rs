//! Groups rare objects that connect mostly the same actors, with the facts the rule asks for.

use super::rare::{self, CHANNELS, Use};
use crate::{common, crowd, kinds};
use model::{ActorNo, Board, Chance, ObjectNo, Share, Sort};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Actors of several channels (or several sites), and the rare objects that tie them.
pub(super) struct Tie {
    /// Rarest first.
    pub(super) objects: Vec<ObjectNo>,
    /// By object, then time.
    pub(super) shares: Vec<Share>,
    /// Those with the most of the objects first.
    pub(super) actors: Vec<ActorNo>,
    /// Actors of each channel, in order of sort.
    pub(super) channels: Vec<(Sort, usize)>,
    /// Objects of each kind, most first.
    pub(super) kinds: Vec<(&'static str, usize)>,
    /// Sites and senders of the evidence that the objects name.
    pub(super) named: usize,
    /// All actors are sites.
    pub(super) within_sites: bool,
    /// Independent sorts of objects.
    pub(super) traits: usize,
    /// Some object is hard to hit upon twice.
    pub(super) strong: bool,
    /// Links that lead deeper than a front page.
    pub(super) addresses: usize,
    /// Accounts of one network that link to these sites far more than others do, and what chance says of it.
    pub(super) pushed: Option<Chance>,
    /// Actors that link to the most popular of the sites the links lead to, when they are many; else 0.
    pub(super) popular: usize,
}

/// Objects with their telling traces, the actors these are of, and whom the object names.
type Telling = BTreeMap<ObjectNo, (Vec<Share>, Option<ActorNo>)>;

pub(super) fn gather(board: &Board<'_>, objects: &[ObjectNo]) -> Vec<Tie> {
    let telling = telling(board, objects);
    let items = telling.iter().map(|(object, (shares, named))| (*object, actors_of(shares, *named)));
    // Ids and contacts of sites stay a tie of their own: who quotes whom is another matter.
    let id = |o: &ObjectNo| board.kinds[usize::from(board.object(*o).kind.0)].card.id;
    let of_sites = |i: &(ObjectNo, Vec<ActorNo>)| {
        rare::use_of(id(&i.0)) == Use::SiteId && i.1.iter().all(|a| board.actor(*a).sort == Sort::Site)
    };
    let (sites, rest) = items.partition(of_sites);
    let crowds = crowd::gather(sites, 0.5).into_iter().chain(crowd::gather(rest, 0.5));
    let links = linkers(board, &telling);
    crowds.map(|c| tie(board, c, &telling, &links)).collect()
}

/// Sites of the evidence (their domains, with the touches of one network's members) that the network links to.
pub(super) fn pushed(board: &Board<'_>, sites: Vec<(ObjectNo, Vec<Share>)>, chance: Chance) -> Tie {
    let objects = sites.iter().map(|s| s.0).collect();
    let named = |o: ObjectNo| rare::named(board, board.object(o));
    let telling = sites.into_iter().map(|(o, shares)| (o, (shares, named(o)))).collect();
    Tie { pushed: Some(chance), popular: 0, ..tie(board, objects, &telling, &BTreeMap::new()) }
}

fn actors_of(shares: &[Share], named: Option<ActorNo>) -> Vec<ActorNo> {
    let mut actors: Vec<ActorNo> = shares.iter().map(|s| s.actor).chain(named).collect();
    actors.sort_unstable();
    actors.dedup();
    actors
}

/// Drops what says nothing, and objects that then tie nobody.
fn telling(board: &Board<'_>, objects: &[ObjectNo]) -> Telling {
    let mut out = Telling::new();
    for group in board.shares.of_objects(objects).chunk_by(|x, y| x.object == y.object) {
        let info = board.object(group[0].object);
        let kind = board.kinds[usize::from(info.kind.0)].card.id;
        let files = rare::files_count(kind);
        let keep = |s: &&Share| (files || board.actor(s.actor).sort != Sort::File) && !rare::own(board, s.actor, info);
        let shares: Vec<Share> = group.iter().filter(keep).copied().collect();
        let named = rare::named(board, info);
        let actors = actors_of(&shares, named);
        let sorts: BTreeSet<Sort> = actors.iter().map(|a| board.actor(*a).sort).collect();
        let on_sites = rare::use_of(kind) == Use::SiteId && actors.len() >= 2;
        if !shares.is_empty() && (sorts.len() >= 2 || on_sites) {
            out.insert(group[0].object, (shares, named));
        }
    }
    out
}

/// How many actors link to each host that the links lead to.
fn linkers(board: &Board<'_>, telling: &Telling) -> BTreeMap<String, u32> {
    let mut hosts: BTreeMap<String, u32> = BTreeMap::new();
    for object in telling.keys().map(|o| board.object(*o)) {
        if rare::use_of(board.kinds[usize::from(object.kind.0)].card.id) == Use::Address {
            parents(common::host_and_path(object.value.raw()).0).for_each(|h| {
                hosts.insert(h.to_owned(), 0);
            });
        }
    }
    let Some(domain) = board.kind("domain").filter(|_| !hosts.is_empty()) else { return hosts };
    for (_, info) in kinds::objects(board, domain) {
        if let Some(n) = hosts.get_mut(info.value.raw()) {
            *n = info.actors;
        }
    }
    hosts
}

/// `a.b.c`, `b.c` and `c`, at most six of them.
fn parents(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |h| h.split_once('.').map(|p| p.1)).take(6)
}

fn tie(board: &Board<'_>, mut objects: Vec<ObjectNo>, telling: &Telling, links: &BTreeMap<String, u32>) -> Tie {
    objects.sort_by_key(|o| (board.object(*o).actors, *o));
    let mut shares: Vec<Share> = objects.iter().flat_map(|o| telling[o].0.iter().copied()).collect();
    shares.sort_unstable_by_key(Share::key);
    let named: BTreeSet<ActorNo> = objects.iter().filter_map(|o| telling[o].1).collect();
    let mut weight: BTreeMap<ActorNo, BTreeSet<ObjectNo>> = BTreeMap::new();
    shares.iter().for_each(|s| {
        weight.entry(s.actor).or_default().insert(s.object);
    });
    named.iter().for_each(|a| {
        weight.entry(*a).or_default();
    });
    let mut actors: Vec<(usize, ActorNo)> = weight.into_iter().map(|(a, objects)| (objects.len(), a)).collect();
    actors.sort_by_key(|a| (std::cmp::Reverse(a.0), a.1));
    let actors: Vec<ActorNo> = actors.into_iter().map(|a| a.1).collect();
    let id = |o: &ObjectNo| board.kinds[usize::from(board.object(*o).kind.0)].card.id;
    let within_sites = actors.iter().all(|a| board.actor(*a).sort == Sort::Site);
    Tie {
        channels: channels(board, &actors),
        kinds: kinds(objects.iter().map(id)),
        named: named.len(),
        within_sites,
        traits: if within_sites { families(objects.iter().map(id)) } else { independent(&objects, id, telling) },
        strong: objects.iter().any(|o| rare::use_of(id(o)) != Use::Address),
        addresses: objects.iter().filter(|o| id(o) == "url" && deep(board, **o)).count(),
        popular: popular(board, &objects, links),
        pushed: None,
        objects,
        shares,
        actors,
    }
}

fn channels(board: &Board<'_>, actors: &[ActorNo]) -> Vec<(Sort, usize)> {
    let of = |sort| actors.iter().filter(|a| board.actor(**a).sort == sort).count();
    CHANNELS.iter().map(|s| (*s, of(*s))).filter(|c| c.1 > 0).collect()
}

fn kinds(ids: impl Iterator<Item = &'static str>) -> Vec<(&'static str, usize)> {
    let mut count: BTreeMap<&'static str, usize> = BTreeMap::new();
    ids.for_each(|id| *count.entry(id).or_default() += 1);
    let mut out: Vec<_> = count.into_iter().collect();
    out.sort_by_key(|k| (std::cmp::Reverse(k.1), k.0));
    out
}

/// A link and its domain are one; so are an address and a phone number of one imprint.
fn family(kind: &str) -> &str {
    match kind {
        "url" | "domain" | "outgoing-domain" => "address",
        "page-email" | "page-phone" => "contact",
        "exact-text" | "paragraph" => "words",
        other => other,
    }
}

fn families(ids: impl Iterator<Item = &'static str>) -> usize {
    ids.map(family).collect::<BTreeSet<_>>().len()
}

/// Families some object of which stands mostly in records that no family before it used.
fn independent(objects: &[ObjectNo], id: impl Fn(&ObjectNo) -> &'static str, telling: &Telling) -> usize {
    let mut by: BTreeMap<&str, Vec<ObjectNo>> = BTreeMap::new();
    objects.iter().for_each(|o| by.entry(family(id(o))).or_default().push(*o));
    let mut order: Vec<(&str, Vec<ObjectNo>)> = by.into_iter().collect();
    order.sort_by_key(|f| (std::cmp::Reverse(f.1.len()), f.0));
    let mut used: HashSet<(u32, u64)> = HashSet::new();
    let mut traits = 0;
    for (_, objects) in order {
        let fresh = |o: &ObjectNo| {
            let shares = &telling[o].0;
            shares.iter().filter(|s| !used.contains(&(s.evidence, s.at))).count() * 2 > shares.len()
        };
        traits += usize::from(objects.iter().any(fresh));
        used.extend(objects.iter().flat_map(|o| &telling[o].0).map(|s| (s.evidence, s.at)));
    }
    traits
}

fn deep(board: &Board<'_>, url: ObjectNo) -> bool {
    common::host_and_path(board.object(url).value.raw()).1.len() > 1
}

/// Many means five times as many as a rare trace may have. Only where nothing but addresses tie.
fn popular(board: &Board<'_>, objects: &[ObjectNo], links: &BTreeMap<String, u32>) -> usize {
    let most = board.settings.findings.bridge_actors as usize * 5;
    let of = |o: &ObjectNo| {
        let host = common::host_and_path(board.object(*o).value.raw()).0;
        parents(host).filter_map(|h| links.get(h)).copied().max().unwrap_or(0) as usize
    };
    let address =
        |o: &&ObjectNo| rare::use_of(board.kinds[usize::from(board.object(**o).kind.0)].card.id) == Use::Address;
    if !objects.iter().all(|o| address(&o)) {
        return 0;
    }
    objects.iter().map(of).max().filter(|n| *n > most).unwrap_or(0)
}
