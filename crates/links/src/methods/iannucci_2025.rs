//! Iannucci et al. (2025): a layer for each sort of act, in which acts on one thing count the more the closer in time they
//! are and the fewer accounts took part; layers are kept apart and then added up.
//!
//! How fast evidence fades is taken from the data, layer by layer: of some half-lives the one whose network falls into
//! communities best.

use crate::leiden::{communities, modularity};
use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{counts, decay, laid::Laid, laid::Window, outcome, top};
use model::{Acts, Card, Column, Coordination, Edges, Layer, Remark, Values, When};

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "iannucci-2025",
        about: "multiplex of node-normalised collaboration networks, evidence fading with the time between acts",
        source: "Iannucci, Muratore, Matakos & Kivelä 2025, Detecting Coordinated Activities Through Temporal, Multiplex, and Collaborative Analysis, arXiv:2512.19677; after Newman 2001, Scientific collaboration networks II, Phys. Rev. E 64 016132",
    },
    recipe: &[
        ("trace", "a layer each: repost, URL, hashtag, mention"),
        ("filter", "things that at least two accounts touched"),
        ("window", "decaying: evidence halves every half-life, and is dropped below 1 %"),
        ("similarity", "sum over pairs of acts on one thing of decay ÷ (accounts that touched the thing − 1)"),
        ("cut", "none"),
        ("communities", "multislice Leiden in the paper; Leiden over the sum of the layers here"),
    ],
    knobs: &[
        Knob {
            id: "half",
            about: "half-life of evidence; 0 for the one of 10s, 1m, 10m, 1h and 6h with the largest modularity, layer by layer",
            default: "0s",
            unit: Unit::Time,
        },
        Knob { id: "least", about: "least weight of an edge in a layer", default: "0", unit: Unit::Share },
    ],
    page: MethodPage {
        sees: "Accounts that do the same things close in time in any of several ways, small company counting more than a crowd.",
        wrong: "It knows no chance: two who meet once in a thing of their own weigh as much as two who meet in all of a small \
                group's. Adding layers up hides a community that shows in one of them only.",
        chosen: "Of the paper, the abstract and two summaries could be read, not the formulas: Newman's normalisation, the \
                 exponential kernel, the cut-off at a tolerance and the choice by modularity are told there. The tolerance \
                 (1 %), the half-lives tried and layers added up instead of a multislice are chosen. Repeated acts on one \
                 thing count each.",
    },
    run: Run::Recipe(|_| Reads { kinds: LAYERS.to_vec(), ..Reads::default() }, run),
};

const LAYERS: [&str; 4] = ["repost", "url", "hashtag", "mention"];
/// Seconds.
const HALVES: [f64; 5] = [10.0, 60.0, 600.0, 3600.0, 21_600.0];
/// Half-lives after which 1 % is left.
const FADED: f64 = 6.643_856;
/// Most edges of a layer held in memory.
const HELD: usize = 4_000_000;

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let mut remarks = Vec::new();
    let mut all: Vec<(u32, u32, f64, usize)> = Vec::new();
    for (number, kind) in LAYERS.iter().enumerate() {
        let layer = super::shared(acts.layer(kind));
        if layer.is_empty() {
            continue;
        }
        let (edges, half, cut) = best(&layer, acts.accounts.len(), asked);
        remarks.push(Remark::new(format!("{kind}: evidence halves every {half} s")));
        remarks.extend(
            cut.map(|cut| Remark::new(format!("{kind}: more than {HELD} pairs: those up to {cut:.2e} were left out"))),
        );
        all.extend((0..edges.len()).map(|at| (edges.source[at], edges.target[at], edges.weight[at], number)));
    }
    outcome::of(acts, added(all), remarks)
}

