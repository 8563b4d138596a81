//! The bytes that show the links: a few pairs of touches for each, and the objects of each network. One last pass.

use crate::crowd::{Crowd, Crowds};
use crate::near::Nearness;
use crate::tally::Pairs;
use crate::{Input, Touched, sweep, sweep::Sweep};
use model::{ActorNo, HOUR, KindNo, Link, Network, ObjectNo, Share, Spells, When, WitnessPair};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Most witnesses of a link.
const WITNESSES: usize = 6;
/// Most witnesses of all links; where links are many each has fewer, but at least one.
const ALL_WITNESSES: usize = 600_000;

/// Fills in the witnesses of links and when they met, and the objects and the stability of networks.
///
/// `crowds` are those that links rest on besides meetings within a kind's window, by index.
pub fn show(input: &Input<'_>, links: &mut [Link], networks: &mut [Network], crowds: (&Crowds, &[u32])) {
    let ends: Vec<(ActorNo, ActorNo)> = links.iter().map(|l| (l.a, l.b)).collect();
    let pairs = Pairs::new(&ends, input.actors.len());
    let most = (ALL_WITNESSES / links.len().max(1)).clamp(1, WITNESSES);
    let mut groups = Groups::new(networks, input.actors.len());
    crowds.1.iter().for_each(|at| groups.add_crowd(crowds.0, &crowds.0.all[*at as usize]));
    let within = widest(links, input.kinds.len());
    let mut sweep = Sweep::new(input.actors.len());
    let mut near = Nearness::new(links.len());
    let mut met = vec![Spells::of_one_of(links.len()); links.len()];
    input.each_touched(&mut |touched| {
        groups.add(touched);
        let Some(within) = within[usize::from(touched.kind.0)] else { return };
        sweep.run(touched.timed, within, |row, around| {
            pairs.each_around(touched.timed[row].actor, touched, around, |pair, other| {
                let link = &mut links[pair as usize];
                near.meet(pair as usize, touched, sweep::gap(&touched.timed[other], &touched.timed[row]));
                let meeting = (touched.timed[other], touched.timed[row]);
                if counts(link, touched.kind, &meeting) {
                    met[pair as usize].add(When(meeting.0.micros), When(meeting.1.micros));
                    add(link, meeting, most, input);
                }
            });
        });
    });
    near.survive(links, networks);
    links.iter_mut().zip(met).for_each(|(link, met)| link.met = met.into_vec());
    for (network, objects) in networks.iter_mut().zip(groups.objects) {
        network.objects = objects.into_iter().collect();
    }
}

/// The widest time within which any link is counted, by kind; at least a day, for the stability.
fn widest(links: &[Link], kinds: usize) -> Vec<Option<i64>> {
    let mut out = vec![None; kinds];
    for kind in links.iter().flat_map(|l| &l.kinds) {
        let widest = &mut out[usize::from(kind.kind.0)];
        *widest = (*widest).max(Some(kind.within.max(24 * HOUR)));
    }
    out
}

/// True where the two touches lie within the time in which the link counts meetings of the kind.
fn counts(link: &Link, kind: KindNo, (earlier, later): &(Share, Share)) -> bool {
    link.kinds.iter().any(|k| k.kind == kind && sweep::gap(earlier, later) <= k.within)
}

/// Keeps the rarest objects: fewest touches, then smallest number; within an object the earliest meeting.
fn add(link: &mut Link, (earlier, later): (Share, Share), most: usize, input: &Input<'_>) {
    let rarity = |o: ObjectNo| (input.objects[o.0 as usize].shares, o);
    let object = later.object;
    let at = link.witnesses.partition_point(|w| rarity(w.object) < rarity(object));
    if at >= most || link.witnesses.get(at).is_some_and(|w| w.object == object) {
        return;
    }
    let (first, second) = if earlier.actor == link.a { (earlier, later) } else { (later, earlier) };
    link.witnesses.truncate(most - 1);
    link.witnesses.insert(at, WitnessPair { object, first, second });
}

/// Counts objects that at least two members of a network touched within the window or in a crowd.
struct Groups {
    /// Network of each actor.
    of: Vec<Option<u32>>,
    /// For each network the last touch by a member of it.
    last: Vec<Option<Share>>,
    /// For each network the objects counted.
    counted: Vec<FxHashSet<ObjectNo>>,
    objects: Vec<BTreeMap<KindNo, u32>>,
}

impl Groups {
    fn new(networks: &[Network], actors: usize) -> Self {
        let mut of = vec![None; actors];
        for (at, network) in networks.iter().enumerate() {
            network.members.iter().for_each(|m| of[m.actor.0 as usize] = Some(at as u32));
        }
        let count = networks.len();
        Self {
            of,
            last: vec![None; count],
            counted: vec![FxHashSet::default(); count],
            objects: vec![BTreeMap::new(); count],
        }
    }

    fn add_crowd(&mut self, crowds: &Crowds, crowd: &Crowd) {
        let mut of: Vec<u32> = crowds.touches(crowd).iter().filter_map(|t| self.of[t.actor.0 as usize]).collect();
        of.sort_unstable();
        for network in of.chunk_by(|x, y| x == y).filter(|members| members.len() > 1) {
            self.count(network[0] as usize, crowd.object, crowd.kind);
        }
    }

    fn count(&mut self, network: usize, object: ObjectNo, kind: KindNo) {
        if self.counted[network].insert(object) {
            *self.objects[network].entry(kind).or_default() += 1;
        }
    }

    /// The touch before by any member settles it: a member before that one was closer to it than to this one.
    fn add(&mut self, touched: &Touched<'_>) {
        for share in touched.timed {
            let Some(at) = self.of[share.actor.0 as usize].map(|n| n as usize) else { continue };
            let before = self.last[at].replace(*share);
            let close = before.is_some_and(|b| {
                b.object == share.object && b.actor != share.actor && sweep::gap(&b, share) <= touched.window
            });
            if close {
                self.count(at, touched.object, touched.kind);
            }
        }
    }
}
