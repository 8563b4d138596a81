//! The trace hashtag sequence: the hashtags of one post, in their order, as one thing.

use super::{CENTRAL, Network, PAPER};
use crate::method::{Asked, Knob, Method, Reads, Run, Unit};
use model::{Acts, Layer};
use rustc_hash::FxHashMap;

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "luceri-2024-hashtag-sequence",
    "accounts by the cosine of the sequences of hashtags in their posts, without the less central ones",
    &[
        ("trace", "the hashtags of a post that is no repost, in their order, each account and sequence once"),
        ("filter", "sequences that are long enough and that several posted"),
        ("window", "whole"),
        ("similarity", "cosine of TF-IDF, smoothed"),
        ("cut", "accounts below a quantile of eigenvector centrality go"),
        ("communities", "none in the paper; Leiden within connected components here"),
    ],
    &[LENGTH, CENTRAL],
    (
        "Accounts that post the same strings of hashtags and stand in the middle of those who do.",
        "Five hashtags, as in the authors' first code; a later one asks for two, and for more than ten posts of a sequence. \
         The paper tries many quantiles of centrality; 0.9 is chosen.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["hashtag"], as_written: true, ..Reads::default() },
        |acts, asked| network(acts, asked).pruned(acts, asked),
    ),
);

pub(super) const LENGTH: Knob =
    Knob { id: "length", about: "fewest hashtags of a sequence", default: "5", unit: Unit::Count };

pub(super) fn network(acts: &Acts, asked: &Asked) -> Network {
    Network::of_things(acts, &sequences(acts.layer("hashtag"), asked.count("length").max(1) as usize))
}

/// Hashtags of one message follow each other in the layer.
fn sequences(layer: &Layer, length: usize) -> Layer {
    let mut known: FxHashMap<&[u32], u32> = FxHashMap::default();
    let mut out = Layer { kind: "hashtag", ..Layer::default() };
    let mut from = 0;
    for post in layer.message.chunk_by(|x, y| x == y) {
        let tags = &layer.what[from..from + post.len()];
        if tags.len() >= length {
            let next = known.len() as u32;
            out.who.push(layer.who[from]);
            out.what.push(*known.entry(tags).or_insert(next));
            out.message.push(post[0]);
            out.when.push(layer.when[from]);
        }
        from += post.len();
    }
    out.things = vec![0; known.len()];
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_one_thing() {
        let layer = Layer {
            who: vec![0, 0, 1, 1, 2, 2, 2],
            what: vec![5, 6, 5, 6, 6, 5, 6],
            message: vec![0, 0, 1, 1, 2, 2, 2],
            when: vec![0; 7],
            things: vec![0; 7],
            ..Layer::default()
        };
        let found = sequences(&layer, 2);
        assert_eq!((&found.who[..], &found.what[..]), (&[0, 1, 2][..], &[0, 0, 1][..]));
        assert_eq!(sequences(&layer, 3).who, [2]);
    }
}
