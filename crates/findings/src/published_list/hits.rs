//! Looking a list up: once over the case's objects and once over its actors, whatever the number of lists.

use crate::{common, kinds, masks};
use model::{ActorNo, Board, ObjectNo, Share, Sort};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How a listed thing occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// It sent mail.
    Sent,
    /// Mail came through it.
    Relayed,
    /// Answers were to go there, or mail went there.
    Addressed,
    /// It was linked to.
    Linked,
    /// It is a site of the evidence.
    Site,
    /// A site resolves to it.
    Serves,
    /// It was enclosed or posted.
    Shared,
    /// It posted.
    Posted,
}

impl Way {
    pub(super) const ALL: [Self; 8] = [
        Self::Sent,
        Self::Relayed,
        Self::Addressed,
        Self::Linked,
        Self::Site,
        Self::Serves,
        Self::Shared,
        Self::Posted,
    ];

    /// What `n` of them did.
    pub(super) fn words(self, n: usize) -> &'static str {
        let one = n == 1;
        match self {
            Self::Sent => "sent mail",
            Self::Relayed => "passed mail on",
            Self::Addressed if one => "was written to or named for answers",
            Self::Addressed => "were written to or named for answers",
            Self::Linked if one => "was linked to",
            Self::Linked => "were linked to",
            Self::Site if one => "is a site of the evidence",
            Self::Site => "are sites of the evidence",
            Self::Serves if one => "serves a site of the evidence",
            Self::Serves => "serve sites of the evidence",
            Self::Shared if one => "was shared as a file",
            Self::Shared => "were shared as files",
            Self::Posted => "posted",
        }
    }

    /// True where who shows it is what the list names, and not someone who met it.
    pub(super) fn is_itself(self) -> bool {
        matches!(self, Self::Sent | Self::Site | Self::Serves | Self::Posted)
    }
}

/// A listed thing that occurs, in one way.
pub(super) struct Hit {
    pub way: Way,
    /// The list's own trace of it.
    pub listing: Share,
    /// Who shows it, few of them.
    pub who: BTreeSet<ActorNo>,
    /// How many show it.
    pub actors: u64,
    /// Traces that show it, few of them.
    pub shares: Vec<Share>,
    /// True for a domain, which more than one may use.
    pub domain: bool,
    /// True for what many use.
    pub common: bool,
    /// What speaks against the list's word.
    pub conflict: Option<Conflict>,
    /// The list's own grade of it, as `b2`.
    pub grade: Option<String>,
    /// Other lists that name it.
    pub others: usize,
    /// Nothing in the case speaks but the list.
    pub alone: bool,
}

/// What speaks against a list's word on a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Conflict {
    /// It is a protected outlet's own.
    Outlet,
    /// Another list calls it harmless.
    Harmless,
}

impl Conflict {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Outlet => "a protected outlet's own: not counted",
            Self::Harmless => "another list calls it harmless: not counted",
        }
    }
}

/// A list and what of it occurs.
pub(super) struct List {
    pub actor: ActorNo,
    /// Things it names.
    pub named: usize,
    /// Domains among them.
    pub domains: usize,
    pub hits: Vec<Hit>,
}

impl List {
    /// Hits that count.
    pub(super) fn telling(&self) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(|h| !h.common && h.conflict.is_none())
    }

    /// Hits that something speaks against.
    pub(super) fn conflicts(&self) -> usize {
        self.hits.iter().filter(|h| h.conflict.is_some()).count()
    }
}

/// Most actors and traces kept of one hit.
const FEW: usize = 12;

/// Domains that the case's mails, posts and pages touch.
pub(super) fn domains(board: &Board<'_>) -> usize {
    kinds::range_of(board, "domain").len()
}

/// Lists of which anything occurs.
pub(super) fn gather(board: &Board<'_>) -> Vec<List> {
    let listed = kinds::range_of(board, "listed");
    if listed.is_empty() {
        return Vec::new();
    }
    let mut met = Met::of(board, listed.clone());
    met.objects(board);
    met.actors(board);
    met.touches(board);
    met.lists(board, listed)
}

/// True where a site touches its own domain or address.
fn its_own(board: &Board<'_>, share: &Share) -> bool {
    let actor = board.actor(share.actor);
    let host = common::host_and_path(board.object(share.object).value.raw()).0;
    actor.sort == Sort::Site && common::under(actor.name.raw(), host)
}

/// What lists say of the things they name, beside naming them.
struct Said {
    grades: HashMap<(ObjectNo, ActorNo), String>,
    harmless: BTreeSet<ObjectNo>,
    /// Things under a protected outlet's own domains.
    outlets: BTreeSet<ObjectNo>,
}

