//! What the data cannot say: nobody else to compare with, times coarser than a window, too little shared.

use crate::Input;
use model::{HOUR, Insufficient, Link, When};
use std::collections::BTreeSet;

/// Fewest touches from which it is told how coarse times are.
const SOME: u32 = 50;
/// Part of those who could be judged at all beyond which the linked leave no background.
const MOST: f64 = 0.5;
/// Fewest linked actors for that claim: a handful is no pool.
const POOL: usize = 20;

/// What cannot be said where there is no background.
pub const NETWORKS: &str = "networks";

/// Lengths of time to which moments are often rounded, the coarsest first, and what each is called.
const GRAINS: [(i64, &str); 3] = [(24 * HOUR, "day"), (HOUR, "hour"), (60 * When::SECOND, "minute")];

/// How finely the times of one kind are recorded.
#[derive(Default, Clone)]
struct Times {
    touches: u32,
    /// Things that at least two actors touched at known times.
    shared: u32,
    /// Touches on a whole day, hour, minute.
    whole: [u32; GRAINS.len()],
}

/// What each kind's times allow. One pass over the table.
pub fn by_times(input: &Input<'_>) -> Vec<Insufficient> {
    let mut kinds = vec![Times::default(); input.kinds.len()];
    input.each_touched(&mut |touched| {
        let times = &mut kinds[usize::from(touched.kind.0)];
        let others = touched.timed.iter().any(|s| s.actor != touched.timed[0].actor);
        times.shared = times.shared.saturating_add(u32::from(others));
        for share in touched.timed {
            times.touches = times.touches.saturating_add(1);
            for ((grain, _), whole) in GRAINS.iter().zip(&mut times.whole) {
                *whole = whole.saturating_add(u32::from(share.micros % grain == 0));
            }
        }
    });
    let shared: u32 = kinds.iter().map(|t| t.shared).fold(0, u32::saturating_add);
    let mut out: Vec<Insufficient> =
        GRAINS.iter().enumerate().filter_map(|(at, g)| coarse(input, &kinds, at, *g)).collect();
    if shared < input.settings.min_objects.max(2) {
        out.push(Insufficient {
            what: "acting together".to_owned(),
            why: format!(
                "{shared} thing(s) were touched by more than one actor at a known time; two actors can only be \
                          linked by {} or more.",
                input.settings.min_objects.max(2)
            ),
        });
    }
    out
}

/// Kinds whose times are rounded to this grain and to none coarser, and whose window is no longer.
fn coarse(input: &Input<'_>, kinds: &[Times], at: usize, (grain, name): (i64, &str)) -> Option<Insufficient> {
    let rounded = |t: &Times, at: usize| t.touches >= SOME && t.whole[at] == t.touches;
    let ids: Vec<&str> = input
        .kinds
        .iter()
        .zip(kinds)
        .filter(|(k, t)| {
            k.window.is_some_and(|w| w > 0 && w <= grain) && rounded(t, at) && !(at > 0 && rounded(t, at - 1))
        })
        .map(|(k, _)| k.card.id)
        .collect();
    (!ids.is_empty()).then(|| Insufficient {
        what: format!("who acts within less than a {name} of whom ({})", ids.join(", ")),
        why: format!(
            "Times are recorded to the {name}, no finer than the window, so that haste cannot be told from chance; \
                      slower groups can."
        ),
    })
}

/// Whether the linked leave anybody to compare with.
pub fn by_background(links: &[Link], judged: usize) -> Option<Insufficient> {
    let linked: BTreeSet<_> = links.iter().flat_map(|l| [l.a, l.b]).collect();
    (linked.len() >= POOL && linked.len() as f64 > MOST * judged as f64).then(|| Insufficient {
        what: NETWORKS.to_owned(),
        why: format!(
            "{} of the {judged} actors with anything in common are linked: a pool of suspects has no background that \
             shows what is ordinary. Pairs are listed, but no network is claimed; add posts of others from the same \
             days.",
            linked.len()
        ),
    })
}
