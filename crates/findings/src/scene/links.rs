//! Co-sharing by its plain definition, for scenes.
//!
//! Chance: the second actor's touches fall anywhere in the time the case covers; expected objects are summed over the
//! objects both touched. Networks are connected components. Quadratic within a window: scenes are small.

use super::stage::Table;
use crate::chance;
use model::{
    ActorInfo, ActorNo, Chance, KindCount, KindInfo, KindNo, Link, LinkSettings, Linked, Member, Network, ObjectInfo,
    Share, Shares, When, WitnessPair,
};
use std::collections::{BTreeMap, BTreeSet};

type Counts = BTreeMap<KindNo, (KindCount, Vec<WitnessPair>)>;
type Pairs = BTreeMap<(ActorNo, ActorNo), Counts>;

pub(super) fn link(
    kinds: &[KindInfo],
    actors: &[ActorInfo],
    objects: &[ObjectInfo],
    table: &Table,
    settings: &LinkSettings,
) -> Linked {
    let known = table.0.iter().map(|s| s.micros).filter(|m| *m != When::UNKNOWN);
    let length = (known.clone().max().unwrap_or(0) - known.min().unwrap_or(0)).max(1) as f64;
    let mut pairs = Pairs::new();
    table.each_object(&mut |object, shares| {
        let kind = objects[object.0 as usize].kind;
        if let Some(window) = kinds[usize::from(kind.0)].window {
            sweep(&mut pairs, kind, window, window as f64 / length, shares);
        }
    });
    let tested = pairs.len() as u64;
    pairs.retain(|_, kinds| kinds.values().any(|k| k.0.objects >= settings.min_objects));
    let mut links: Vec<Link> = pairs.into_iter().map(finish).collect();
    let qs = chance::fdr(&links.iter().map(|l| l.p).collect::<Vec<_>>(), tested as usize);
    links.iter_mut().zip(qs).for_each(|(l, q)| l.q = q);
    links.retain(|l| l.q <= settings.fdr);
    let networks = networks(&links, actors.len());
    Linked { links, networks, tested, ..Linked::default() }
}

fn sweep(pairs: &mut Pairs, kind: KindNo, window: i64, part: f64, shares: &[Share]) {
    let mut seen = BTreeSet::new();
    for (i, x) in shares.iter().enumerate().filter(|s| s.1.micros != When::UNKNOWN) {
        for y in shares[i + 1..].iter().take_while(|y| y.micros - x.micros <= window).filter(|y| y.actor != x.actor) {
            let (first, second) = if x.actor < y.actor { (x, y) } else { (y, x) };
            let entry = pairs.entry((first.actor, second.actor)).or_default().entry(kind);
            let (count, witnesses) = entry.or_insert_with(|| (empty(kind), Vec::new()));
            count.times += 1;
            count.lag += y.micros - x.micros;
            count.first_leads += u32::from(first.micros < second.micros);
            count.second_leads += u32::from(second.micros < first.micros);
            if seen.insert((first.actor, second.actor)) {
                count.objects += 1;
                count.expected += (2.0 * part).min(1.0);
                witnesses.push(WitnessPair { object: x.object, first: *first, second: *second });
            }
        }
    }
}

fn empty(kind: KindNo) -> KindCount {
    KindCount { kind, within: 0, objects: 0, times: 0, first_leads: 0, second_leads: 0, lag: 0, expected: 0.0, p: 1.0 }
}

fn finish(((a, b), by_kind): ((ActorNo, ActorNo), Counts)) -> Link {
    let mut witnesses = Vec::new();
    let mut kinds = Vec::new();
    for (_, (mut count, seen)) in by_kind {
        count.p = chance::poisson_tail(u64::from(count.objects), count.expected);
        kinds.push(count);
        witnesses.extend(seen.into_iter().take(3));
    }
    let least = kinds.iter().map(|k| k.p).fold(1.0, f64::min);
    Link { a, b, p: (least * kinds.len() as f64).min(1.0), q: 1.0, kinds, witnesses, met: vec![] }
}

fn networks(links: &[Link], actors: usize) -> Vec<Network> {
    let mut root: Vec<usize> = (0..actors).collect();
    for link in links {
        let (x, y) = (top(&mut root, link.a.0 as usize), top(&mut root, link.b.0 as usize));
        root[x.max(y)] = x.min(y);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, link) in links.iter().enumerate() {
        groups.entry(top(&mut root, link.a.0 as usize)).or_default().push(i);
    }
    let mut out: Vec<Network> = groups.into_values().map(|inside| network(links, inside)).collect();
    out.sort_by_key(|n| (std::cmp::Reverse(n.members.len()), n.members[0].actor));
    out
}

fn top(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

fn network(links: &[Link], inside: Vec<usize>) -> Network {
    let mut of: BTreeMap<ActorNo, (u32, u32, u32)> = BTreeMap::new();
    let mut kinds: BTreeMap<KindNo, u32> = BTreeMap::new();
    for link in inside.iter().map(|i| &links[*i]) {
        for k in &link.kinds {
            let most = kinds.entry(k.kind).or_default();
            *most = k.objects.max(*most);
        }
        let leads = link.kinds.iter().fold((0, 0), |n, k| (n.0 + k.first_leads, n.1 + k.second_leads));
        for (actor, first, all) in [(link.a, leads.0, leads.0 + leads.1), (link.b, leads.1, leads.0 + leads.1)] {
            let m = of.entry(actor).or_default();
            *m = (m.0 + 1, m.1 + first, m.2 + all);
        }
    }
    let most = of.values().map(|m| m.0).max().unwrap_or(1);
    let mut members: Vec<Member> = of.into_iter().map(|(actor, m)| member(actor, m, most)).collect();
    members.sort_by_key(|m| (std::cmp::Reverse(m.degree), m.actor));
    let chance = Chance {
        unit: "links".to_owned(),
        observed: inside.len() as f64,
        expected: inside.iter().map(|i| links[*i].q).sum(),
        p: None,
        fdr: None,
        null: "Each account posts the same things at any time of the case.".to_owned(),
    };
    Network { members, links: inside, objects: kinds.into_iter().collect(), stability: vec![], chance, permuted: None }
}

fn member(actor: ActorNo, (degree, first, all): (u32, u32, u32), most: u32) -> Member {
    let leads = if all == 0 { 0.5 } else { f64::from(first) / f64::from(all) };
    Member { actor, degree, centrality: f64::from(degree) / f64::from(most), leads }
}
