//! Small worlds of sites: what is tied, what is not, and why.

use super::{SHARED_OWNER, tie};
use crate::Input;
use model::{
    ActorInfo, ActorNo, Card, Grounds, Hashed, KindInfo, KindNo, LinkSettings, ObjectInfo, ObjectNo, Owners, Ownership,
    Share, Shares, Sort, Tie, When,
};
use std::collections::BTreeSet;

const fn kind(id: &'static str, family: &'static str, same: u8, copyable: bool, floor: u32) -> KindInfo {
    let common = &[("big", 6)];
    let tie = Tie { family, same, copyable, floor, common };
    KindInfo { card: Card { id, about: "", source: "" }, window: None, alike: false, ownership: Ownership::Shared(tie) }
}

const KINDS: [KindInfo; 7] = [
    kind("address", "hosting", 40, false, 1_000),
    kind("registrar", "registration", 90, false, 200),
    kind("minute", "registration", 20, false, 200_000),
    kind("mail", "mail", 85, false, 300),
    kind("id", "measuring", 50, true, 1_000_000),
    kind("purse", "earning", 50, true, 1_000_000),
    KindInfo {
        card: Card { id: "copied-from", about: "", source: "" },
        window: None,
        alike: false,
        ownership: Ownership::CopiedFrom,
    },
];

struct Table(Vec<Share>);

impl Shares for Table {
    fn each_object(&self, f: &mut dyn FnMut(ObjectNo, &[Share])) {
        self.0.chunk_by(|x, y| x.object == y.object).for_each(|group| f(group[0].object, group));
    }
}

/// Ties sites given as name, kind, value and time in days (negative for none).
fn owners(rows: &[(String, &str, String, i64)]) -> (Owners, Vec<String>) {
    let names: BTreeSet<&String> = rows.iter().map(|r| &r.0).collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    let number = |id: &str| KINDS.iter().position(|k| k.card.id == id).expect("a kind") as u8;
    let mut things: Vec<(u8, u64, &str)> =
        rows.iter().map(|r| (number(r.1), Hashed::of(r.1.as_bytes(), r.2.as_bytes()).id, r.2.as_str())).collect();
    things.sort_unstable();
    things.dedup();
    let info = |name: &String| ActorInfo {
        id: Hashed::of(b"site", name.as_bytes()).id,
        sort: Sort::Site,
        name: name.as_str().into(),
        traces: 0,
        records: 0,
    };
    let object = |(kind, id, value): &(u8, u64, &str)| ObjectInfo {
        id: *id,
        kind: KindNo(*kind),
        value: (*value).into(),
        shares: 0,
        actors: 0,
        sorts: 0,
        first: When::UNKNOWN,
        last: When::UNKNOWN,
    };
    let mut shares: Vec<Share> = rows
        .iter()
        .map(|r| Share {
            object: ObjectNo(things.iter().position(|t| t.0 == number(r.1) && t.2 == r.2).expect("a thing") as u32),
            actor: ActorNo(names.binary_search(&r.0).expect("a site") as u32),
            micros: if r.3 < 0 { When::UNKNOWN } else { r.3 * 86_400 * When::SECOND },
            evidence: 0,
            len: 1,
            at: 0,
        })
        .collect();
    shares.sort_by_key(Share::key);
    let (actors, objects): (Vec<_>, Vec<_>) = (names.iter().map(info).collect(), things.iter().map(object).collect());
    let settings = LinkSettings::default();
    let table = Table(shares);
    let input =
        Input { kinds: &KINDS, actors: &actors, objects: &objects, evidence: &[], shares: &table, settings: &settings };
    (tie(&input), names)
}

fn row(site: &str, kind: &'static str, value: &str) -> (String, &'static str, String, i64) {
    (site.to_owned(), kind, value.to_owned(), -1)
}

fn clusters(rows: &[(String, &str, String, i64)]) -> Vec<Vec<String>> {
    let (owners, names) = owners(rows);
    let named = |c: &model::Cluster| c.members.iter().map(|m| names[m.0 as usize].clone()).collect();
    owners.clusters.iter().map(named).collect()
}

