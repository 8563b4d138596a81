//! Real reposts: the pairs are those of two tools in daily use, where the definitions coincide.
//! Silent where the shared data is not beside the project, and says so.
#![allow(clippy::disallowed_methods)]

mod table;

use links::{Input, WAYS};
use model::{Link, Linked, Share, When};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use table::Table;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/coordination-parity");

type Pairs = BTreeSet<(String, String)>;

/// Rows of a CSV without quoted fields, without its header; `None` where the data is absent.
fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let Ok(text) = std::fs::read_to_string(format!("{DATA}/{name}")) else {
        eprintln!("SKIPPED: ../shared/data is not here");
        return None;
    };
    Some(text.lines().skip(1).map(|l| l.split(',').map(str::to_owned).collect()).collect())
}

fn pair(x: &str, y: &str) -> (String, String) {
    (x.min(y).to_owned(), x.max(y).to_owned())
}

/// A table of (object, account, seconds), and the accounts' names by number.
fn table_of(long: &[Vec<String>], window: i64) -> (Table, Vec<String>) {
    let names: BTreeSet<&str> = long.iter().map(|r| r[1].as_str()).collect();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let number: HashMap<&str, u32> = names.iter().zip(0..).map(|(n, at)| (n.as_str(), at)).collect();
    let mut objects: BTreeMap<&str, u32> = long.iter().map(|r| (r[0].as_str(), 0)).collect();
    objects.values_mut().zip(0..).for_each(|(o, at)| *o = at);
    let touches: Vec<(u32, u32, i64)> =
        long.iter().map(|r| (objects[r[0].as_str()], number[r[1].as_str()], r[3].parse().expect("seconds"))).collect();
    (Table::new(window, &touches), names)
}

fn link(table: &Table) -> Linked {
    (WAYS.iter().find(|w| w.card.id == "co-sharing").expect("the way").link)(&table.input())
}

fn named<'a>(links: impl Iterator<Item = &'a Link>, names: &[String]) -> Pairs {
    links.map(|l| pair(&names[l.a.0 as usize], &names[l.b.0 as usize])).collect()
}

/// Ours are pairs with at least two objects; both tools count posts, so they also keep pairs with several posts of
/// one object. Those, and only those, are theirs alone.
fn agree((ours, table, names): &(Linked, Table, Vec<String>), theirs: &Pairs) {
    let two = named(ours.links.iter().filter(|l| l.weight() >= 2), names);
    eprintln!("{} of ours with two objects, {} of theirs, {} both", two.len(), theirs.len(), (&two & theirs).len());
    assert_eq!((&two - theirs).len(), 0, "ours alone");
    let posts = |l: &Link| {
        let of_both = |r: &&Share| r.object == l.witnesses[0].object && (r.actor == l.a || r.actor == l.b);
        table.rows.iter().filter(of_both).count()
    };
    let once = named(ours.links.iter().filter(|l| l.weight() == 1 && posts(l) > 2), names);
    assert_eq!((&(theirs - &two) - &once).len(), 0, "theirs alone, but not by several posts of one object");
    assert!(!two.is_empty());
}

#[test]
fn pairs_are_those_of_the_coordination_network_toolkit() {
    let (Some(long), Some(expected)) = (rows("ru35k_rt_long.csv"), rows("expected/qut_ru35k_co_retweet_w60_m2.csv"))
    else {
        return;
    };
    let found = every_pair(&long);
    agree(&found, &expected.iter().map(|r| pair(&r[0], &r[1])).collect());
    let all = rows("expected/qut_ru35k_co_retweet_w60_m1.csv").expect("beside it");
    let all: Pairs = all.iter().map(|r| pair(&r[0], &r[1])).collect();
    assert!(named(found.0.links.iter(), &found.2) == all, "every pair that met is known to both");
}

#[test]
fn pairs_are_those_of_coortweet() {
    let (Some(long), Some(expected)) = (rows("ru35k_rt_long.csv"), rows("expected/cooRTweet_ru35k_rt_w60_p2.csv"))
    else {
        return;
    };
    let found = every_pair(&long);
    let heavy = expected.iter().filter(|r| r[2].parse::<u32>().is_ok_and(|w| w >= 2));
    agree(&found, &heavy.map(|r| pair(&r[0], &r[1])).collect());
}

/// Every pair that met at all within 60 s.
fn every_pair(long: &[Vec<String>]) -> (Linked, Table, Vec<String>) {
    let (mut table, names) = table_of(long, 60);
    (table.settings.fdr, table.settings.min_objects) = (1.0, 1);
    (link(&table), table, names)
}

/// With the columns of times or accounts shuffled, real reposts link nobody.
#[test]
fn shuffled_real_reposts_link_nobody() {
    let Some(long) = rows("ru35k_rt_long.csv") else { return };
    let (table, _) = table_of(&long, 60);
    for (what, shuffle) in [
        ("times", Table::with_times_shuffled as fn(&Table, u64) -> Table),
        ("accounts", Table::with_actors_shuffled as fn(&Table, u64) -> Table),
    ] {
        let linked = (0..20).filter(|seed| !link(&shuffle(&table, *seed)).networks.is_empty()).count();
        assert!(linked <= 1, "{linked} of 20 with shuffled {what}");
    }
    let found = link(&table);
    eprintln!("{} of {} pairs beyond chance", found.links.len(), found.tested);
    assert!(found.links.iter().all(|l| l.witnesses.iter().all(|w| w.first.micros != When::UNKNOWN)));
    assert!(!found.links.is_empty());
}
