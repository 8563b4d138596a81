//! Tumbling bins: stretches of time of one length, end to end, beginning included.
//!
//! A window that slides asks who was near whom; a bin asks who was in the same drawer, and so tells two acts apart that
//! stand a second from each other on both sides of an edge.

use model::Layer;
use rustc_hash::FxHashMap;

/// The layer with (thing, bin) as its things; bins of `width` microseconds begin where `from` says for a thing. Names of
/// things are left out.
#[must_use]
pub fn of(layer: &Layer, width: i64, from: impl Fn(u32) -> i64) -> Layer {
    let mut known: FxHashMap<(u32, i64), u32> = FxHashMap::default();
    let bin = |act: usize| layer.when[act].saturating_sub(from(layer.what[act])).div_euclid(width.max(1));
    let what = (0..layer.len())
        .map(|act| {
            let next = known.len() as u32;
            *known.entry((layer.what[act], bin(act))).or_insert(next)
        })
        .collect();
    Layer { what, things: vec![0; known.len()], blank: None, ..layer.clone() }
}

/// The layer with bins as its things, whatever was done in them; bins begin at midnight (UTC) of 1 January 1970.
#[must_use]
pub fn of_time(layer: &Layer, width: i64) -> Layer {
    let flat = Layer { what: vec![0; layer.len()], ..layer.clone() };
    of(&flat, width, |_| 0)
}

/// The earliest act on each thing; `i64::MAX` where there is none.
#[must_use]
pub fn firsts(layer: &Layer) -> Vec<i64> {
    let mut first = vec![i64::MAX; layer.things.len()];
    for (what, when) in layer.what.iter().zip(&layer.when) {
        first[*what as usize] = first[*what as usize].min(*when);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bin_begins_with_its_edge_and_ends_before_the_next() {
        let layer = Layer {
            who: vec![0; 5],
            what: vec![0, 0, 0, 1, 0],
            message: vec![0; 5],
            when: vec![5, 14, 15, 15, -6],
            things: vec![7, 8],
            ..Layer::default()
        };
        assert_eq!(firsts(&layer), [-6, 15]);
        assert_eq!(of(&layer, 10, |_| 5).what, [0, 0, 1, 2, 3]);
        assert_eq!(of_time(&layer, 10).what, [0, 1, 1, 1, 2]);
    }
}
