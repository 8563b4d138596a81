//! All five traces in one network: an edge where one of them has it, as heavy as the heaviest.

use super::{CENTRAL, Network, PAPER, co_retweet, co_url, fast_retweet, hashtag_sequence, text_similarity};
use crate::method::{Asked, Method, Reads, Run};
use model::{Acts, Column, Coordination, Edges, Values};

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "luceri-2024-fused",
    "the five similarity networks as one, without the less central accounts",
    &[
        ("trace", "co-retweet, co-URL, hashtag sequence, fast retweet, text similarity"),
        ("filter", "as in each"),
        ("window", "as in each"),
        ("similarity", "the largest of the five"),
        ("cut", "accounts below a quantile of eigenvector centrality go"),
        ("communities", "none in the paper; Leiden within connected components here"),
    ],
    &[
        co_retweet::ACTIVE,
        hashtag_sequence::LENGTH,
        fast_retweet::WINDOW,
        text_similarity::WORDS,
        text_similarity::SIMILARITY,
        CENTRAL,
    ],
    (
        "Accounts that are alike in any of five ways and stand in the middle of those who are.",
        "As in each of the five; see their pages. An edge is as heavy as its heaviest trace, as in the authors' code; the \
         column `traces` names those that have it. The paper's supervised step (embeddings and a forest trained on labels) \
         is not there.",
    ),
    Run::Recipe(
        |_| Reads {
            kinds: vec!["repost", "post", "url", "hashtag", "similar-text"],
            as_written: true,
            first_rows: true,
            ..Reads::default()
        },
        run,
    ),
);

const TRACES: [&str; 5] = ["co-retweet", "co-url", "hashtag-sequence", "fast-retweet", "text-similarity"];

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let networks = [
        co_retweet::network(acts, asked),
        co_url::network(acts),
        hashtag_sequence::network(acts, asked),
        fast_retweet::network(acts, asked),
        text_similarity::network(acts, asked),
    ];
    let remarks = networks.iter().flat_map(|n| n.remarks.iter().cloned()).collect();
    let fused = fuse(networks.each_ref().map(|n| &n.edges));
    let mut edges = Edges::default();
    fused.iter().for_each(|(ends, weight, _)| edges.push(ends.0, ends.1, *weight));
    let mut found = Network { edges, remarks }.pruned(acts, asked);
    let words = |at: usize| {
        let ends = (found.edges.source[at], found.edges.target[at]);
        let traces = fused.binary_search_by_key(&ends, |e| e.0).map_or(0, |at| fused[at].2);
        TRACES.iter().enumerate().filter(|(n, _)| traces >> n & 1 == 1).map(|(_, t)| *t).collect::<Vec<_>>().join(" ")
    };
    let traces = (0..found.edges.len()).map(words).collect();
    found.edges.more = vec![Column { name: "traces", values: Values::Words(traces) }];
    found
}

/// Both ends, the largest weight, and which networks have the edge, a bit each.
fn fuse(networks: [&Edges; 5]) -> Vec<((u32, u32), f64, u8)> {
    let mut all: Vec<((u32, u32), f64, u8)> = Vec::new();
    for (trace, edges) in networks.into_iter().enumerate() {
        all.extend((0..edges.len()).map(|at| ((edges.source[at], edges.target[at]), edges.weight[at], 1 << trace)));
    }
    all.sort_by_key(|e| e.0);
    all.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            (first.1, first.2) = (first.1.max(later.1), first.2 | later.2);
        }
        same
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_trace_counts() {
        let of = |all: &[(u32, u32, f64)]| {
            let mut edges = Edges::default();
            all.iter().for_each(|(a, b, w)| edges.push(*a, *b, *w));
            edges
        };
        let (first, second, none) = (of(&[(0, 1, 0.2), (1, 2, 0.9)]), of(&[(0, 1, 0.5)]), Edges::default());
        let fused = fuse([&first, &none, &second, &none, &none]);
        assert_eq!(fused, [((0, 1), 0.5, 0b101), ((1, 2), 0.9, 0b1)]);
    }
}
