//! Every export at once: hostile words come out harmless, the same twice, something sensible of nothing.
#![allow(clippy::disallowed_methods)]

#[path = "support/sample.rs"]
mod sample;

use model::{Dossier, Quote};
use report::{EXPORTS, Export};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

/// Files beside the drawers that are none.
const HELPERS: &[&str] =
    &["coordination", "held", "indicators", "layer", "layout", "lib", "lint", "losses", "sheet", "words"];

fn written(export: &Export, dossier: &Dossier) -> String {
    let mut out = Vec::new();
    (export.write)(dossier, &mut out).expect("a vector takes it");
    String::from_utf8(out).expect("UTF-8")
}

fn by_id(id: &str) -> &'static Export {
    report::by_id(id).expect("registered")
}

#[test]
fn ids_are_unique_and_every_file_is_registered() {
    let ids: BTreeSet<String> = EXPORTS.iter().map(|e| e.card.id.replace('-', "_")).collect();
    assert_eq!(ids.len(), EXPORTS.len());
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files: BTreeSet<String> = std::fs::read_dir(src)
        .expect("the room's files")
        .map(|f| f.expect("a file").path())
        .filter(|p| p.extension().is_some_and(|e| e == "rs"))
        .map(|p| p.file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|name| !HELPERS.contains(&name.as_str()))
        .collect();
    assert_eq!(files, ids);
    for e in EXPORTS {
        assert!(!e.card.about.is_empty() && !e.card.about.ends_with('.') && !e.card.source.is_empty(), "{}", e.card.id);
        assert_eq!((by_id(e.card.id).card, by_id(e.card.id).extension), (e.card, e.extension));
    }
    assert!(report::by_id("nothing").is_none());
}

#[test]
fn hostile_words_come_out_harmless() {
    for e in EXPORTS {
        let out = written(e, &sample::rich());
        let shown = |c: char| c == '\n' || c == '\r' || Quote::from(c.to_string()).terminal() == c.to_string();
        assert_eq!(out.chars().find(|c| !shown(*c)), None, "{}", e.card.id);
        // `text` is for a terminal, `csv` for a spreadsheet: neither knows markup.
        if e.card.id != "text" && e.extension != "csv" {
            assert!(!out.contains("<script>alert") && !out.contains("<img src=x"), "{}", e.card.id);
        }
        assert!(!out.contains("\n# x"), "{}", e.card.id);
        // The hostile actor of the sample is in no finding that makes an indicator.
        let none = e.card.id == "csv-indicators";
        assert!(none || out.contains("alert(1)") || out.contains("alert\\(1\\)"), "{}: the words are there", e.card.id);
    }
}

#[test]
fn addresses_of_the_other_side_are_defanged_for_readers() {
    for id in ["html", "md", "text"] {
        let out = written(by_id(id), &sample::rich());
        assert!(!out.contains("https://northport-herald") && !out.contains("@quick-relay"), "{id}");
    }
}

#[test]
fn the_same_twice() {
    for e in EXPORTS {
        assert!(written(e, &sample::rich()) == written(e, &sample::rich()), "{}", e.card.id);
    }
}

#[test]
fn something_of_nothing() {
    for e in EXPORTS {
        let out = written(e, &sample::empty());
        assert!(out.len() > 40 && out.ends_with('\n'), "{}: {out}", e.card.id);
        assert!(!out.contains("NaN") && !out.contains("SYNTHETIC"), "{}: {out}", e.card.id);
    }
    for id in ["html", "md"] {
        assert!(written(by_id(id), &sample::empty()).contains("That is no proof that nothing happened."));
    }
}

#[test]
fn made_up_evidence_is_marked_everywhere() {
    for e in EXPORTS {
        let out = written(e, &sample::rich());
        let marked = out.contains("SYNTHETIC") || out.contains("\"synthetic\":") || out.contains(",synthetic\r\n");
        assert!(marked, "{}", e.card.id);
    }
}

/// A disk that is full after some bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        let n = bytes.len().min(self.0);
        self.0 -= n;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told() {
    for e in EXPORTS {
        let dossier = sample::rich();
        let all = written(e, &dossier).len();
        for room in (0..all).step_by(all / 40 + 1).chain([all - 1]) {
            let told = (e.write)(&dossier, &mut Full(room));
            assert!(told.is_err_and(|e| e.kind() == io::ErrorKind::StorageFull), "{} after {room}", e.card.id);
        }
        assert!((e.write)(&dossier, &mut Full(all)).is_ok(), "{}", e.card.id);
    }
}

#[test]
fn numbers_that_are_none_and_actors_that_are_missing() {
    let mut d = sample::rich();
    d.findings[0].chance.observed = f64::NAN;
    d.findings[1].chance.expected = f64::INFINITY;
    d.findings[1].chance.p = Some(f64::NAN);
    d.networks[0].links[0].q = f64::NEG_INFINITY;
    d.networks[0].members[0].centrality = f64::NAN;
    d.actors.truncate(5);
    d.timeline[0].bins[0].start = model::When(i64::MIN + 1);
    d.timeline[1].bins[0].records = u64::MAX;
    d.marks[0].end = model::When(i64::MAX);
    for e in EXPORTS {
        assert!(written(e, &d).len() > 1_000 || e.extension == "csv", "{}", e.card.id);
    }
    assert!(!written(by_id("html"), &d).contains("NaN"));
}

#[test]
fn large_cases_stay_readable() {
    let large = sample::large();
    let links: usize = large.networks.iter().map(|n| n.links.len()).sum();
    assert!(links > 15_000, "{links}");
    let page = written(by_id("html"), &large);
    assert!(page.len() < 8_000_000, "{}", page.len());
    assert!(page.contains("more are in the exports <code>csv-links</code>"));
    assert_eq!(written(by_id("csv-links"), &large).lines().count(), links + 1);
    assert_eq!(written(by_id("gexf"), &large).matches("<edge id=").count(), links);
    assert_eq!(written(by_id("graphml"), &large).matches("<edge id=").count(), links);
}

#[test]
fn the_terminal_summary_keeps_to_its_columns() {
    for dossier in [sample::rich(), sample::empty(), sample::large()] {
        for line in written(by_id("text"), &dossier).lines() {
            assert!(line.chars().count() <= 100, "{line}");
            assert!(!line.ends_with(' '), "{line:?}");
        }
    }
}
