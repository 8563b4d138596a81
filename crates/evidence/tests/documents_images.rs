//! Documents and pictures: examples say what they say, broken ones are survived, real ones are read.
#![allow(clippy::disallowed_methods)]

use evidence::{Example, FORMATS, Format, Head, recognise, transcript};
use model::Settings;
use std::fs;
use std::path::{Path, PathBuf};

const OURS: [&str; 9] = ["pdf", "docx", "odt", "rtf", "text", "png", "jpeg", "webp", "gif"];

fn examples() -> impl Iterator<Item = (&'static Format, &'static Example)> {
    FORMATS.iter().filter(|f| OURS.contains(&f.card.id)).flat_map(|f| f.examples.iter().map(move |e| (*f, e)))
}

fn read(bytes: &[u8]) -> Vec<String> {
    transcript(bytes, &Settings::default())
}

fn format(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(Head::SIZE)];
    recognise(&Head { bytes: head, all: head.len() == bytes.len() }).map(|f| f.card.id)
}

/// No bug, and as many things closed as opened.
fn survived(bytes: &[u8], what: &str) {
    let said = read(bytes);
    let starts = |word: &str| said.iter().filter(|l| l.trim_start().starts_with(word)).count();
    assert_eq!(starts("note bug"), 0, "{what}: {said:#?}");
    assert_eq!(starts("opened "), starts("closed "), "{what}");
}

#[test]
fn examples_say_what_they_say() {
    let mut wrong = String::new();
    for (drawer, example) in examples() {
        assert_eq!(format(example.bytes), Some(drawer.card.id), "{}: {}", drawer.card.id, example.name);
        let said = read(example.bytes);
        if said != example.says {
            wrong += &format!("{}: {}\n", drawer.card.id, example.name);
            said.iter().for_each(|line| wrong += &format!("    {line:?},\n"));
        }
    }
    assert!(wrong.is_empty(), "not what the examples say:\n{wrong}");
}

#[test]
fn every_drawer_has_an_example() {
    for id in OURS {
        let drawer = evidence::by_id(id).unwrap_or_else(|| panic!("{id} is not registered"));
        assert!(drawer.examples.iter().any(|e| !e.says.is_empty()), "{id}");
    }
}

#[test]
fn beginnings_are_survived() {
    for (drawer, example) in examples() {
        let step = (example.bytes.len() / 150).max(1);
        for n in (0..example.bytes.len()).step_by(step) {
            survived(&example.bytes[..n], &format!("{}: {} cut at {n}", drawer.card.id, example.name));
        }
    }
}

#[test]
fn flipped_bytes_are_survived() {
    for (drawer, example) in examples() {
        let step = (example.bytes.len() / 300).max(1);
        for n in (0..example.bytes.len()).step_by(step) {
            for flip in [0x01, 0x80, 0xff] {
                let mut bytes = example.bytes.to_vec();
                bytes[n] ^= flip;
                survived(&bytes, &format!("{}: {} with byte {n} ^ {flip:#x}", drawer.card.id, example.name));
            }
        }
    }
}

#[test]
fn a_cut_is_always_told() {
    for (drawer, example) in
        examples().filter(|(d, _)| ["png", "jpeg", "webp", "gif", "rtf", "docx", "odt"].contains(&d.card.id))
    {
        if example.says.iter().any(|l| l.contains("note truncated")) {
            continue;
        }
        // Pictures may have bytes after their end; cut well before it.
        for n in [example.bytes.len() / 2, example.bytes.len() * 3 / 4, example.bytes.len() * 9 / 10] {
            let said = read(&example.bytes[..n]);
            assert!(said.iter().any(|l| l.contains("note truncated")), "{} cut at {n}: {said:#?}", drawer.card.id);
        }
    }
}

