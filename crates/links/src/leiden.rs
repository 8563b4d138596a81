//! Communities of a weighted graph by the Leiden method with modularity, resolution 1.
//!
//! Moves nodes until none gains, splits every community into well-connected parts, makes a graph of the parts, and
//! again; whole rounds are repeated until modularity stands still. Every community is connected. Modularity cannot
//! tell small groups apart that hang together in a very large graph (its resolution limit); strewn groups it can.
//! Source: Traag, Waltman and van Eck (2019), "From Louvain to Leiden", Scientific Reports 9:5233, algorithm A.2.

use crate::background::mix;
use std::collections::VecDeque;

/// Randomness of the refinement (θ in the paper), in units of a node's strength.
const THETA: f64 = 0.01;
/// Rounds after which a graph that still changes is left as it is.
const ROUNDS: usize = 10;

/// A weighted undirected graph without parallel edges; self-loops are kept apart.
struct Graph {
    starts: Vec<usize>,
    edges: Vec<(u32, f64)>,
    /// Sum of the weights at each node, loops counted twice.
    strength: Vec<f64>,
    /// Twice the sum of all weights.
    total: f64,
}

/// Community of each node, numbered from 0 in order of their first node. `edges` are (node, other node, weight > 0),
/// each pair once. The same seed gives the same communities.
pub fn communities(nodes: usize, edges: &[(u32, u32, f64)], seed: u64) -> Vec<u32> {
    let graph = Graph::new(nodes, edges.to_vec(), vec![0.0; nodes]);
    let mut dice = Dice(seed);
    let mut best: Vec<u32> = (0..nodes as u32).collect();
    let mut quality = graph.modularity(&best);
    for _ in 0..ROUNDS {
        let next = graph.connected(&round(&graph, best.clone(), &mut dice));
        let reached = graph.modularity(&next);
        if reached <= quality + 1e-9 {
            break;
        }
        (best, quality) = (next, reached);
    }
    best
}

/// Connected component of each node, numbered from 0 in order of their first node.
pub fn components(nodes: usize, edges: &[(u32, u32, f64)]) -> Vec<u32> {
    Graph::new(nodes, edges.to_vec(), vec![0.0; nodes]).connected(&vec![0; nodes])
}

/// Modularity of a partition, resolution 1; 0 for a graph without edges.
pub fn modularity(nodes: usize, edges: &[(u32, u32, f64)], community: &[u32]) -> f64 {
    Graph::new(nodes, edges.to_vec(), vec![0.0; nodes]).modularity(community)
}

/// One run from the fine graph to the coarsest.
fn round(fine: &Graph, mut community: Vec<u32>, dice: &mut Dice) -> Vec<u32> {
    let mut home: Vec<u32> = (0..fine.len() as u32).collect();
    let mut coarse: Option<Graph> = None;
    loop {
        let graph = coarse.as_ref().unwrap_or(fine);
        graph.move_nodes(&mut community, dice);
        let parts = number(&graph.refine(&community, dice));
        let count = parts.iter().max().map_or(0, |m| *m as usize + 1);
        if count == graph.len() {
            return home.iter().map(|h| community[*h as usize]).collect();
        }
        let mut up = vec![0; count];
        parts.iter().zip(&community).for_each(|(part, c)| up[*part as usize] = *c);
        home.iter_mut().for_each(|h| *h = parts[*h as usize]);
        let next = graph.aggregate(&parts, count);
        community = number(&up);
        coarse = Some(next);
    }
}

impl Graph {
    fn new(nodes: usize, edges: Vec<(u32, u32, f64)>, mut strength: Vec<f64>) -> Self {
        let mut starts = vec![0; nodes + 1];
        for (x, y, w) in &edges {
            for node in [*x, *y] {
                starts[node as usize + 1] += 1;
                strength[node as usize] += w;
            }
        }
        (0..nodes).for_each(|n| starts[n + 1] += starts[n]);
        let mut free = starts.clone();
        let mut ends = vec![(0, 0.0); edges.len() * 2];
        for (x, y, w) in edges {
            for (node, other) in [(x, y), (y, x)] {
                ends[free[node as usize]] = (other, w);
                free[node as usize] += 1;
            }
        }
        let total = strength.iter().sum();
        Self { starts, edges: ends, strength, total }
    }

