//! Picks the traces that show a finding best: at most 24, of as many kinds, objects and actors as there are.

use model::{AtLeastOne, Board, KindNo, ObjectNo, Share, Witness};
use std::collections::BTreeMap;

/// Most witnesses of one finding.
const MOST: usize = 24;
/// Candidates looked at.
const LOOKED: usize = 4096;

/// The best of `candidates` (best first, each with what it shows), spread over kinds, objects and actors.
pub(crate) fn pick(board: &Board<'_>, candidates: &[(Share, String)]) -> Option<AtLeastOne<Witness>> {
    let candidates = &candidates[..candidates.len().min(LOOKED)];
    let order = mixed(board, candidates);
    let (mut by_actor, mut by_object) = (BTreeMap::new(), BTreeMap::new());
    let mut ranked: Vec<(usize, usize)> = Vec::new();
    for (n, i) in order.iter().enumerate() {
        let share = &candidates[*i].0;
        let actor: &mut usize = by_actor.entry(share.actor).or_default();
        let object: &mut usize = by_object.entry(share.object).or_default();
        ranked.push(((*actor).max(*object / 3), n));
        *actor += 1;
        *object += 1;
    }
    ranked.sort_unstable();
    ranked.truncate(MOST);
    let mut chosen: Vec<usize> = ranked.into_iter().map(|r| r.1).collect();
    chosen.sort_unstable();
    AtLeastOne::new(chosen.into_iter().map(|n| witness(board, &candidates[order[n]])).collect())
}

/// The candidates' indices, kinds taking turns object by object.
fn mixed(board: &Board<'_>, candidates: &[(Share, String)]) -> Vec<usize> {
    let mut met: BTreeMap<KindNo, BTreeMap<ObjectNo, usize>> = BTreeMap::new();
    let mut turn = |share: &Share| {
        let objects = met.entry(board.object(share.object).kind).or_default();
        let next = objects.len();
        *objects.entry(share.object).or_insert(next)
    };
    let mut order: Vec<(usize, usize)> = candidates.iter().enumerate().map(|(i, c)| (turn(&c.0), i)).collect();
    order.sort_unstable();
    order.into_iter().map(|o| o.1).collect()
}

fn witness(board: &Board<'_>, (share, shows): &(Share, String)) -> Witness {
    Witness {
        place: share.place(board.evidence),
        actor: Some(share.actor),
        when: share.when(),
        shows: shows.clone(),
        quote: board.object(share.object).value.clone(),
        words: model::Quote::default(),
    }
}
