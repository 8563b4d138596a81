//! Real tables beside the project, counted against numbers taken independently with Python's csv and pyarrow.
#![allow(clippy::disallowed_methods, missing_docs)]

use evidence::{Closed, Opened, Root, Sink, read};
use model::{Code, EvidenceId, Note, Place, Quote, Record, Settings};
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Default, Debug, PartialEq)]
struct Sums {
    records: u64,
    accounts: u64,
    text: u64,
    urls: u64,
    hashtags: u64,
    media: u64,
    reposted: u64,
    objects: u64,
}

#[derive(Default)]
struct Tally {
    sums: Sums,
    accounts: BTreeSet<String>,
    objects: BTreeSet<String>,
    incomplete: Vec<String>,
}

impl Sink for Tally {
    fn opened(&mut self, _: &Opened) {}
    fn record(&mut self, _: Place, record: &Record<'_>) {
        self.sums.records += 1;
        let Record::Post(p) = record else { return };
        self.accounts.insert(p.account.to_owned());
        self.objects.insert(p.object.to_owned());
        self.sums.text += p.text.len() as u64;
        self.sums.urls += p.urls.len() as u64;
        self.sums.hashtags += p.hashtags.len() as u64;
        self.sums.media += p.media.len() as u64;
        self.sums.reposted += u64::from(!p.reposted.is_empty());
    }
    fn note(&mut self, note: Note) {
        if note.code.incomplete() || note.code == Code::Bug {
            self.incomplete.push(note.text.terminal());
        }
    }
    fn closed(&mut self, _: &Closed) {}
}

/// What a file of the shared data says; `None`, aloud, where it is absent.
fn tally(path: &str) -> Option<Sums> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/");
    let Ok(bytes) = std::fs::read(format!("{root}{path}")) else {
        eprintln!("SKIPPED: ../shared/data is not here ({path})");
        return None;
    };
    let root = Root { id: EvidenceId(1), sha256: [0; 32], name: Quote::from(path), bytes: Arc::new(bytes) };
    let mut sink = Tally::default();
    read(&root, &Settings::default(), None, &mut sink);
    assert!(sink.incomplete.is_empty(), "{path}: {:?}", sink.incomplete);
    sink.objects.remove("");
    sink.accounts.remove("");
    sink.sums.accounts = sink.accounts.len() as u64;
    sink.sums.objects = sink.objects.len() as u64;
    Some(sink.sums)
}

fn holds(path: &str, sums: Sums) {
    if let Some(found) = tally(path) {
        assert_eq!(found, sums, "{path}");
    }
}

#[test]
fn long_tables_of_four_columns() {
    for (file, records, accounts, objects) in [
        ("ge_url_long.csv", 41_100, 14_770, 11_960),
        ("ge_hashtag_long.csv", 36_005, 13_918, 17_989),
        ("ru35k_rt_long.csv", 35_125, 9_509, 7_285),
    ] {
        holds(&format!("coordination-parity/{file}"), Sums { records, accounts, objects, ..Sums::default() });
    }
}

#[test]
fn toolkit_tables() {
    let sums = Sums { records: 4000, accounts: 2000, reposted: 4000, ..Sums::default() };
    holds("coordination-parity/viral2000_qut.csv", sums);
}

#[test]
fn posts_with_pictures_and_advertisements() {
    let sums = Sums { records: 17_857, accounts: 16_843, media: 18_100, text: 1_808_228, ..Sums::default() };
    holds("crossplatform/eval-image-reuse/posts.csv", sums);
    let sums = Sums { records: 3498, urls: 3482, text: 865_730, ..Sums::default() };
    holds("crossplatform/eval-crossplatform/facebook_ads.csv", sums);
}

#[test]
fn parquet_tables() {
    let dev = "coordination-dev";
    let sums =
        Sums { records: 122_607, accounts: 8636, urls: 70_619, hashtags: 118_301, text: 12_017_426, ..Sums::default() };
    let found = tally(&format!("{dev}/eval-coordination/posts_dev.parquet")).map(|f| Sums { reposted: 0, ..f });
    assert!(found.is_none_or(|f| f == sums));
    for (file, records, accounts, urls, hashtags, text) in
        [("G", 13_024, 7980, 3426, 18_789, 1_349_213), ("U", 28_248, 14_186, 3866, 4116, 4_735_576)]
    {
        let found = tally(&format!("{dev}/eval-planted/{file}_dev_posts.parquet")).map(|f| Sums { reposted: 0, ..f });
        assert!(
            found.is_none_or(|f| f == Sums { records, accounts, urls, hashtags, text, ..Sums::default() }),
            "{file}"
        );
    }
    let sums = Sums { records: 35_125, accounts: 9509, objects: 7285, ..Sums::default() };
    holds(&format!("{dev}/coortweet/russian_coord_tweets.parquet"), sums);
    if let Some(found) = tally(&format!("{dev}/coortweet/german_elections.parquet")) {
        assert_eq!((found.records, found.accounts), (218_971, 58_317));
    }
    if let Some(found) = tally("cascades-organic/twitter15-16/cascades.parquet") {
        assert_eq!((found.records, found.accounts), (892_106, 677_438));
    }
}

#[test]
fn name_lists() {
    for (file, records) in [
        ("protected-1000.txt", 1000),
        ("known-lookalikes_dev.csv", 94),
        ("eval-sites/domains_dev.csv", 17_706),
        ("eval-sites/networks_dev.csv", 585),
        // Read as a list of indicators: 8,491 domains and 1,074 accounts, addresses, links, hashes and mailboxes.
        ("eval-operations/indicators_dev.csv", 9565),
    ] {
        holds(&format!("operations-sites/{file}"), Sums { records, ..Sums::default() });
    }
}
