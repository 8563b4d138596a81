//! The bipartite configuration model with Poisson p-values and a false discovery rate, as the package `bicm` 3.4.0.
//!
//! Accounts and things have on average the numbers of each other that they have in the data, and nothing else; how many
//! things two accounts would share then is nearly Poisson. The model is solved for classes of equal degree, by Newton's
//! step in each fitness in turn.

use crate::chance::{ln_poisson_tail, probability};
use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{counts, cut, laid::Laid, laid::Window, outcome};
use model::{Acts, Card, Column, Coordination, Edges, Layer, Remark, Values};
use std::collections::BTreeMap;

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "bicm",
        about: "bipartite configuration model: shared things beyond what degrees alone give",
        source: "Saracco et al. 2017, Inferring monopartite projections of bipartite networks, New J. Phys. 19 053022; package bicm 3.4.0",
    },
    recipe: &[
        ("trace", "one kind, each account and thing once"),
        ("filter", "things that at least two accounts touched"),
        ("window", "whole: times are not looked at"),
        ("similarity", "count of shared things, with its Poisson p under the model"),
        ("cut", "significance: Benjamini–Hochberg over all pairs of accounts"),
        ("communities", "Leiden within connected components"),
    ],
    knobs: &[
        Knob { id: "kind", about: "what is shared", default: "object", unit: Unit::Word(super::WRITTEN) },
        Knob { id: "fdr", about: "false discovery rate", default: "0.01", unit: Unit::Share },
    ],
    page: MethodPage {
        sees: "Pairs of accounts that share more things than their activity and the things' popularity explain.",
        wrong: "It knows no time: a fan and a newsroom that post the same links all year are as alike as two bots. The Poisson \
                approximation is too kind where a few things are shared by nearly everybody.",
        chosen: "Things that one account alone touched are left out, and so are accounts without any other: they can link nobody, and \
                 the reference edges are met so.",
    },
    run: Run::Recipe(reads, run),
};

fn reads(asked: &Asked) -> Reads {
    Reads { kinds: vec![asked.word("kind")], as_written: true, ..Reads::default() }
}

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let layer = super::shared(&super::once(acts.layer(asked.word("kind"))));
    let accounts = acts.accounts.len();
    let model = Fitted::of(&layer, accounts);
    let laid = Laid::new(&layer, accounts, Window::Whole);
    let rate = asked.share("fdr");
    let mut tail = BTreeMap::new();
    let (mut ends, mut ps, mut shared) = (Vec::new(), Vec::new(), Vec::new());
    counts::pairs(&laid, accounts, 1, &mut |a, b, count| {
        let classes = model.classes(a, b);
        let p = *tail
            .entry((classes, count))
            .or_insert_with(|| probability(ln_poisson_tail(count, model.expected(classes))));
        if p <= rate {
            ends.push((a, b));
            ps.push(p);
            shared.push(count);
        }
    });
    let active = model.of.iter().filter(|c| **c != NONE).count() as f64;
    let most = cut::benjamini_hochberg(&ps, rate, active * (active - 1.0) / 2.0).unwrap_or(-1.0);
    let mut edges = Edges::default();
    let (mut expected, mut p) = (Vec::new(), Vec::new());
    for at in (0..ps.len()).filter(|at| ps[*at] <= most) {
        let (a, b) = ends[at];
        edges.push(a, b, f64::from(shared[at]));
        expected.push(model.expected(model.classes(a, b)));
        p.push(ps[at]);
    }
    edges.more = vec![
        Column { name: "expected", values: Values::Real(expected) },
        Column { name: "p", values: Values::Real(p) },
    ];
    let unsolved = (!model.solved)
        .then(|| Remark::new("the model was not solved to the last digit: edges near the cut may differ"));
    outcome::of(acts, edges, unsolved.into_iter().collect())
}

const NONE: u32 = u32::MAX;

