//! The trace co-retweet.

use super::{CENTRAL, Network, PAPER};
use crate::method::{Asked, Knob, Method, Reads, Run, Unit};
use model::Acts;

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "luceri-2024-co-retweet",
    "accounts by the cosine of the posts they reposted, without the less central ones",
    &[
        ("trace", "repost, each account and post once"),
        ("filter", "accounts with enough reposts; posts that several reposted"),
        ("window", "whole"),
        ("similarity", "cosine of TF-IDF, smoothed"),
        ("cut", "accounts below a quantile of eigenvector centrality go"),
        ("communities", "none in the paper; Leiden within connected components here"),
    ],
    &[ACTIVE, CENTRAL],
    (
        "Accounts that repost the same posts and stand in the middle of those who do.",
        "Accounts need 20 reposts, as in the authors' code. The paper tries many quantiles of centrality; 0.9 is chosen.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["repost"], as_written: true, ..Reads::default() },
        |acts, asked| network(acts, asked).pruned(acts, asked),
    ),
);

pub(super) const ACTIVE: Knob =
    Knob { id: "active", about: "fewest reposts of an account that is compared", default: "20", unit: Unit::Count };

pub(super) fn network(acts: &Acts, asked: &Asked) -> Network {
    let active = crate::methods::active(acts.layer("repost"), acts.accounts.len(), asked.count("active"));
    Network::of_things(acts, &active)
}
