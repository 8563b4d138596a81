//! Published methods, one file each.

pub mod bicm;
pub mod coortweet;
pub mod null_permutation;
pub mod pacheco_2021;
pub mod qut;
pub mod unspool;

use model::Layer;

/// Kinds of acts as they stand in the input.
const WRITTEN: &[&str] = &["object", "repost", "url", "text", "reply"];

/// The layer with each account's first act on each thing only.
fn once(layer: &Layer) -> Layer {
    let mut acts: Vec<u32> = (0..layer.len() as u32).collect();
    acts.sort_by_key(|a| (layer.who[*a as usize], layer.what[*a as usize], layer.when[*a as usize]));
    acts.dedup_by_key(|a| (layer.who[*a as usize], layer.what[*a as usize]));
    acts.sort_unstable();
    let of = |column: &[u32]| acts.iter().map(|a| column[*a as usize]).collect();
    Layer {
        who: of(&layer.who),
        what: of(&layer.what),
        message: of(&layer.message),
        when: acts.iter().map(|a| layer.when[*a as usize]).collect(),
        ..Layer { kind: layer.kind, things: layer.things.clone(), blank: layer.blank, ..Layer::default() }
    }
}
