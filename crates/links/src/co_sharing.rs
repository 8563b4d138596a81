//! Co-sharing: two actors that touched the same things within a window, more often than chance has it.
//!
//! Meetings are counted in time and memory linear in an object's popularity; accounts that only ever meet in objects
//! too crowded to pair everyone are found by a sample. Two accounts with the same habits in the same audience look
//! alike to it: that is an innocent explanation, not a network's crime.
//! Sources: Keller et al. (2020), "Political astroturfing on Twitter"; Pacheco et al. (2021), "Uncovering coordinated
//! networks on social media"; Nizzoli et al. (2021), "Coordinated behavior on social media".

use crate::background::{BOUNDS, Background, Bounds};
use crate::crowd::Crowds;
use crate::judge::{Judged, Keep, judge};
use crate::seen::{Seen, search};
use crate::tally::{self, Tallies};
use crate::{Input, Way, network::networks, show::show};
use model::{ActorNo, ActorScore, Card, KindNo, Link, Linked};
use std::collections::BTreeMap;

/// The drawer.
pub const CO_SHARING: Way = Way {
    card: Card {
        id: "co-sharing",
        about: "links actors that touch the same objects within a window more often than chance",
        source: "Keller et al. 2020; Pacheco et al. 2021; communities by Traag et al. 2019",
    },
    link: |input| link(input, &BOUNDS),
};

/// What pairs alone show.
pub struct Pairs {
    /// Links at the rate asked for, sorted, with no witnesses yet.
    pub links: Vec<Link>,
    /// ln p of each actor that was judged, sorted by actor.
    pub scores: Vec<(ActorNo, f64)>,
    /// How many pairs met, over all kinds.
    pub tested: u64,
    /// Largest p that survived, by kind.
    pub cut: Vec<f64>,
    /// What a reader must know.
    pub remarks: Vec<String>,
}

/// Pairs that met more often than chance has it.
pub fn pairs(input: &Input<'_>, bounds: &Bounds, keep: Keep<'_>) -> Pairs {
    let background = Background::of(input, bounds);
    let seen = search(input, &background, bounds);
    let chosen = tally::Pairs::new(&seen.pairs, input.actors.len());
    let tallies = Tallies::of(input, &background, &chosen);
    let Judged { links, scores, cut } = judge(input, &background, &seen, (&chosen, &tallies), keep);
    Pairs { links, scores, cut, tested: seen.met.iter().sum(), remarks: remarks(input, &background, &seen) }
}

fn link(input: &Input<'_>, bounds: &Bounds) -> Linked {
    let found = pairs(input, bounds, Keep::Rate(input.settings.fdr));
    let mut links = found.links;
    let mut networks = networks(&links, input.settings.seed);
    show(input, &mut links, &mut networks, (&Crowds::none(), &[]));
    let worst = links.iter().map(|l| l.q).fold(0.0, f64::max);
    Linked {
        expected_false: links.len() as f64 * worst,
        permuted: None,
        remarks: found.remarks,
        scores: found.scores.into_iter().map(|(actor, ln_p)| ActorScore::of(actor, ln_p)).collect(),
        insufficient: vec![],
        tested: found.tested,
        links,
        networks,
    }
}

fn remarks(input: &Input<'_>, background: &Background, seen: &Seen) -> Vec<String> {
    let mut out = vec![];
    let mut crowded: BTreeMap<KindNo, u32> = BTreeMap::new();
    for (object, _) in &background.crowded {
        *crowded.entry(input.objects[object.0 as usize].kind).or_default() += 1;
    }
    let name = |kind: usize| input.kinds[kind].card.id;
    for (kind, objects) in crowded {
        out.push(format!(
            "{objects} object(s) of kind {} were touched by so many within one window that new pairs were looked for \
             among a sample of the accounts only; pairs that met elsewhere were counted in full.",
            name(usize::from(kind.0))
        ));
    }
    if seen.level > 0 {
        out.push(format!(
            "Too many pairs met often: only pairs within a fixed sample of one account in {} were kept.",
            1_u64 << seen.level
        ));
    }
    for (kind, untimed) in background.untimed().enumerate().filter(|(_, n)| *n > 0) {
        out.push(format!("{untimed} touch(es) of kind {} have no known time and were not compared.", name(kind)));
    }
    out
}

#[cfg(test)]
mod tests;