    fn len(&self) -> usize {
        self.strength.len()
    }

    fn around(&self, node: u32) -> &[(u32, f64)] {
        &self.edges[self.starts[node as usize]..self.starts[node as usize + 1]]
    }

    fn order(&self, dice: &mut Dice) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        for i in (1..order.len()).rev() {
            order.swap(i, (dice.unit() * (i + 1) as f64) as usize);
        }
        order
    }

    /// Fast local moving: a node goes where it gains most; its neighbours elsewhere are looked at again.
    fn move_nodes(&self, community: &mut [u32], dice: &mut Dice) {
        let mut queue: VecDeque<u32> = self.order(dice).into();
        let mut queued = vec![true; self.len()];
        let mut strength = vec![0.0; self.len()];
        let mut size = vec![0_u32; self.len()];
        for (node, c) in community.iter().enumerate() {
            strength[*c as usize] += self.strength[node];
            size[*c as usize] += 1;
        }
        let mut empty: Vec<u32> = (0..self.len() as u32).filter(|c| size[*c as usize] == 0).collect();
        let mut pulls = Pulls::new(self.len());
        for _ in 0..self.len() * 200 {
            let Some(node) = queue.pop_front() else { return };
            queued[node as usize] = false;
            let own = community[node as usize];
            strength[own as usize] -= self.strength[node as usize];
            pulls.gather(self.around(node), |n| Some(community[n as usize]));
            let share = self.strength[node as usize] / self.total;
            let gain = |c: u32| pulls.to(c) - share * strength[c as usize];
            let mut to = (own, gain(own) + 1e-12 * self.strength[node as usize]);
            for c in pulls.touched() {
                if gain(c) > to.1 {
                    to = (c, gain(c));
                }
            }
            if to.1 < 0.0 && size[own as usize] > 1 {
                to.0 = empty.pop().unwrap_or(own);
            }
            strength[to.0 as usize] += self.strength[node as usize];
            if to.0 == own {
                continue;
            }
            community[node as usize] = to.0;
            size[own as usize] -= 1;
            size[to.0 as usize] += 1;
            if size[own as usize] == 0 {
                empty.push(own);
            }
            for (n, _) in self.around(node) {
                if community[*n as usize] != to.0 && !queued[*n as usize] {
                    queued[*n as usize] = true;
                    queue.push_back(*n);
                }
            }
        }
    }

    /// Splits communities into well-connected parts: lone nodes join a part of their community at random, the likelier
    /// the more is gained, if both they and the part are well connected to the rest of the community.
    fn refine(&self, community: &[u32], dice: &mut Dice) -> Vec<u32> {
        let mut whole = vec![0.0; self.len()];
        (0..self.len()).for_each(|n| whole[community[n] as usize] += self.strength[n]);
        let mut part: Vec<u32> = (0..self.len() as u32).collect();
        let mut alone = vec![true; self.len()];
        let mut strength = self.strength.clone();
        let inside = |n: u32, c: u32| community[n as usize] == c;
        let mut cut: Vec<f64> = (0..self.len() as u32)
            .map(|n| self.around(n).iter().filter(|(m, _)| inside(*m, community[n as usize])).map(|(_, w)| w).sum())
            .collect();
        let mut pulls = Pulls::new(self.len());
        for node in self.order(dice) {
            let (at, c) = (node as usize, community[node as usize]);
            let well = |s: f64, cut: f64| cut >= s * (whole[c as usize] - s) / self.total - 1e-12;
            if !alone[at] || !well(self.strength[at], cut[at]) {
                continue;
            }
            pulls.gather(self.around(node), |n| inside(n, c).then(|| part[n as usize]));
            let gain = |p: u32| pulls.to(p) - self.strength[at] * strength[p as usize] / self.total;
            let open: Vec<(u32, f64)> = pulls
                .touched()
                .filter(|p| well(strength[*p as usize], cut[*p as usize]))
                .map(|p| (p, gain(p)))
                .filter(|(_, g)| *g > 0.0)
                .collect();
            let Some(to) = dice.choose(&open, self.strength[at] * THETA) else { continue };
            cut[to as usize] += cut[at] - 2.0 * pulls.to(to);
            strength[to as usize] += self.strength[at];
            (part[at], alone[at], alone[to as usize]) = (to, false, false);
        }
        part
    }

    fn aggregate(&self, part: &[u32], count: usize) -> Self {
        let mut loops = vec![0.0; count];
        let mut edges = Vec::with_capacity(self.edges.len() / 2);
        for node in 0..self.len() as u32 {
            let x = part[node as usize];
            let within: f64 = self.around(node).iter().filter(|(n, _)| part[*n as usize] == x).map(|(_, w)| w).sum();
            let all: f64 = self.around(node).iter().map(|(_, w)| w).sum();
            loops[x as usize] += self.strength[node as usize] - all + within;
            let out = self.around(node).iter().map(|(n, w)| (x, part[*n as usize], *w));
            edges.extend(out.filter(|(x, y, _)| x < y));
        }
        edges.sort_by_key(|(x, y, _)| (*x, *y));
        edges.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        Self::new(count, edges, loops)
    }

    /// The connected parts of communities, numbered in order of their first node.
    fn connected(&self, community: &[u32]) -> Vec<u32> {
        let mut part = vec![u32::MAX; self.len()];
        let (mut count, mut stack) = (0, vec![]);
        for node in 0..self.len() as u32 {
            if part[node as usize] != u32::MAX {
                continue;
            }
            part[node as usize] = count;
            stack.push(node);
            while let Some(at) = stack.pop() {
                for (n, _) in self.around(at) {
                    if part[*n as usize] == u32::MAX && community[*n as usize] == community[at as usize] {
                        part[*n as usize] = count;
                        stack.push(*n);
                    }
                }
            }
            count += 1;
        }
        part
    }

    fn modularity(&self, community: &[u32]) -> f64 {
        let mut strength = vec![0.0; self.len()];
        let mut within = 0.0;
        for node in 0..self.len() as u32 {
            let c = community[node as usize];
            strength[c as usize] += self.strength[node as usize];
            within +=
                self.around(node).iter().filter(|(n, _)| community[*n as usize] == c).map(|(_, w)| w).sum::<f64>();
        }
        if self.total <= 0.0 {
            return 0.0;
        }
        within / self.total - strength.iter().map(|s| (s / self.total) * (s / self.total)).sum::<f64>()
    }
}

