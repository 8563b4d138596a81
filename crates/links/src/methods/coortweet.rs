//! CooRTweet 2.1.3, edge for edge.
//!
//! Pairs of rows on one object within W seconds make edges between accounts; whoever takes part too rarely is left out
//! first, and a pair stays if *either* of its contents is of an account that takes part often enough. The order of rows
//! decides ties, and rows are regrouped by account before; both are kept here, because the counts of older and newer
//! contents depend on them. Pairs are gone through twice, first for the quantile, so that edges which are not asked for
//! take no memory.

use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{cut, laid::Laid, laid::Row, laid::Window, laid::seconds, meetings, outcome};
use model::{Acts, Card, Column, Coordination, Edges, Layer, Remark, Values};
use std::collections::BTreeMap;

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "coortweet",
        about: "CooRTweet 2.1.3: pairs of contents that share an object within seconds of each other",
        source: "Righetti & Balluff 2025, CooRTweet, Computational Communication Research 7(1), doi:10.5117/CCR2025.1.7.RIGH",
    },
    recipe: &[
        ("trace", "object ids as they stand; of posts: reposts, URLs, texts or replies"),
        (
            "filter",
            "accounts with at least `participation` rows; then pairs of which either side is of an account with as many rows in pairs",
        ),
        ("window", "sliding, |Δt| ≤ W"),
        ("similarity", "count of pairs of contents, undirected"),
        ("cut", "flag `weight_threshold`: weight above the `quantile` of all weights (type 7)"),
        ("communities", "none in the tool; Leiden within connected components here"),
    ],
    knobs: &[
        Knob {
            id: "kind",
            about: "what the objects are",
            default: "object",
            unit: Unit::Word(&["object", "repost", "url", "text", "reply"]),
        },
        Knob { id: "window", about: "largest time between two contents", default: "10s", unit: Unit::Time },
        Knob {
            id: "participation",
            about: "fewest rows of an account (min_participation)",
            default: "2",
            unit: Unit::Count,
        },
        Knob {
            id: "quantile",
            about: "of the weights, above which an edge is flagged (edge_weight)",
            default: "0.5",
            unit: Unit::Share,
        },
        Knob { id: "min", about: "least weight of an edge", default: "1", unit: Unit::Count },
        Knob {
            id: "flagged",
            about: "only flagged edges (subgraph = 1)",
            default: "no",
            unit: Unit::Word(&["no", "yes"]),
        },
    ],
    page: MethodPage {
        sees: "Accounts whose contents carry the same object within seconds, repeatedly.",
        wrong: "It knows no chance, and popular objects link whoever was there. The columns n_content_id and \
                n_content_id_y count the older and the newer contents of an edge, not the two accounts'; \
                edge_symmetry_score is their ratio and so says nothing of who contributes more. The columns source_contents \
                and target_contents count what the two accounts contributed. Its group statistics count only the side that \
                came first; they are not reproduced.",
        chosen: "Names are ordered by their bytes, as R does in the C locale.",
    },
    run: Run::Recipe(reads, run),
};

fn reads(asked: &Asked) -> Reads {
    Reads { kinds: vec![asked.word("kind")], as_written: true, bare_seconds: true, ..Reads::default() }
}

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let least = asked.count("participation");
    let layer = regrouped(acts.layer(asked.word("kind")), acts.accounts.len(), least);
    let laid = Laid::new(&layer, acts.accounts.len(), Window::Apart(asked.seconds("window")));
    let pairs = Pairs { acts, layer: &layer, laid: &laid };
    let kept = pairs.kept(least);
    let mut weights = Weights::default();
    let meetings = |f: meetings::Told<'_, Pair>| {
        meetings::each(&laid, acts.accounts.len(), &|x, y| pairs.meeting(x, y, &kept), f);
    };
    meetings(&mut |_, _, met| weights.add(met.len()));
    let mut found = Found { threshold: weights.quantile(asked.share("quantile")), ..Found::default() };
    let (least, only) = (asked.count("min") as usize, asked.word("flagged") == "yes");
    meetings(&mut |a, b, met| {
        let kept = met.len() >= least && (!only || met.len() as f64 > found.threshold);
        found.add((a, b), met, kept);
    });
    let remark = || "edge_symmetry_score compares older with newer contents, not the two accounts: see source_contents and target_contents";
    let uneven = found.uneven.then(|| Remark::new(remark()));
    let remarks = [uneven, twofold(acts, &layer), outcome::coarse(&layer, asked.micros("window"))];
    let edges = found.edges();
    outcome::of(acts, edges, remarks.into_iter().flatten().collect())
}

