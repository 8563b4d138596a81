//! The default method: the house's own way of linking, on the trace table.

use crate::method::{Method, MethodPage, Run};
use model::Card;

/// The drawer.
pub const METHOD: Method = Method {
    card: Card {
        id: "unspool",
        about: "the default: every kind of trace, against what chance would give",
        source: "the first way of linking in `unspool list ways`",
    },
    recipe: &[
        ("trace", "every kind of trace that has a window; hashtags in crowds only"),
        ("window", "the kinds' own for pairs; six from ten seconds to a week for crowds"),
        ("similarity", "distinct things touched by both within the window"),
        ("cut", "significance against a stated null, at a false discovery rate"),
        ("communities", "Leiden within connected components, split where that describes the links more shortly"),
    ],
    knobs: &[],
    page: MethodPage {
        sees: "Accounts that share more than their activity, the things' popularity and the hour explain.",
        wrong: "See LIMITS.md: the nulls do not know who follows whom. Where most of those with anything in common are linked, \
                no network is claimed: a pool of suspects has no background.",
        chosen: "",
    },
    run: Run::Way,
};