#[test]
fn nothing_else_is_taken_for_text() {
    let noise: Vec<u8> = (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    for bytes in [
        &b""[..],
        b"\0\0\0\0",
        b"\x7fELF\x02\x01\x01\0\0",
        b"MZ\x90\0\x03",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        &noise,
    ] {
        assert_eq!(format(bytes), None, "{:?}", &bytes[..bytes.len().min(8)]);
    }
}

fn shared(folder: &str) -> Option<PathBuf> {
    let data = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    if !data.is_dir() {
        eprintln!("SKIPPED: ../shared/data is not here");
        return None;
    }
    Some(data.join(folder))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).expect("folder").map(|e| e.expect("entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn real_pictures() {
    let Some(folder) = shared("media-dev") else { return };
    let mut found = Vec::new();
    files(&folder, &mut found);
    found.retain(|p| p.extension().is_some_and(|e| e == "jpg"));
    assert!(found.len() > 100, "{}", found.len());
    for path in &found {
        let bytes = fs::read(path).expect("file");
        let said = read(&bytes);
        assert_eq!(format(&bytes), Some("jpeg"), "{}", path.display());
        assert!(
            said.iter().any(|l| l.starts_with("  image all kind=\"jpeg\" width=")),
            "{}: {said:#?}",
            path.display()
        );
        assert!(!said.iter().any(|l| l.contains(" width=0") || l.contains(" height=0")), "{}", path.display());
        assert!(!said.iter().any(|l| l.contains("note malformed") || l.contains("note truncated")), "{said:#?}");
        // Of the test files only those named -A and -I carry no credentials.
        let stem = path.file_stem().expect("name").to_string_lossy();
        let signed = stem.starts_with("adobe-") && !stem.ends_with("-A") && !stem.ends_with("-I");
        assert_eq!(said.iter().any(|l| l.contains("content credentials")), signed, "{stem}");
    }
}

#[test]
fn real_texts_are_text() {
    let Some(folder) = shared("leak-dev/eval-leak/library") else { return };
    let mut found = Vec::new();
    files(&folder, &mut found);
    assert!(found.len() > 100, "{}", found.len());
    for path in &found {
        let bytes = fs::read(path).expect("file");
        assert_eq!(format(&bytes), Some("text"), "{}", path.display());
        let said = read(&bytes);
        assert!(said[1].contains("passages=[paragraph 1: "), "{}", path.display());
        assert!(said.last().expect("closed").contains("records=1"), "{}", path.display());
    }
}

/// Attachments of that type in a mail, decoded.
fn word_attachments(mail: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for part in mail.split("\n--").filter(|p| p.contains("wordprocessingml.document")) {
        let Some((_, body)) = part.split_once("\n\n") else { continue };
        let digits = body.bytes().filter_map(|b| match b {
            b'A'..=b'Z' => Some(b - b'A'),
            b'a'..=b'z' => Some(b - b'a' + 26),
            b'0'..=b'9' => Some(b - b'0' + 52),
            b'+' => Some(62),
            b'/' => Some(63),
            _ => None,
        });
        let digits: Vec<u8> = digits.collect();
        let bytes = digits.chunks(4).flat_map(|c| {
            let bits = c.iter().fold(0u32, |sum, d| sum << 6 | u32::from(*d)) << (6 * (4 - c.len()));
            bits.to_be_bytes()[1..c.len()].to_vec()
        });
        found.push(bytes.collect());
    }
    found
}

#[test]
fn real_word_attachments() {
    let Some(folder) = shared("leak-dev/eval-leak/mails") else { return };
    let mut found = Vec::new();
    files(&folder, &mut found);
    let mut read_whole = 0;
    for path in &found {
        let mail = String::from_utf8_lossy(&fs::read(path).expect("file")).replace('\r', "");
        for bytes in word_attachments(&mail) {
            assert_eq!(format(&bytes), Some("docx"), "{}", path.display());
            let said = read(&bytes);
            assert!(said[1].contains("passages=[paragraph 1: "), "{}", path.display());
            assert!(!said.iter().any(|l| l.contains("note malformed") || l.contains("note truncated")), "{said:#?}");
            read_whole += 1;
        }
    }
    assert!(read_whole >= 80, "{read_whole}");
}
