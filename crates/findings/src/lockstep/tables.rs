//! What is left of a network at other windows and thresholds, and who is first: as small tables.

use super::facts::Facts;
use crate::words;
use model::{ActorNo, Board, Network, Quote, Share, Survival, Table};
use std::collections::BTreeMap;

/// Most members told one by one.
const MOST: usize = 20;

/// Both tables, each only where there is something to show.
pub(super) fn tables(board: &Board<'_>, network: &Network, facts: &Facts) -> Vec<Table> {
    survival(network).into_iter().chain(first_movers(board, facts)).collect()
}

/// One row a window, one column a threshold.
fn survival(network: &Network) -> Option<Table> {
    let rows: Vec<&[Survival]> = network.stability.chunk_by(|x, y| x.within == y.within).collect();
    let mut columns = vec!["Both within".to_owned()];
    columns.extend(rows.first()?.iter().map(|s| format!("{} things", s.objects)));
    let cell = |s: &Survival| Quote::from(format!("{} of {}", s.members, network.members.len()));
    let row = |of: &&[Survival]| {
        let within = Quote::from(words::span(of[0].within));
        std::iter::once(within).chain(of.iter().map(cell)).collect()
    };
    Some(Table {
        title: "Members that still hang together when a link asks for so many things of one kind, both within so long"
            .to_owned(),
        columns,
        rows: rows.iter().map(row).collect(),
    })
}

/// What one member began.
#[derive(Default)]
struct Began {
    /// Things it was the first member to touch.
    first: usize,
    /// Things it touched together with others.
    all: usize,
    /// Microseconds to the next member, for each of `first`.
    lead: Vec<i64>,
}

/// One row a member, the one that began most first.
fn first_movers(board: &Board<'_>, facts: &Facts) -> Option<Table> {
    let mut began: BTreeMap<ActorNo, Began> = BTreeMap::new();
    for touches in facts.touches.chunk_by(|x, y| x.object == y.object) {
        add(&mut began, touches);
    }
    let mut rows: Vec<(ActorNo, Began)> = began.into_iter().filter(|(_, b)| b.first > 0).collect();
    rows.sort_by_key(|(actor, b)| (std::cmp::Reverse(b.first), *actor));
    let row = |(actor, mut began): (ActorNo, Began)| {
        began.lead.sort_unstable();
        vec![
            board.actor(actor).name.clone(),
            Quote::from(words::thousands(began.first as u64)),
            Quote::from(words::thousands(began.all as u64)),
            Quote::from(words::span(began.lead[began.lead.len() / 2])),
        ]
    };
    (!rows.is_empty()).then(|| Table {
        title: "Who was the first of the members to touch a thing".to_owned(),
        columns: ["Actor", "Things begun", "Of things shared", "Median lead"].map(str::to_owned).to_vec(),
        rows: rows.into_iter().take(MOST).map(row).collect(),
    })
}

/// Touches of one thing, earliest first. Nobody began it where two were first at the same moment.
fn add(began: &mut BTreeMap<ActorNo, Began>, touches: &[Share]) {
    let mut who: Vec<ActorNo> = touches.iter().map(|t| t.actor).collect();
    who.sort_unstable();
    who.dedup();
    who.into_iter().for_each(|actor| began.entry(actor).or_default().all += 1);
    let Some(first) = touches.first() else { return };
    let next = touches.iter().find(|t| t.actor != first.actor);
    if let Some(next) = next.filter(|n| n.micros > first.micros) {
        let began = began.entry(first.actor).or_default();
        began.first += 1;
        began.lead.push(next.micros.saturating_sub(first.micros));
    }
}
