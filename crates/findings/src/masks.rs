//! Which sites wear another's face: its menu and its name, or a name written like its own.

use crate::common_owner;
use model::{ActorNo, Board, Imitation, Masked};
use std::collections::BTreeMap;

/// Fewest bits of a name written like an outlet's.
const BITS: f64 = 10.0;

/// What a site wears.
#[derive(Default, Clone)]
pub(crate) struct Mask<'b> {
    /// Pages whose menu leads to another site and that give its name as theirs.
    pub pages: Vec<&'b Masked>,
    /// The outlet's name that its own is written like.
    pub like: Option<&'b Imitation>,
}

/// Sites with a mask. Those that registration or servers tie to the one they are like are its own.
pub(crate) fn of<'b>(board: &Board<'b>) -> BTreeMap<ActorNo, Mask<'b>> {
    let mut out: BTreeMap<ActorNo, Mask<'b>> = BTreeMap::new();
    let own = |site: ActorNo, original: ActorNo| common_owner::together(board, site, original);
    for page in board.articles.masked.iter().filter(|m| m.named) {
        if !page.original.is_some_and(|o| own(page.site, o)) {
            out.entry(page.site).or_default().pages.push(page);
        }
    }
    for near in board.imitations.near.iter().filter(|n| n.bits >= BITS) {
        for site in near.actors.iter().filter(|a| board.actor(**a).sort == model::Sort::Site) {
            if !near.originals.iter().take(16).any(|o| own(*site, *o)) {
                out.entry(*site).or_default().like.get_or_insert(near);
            }
        }
    }
    out
}
