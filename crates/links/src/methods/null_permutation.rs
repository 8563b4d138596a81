//! Co-sharing against permutations: the column of things is shuffled over the rows, again and again.
//!
//! Accounts keep their times, things their popularity; what is broken is who touched what when. Each permutation is
//! counted as the data were, by the same function.

use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{counts, cut, laid::Laid, laid::Window, outcome};
use model::{Acts, Card, Column, Coordination, Edges, Values};

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "null-permutation",
        about: "co-sharing beyond what seeded permutations of the things over the rows give",
        source: "Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses; Phipson & Smyth 2010 for p; Benjamini & Hochberg 1995",
    },
    recipe: &[
        ("trace", "one kind"),
        ("window", "sliding, ±W inclusive"),
        ("similarity", "count of pairs of acts"),
        (
            "cut",
            "significance: share of permutations with as many pairs or more, Benjamini–Hochberg over the pairs tested",
        ),
        ("communities", "Leiden within connected components"),
    ],
    knobs: &[
        Knob { id: "kind", about: "what is shared", default: "repost", unit: Unit::Word(super::WRITTEN) },
        Knob { id: "window", about: "largest time between two acts", default: "60s", unit: Unit::Time },
        Knob {
            id: "min",
            about: "fewest pairs of acts of a pair of accounts that is tested",
            default: "2",
            unit: Unit::Count,
        },
        Knob { id: "permutations", about: "how many", default: "1000", unit: Unit::Count },
        Knob { id: "fdr", about: "false discovery rate", default: "0.05", unit: Unit::Share },
        Knob { id: "seed", about: "another seed gives other permutations", default: "1", unit: Unit::Count },
    ],
    page: MethodPage {
        sees: "Pairs of accounts that meet in more things within the window than when the things are dealt anew.",
        wrong: "Dealing things anew breaks the bursts of things too: whoever takes part in the same bursts looks coordinated, \
                audiences included. The smallest p is one in permutations + 1, so that among very many pairs none can pass.",
        chosen: "The pairs tested are those with at least `min` meetings in the data; the cut on meetings is not corrected for.",
    },
    run: Run::Recipe(reads, run),
};

fn reads(asked: &Asked) -> Reads {
    Reads { kinds: vec![asked.word("kind")], as_written: true, first_rows: true, ..Reads::default() }
}

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let mut layer = acts.layer(asked.word("kind")).clone();
    let accounts = acts.accounts.len();
    let (window, least) = (Window::Within(asked.micros("window")), asked.count("min").max(1));
    let mut seen: Vec<(u32, u32, u32)> = Vec::new();
    counts::pairs(&Laid::new(&layer, accounts, window), accounts, least, &mut |a, b, n| seen.push((a, b, n)));
    let rounds = if seen.is_empty() { 0 } else { asked.count("permutations") };
    let (mut as_many, mut sum) = (vec![0_u32; seen.len()], vec![0_u64; seen.len()]);
    let mut dice = Dice(u64::from(asked.count("seed")));
    for _ in 0..rounds {
        dice.shuffle(&mut layer.what);
        let mut at = 0;
        counts::pairs(&Laid::new(&layer, accounts, window), accounts, 1, &mut |a, b, n| {
            while at < seen.len() && (seen[at].0, seen[at].1) < (a, b) {
                at += 1;
            }
            if at < seen.len() && (seen[at].0, seen[at].1) == (a, b) {
                as_many[at] += u32::from(n >= seen[at].2);
                sum[at] += u64::from(n);
            }
        });
    }
    let p: Vec<f64> = as_many.iter().map(|n| f64::from(n + 1) / (f64::from(rounds) + 1.0)).collect();
    let most = cut::benjamini_hochberg(&p, asked.share("fdr"), p.len() as f64).unwrap_or(-1.0);
    let mut edges = Edges::default();
    let keep: Vec<usize> = (0..p.len()).filter(|at| p[*at] <= most).collect();
    keep.iter().for_each(|at| edges.push(seen[*at].0, seen[*at].1, f64::from(seen[*at].2)));
    let expected = keep.iter().map(|at| sum[*at] as f64 / f64::from(rounds.max(1))).collect();
    edges.more = vec![
        Column { name: "expected", values: Values::Real(expected) },
        Column { name: "p", values: Values::Real(keep.iter().map(|at| p[*at]).collect()) },
    ];
    let coarse = outcome::coarse(&layer, asked.micros("window"));
    outcome::of(acts, edges, coarse.into_iter().collect())
}

/// SplitMix64: repeatable chance.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Fisher and Yates.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let other = (u128::from(self.roll()) * (i as u128 + 1)) >> 64;
            items.swap(i, other as usize);
        }
    }
}
