//! Shared owners by their plain definition: every pair of sites, every value, no hubs and no suppliers. Good for scenes
//! and nothing else: the real weighing lives in the room `links`.

use model::{
    ActorInfo, ActorNo, Cluster, Grounds, KindInfo, ObjectInfo, ObjectNo, Owners, Ownership, Share, Shares, Sort, Tied,
    TiedBy,
};
use std::collections::BTreeMap;

/// Fewest bits of a tie.
const CUT: f64 = 14.3;

pub(super) fn tie(kinds: &[KindInfo], actors: &[ActorInfo], objects: &[ObjectInfo], shares: &dyn Shares) -> Owners {
    let mut by_pair: BTreeMap<(ActorNo, ActorNo), Vec<(&str, TiedBy)>> = BTreeMap::new();
    let mut copies = Vec::new();
    let info = |object: ObjectNo| &objects[object.0 as usize];
    shares.each_object(&mut |object, rows| {
        let of = sites(actors, rows);
        match kinds[usize::from(info(object).kind.0)].ownership {
            Ownership::None => {}
            Ownership::CopiedFrom => {
                let named = actors.iter().position(|a| a.sort == Sort::Site && a.name == info(object).value);
                copies.extend(named.into_iter().flat_map(|n| of.iter().map(move |s| (*s, ActorNo(n as u32)))));
            }
            Ownership::Shared(tie) => {
                let by = TiedBy { object, bits: (f64::from(tie.floor) * f64::from(tie.same) / 100.0).log2() };
                for (i, a) in of.iter().enumerate() {
                    of[i + 1..].iter().for_each(|b| by_pair.entry((*a, *b)).or_default().push((tie.family, by)));
                }
            }
        }
    });
    let copied = |a: ActorNo, b: ActorNo| copies.contains(&(a, b)) || copies.contains(&(b, a));
    let copyable = |by: &TiedBy| match kinds[usize::from(info(by.object).kind.0)].ownership {
        Ownership::Shared(tie) => tie.copyable,
        _ => false,
    };
    let tied = by_pair.into_iter().filter_map(|((a, b), mut by)| {
        by.retain(|(_, by)| !(copied(a, b) && copyable(by)));
        let mut families: Vec<&str> = by.iter().map(|b| b.0).collect();
        families.sort_unstable();
        families.dedup();
        let bits: f64 = by.iter().map(|b| b.1.bits).sum();
        let by = by.into_iter().map(|b| b.1).collect();
        (families.len() > 1 && bits >= CUT).then_some(Tied { a, b, bits, grounds: Grounds::Rare, by })
    });
    let tied: Vec<Tied> = tied.collect();
    let clusters = clusters(&tied);
    let all = actors.iter().filter(|a| a.sort == Sort::Site).count() as u64;
    Owners { sites: all, clusters, tied, platforms: Vec::new(), copies, cut: CUT }
}

fn sites(actors: &[ActorInfo], rows: &[Share]) -> Vec<ActorNo> {
    let mut of: Vec<ActorNo> =
        rows.iter().map(|s| s.actor).filter(|a| actors[a.0 as usize].sort == Sort::Site).collect();
    of.sort_unstable();
    of.dedup();
    of
}

fn clusters(tied: &[Tied]) -> Vec<Cluster> {
    let mut groups: Vec<(Vec<ActorNo>, Vec<usize>)> = Vec::new();
    for (no, edge) in tied.iter().enumerate() {
        let touches = |g: &(Vec<ActorNo>, Vec<usize>)| g.0.contains(&edge.a) || g.0.contains(&edge.b);
        let (with, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(touches);
        let mut one = (vec![edge.a, edge.b], vec![no]);
        with.into_iter().for_each(|g| (one.0.extend(g.0), one.1.extend(g.1)).0);
        groups = rest;
        groups.push(one);
    }
    let built = groups.into_iter().map(|(mut members, mut held)| {
        members.sort_unstable();
        members.dedup();
        held.sort_unstable();
        let all = members.len() as u32;
        Cluster { weakest: held[0], members, held, parts: (1, all - 1) }
    });
    let mut built: Vec<Cluster> = built.collect();
    built.sort_by_key(|c| (std::cmp::Reverse(c.members.len()), c.members[0]));
    built
}
