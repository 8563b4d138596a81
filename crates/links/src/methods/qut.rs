//! coordination-network-toolkit 1.5.2, edge for edge.
//!
//! weight(u → v) is the number of distinct messages of u for which a message of v with the same key lies within ±W, both
//! ends included, times as double-precision seconds. One function serves all its networks: only the key differs.

use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{counts, counts::Counters, laid::Laid, laid::Window, laid::seconds, outcome, similar};
use model::{Acts, Card, Coordination, Edges, Layer, Remark};

const KINDS: &[&str] = &["repost", "text", "similar-text", "url", "reply", "post"];

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "qut",
        about: "coordination-network-toolkit 1.5.2: co_retweet, co_tweet, co_similar_tweet, co_link, co_reply, co_post",
        source: "Graham & QUT Digital Observatory 2020, Coordination Network Toolkit, doi:10.25912/RDF_1632782596538",
    },
    recipe: &[
        ("trace", "the kind's key as it stands: repost id, reply id, URL, text, set of words, or none"),
        ("filter", "first row of each message; reposts count for `repost` and `post` only"),
        ("window", "sliding, ±W inclusive"),
        ("similarity", "count of distinct messages, directed; `similar-text`: Jaccard over UAX #29 words"),
        ("cut", "absolute: weight ≥ min"),
        ("communities", "none in the tool; Leiden within connected components here"),
    ],
    knobs: &[
        Knob {
            id: "kind",
            about: "which network: the tool's co_retweet, co_tweet, co_similar_tweet, co_link, co_reply, co_post",
            default: "repost",
            unit: Unit::Word(KINDS),
        },
        Knob { id: "window", about: "largest time between two messages", default: "60s", unit: Unit::Time },
        Knob { id: "min", about: "least weight of an edge", default: "1", unit: Unit::Count },
        Knob { id: "similarity", about: "least Jaccard similarity of texts", default: "0.8", unit: Unit::Share },
        Knob { id: "words", about: "fewest different words of a text", default: "1", unit: Unit::Count },
    ],
    page: MethodPage {
        sees: "Who posts the same thing as whom within a short time, and how often.",
        wrong: "It knows no chance: active accounts and popular things make edges by themselves. A post without links has \
                the link \"\" and so is linked to every other such post; texts of nothing but mentions are equal; whatever \
                follows an @ up to the next space is cut, also in mail addresses. A number is a time in seconds, also where it is \
                one of milliseconds. Where this happens a note names the rows.",
        chosen: "Where the tool stops with an error (two texts without any word), such texts are like no other. Times are kept to \
                 the microsecond. scripts/toolkit_crosscheck.py compares the two on random inputs.",
    },
    run: Run::Recipe(reads, run),
};

fn reads(asked: &Asked) -> Reads {
    Reads { kinds: vec![asked.word("kind")], as_written: true, first_rows: true, by_id: true, bare_seconds: true }
}

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let kind = asked.word("kind");
    let layer = acts.layer(kind);
    let mut edges = Edges { directed: true, ..Edges::default() };
    let mut push = |u: u32, v: u32, weight: u32| edges.push(u, v, f64::from(weight));
    let (accounts, least) = (acts.accounts.len(), asked.count("min").max(1));
    if kind == "similar-text" {
        similar_texts(acts, layer, asked, &mut push);
    } else {
        let laid = Laid::new(layer, accounts, Window::Between(asked.seconds("window")));
        counts::messages(&laid, layer, accounts, least, &mut push);
    }
    let remarks = [blank(acts, layer), outcome::coarse(layer, asked.micros("window"))];
    outcome::of(acts, edges, remarks.into_iter().flatten().collect())
}

/// What the tool gets wrong, and in which rows.
fn blank(acts: &Acts, layer: &Layer) -> Option<Remark> {
    let why = match layer.kind {
        "url" => "no URL: the tool takes the empty string for one, which links all such messages",
        "text" => "no text but mentions: the tool takes all such texts for equal",
        _ => return None,
    };
    let rows = (0..layer.len()).filter(|at| Some(layer.what[*at]) == layer.blank);
    Remark::of_rows(why, rows.map(|at| acts.rows[layer.message[at] as usize]))
}

/// co_similar_tweet: texts that share most of their words.
fn similar_texts(acts: &Acts, layer: &Layer, asked: &Asked, push: &mut dyn FnMut(u32, u32, u32)) {
    let window = asked.micros("window").saturating_add(1);
    let found = similar::alike(&acts.tokens, &layer.when, window, asked.share("similarity"));
    let few = asked.count("words") as usize;
    let by_set = BySet::of(layer, &found, |text| acts.tokens.of(text).len() >= few);
    let (w, least) = (asked.seconds("window"), asked.count("min").max(1));
    let mut counters = Counters::new(acts.accounts.len());
    for (who, own) in (0_u32..).zip(by_account(layer, acts.accounts.len())) {
        if (own.len() as u64) < u64::from(least) {
            continue;
        }
        for text in &own {
            let set = found.set[*text as usize];
            if set == similar::NONE || acts.tokens.of(*text as usize).len() < few {
                continue;
            }
            let time = seconds(layer.when[*text as usize]);
            for other in found.partners(set).iter().chain([&set]) {
                by_set.within(*other, time, w, |v| {
                    if v != who {
                        counters.count(v, text + 1);
                    }
                });
            }
        }
        counters.drain(least, |v, count| push(who, v, count));
    }
}

/// The texts of each set, earliest first: time and account.
struct BySet {
    starts: Vec<u32>,
    texts: Vec<(i64, u32)>,
}

impl BySet {
    fn of(layer: &Layer, found: &similar::Alike, counts: impl Fn(usize) -> bool) -> Self {
        let mut rows: Vec<(u32, i64, u32)> = (0..layer.len())
            .filter(|text| found.set[*text] != similar::NONE && counts(*text))
            .map(|text| (found.set[text], layer.when[text], layer.who[text]))
            .collect();
        rows.sort_unstable();
        let mut starts = vec![0_u32; found.sets() + 1];
        rows.iter().for_each(|r| starts[r.0 as usize + 1] += 1);
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        Self { starts, texts: rows.into_iter().map(|r| (r.1, r.2)).collect() }
    }

    fn within(&self, set: u32, time: f64, window: f64, mut f: impl FnMut(u32)) {
        let texts = &self.texts[self.starts[set as usize] as usize..self.starts[set as usize + 1] as usize];
        let first = texts.partition_point(|t| seconds(t.0) < time - window);
        texts[first..].iter().take_while(|t| seconds(t.0) <= time + window).for_each(|t| f(t.1));
    }
}

/// Each account's acts, in the order of the layer.
fn by_account(layer: &Layer, accounts: usize) -> Vec<Vec<u32>> {
    let mut own: Vec<Vec<u32>> = vec![Vec::new(); accounts];
    for (text, who) in layer.who.iter().enumerate() {
        own[*who as usize].push(text as u32);
    }
    own
}

#[cfg(test)]
mod tests;
