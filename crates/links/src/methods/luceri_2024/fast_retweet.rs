//! The trace fast retweet: whose posts an account reposts within seconds of their being posted.

use super::{CENTRAL, Network, PAPER};
use crate::method::{Asked, Knob, Method, Reads, Run, Unit};
use crate::methods::originals;
use model::{Acts, DAY, Layer, Remark};

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "luceri-2024-fast-retweet",
    "accounts by the cosine of whose posts they repost within seconds, without the less central ones",
    &[
        ("trace", "the author of a post reposted within seconds of its being posted"),
        ("filter", "authors whom an account reposted so fast more than once"),
        ("window", "from the post to the repost"),
        ("similarity", "cosine of TF-IDF, smoothed"),
        ("cut", "accounts below a quantile of eigenvector centrality go"),
        ("communities", "none in the paper; Leiden within connected components here"),
    ],
    &[WINDOW, CENTRAL],
    (
        "Accounts that repost the same people the moment they post.",
        "Reposts of which the original is not in the data are left out: its time and author are not known (the authors read \
         the time out of the platform's ids). Reposts of oneself are left out. The paper tries many quantiles of \
         centrality; 0.9 is chosen. The authors' code drops whole days from the time between post and repost; here a note \
         names the rows that it would take for fast.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["repost", "post"], as_written: true, first_rows: true, ..Reads::default() },
        |acts, asked| network(acts, asked).pruned(acts, asked),
    ),
);

pub(super) const WINDOW: Knob =
    Knob { id: "window", about: "longest time between a post and a fast repost", default: "10s", unit: Unit::Time };

pub(super) fn network(acts: &Acts, asked: &Asked) -> Network {
    let window = asked.micros("window");
    let mut network = Network::of_counts(acts, &authors(acts, window));
    let days_dropped = originals(acts)
        .into_iter()
        .filter(|(_, _, apart)| !(0..=window).contains(apart) && apart.rem_euclid(DAY) <= window);
    let row = |act: usize| acts.rows[acts.layer("repost").message[act] as usize];
    network.remarks.extend(Remark::of_rows(
        "reposted days after the post (or before it), which the authors' code takes for fast",
        days_dropped.map(|(act, _, _)| row(act)),
    ));
    network
}

/// Fast reposts with their authors as things, of authors whom the account so reposted more than once.
fn authors(acts: &Acts, window: i64) -> Layer {
    let reposts = acts.layer("repost");
    let mut pairs: Vec<(u32, u32)> = originals(acts)
        .into_iter()
        .filter(|(_, _, apart)| (0..=window).contains(apart))
        .map(|(act, author, _)| (reposts.who[act], author))
        .collect();
    pairs.sort_unstable();
    let often: Vec<(u32, u32)> = pairs.chunk_by(|x, y| x == y).filter(|p| p.len() > 1).flatten().copied().collect();
    Layer {
        kind: "fast repost",
        who: often.iter().map(|p| p.0).collect(),
        what: often.iter().map(|p| p.1).collect(),
        message: vec![0; often.len()],
        when: vec![0; often.len()],
        things: vec![0; acts.accounts.len()],
        blank: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Quote, When};

    /// Account 0 posts messages 0 and 1; account 1 reposts both within 10 s, account 2 only one so fast and the other a
    /// day and 3 s later.
    #[test]
    fn seconds_after_the_post() {
        let layer = |kind, rows: &[(u32, u32, u32, i64)]| Layer {
            kind,
            who: rows.iter().map(|r| r.0).collect(),
            what: rows.iter().map(|r| r.1).collect(),
            message: rows.iter().map(|r| r.2).collect(),
            when: rows.iter().map(|r| r.3 * When::SECOND).collect(),
            things: vec![70, 71],
            blank: None,
        };
        let posts = layer("post", &[(0, 0, 0, 0), (0, 0, 1, 100)]);
        let reposts = layer("repost", &[(1, 0, 2, 10), (1, 1, 3, 101), (2, 0, 4, 3), (2, 1, 5, 86_503), (0, 0, 6, 1)]);
        let acts = Acts {
            accounts: (0..3).map(|n| Quote::from(format!("u{n}"))).collect(),
            messages: vec![70, 71, 2, 3, 4, 5, 6],
            rows: (0..7).collect(),
            layers: vec![posts, reposts],
            ..Acts::default()
        };
        let found = authors(&acts, 10 * When::SECOND);
        assert_eq!((found.who, found.what), (vec![1, 1], vec![0, 0]));
        let asked = Asked::of(&METHOD, &[]).expect("defaults");
        assert_eq!(network(&acts, &asked).remarks[0].rows, [5]);
    }
}
