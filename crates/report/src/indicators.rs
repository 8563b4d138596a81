//! Which actors may be handed on as indicators: those of findings that are at least moderate and that nobody dismissed.
//! Files are told by their seals elsewhere; a place alone (a host everyone uses) is kept out by the findings' own rules.

use crate::words;
use model::{Confidence, Dossier, Sort};
use std::collections::BTreeSet;

/// Their numbers in the dossier, in order.
pub fn actors(d: &Dossier) -> Vec<u32> {
    let open = |f: &&model::Finding| f.confidence >= Confidence::Moderate && !words::dismissed(d, f);
    let all: BTreeSet<u32> = d.findings.iter().filter(open).flat_map(|f| &f.actors).map(|a| a.0).collect();
    all.into_iter().filter(|a| words::actor(d, *a).is_some_and(|a| a.sort != Sort::File)).collect()
}