impl Said {
    fn of(board: &Board<'_>, met: &Met<'_>) -> Self {
        let mut out = Self { grades: HashMap::new(), harmless: BTreeSet::new(), outlets: BTreeSet::new() };
        let range: Vec<ObjectNo> = kinds::range_of(board, "listed-as").map(ObjectNo).collect();
        for share in board.shares.of_objects(&range) {
            let word = board.object(share.object).value.raw();
            let thing = word.split_once(' ').and_then(|(said, thing)| Some((said, thing.split_once(':')?)));
            let Some((said, object)) = thing.and_then(|(said, (sort, value))| Some((said, met.listed(sort, value)?)))
            else {
                continue;
            };
            if said == "harmless" {
                out.harmless.insert(object);
            } else {
                out.grades.insert((object, share.actor), said.to_owned());
            }
        }
        for ((sort, value), object) in &met.wanted {
            let host = match *sort {
                "domain" | "host" => *value,
                "url" => common::host_and_path(value).0,
                "mailbox" => common::mail_domain(value),
                _ => continue,
            };
            if own(board, host) {
                out.outlets.insert(*object);
            }
        }
        out
    }

    fn against(&self, object: ObjectNo) -> Option<Conflict> {
        let outlet = self.outlets.contains(&object).then_some(Conflict::Outlet);
        outlet.or_else(|| self.harmless.contains(&object).then_some(Conflict::Harmless))
    }
}

/// True for a protected outlet's own domain and what stands under it.
fn own(board: &Board<'_>, host: &str) -> bool {
    let is = |name: &str| board.imitations.own.binary_search_by(|o| o.raw().cmp(name)).is_ok();
    let mut at = Some(host);
    while let Some(name) = at {
        if is(name) {
            return true;
        }
        at = name.split_once('.').map(|(_, rest)| rest);
    }
    false
}

/// Actors of whom the case itself says something: borrowed faces, shared owners, networks.
fn spoken(board: &Board<'_>) -> BTreeSet<ActorNo> {
    let owners = board.owners.clusters.iter().flat_map(|c| c.members.iter().copied());
    let linked = board.linked.networks.iter().flat_map(|n| n.members.iter().map(|m| m.actor));
    owners.chain(linked).chain(masks::of(board).into_keys()).collect()
}

/// What occurs, by the listed object and the way.
struct Met<'b> {
    /// Listed things by sort and value.
    wanted: HashMap<(&'b str, &'b str), ObjectNo>,
    found: BTreeMap<(ObjectNo, Way), Found>,
    /// Objects and actors whose traces are wanted, and for which hits.
    of_object: BTreeMap<ObjectNo, Vec<(ObjectNo, Way)>>,
    of_actor: BTreeMap<ActorNo, Vec<(ObjectNo, Way)>>,
}

#[derive(Default)]
struct Found {
    who: BTreeSet<ActorNo>,
    actors: u64,
    shares: Vec<Share>,
    common: bool,
}

impl<'b> Met<'b> {
    fn of(board: &Board<'b>, listed: std::ops::Range<u32>) -> Self {
        let split = |no: u32| {
            let (sort, value) = board.objects[no as usize].value.raw().split_once(':')?;
            Some(((sort, value), ObjectNo(no)))
        };
        Self {
            wanted: listed.filter_map(split).collect(),
            found: BTreeMap::new(),
            of_object: BTreeMap::new(),
            of_actor: BTreeMap::new(),
        }
    }

    fn listed(&self, sort: &str, value: &str) -> Option<ObjectNo> {
        self.wanted.get(&(sort, value)).copied()
    }

    /// Things that others touched.
    fn objects(&mut self, board: &Board<'b>) {
        const LOOKED: &[(&str, &[&str], Way)] = &[
            ("url", &["url"], Way::Linked),
            ("domain", &["domain", "host", "ip"], Way::Linked),
            ("outgoing-domain", &["domain"], Way::Linked),
            ("mailbox", &["mailbox"], Way::Addressed),
            ("page-email", &["mailbox"], Way::Addressed),
            ("mail-relay", &["ip", "host", "domain"], Way::Relayed),
            ("ip-address", &["ip"], Way::Serves),
            ("file-hash", &["hash"], Way::Shared),
            ("mention", &["account"], Way::Addressed),
        ];
        for (kind, sorts, way) in LOOKED {
            let Some(no) = board.kind(kind) else { continue };
            for (object, info) in kinds::objects(board, no) {
                let value = info.value.raw();
                // A listed host is met in the addresses under it.
                let host = common::host_and_path(value).0;
                let at_host = if *kind == "url" && host != value { self.listed("host", host) } else { None };
                let hits: Vec<ObjectNo> = sorts.iter().filter_map(|s| self.listed(s, value)).chain(at_host).collect();
                for hit in hits {
                    self.of_object.entry(object).or_default().push((hit, *way));
                }
            }
        }
    }

