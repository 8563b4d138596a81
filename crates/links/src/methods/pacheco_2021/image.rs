//! Case study 2: accounts whose pictures are the same.

use super::{PAPER, alike, fewest, share};
use crate::method::{Method, Reads, Run};
use crate::steps::vectors::Measure;

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "pacheco-2021-image",
    "accounts that posted the same pictures",
    &[
        ("trace", "picture"),
        ("filter", "accounts with enough pictures"),
        ("window", "whole"),
        ("similarity", "Jaccard"),
        ("cut", "percentile: top 1 %"),
        ("communities", "connected components in the paper; Leiden within them here"),
    ],
    &[fewest("5"), share("0.01")],
    (
        "Accounts whose pictures are the same.",
        "The paper compares histograms of colours; here a picture is what the input names it by (a hash or an id). How many \
         pictures an account must have is told differently by those who repeat it (three, five): five here.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["file-hash"], ..Reads::default() },
        |acts, asked| alike(acts, acts.layer("file-hash"), Measure::Jaccard, asked.share("top"), asked.count("active")),
    ),
);
