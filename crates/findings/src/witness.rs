//! Picks the traces that show a finding best: at most 24, of as many actors and objects as there are.

use model::{AtLeastOne, Board, Share, Witness};
use std::collections::BTreeMap;

/// Most witnesses of one finding.
const MOST: usize = 24;
/// Candidates looked at.
const LOOKED: usize = 4096;

/// The best of `candidates` (best first, each with what it shows), spread over actors and objects.
pub(crate) fn pick(board: &Board<'_>, candidates: &[(Share, String)]) -> Option<AtLeastOne<Witness>> {
    let (mut by_actor, mut by_object) = (BTreeMap::new(), BTreeMap::new());
    let mut ranked: Vec<(usize, usize)> = Vec::new();
    for (i, (share, _)) in candidates.iter().take(LOOKED).enumerate() {
        let actor: &mut usize = by_actor.entry(share.actor).or_default();
        let object: &mut usize = by_object.entry(share.object).or_default();
        ranked.push(((*actor).max(*object / 3), i));
        *actor += 1;
        *object += 1;
    }
    ranked.sort_unstable();
    ranked.truncate(MOST);
    let mut chosen: Vec<usize> = ranked.into_iter().map(|r| r.1).collect();
    chosen.sort_unstable();
    AtLeastOne::new(chosen.into_iter().map(|i| witness(board, &candidates[i])).collect())
}

fn witness(board: &Board<'_>, (share, shows): &(Share, String)) -> Witness {
    Witness {
        place: share.place(board.evidence),
        actor: Some(share.actor),
        when: share.when(),
        shows: shows.clone(),
        quote: board.object(share.object).value.clone(),
    }
}
