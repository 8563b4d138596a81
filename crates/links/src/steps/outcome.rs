//! From edges to what a method says: scores, networks, one order.

use crate::network::groups;
use model::{Acts, Coordination, Edges};
use std::collections::BTreeMap;

/// Scores by largest edge, networks by communities of the edges; see the method's page where it differs.
#[must_use]
pub fn of(acts: &Acts, edges: Edges, remarks: Vec<model::Remark>) -> Coordination {
    let count = acts.accounts.len();
    let mut scores = vec![0.0_f64; count];
    for ((a, b), w) in edges.source.iter().zip(&edges.target).zip(&edges.weight) {
        for end in [a, b] {
            let score = &mut scores[*end as usize];
            *score = score.max(*w);
        }
    }
    let networks = networks(count, &edges);
    let remarks = acts.remarks.iter().cloned().chain(remarks).collect();
    Coordination { accounts: acts.accounts.clone(), edges, scores, networks, remarks }
}

/// Communities of at least two accounts, numbered from 1, largest first, then by their first account.
fn networks(accounts: usize, edges: &Edges) -> Vec<u32> {
    let mut whole: Vec<(u32, u32, f64)> = edges
        .source
        .iter()
        .zip(&edges.target)
        .zip(&edges.weight)
        .map(|((a, b), w)| (*a.min(b), *a.max(b), w.max(f64::MIN_POSITIVE)))
        .collect();
    whole.sort_by_key(|e| (e.0, e.1));
    whole.dedup_by(|later, first| {
        let same = (later.0, later.1) == (first.0, first.1);
        if same {
            first.2 += later.2;
        }
        same
    });
    let mut nodes: Vec<u32> = whole.iter().flat_map(|e| [e.0, e.1]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let place = |a: u32| nodes.partition_point(|n| *n < a) as u32;
    let local: Vec<(u32, u32, f64)> = whole.iter().map(|(a, b, w)| (place(*a), place(*b), *w)).collect();
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, group) in groups(nodes.len(), &local, 1).into_iter().enumerate() {
        members.entry(group).or_default().push(nodes[at]);
    }
    let mut members: Vec<Vec<u32>> = members.into_values().filter(|m| m.len() > 1).collect();
    members.sort_by(|x, y| y.len().cmp(&x.len()).then(x[0].cmp(&y[0])));
    let mut out = vec![0; accounts];
    for (number, members) in members.iter().enumerate() {
        members.iter().for_each(|m| out[*m as usize] = number as u32 + 1);
    }
    out
}
