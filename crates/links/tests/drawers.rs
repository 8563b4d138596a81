//! Every way of linking at once: nothing comes of nothing, the same twice, shuffled times link nobody, a planted group
//! is found, an innocent crowd is not; and the files are those of the registry.
#![allow(clippy::disallowed_methods)]

mod table;

use links::{Input, WAYS};
use model::When;
use std::collections::BTreeSet;
use table::{Dice, Table};

/// Files that hold no way.
const HELPERS: &[&str] = &[
    "alike",
    "allow",
    "background",
    "chance",
    "crowd",
    "insufficient",
    "judge",
    "leiden",
    "lib",
    "method",
    "methods",
    "near",
    "network",
    "owners",
    "permuted",
    "pool",
    "recur",
    "score",
    "seen",
    "show",
    "steps",
    "sweep",
    "tally",
    "ties",
];

const DAY: u64 = 86_400;

/// 3,000 accounts that touch 600 objects, popular ones more, at any time of ten days.
fn crowd(dice: &mut Dice) -> Vec<(u32, u32, i64)> {
    (0..20_000)
        .map(|_| {
            let object = dice.below(600).min(dice.below(600)) as u32;
            let actor = 100 + dice.below(3000).min(dice.below(3000)) as u32;
            (object, actor, dice.below(10 * DAY) as i64)
        })
        .collect()
}

/// Twelve accounts of the crowd's kind that touch nine objects of their own and one of the crowd within 40 seconds,
/// most of them each time, and popular objects at any time.
fn planted(dice: &mut Dice) -> Vec<(u32, u32, i64)> {
    let mut rows = crowd(dice);
    for object in (600..609).chain([50]) {
        let start = dice.below(10 * DAY) as i64;
        rows.extend((0..12).map(|a| (object, a, start + dice.below(40) as i64)).filter(|r| (r.0 + r.1) % 5 != 0));
    }
    rows.extend((0..60).map(|n| (dice.below(100) as u32, n % 12, dice.below(10 * DAY) as i64)));
    rows
}

/// Fans: 60 accounts that touch nearly everything one source puts out, each within hours of it.
fn fans(dice: &mut Dice) -> Vec<(u32, u32, i64)> {
    let mut rows = crowd(dice);
    for object in 600..630 {
        let start = dice.below(9 * DAY) as i64;
        rows.extend((0..60).filter(|_| dice.below(10) < 8).map(|a| (object, a, start)).collect::<Vec<_>>());
    }
    let since = rows.len() - rows.iter().filter(|r| r.1 < 60).count();
    rows[since..].iter_mut().for_each(|r| r.2 += (dice.below(6 * 3600).min(dice.below(6 * 3600))) as i64);
    rows
}

#[test]
fn files_are_the_registry() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let files: BTreeSet<String> = std::fs::read_dir(dir)
        .expect("src")
        .filter_map(|f| f.expect("a file").file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|f| !HELPERS.contains(&f.as_str()))
        .collect();
    assert_eq!(files, WAYS.iter().map(|w| w.card.id.replace('-', "_")).collect());
}

#[test]
fn nothing_comes_of_nothing() {
    for way in WAYS {
        for table in [Table::new(60, &[]), Table::of_kinds(&[], |_| 0, &[]), Table::new(60, &[(0, 0, i64::MIN)])] {
            let found = (way.link)(&table.input());
            assert!(found.links.is_empty() && found.networks.is_empty() && found.tested == 0, "{}", way.card.id);
        }
    }
}

#[test]
fn a_planted_group_is_found_and_the_same_twice() {
    for way in WAYS {
        for seed in 0..20 {
            let table = Table::new(60, &planted(&mut Dice(seed)));
            let found = (way.link)(&table.input());
            let members: BTreeSet<u32> = found.networks.iter().flat_map(|n| &n.members).map(|m| m.actor.0).collect();
            assert_eq!(members, (0..12).collect(), "{} seed {seed}", way.card.id);
            assert_eq!(found.networks.len(), 1, "{} seed {seed}", way.card.id);
            assert_eq!(found, (way.link)(&table.input()), "{} twice", way.card.id);
            holds(&table, &found);
        }
    }
}