/// Contents that two accounts have under one id, which the tool takes for one content.
fn twofold(acts: &Acts, layer: &Layer) -> Option<Remark> {
    let mut first: Vec<Option<u32>> = vec![None; acts.messages.len()];
    let mut twofold = vec![false; acts.messages.len()];
    for (who, message) in layer.who.iter().zip(&layer.message) {
        let at = *message as usize;
        twofold[at] |= *first[at].get_or_insert(*who) != *who;
    }
    let rows = (0..twofold.len()).filter(|message| twofold[*message]).map(|message| acts.rows[message]);
    Remark::of_rows("a content id is used by several accounts, which the tool takes for one content", rows)
}

/// The rows of accounts with enough of them, account by account in order of first appearance.
fn regrouped(layer: &Layer, accounts: usize, least: u32) -> Layer {
    let mut count = vec![0_u32; accounts];
    let mut rank = vec![u32::MAX; accounts];
    let mut next = 0;
    for who in &layer.who {
        let at = *who as usize;
        count[at] += 1;
        if rank[at] == u32::MAX {
            rank[at] = next;
            next += 1;
        }
    }
    let mut order: Vec<u32> =
        (0..layer.len() as u32).filter(|a| count[layer.who[*a as usize] as usize] >= least).collect();
    order.sort_by_key(|act| rank[layer.who[*act as usize] as usize]);
    let of = |column: &[u32]| order.iter().map(|act| column[*act as usize]).collect();
    Layer {
        kind: layer.kind,
        who: of(&layer.who),
        what: of(&layer.what),
        message: of(&layer.message),
        when: order.iter().map(|act| layer.when[*act as usize]).collect(),
        things: layer.things.clone(),
        blank: layer.blank,
    }
}

/// Pairs of rows within the window.
struct Pairs<'a> {
    acts: &'a Acts,
    layer: &'a Layer,
    laid: &'a Laid,
}

/// One pair of contents, seen from its account with the smaller number.
#[derive(Clone, Copy)]
struct Pair {
    older: u32,
    newer: u32,
    /// The smaller account's content, and the other's.
    own: u32,
    theirs: u32,
    seconds: f64,
}

impl Pairs<'_> {
    fn content(&self, row: &Row) -> u32 {
        self.layer.message[row.act as usize]
    }

    /// True where the object is the content itself: the original among its own reposts.
    fn itself(&self, row: &Row) -> bool {
        let object = self.layer.things[self.layer.what[row.act as usize] as usize];
        object == self.acts.messages[self.content(row) as usize]
    }

    fn pair(&self, x: &Row, y: &Row) -> bool {
        x.who != y.who && self.content(x) != self.content(y) && !self.itself(x) && !self.itself(y)
    }

    /// Contents of which one side of a pair must be: those in any pair, of accounts with enough such rows.
    fn kept(&self, least: u32) -> Vec<bool> {
        let mut paired = vec![false; self.acts.messages.len()];
        for (at, row) in self.laid.rows.iter().enumerate() {
            let content = self.content(row) as usize;
            paired[content] = paired[content] || self.laid.around(at as u32).iter().any(|other| self.pair(row, other));
        }
        let mut rows = vec![0_u32; self.acts.accounts.len()];
        let in_pair = |act: &usize| paired[self.layer.message[*act] as usize];
        (0..self.layer.len()).filter(in_pair).for_each(|act| rows[self.layer.who[act] as usize] += 1);
        let mut kept = vec![false; paired.len()];
        for act in (0..self.layer.len()).filter(in_pair) {
            let often = rows[self.layer.who[act] as usize] >= least;
            kept[self.layer.message[act] as usize] |= often;
        }
        kept
    }

    /// The pair of contents that two rows make, where one of these is kept.
    fn meeting(&self, at: u32, other: u32, kept: &[bool]) -> Option<Pair> {
        let (row, with) = (&self.laid.rows[at as usize], &self.laid.rows[other as usize]);
        let (own, theirs) = (self.content(row), self.content(with));
        if !self.pair(row, with) || !(kept[own as usize] || kept[theirs as usize]) {
            return None;
        }
        let (older, newer) = if other > at { (own, theirs) } else { (theirs, own) };
        Some(Pair { older, newer, own, theirs, seconds: (seconds(with.when) - seconds(row.when)).abs() })
    }
}

