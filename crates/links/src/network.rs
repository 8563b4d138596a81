//! Networks: communities of links, who stands in their middle, and what chance would give.
//!
//! Edges weigh as many objects as the link's fullest kind. Each connected component is searched by itself, so that
//! evidence elsewhere does not change it, and stays whole unless its communities describe who is linked to whom in
//! fewer nats than one community does, the description of the communities themselves paid for (minimum description
//! length of a block model: Rosvall and Bergstrom 2007; Peixoto 2013): a random graph splits, but does not pay.
//! Centrality is the leading eigenvector of each network's
//! weights, by power iteration on I + A (the shift keeps a star from swinging), scaled to 1 at the most central.
//! A network is looked for, so it has no p of its own; its chance says how many of its pairs would pass the same cut.
//! Source: Bonacich (1972), "Factoring and weighting approaches to status scores and clique identification".

use crate::judge::NULL;
use crate::leiden::{communities, components};
use model::{ActorNo, Chance, Link, Member, Network};
use std::collections::BTreeMap;

/// Networks of at least two members, largest first, then by their smallest member.
pub fn networks(links: &[Link], seed: u64) -> Vec<Network> {
    let mut actors: Vec<ActorNo> = links.iter().flat_map(|l| [l.a, l.b]).collect();
    actors.sort_unstable();
    actors.dedup();
    let place = |a: ActorNo| actors.partition_point(|x| *x < a) as u32;
    let edges: Vec<(u32, u32, f64)> = links.iter().map(|l| (place(l.a), place(l.b), f64::from(l.weight()))).collect();
    let of = groups(actors.len(), &edges, seed);
    let standing = Standing::of(links, &edges, &of);
    let count = of.iter().max().map_or(0, |m| *m as usize + 1);
    let mut members: Vec<Vec<Member>> = vec![vec![]; count];
    for (at, actor) in actors.iter().enumerate() {
        members[of[at] as usize].push(standing.member(at, *actor));
    }
    let mut inside: Vec<Vec<usize>> = vec![vec![]; count];
    for (at, (x, y, _)) in edges.iter().enumerate() {
        if of[*x as usize] == of[*y as usize] {
            inside[of[*x as usize] as usize].push(at);
        }
    }
    let cut = links.iter().map(|l| l.p).fold(0.0, f64::max);
    let mut networks: Vec<(ActorNo, Network)> =
        members.into_iter().zip(inside).filter(|(m, _)| m.len() > 1).map(|(m, l)| network(m, l, links, cut)).collect();
    networks.sort_by(|(a, x), (b, y)| y.members.len().cmp(&x.members.len()).then(a.cmp(b)));
    networks.into_iter().map(|(_, n)| n).collect()
}

/// Community of each node, numbered from 0.
pub fn groups(nodes: usize, edges: &[(u32, u32, f64)], seed: u64) -> Vec<u32> {
    let component = components(nodes, edges);
    let count = component.iter().max().map_or(0, |m| *m as usize + 1);
    let (mut nodes_of, mut edges_of) = (vec![vec![]; count], vec![vec![]; count]);
    let mut local = vec![0; nodes];
    for (node, c) in component.iter().enumerate() {
        local[node] = nodes_of[*c as usize].len() as u32;
        nodes_of[*c as usize].push(node as u32);
    }
    for (x, y, w) in edges {
        edges_of[component[*x as usize] as usize].push((local[*x as usize], local[*y as usize], *w));
    }
    let (mut of, mut next) = (vec![0; nodes], 0);
    for (members, edges) in nodes_of.iter().zip(&edges_of) {
        let mut found = communities(members.len(), edges, seed);
        if !pays(edges, &found) {
            found.fill(0);
        }
        members.iter().zip(&found).for_each(|(node, c)| of[*node as usize] = next + c);
        next += found.iter().max().map_or(0, |m| m + 1);
    }
    of
}

/// Whether communities describe the links of a component more shortly than one community.
fn pays(edges: &[(u32, u32, f64)], community: &[u32]) -> bool {
    let count = community.iter().max().map_or(0, |m| *m as usize + 1);
    let mut sizes = vec![0.0_f64; count];
    community.iter().for_each(|c| sizes[*c as usize] += 1.0);
    let mut between: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for (x, y, _) in edges {
        let (x, y) = (community[*x as usize], community[*y as usize]);
        *between.entry((x.min(y), x.max(y))).or_default() += 1.0;
    }
    let blocks: f64 = between
        .iter()
        .map(|((x, y), links)| {
            let (n, m) = (sizes[*x as usize], sizes[*y as usize]);
            nats(*links, if x == y { n * (n - 1.0) / 2.0 } else { n * m })
        })
        .sum();
    let (nodes, k) = (community.len() as f64, count as f64);
    let pairs = nodes * (nodes - 1.0) / 2.0;
    let communities = nodes * k.ln() + (between.len() as f64 - 1.0) / 2.0 * pairs.ln();
    count > 1 && blocks + communities < nats(edges.len() as f64, pairs)
}

/// Nats that say which of some pairs are linked.
fn nats(links: f64, pairs: f64) -> f64 {
    let part = |n: f64| if n > 0.0 { -n * (n / pairs).ln() } else { 0.0 };
    part(links) + part(pairs - links)
}