/// What every result promises.
fn holds(table: &Table, found: &model::Linked) {
    assert!(found.links.is_sorted_by_key(|l| (l.a, l.b)));
    for link in &found.links {
        assert!(link.a < link.b && link.q <= table.settings.fdr && link.weight() >= table.settings.min_objects);
        assert!((1..=6).contains(&link.witnesses.len()));
        for w in &link.witnesses {
            assert!(w.first.object == w.object && w.second.object == w.object);
            assert!((w.first.actor, w.second.actor) == (link.a, link.b));
            assert!((w.first.micros - w.second.micros).abs() <= link.kinds[0].within);
        }
    }
    for network in &found.networks {
        assert!(network.chance.expected < network.chance.observed && !network.objects.is_empty());
        assert!((network.members[0].centrality - 1.0).abs() < 1e-6);
        assert_eq!(network.members.iter().map(|m| m.degree as usize).sum::<usize>(), network.links.len() * 2);
    }
}

#[test]
fn shuffled_times_and_shuffled_accounts_link_nobody() {
    for way in WAYS {
        for (what, shuffle) in [
            ("times", Table::with_times_shuffled as fn(&Table, u64) -> Table),
            ("accounts", Table::with_actors_shuffled as fn(&Table, u64) -> Table),
        ] {
            let guilty = Table::new(60, &planted(&mut Dice(77)));
            let linked = (0..20).filter(|seed| {
                let table = shuffle(&guilty, *seed);
                assert_eq!(table.rows.len(), guilty.rows.len());
                !(way.link)(&table.input()).networks.is_empty()
            });
            let linked = linked.count();
            assert!(linked <= 1, "{}: {linked} of 20 with shuffled {what}", way.card.id);
        }
    }
}

#[test]
fn an_innocent_crowd_and_its_fans_are_left_alone() {
    for way in WAYS {
        for (what, make) in [("crowd", crowd as fn(&mut Dice) -> Vec<(u32, u32, i64)>), ("fans", fans)] {
            let linked = (0..20)
                .filter(|seed| !(way.link)(&Table::new(60, &make(&mut Dice(*seed))).input()).networks.is_empty())
                .count();
            assert!(linked <= 1, "{}: {linked} of 20 in the {what}", way.card.id);
        }
    }
}

/// One post with five tags and another with the same five: one occasion, not five.
#[test]
fn many_objects_of_one_record_are_one_occasion() {
    let mut rows = crowd(&mut Dice(5));
    rows.extend((600..605).flat_map(|o| [(o, 0, 1000), (o, 1, 1010)]));
    let mut table = Table::new(60, &rows);
    assert!(WAYS.iter().any(|way| !(way.link)(&table.input()).links.is_empty()), "five posts link");
    table.rows.iter_mut().filter(|r| r.actor.0 < 2).for_each(|r| r.at = u64::from(r.actor.0) + 1_000_000);
    let table = table.rebuilt(|_| 0);
    assert!(WAYS.iter().all(|way| (way.link)(&table.input()).links.is_empty()), "one post does not");
}

/// Two million touches of one object by two accounts, and an object that 60,000 accounts touch in one hour.
#[test]
fn popularity_costs_no_square() {
    let mut dice = Dice(1);
    let mut rows: Vec<(u32, u32, i64)> = (0..400_000).map(|n| (0, n % 2, dice.below(3600) as i64)).collect();
    rows.extend((0..60_000).map(|a| (1, 2 + a, dice.below(3600) as i64)));
    let table = Table::new(60, &rows);
    for way in WAYS {
        let found = (way.link)(&table.input());
        assert!(found.links.is_empty(), "one object is not two");
        assert_eq!(found.remarks.len(), 1, "{:?}", found.remarks);
    }
    assert!(table.rows.iter().all(|r| r.micros != When::UNKNOWN));
}
