//! `unspool leak` as a person meets it: keys, a seal, a check, and the blind way by socket and by file.
#![allow(clippy::disallowed_methods)] // a test of a program starts it

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const DOC: &str = "It was agreed on Thursday that the second branch office will be closed before the end of the quarter \
                   and that nobody outside this room hears of it until the tenants have been told in person.\n";

fn leak(arguments: &[&str], dir: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_unspool"))
        .arg("leak")
        .args(arguments)
        .current_dir(dir)
        .stdin(Stdio::null())
        .output()
        .expect("it starts")
}

fn well(arguments: &[&str], dir: &Path) -> String {
    let done = leak(arguments, dir);
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert_eq!(done.status.code(), Some(0), "{arguments:?}: {err}");
    out.into_owned()
}

fn trouble(arguments: &[&str], dir: &Path) -> String {
    let done = leak(arguments, dir);
    assert_eq!(done.status.code(), Some(1), "{arguments:?}");
    String::from_utf8_lossy(&done.stderr).into_owned()
}

/// A folder with a key, a sealed document, a mail that quotes it and one that does not.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let file = |name: &str, words: &str| fs::write(dir.path().join(name), words).expect("a file");
    fs::create_dir(dir.path().join("docs")).expect("a folder");
    file("docs/branches.txt", DOC);
    let head = "From: a@one.example\nTo: desk@paper.example\nSubject: for you\nDate: Mon, 1 Jun 2026 10:00:00 +0000\n";
    let excerpt = DOC[30..150].replace(' ', "\n> ");
    file("quotes.eml", &format!("{head}\nSee this:\n> {excerpt}\nRegards\n"));
    file("other.eml", &format!("{head}\nShall we meet at the usual place tomorrow at nine for the weekly round?\n"));
    well(&["key", "new", "-o", "k"], dir.path());
    well(&["seal", "docs", "--key", "k", "-o", "s"], dir.path());
    dir
}

#[test]
fn seal_and_check() {
    let dir = folder();
    let mode = fs::metadata(dir.path().join("k")).expect("the key").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let found =
        well(&["check", "quotes.eml", "other.eml", "--seal", "s", "--key", "k", "--format", "jsonl"], dir.path());
    let lines: Vec<serde_json::Value> = found.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(lines.len(), 1, "{found}");
    let line = &lines[0];
    assert_eq!((&line["evidence"], &line["part"]), (&"quotes.eml".into(), &"0 text/plain".into()));
    assert_eq!(line["document"], "branches");
    let near = |key: &str, is: i64| assert!((line[key].as_i64().expect("a number") - is).abs() <= 16, "{key} {line}");
    near("doc_start", 30);
    near("doc_end", 150);
    assert!(line["run"].as_u64() > Some(60) && line["chance"].as_f64() < Some(0.01), "{line}");
    let said = well(&["check", "other.eml", "--seal", "s", "--key", "k"], dir.path());
    assert!(said.starts_with("No passage"), "{said}");
}

#[test]
fn keys_of_recipients_and_wrong_keys() {
    let dir = folder();
    well(&["key", "for", "Morning Example", "--key", "k", "-o", "m"], dir.path());
    well(&["seal", "docs", "--key", "m", "-o", "ms"], dir.path());
    let whose = well(&["key", "whose", "ms", "--key", "k", "Evening Example", "Morning Example"], dir.path());
    assert!(whose.contains("was made for Morning Example"), "{whose}");
    let says = trouble(&["check", "other.eml", "--seal", "ms", "--key", "k"], dir.path());
    assert!(says.contains("this seal was made with key"), "{says}");
    assert!(trouble(&["check", "other.eml", "--seal", "k", "--key", "k"], dir.path()).contains("no leak seal"));
    assert!(trouble(&["seal", "docs", "--key", "docs/branches.txt", "-o", "x"], dir.path()).contains("no key"));
    assert!(trouble(&["key", "new", "-o", "k"], dir.path()).contains("cannot write"));
}

