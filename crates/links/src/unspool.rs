//! The default: pairs that met more often than chance has it, and crowds that came again, fused with all they show.
//!
//! Pairs ([`crate::co_sharing`]) see two actors with many meetings within a kind's window; crowds ([`crate::crowd`],
//! [`crate::recur`]) see a group by a few occasions, at every time scale and across kinds. Each view is held to half of
//! the false discovery rate. Neither knows who follows whom: an audience of one source that is small and quick looks
//! like a group to both.

use crate::allow::Allowed;
use crate::background::BOUNDS;
use crate::co_sharing::{Pairs, pairs};
use crate::crowd::Crowds;
use crate::insufficient::{NETWORKS, by_background, by_times};
use crate::judge::Keep;
use crate::pool::Pool;
use crate::recur::{Recurrences, recurrences};
use crate::ties::{Ties, fuse, ties};
use crate::{Input, Way, network::networks, permuted, score::scores, show::show};
use model::{ActorNo, Card, Linked};

/// Most touches of crowds held at once: 16 bytes each, and as many again for what is found of them.
const TOUCHES: usize = 8_000_000;

/// The drawer.
pub const UNSPOOL: Way = Way {
    card: Card {
        id: "unspool",
        about: "links actors that meet more often than chance, and groups that come together again and again",
        source: "ours; after Pacheco et al. 2021, Nizzoli et al. 2021; scan statistics: Naus 1965; FDR: Benjamini and \
                 Hochberg 1995; communities: Traag et al. 2019",
    },
    link,
};

fn link(input: &Input<'_>) -> Linked {
    let allowed = Allowed::of(input);
    let input = &Input { shares: &allowed, ..*input };
    let fdr = input.settings.fdr / 2.0;
    let by_pairs = pairs(input, &BOUNDS, Keep::Rate(fdr));
    let (crowds, pool, found) = crowds(input);
    let by_crowds = ties(&crowds, &found, &pool, fdr, input.settings.min_objects);
    let scores = scores(&crowds, &found, &by_pairs.scores);
    let mut remarks = remarks(&by_pairs, &crowds, &found, &by_crowds);
    remarks.extend(allowed.remark());
    let cut = Cut::of(&by_pairs, &found, fdr);
    let mut links = fuse(by_pairs.links, by_crowds.links);
    let mut insufficient = by_times(input);
    insufficient.extend(by_background(&links, scores.len()));
    let claimed = !insufficient.iter().any(|i| i.what == NETWORKS);
    let mut networks = if claimed { networks(&links, input.settings.seed) } else { vec![] };
    show(input, &mut links, &mut networks, (&crowds, &by_crowds.crowds));
    let permuted = permuted::check(input, &mut networks, &|dealt| cut.pairs(dealt));
    remarks.extend(permuted::remark(&links, permuted));
    Linked {
        permuted,
        expected_false: links.iter().map(|l| l.q).sum(),
        tested: by_pairs.tested + found.tested,
        remarks,
        scores,
        insufficient,
        links,
        networks,
    }
}

fn crowds(input: &Input<'_>) -> (Crowds, Pool, Recurrences) {
    let mut pool = Pool::of(input);
    let crowds = Crowds::of(input, &pool, TOUCHES);
    let found = recurrences(&crowds, &mut pool, input.actors.len());
    (crowds, pool, found)
}

/// The largest p that survived in either view.
struct Cut {
    /// By kind.
    pairs: Vec<f64>,
    /// ln p of a recurrence.
    crowds: f64,
}

impl Cut {
    fn of(pairs: &Pairs, found: &Recurrences, fdr: f64) -> Self {
        let kept = found.all.iter().filter(|r| r.q <= fdr);
        Self { pairs: pairs.cut.clone(), crowds: kept.map(|r| r.ln_p).fold(f64::NEG_INFINITY, f64::max) }
    }

    /// Pairs of another table that pass the same cut.
    fn pairs(&self, input: &Input<'_>) -> Vec<(ActorNo, ActorNo)> {
        let by_pairs = pairs(input, &BOUNDS, Keep::AtMost(&self.pairs));
        let (crowds, pool, mut found) = crowds(input);
        found.all.iter_mut().for_each(|r| r.q = if r.ln_p <= self.crowds { 0.0 } else { 1.0 });
        let by_crowds = ties(&crowds, &found, &pool, input.settings.fdr / 2.0, input.settings.min_objects);
        fuse(by_pairs.links, by_crowds.links).iter().map(|l| (l.a, l.b)).collect()
    }
}

fn remarks(pairs: &Pairs, crowds: &Crowds, found: &Recurrences, ties: &Ties) -> Vec<String> {
    let mut out = pairs.remarks.clone();
    if crowds.least > 2 {
        out.push(format!("There were so many crowds that those of fewer than {} actors were left out.", crowds.least));
    }
    if found.busy > 0 {
        out.push(format!("{} actor(s) were in so many crowds that only the smallest were compared.", found.busy));
    }
    if ties.cut {
        out.push("So many pairs were tied by crowds that the least certain were left out.".to_owned());
    }
    out
}
