//! Case study 1: handles that pass from account to account.

use super::{PAPER, alike};
use crate::method::{Method, Reads, Run};
use crate::steps::vectors::Measure;

/// The drawer.
pub const METHOD: Method = PAPER.method(
    "pacheco-2021-handle",
    "accounts, by id, that used the same handle",
    &[
        ("trace", "handle"),
        ("window", "whole"),
        ("similarity", "count of handles shared"),
        ("cut", "absolute: at least one"),
        ("communities", "connected components in the paper; Leiden within them here"),
    ],
    &[],
    (
        "Handles that pass from account to account.",
        "Needs a column of ids beside that of handles; without it there is nothing to see.",
    ),
    Run::Recipe(
        |_| Reads { kinds: vec!["handle"], as_written: true, by_id: true, ..Reads::default() },
        |acts, _| alike(acts, acts.layer("handle"), Measure::Count, 1.0, 0),
    ),
);