/// How many edges have which weight: all that the quantile asks for, counted before any edge is kept.
#[derive(Default)]
struct Weights(BTreeMap<usize, u64>);

impl Weights {
    fn add(&mut self, weight: usize) {
        *self.0.entry(weight).or_default() += 1;
    }

    fn quantile(&self, share: f64) -> f64 {
        let mut before = 0;
        let ends: Vec<(u64, f64)> = self
            .0
            .iter()
            .map(|(weight, edges)| {
                before += edges;
                (before, *weight as f64)
            })
            .collect();
        cut::quantile_of(before, &|at| ends[ends.partition_point(|(end, _)| *end <= at)].1, share)
    }
}

/// Edges and what CooRTweet knows of them.
#[derive(Default)]
struct Found {
    threshold: f64,
    edges: Edges,
    delta: Vec<f64>,
    ratio: Vec<f64>,
    flag: Vec<i64>,
    /// Different older and newer contents, and those of source and target.
    contents: [Vec<i64>; 4],
    uneven: bool,
    scratch: Vec<u32>,
}

impl Found {
    /// Looks at every edge, and remembers those that are kept.
    fn add(&mut self, (a, b): (u32, u32), met: &[(u32, Pair)], kept: bool) {
        let sides: [fn(&Pair) -> u32; 4] = [|p| p.older, |p| p.newer, |p| p.own, |p| p.theirs];
        let contents @ [older, newer, own, theirs] = sides.map(|side| self.different(met, side));
        self.uneven |= older.min(newer) * own.max(theirs) != older.max(newer) * own.min(theirs);
        if !kept {
            return;
        }
        let weight = met.len() as f64;
        self.edges.push(a, b, weight);
        self.delta.push(mean(met.iter().map(|m| m.1.seconds), met.len()));
        self.ratio.push(older.min(newer) as f64 / older.max(newer) as f64);
        self.flag.push(i64::from(weight > self.threshold));
        self.contents.iter_mut().zip(contents).for_each(|(side, n)| side.push(n));
    }

    fn different(&mut self, met: &[(u32, Pair)], side: fn(&Pair) -> u32) -> i64 {
        if let [_] = met {
            return 1;
        }
        self.scratch.clear();
        self.scratch.extend(met.iter().map(|m| side(&m.1)));
        self.scratch.sort_unstable();
        self.scratch.dedup();
        self.scratch.len() as i64
    }

    fn edges(self) -> Edges {
        let [older, newer, own, theirs] = self.contents.map(Values::Whole);
        let column = |name, values| Column { name, values };
        let more = vec![
            column("avg_time_delta", Values::Real(self.delta)),
            column("n_content_id", older),
            column("n_content_id_y", newer),
            column("edge_symmetry_score", Values::Real(self.ratio)),
            column("weight_threshold", Values::Whole(self.flag)),
            column("source_contents", own),
            column("target_contents", theirs),
        ];
        Edges { more, ..self.edges }
    }
}

/// The mean, what rounding loses carried along (Neumaier 1974).
fn mean(values: impl Iterator<Item = f64>, count: usize) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0);
    for x in values {
        let next = sum + x;
        lost += if sum.abs() >= x.abs() { (sum - next) + x } else { (x - next) + sum };
        sum = next;
    }
    (sum + lost) / count.max(1) as f64
}

#[cfg(test)]
mod tests;
