//! The five case studies of Pacheco et al. (2021): one framework, five traces.
//!
//! A trace, a weight, a similarity, a cut; networks are what hangs together. They share everything but these choices, so
//! they stand in one file.

use crate::method::{Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{outcome, vectors::Measure, vectors::Vectors};
use model::{Acts, Card, Coordination, Layer, When};
use std::collections::BTreeMap;

const SOURCE: &str =
    "Pacheco et al. 2021, Uncovering Coordinated Networks on Social Media: Methods and Case Studies, ICWSM 15";
const NO_CHANCE: &str = "It knows no chance and, apart from the bins of the synchronised case, no time: an audience of one \
     source looks like a network. A cut at a share of all pairs always leaves some.";

const fn method(
    id: &'static str,
    about: &'static str,
    recipe: &'static [(&'static str, &'static str)],
    knobs: &'static [Knob],
    words: (&'static str, &'static str),
    run: Run,
) -> Method {
    let page = MethodPage { sees: words.0, wrong: NO_CHANCE, chosen: words.1 };
    Method { card: Card { id, about, source: SOURCE }, recipe, knobs, page, run }
}

const fn top(default: &'static str) -> Knob {
    Knob { id: "top", about: "share of all pairs that is kept, the most alike", default, unit: Unit::Share }
}

const fn active(default: &'static str) -> Knob {
    Knob { id: "active", about: "fewest acts of an account that is compared", default, unit: Unit::Count }
}

/// Accounts that used one handle.
pub const HANDLE: Method = method(
    "pacheco-2021-handle",
    "accounts, by id, that used the same handle",
    &[
        ("trace", "handle"),
        ("window", "whole"),
        ("similarity", "count of handles shared"),
        ("cut", "absolute: at least one"),
    ],
    &[],
    (
        "Handles that pass from account to account.",
        "Needs a column of ids beside that of handles; without it there is nothing to see.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["handle"], as_written: true, by_id: true, ..Reads::default() },
        |acts, _| alike(acts, acts.layer("handle").clone(), Measure::Count, 1.0, 0),
    ),
);

/// Accounts that posted the same pictures.
pub const IMAGE: Method = method(
    "pacheco-2021-image",
    "accounts that posted the same pictures",
    &[
        ("trace", "picture"),
        ("filter", "accounts with enough pictures"),
        ("window", "whole"),
        ("similarity", "Jaccard"),
        ("cut", "percentile: top 1 %"),
    ],
    &[active("5"), top("0.01")],
    (
        "Accounts whose pictures are the same.",
        "The paper compares histograms of colours; here a picture is what the input names it by (a hash or an id).",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["file-hash"], ..Reads::default() },
        |acts, asked| {
            alike(acts, acts.layer("file-hash").clone(), Measure::Jaccard, asked.share("top"), asked.count("active"))
        },
    ),
);

/// Accounts that used the same hashtags in the same order on a day.
pub const HASHTAG_SEQUENCE: Method = method(
    "pacheco-2021-hashtag-sequence",
    "accounts that used the same hashtags in the same order on some day",
    &[
        ("trace", "ordered hashtags of an account on a day"),
        ("filter", "sequences long enough"),
        ("window", "tumbling: a day (UTC)"),
        ("similarity", "count of sequences shared, whatever their day"),
        ("cut", "absolute: at least one"),
    ],
    &[Knob { id: "length", about: "fewest hashtags of a sequence", default: "5", unit: Unit::Count }],
    (
        "Accounts that post hashtags in one order.",
        "The paper asks for five tweets and five different hashtags of an account; here a sequence must have five hashtags.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["hashtag"], ..Reads::default() },
        |acts, asked| {
            let layer = days(acts.layer("hashtag"), asked.count("length") as usize);
            alike(acts, layer, Measure::Count, 1.0, 0)
        },
    ),
);

