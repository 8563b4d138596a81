//! What else a burst could be, and what the counts at hand say of each.

use super::Burst;
use super::scan::Grid;
use crate::words::{figure, innocent, span};
use model::{AtLeastOne, Innocent};

/// Those that the counts leave open, the likeliest first.
pub(super) fn explanations(grid: &Grid, burst: &Burst) -> Option<AtLeastOne<Innocent>> {
    let mut out = vec![event(burst)];
    if burst.stretch.new {
        out.push(new(burst));
    }
    out.push(collection(grid, burst));
    out.push(holiday(burst));
    AtLeastOne::new(out)
}

fn event(burst: &Burst) -> Innocent {
    innocent(
        "An event that concerned these and not the others",
        format!(
            "What everyone reacted to is taken out: the others' records let expect {}, and there were {}. An event of \
             their own would be named in the posts or mails of that stretch.",
            figure(burst.stretch.expected),
            burst.stretch.inside
        ),
    )
}

fn new(burst: &Burst) -> Innocent {
    innocent(
        "It was new, or back from a break, and settled down afterwards",
        format!("The case has no record of it before this stretch, and {} after it.", burst.stretch.outside),
    )
}

fn collection(grid: &Grid, burst: &Burst) -> Innocent {
    let place = if burst.stretch.at_edge {
        "The stretch touches an end of the time the case covers: how the evidence was collected explains it easily."
            .to_owned()
    } else {
        format!(
            "The stretch begins {} after the start of the case and ends {} before its end.",
            span(grid.start(burst.stretch.from) - grid.start(0)),
            span(grid.start(grid.bins) - grid.start(burst.stretch.to))
        )
    };
    innocent("The evidence was collected more densely then", place)
}

fn holiday(burst: &Burst) -> Innocent {
    innocent(
        "A holiday or habit: others paused, or it is always like this",
        format!(
            "Outside the stretch its counts vary {} times as much as independent records would (1 = not more); this is \
             already allowed for.",
            figure(burst.stretch.dispersion)
        ),
    )
}