    /// Actors that are named.
    fn actors(&mut self, board: &Board<'b>) {
        for (no, actor) in board.actors.iter().enumerate() {
            let name = actor.name.raw();
            let (sorts, way): (Vec<(&str, &str)>, Way) = match actor.sort {
                Sort::Mailbox => (vec![("mailbox", name)], Way::Sent),
                Sort::Site => (vec![("host", name), ("domain", name)], Way::Site),
                Sort::Host => (vec![("ip", name), ("host", name), ("domain", name)], Way::Serves),
                Sort::Account => {
                    let handle = name.rsplit('/').next().unwrap_or(name);
                    (vec![("account", name), ("account", handle)], Way::Posted)
                }
                Sort::File => continue,
            };
            let whole = sorts.iter().find_map(|(sort, value)| self.listed(sort, value));
            let domain = if whole.is_none() { self.above(actor.sort, name) } else { None };
            if let Some(hit) = whole.or(domain) {
                self.of_actor.entry(ActorNo(no as u32)).or_default().push((hit, way));
            }
        }
    }

    /// The listed domain or host that a sender's address or a site's name stands under.
    fn above(&self, sort: Sort, name: &str) -> Option<ObjectNo> {
        let mut host = match sort {
            Sort::Mailbox => common::mail_domain(name),
            Sort::Site => name,
            _ => return None,
        };
        // At most as many steps as a name has labels.
        for _ in 0..128 {
            let found = self.listed("domain", host).or_else(|| self.listed("host", host));
            if found.is_some() {
                return found;
            }
            host = host.split_once('.')?.1;
        }
        None
    }

    /// Traces of what was met. Those of lists are none.
    fn touches(&mut self, board: &Board<'_>) {
        let listed = [board.kind("listed"), board.kind("listed-as")];
        let (found, of_actor, of_object) = (&mut self.found, &self.of_actor, &self.of_object);
        let mut take = |key: &(ObjectNo, Way), share: &Share| {
            let found = found.entry(*key).or_default();
            if found.who.len() < FEW && found.who.insert(share.actor) || found.shares.len() < 4 {
                found.shares.push(*share);
            }
        };
        board.shares.each_object(&mut |object, shares| {
            if listed.contains(&Some(board.object(object).kind)) {
                return;
            }
            for key in of_object.get(&object).into_iter().flatten() {
                // A page touches its own address: that it is a site is told by another way.
                let own = |s: &&Share| key.1 == Way::Linked && its_own(board, s);
                shares.iter().filter(|s| !own(s)).for_each(|s| take(key, s));
            }
            if !of_actor.is_empty() {
                shares.iter().for_each(|s| of_actor.get(&s.actor).into_iter().flatten().for_each(|key| take(key, s)));
            }
        });
        self.count(board);
    }

    /// How many show each, and whether that is many.
    fn count(&mut self, board: &Board<'_>) {
        for (object, keys) in &self.of_object {
            for key in keys {
                let found = self.found.entry(*key).or_default();
                found.actors = found.actors.max(u64::from(board.object(*object).actors));
            }
        }
        for keys in self.of_actor.values() {
            keys.iter().for_each(|key| self.found.entry(*key).or_default().actors += 1);
        }
        let few = u64::from(board.settings.findings.bridge_actors);
        for ((listed, way), found) in &mut self.found {
            let value = board.object(*listed).value.raw();
            let (sort, name) = value.split_once(':').unwrap_or_default();
            let host = matches!(sort, "domain" | "host");
            let share = found.actors > few && found.actors * 50 > board.actors.len() as u64;
            let known = host && (common::is_platform(name) || common::is_provider(name));
            found.common = known || host && share && *way != Way::Site;
        }
    }

    fn lists(self, board: &Board<'_>, listed: std::ops::Range<u32>) -> Vec<List> {
        let mut lists: BTreeMap<ActorNo, List> = BTreeMap::new();
        let numbers: Vec<ObjectNo> = listed.map(ObjectNo).collect();
        let (said, spoken) = (Said::of(board, &self), spoken(board));
        for share in board.shares.of_objects(&numbers) {
            let empty = || List { actor: share.actor, named: 0, domains: 0, hits: Vec::new() };
            let list = lists.entry(share.actor).or_insert_with(empty);
            let domain = board.object(share.object).value.raw().starts_with("domain:");
            list.named += 1;
            list.domains += usize::from(domain);
            for ((_, way), found) in self.found.range((share.object, Way::Sent)..=(share.object, Way::Posted)) {
                if found.shares.is_empty()
                    || list.hits.iter().rev().take(8).any(|h| h.listing.object == share.object && h.way == *way)
                {
                    continue;
                }
                list.hits.push(Hit {
                    way: *way,
                    listing: share,
                    who: found.who.clone(),
                    actors: found.actors,
                    shares: found.shares.clone(),
                    domain,
                    common: found.common,
                    conflict: said.against(share.object),
                    grade: said.grades.get(&(share.object, share.actor)).cloned(),
                    others: (board.object(share.object).actors as usize).saturating_sub(1),
                    alone: !found.who.iter().any(|w| spoken.contains(w)),
                });
            }
        }
        lists.into_values().filter(|l| !l.hits.is_empty()).collect()
    }
}
