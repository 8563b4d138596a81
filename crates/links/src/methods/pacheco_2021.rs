//! Pacheco et al. (2021): one framework – a trace, a weight, a similarity, a cut; networks are what hangs together – and
//! five case studies, one file each. What they share stands here.

pub mod co_retweet;
pub mod handle;
pub mod hashtag_sequence;
pub mod image;
pub mod synchronised;

use crate::method::{Knob, Paper, Unit};
use crate::steps::{outcome, top, vectors::Measure, vectors::Vectors};
use model::{Acts, Coordination, Layer};

const PAPER: Paper = Paper {
    source: "Pacheco et al. 2021, Uncovering Coordinated Networks on Social Media: Methods and Case Studies, ICWSM 15",
    wrong: "It knows no chance and, apart from the bins of the synchronised case and the days of hashtag sequences, no time: \
     an audience of one source looks like a network. A cut at a share of all pairs always leaves some.",
};

const fn share(default: &'static str) -> Knob {
    Knob { id: "top", about: "share of all pairs that is kept, the most alike", default, unit: Unit::Share }
}

const fn fewest(default: &'static str) -> Knob {
    Knob { id: "active", about: "fewest acts of an account that is compared", default, unit: Unit::Count }
}

/// Accounts with at least `active` acts, compared; the most alike share of the pairs is kept.
fn alike(acts: &Acts, layer: &Layer, measure: Measure, share: f64, active: u32) -> Coordination {
    let vectors = Vectors::of(&super::active(layer, acts.accounts.len(), active), acts.accounts.len(), measure);
    outcome::of(acts, top::above(&|f| vectors.each_pair(f), share, 0.0), vec![])
}
