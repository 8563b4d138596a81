use super::*;
use crate::table::{Dice as Chance, Table};
use crate::{WAYS, unspool::UNSPOOL};
use model::When;

/// 60 accounts that pass on at random, and six that pass on the same 30 things within seconds.
fn town(group: bool) -> Table {
    let mut dice = Chance(9);
    let mut touches = vec![];
    for object in 0..160_u32 {
        let start = i64::from(object) * 1800;
        for _ in 0..12 {
            touches.push((object, dice.below(60) as u32, start + dice.below(7200) as i64));
        }
        if group && object % 5 == 0 {
            (60..66).for_each(|account| touches.push((object, account, start + 600 + dice.below(20) as i64)));
        }
    }
    Table::new(60, &touches)
}

#[test]
fn a_real_group_is_not_dealt_by_chance() {
    let table = town(true);
    let linked = (UNSPOOL.link)(&table.input());
    let network = linked.networks.first().expect("the group");
    assert_eq!(network.members.len(), 6);
    let permuted = network.permuted.expect("checked");
    assert_eq!((permuted.shuffles, permuted.timed), (20, 5));
    assert!(permuted.accounts < 0.5 && permuted.times < 3.0, "{permuted:?}");
    let said = linked.remarks.iter().find(|r| r.starts_with("Expected false links")).expect("said");
    assert!(said.contains("of 15 by the null models") && said.contains("20 seeded shuffles"), "{said}");
    assert_eq!(linked, (UNSPOOL.link)(&table.input()), "the same seed, the same figures");
}

#[test]
fn nobody_asks_where_there_is_no_network_or_no_wish() {
    assert_eq!((UNSPOOL.link)(&town(false).input()).permuted, None);
    let mut table = town(true);
    table.settings.shuffles = 0;
    let linked = (WAYS[0].link)(&table.input());
    assert!(linked.permuted.is_none() && linked.networks[0].permuted.is_none());
}

#[test]
fn shuffles_keep_what_they_say() {
    let table = town(true);
    let input = table.input();
    let nobody = FxHashMap::default();
    let deck = Deck::of(&input, &nobody, 1_000_000).expect("small");
    let count = |rows: &[Share], key: &dyn Fn(&Share) -> (u32, i64)| {
        let mut keys: Vec<_> = rows.iter().map(key).collect();
        keys.sort_unstable();
        keys
    };
    let accounts = deck.accounts(&mut Dice(5));
    let moved = accounts.0.iter().zip(&deck.rows).filter(|(x, y)| x.actor != y.actor).count();
    assert!(moved * 2 > deck.rows.len(), "{moved}");
    let places = |s: &Share| (s.object.0, s.micros);
    let hours = |s: &Share| (s.actor.0, s.micros.div_euclid(QUARTER));
    assert_eq!(count(&accounts.0, &places), count(&deck.rows, &places), "things keep their bursts");
    assert_eq!(count(&accounts.0, &hours), count(&deck.rows, &hours), "accounts keep their hours");
    let times = deck.times(&mut Dice(5));
    let who = |s: &Share| (s.object.0, i64::from(s.actor.0));
    assert_eq!(count(&times.0, &places), count(&deck.rows, &places));
    assert_eq!(count(&times.0, &who), count(&deck.rows, &who), "accounts keep what they touched");
    assert!(Deck::of(&input, &nobody, 100).is_none(), "too large");
}

#[test]
fn a_post_moves_whole() {
    let kinds = [Some(60), Some(60)];
    let touches: Vec<_> = (0..40).map(|n| (n / 20, n % 20, i64::from(n % 20) * 30)).collect();
    let mut table = Table::of_kinds(&kinds, |o| o as u8, &touches);
    table.rows.iter_mut().for_each(|r| r.at = (r.micros / When::SECOND) as u64);
    let deck = Deck::of(&table.input(), &FxHashMap::default(), 1000).expect("small");
    let dealt = deck.accounts(&mut Dice(3));
    let (first, second) = dealt.0.split_at(20);
    for (x, y) in first.iter().zip(second) {
        assert_eq!((x.at, x.actor), (y.at, y.actor));
    }
    assert!(first.iter().zip(&deck.rows).any(|(x, y)| x.actor != y.actor));
}
