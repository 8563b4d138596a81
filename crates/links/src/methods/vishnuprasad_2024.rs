//! Vishnuprasad et al. (2024): targeted amplification, seen in reposts that follow a post at once, and manufactured
//! consensus, seen in posts of nearly the same letters that stand close together.

use crate::method::{Asked, Knob, Method, MethodPage, Reads, Run, Unit};
use crate::steps::{letters::Letters, outcome};
use model::{Acts, Card, Coordination, Edges};
use std::collections::{BTreeMap, VecDeque};

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "vishnuprasad-2024",
        about: "rapid reposts of one account by another, or posts of nearly the same letters close together",
        source: "Vishnuprasad et al. 2024, Tracking Fringe and Coordinated Activity on Twitter Leading Up to the US Capitol Attack, ICWSM 18, doi:10.1609/icwsm.v18i1.31409; after Pacheco et al. 2020, Unveiling Coordinated Groups Behind White Helmets Disinformation",
    },
    recipe: &[
        ("trace", "reposts whose original is in the data, or texts that are no reposts"),
        ("filter", "texts with enough letters"),
        ("window", "repost: within seconds of the post; text: ten posts in a row, moved on by one"),
        (
            "similarity",
            "repost: count of rapid reposts; text: count of pairs of posts of a Ratcliff–Obershelp ratio above 0.7",
        ),
        ("cut", "absolute: more than one"),
        ("communities", "none told; Leiden within connected components here"),
    ],
    knobs: &[
        Knob { id: "kind", about: "which network", default: "repost", unit: Unit::Word(&["repost", "text"]) },
        Knob {
            id: "window",
            about: "longest time between a post and a rapid repost",
            default: "10s",
            unit: Unit::Time,
        },
        Knob { id: "posts", about: "posts in a row that are compared", default: "10", unit: Unit::Count },
        Knob { id: "similarity", about: "ratio above which two texts are alike", default: "0.7", unit: Unit::Share },
        Knob { id: "letters", about: "fewest letters of a text", default: "20", unit: Unit::Count },
        Knob { id: "min", about: "least weight of an edge", default: "2", unit: Unit::Count },
    ],
    page: MethodPage {
        sees: "repost: who reposts whom at once, again and again. text: accounts that post nearly the same words among the same \
               few posts.",
        wrong: "It knows no chance. A rapid reposter may be a fan with notices switched on, or a service. In a busy stream ten \
                posts in a row are over in seconds, and the same text a little later is missed; in a slow one they span days.",
        chosen: "Of the paper, the abstract and a published re-implementation's table could be read: co-repost counts above \
                 one, and the ratio above 0.7 in windows of ten posts. What counts as rapid is told by works of the same \
                 authors (10 s after the post). Texts are compared in lower case without mentions, up to 1,000 letters; \
                 texts under 20 letters are left out. Edges of `repost` run from who reposts to who was reposted.",
    },
    run: Run::Recipe(reads, run),
};

fn reads(asked: &Asked) -> Reads {
    let kinds = if asked.word("kind") == "text" { vec!["letters"] } else { vec!["repost", "post"] };
    Reads { kinds, as_written: true, first_rows: true, ..Reads::default() }
}

fn run(acts: &Acts, asked: &Asked) -> Coordination {
    let directed = asked.word("kind") == "repost";
    let counts = if directed { rapid(acts, asked.micros("window")) } else { near(acts, asked) };
    let mut edges = Edges { directed, ..Edges::default() };
    let least = asked.count("min").max(1);
    counts.iter().filter(|(_, n)| **n >= least).for_each(|((a, b), n)| edges.push(*a, *b, f64::from(*n)));
    outcome::of(acts, edges, vec![])
}

fn rapid(acts: &Acts, window: i64) -> BTreeMap<(u32, u32), u32> {
    let who = &acts.layer("repost").who;
    let mut counts = BTreeMap::new();
    for (act, author, apart) in super::originals(acts) {
        if (0..=window).contains(&apart) {
            *counts.entry((who[act], author)).or_default() += 1;
        }
    }
    counts
}

/// Pairs of posts of different accounts among so many in a row, earliest first.
fn near(acts: &Acts, asked: &Asked) -> BTreeMap<(u32, u32), u32> {
    let layer = acts.layer("letters");
    let mut order: Vec<usize> = (0..layer.len()).collect();
    order.sort_by_key(|act| layer.when[*act]);
    let before = (asked.count("posts") as usize).saturating_sub(1);
    let (mut last, mut counts): (VecDeque<(u32, Option<Letters>)>, _) = (VecDeque::new(), BTreeMap::new());
    for act in order {
        let text = Some(Letters::of(acts.letters[act].raw())).filter(|t| t.len() >= asked.count("letters") as usize);
        let who = layer.who[act];
        for (other, theirs) in last.iter().filter(|(other, _)| *other != who) {
            if let (Some(text), Some(theirs)) = (&text, theirs)
                && theirs.alike(text, asked.share("similarity"))
            {
                *counts.entry((who.min(*other), who.max(*other))).or_default() += 1;
            }
        }
        last.push_back((who, text));
        if last.len() > before {
            last.pop_front();
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Layer, Quote};

    /// Five posts, a window of three: the first and the second are alike, the fourth is like the first but too far off,
    /// the fifth is like the fourth and by the same account.
    #[test]
    fn posts_in_a_row() {
        let texts = [
            "vote for us today",
            "vote for us, today",
            "something else here",
            "vote for us today",
            "vote for us today",
        ];
        let layer = Layer {
            kind: "letters",
            who: vec![0, 1, 2, 3, 3],
            what: vec![0; 5],
            message: (0..5).collect(),
            when: (0..5).collect(),
            things: vec![0],
            blank: None,
        };
        let accounts = (0..4).map(|n| Quote::from(format!("u{n}"))).collect();
        let letters = texts.iter().map(|t| Quote::from(*t)).collect();
        let acts = Acts { accounts, layers: vec![layer], letters, ..Acts::default() };
        let asked =
            |posts| Asked::of(&METHOD, &[("kind", "text"), ("posts", posts), ("letters", "5")]).expect("its knobs");
        assert_eq!(near(&acts, &asked("3")), BTreeMap::from([((0, 1), 1), ((1, 3), 1)]));
        assert_eq!(near(&acts, &asked("2")), BTreeMap::from([((0, 1), 1)]));
    }
}
