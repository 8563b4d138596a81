//! Names that come near an outlet's, as a scene writes them down: who holds them is found by the words alone.

use super::{Scene, Sort};
use model::{ActorInfo, ActorNo, Card, Imitation, Imitations, ObjectInfo, ObjectNo, Quote};

/// A name, the outlet it is like, how, and how many bits that is worth.
#[derive(Debug, Clone)]
pub(crate) struct Like {
    name: &'static str,
    target: &'static str,
    how: &'static str,
    bits: f64,
}

impl Scene {
    /// A name of the scene that comes near an outlet's.
    pub(crate) fn like(&mut self, name: &'static str, target: &'static str, how: &'static str, bits: f64) -> &mut Self {
        self.likes.push(Like { name, target, how, bits });
        self
    }
}

/// What a board shows of them.
pub(super) fn see(scene: &Scene, actors: &[ActorInfo], objects: &[ObjectInfo]) -> Imitations {
    let sites = || actors.iter().filter(|a| a.sort == Sort::Site).count() as u64;
    let mut near: Vec<Imitation> = scene.likes.iter().map(|like| imitation(like, actors, objects)).collect();
    near.sort_by(|x, y| y.bits.total_cmp(&x.bits));
    let mut own: Vec<Quote> = near.iter().map(|n| n.target.clone()).collect();
    own.sort_unstable();
    own.dedup();
    Imitations { outlets: 1, names: if near.is_empty() { 0 } else { sites() }, own, near }
}

fn imitation(like: &Like, actors: &[ActorInfo], objects: &[ObjectInfo]) -> Imitation {
    let under = |a: &ActorInfo, name: &str| {
        let place = a.name.raw().strip_suffix(name);
        place.is_some_and(|before| a.sort == Sort::Site || (a.sort == Sort::Mailbox && before.ends_with('@')))
    };
    let of = |name: &str| (0..).map(ActorNo).zip(actors).filter(|(_, a)| under(a, name)).map(|(no, _)| no).collect();
    let holds = |o: &ObjectInfo| o.value.raw().contains(like.name);
    Imitation {
        name: Quote::from(like.name),
        target: Quote::from(like.target),
        mark: Quote::from(like.target),
        mark_is: "domain",
        techniques: vec![Card { id: "scene", about: like.how, source: "ours" }],
        bits: like.bits,
        reasons: vec![("what the scene says".to_owned(), like.bits)],
        innocent: vec!["someone of that name"],
        objects: (0..).map(ObjectNo).zip(objects).filter(|(_, o)| holds(o)).map(|(no, _)| no).collect(),
        actors: of(like.name),
        originals: of(like.target),
    }
}