/// Degrees and fitnesses by class.
struct Fitted {
    /// Class of each account, or [`NONE`].
    of: Vec<u32>,
    x: Vec<f64>,
    y: Vec<f64>,
    /// Things of each class.
    things: Vec<f64>,
    solved: bool,
}

impl Fitted {
    fn of(layer: &Layer, accounts: usize) -> Self {
        let (of, x) = classes(&layer.who, accounts);
        let (_, y) = classes(&layer.what, layer.things.len());
        let links = layer.len() as f64;
        let start = |side: &[(f64, f64)]| side.iter().map(|(k, _)| k / links.max(1.0).sqrt()).collect::<Vec<f64>>();
        let (mut fx, mut fy) = (start(&x), start(&y));
        let mut solved = false;
        for _ in 0..20_000 {
            let moved = settle(&mut fx, &x, &fy, &y).max(settle(&mut fy, &y, &fx, &x));
            solved = moved < 1e-13;
            if solved {
                break;
            }
        }
        Self { of, x: fx, y: fy, things: y.iter().map(|c| c.1).collect(), solved }
    }

    fn classes(&self, a: u32, b: u32) -> (u32, u32) {
        let (a, b) = (self.of[a as usize], self.of[b as usize]);
        (a.min(b), a.max(b))
    }

    /// Things that two accounts of these classes share on average.
    fn expected(&self, (a, b): (u32, u32)) -> f64 {
        let share = |x: f64, y: f64| x * y / (1.0 + x * y);
        let (a, b) = (self.x[a as usize], self.x[b as usize]);
        self.y.iter().zip(&self.things).map(|(y, n)| n * share(a, *y) * share(b, *y)).sum()
    }
}

/// Class of each end by its degree, and of each class its degree and how many ends it has.
fn classes(ends: &[u32], count: usize) -> (Vec<u32>, Vec<(f64, f64)>) {
    let mut degree = vec![0_u32; count];
    ends.iter().for_each(|e| degree[*e as usize] += 1);
    let mut sizes: BTreeMap<u32, u32> = BTreeMap::new();
    degree.iter().filter(|d| **d > 0).for_each(|d| *sizes.entry(*d).or_default() += 1);
    let number: BTreeMap<u32, u32> = sizes.keys().copied().zip(0..).collect();
    let of = degree.iter().map(|d| number.get(d).copied().unwrap_or(NONE)).collect();
    (of, sizes.into_iter().map(|(d, n)| (f64::from(d), f64::from(n))).collect())
}

/// One Newton step of each fitness towards its degree, the other side held still; the largest relative move.
fn settle(x: &mut [f64], degrees: &[(f64, f64)], y: &[f64], others: &[(f64, f64)]) -> f64 {
    let mut moved = 0.0_f64;
    for (x, (degree, _)) in x.iter_mut().zip(degrees) {
        let (mut sum, mut slope) = (0.0, 0.0);
        for (y, (_, many)) in y.iter().zip(others) {
            let d = 1.0 + *x * y;
            sum += many * *x * y / d;
            slope += many * y / (d * d);
        }
        let next = (*x + (degree - sum) / slope).clamp(*x / 8.0, *x * 8.0);
        moved = moved.max((next - *x).abs() / *x);
        *x = next;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_has_the_degrees_of_the_data() {
        let ends = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (3, 3)];
        let layer = Layer {
            who: ends.iter().map(|e| e.0).collect(),
            what: ends.iter().map(|e| e.1).collect(),
            message: vec![0; 7],
            when: vec![0; 7],
            things: vec![0; 4],
            ..Layer::default()
        };
        let model = Fitted::of(&layer, 5);
        assert!(model.solved && model.of[4] == NONE);
        for (account, degree) in [(0, 3.0), (1, 2.0), (2, 1.0)] {
            let x = model.x[model.of[account] as usize];
            let got: f64 = model.y.iter().zip(&model.things).map(|(y, n)| n * x * y / (1.0 + x * y)).sum();
            assert!((got - degree).abs() < 1e-9, "{got} {degree}");
        }
    }
}
