//! CooRnet: links shared by several in the same bin of time, the bin's length taken from the data.
//!
//! Bins of one length begin with each URL's first share; a share counts as coordinated where another falls into its bin.
//! Two accounts weigh as many URLs as both have such a share of. The tool is reproduced as its code has it: bins count
//! shares and not accounts, and the two accounts' shares need not lie in one bin. A remark names such URLs' rows.

use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{bins, counts, interval, laid::Laid, laid::Window, outcome, top};
use model::{Acts, Card, Coordination, Edges, Layer, Remark, When};

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "coornet",
        about: "CooRnet: coordinated link sharing in tumbling bins per URL, their length estimated from the data",
        source: "Giglietto, Righetti, Rossi & Marino 2020, It takes a village to manipulate the media, Information, Communication & Society 23(6); package CooRnet (estimate_coord_interval, get_coord_shares)",
    },
    recipe: &[
        ("trace", "URLs as they stand, each once a message"),
        ("filter", "URLs that at least two accounts shared"),
        ("window", "tumbling: bins of the interval from each URL's first share on, of whole seconds"),
        ("similarity", "count of URLs of which both have a share in a bin with another share"),
        ("cut", "percentile: weight not below the quantile `edge` of all weights (type 7)"),
        ("communities", "connected components in the tool; Leiden within them here"),
    ],
    knobs: &[
        Knob {
            id: "kind",
            about: "what is shared",
            default: "url",
            unit: Unit::Word(&["url", "object", "repost", "text"]),
        },
        Knob {
            id: "window",
            about: "the interval (coordination_interval); 0 for the estimate",
            default: "0s",
            unit: Unit::Time,
        },
        Knob {
            id: "q",
            about: "quantile of the quickest second shares, for the estimate",
            default: "0.1",
            unit: Unit::Share,
        },
        Knob {
            id: "p",
            about: "share of all shares to be reached, for the estimate",
            default: "0.5",
            unit: Unit::Share,
        },
        Knob {
            id: "edge",
            about: "quantile of the weights below which edges go (percentile_edge_weight)",
            default: "0.9",
            unit: Unit::Share,
        },
    ],
    page: MethodPage {
        sees: "Pages, groups and accounts that share the same links within moments of each other, again and again.",
        wrong: "It knows no chance. Bins part what stands a second apart on both sides of an edge. An account that shares a \
                link twice within a bin counts as coordinated with itself, and is then linked to everybody who shared that \
                link in a crowded bin, at any time: a note names the rows. The estimate always finds an interval, also \
                where nothing is coordinated.",
        chosen: "An estimate below a second is a second, as in the tool; fractions of seconds are dropped, as R's cut does. \
                 Shares without a link are left out. Subscribers and account names, which the tool prints beside, are not \
                 read.",
    },
    run: Run::Recipe(reads, run),
};

fn reads(asked: &Asked) -> Reads {
    Reads { kinds: vec![asked.word("kind")], as_written: true, first_rows: true, ..Reads::default() }
}

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let layer = super::named(acts.layer(asked.word("kind")));
    let accounts = acts.accounts.len();
    let set = asked.seconds("window");
    let estimate = || interval::seconds(&layer, asked.share("q"), asked.share("p"));
    let seconds = if set > 0.0 { Some(set.floor().max(1.0)) } else { estimate() };
    let Some(seconds) = seconds else { return outcome::of(acts, Edges::default(), vec![]) };
    let crowded = crowded(&by_many(&layer), seconds as i64 * When::SECOND);
    let once = super::once(&crowded.shares);
    let laid = Laid::new(&once, accounts, Window::Whole);
    let pairs = |f: &mut dyn FnMut(u32, u32, f64)| {
        counts::pairs(&laid, accounts, 1, &mut |a, b, n| f(a, b, f64::from(n)));
    };
    let least = top::quantile(&pairs, asked.share("edge"));
    let interval = Remark::new(format!("bins of {seconds} s; edges from a weight of {least} on are kept"));
    let alone = Remark::of_rows(
        "a bin holds shares of one account only: the tool takes it for coordinated with whoever shared the same in a crowded bin",
        crowded.alone.iter().map(|act| acts.rows[crowded.shares.message[*act] as usize]),
    );
    let remarks = [Some(interval), alone].into_iter().flatten().collect();
    outcome::of(acts, top::above(&pairs, 1.0, least), remarks)
}

