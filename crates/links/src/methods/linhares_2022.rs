//! Linhares et al. (2022): co-repost networks of a week each, of which two backbones in turn leave what stands out and
//! what shares its neighbours.

use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{backbone, backbone::Strengths, counts, laid::Laid, laid::Window, outcome};
use model::{Acts, Card, Column, Coordination, DAY, Edges, Layer, Values};
use std::collections::BTreeMap;

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "linhares-2022",
        about: "weekly co-repost networks, their disparity backbone, and of that the edges whose ends share neighbours",
        source: "Linhares et al. 2022, Uncovering Coordinated Communities on Twitter During the 2020 U.S. Election, ASONAM '22, doi:10.1109/ASONAM55673.2022.10068628",
    },
    recipe: &[
        ("trace", "repost, each account and post once a week"),
        ("filter", "posts with enough reposts in the week"),
        ("window", "tumbling: a week (from Thursday, 1 January 1970, UTC)"),
        ("similarity", "count of posts both reposted in the week"),
        ("cut", "disparity backbone, then neighbourhood overlap within it"),
        ("communities", "Louvain a week in the paper; Leiden over all weeks' edges here"),
    ],
    knobs: &[
        Knob { id: "week", about: "length of a week", default: "7d", unit: Unit::Time },
        Knob { id: "reposts", about: "fewest reposts of a post in a week", default: "2", unit: Unit::Count },
        Knob {
            id: "alpha",
            about: "significance an edge of the backbone must reach",
            default: "0.05",
            unit: Unit::Share,
        },
        Knob {
            id: "overlap",
            about: "least share of their neighbours that two ends have in common",
            default: "0.39",
            unit: Unit::Share,
        },
    ],
    page: MethodPage {
        sees: "Groups that repost the same posts week by week more than their other company explains, and keep the same company.",
        wrong: "It knows no time within a week: an audience looks like a network. A pair that acts apart from all others has \
                no neighbours, and so is left out by the second backbone, however tight.",
        chosen: "The full text could not be read: steps and 0.39 are as a published re-implementation lists them; it also \
                 keeps only reposts of people reposted more than 5,000 times, which takes a collection of that size and \
                 authors' names; here `reposts` asks of the post. The significance (0.05) is chosen. Weights are summed \
                 over the weeks in which the edge stood; the column `weeks` says how many.",
    },
    run: Run::Recipe(|_| Reads { kinds: vec!["repost"], ..Reads::default() }, run),
};

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let layer = acts.layer("repost");
    let width = asked.micros("week").max(DAY);
    let mut weeks: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for act in 0..layer.len() {
        weeks.entry(layer.when[act].div_euclid(width)).or_default().push(act);
    }
    let mut found: BTreeMap<(u32, u32), (f64, i64)> = BTreeMap::new();
    for acts_of_week in weeks.into_values() {
        for (a, b, w) in week(&only(layer, &acts_of_week), acts.accounts.len(), asked) {
            let sum = found.entry((a, b)).or_default();
            *sum = (sum.0 + w, sum.1 + 1);
        }
    }
    let mut edges = Edges::default();
    found.iter().for_each(|((a, b), (w, _))| edges.push(*a, *b, *w));
    edges.more = vec![Column { name: "weeks", values: Values::Whole(found.values().map(|f| f.1).collect()) }];
    outcome::of(acts, edges, vec![])
}

/// These acts, things numbered anew.
fn only(layer: &Layer, acts: &[usize]) -> Layer {
    let mut number: BTreeMap<u32, u32> = BTreeMap::new();
    let mut what = Vec::with_capacity(acts.len());
    for act in acts {
        let next = number.len() as u32;
        what.push(*number.entry(layer.what[*act]).or_insert(next));
    }
    Layer {
        kind: layer.kind,
        who: acts.iter().map(|act| layer.who[*act]).collect(),
        message: acts.iter().map(|act| layer.message[*act]).collect(),
        when: acts.iter().map(|act| layer.when[*act]).collect(),
        what,
        things: vec![0; number.len()],
        blank: None,
    }
}

/// The edges that both backbones of a week leave.
fn week(layer: &Layer, accounts: usize, asked: &Asked) -> Vec<(u32, u32, f64)> {
    let once = super::once(layer);
    let mut count = vec![0_u32; once.things.len()];
    once.what.iter().for_each(|what| count[*what as usize] += 1);
    let often = super::kept(&once, |act| count[once.what[act] as usize] >= asked.count("reposts"));
    let laid = Laid::new(&often, accounts, Window::Whole);
    let mut strengths = Strengths::new(accounts);
    counts::pairs(&laid, accounts, 1, &mut |a, b, n| strengths.add(a, b, f64::from(n)));
    let mut edges = Vec::new();
    counts::pairs(&laid, accounts, 1, &mut |a, b, n| {
        if strengths.disparity(a, b, f64::from(n)) <= asked.share("alpha") {
            edges.push((a, b, f64::from(n)));
        }
    });
    let ends: Vec<(u32, u32)> = edges.iter().map(|e| (e.0, e.1)).collect();
    let overlap = backbone::overlap(&ends);
    let mut at = overlap.iter();
    edges.retain(|_| at.next().is_some_and(|o| *o >= asked.share("overlap")));
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In each of two weeks accounts 0, 1 and 2 repost the same ten posts, and 3 to 12 one of these each: the three stand
    /// out of their company and have each other in common; no other edge does.
    #[test]
    fn two_weeks_by_hand() {
        let mut layer = Layer { kind: "repost", things: vec![0; 20], ..Layer::default() };
        for week in 0..2_u32 {
            for post in 0..10_u32 {
                for who in [0, 1, 2, 3 + post] {
                    layer.who.push(who);
                    layer.what.push(week * 10 + post);
                    layer.message.push(0);
                    layer.when.push(i64::from(week) * 7 * DAY + i64::from(post));
                }
            }
        }
        let accounts = (0..13).map(|n| model::Quote::from(format!("u{n:02}"))).collect();
        let acts = Acts { accounts, layers: vec![layer], ..Acts::default() };
        let found = run(&acts, &Asked::of(&METHOD, &[]).expect("defaults")).edges;
        assert_eq!((&found.source[..], &found.target[..]), (&[0, 0, 1][..], &[1, 2, 2][..]));
        assert_eq!(found.weight, [20.0; 3]);
        assert_eq!(found.more[0].values, Values::Whole(vec![2; 3]));
    }
}
