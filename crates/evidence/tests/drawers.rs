//! The registry is the test matrix: what every format must keep, tried on every example of every format.
#![allow(clippy::disallowed_methods, missing_docs)]

use evidence::{Closed, FORMATS, Format, Opened, Root, Sink, read, transcript};
use model::{EvidenceId, Note, Place, Quote, Record, Settings, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Files in `src` that are no drawers: what every drawer stands on, and what several share.
const HELPERS: &[&str] = &[
    "article",
    "dates",
    "decode",
    "elements",
    "flow",
    "format",
    "html",
    "icon",
    "leaf",
    "lib",
    "listing",
    "mapi",
    "mime",
    "objects",
    "out",
    "package",
    "passages",
    "pdf_apart",
    "pdf_mend",
    "picture",
    "posts",
    "read",
    "rebuilt",
    "route",
    "rtf_tokens",
    "said",
    "skeleton",
    "source",
    "transcript",
];

fn examples() -> impl Iterator<Item = (&'static Format, &'static evidence::Example)> {
    FORMATS.iter().copied().flat_map(|f| f.examples.iter().map(move |e| (f, e)))
}

fn sound(format: &Format, name: &str, bytes: &[u8], settings: &Settings) {
    let lines = transcript(bytes, settings);
    let starts = |word: &str| lines.iter().filter(|l| l.trim_start().starts_with(word)).count();
    assert_eq!(starts("opened "), starts("closed "), "{} / {name}", format.card.id);
    let bug = lines.iter().find(|l| l.trim_start().starts_with("note bug "));
    assert!(
        bug.is_none(),
        "{} / {name}: {}\nbytes: {:?}",
        format.card.id,
        bug.expect("there is one"),
        String::from_utf8_lossy(bytes)
    );
}

#[test]
fn every_example_says_what_it_says() {
    let settings = Settings::default();
    let mut wrong = Vec::new();
    for (format, example) in examples() {
        let says = transcript(example.bytes, &settings);
        if says != example.says {
            let lines: String = says.iter().map(|l| format!("    {l:?},\n")).collect();
            wrong.push(format!("{} / {} says:\n{lines}", format.card.id, example.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_format_has_an_example_it_recognises() {
    for format in FORMATS {
        assert!(!format.examples.is_empty(), "{}", format.card.id);
        for example in format.examples {
            let opened = format!("opened example as {}", format.card.id);
            assert_eq!(transcript(example.bytes, &Settings::default())[0], opened, "{}", example.name);
        }
    }
}

#[test]
fn every_prefix_is_survived() {
    let settings = Settings::default();
    for (format, example) in examples() {
        let step = (example.bytes.len() / 300).max(1);
        for end in (0..example.bytes.len()).step_by(step) {
            sound(format, example.name, &example.bytes[..end], &settings);
        }
    }
}

#[test]
fn every_flipped_byte_is_survived() {
    let settings = Settings::default();
    for (format, example) in examples() {
        let step = (example.bytes.len() / 300).max(1);
        for at in (0..example.bytes.len()).step_by(step) {
            for flip in [0x01, 0x80, 0xff] {
                let mut bytes = example.bytes.to_vec();
                bytes[at] ^= flip;
                sound(format, example.name, &bytes, &settings);
            }
        }
    }
}

#[test]
fn the_same_bytes_say_the_same() {
    let settings = Settings::default();
    for (_, example) in examples() {
        assert_eq!(transcript(example.bytes, &settings), transcript(example.bytes, &settings), "{}", example.name);
    }
}

/// What is said at one place, or at all.
#[derive(Default)]
struct Listener {
    only: Option<Place>,
    heard: Vec<(Place, String)>,
}

impl Sink for Listener {
    fn opened(&mut self, _: &Opened) {}
    fn note(&mut self, _: Note) {}
    fn closed(&mut self, _: &Closed) {}
    fn record(&mut self, place: Place, record: &Record<'_>) {
        if self.only.is_none_or(|only| only == place) {
            self.heard.push((place, format!("{record:?}")));
        }
    }
    fn wants(&self, evidence: EvidenceId, span: Span) -> bool {
        self.only.is_none_or(|only| only == Place { evidence, span })
    }
}

fn heard(bytes: &[u8], only: Option<Place>) -> Vec<(Place, String)> {
    let name = Quote::from("example");
    let root = Root { id: EvidenceId(1), sha256: [0; 32], name, bytes: Arc::new(bytes.to_vec()) };
    let mut listener = Listener { only, heard: Vec::new() };
    read(&root, &Settings::default(), None, &mut listener);
    listener.heard
}

#[test]
fn a_place_alone_says_what_it_says_among_all() {
    for (format, example) in examples() {
        let all = heard(example.bytes, None);
        for place in all.iter().map(|h| h.0) {
            let there: Vec<_> = all.iter().filter(|h| h.0 == place).cloned().collect();
            assert_eq!(heard(example.bytes, Some(place)), there, "{} / {}", format.card.id, example.name);
        }
    }
}

#[test]
fn nothing_comes_of_nothing() {
    let says = transcript(b"", &Settings::default());
    assert_eq!(says[1..], ["  note info all empty ×1", "closed bytes=0 records=0 children=0"], "{says:?}");
}

#[test]
fn ids_are_unique_and_cards_filled() {
    let ids: BTreeSet<&str> = FORMATS.iter().map(|f| f.card.id).collect();
    assert_eq!(ids.len(), FORMATS.len());
    for card in FORMATS.iter().map(|f| f.card) {
        assert!(!card.about.is_empty() && !card.about.ends_with('.') && !card.source.is_empty(), "{}", card.id);
        assert!(card.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", card.id);
    }
}

#[test]
fn files_are_the_registry() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let names = std::fs::read_dir(folder).expect("the room's own files").map(|f| f.expect("a file").file_name());
    let files: BTreeSet<String> = names
        .map(|n| n.to_string_lossy().trim_end_matches(".rs").to_owned())
        .filter(|n| !HELPERS.contains(&n.as_str()))
        .collect();
    let drawers: BTreeSet<String> = FORMATS.iter().map(|f| f.card.id.replace('-', "_")).collect();
    assert_eq!(files, drawers);
}
