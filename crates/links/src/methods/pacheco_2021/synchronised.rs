//! Case study 5: accounts that post in the same half hours.

use super::{PAPER, alike, fewest, share};
use crate::method::{Knob, Method, Reads, Run, Unit};
use crate::steps::{bins, vectors::Measure};
use model::When;

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "pacheco-2021-synchronised",
    "accounts that post in the same half hours",
    &[
        ("trace", "posts"),
        ("filter", "accounts with enough posts"),
        ("window", "tumbling: 30 minutes"),
        ("similarity", "cosine of TF-IDF"),
        ("cut", "percentile: top 0.5 %"),
        ("communities", "connected components in the paper; Leiden within them here"),
    ],
    &[fewest("8"), share("0.005"), Knob { id: "window", about: "length of a bin", default: "30m", unit: Unit::Time }],
    (
        "Accounts that are awake and silent in the same half hours.",
        "Bins begin on the half hour (UTC); the authors' code lets them begin with the first post of the file.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["post"], as_written: true, first_rows: true, ..Reads::default() },
        |acts, asked| {
            let layer = bins::of_time(acts.layer("post"), asked.micros("window").max(When::SECOND));
            alike(acts, &layer, Measure::Cosine, asked.share("top"), asked.count("active"))
        },
    ),
);