/// Accounts that repost the same posts.
pub const CO_RETWEET: Method = method(
    "pacheco-2021-co-retweet",
    "accounts that repost the same posts, rare ones above all",
    &[
        ("trace", "repost"),
        ("filter", "accounts with enough reposts"),
        ("window", "whole"),
        ("similarity", "cosine of TF-IDF"),
        ("cut", "percentile: top 0.5 %"),
    ],
    &[active("10"), top("0.005")],
    (
        "Accounts whose reposts are the same.",
        "The paper leaves out accounts' reposts of themselves; whose post was reposted is not looked up here.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["repost"], ..Reads::default() },
        |acts, asked| {
            alike(acts, acts.layer("repost").clone(), Measure::Cosine, asked.share("top"), asked.count("active"))
        },
    ),
);

/// Accounts that post in the same half hours.
pub const SYNCHRONISED: Method = method(
    "pacheco-2021-synchronised",
    "accounts that post in the same half hours",
    &[
        ("trace", "posts"),
        ("filter", "accounts with enough posts"),
        ("window", "tumbling: 30 minutes"),
        ("similarity", "cosine of TF-IDF"),
        ("cut", "percentile: top 0.5 %"),
        ("communities", "Louvain in the paper; Leiden here"),
    ],
    &[active("8"), top("0.005"), Knob { id: "window", about: "length of a bin", default: "30m", unit: Unit::Time }],
    ("Accounts that are awake and silent in the same half hours.", ""),
    Run::Recipe(
        |_| Reads { kinds: vec!["post"], as_written: true, first_rows: true, ..Reads::default() },
        |acts, asked| {
            let layer = bins(acts.layer("post"), asked.micros("window").max(When::SECOND));
            alike(acts, layer, Measure::Cosine, asked.share("top"), asked.count("active"))
        },
    ),
);

/// Accounts with at least `active` acts, compared; the most alike share of the pairs is kept.
fn alike(acts: &Acts, mut layer: Layer, measure: Measure, share: f64, active: u32) -> Coordination {
    let mut count = vec![0_u32; acts.accounts.len()];
    layer.who.iter().for_each(|who| count[*who as usize] += 1);
    let keep: Vec<bool> = layer.who.iter().map(|who| count[*who as usize] >= active).collect();
    let mut at = 0;
    layer.what.retain(|_| {
        at += 1;
        keep[at - 1]
    });
    layer.who.retain(|who| count[*who as usize] >= active);
    outcome::of(acts, Vectors::of(&layer, acts.accounts.len(), measure).top(share, 0.0), vec![])
}

/// Each account's hashtags of a day, in order, as one thing. Only who and what are filled in.
fn days(layer: &Layer, length: usize) -> Layer {
    let mut order: Vec<u32> = (0..layer.len() as u32).collect();
    let key = |act: &u32| (layer.who[*act as usize], layer.when[*act as usize].div_euclid(model::DAY));
    order.sort_by_key(|act| (key(act), layer.when[*act as usize]));
    let mut known: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    let mut out = Layer::default();
    for day in order.chunk_by(|x, y| key(x) == key(y)).filter(|d| d.len() >= length.max(1)) {
        let next = known.len() as u32;
        let sequence = day.iter().map(|act| layer.what[*act as usize]).collect();
        out.who.push(layer.who[day[0] as usize]);
        out.what.push(*known.entry(sequence).or_insert(next));
    }
    out.things = vec![0; known.len()];
    out
}

/// Stretches of time as things. Only who and what are filled in.
fn bins(layer: &Layer, width: i64) -> Layer {
    let mut known: BTreeMap<i64, u32> = BTreeMap::new();
    let mut out = Layer { who: layer.who.clone(), ..Layer::default() };
    for when in &layer.when {
        let next = known.len() as u32;
        out.what.push(*known.entry(when.div_euclid(width)).or_insert(next));
    }
    out.things = vec![0; known.len()];
    out
}
