//! The bytes that show the links: a few pairs of touches for each, and the objects of each network. One last pass.

use crate::tally::Pairs;
use crate::{Input, Touched, sweep, sweep::Sweep};
use model::{ActorNo, KindNo, Link, Network, ObjectNo, Share, WitnessPair};
use std::collections::BTreeMap;

/// Most witnesses of a link.
const WITNESSES: usize = 6;
/// Most witnesses of all links; where links are many each has fewer, but at least one.
const ALL_WITNESSES: usize = 600_000;

/// Fills in the witnesses of links and the objects of networks.
pub fn show(input: &Input<'_>, links: &mut [Link], networks: &mut [Network]) {
    let ends: Vec<(ActorNo, ActorNo)> = links.iter().map(|l| (l.a, l.b)).collect();
    let pairs = Pairs::new(&ends, input.actors.len());
    let most = (ALL_WITNESSES / links.len().max(1)).clamp(1, WITNESSES);
    let mut groups = Groups::new(networks, input.actors.len());
    let mut sweep = Sweep::new(input.actors.len());
    input.each_touched(&mut |touched| {
        groups.add(touched);
        sweep.run(touched.timed, touched.window, |row, around| {
            pairs.each_around(touched.timed[row].actor, touched, around, |pair, other| {
                let link = &mut links[pair as usize];
                add(link, (touched.timed[other], touched.timed[row]), most, input);
            });
        });
    });
    for (network, objects) in networks.iter_mut().zip(groups.objects) {
        network.objects = objects.into_iter().collect();
    }
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

/// Counts objects that at least two members of a network touched within the window.
struct Groups {
    /// Network of each actor.
    of: Vec<Option<u32>>,
    /// For each network the last touch by a member of it.
    last: Vec<Option<Share>>,
    /// For each network the last object counted.
    counted: Vec<Option<ObjectNo>>,
    objects: Vec<BTreeMap<KindNo, u32>>,
}

impl Groups {
    fn new(networks: &[Network], actors: usize) -> Self {
        let mut of = vec![None; actors];
        for (at, network) in networks.iter().enumerate() {
            network.members.iter().for_each(|m| of[m.actor.0 as usize] = Some(at as u32));
        }
        let count = networks.len();
        Self { of, last: vec![None; count], counted: vec![None; count], objects: vec![BTreeMap::new(); count] }
    }

    /// The touch before by any member settles it: a member before that one was closer to it than to this one.
    fn add(&mut self, touched: &Touched<'_>) {
        for share in touched.timed {
            let Some(at) = self.of[share.actor.0 as usize].map(|n| n as usize) else { continue };
            let before = self.last[at].replace(*share);
            let close = before.is_some_and(|b| {
                b.object == share.object && b.actor != share.actor && sweep::gap(&b, share) <= touched.window
            });
            if close && self.counted[at].replace(touched.object) != Some(touched.object) {
                *self.objects[at].entry(touched.kind).or_default() += 1;
            }
        }
    }
}
