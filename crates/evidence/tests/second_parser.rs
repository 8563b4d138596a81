//! Headers read by another parser (`mailparse`): what is smuggled shows as disagreement, and on honest mail there is none.
#![allow(clippy::disallowed_methods, missing_docs)]

use evidence::{Closed, Opened, Root, Sink};
use model::{EvidenceId, Note, Place, Quote, Record, Settings};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name, in lower case, and value without white space.
type Fields = Vec<(String, String)>;

#[derive(Default)]
struct Ours(Option<Fields>);

impl Sink for Ours {
    fn opened(&mut self, _: &Opened) {}
    fn record(&mut self, place: Place, record: &Record<'_>) {
        if let (Record::Mail(mail), EvidenceId(1)) = (record, place.evidence) {
            let fields = mail.headers.iter().map(|h| field(h.name, h.value.as_bytes()));
            self.0 = Some(fields.collect());
        }
    }
    fn note(&mut self, _: Note) {}
    fn closed(&mut self, _: &Closed) {}
}

/// Both decode bytes that are not ASCII in ways of their own: those are left out.
fn field(name: &str, value: &[u8]) -> (String, String) {
    let plain = value.iter().filter(|b| b.is_ascii_graphic()).map(|b| char::from(*b)).collect();
    (name.trim().to_lowercase(), plain)
}

fn ours(bytes: &[u8]) -> Option<Fields> {
    let root = Root { id: EvidenceId(1), sha256: [0; 32], name: Quote::from("x"), bytes: Arc::new(bytes.to_vec()) };
    let mut sink = Ours::default();
    evidence::read_as(&root, evidence::by_id("mail"), &Settings::default(), None, &mut sink);
    sink.0
}

fn theirs(bytes: &[u8]) -> Option<Fields> {
    let (headers, _) = mailparse::parse_headers(bytes).ok()?;
    Some(headers.iter().map(|h| field(&h.get_key(), h.get_value_raw())).collect())
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
    out.sort();
}

#[test]
fn honest_headers_are_read_alike() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/mail-dev/mail/");
    let mut paths = Vec::new();
    for of in ["spamassassin", "phishing_pot"] {
        files(&Path::new(folder).join(of), &mut paths);
    }
    if paths.is_empty() {
        return eprintln!("SKIPPED: ../shared/data is not here (mail-dev)");
    }
    let (mut both, mut apart) = (0, Vec::new());
    for path in paths {
        let bytes = std::fs::read(&path).expect("a file");
        // A line of the mailbox it was cut from.
        let start =
            if bytes.starts_with(b"From ") { bytes.iter().position(|b| *b == b'\n').map_or(0, |n| n + 1) } else { 0 };
        if let (Some(a), Some(b)) = (ours(&bytes[start..]), theirs(&bytes[start..])) {
            both += 1;
            if a != b {
                apart.push((path, a.iter().zip(&b).find(|(x, y)| x != y).map(|(x, y)| format!("{x:?} {y:?}"))));
            }
        }
    }
    eprintln!("{both} headers read by both, {} not alike: {apart:#?}", apart.len());
    assert!(both > 800 && apart.len() * 100 <= both, "{} of {both} not alike", apart.len());
}

#[test]
fn what_is_smuggled_shows() {
    // A bare return ends no field, for either.
    for plain in [
        "From: a@one.example\r\nSubject: x\r\n\r\nwords",
        "From: a@one.example\rSubject: y\r\nTo: b@two.example\r\n\r\nwords",
    ] {
        assert_eq!(ours(plain.as_bytes()), theirs(plain.as_bytes()));
    }
    for smuggled in
        ["From: a@one.example\nno field at all\nSubject: x\n\nwords", "From\0: a@one.example\nSubject: x\n\nwords"]
    {
        assert_ne!(ours(smuggled.as_bytes()), theirs(smuggled.as_bytes()), "{smuggled:?}");
    }
}