/// Weight from one node to each community around it.
struct Pulls {
    weight: Vec<f64>,
    touched: Vec<u32>,
}

impl Pulls {
    fn new(communities: usize) -> Self {
        Self { weight: vec![0.0; communities], touched: vec![] }
    }

    fn gather(&mut self, around: &[(u32, f64)], of: impl Fn(u32) -> Option<u32>) {
        self.touched.drain(..).for_each(|c| self.weight[c as usize] = 0.0);
        for (node, weight) in around {
            let Some(c) = of(*node) else { continue };
            if self.weight[c as usize] == 0.0 {
                self.touched.push(c);
            }
            self.weight[c as usize] += weight;
        }
    }

    fn to(&self, community: u32) -> f64 {
        self.weight[community as usize]
    }

    fn touched(&self) -> impl Iterator<Item = u32> {
        self.touched.iter().copied()
    }
}

/// Numbers labels from 0 in order of first appearance.
fn number(labels: &[u32]) -> Vec<u32> {
    let mut numbers = vec![u32::MAX; labels.iter().max().map_or(0, |m| *m as usize + 1)];
    let mut next = 0;
    let mut number = |label: u32| {
        let n = &mut numbers[label as usize];
        if *n == u32::MAX {
            *n = next;
            next += 1;
        }
        *n
    };
    labels.iter().map(|l| number(*l)).collect()
}

/// Repeatable chance: SplitMix64.
struct Dice(u64);

