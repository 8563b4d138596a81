//! Case study 3: accounts that used the same hashtags in the same order on a day.

use super::{PAPER, alike};
use crate::method::{Asked, Knob, Method, Reads, Run, Unit};
use crate::steps::vectors::Measure;
use model::{DAY, Layer};
use std::collections::BTreeMap;

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "pacheco-2021-hashtag-sequence",
    "accounts that used the same hashtags in the same order on the same day",
    &[
        ("trace", "ordered hashtags of an account on a day"),
        ("filter", "days on which the account had enough posts with hashtags, and enough different hashtags"),
        ("window", "tumbling: a day (UTC)"),
        ("similarity", "count of days with the same sequence"),
        ("cut", "absolute: at least one"),
        ("communities", "connected components in the paper; Leiden within them here"),
    ],
    &[
        Knob { id: "posts", about: "fewest posts with hashtags on a day", default: "5", unit: Unit::Count },
        Knob { id: "length", about: "fewest different hashtags on a day", default: "5", unit: Unit::Count },
    ],
    (
        "Accounts that post hashtags in one order.",
        "The paper's edges have no weight; here it is the number of days. Reposts are left out. Hashtags differ as written \
         but for case and width; posts of one instant stand in the order of the input.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["hashtag"], as_written: true, ..Reads::default() },
        |acts, asked| alike(acts, &days(acts.layer("hashtag"), asked), Measure::Count, 1.0, 0),
    ),
);

/// Each account's hashtags of a day, in order, with the day, as one thing. Only who and what are filled in.
fn days(layer: &Layer, asked: &Asked) -> Layer {
    let mut order: Vec<usize> = (0..layer.len()).collect();
    let key = |act: &usize| (layer.who[*act], layer.when[*act].div_euclid(DAY));
    order.sort_by_key(|act| (key(act), layer.when[*act]));
    let mut known: BTreeMap<(i64, Vec<u32>), u32> = BTreeMap::new();
    let mut out = Layer::default();
    for day in order.chunk_by(|x, y| key(x) == key(y)) {
        let sequence: Vec<u32> = day.iter().map(|act| layer.what[*act]).collect();
        let posts = different(day.iter().map(|act| layer.message[*act]));
        if posts >= asked.count("posts") as usize
            && different(sequence.iter().copied()) >= asked.count("length") as usize
        {
            let next = known.len() as u32;
            out.who.push(layer.who[day[0]]);
            out.what.push(*known.entry((key(&day[0]).1, sequence)).or_insert(next));
        }
    }
    out.things = vec![0; known.len()];
    Layer { message: vec![0; out.who.len()], when: vec![0; out.who.len()], ..out }
}

fn different(numbers: impl Iterator<Item = u32>) -> usize {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Accounts 0 and 1 use tags 0, 1, 2 in this order on day 0, account 2 in another; account 3 on another day; account 4
    /// in one post.
    #[test]
    fn the_same_order_on_the_same_day() {
        let asked = Asked::of(&METHOD, &[("posts", "2"), ("length", "3")]).expect("its knobs");
        let (mut layer, mut message) = (Layer { things: vec![0; 3], ..Layer::default() }, 0);
        for (who, day, tags) in
            [(0, 0, [0, 1, 2]), (1, 0, [0, 1, 2]), (2, 0, [1, 0, 2]), (3, 1, [0, 1, 2]), (4, 0, [0, 1, 2])]
        {
            for (at, tag) in (0..).zip(tags) {
                layer.who.push(who);
                layer.what.push(tag);
                layer.when.push(day * DAY + if who == 4 { 7 } else { at });
                message += u32::from(who != 4 || at == 0);
                layer.message.push(message);
            }
        }
        let days = days(&layer, &asked);
        assert_eq!((&days.who[..], &days.what[..]), (&[0, 1, 2, 3][..], &[0, 0, 1, 2][..]));
    }
}