fn network(mut members: Vec<Member>, inside: Vec<usize>, links: &[Link], cut: f64) -> (ActorNo, Network) {
    let first = members[0].actor;
    members.sort_by(|x, y| y.centrality.total_cmp(&x.centrality).then(x.actor.cmp(&y.actor)));
    let pairs = members.len() as f64 * (members.len() as f64 - 1.0) / 2.0;
    let chance = Chance {
        unit: "links".to_owned(),
        observed: inside.len() as f64,
        expected: pairs * cut,
        p: None,
        fdr: Some(inside.iter().map(|at| links[*at].q).fold(0.0, f64::max)),
        null: format!("Of as many pairs as the members form, those that would pass the same cut. {NULL}"),
    };
    (first, Network { members, links: inside, objects: vec![], stability: vec![], chance, permuted: None })
}

/// Each actor's place within its network.
struct Standing {
    degree: Vec<u32>,
    centrality: Vec<f64>,
    first: Vec<u64>,
    decided: Vec<u64>,
}

impl Standing {
    fn of(links: &[Link], edges: &[(u32, u32, f64)], community: &[u32]) -> Self {
        let nodes = community.len();
        let mut standing =
            Self { degree: vec![0; nodes], centrality: vec![], first: vec![0; nodes], decided: vec![0; nodes] };
        let mut inside = vec![];
        for (link, &(x, y, w)) in links.iter().zip(edges) {
            if community[x as usize] == community[y as usize] {
                inside.push((x as usize, y as usize, w));
                standing.add(link, x as usize, y as usize);
            }
        }
        standing.centrality = centrality(&inside, community);
        standing
    }

    fn add(&mut self, link: &Link, x: usize, y: usize) {
        let Some(kind) = link.strongest() else { return };
        for (node, leads) in [(x, kind.first_leads), (y, kind.second_leads)] {
            self.degree[node] += 1;
            self.first[node] += u64::from(leads);
            self.decided[node] += u64::from(kind.first_leads) + u64::from(kind.second_leads);
        }
    }

    fn member(&self, at: usize, actor: ActorNo) -> Member {
        let leads = if self.decided[at] == 0 { 0.5 } else { self.first[at] as f64 / self.decided[at] as f64 };
        Member { actor, degree: self.degree[at], centrality: self.centrality[at], leads }
    }
}

/// All networks at once: they share no edge.
pub(crate) fn centrality(inside: &[(usize, usize, f64)], community: &[u32]) -> Vec<f64> {
    let mut now = vec![1.0; community.len()];
    for _ in 0..500 {
        let mut next = now.clone();
        for &(x, y, w) in inside {
            next[x] += w * now[y];
            next[y] += w * now[x];
        }
        scale(&mut next, community);
        let moved = now.iter().zip(&next).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
        now = next;
        if moved < 1e-10 {
            break;
        }
    }
    now.iter().map(|c| (c * 1e9).round() / 1e9).collect()
}

fn scale(values: &mut [f64], community: &[u32]) {
    let mut most = vec![0.0_f64; values.len()];
    values.iter().zip(community).for_each(|(v, c)| most[*c as usize] = most[*c as usize].max(*v));
    values.iter_mut().zip(community).for_each(|(v, c)| *v /= most[*c as usize].max(f64::MIN_POSITIVE));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::background::mix;

    #[test]
    fn components_by_themselves() {
        let clique = |from: u32, n: u32| (0..n).flat_map(move |x| (0..x).map(move |y| (from + y, from + x, 2.0)));
        let mut edges: Vec<_> = clique(0, 6).chain(clique(6, 6)).chain(clique(12, 9)).collect();
        edges.push((5, 6, 1.0));
        edges.retain(|(x, y, _)| (x + y) % 7 != 0 || *x < 12);
        let expected: Vec<u32> = (0..21).map(|n| (n / 6).min(2)).collect();
        assert_eq!(groups(21, &edges, 1), expected);
        assert!(groups(0, &[], 1).is_empty());
    }

    #[test]
    fn a_random_graph_stays_whole() {
        let seen = |x: u32, y: u32| mix(u64::from(x * 97 + y)).is_multiple_of(4);
        let edges: Vec<(u32, u32, f64)> =
            (0..30).flat_map(|y| (0..y).filter(move |x| seen(*x, y)).map(move |x| (x, y, 1.0))).collect();
        let of = groups(30, &edges, 1);
        assert!(of.iter().all(|c| *c == of[0]), "{of:?}");
    }

    #[test]
    fn two_cliques_with_many_ties_between_are_two() {
        let tied = |x: u32, y: u32| (x < 10) == (y < 10) || (x < 4 && y < 16);
        let edges: Vec<(u32, u32, f64)> =
            (0..24).flat_map(|y| (0..y).filter(move |x| tied(*x, y)).map(move |x| (x, y, 2.0))).collect();
        let expected: Vec<u32> = (0..24).map(|n| u32::from(n >= 10)).collect();
        assert_eq!(groups(24, &edges, 1), expected);
    }

    #[test]
    fn a_star_and_a_pair() {
        let edges = [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0), (0, 4, 1.0), (5, 6, 3.0)];
        let found = centrality(&edges, &[0, 0, 0, 0, 0, 1, 1]);
        for (at, expected) in [1.0, 0.5, 0.5, 0.5, 0.5, 1.0, 1.0].into_iter().enumerate() {
            assert!((found[at] - expected).abs() < 1e-8, "{at}: {}", found[at]);
        }
    }
}
