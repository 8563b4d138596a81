//! Hristakieva et al. (2022): the most active reposters, as alike as their reposts, and of that network the backbone.

use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{backbone::Strengths, outcome, vectors::Measure, vectors::Vectors};
use model::{Acts, Card, Coordination, Edges, Layer};

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "hristakieva-2022",
        about: "the most active reposters, by the cosine of their reposts, and of these the multiscale backbone",
        source: "Hristakieva et al. 2022, The Spread of Propaganda by Coordinated Communities on Social Media, WebSci '22; after Nizzoli et al. 2021, Coordinated Behavior on Social Media in 2019 UK General Election, ICWSM 15",
    },
    recipe: &[
        ("trace", "repost"),
        ("filter", "the accounts with the most reposts (superspreaders)"),
        ("window", "whole"),
        ("similarity", "cosine of TF-IDF"),
        ("cut", "disparity backbone"),
        ("communities", "Louvain in the paper; Leiden here"),
    ],
    knobs: &[
        Knob {
            id: "spreaders",
            about: "share of the reposting accounts that is compared, the most active",
            default: "0.01",
            unit: Unit::Share,
        },
        Knob {
            id: "alpha",
            about: "significance an edge of the backbone must reach",
            default: "0.05",
            unit: Unit::Share,
        },
    ],
    page: MethodPage {
        sees: "Communities of tireless reposters who repost the same things.",
        wrong: "It knows no time: an audience of one party or paper looks like a network, and the paper says so itself: \
                coordination here has degrees, and is no verdict. Whoever reposts little is not looked at.",
        chosen: "Of the papers, abstracts, a survey's tables and code that repeats the method could be read, not the full \
                 text: filter, similarity and backbone are named there, the significance (0.05) is chosen. Accounts with as \
                 many reposts as the last one taken are taken too. Degrees of coordination – communities at one cut after \
                 the other – are not computed.",
    },
    run: Run::Recipe(|_| Reads { kinds: vec!["repost"], ..Reads::default() }, run),
};

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let accounts = acts.accounts.len();
    let layer = spreaders(acts.layer("repost"), accounts, asked.share("spreaders"));
    let vectors = Vectors::of(&layer, accounts, Measure::Cosine);
    let mut strengths = Strengths::new(accounts);
    vectors.each_pair(&mut |a, b, w| {
        if w > 0.0 {
            strengths.add(a, b, w);
        }
    });
    let mut edges = Edges::default();
    vectors.each_pair(&mut |a, b, w| {
        if w > 0.0 && strengths.disparity(a, b, w) <= asked.share("alpha") {
            edges.push(a, b, w);
        }
    });
    outcome::of(acts, edges, vec![])
}

/// Only acts of the most active accounts, at least this share of those with any.
fn spreaders(layer: &Layer, accounts: usize, share: f64) -> Layer {
    let mut count = vec![0_u32; accounts];
    layer.who.iter().for_each(|who| count[*who as usize] += 1);
    let mut sorted: Vec<u32> = count.into_iter().filter(|n| *n > 0).collect();
    sorted.sort_unstable_by(|x, y| y.cmp(x));
    let taken = (sorted.len() as f64 * share).ceil() as usize;
    let least = taken.checked_sub(1).and_then(|last| sorted.get(last)).copied().unwrap_or(u32::MAX);
    super::active(layer, accounts, least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_active_and_those_like_them() {
        let who = vec![0, 0, 0, 1, 1, 2, 2, 3];
        let columns = vec![0; who.len()];
        let layer = Layer {
            what: columns.clone(),
            message: columns,
            when: vec![0; who.len()],
            who,
            things: vec![0],
            ..Layer::default()
        };
        for (share, taken) in [(0.25, vec![0, 0, 0]), (0.5, vec![0, 0, 0, 1, 1, 2, 2]), (0.0, vec![])] {
            assert_eq!(spreaders(&layer, 5, share).who, taken, "{share}");
        }
    }
}
