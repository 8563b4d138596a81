//! CooRTweet 2.1.3, edge for edge.
//!
//! Pairs of rows on one object within W seconds make edges between accounts; whoever takes part too rarely is left out
//! first, and a pair stays if *either* of its contents is of an account that takes part often enough. The order of rows
//! decides ties, and rows are regrouped by account before; both are kept here, because the counts of older and newer
//! contents depend on them.

use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{cut, laid::Laid, laid::Row, laid::Window, laid::seconds, meetings, outcome};
use model::{Acts, Card, Column, Coordination, Edges, Layer, Remark, Values};

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
    let mut found = Found::default();
    meetings::each(&laid, acts.accounts.len(), &|x, y| pairs.meeting(x, y, &kept), &mut |a, b, met| {
        found.add(a, b, met)
    });
    let edges = found.edges(asked);
    let remark = || "edge_symmetry_score compares older with newer contents, not the two accounts: see source_contents and target_contents";
    let uneven = found.uneven.then(|| Remark::new(remark()));
    let remarks = [uneven, twofold(acts, &layer), outcome::coarse(&layer, asked.micros("window"))];
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

/// Edges and what CooRTweet knows of them.
#[derive(Default)]
struct Found {
    edges: Edges,
    delta: Vec<f64>,
    /// Different older and newer contents, and those of source and target.
    contents: [Vec<i64>; 4],
    uneven: bool,
    scratch: Vec<u32>,
}

impl Found {
    fn add(&mut self, a: u32, b: u32, met: &[(u32, Pair)]) {
        self.edges.push(a, b, met.len() as f64);
        self.delta.push(mean(met.iter().map(|m| m.1.seconds), met.len()));
        let sides: [fn(&Pair) -> u32; 4] = [|p| p.older, |p| p.newer, |p| p.own, |p| p.theirs];
        for (side, of) in self.contents.iter_mut().zip(sides) {
            self.scratch.clear();
            self.scratch.extend(met.iter().map(|m| of(&m.1)));
            self.scratch.sort_unstable();
            self.scratch.dedup();
            side.push(self.scratch.len() as i64);
        }
        let [older, newer, own, theirs] = self.contents.each_ref().map(|c| c.last().copied().unwrap_or(0));
        self.uneven |= older.min(newer) * own.max(theirs) != older.max(newer) * own.min(theirs);
    }

    fn edges(&mut self, asked: &Asked) -> Edges {
        let mut sorted = self.edges.weight.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let threshold = cut::quantile(&sorted, asked.share("quantile"));
        let all = std::mem::take(&mut self.edges);
        let (least, only) = (f64::from(asked.count("min")), asked.word("flagged") == "yes");
        let keep: Vec<usize> =
            (0..all.len()).filter(|e| all.weight[*e] >= least && (!only || all.weight[*e] > threshold)).collect();
        let whole = |column: &[i64]| Values::Whole(keep.iter().map(|e| column[*e]).collect());
        let [older, newer, own, theirs] = &self.contents;
        let ratio = |e: &usize| older[*e].min(newer[*e]) as f64 / older[*e].max(newer[*e]) as f64;
        let flag = |e: &usize| i64::from(all.weight[*e] > threshold);
        let column = |name, values| Column { name, values };
        Edges {
            directed: false,
            source: keep.iter().map(|e| all.source[*e]).collect(),
            target: keep.iter().map(|e| all.target[*e]).collect(),
            weight: keep.iter().map(|e| all.weight[*e]).collect(),
            more: vec![
                column("avg_time_delta", Values::Real(keep.iter().map(|e| self.delta[*e]).collect())),
                column("n_content_id", whole(older)),
                column("n_content_id_y", whole(newer)),
                column("edge_symmetry_score", Values::Real(keep.iter().map(ratio).collect())),
                column("weight_threshold", Values::Whole(keep.iter().map(flag).collect())),
                column("source_contents", whole(own)),
                column("target_contents", whole(theirs)),
            ],
        }
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
