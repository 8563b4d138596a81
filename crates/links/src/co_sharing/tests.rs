//! Counts against a plain reference, and the edges of the definition.

use super::*;
use crate::table::{Dice, Table};
use model::{ActorNo, KindCount, Link, When};

const TIGHT: Bounds =
    Bounds { pairs_held: 3, object_pairs: u64::MAX, pairs_per_touch: 40, all_pairs: u64::MAX, candidates: usize::MAX };

/// As `Link`, but from the definition: for each object and each touch, the other's latest touch before it.
type Plain = BTreeMap<(u32, u32), BTreeMap<u8, (u32, u32, u32, u32, i64)>>;

fn plain(table: &Table) -> Plain {
    let mut out = Plain::new();
    for touches in table.rows.chunk_by(|x, y| x.object == y.object) {
        let kind = table.objects[touches[0].object.0 as usize].kind;
        let Some(window) = table.kinds[usize::from(kind.0)].window else { continue };
        let mut met = std::collections::BTreeSet::new();
        for (at, later) in touches.iter().enumerate().filter(|(_, t)| t.micros != When::UNKNOWN) {
            for other in (0..table.actors.len() as u32).filter(|a| *a != later.actor.0) {
                let latest = touches[..at].iter().rev().find(|t| t.actor.0 == other && t.micros != When::UNKNOWN);
                let Some(earlier) = latest.filter(|e| later.micros - e.micros <= window) else { continue };
                let pair = (other.min(later.actor.0), other.max(later.actor.0));
                let count = out.entry(pair).or_default().entry(kind.0).or_default();
                count.0 += u32::from(met.insert(pair));
                count.1 += 1;
                count.2 += u32::from(earlier.micros < later.micros && other == pair.0);
                count.3 += u32::from(earlier.micros < later.micros && other == pair.1);
                count.4 += later.micros - earlier.micros;
            }
        }
    }
    out
}

fn counted(k: &KindCount) -> (u8, (u32, u32, u32, u32, i64)) {
    (k.kind.0, (k.objects, k.times, k.first_leads, k.second_leads, k.lag))
}

fn of_links(links: &[Link]) -> Plain {
    links.iter().map(|l| ((l.a.0, l.b.0), l.kinds.iter().map(counted).collect())).collect()
}

fn random(seed: u64) -> Table {
    let mut dice = Dice(seed);
    let (actors, objects, span) = (2 + dice.below(12), 1 + dice.below(9), 1 + dice.below(60));
    let touches: Vec<(u32, u32, i64)> = (0..dice.below(120))
        .map(|_| {
            let time = if dice.below(12) == 0 { i64::MIN } else { dice.below(span) as i64 - 20 };
            (dice.below(objects) as u32, dice.below(actors) as u32, time)
        })
        .collect();
    let windows = [Some(dice.below(12) as i64), None, Some(0)];
    let mut table = Table::of_kinds(&windows, |o| (o / 4) as u8, &touches);
    (table.settings.min_objects, table.settings.fdr) = (1, 1.0);
    table
}

#[test]
fn counts_are_those_of_the_definition() {
    let mut links = 0;
    for seed in 0..400 {
        let table = random(seed);
        let found = link(&table.input(), &BOUNDS);
        assert_eq!(of_links(&found.links), plain(&table), "seed {seed}");
        assert_eq!(found.tested, found.links.iter().map(|l| l.kinds.len() as u64).sum::<u64>());
        assert_eq!(link(&table.input(), &TIGHT), found, "in parts, seed {seed}");
        links += found.links.len();
    }
    assert!(links > 2000, "{links}");
}

#[test]
fn at_least_two_objects_of_one_kind() {
    for seed in 0..100 {
        let mut table = random(seed);
        table.settings.min_objects = 2;
        let found = link(&table.input(), &BOUNDS);
        let mut expected = plain(&table);
        expected.retain(|_, kinds| kinds.values().any(|k| k.0 >= 2));
        assert_eq!(of_links(&found.links), expected, "seed {seed}");
        assert_eq!(found.tested, plain(&table).values().map(|kinds| kinds.len() as u64).sum::<u64>());
    }
}

