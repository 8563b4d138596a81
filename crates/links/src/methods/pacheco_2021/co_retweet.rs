//! Case study 4: accounts whose reposts are the same, rare ones above all.

use super::{PAPER, alike, fewest, share};
use crate::method::{Method, Reads, Run};
use crate::steps::vectors::Measure;

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "pacheco-2021-co-retweet",
    "accounts that repost the same posts, rare ones above all",
    &[
        ("trace", "repost"),
        ("filter", "accounts with enough reposts"),
        ("window", "whole"),
        ("similarity", "cosine of TF-IDF"),
        ("cut", "percentile: top 0.5 %"),
        ("communities", "connected components in the paper; Leiden within them here"),
    ],
    &[fewest("10"), share("0.005")],
    (
        "Accounts whose reposts are the same.",
        "The paper leaves out accounts' reposts of themselves; whose post was reposted is not looked up here. The authors' \
         code counts as 1 + ln(n) and leaves out posts that fewer than three reposted; the paper says plain TF-IDF, and so \
         it is here.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["repost"], ..Reads::default() },
        |acts, asked| alike(acts, acts.layer("repost"), Measure::Cosine, asked.share("top"), asked.count("active")),
    ),
);
