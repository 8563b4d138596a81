//! Weber & Neumann (2021): a latent coordination network per window, combined in a frame that slides over the windows
//! while older ones fade; of it the highly coordinating communities.
//!
//! Evidence of a pair in a window is the pairs of acts on one thing. `focal` grows a group in each community by its
//! heaviest edges for as long as these keep up with the others (FSA_V in the paper).

use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{bins, decay, laid::Laid, laid::Window, meetings, outcome};
use model::{Acts, Card, Coordination, Edges, When};
use std::collections::BTreeMap;

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "weber-neumann-2021",
        about: "latent coordination networks per window, in a sliding frame with decay, and their focal structures",
        source: "Weber & Neumann 2021, Amplifying influence through coordinated behaviour in social networks, Social Network Analysis and Mining 11:111",
    },
    recipe: &[
        ("trace", "one kind: repost, URL, hashtag, mention, domain, reply"),
        (
            "window",
            "tumbling, from the first act on; a frame of windows slides over them, each older one fading by alpha",
        ),
        ("similarity", "count of pairs of acts on one thing within a window, summed over the frame with decay"),
        ("cut", "focal structures: in each community the heaviest edges, for as long as the mean keeps up (FSA_V)"),
        ("communities", "Louvain in the paper; Leiden here"),
    ],
    knobs: &[
        Knob {
            id: "kind",
            about: "what is shared",
            default: "repost",
            unit: Unit::Word(&["repost", "url", "hashtag", "mention", "domain", "reply-to"]),
        },
        Knob { id: "window", about: "length of a window", default: "15m", unit: Unit::Time },
        Knob { id: "frame", about: "windows in a frame", default: "5", unit: Unit::Count },
        Knob { id: "alpha", about: "what is left of evidence a window later", default: "0.9", unit: Unit::Share },
        Knob { id: "min", about: "least weight of an edge before the cut", default: "1", unit: Unit::Count },
        Knob {
            id: "theta",
            about: "how far the mean weight may fall for another edge, in standard deviations",
            default: "0.3",
            unit: Unit::Share,
        },
        Knob {
            id: "cut",
            about: "focal structures, or every edge",
            default: "focal",
            unit: Unit::Word(&["focal", "none"]),
        },
    ],
    page: MethodPage {
        sees: "Groups that do the same within minutes, window after window, rather than once.",
        wrong: "It knows no chance: popular things link whoever was there. A tumbling window parts what stands on both sides \
                of its edge. A community with one very heavy pair keeps little else.",
        chosen: "The frame gives one network per place of the frame; here an edge has the most that it ever held. Weights \
                 are counts; the authors' later code also scales them by the pair's share of its evidence, which the \
                 article's abstract does not say. theta is 0.3; the authors' code has 0.5 as its default.",
    },
    run: Run::Recipe(reads, run),
};

fn reads(asked: &Asked) -> Reads {
    Reads { kinds: vec![asked.word("kind")], ..Reads::default() }
}

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let layer = acts.layer(asked.word("kind"));
    let (accounts, width) = (acts.accounts.len(), asked.micros("window").max(When::SECOND));
    let first = layer.when.iter().copied().min().unwrap_or(0);
    let laid = Laid::new(&bins::of(layer, width, |_| first), accounts, Window::Whole);
    let window = |at: u32, _: u32| Some((laid.rows[at as usize].when - first).div_euclid(width));
    let (frame, alpha, least) = (asked.count("frame"), asked.share("alpha"), f64::from(asked.count("min")));
    let mut edges = Edges::default();
    meetings::each(&laid, accounts, &window, &mut |a, b, met| {
        met.sort_by_key(|m| m.1);
        let counts: Vec<(i64, f64)> = met.chunk_by(|x, y| x.1 == y.1).map(|m| (m[0].1, m.len() as f64)).collect();
        let weight = decay::strongest_frame(&counts, frame, alpha);
        if weight >= least {
            edges.push(a, b, weight);
        }
    });
    if asked.word("cut") == "focal" {
        edges = focal(acts, edges, asked.share("theta"));
    }
    outcome::of(acts, edges, vec![])
}

/// The focal structure of each community, edges in their order.
fn focal(acts: &Acts, edges: Edges, theta: f64) -> Edges {
    let mean = edges.weight.iter().sum::<f64>() / edges.len().max(1) as f64;
    let communities = outcome::of(acts, edges.clone(), vec![]).networks;
    let mut inside: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for at in 0..edges.len() {
        let (a, b) = (communities[edges.source[at] as usize], communities[edges.target[at] as usize]);
        if a == b && a > 0 {
            inside.entry(a).or_default().push(at);
        }
    }
    let mut stays: Vec<usize> = inside.into_values().flat_map(|own| grown(&edges, own, mean, theta)).collect();
    stays.sort_unstable();
    let mut out = Edges::default();
    stays.iter().for_each(|at| out.push(edges.source[*at], edges.target[*at], edges.weight[*at]));
    out
}

/// From the heaviest edge on, always the heaviest that touches what is there, until one would pull the mean down.
fn grown(edges: &Edges, own: Vec<usize>, mean: f64, theta: f64) -> Vec<usize> {
    let mut around: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for at in &own {
        [edges.source[*at], edges.target[*at]].iter().for_each(|end| around.entry(*end).or_default().push(*at));
    }
    let rank = |at: usize| (edges.weight[at].to_bits(), std::cmp::Reverse(at));
    let Some(heaviest) = own.into_iter().max_by_key(|at| rank(*at)) else { return Vec::new() };
    let mut open = std::collections::BinaryHeap::from([rank(heaviest)]);
    let mut reached = std::collections::BTreeSet::from([heaviest]);
    let (mut out, mut sum, mut squares) = (Vec::new(), 0.0, 0.0);
    while let Some((bits, std::cmp::Reverse(at))) = open.pop() {
        let (w, n) = (f64::from_bits(bits), out.len() as f64);
        let old = if out.is_empty() { w } else { sum / n };
        let deviation = if n < 2.0 { old } else { ((squares - n * old * old).max(0.0) / (n - 1.0)).sqrt() };
        if w < mean || (sum + w) / (n + 1.0) < old - theta * deviation {
            break;
        }
        (sum, squares) = (sum + w, squares + w * w);
        out.push(at);
        let next = [edges.source[at], edges.target[at]].into_iter().flat_map(|end| around[&end].iter().copied());
        open.extend(next.filter(|next| reached.insert(*next)).map(rank).collect::<Vec<_>>());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weights 10, 9 and 1 in a chain 0–1–2–3: the mean of all is 6.67. The second edge lowers the mean from 10 to 9.5,
    /// within 0.3 · 10; the third lies below the mean of all.
    #[test]
    fn a_focal_structure_by_hand() {
        let mut edges = Edges::default();
        [(0, 1, 10.0), (1, 2, 9.0), (2, 3, 1.0)].iter().for_each(|(a, b, w)| edges.push(*a, *b, *w));
        assert_eq!(grown(&edges, vec![0, 1, 2], 20.0 / 3.0, 0.3), [0, 1]);
        assert_eq!(grown(&edges, vec![0, 1, 2], 0.0, 0.0), [0]);
        assert_eq!(grown(&edges, vec![], 0.0, 0.3), Vec::<usize>::new());
    }
}