#[test]
fn edges_of_the_definition() {
    const NEVER: i64 = i64::MIN;
    for (what, window, touches, met) in [
        ("alone", 60, &[(0, 0, 1), (0, 0, 2), (0, 0, 3)][..], None),
        ("inclusive", 60, &[(0, 0, 0), (0, 1, 60)], Some((1, 1, 1, 0, 60))),
        ("beyond", 60, &[(0, 0, 0), (0, 1, 61)], None),
        ("simultaneous", 0, &[(0, 0, 5), (0, 1, 5)], Some((1, 1, 0, 0, 0))),
        ("different objects", 60, &[(0, 0, 5), (1, 1, 5)], None),
        ("unknown times", 60, &[(0, 0, NEVER), (0, 1, NEVER), (0, 1, 5)], None),
        ("second first", 60, &[(0, 1, 0), (0, 0, 7)], Some((1, 1, 0, 1, 7))),
        ("the latest touch counts", 60, &[(0, 0, 0), (0, 0, 9), (0, 1, 10)], Some((1, 1, 1, 0, 1))),
        ("to and fro", 60, &[(0, 0, 0), (0, 1, 10), (0, 0, 20)], Some((1, 2, 1, 1, 20))),
        ("absurd times", 60, &[(0, 0, NEVER + 1), (0, 1, i64::MAX)], None),
    ] {
        let mut table = Table::new(window, touches);
        (table.settings.min_objects, table.settings.fdr) = (1, 1.0);
        let found = link(&table.input(), &BOUNDS);
        let expected: Plain = met
            .into_iter()
            .map(|(o, t, f, s, lag)| ((0, 1), BTreeMap::from([(0, (o, t, f, s, lag * When::SECOND))])))
            .collect();
        assert_eq!(of_links(&found.links), expected, "{what}");
    }
}

#[test]
fn a_kind_without_a_window_says_nothing() {
    let touches: Vec<_> = (0..20).flat_map(|o| [(o, 0, 5), (o, 1, 5)]).collect();
    let table = Table::of_kinds(&[None], |_| 0, &touches);
    assert_eq!(link(&table.input(), &BOUNDS), Linked::default());
}

#[test]
fn witnesses_are_the_rarest_first() {
    let mut touches: Vec<_> =
        (0..9).flat_map(|o| [(o, 0, i64::from(o) * 1000), (o, 1, i64::from(o) * 1000 + 3)]).collect();
    touches.extend((0..9).flat_map(|o| (0..9 - o).map(move |n| (o, 2 + n, 500_000))));
    let mut table = Table::new(60, &touches);
    table.settings.fdr = 1.0;
    let found = link(&table.input(), &BOUNDS);
    let shown = &found.links[0];
    assert_eq!((shown.a, shown.b), (ActorNo(0), ActorNo(1)));
    assert_eq!(shown.witnesses.iter().map(|w| w.object.0).collect::<Vec<_>>(), [8, 7, 6, 5, 4, 3]);
    for w in &shown.witnesses {
        assert_eq!((w.first.actor, w.second.actor), (shown.a, shown.b));
        assert_eq!(w.second.micros - w.first.micros, 3 * When::SECOND);
    }
}

/// Every object is touched by 400 accounts within the window: too crowded to pair all of them under these bounds.
#[test]
fn a_large_group_shows_in_crowded_objects_by_a_sample() {
    let crowd = Bounds { object_pairs: 20_000, pairs_per_touch: 1, ..BOUNDS };
    let mut dice = Dice(3);
    let mut touches: Vec<(u32, u32, i64)> =
        (0..8).flat_map(|o| (0..400).map(move |a| (o, a, i64::from(o) * 90_000 + i64::from(a) / 10))).collect();
    touches.extend((0..6000).map(|_| {
        let object = dice.below(400) as u32;
        (object, 400 + dice.below(3000) as u32, dice.below(700_000) as i64)
    }));
    let table = Table::new(60, &touches);
    let found = link(&table.input(), &crowd);
    assert!(found.remarks[0].starts_with("8 object(s)"), "{:?}", found.remarks);
    let whole = link(&table.input(), &BOUNDS);
    assert_eq!(whole.networks[0].members.len(), 400);
    assert!(whole.remarks.is_empty());
    let sample = &found.networks[0].members;
    assert!((60..300).contains(&sample.len()), "{}", sample.len());
    assert!(sample.iter().all(|m| m.actor.0 < 400));
    for link in &found.links {
        let same = &whole.links[whole.links.partition_point(|l| (l.a, l.b) < (link.a, link.b))];
        assert_eq!(
            link.kinds.iter().map(counted).collect::<Vec<_>>(),
            same.kinds.iter().map(counted).collect::<Vec<_>>()
        );
    }
}
