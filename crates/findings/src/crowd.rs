//! Gathers objects touched by mostly the same actors.
//!
//! A group keeps the actors of its first and largest object, so that it cannot drift from crowd to crowd by small
//! steps. Greedy, in a fixed order; an actor remembers its 32 latest groups only, so a hostile actor with a million
//! crowds costs no more than 32 comparisons each.

use model::{ActorNo, ObjectNo};
use std::collections::BTreeMap;

const REMEMBERED: usize = 32;

/// Groups objects, given each with its sorted distinct actors. An object joins the group with which it has the most
/// actors in common, if those are at least `part` of its own and at least two. Groups come with their largest crowd
/// first, objects within a group too.
pub(crate) fn gather(mut items: Vec<(ObjectNo, Vec<ActorNo>)>, part: f64) -> Vec<Vec<ObjectNo>> {
    items.sort_by(|x, y| y.1.len().cmp(&x.1.len()).then(x.0.cmp(&y.0)));
    let mut crowds: Vec<Vec<ObjectNo>> = Vec::new();
    let mut groups_of: BTreeMap<ActorNo, Vec<usize>> = BTreeMap::new();
    for (object, actors) in items {
        match closest(&groups_of, &actors, part) {
            Some(group) => crowds[group].push(object),
            None => {
                for actor in actors {
                    let groups = groups_of.entry(actor).or_default();
                    if groups.len() == REMEMBERED {
                        groups.remove(0);
                    }
                    groups.push(crowds.len());
                }
                crowds.push(vec![object]);
            }
        }
    }
    crowds
}

fn closest(groups_of: &BTreeMap<ActorNo, Vec<usize>>, actors: &[ActorNo], part: f64) -> Option<usize> {
    let mut common: BTreeMap<usize, usize> = BTreeMap::new();
    for group in actors.iter().filter_map(|a| groups_of.get(a)).flatten() {
        *common.entry(*group).or_default() += 1;
    }
    let (group, n) = common.into_iter().max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(&x.0)))?;
    (n >= 2 && n as f64 >= part * actors.len() as f64).then_some(group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_crowd_same_group() {
        let of = |ids: &[u32]| ids.iter().map(|i| ActorNo(*i)).collect::<Vec<_>>();
        let crowds = gather(
            vec![
                (ObjectNo(0), of(&[1, 2, 3, 4])),
                (ObjectNo(1), of(&[1, 2, 3])),
                (ObjectNo(2), of(&[7, 8, 9])),
                (ObjectNo(3), of(&[4, 7, 8])),
            ],
            0.6,
        );
        let got: Vec<Vec<u32>> = crowds.iter().map(|c| c.iter().map(|o| o.0).collect()).collect();
        assert_eq!(got, [vec![0, 1], vec![2, 3]]);
        assert!(gather(Vec::new(), 0.6).is_empty());
    }
}
