//! Published lists with grades and conflicts, and a poisoned one that changes nobody's owner.
#![allow(clippy::disallowed_methods)] // tests touch disk

use case::{Case, Inputs, Run};
use model::{Confidence, Dossier, Finding, Settings, When};
use std::path::Path;

const NOW: When = When(1_788_220_800_000_000);

/// Three papers of one desk, an outlet and shops, as a table of sites.
fn sites() -> String {
    let mut rows = String::from("domain,ip,registered,registrar\n");
    for site in ["daily-one.example", "daily-two.example", "daily-three.example"] {
        rows += &format!("{site},198.51.100.9,2026-06-30T20:46:03Z,Namen Inc.\n");
    }
    rows += "sund-courier.example,192.0.2.200,2001-02-03T04:05:06Z,Old Register\n";
    for n in 0..25 {
        rows += &format!("shop{n}.example,192.0.2.{n},2020-01-{:02}T10:{n:02}:00Z,Register {n}\n", n + 1);
    }
    rows
}

const LIST: &str = "type,value,operation,grade,role\n\
domain,daily-one.example,An operation,B2,relay\n\
domain,daily-two.example,An operation,B2,relay\n\
domain,sund-courier.example,An operation,C3,relay\n\
domain,shop3.example,An operation,C3,relay\n\
domain,elsewhere.example,An operation,C3,relay\n\
ip,203.0.113.77,An operation,C3,relay\n";

const OTHER: &str = "type,value,operation,verdict\n\
domain,shop3.example,A third's list,benign\n\
ip,203.0.113.78,A third's list,malicious\n\
domain,elsewhere-too.example,A third's list,malicious\n";

fn investigate(dir: &Path, lists: &[(&str, &str)]) -> (Case, Dossier) {
    let evidence = dir.join("evidence");
    std::fs::create_dir_all(&evidence).expect("made");
    std::fs::write(evidence.join("sites.csv"), sites()).expect("written");
    lists.iter().for_each(|(name, text)| std::fs::write(evidence.join(name), text).expect("written"));
    let mut settings = Settings::default();
    settings.protect.outlets = vec!["sund-courier.example | names: Sund Courier".to_owned()];
    let mut case = Case::make(&dir.join("case"), &settings, NOW).expect("a case");
    let dossier = case.investigate(Inputs { paths: vec![evidence], stdin: None }, &Run::quiet(NOW)).expect("a dossier");
    (case, dossier)
}

fn of<'d>(dossier: &'d Dossier, kind: &str) -> Vec<&'d Finding> {
    dossier.findings.iter().filter(|f| f.kind == kind).collect()
}

/// Every finding that is not the lists' own: id, confidence, names.
fn attribution(dossier: &Dossier) -> Vec<(String, Confidence, Vec<String>)> {
    let name = |a: &model::ActorNo| dossier.actors[a.0 as usize].name.raw().to_owned();
    let others = dossier.findings.iter().filter(|f| f.kind != "published-list");
    others.map(|f| (f.id.clone(), f.confidence, f.actors.iter().map(name).collect())).collect()
}

#[test]
fn a_poisoned_list_changes_no_owner_and_its_conflicts_are_told() {
    let (clean, poisoned) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (_, before) = investigate(clean.path(), &[]);
    let (_, after) = investigate(poisoned.path(), &[("list.csv", LIST), ("other.csv", OTHER)]);
    assert_eq!(of(&before, "common-owner").len(), 1, "{:#?}", before.findings);
    assert_eq!(attribution(&before), attribution(&after));
    let found = of(&after, "published-list");
    let f = found.iter().find(|f| f.observed.contains("6 things")).expect("the list");
    assert!(f.confidence < Confidence::High, "{}", f.because);
    let row = |name: &str| {
        let row = f.tables[0].rows.iter().find(|r| r[0].raw().ends_with(name)).expect(name);
        row.iter().map(|c| c.raw().to_owned()).collect::<Vec<_>>()
    };
    assert!(row("sund-courier.example")[6].contains("a protected outlet's own"), "{:?}", row("sund-courier.example"));
    assert!(row("shop3.example")[6].contains("another list calls it harmless"), "{:?}", row("shop3.example"));
    assert_eq!((row("daily-one.example")[4].as_str(), row("daily-one.example")[6].as_str()), ("B2 by the list", ""));
    assert!(row("daily-one.example")[5].contains("finding"), "its owner is told: {:?}", row("daily-one.example"));
    assert!(f.observed.contains("2 are in conflict"), "{}", f.observed);
}

#[test]
fn a_list_that_is_graded_doubtful_is_never_more_than_low() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut case, before) = investigate(dir.path(), &[("list.csv", LIST)]);
    assert!(of(&before, "published-list")[0].confidence >= Confidence::Moderate);
    case.grade_lists(&[dir.path().join("evidence/list.csv")], "E4").expect("graded");
    let after = case.investigate(Inputs::default(), &Run::quiet(NOW)).expect("a dossier");
    let found = of(&after, "published-list");
    assert_eq!(found[0].confidence, Confidence::Low, "{}", found[0].because);
    assert!(found[0].tables[0].rows.iter().all(|r| r[4].raw().contains("E4 by whoever imported it")));
}