#[test]
fn the_blind_way_by_file() {
    let dir = folder();
    let dir = dir.path();
    well(&["blind", "docs", "--key", "k", "-o", "b"], dir);
    for (mail, says) in [("quotes.eml", "fingerprints in a row"), ("other.eml", "No: nothing of it")] {
        let (q, a) = (format!("{mail}.q"), format!("{mail}.a"));
        well(&["ask", mail, "--blind", "b", "--question", &q], dir);
        well(&["serve", "--key", "k", "--log", "log", "--question", &q, "--answer", &a], dir);
        let said = well(&["ask", mail, "--blind", "b", "--question", &q, "--answer", &a], dir);
        assert!(said.contains(says), "{said}");
    }
    let log = fs::read_to_string(dir.join("log")).expect("a log");
    assert!(log.lines().count() == 2 && log.lines().all(|l| l.contains("\"fingerprints\":128")), "{log}");
    let says = trouble(
        &["serve", "--key", "k", "--log", "log", "--per-hour", "100", "--question", "other.eml.q", "--answer", "x"],
        dir,
    );
    assert!(says.contains("too many questions"), "{says}");
    let says =
        trouble(&["ask", "other.eml", "--blind", "b", "--question", "quotes.eml.q", "--answer", "quotes.eml.a"], dir);
    assert!(says.contains("not what the question was written about"), "{says}");
}

#[test]
fn the_blind_way_by_socket() {
    let dir = folder();
    well(&["blind", "docs", "--key", "k", "-o", "b"], dir.path());
    let mut owner = Command::new(env!("CARGO_BIN_EXE_unspool"))
        .args(["leak", "serve", "--key", "k", "--log", "log", "--listen", "127.0.0.1:0", "--per-hour", "200"])
        .current_dir(dir.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    BufReader::new(owner.stderr.take().expect("piped")).read_line(&mut line).expect("it says where");
    let at = line.trim_start_matches("Listening at ").split(". ").next().unwrap_or_default().to_owned();
    let said = leak(&["ask", "quotes.eml", "--blind", "b", "--at", &at], dir.path());
    let refused = leak(&["ask", "quotes.eml", "--blind", "b", "--at", &at], dir.path());
    owner.kill().expect("it ends");
    owner.wait().expect("it ended");
    assert!(String::from_utf8_lossy(&said.stdout).contains("fingerprints in a row"), "{said:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("too many questions"), "{refused:?}");
    let log = fs::read_to_string(dir.path().join("log")).expect("a log");
    assert_eq!(log.lines().count(), 2, "{log}");
}

#[test]
fn the_owner_is_shown_what_was_altered_and_what_to_read_side_by_side() {
    let dir = folder();
    let dir = dir.path();
    let head = "From: a@one.example\nTo: desk@paper.example\nSubject: for you\nDate: Mon, 1 Jun 2026 10:00:00 +0000\n";
    let forged = DOC.replace("the quarter", "the decade");
    fs::write(dir.join("forged.eml"), format!("{head}\n{forged}\n")).expect("a file");
    let facts =
        "Anna Berg agreed on 3 May with Lower Marsh Works that 1,240 flats at 3.7 million are given up for good.";
    fs::write(dir.join("docs/flats.txt"), facts).expect("a file");
    let retold = "At 3.7 million, some 1,240 homes are lost, as Lower Marsh Works heard from Anna Berg on May 3.";
    fs::write(dir.join("retold.eml"), format!("{head}\n{retold}\n")).expect("a file");
    well(&["seal", "docs", "--key", "k", "-o", "s2"], dir);
    let asked = ["check", "forged.eml", "retold.eml", "--seal", "s2", "--key", "k", "--docs", "docs"];
    let said = well(&asked, dir);
    assert!(
        said.contains("altered at")
            && said.contains("\u{201c}decade\u{201d} where the document has \u{201c}quarter\u{201d}"),
        "{said}"
    );
    assert!(said.contains("worth reading beside flats (no match)") && said.contains("figure 1240"), "{said}");
    let lines = well(&[&asked[..], &["--format", "jsonl"]].concat(), dir);
    let lines: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!((lines.len(), &lines[0]["altered"][0]["has"]), (2, &"decade".into()));
    assert_eq!(lines[1]["worth_reading_beside"], "flats");
    assert!(lines[1].get("document").is_none(), "it is no match");
}
