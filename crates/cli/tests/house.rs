//! The house as a whole: who may import whom, and what no file may say.
#![allow(clippy::disallowed_methods)] // a test of files reads files

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms, and what of ours each may import (see ARCHITECTURE.md).
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("demo", &[]),
    ("evidence", &["model"]),
    ("traces", &["model"]),
    ("links", &["model"]),
    ("findings", &["model"]),
    ("leaks", &["model"]),
    ("lookalikes", &["model"]),
    ("triage", &["model"]),
    ("report", &["model"]),
    ("handover", &["model"]),
    ("web", &["model"]),
    ("fetch", &["model"]),
    (
        "case",
        &["model", "evidence", "traces", "links", "findings", "leaks", "lookalikes", "triage", "report", "handover"],
    ),
    (
        "cli",
        &[
            "model",
            "evidence",
            "traces",
            "links",
            "findings",
            "leaks",
            "lookalikes",
            "triage",
            "report",
            "handover",
            "web",
            "fetch",
            "case",
            "demo",
        ],
    ),
];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Names of our crates among the dependencies (not the development ones) of a room.
fn imports(room: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(crates().join(room).join("Cargo.toml")).expect("a room has a Cargo.toml");
    let section = text.split("\n[dependencies]").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    let names = section.lines().filter_map(|l| l.split(['.', ' ', '=']).next()).map(str::to_owned);
    names.filter(|n| ROOMS.iter().any(|(room, _)| room == n)).collect()
}

#[test]
fn every_room_imports_only_what_it_may() {
    for (room, allowed) in ROOMS {
        for import in imports(room) {
            assert!(allowed.contains(&import.as_str()), "{room} imports {import}");
        }
    }
}

#[test]
fn every_crate_is_a_room() {
    let found: BTreeSet<String> = fs::read_dir(crates())
        .expect("crates")
        .map(|e| e.expect("entry").file_name().to_string_lossy().into_owned())
        .collect();
    let known: BTreeSet<String> = ROOMS.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(found, known);
}

#[test]
fn unsafe_code_stays_forbidden() {
    for (room, _) in ROOMS {
        let text = fs::read_to_string(crates().join(room).join("Cargo.toml")).expect("a room has a Cargo.toml");
        assert!(text.contains("[lints]\nworkspace = true"), "{room} does not take the workspace's lints");
    }
    let workspace = fs::read_to_string(crates().join("../Cargo.toml")).expect("workspace");
    assert!(workspace.contains("unsafe_code = \"forbid\""));
}

/// Rooms that touch disk, the network or a terminal; all others are pure.
const TOUCHING: &[&str] = &["web", "fetch", "case", "cli"];

/// The pure rooms keep the bans of `clippy.toml`: no file of theirs lifts one.
#[test]
fn pure_rooms_lift_no_ban() {
    for (room, _) in ROOMS.iter().filter(|(room, _)| !TOUCHING.contains(room)) {
        for file in fs::read_dir(crates().join(room).join("src")).expect("src") {
            let path = file.expect("entry").path();
            let Ok(text) = fs::read_to_string(&path) else { continue };
            let own = text.split("#[cfg(test)]").next().unwrap_or_default();
            assert!(!own.contains("disallowed_methods"), "{} lifts a ban", path.display());
        }
    }
}