/// Shops at one host, of many owners.
fn neighbours(n: usize) -> Vec<(String, &'static str, String, i64)> {
    (0..n)
        .flat_map(|i| {
            let site = format!("shop{i:02}.example");
            [
                row(&site, "address", "192.0.2.80"),
                row(&site, "registrar", &format!("registrar{}", i % 7)),
                row(&site, "mail", &format!("mx{}", i % 11)),
                row(&site, "id", &format!("UA-{i}")),
            ]
        })
        .collect()
}

#[test]
fn two_rare_families_tie_and_one_does_not() {
    let one = [row("a", "id", "UA-1"), row("b", "id", "UA-1"), row("a", "mail", "x"), row("b", "mail", "y")];
    assert!(clusters(&one).is_empty());
    let two = [row("a", "id", "UA-1"), row("b", "id", "UA-1"), row("a", "purse", "p1"), row("b", "purse", "p1")];
    assert_eq!(clusters(&two), [["a", "b"]]);
    let common = [
        row("a", "address", "1"),
        row("b", "address", "1"),
        row("a", "registrar", "big"),
        row("b", "registrar", "big"),
    ];
    assert!(clusters(&common).is_empty(), "a host and a big registrar");
}

#[test]
fn neighbours_at_a_host_are_not_tied() {
    assert!(clusters(&neighbours(40)).is_empty());
    let (owners, _) = owners(&neighbours(40));
    assert!(!owners.platforms.is_empty(), "the shared address is told");
}

/// Six shops that bought address, mail and name from one supplier, and nothing else in the case: nobody can tell.
#[test]
fn a_small_case_of_one_suppliers_customers_ties_nobody() {
    let customer = |site: &str| {
        [row(site, "address", "192.0.2.80"), row(site, "registrar", "little"), row(site, "mail", "mx.little.example")]
    };
    let names: Vec<String> = (0..6).map(|n| format!("shop{n}.example")).collect();
    let mut rows: Vec<_> = names.iter().flat_map(|n| customer(n)).collect();
    assert!(clusters(&rows).is_empty());
    // Two of them registered in one minute; all six carry one account.
    rows.extend(names[..2].iter().map(|n| row(n, "minute", "2026-06-30T20:46")));
    assert_eq!(clusters(&rows), [["shop0.example", "shop1.example"]]);
    rows.extend(names.iter().map(|n| row(n, "id", "UA-1")));
    assert_eq!(clusters(&rows).iter().map(Vec::len).collect::<Vec<_>>(), [6]);
    // With enough other sites around the three alike are rare.
    let mut rows: Vec<_> = names.iter().flat_map(|n| customer(n)).collect();
    rows.extend((0..25).flat_map(|n| {
        let site = format!("other{n:02}.example");
        [
            row(&site, "address", &format!("198.51.100.{n}")),
            row(&site, "registrar", &format!("r{n}")),
            row(&site, "mail", &site),
        ]
    }));
    assert_eq!(clusters(&rows).iter().map(Vec::len).collect::<Vec<_>>(), [6]);
}

#[test]
fn a_network_among_neighbours_is_found_whole() {
    let mut rows = neighbours(40);
    for i in 0..6 {
        let site = format!("daily{i}.example");
        rows.push(row(&site, "address", "198.51.100.9"));
        rows.push(row(&site, "minute", "2026-06-30T20:46"));
        rows.push(row(&site, "mail", "mx.desk.example"));
    }
    // Of this one only the address is known.
    rows.push(row("extra.example", "address", "198.51.100.9"));
    let (owners, names) = owners(&rows);
    assert_eq!(owners.clusters.len(), 1);
    let cluster = &owners.clusters[0];
    assert_eq!(cluster.members.len(), 7);
    assert_eq!(cluster.held.len(), 6);
    let weakest = &owners.tied[cluster.weakest];
    assert_eq!((weakest.grounds, cluster.parts), (Grounds::Exclusive, (1, 6)));
    assert!([weakest.a, weakest.b].iter().any(|m| names[m.0 as usize] == "extra.example"));
}

