//! Published methods, one file each.

pub mod bicm;
pub mod coornet;
pub mod coortweet;
pub mod hristakieva_2022;
pub mod iannucci_2025;
pub mod linhares_2022;
pub mod luceri_2024;
pub mod null_permutation;
pub mod pacheco_2021;
pub mod qut;
pub mod unspool;
pub mod vishnuprasad_2024;
pub mod weber_neumann_2021;

use model::{Acts, Layer};
use rustc_hash::FxHashMap;

/// Kinds of acts as they stand in the input.
const WRITTEN: &[&str] = &["object", "repost", "url", "text", "reply"];

/// The acts of a layer that are wanted.
fn kept(layer: &Layer, keep: impl Fn(usize) -> bool) -> Layer {
    let acts: Vec<usize> = (0..layer.len()).filter(|act| keep(*act)).collect();
    let of = |column: &[u32]| acts.iter().map(|act| column[*act]).collect();
    Layer {
        who: of(&layer.who),
        what: of(&layer.what),
        message: of(&layer.message),
        when: acts.iter().map(|act| layer.when[*act]).collect(),
        ..Layer { kind: layer.kind, things: layer.things.clone(), blank: layer.blank, ..Layer::default() }
    }
}

/// The layer with each account's first act on each thing only.
fn once(layer: &Layer) -> Layer {
    let mut acts: Vec<u32> = (0..layer.len() as u32).collect();
    acts.sort_by_key(|a| (layer.who[*a as usize], layer.what[*a as usize], layer.when[*a as usize]));
    acts.dedup_by_key(|a| (layer.who[*a as usize], layer.what[*a as usize]));
    let mut first = vec![false; layer.len()];
    acts.iter().for_each(|a| first[*a as usize] = true);
    kept(layer, |act| first[act])
}

/// Only things that more than one act of the layer touched.
fn shared(layer: &Layer) -> Layer {
    let mut count = vec![0_u32; layer.things.len()];
    layer.what.iter().for_each(|what| count[*what as usize] += 1);
    kept(layer, |act| count[layer.what[act] as usize] > 1)
}

/// Only acts of accounts with at least so many.
fn active(layer: &Layer, accounts: usize, least: u32) -> Layer {
    let mut count = vec![0_u32; accounts];
    layer.who.iter().for_each(|who| count[*who as usize] += 1);
    kept(layer, |act| count[layer.who[act] as usize] >= least)
}

/// Only acts on things that have a name.
fn named(layer: &Layer) -> Layer {
    kept(layer, |act| Some(layer.what[act]) != layer.blank)
}

/// Each repost whose original is in the data too, by another account: the act, the author, and microseconds between. Acts
/// hold layers `repost` and `post`.
fn originals(acts: &Acts) -> Vec<(usize, u32, i64)> {
    let posts = acts.layer("post");
    let by_id: FxHashMap<u64, usize> =
        (0..posts.len()).rev().map(|act| (acts.messages[posts.message[act] as usize], act)).collect();
    let reposts = acts.layer("repost");
    let of = |act: usize| {
        let original = *by_id.get(&reposts.things[reposts.what[act] as usize])?;
        let author = posts.who[original];
        let apart = reposts.when[act].saturating_sub(posts.when[original]);
        (author != reposts.who[act]).then_some((act, author, apart))
    };
    (0..reposts.len()).filter_map(of).collect()
}
