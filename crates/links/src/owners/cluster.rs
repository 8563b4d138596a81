//! Clusters as a forest of the strongest edges: whatever holds a member is one edge of it.

use super::pairs::Edge;
use std::collections::BTreeMap;

/// Trees over the sites.
pub struct Forest {
    root: Vec<u32>,
    pub edges: Vec<Edge>,
}

/// A tree of at least two sites.
pub struct Tree {
    pub members: Vec<u32>,
    /// Its edges.
    pub held: Vec<usize>,
    pub weakest: usize,
    /// Sizes of the parts without it, the smaller first.
    pub parts: (u32, u32),
}

impl Forest {
    pub fn new(sites: usize) -> Self {
        Self { root: (0..sites as u32).collect(), edges: Vec::new() }
    }

    /// Takes an edge unless its ends are joined already.
    pub fn add(&mut self, edge: Edge) {
        let (x, y) = (self.top(edge.a), self.top(edge.b));
        if x != y {
            self.root[x.max(y) as usize] = x.min(y);
            self.edges.push(edge);
        }
    }

    /// The tree a site stands in, named by its smallest member.
    pub fn top(&mut self, site: u32) -> u32 {
        let mut at = site;
        while self.root[at as usize] != at {
            self.root[at as usize] = self.root[self.root[at as usize] as usize];
            at = self.root[at as usize];
        }
        at
    }

    /// Each site's tree.
    pub fn groups(&self) -> Vec<u32> {
        let mut copy = Self { root: self.root.clone(), edges: Vec::new() };
        (0..self.root.len() as u32).map(|s| copy.top(s)).collect()
    }

    /// Trees with at least `least` members, by smallest member.
    pub fn trees(&self, least: usize) -> Vec<Vec<u32>> {
        let mut by_root: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (site, root) in self.groups().into_iter().enumerate() {
            by_root.entry(root).or_default().push(site as u32);
        }
        by_root.into_values().filter(|m| m.len() >= least).collect()
    }

    /// Every tree of at least two, with what holds it.
    pub fn clusters(&self) -> Vec<Tree> {
        let group = self.groups();
        let mut held: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (no, edge) in self.edges.iter().enumerate() {
            held.entry(group[edge.a as usize]).or_default().push(no);
        }
        let trees = self.trees(2);
        trees.into_iter().filter_map(|members| self.tree(held.remove(&group[members[0] as usize])?, members)).collect()
    }

    fn tree(&self, held: Vec<usize>, members: Vec<u32>) -> Option<Tree> {
        let bits = |e: &usize| self.edges[*e].bits;
        let weakest = held.iter().copied().min_by(|x, y| bits(x).total_cmp(&bits(y)).then(x.cmp(y)))?;
        let start = self.edges[weakest].a;
        let mut next: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for edge in held.iter().filter(|e| **e != weakest).map(|e| &self.edges[*e]) {
            next.entry(edge.a).or_default().push(edge.b);
            next.entry(edge.b).or_default().push(edge.a);
        }
        let (mut seen, mut todo) = (std::collections::BTreeSet::from([start]), vec![start]);
        while let Some(at) = todo.pop() {
            let fresh = next.get(&at).into_iter().flatten().copied().filter(|n| seen.insert(*n));
            todo.extend(fresh.collect::<Vec<_>>());
        }
        let (one, all) = (seen.len() as u32, members.len() as u32);
        Some(Tree { members, held, weakest, parts: (one.min(all - one), one.max(all - one)) })
    }
}