/// A layer's edges, its half-life, and what had to be left out.
fn best(layer: &Layer, accounts: usize, asked: &Asked) -> (Edges, f64, Option<f64>) {
    let least = asked.share("least");
    let set = asked.seconds("half");
    if set > 0.0 {
        let (edges, cut) = network(layer, accounts, set, least);
        return (edges, set, cut);
    }
    let mut found = (Edges::default(), HALVES[0], None, f64::NEG_INFINITY);
    for half in HALVES {
        let (edges, cut) = network(layer, accounts, half, least);
        let quality = split(accounts, &edges);
        if quality > found.3 {
            found = (edges, half, cut, quality);
        }
    }
    (found.0, found.1, found.2)
}

fn network(layer: &Layer, accounts: usize, half: f64, least: f64) -> (Edges, Option<f64>) {
    let window = (half * FADED * When::SECOND as f64) as i64;
    let laid = Laid::new(layer, accounts, Window::Within(window));
    let touched = accounts_of(layer);
    let weigh = |x: u32, y: u32| {
        let (row, other) = (laid.rows[x as usize], laid.rows[y as usize]);
        let apart = row.when.abs_diff(other.when) as f64 / When::SECOND as f64;
        let company = f64::from(touched[layer.what[row.act as usize] as usize]) - 1.0;
        decay::halving(apart, half) / company
    };
    let pairs = |f: &mut dyn FnMut(u32, u32, f64)| {
        counts::weights(&laid, accounts, &weigh, &mut |a, b, w| {
            if w >= least {
                f(a, b, w);
            }
        });
    };
    top::at_most(&pairs, HELD)
}

/// How many accounts touched each thing.
fn accounts_of(layer: &Layer) -> Vec<u32> {
    let mut pairs: Vec<(u32, u32)> = layer.what.iter().copied().zip(layer.who.iter().copied()).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut count = vec![0; layer.things.len()];
    pairs.iter().for_each(|p| count[p.0 as usize] += 1);
    count
}

/// Modularity of the best communities.
fn split(accounts: usize, edges: &Edges) -> f64 {
    let list: Vec<(u32, u32, f64)> =
        (0..edges.len()).map(|e| (edges.source[e], edges.target[e], edges.weight[e])).collect();
    modularity(accounts, &list, &communities(accounts, &list, 1))
}

/// Layers added up, with what each has.
fn added(mut all: Vec<(u32, u32, f64, usize)>) -> Edges {
    all.sort_by_key(|e| (e.0, e.1, e.3));
    let mut edges = Edges::default();
    let mut words = Vec::new();
    for same in all.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        edges.push(same[0].0, same[0].1, same.iter().map(|e| e.2).sum());
        let layers: Vec<String> = same.iter().map(|e| format!("{}:{:.4}", LAYERS[e.3], e.2)).collect();
        words.push(layers.join(" "));
    }
    edges.more = vec![Column { name: "layers", values: Values::Words(words) }];
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thing 0: accounts 0 and 1, 10 s apart. Thing 1: accounts 0, 1 and 2 at 0, 0 and 20 s. Half-life 10 s:
    /// 0–1 = ½ ÷ 1 + 1 ÷ 2; 0–2 = 1–2 = ¼ ÷ 2.
    #[test]
    fn weights_by_hand() {
        let layer = Layer {
            who: vec![0, 1, 0, 1, 2],
            what: vec![0, 0, 1, 1, 1],
            message: (0..5).collect(),
            when: [0, 10, 100, 100, 120].iter().map(|s| s * When::SECOND).collect(),
            things: vec![0; 2],
            ..Layer::default()
        };
        let (edges, cut) = network(&layer, 3, 10.0, 0.0);
        assert_eq!((edges.weight, cut), (vec![1.0, 0.125, 0.125], None));
        let (edges, _) = network(&layer, 3, 10.0, 0.5);
        assert_eq!(edges.weight, [1.0]);
    }

    #[test]
    fn layers_stay_visible() {
        let edges = added(vec![(0, 1, 0.5, 1), (1, 2, 1.0, 0), (0, 1, 0.25, 0)]);
        assert_eq!(edges.weight, [0.75, 1.0]);
        assert_eq!(
            edges.more[0].values,
            Values::Words(vec!["repost:0.2500 url:0.5000".into(), "repost:1.0000".into()])
        );
    }
}
