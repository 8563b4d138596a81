//! The program as a person meets it: exit codes, streams, kill -9.
#![allow(clippy::disallowed_methods)] // a test of a program starts it

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn unspool(arguments: &[&str], dir: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_unspool"))
        .args(arguments)
        .current_dir(dir)
        .env("SOURCE_DATE_EPOCH", "1800000000")
        .stdin(Stdio::null())
        .output()
        .expect("it starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn exit_codes_and_hints() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("posts.csv"), "object_id,account_id,content_id,timestamp_share\no,a,c,1700000000\n")
        .expect("file");
    fs::write(dir.path().join("noise"), [0_u8, 159, 146, 150, 1, 2]).expect("file");
    for (arguments, expected, says) in [
        (&["investigate", "nowhere", "-o", "c0"][..], 1, "error: cannot read nowhere"),
        (&["investigate", "posts.csv"], 2, "--out"),
        (&["investigate", "posts.csv", "-o", "c1"], 0, ""),
        (&["investigate", "noise", "-o", "c2"], 3, ""),
        (&["report", "c1", "--format", "docx"], 2, "hint:"),
        (&["report", "dir-that-is-no-case"], 1, "is not a case"),
        (&["show", "c1", "f:0000"], 2, "nothing in this case has the id"),
        (&["undo", "c1"], 0, "Taken back"),
        (&["undo", "c1"], 2, "nothing to take back"),
        (&["verify", "c1"], 0, ""),
        (&["explain", "lockstep"], 0, ""),
        (&["explain", "no-such"], 2, "hint:"),
    ] {
        let output = unspool(arguments, dir.path());
        assert_eq!(code(&output), expected, "{arguments:?}: {}", words(&output.stderr));
        assert!(words(&output.stderr).contains(says), "{arguments:?}: {}", words(&output.stderr));
    }
}

#[test]
fn the_demo_runs_says_synthetic_and_can_be_failed_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let demo = unspool(&["demo", "d"], dir.path());
    assert_eq!(code(&demo), 0, "{}", words(&demo.stderr));
    assert!(words(&demo.stdout).starts_with("SYNTHETIC"));
    let listed = unspool(&["list", "exports"], dir.path());
    for line in words(&listed.stdout).lines() {
        let id = line.split_whitespace().next().expect("an id");
        let output = unspool(&["report", "d/case", "--format", id], dir.path());
        // The demo carries two broken files on purpose.
        assert_eq!(code(&output), 3, "{id}");
        assert!(!output.stdout.is_empty(), "{id}");
    }
    let output = unspool(&["investigate", "-o", "d/case", "--fail-on", "high"], dir.path());
    assert_eq!(code(&output), 4);
    let other = unspool(&["demo", "."], dir.path());
    assert_eq!(code(&other), 1, "a folder of somebody's is left alone");
}

/// Killed at any moment, nothing that was sealed is lost and the same command ends with the same bytes.
#[test]
fn kill_and_go_on() {
    let dir = tempfile::tempdir().expect("a folder");
    unspool(&["demo", "d"], dir.path());
    let case = |name: &str| dir.path().join(name);
    for i in 0..3000 {
        let mut file = fs::File::create(case("d/evidence").join(format!("note-{i}.txt"))).expect("file");
        writeln!(file, "Note {i}: a few words that fill a file so that there is something to seal and to read.")
            .expect("written");
    }
    let whole = unspool(&["investigate", "-q", "d/evidence", "-o", "whole"], dir.path());
    assert_eq!(code(&whole), 3);
    let expected = fs::read(case("whole/derived/dossier.json")).expect("dossier");
    // Each time the case's folder has grown by some more, the process is killed.
    let mut size = 0;
    for _ in 0..6 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_unspool"))
            .args(["investigate", "-q", "d/evidence", "-o", "torn"])
            .current_dir(dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let target = size + 400;
        while entries(&case("torn")) < target && child.try_wait().expect("status").is_none() {
            std::thread::yield_now();
        }
        child.kill().ok();
        child.wait().expect("ended");
        size = entries(&case("torn"));
    }
    let sealed = || words(&fs::read(case("torn/ledger.jsonl")).unwrap_or_default()).matches("\"sealed\"").count();
    let before = sealed();
    let torn = unspool(&["investigate", "-q", "d/evidence", "-o", "torn"], dir.path());
    assert_eq!(code(&torn), 3, "{}", words(&torn.stderr));
    assert!(sealed() >= before);
    assert!(fs::read(case("torn/derived/dossier.json")).expect("dossier") == expected);
    assert_eq!(code(&unspool(&["verify", "torn"], dir.path())), 0);
}

/// How many files and folders there are below a folder.
fn entries(dir: &Path) -> usize {
    let mut open = vec![dir.to_path_buf()];
    let mut count = 0;
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).into_iter().flatten().flatten() {
            count += 1;
            if entry.file_type().is_ok_and(|t| t.is_dir()) {
                open.push(entry.path());
            }
        }
    }
    count
}
