//! What is left of each network at other windows and thresholds: whether it hangs on the settings.
//!
//! Of every link it is counted, at each of a few windows, in how many objects of its fullest kind the two met within
//! it. A network at a window and a threshold is the largest part held together by the links that reach it. Counted in
//! the pass that looks for witnesses, over the links kept and nobody else, in memory by links.

use crate::Touched;
use crate::leiden::components;
use model::{HOUR, KindNo, Link, Network, ObjectNo, Survival, When};

/// Windows, in microseconds.
const WITHIN: [i64; 5] = [10 * When::SECOND, 60 * When::SECOND, 600 * When::SECOND, 6 * HOUR, 24 * HOUR];
/// Fewest objects of one kind.
const OBJECTS: [u32; 3] = [2, 3, 5];

/// Meetings of one link.
#[derive(Clone, Default)]
struct Near {
    /// The object and kind of the last meeting.
    last: Option<(ObjectNo, KindNo)>,
    /// Shortest time between the two on that object.
    gap: i64,
    /// Objects within each window, of the kind at hand and of the fullest kind before it.
    now: [u32; WITHIN.len()],
    best: [u32; WITHIN.len()],
}

/// Meetings of all links.
pub struct Nearness(Vec<Near>);

impl Nearness {
    /// Of as many links.
    pub fn new(links: usize) -> Self {
        Self(vec![Near::default(); links])
    }

    /// The two of a link met so long apart; objects come in order of kind.
    pub fn meet(&mut self, link: usize, touched: &Touched<'_>, gap: i64) {
        let near = &mut self.0[link];
        if near.last.is_some_and(|(object, _)| object == touched.object) {
            near.gap = near.gap.min(gap);
            return;
        }
        near.settle();
        if near.last.is_some_and(|(_, kind)| kind != touched.kind) {
            near.turn();
        }
        (near.last, near.gap) = (Some((touched.object, touched.kind)), gap);
    }

    /// What is left of each network.
    pub fn survive(mut self, links: &[Link], networks: &mut [Network]) {
        for near in &mut self.0 {
            near.settle();
            near.turn();
        }
        for network in networks {
            let cells =
                WITHIN.iter().enumerate().flat_map(|(at, within)| OBJECTS.map(|objects| (at, *within, objects)));
            network.stability =
                cells.map(|(at, within, objects)| self.cell(links, network, (at, within, objects))).collect();
        }
    }

    fn cell(&self, links: &[Link], network: &Network, (at, within, objects): (usize, i64, u32)) -> Survival {
        let mut actors: Vec<_> = network.members.iter().map(|m| m.actor).collect();
        actors.sort_unstable();
        let place = |actor| actors.partition_point(|a| *a < actor) as u32;
        let reach = network.links.iter().filter(|l| self.0[**l].best[at] >= objects);
        let edges: Vec<(u32, u32, f64)> = reach.map(|l| (place(links[*l].a), place(links[*l].b), 1.0)).collect();
        let mut sizes = vec![0_u32; actors.len()];
        components(actors.len(), &edges).iter().for_each(|c| sizes[*c as usize] += 1);
        let members = sizes.into_iter().max().filter(|n| *n > 1).unwrap_or(0);
        Survival { within, objects, links: edges.len() as u32, members }
    }
}

impl Near {
    /// Counts the last object.
    fn settle(&mut self) {
        if self.last.is_some() {
            for (within, count) in WITHIN.iter().zip(&mut self.now) {
                *count += u32::from(self.gap <= *within);
            }
        }
    }

    /// Begins another kind.
    fn turn(&mut self) {
        for (best, now) in self.best.iter_mut().zip(&mut self.now) {
            *best = (*best).max(std::mem::take(now));
        }
    }
}
