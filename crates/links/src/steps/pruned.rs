//! A network without its less central nodes.
//!
//! Centrality is the leading eigenvector of the weights, 1 at the most central; nodes below the quantile go, with their
//! edges. Only the part of a network with the largest eigenvalue has any: other parts, however tight, count as 0.
//! Source: Luceri et al. 2024; Bonacich 1972.

use super::cut::quantile;
use crate::network::centrality;
use model::Edges;

/// Centrality of each of `nodes` nodes; 0 without an edge.
#[must_use]
pub fn central(nodes: usize, edges: &Edges) -> Vec<f64> {
    let ends = edges.source.iter().zip(&edges.target).zip(&edges.weight);
    let inside: Vec<(usize, usize, f64)> = ends.map(|((a, b), w)| (*a as usize, *b as usize, *w)).collect();
    let mut linked = vec![false; nodes];
    inside.iter().for_each(|(a, b, _)| (linked[*a], linked[*b]) = (true, true));
    let mut found = centrality(&inside, &vec![0; nodes]);
    found.iter_mut().zip(&linked).filter(|(_, linked)| !**linked).for_each(|(c, _)| *c = 0.0);
    found
}

/// The edges among nodes whose centrality is not below the quantile of all that have edges.
#[must_use]
pub fn pruned(edges: &Edges, central: &[f64], share: f64) -> Edges {
    let mut linked: Vec<u32> = edges.source.iter().chain(&edges.target).copied().collect();
    linked.sort_unstable();
    linked.dedup();
    let mut values: Vec<f64> = linked.iter().map(|n| central[*n as usize]).collect();
    values.sort_unstable_by(f64::total_cmp);
    let least = quantile(&values, share);
    let stays = |n: u32| central[n as usize] >= least;
    let mut out = Edges { directed: edges.directed, ..Edges::default() };
    for ((a, b), w) in edges.source.iter().zip(&edges.target).zip(&edges.weight) {
        if stays(*a) && stays(*b) {
            out.push(*a, *b, *w);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A triangle with a tail: the tail's end is the least central, and goes first.
    #[test]
    fn the_tail_goes() {
        let mut edges = Edges::default();
        [(0, 1), (0, 2), (1, 2), (2, 3)].iter().for_each(|(a, b)| edges.push(*a, *b, 1.0));
        let central = central(6, &edges);
        assert!(central[2] > central[0] && central[0] > central[3] && central[3] > 0.0, "{central:?}");
        assert_eq!(central[4], 0.0);
        let left = pruned(&edges, &central, 0.3);
        assert_eq!((left.source, left.target), (vec![0, 0, 1], vec![1, 2, 2]));
        assert_eq!(pruned(&edges, &central, 0.0).len(), 4);
    }
}