/// Only things that at least two accounts touched.
fn by_many(layer: &Layer) -> Layer {
    let mut first: Vec<Option<u32>> = vec![None; layer.things.len()];
    let mut many = vec![false; layer.things.len()];
    for (what, who) in layer.what.iter().zip(&layer.who) {
        let at = *what as usize;
        many[at] |= *first[at].get_or_insert(*who) != *who;
    }
    super::kept(layer, |act| many[layer.what[act] as usize])
}

/// Shares with another in their bin.
struct Crowded {
    shares: Layer,
    /// Those among them whose bin holds one account only.
    alone: Vec<usize>,
}

fn crowded(layer: &Layer, width: i64) -> Crowded {
    let first = bins::firsts(layer);
    let binned = bins::of(layer, width, |what| first[what as usize]);
    let mut count = vec![0_u32; binned.things.len()];
    binned.what.iter().for_each(|bin| count[*bin as usize] += 1);
    let shares = super::kept(layer, |act| count[binned.what[act] as usize] > 1);
    let together = by_many(&binned);
    let mut several = vec![false; binned.things.len()];
    together.what.iter().for_each(|bin| several[*bin as usize] = true);
    let kept = (0..layer.len()).filter(|act| count[binned.what[*act] as usize] > 1);
    let alone = kept.enumerate().filter(|(_, act)| !several[binned.what[*act] as usize]).map(|(at, _)| at).collect();
    Crowded { shares, alone }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::Method;
    use model::Quote;

    fn acts(shares: &[(u32, u32, i64)]) -> Acts {
        let messages = shares.len() as u32;
        let layer = Layer {
            kind: "url",
            who: shares.iter().map(|s| s.0).collect(),
            what: shares.iter().map(|s| s.1).collect(),
            message: (0..messages).collect(),
            when: shares.iter().map(|s| s.2 * When::SECOND).collect(),
            things: (0..10).collect(),
            blank: None,
        };
        let accounts = (0..5).map(|n| Quote::from(format!("u{n}"))).collect();
        Acts {
            accounts,
            messages: vec![0; shares.len()],
            rows: (0..messages).collect(),
            layers: vec![layer],
            ..Acts::default()
        }
    }

    fn edges(method: &Method, acts: &Acts, settings: &[(&str, &str)]) -> Vec<(u32, u32, f64)> {
        let e = run(acts, &Asked::of(method, settings).expect("its knobs")).edges;
        (0..e.len()).map(|at| (e.source[at], e.target[at], e.weight[at])).collect()
    }

    /// URL 0: shares at 0, 9 and 11 s by 0, 1 and 2, bins of 10 s: 0 and 1 are together, 2 is alone. URL 1: 0 and 1 at
    /// 100 and 101 s. URL 2: 3 twice at 0 and 1 s, 4 twice at 500 s: each alone with itself, and yet linked.
    #[test]
    fn bins_by_hand() {
        let shares = [
            (0, 0, 0),
            (1, 0, 9),
            (2, 0, 11),
            (0, 1, 100),
            (1, 1, 101),
            (3, 2, 0),
            (3, 2, 1),
            (4, 2, 500),
            (4, 2, 500),
        ];
        let acts = acts(&shares);
        assert_eq!(edges(&METHOD, &acts, &[("window", "10s"), ("edge", "0")]), [(0, 1, 2.0), (3, 4, 1.0)]);
        assert_eq!(edges(&METHOD, &acts, &[("window", "10s"), ("edge", "1")]), [(0, 1, 2.0)]);
        let found = run(&acts, &Asked::of(&METHOD, &[("window", "10s")]).expect("its knobs"));
        assert_eq!((found.remarks[1].all, &found.remarks[1].rows[..]), (4, &[5, 6, 7, 8][..]));
    }
}
