//! Other names of one owner: a site of the same owner whose name is written like *another* outlet's.
//!
//! Sites of one owner are no more written like outlets than others are, unless imitating is the owner's trade. Names like the
//! same outlet do not count: they may be its own, which its list leaves out. Wrong for a house that owns two outlets of the
//! list and whose other domains no list names.

use model::{ActorNo, Board, Imitation};
use std::collections::{BTreeMap, BTreeSet};

/// Clusters of sites with one owner, and which outlets' names those in each are written like.
pub(super) struct Owned<'b> {
    of: BTreeMap<ActorNo, usize>,
    targets: Vec<BTreeSet<&'b str>>,
    members: Vec<usize>,
    /// The share of names that come as near as a sister does.
    share: f64,
}

impl<'b> Owned<'b> {
    /// Of names with at least so many bits.
    pub(super) fn new(board: &Board<'b>, least: f64) -> Self {
        let clusters = &board.owners.clusters;
        let of: BTreeMap<ActorNo, usize> =
            clusters.iter().enumerate().flat_map(|(n, c)| c.members.iter().map(move |a| (*a, n))).collect();
        let mut targets = vec![BTreeSet::new(); clusters.len()];
        let mut many = 0;
        for near in board.imitations.near.iter().filter(|n| n.bits >= least) {
            many += 1;
            for cluster in near.actors.iter().filter_map(|a| of.get(a)) {
                targets[*cluster].insert(near.target.raw());
            }
        }
        let share = f64::from(many + 1) / (board.imitations.names as f64 + 2.0);
        Self { of, targets, members: clusters.iter().map(|c| c.members.len()).collect(), share }
    }

    /// Other outlets whose names the owner's other sites are written like, and at most how often chance would give so many.
    pub(super) fn others(&self, near: &Imitation) -> (usize, f64) {
        let clusters: BTreeSet<usize> = near.actors.iter().filter_map(|a| self.of.get(a).copied()).collect();
        let each = clusters.into_iter().map(|cluster| {
            let others = self.targets[cluster].iter().filter(|t| **t != near.target.raw()).count();
            (others, at_most(self.members[cluster].saturating_sub(1), others, self.share))
        });
        each.fold((0, 1.0), |best, one| if one.1 < best.1 { one } else { best })
    }
}

/// Chance of `k` among `n` where each has a chance of `share`, at most: the expected number of such choices of `k`.
fn at_most(n: usize, k: usize, share: f64) -> f64 {
    (0..k).map(|i| n.saturating_sub(i) as f64 * share / (i + 1) as f64).product::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::at_most;
    use crate::Scene;
    use model::{Board, Confidence, Imitations};

    #[test]
    fn a_bound_on_chance() {
        for (n, k, share, want) in [(9, 0, 0.01, 1.0), (9, 1, 0.01, 0.09), (9, 2, 0.01, 0.0036), (1, 2, 0.5, 0.0)] {
            assert!((at_most(n, k, share) - want).abs() < 1e-9, "{n} {k}");
        }
    }

    const OUTLETS: [&str; 3] = ["corholm-courier.example", "easton-gazette.example", "north-tribune.example"];

    /// Three sites of one owner in a case with a million names, each like the outlet given, and what is said of them.
    fn judged(like: [&'static str; 3]) -> Vec<Confidence> {
        let mut scene = Scene::new();
        scene.chatter(3, 120, 40, 6);
        for (n, name) in ["corholm-courier-news.test", "easton-gazette-live.test", "north-tribune-today.test"]
            .into_iter()
            .enumerate()
        {
            let own = [("domain", name), ("ip-address", "198.51.100.9"), ("registration-minute", "2026-06-30T20:46")];
            scene.page(name, &own);
            scene.post("x/a", 50_000, &[("url", name), ("domain", name)]);
            scene.like(name, like[n], "words put around the name", 23.0);
        }
        let stage = scene.stage();
        let board = stage.board();
        let large = Imitations { names: 1_000_000, outlets: 1_000, ..board.imitations.clone() };
        let board = Board { imitations: &large, ..board };
        (crate::look_alike_domain::FINDER.judge)(&board).iter().map(|f| f.confidence).collect()
    }

    #[test]
    fn one_owner_of_names_like_several_outlets_is_no_chance() {
        assert_eq!(judged(OUTLETS), [Confidence::High; 3]);
        // An outlet's own family, which its list leaves out.
        assert_eq!(judged([OUTLETS[0]; 3]), [Confidence::Low; 3]);
    }
}