#[test]
fn what_was_copied_ties_nobody() {
    let mut rows = Vec::new();
    for site in ["outlet.example", "outlet-news.test", "outlet.press.test"] {
        rows.push(row(site, "id", "UA-77"));
        rows.push(row(site, "purse", "pub-77"));
    }
    assert_eq!(clusters(&rows).len(), 1, "nobody says who copied");
    rows.push(row("outlet-news.test", "copied-from", "outlet.example"));
    rows.push(row("outlet.press.test", "copied-from", "outlet.example"));
    let (found, _) = owners(&rows);
    assert!(found.clusters.is_empty());
    assert_eq!(found.copies.len(), 2);
    for site in ["outlet-news.test", "outlet.press.test"] {
        rows.push(row(site, "minute", "2026-06-30T20:46"));
        rows.push(row(site, "address", "198.51.100.9"));
    }
    assert_eq!(clusters(&rows), [["outlet-news.test", "outlet.press.test"]], "what the copies share beyond it does");
}

#[test]
fn values_long_apart_count_a_quarter() {
    let at = |first: i64, second: i64| {
        let others = (0..25).map(|n| format!("z{n:02}"));
        let mut rows: Vec<_> = others
            .flat_map(|z| [row(&z, "mail", &z.replace('z', "mx")), row(&z, "address", &z.replace('z', "9"))])
            .collect();
        rows.extend([row("a", "mail", "mx.desk"), row("b", "mail", "mx.desk")]);
        rows.push(("a".to_owned(), "address", "1".to_owned(), first));
        rows.push(("b".to_owned(), "address", "1".to_owned(), second));
        clusters(&rows).len()
    };
    assert_eq!((at(10, 20), at(10, 1000)), (1, 0));
}

#[test]
fn nothing_comes_of_nothing_and_the_same_twice() {
    assert_eq!(owners(&[]).0.clusters.len(), 0);
    let rows = neighbours(30);
    let mut turned = rows.clone();
    turned.reverse();
    assert_eq!(owners(&rows).0, owners(&turned).0);
    assert_eq!(SHARED_OWNER.card.id, "shared-owner");
}

/// Ten thousand sites at one address, in networks of ten: linear, not fifty million pairs.
#[test]
fn a_crowd_takes_no_square() {
    let mut rows = Vec::new();
    for i in 0..10_000 {
        let site = format!("s{i:05}.example");
        rows.push(row(&site, "mail", "mx.one.example"));
        rows.push(row(&site, "minute", &format!("m{}", i / 10)));
    }
    let (owners, _) = many(&rows);
    assert!(owners.clusters.iter().all(|c| c.members.len() <= 10));
}

/// As [`owners`], without its search by value.
fn many(rows: &[(String, &'static str, String, i64)]) -> (Owners, usize) {
    let mut sorted: Vec<(&str, &String, &String)> = rows.iter().map(|r| (r.1, &r.2, &r.0)).collect();
    sorted.sort_by_key(|r| (KINDS.iter().position(|k| k.card.id == r.0), r.1.clone(), r.2.clone()));
    let names: BTreeSet<&String> = rows.iter().map(|r| &r.0).collect();
    let names: Vec<&String> = names.into_iter().collect();
    let (mut shares, mut objects) = (Vec::new(), Vec::new());
    for group in sorted.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        let kind = KINDS.iter().position(|k| k.card.id == group[0].0).expect("a kind") as u8;
        let no = ObjectNo(objects.len() as u32);
        let value = group[0].1.as_str().into();
        let (shares_n, sorts) = (group.len() as u32, Sort::Site.bit());
        objects.push(ObjectInfo {
            id: u64::from(no.0),
            kind: KindNo(kind),
            value,
            shares: shares_n,
            actors: shares_n,
            sorts,
            first: When::UNKNOWN,
            last: When::UNKNOWN,
        });
        for r in group {
            let actor = ActorNo(names.binary_search(&r.2).expect("a site") as u32);
            shares.push(Share { object: no, actor, micros: When::UNKNOWN, evidence: 0, len: 1, at: 0 });
        }
    }
    let info = |n: &&String| ActorInfo { id: 0, sort: Sort::Site, name: n.as_str().into(), traces: 0, records: 0 };
    let actors: Vec<ActorInfo> = names.iter().map(info).collect();
    let (settings, table) = (LinkSettings::default(), Table(shares));
    (
        tie(&Input {
            kinds: &KINDS,
            actors: &actors,
            objects: &objects,
            evidence: &[],
            shares: &table,
            settings: &settings,
        }),
        names.len(),
    )
}
