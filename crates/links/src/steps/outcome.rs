//! From edges to what a method says: scores, networks, one order.

use crate::network::groups;
use model::{Acts, Coordination, Edges, Layer, Remark, When};
use std::collections::BTreeMap;

/// Scores by largest edge, networks by communities of the edges; see the method's page where it differs.
#[must_use]
pub fn of(acts: &Acts, edges: Edges, remarks: Vec<Remark>) -> Coordination {
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

/// What a window cannot tell where all times are whole minutes: two acts a window apart may be nearly a minute further
/// from each other. `window` in microseconds.
#[must_use]
pub fn coarse(layer: &Layer, window: i64) -> Option<Remark> {
    const MINUTE: i64 = 60 * When::SECOND;
    let whole = layer.len() > 1 && layer.when.iter().all(|when| when.rem_euclid(MINUTE) == 0);
    let apart = layer.when.iter().any(|when| *when != layer.when[0]);
    (whole && apart && window < 10 * MINUTE).then(|| {
        let seconds = window / When::SECOND;
        let most = window / MINUTE * 60 + 59;
        Remark::new(format!("all times are whole minutes: a window of {seconds} s takes in acts up to {most} s apart"))
    })
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
    // Edges can be many times the accounts: they are renumbered where they stand.
    let mut place = vec![u32::MAX; accounts];
    whole.iter().flat_map(|e| [e.0, e.1]).for_each(|end| place[end as usize] = 0);
    let nodes: Vec<u32> = (0..accounts as u32).filter(|a| place[*a as usize] == 0).collect();
    (0..).zip(&nodes).for_each(|(at, node)| place[*node as usize] = at);
    whole.iter_mut().for_each(|e| (e.0, e.1) = (place[e.0 as usize], place[e.1 as usize]));
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, group) in groups(nodes.len(), &whole, 1).into_iter().enumerate() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_minutes_are_told() {
        let of = |seconds: &[i64]| {
            let when: Vec<i64> = seconds.iter().map(|s| s * When::SECOND).collect();
            let layer = Layer { who: vec![0; when.len()], when, ..Layer::default() };
            coarse(&layer, 60 * When::SECOND).map(|r| r.text)
        };
        assert!(of(&[0, 60, 180]).is_some_and(|text| text.ends_with("up to 119 s apart")));
        assert_eq!((of(&[0, 60, 61]), of(&[60, 60]), of(&[])), (None, None, None));
    }
}