impl Dice {
    /// A number from 0 up to, not including, 1.
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        (mix(self.0) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of these, each as likely as exp(gain / heat).
    fn choose(&mut self, open: &[(u32, f64)], heat: f64) -> Option<u32> {
        let most = open.iter().map(|(_, g)| *g).fold(f64::NEG_INFINITY, f64::max);
        let likely = |g: f64| ((g - most) / heat).exp();
        let mut at = self.unit() * open.iter().map(|(_, g)| likely(*g)).sum::<f64>();
        for (part, gain) in open {
            at -= likely(*gain);
            if at < 0.0 {
                return Some(*part);
            }
        }
        open.last().map(|(part, _)| *part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Zachary (1977), "An information flow model for conflict and fission in small groups".
    const KARATE: &[(u32, &[u32])] = &[
        (0, &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31]),
        (1, &[2, 3, 7, 13, 17, 19, 21, 30]),
        (2, &[3, 7, 8, 9, 13, 27, 28, 32]),
        (3, &[7, 12, 13]),
        (4, &[6, 10]),
        (5, &[6, 10, 16]),
        (6, &[16]),
        (8, &[30, 32, 33]),
        (9, &[33]),
        (13, &[33]),
        (14, &[32, 33]),
        (15, &[32, 33]),
        (18, &[32, 33]),
        (19, &[33]),
        (20, &[32, 33]),
        (22, &[32, 33]),
        (23, &[25, 27, 29, 32, 33]),
        (24, &[25, 27, 31]),
        (25, &[31]),
        (26, &[29, 33]),
        (27, &[33]),
        (28, &[31, 33]),
        (29, &[32, 33]),
        (30, &[32, 33]),
        (31, &[32, 33]),
        (32, &[33]),
    ];

    fn quality(nodes: usize, edges: &[(u32, u32, f64)], seed: u64) -> (f64, Vec<u32>) {
        let found = communities(nodes, edges, seed);
        assert_eq!(found, communities(nodes, edges, seed), "the same seed");
        let graph = Graph::new(nodes, edges.to_vec(), vec![0.0; nodes]);
        assert_eq!(found, graph.connected(&found), "connected, and numbered by first node");
        (graph.modularity(&found), found)
    }

    #[test]
    fn the_karate_club() {
        let edges: Vec<_> = KARATE.iter().flat_map(|(x, ys)| ys.iter().map(|y| (*x, *y, 1.0))).collect();
        assert_eq!(edges.len(), 78);
        for seed in 0..20 {
            let (q, found) = quality(34, &edges, seed);
            assert!(q >= 0.415, "seed {seed}: {q} with {found:?}");
        }
    }

    #[test]
    fn a_ring_of_cliques() {
        let mut edges = vec![];
        for clique in 0..12_u32 {
            let first = clique * 6;
            edges.extend((0..6).flat_map(|x| (0..x).map(move |y| (first + y, first + x, 1.0))));
            edges.push((first + 5, (first + 6) % 72, 1.0));
        }
        for seed in 0..10 {
            let (_, found) = quality(72, &edges, seed);
            assert!((0..72).all(|n| found[n] == n as u32 / 6), "seed {seed}: {found:?}");
        }
    }

    #[test]
    fn strewn_pairs_and_nothing() {
        assert!(communities(0, &[], 1).is_empty());
        assert_eq!(communities(3, &[], 1), [0, 1, 2]);
        assert_eq!(communities(5, &[(0, 3, 2.0), (1, 4, 1.0)], 1), [0, 1, 2, 0, 1]);
    }

    #[test]
    fn a_large_graph_with_planted_communities() {
        let mut dice = Dice(7);
        let (nodes, groups) = (2000, 20);
        let mut edges = std::collections::BTreeSet::new();
        while edges.len() < 20_000 {
            let x = (dice.unit() * f64::from(nodes)) as u32;
            let y = if dice.unit() < 0.8 {
                (dice.unit() * f64::from(nodes / groups)) as u32 * groups + x % groups
            } else {
                (dice.unit() * f64::from(nodes)) as u32
            };
            if x != y {
                edges.insert((x.min(y), x.max(y)));
            }
        }
        let edges: Vec<_> = edges.into_iter().map(|(x, y)| (x, y, 1.0)).collect();
        let (_, found) = quality(nodes as usize, &edges, 3);
        let right = (0..nodes).filter(|n| found[*n as usize] == found[(n % groups) as usize]).count();
        assert!(right >= 1990, "{right} of {nodes}");
    }
}
