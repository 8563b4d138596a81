//! Luceri et al. (2024): similarity networks by five traces, one file each, fused, and pruned by the centrality of nodes
//! instead of the weight of edges. What they share stands here.
//!
//! The definitions are those of the authors' published code (TF-IDF as scikit-learn has it); where code and abstract
//! leave something open, the page says what was chosen.

pub mod co_retweet;
pub mod co_url;
pub mod fast_retweet;
pub mod fused;
pub mod hashtag_sequence;
pub mod text_similarity;

use crate::method::{Asked, Knob, Paper, Unit};
use crate::steps::{outcome, pruned, top, vectors::Measure, vectors::Vectors};
use model::{Acts, Coordination, Edges, Layer, Remark};

const PAPER: Paper = Paper {
    source: "Luceri, Pantè, Burghardt & Ferrara 2024, Unmasking the Web of Deceit: Uncovering Coordinated Activity to \
     Expose Information Operations on Twitter, WWW '24, doi:10.1145/3589334.3645529, and the authors' code",
    wrong: "It knows no chance: an audience that reposts one source is as central as a farm, and some accounts are \
     always the most central. Centrality looks at the part of the network with the largest eigenvalue; tight groups \
     elsewhere get none.",
};
/// Most edges of a network held in memory.
const HELD: usize = 8_000_000;

const CENTRAL: Knob = Knob {
    id: "central",
    about: "quantile of the accounts' eigenvector centrality below which accounts go",
    default: "0.9",
    unit: Unit::Share,
};

/// A network of similarities, and what had to be left out of it.
#[derive(Default)]
struct Network {
    edges: Edges,
    remarks: Vec<Remark>,
}

impl Network {
    /// By the cosine of what accounts touched, each thing once; things of one account alone are left out.
    fn of_things(acts: &Acts, layer: &Layer) -> Self {
        Self::of_counts(acts, &super::shared(&super::once(layer)))
    }

    /// By the cosine of how often accounts touched things.
    fn of_counts(acts: &Acts, layer: &Layer) -> Self {
        let vectors = Vectors::of(layer, acts.accounts.len(), Measure::SmoothCosine);
        Self::of_pairs(layer.kind, &|f| vectors.each_pair(f))
    }

    fn of_pairs(kind: &str, pairs: top::Pairs<'_>) -> Self {
        let (edges, cut) = top::at_most(pairs, HELD);
        let said = |cut| format!("{kind}: more pairs than {HELD}: those of a similarity up to {cut:.3} were left out");
        Self { edges, remarks: cut.map(|cut| Remark::new(said(cut))).into_iter().collect() }
    }

    /// The edges among the most central accounts; every account scored by its centrality.
    fn pruned(self, acts: &Acts, asked: &Asked) -> Coordination {
        let central = pruned::central(acts.accounts.len(), &self.edges);
        let left = pruned::pruned(&self.edges, &central, asked.share("central"));
        Coordination { scores: central, ..outcome::of(acts, left, self.remarks) }
    }
}
