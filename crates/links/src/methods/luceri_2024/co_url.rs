//! The trace co-URL.

use super::{CENTRAL, Network, PAPER};
use crate::method::{Method, Reads, Run};
use model::Acts;

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "luceri-2024-co-url",
    "accounts by the cosine of the URLs they posted, without the less central ones",
    &[
        ("trace", "URL as it stands in posts that are no reposts, each account and URL once"),
        ("filter", "URLs that several posted"),
        ("window", "whole"),
        ("similarity", "cosine of TF-IDF, smoothed"),
        ("cut", "accounts below a quantile of eigenvector centrality go"),
        ("communities", "none in the paper; Leiden within connected components here"),
    ],
    &[CENTRAL],
    (
        "Accounts that post the same links and stand in the middle of those who do.",
        "Posts without a link are left out. The paper tries many quantiles of centrality; 0.9 is chosen.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["url"], as_written: true, ..Reads::default() },
        |acts, asked| network(acts).pruned(acts, asked),
    ),
);

pub(super) fn network(acts: &Acts) -> Network {
    Network::of_things(acts, &crate::methods::named(acts.layer("url")))
}
