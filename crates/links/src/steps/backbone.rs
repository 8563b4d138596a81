//! Backbones: the edges of a network that stand out of what surrounds them.
//!
//! The disparity filter asks whether an edge takes more of a node's strength than a random share would; the neighbourhood
//! overlap asks whether its two ends have the same neighbours. Sources: Serrano, Boguñá & Vespignani 2009, "Extracting
//! the multiscale backbone of complex weighted networks", eq. 2; Easley & Kleinberg 2010, ch. 3.3, for the overlap.

use crate::alike::in_common;
use std::collections::BTreeMap;

/// How strong each node is and how many edges it has: what the disparity filter needs to know beforehand, so that edges
/// need not stand in memory.
#[derive(Debug, Clone, Default)]
pub struct Strengths {
    strength: Vec<f64>,
    degree: Vec<u32>,
}

impl Strengths {
    /// Of so many nodes, without edges yet.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self { strength: vec![0.0; nodes], degree: vec![0; nodes] }
    }

    /// Counts an edge.
    pub fn add(&mut self, a: u32, b: u32, weight: f64) {
        for end in [a, b] {
            self.strength[end as usize] += weight;
            self.degree[end as usize] += 1;
        }
    }

    /// Significance of an edge: the smaller of its two ends' `(1 - share of strength)^(degree - 1)`; 1 at an end of
    /// degree one, which cannot tell.
    #[must_use]
    pub fn disparity(&self, a: u32, b: u32, weight: f64) -> f64 {
        let at = |end: u32| {
            let (s, k) = (self.strength[end as usize], self.degree[end as usize]);
            if k < 2 { 1.0 } else { (1.0 - weight / s).max(0.0).powi(i32::try_from(k - 1).unwrap_or(i32::MAX)) }
        };
        at(a).min(at(b))
    }
}

/// Of each edge the share of its ends' neighbours that are neighbours of both, the ends themselves left out; 0 where
/// they have no others.
#[must_use]
pub fn overlap(edges: &[(u32, u32)]) -> Vec<f64> {
    let mut around: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (a, b) in edges {
        around.entry(*a).or_default().push(*b);
        around.entry(*b).or_default().push(*a);
    }
    around.values_mut().for_each(|n| n.sort_unstable());
    edges.iter().map(|(a, b)| common(&around[a], &around[b])).collect()
}

/// Both lists hold the other's end.
fn common(x: &[u32], y: &[u32]) -> f64 {
    let both = in_common(x, y);
    let all = x.len() + y.len() - both - 2;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heavy_edge_stands_out_of_light_ones() {
        let edges = [(0, 1, 8.0), (0, 2, 1.0), (0, 3, 1.0)];
        let mut strengths = Strengths::new(4);
        edges.iter().for_each(|(a, b, w)| strengths.add(*a, *b, *w));
        let p: Vec<f64> = edges.iter().map(|(a, b, w)| strengths.disparity(*a, *b, *w)).collect();
        assert!((p[0] - 0.04).abs() < 1e-12 && (p[1] - 0.81).abs() < 1e-12, "{p:?}");
    }

    /// 0 and 1 have 2 in common and 3 apart; 0 and 3 have nobody in common and 1 and 2 apart.
    #[test]
    fn overlap_by_hand() {
        let found = overlap(&[(0, 1), (0, 2), (0, 3), (1, 2)]);
        let by_hand = [0.5, 0.5, 0.0, 1.0];
        assert!(found.iter().zip(by_hand).all(|(x, y)| (x - y).abs() < 1e-12), "{found:?}");
        assert_eq!(overlap(&[(5, 9)]), [0.0]);
    }
}
