//! All techniques at once: examples, twins, registry, hostile names, the same twice; and a small feed as a whole.
#![allow(clippy::disallowed_methods)] // a test of files reads files

use lookalikes::{Hit, Outlets, TECHNIQUES, Watch};
use std::collections::BTreeSet;

fn hits(outlets: &str, names: &[&str]) -> Vec<Hit> {
    let watch = Watch::new(Outlets::parse(outlets).expect("a list"));
    let mut pass = watch.pass();
    for name in names {
        pass.see(name, None);
    }
    pass.rank(usize::MAX).collect()
}

#[test]
fn every_technique_sees_its_examples_and_not_its_twins() {
    let mut wrong = Vec::new();
    for technique in TECHNIQUES {
        for (name, outlet) in technique.examples {
            let hits = hits(outlet, &[name]);
            let told: Vec<_> = hits.iter().flat_map(|h| h.techniques.iter().copied()).collect();
            if !told.contains(&technique.card.id) || hits[0].name != *name {
                wrong.push(format!("{}: {name} beside {outlet} is {told:?}", technique.card.id));
            }
        }
        for (name, outlet) in technique.twins {
            let told = hits(outlet, &[name]).iter().any(|h| h.techniques.contains(&technique.card.id));
            if told {
                wrong.push(format!("{}: seen in {name} beside {outlet}", technique.card.id));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_registry_is_the_files() {
    let files: BTreeSet<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/techniques"))
        .expect("the techniques")
        .map(|f| f.expect("a file").file_name().to_string_lossy().replace('_', "-"))
        .filter_map(|f| f.strip_suffix(".rs").map(str::to_owned))
        .collect();
    let ids: BTreeSet<String> = TECHNIQUES.iter().map(|t| t.card.id.to_owned()).collect();
    assert_eq!(files, ids);
    assert_eq!(ids.len(), TECHNIQUES.len(), "ids are unique");
    assert!(TECHNIQUES.iter().all(|t| !t.twins.is_empty() && !t.innocent.is_empty() && t.bits > 0.0));
}

#[test]
fn an_outlet_does_not_imitate_itself() {
    let outlets = "paper.example | own: paper.test\nmorning.paperhouse.example";
    let own = ["paper.example", "www.paper.example", "PAPER.example.", "shop.paper.test", "paperhouse.example"];
    assert_eq!(hits(outlets, &own), []);
}

#[test]
fn a_rare_name_ranks_over_an_everyday_one() {
    let outlets = "obozrenie.example\nindex.example";
    let mut names: Vec<String> = (0..300).map(|n| format!("index{}.test", n + 1000)).collect();
    names.extend((0..50).map(|n| format!("index.x{n}.test")));
    names.push("obozrenie.ltd".to_owned());
    names.push("index-fund.test".to_owned());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(hits(outlets, &names)[0].name, "obozrenie.ltd");
}

/// The `r` that ends one word and the `n` that begins the next are no `m`.
#[test]
fn words_that_meet_in_a_digraph_are_found() {
    let names = ["paper-news.example", "papernews.test", "xpapernet.test"];
    let mut told: Vec<String> = hits("paper.example", &names).into_iter().map(|h| h.name).collect();
    told.sort();
    assert_eq!(told, ["paper-news.example", "papernews.test", "xpapernet.test"]);
}

/// The outlet's own `rn` beside the one that a word put behind it makes.
#[test]
fn a_name_with_a_digraph_of_its_own_is_found_beside_another() {
    let names = ["morning-courier-news.test", "morningcouriernet.test", "momingcourier-today.test"];
    let mut told: Vec<String> = hits("morningcourier.example", &names).into_iter().map(|h| h.name).collect();
    told.sort();
    assert_eq!(told, ["momingcourier-today.test", "morning-courier-news.test", "morningcouriernet.test"]);
}

/// A whole label in Cyrillic, read by sound and by sight: one change, however many letters it has.
#[test]
fn a_name_in_another_script_is_as_surprising_as_one_under_another_suffix() {
    for (outlet, name) in [("vecher.example", "вечер.test"), ("cocoa.example", "xn--80a1aakb.test")] {
        let hits = hits(outlet, &[name]);
        assert!(hits[0].techniques.contains(&"whole-script") && hits[0].surprise > 8.0, "{hits:?}");
        assert!(!hits[0].techniques.contains(&"omission"), "{hits:?}");
    }
}

/// Names of two to four letters count at an end beside words, or between hyphens; elsewhere they are letters by chance.
#[test]
fn short_names_count_beside_words_only() {
    let names = ["qvb-news.test", "qvbnews.test", "newsqvb.test", "qvbtimesnews.test", "qvbzzxk.test", "rqvbcore.test"];
    let mut told: Vec<String> = hits("qvb.example", &names).into_iter().map(|h| h.name).collect();
    told.sort();
    assert_eq!(told, ["newsqvb.test", "qvb-news.test", "qvbnews.test", "qvbtimesnews.test"]);
}

#[test]
fn nothing_of_a_name_breaks_it_and_the_same_comes_out_twice() {
    let long = "a".repeat(300);
    let names = [
        "",
        ".",
        "..",
        "-",
        "xn--.example",
        "xn--999999999.example",
        "\u{202e}paper.example",
        "paper.\0",
        "é.é",
        "*.paper.test",
        "paper..test",
        long.as_str(),
        "İ.example",
        "ﷺ.paper.test",
        "----.test",
        "p-a-p-e-r.test",
        "PAPER.TEST",
        "🙈paper.test",
        "1.2.3.4",
        "paper.example.paper.test.paper",
        "rn.test",
        "ß.test",
    ];
    let outlets = "paper.example\nab.example\nthe-paper.test2.example | names: The \u{202e}Paper, é";
    assert_eq!(hits(outlets, &names), hits(outlets, &names));
    assert!(hits(outlets, &names).iter().all(|h| !h.innocent.is_empty() || h.techniques.is_empty()));
}

#[test]
fn nothing_comes_of_nothing() {
    assert_eq!(hits("paper.example", &[]), []);
    assert_eq!(hits("paper.example", &["something.test", "unrelated-words.test"]), []);
}
