//! Where a name that comes near an outlet's was met: one sweep over the trace table for all of them.

use super::sisters::Owned;
use crate::{common_owner, words};
use model::{ActorNo, Board, Imitation, ObjectNo, Share, Sort};
use std::collections::BTreeSet;

/// How a name is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// A site of the evidence stands under it.
    Own,
    /// Mail comes from it.
    Sent,
    /// Somebody led there.
    Linked,
    /// It stands on a certificate with others.
    Certified,
    /// A page gives an address under it.
    Given,
    /// A published list names it.
    Listed,
}

impl Way {
    pub(super) const ALL: [Self; 6] = [Self::Own, Self::Sent, Self::Linked, Self::Certified, Self::Given, Self::Listed];

    /// What a trace of it shows.
    pub(super) fn shows(self) -> &'static str {
        match self {
            Self::Own => "stands under the name",
            Self::Sent => "sends mail under the name",
            Self::Linked => "leads to the name",
            Self::Certified => "has the name on its certificate",
            Self::Given => "gives an address under the name",
            Self::Listed => "a published list has the name",
        }
    }

    /// The same said of `n` actors.
    fn words(self, n: usize) -> String {
        let (one, many) = match self {
            Self::Own => ("site of the evidence stands under it", "sites of the evidence stand under it"),
            Self::Sent => ("sender writes from it", "senders write from it"),
            Self::Linked => ("leads there", "lead there"),
            Self::Certified => ("site has it on a certificate", "sites have it on a certificate"),
            Self::Given => ("site gives an address under it", "sites give an address under it"),
            Self::Listed => ("published list names it", "published lists name it"),
        };
        words::count(n, one, many)
    }
}

/// Traces kept of one way, and actors counted.
const TRACES: usize = 64;
const ACTORS: usize = 10_000;

/// A name and where it was met.
pub(super) struct Met<'b> {
    pub near: &'b Imitation,
    /// Traces that show it, by way.
    pub shares: Vec<(Way, Share)>,
    /// A page of the outlet's own leads to it.
    pub by_outlet: bool,
    /// Pages under it were built from the outlet's.
    pub copied: bool,
    /// Other outlets that names of the same owner are like, and at most how often chance would give so many.
    pub others: (usize, f64),
    actors: BTreeSet<(Way, ActorNo)>,
}

impl Met<'_> {
    fn take(&mut self, way: Way, share: &Share) {
        self.by_outlet |= way == Way::Linked && self.near.originals.binary_search(&share.actor).is_ok();
        if self.shares.iter().filter(|s| s.0 == way).count() < TRACES {
            self.shares.push((way, *share));
        }
        if self.actors.len() < ACTORS {
            self.actors.insert((way, share.actor));
        }
    }

    fn count(&self, way: Way) -> usize {
        self.actors.iter().filter(|a| a.0 == way).count()
    }

    /// How many ways there are.
    pub(super) fn ways(&self) -> usize {
        Way::ALL.iter().filter(|way| self.count(**way) > 0).count()
    }

    /// How many actors meet it.
    pub(super) fn reach(&self) -> usize {
        self.actors.len()
    }

    /// True where the name is more than a line in a list: somebody leads there or writes from it.
    pub(super) fn used(&self) -> bool {
        self.count(Way::Linked) + self.count(Way::Sent) > 0
    }

    /// What is said of one way; `None` where it was not met so.
    pub(super) fn said(&self, way: Way) -> Option<String> {
        Some(self.count(way)).filter(|n| *n > 0).map(|n| way.words(n))
    }
}

/// Fewest bits of another name of the owner's that counts.
const SISTER: f64 = 10.0;
/// No name.
const NONE: u32 = u32::MAX;

/// All names that nothing ties to their outlet, with the traces that show them.
pub(super) fn gather<'b>(board: &Board<'b>) -> Vec<Met<'b>> {
    let near = board.imitations.near.iter().filter(|n| !one_owner(board, n));
    let owned = Owned::new(board, SISTER);
    let mut met: Vec<Met<'b>> = near.map(|n| start(board, &owned, n)).collect();
    if met.is_empty() {
        return met;
    }
    let (mut of_object, mut of_actor) = (vec![NONE; board.objects.len()], vec![NONE; board.actors.len()]);
    for (i, m) in met.iter().enumerate() {
        m.near.objects.iter().for_each(|o| of_object[o.0 as usize] = i as u32);
        m.near.actors.iter().for_each(|a| of_actor[a.0 as usize] = i as u32);
    }
    let ways = ways(board);
    board.shares.each_object(&mut |ObjectNo(object), shares| {
        let (named, way) = (of_object[object as usize], ways[usize::from(board.object(ObjectNo(object)).kind.0)]);
        for share in shares {
            let own = of_actor[share.actor.0 as usize];
            let sender = own != NONE && board.actor(share.actor).sort == Sort::Mailbox;
            match way {
                _ if sender => met[own as usize].take(Way::Sent, share),
                // A site's trace of its own domain, which may be a wider name than the one that imitates.
                Some(Way::Own) if own != NONE => met[own as usize].take(Way::Own, share),
                Some(Way::Own) if named != NONE => met[named as usize].take(Way::Linked, share),
                Some(way) if named != NONE && named != own => met[named as usize].take(way, share),
                _ => {}
            }
        }
    });
    met.retain(|m| !m.shares.is_empty());
    met.iter_mut().for_each(|m| m.shares.sort_by_key(|s| (s.0, s.1.key())));
    met
}

/// How kinds of traces meet a name, by number of kind.
fn ways(board: &Board<'_>) -> Vec<Option<Way>> {
    let way = |id: &str| match id {
        "domain" => Some(Way::Own),
        "url" | "outgoing-domain" => Some(Way::Linked),
        "certificate-name" => Some(Way::Certified),
        "page-email" => Some(Way::Given),
        "message-id-domain" => Some(Way::Sent),
        "listed" => Some(Way::Listed),
        _ => None,
    };
    board.kinds.iter().map(|k| way(k.card.id)).collect()
}

/// Registration, servers or certificates tie a site under the name to the outlet: its own.
fn one_owner(board: &Board<'_>, near: &Imitation) -> bool {
    pairs(near).any(|(site, outlet)| common_owner::together(board, site, outlet))
}

fn start<'b>(board: &Board<'_>, owned: &Owned<'_>, near: &'b Imitation) -> Met<'b> {
    let copied = pairs(near).any(|pair| board.owners.copies.binary_search(&pair).is_ok());
    let others = owned.others(near);
    Met { near, shares: Vec::new(), by_outlet: false, copied, others, actors: BTreeSet::new() }
}

/// Sites under the name beside sites of the outlet, the first of each.
fn pairs(near: &Imitation) -> impl Iterator<Item = (ActorNo, ActorNo)> {
    let of = |near: &Imitation| near.originals.iter().copied().take(16).collect::<Vec<_>>();
    let originals = of(near);
    near.actors.iter().take(16).flat_map(move |a| originals.clone().into_iter().map(move |o| (*a, o)))
}
