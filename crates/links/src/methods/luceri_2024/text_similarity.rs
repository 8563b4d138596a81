//! The trace text similarity: posts of one day with nearly the same words.
//!
//! The paper compares meanings, by sentence embeddings of a language model; here it is sets of words, so that a
//! paraphrase is missed and nothing has to be downloaded.

use super::{CENTRAL, Network, PAPER};
use crate::method::{Asked, Knob, Method, Reads, Run, Unit};
use crate::steps::similar;
use model::{Acts, DAY, Layer};
use rustc_hash::{FxHashMap, FxHashSet};

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "luceri-2024-text-similarity",
    "accounts by their most alike posts of one day, without the less central ones",
    &[
        ("trace", "words of posts that are no reposts"),
        ("filter", "posts with enough different words"),
        ("window", "tumbling: a day (UTC)"),
        (
            "similarity",
            "of the two most alike posts: cosine of sentence embeddings in the paper, Jaccard of words here",
        ),
        ("cut", "at least `similarity`; accounts below a quantile of eigenvector centrality go"),
        ("communities", "none in the paper; Leiden within connected components here"),
    ],
    &[WORDS, SIMILARITY, CENTRAL],
    (
        "Accounts that post nearly the same words on the same day.",
        "No language model comes with this program, so words stand in for meanings: paraphrases and translations, which \
         the paper's trace is for, are not seen. Words are those of UAX #29 without mentions; the paper also drops links, \
         figures and English stop words. The similarity is the paper's lowest (0.7); it tries many quantiles of centrality, \
         and 0.9 is chosen.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["similar-text"], as_written: true, first_rows: true, ..Reads::default() },
        |acts, asked| network(acts, asked).pruned(acts, asked),
    ),
);

pub(super) const WORDS: Knob =
    Knob { id: "words", about: "fewest different words of a text", default: "5", unit: Unit::Count };
pub(super) const SIMILARITY: Knob =
    Knob { id: "similarity", about: "least similarity of two texts", default: "0.7", unit: Unit::Share };

pub(super) fn network(acts: &Acts, asked: &Asked) -> Network {
    let days = Days::of(acts, acts.layer("similar-text"), asked);
    Network::of_pairs("text", &|f| days.each_pair(acts, f))
}

/// Who posted which set of words on which day.
struct Days {
    days: Vec<i64>,
    found: similar::Alike,
    /// A text of each set.
    text: Vec<u32>,
    /// Accounts by set and day, sorted, each once.
    who: FxHashMap<(u32, i64), Vec<u32>>,
    /// Texts of each account.
    own: Vec<Vec<u32>>,
}

impl Days {
    fn of(acts: &Acts, layer: &Layer, asked: &Asked) -> Self {
        let days: Vec<i64> = layer.when.iter().map(|when| when.div_euclid(DAY)).collect();
        let found = similar::alike(&acts.tokens, &days, 0, asked.share("similarity"));
        let words = asked.count("words") as usize;
        let mut all = Self {
            text: vec![0; found.sets()],
            own: vec![Vec::new(); acts.accounts.len()],
            who: FxHashMap::default(),
            days,
            found,
        };
        for text in 0..layer.len() {
            let set = all.found.set[text];
            if set != similar::NONE && acts.tokens.of(text).len() >= words {
                all.text[set as usize] = text as u32;
                all.own[layer.who[text] as usize].push(text as u32);
                all.who.entry((set, all.days[text])).or_default().push(layer.who[text]);
            }
        }
        all.who.values_mut().for_each(|w| {
            w.sort_unstable();
            w.dedup();
        });
        all
    }

    /// Each pair of accounts with the similarity of their most alike texts of one day.
    fn each_pair(&self, acts: &Acts, f: &mut dyn FnMut(u32, u32, f64)) {
        let (mut best, mut touched) = (vec![0.0_f64; self.own.len()], Vec::new());
        for (who, own) in (0_u32..).zip(&self.own) {
            for text in own {
                let set = self.found.set[*text as usize];
                for other in self.found.partners(set).iter().chain([&set]) {
                    let Some(with) = self.who.get(&(*other, self.days[*text as usize])) else { continue };
                    let alike =
                        jaccard(acts.tokens.of(*text as usize), acts.tokens.of(self.text[*other as usize] as usize));
                    for account in &with[with.partition_point(|a| *a <= who)..] {
                        let cell = &mut best[*account as usize];
                        if *cell == 0.0 {
                            touched.push(*account);
                        }
                        *cell = cell.max(alike);
                    }
                }
            }
            touched.sort_unstable();
            for other in touched.drain(..) {
                f(who, other, std::mem::take(&mut best[other as usize]));
            }
        }
    }
}

/// Words within a set are different.
fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let known: FxHashSet<u64> = a.iter().copied().collect();
    let both = b.iter().filter(|word| known.contains(word)).count();
    both as f64 / (a.len() + b.len() - both) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Quote, Tokens};

    /// Accounts 0 and 1 share four of five words on day 0 and all five on day 1; account 2 has the same words on day 2.
    #[test]
    fn the_most_alike_of_a_day() {
        let texts: [(u32, i64, [u64; 5]); 5] = [
            (0, 0, [1, 2, 3, 4, 5]),
            (1, 0, [1, 2, 3, 4, 6]),
            (0, 1, [1, 2, 3, 4, 5]),
            (1, 1, [5, 4, 3, 2, 1]),
            (2, 2, [1, 2, 3, 4, 5]),
        ];
        let layer = Layer {
            kind: "similar-text",
            who: texts.iter().map(|t| t.0).collect(),
            what: vec![0; 5],
            message: (0..5).collect(),
            when: texts.iter().map(|t| t.1 * DAY).collect(),
            things: vec![0],
            blank: None,
        };
        let tokens =
            Tokens { starts: (0..6).map(|n| n * 5).collect(), words: texts.iter().flat_map(|t| t.2).collect() };
        let accounts = (0..3).map(|n| Quote::from(format!("u{n}"))).collect();
        for (upto, expected) in [(5, 1.0), (2, 4.0 / 6.0)] {
            let cut = |column: &[u32]| column[..upto].to_vec();
            let layer = Layer {
                who: cut(&layer.who),
                what: cut(&layer.what),
                message: cut(&layer.message),
                when: layer.when[..upto].to_vec(),
                ..layer.clone()
            };
            let acts = Acts {
                accounts: Vec::clone(&accounts),
                layers: vec![layer],
                tokens: tokens.clone(),
                ..Acts::default()
            };
            let asked = Asked::of(&METHOD, &[("similarity", "0.6")]).expect("its knobs");
            let edges = network(&acts, &asked).edges;
            assert_eq!((edges.source, edges.target, edges.weight), (vec![0], vec![1], vec![expected]));
        }
    }
}
