//! Documents and pictures: what is cut is told, and real ones are read.
#![allow(clippy::disallowed_methods)]

use evidence::{Head, recognise, transcript};
use model::Settings;
use std::fs;
use std::path::{Path, PathBuf};

fn read(bytes: &[u8]) -> Vec<String> {
    transcript(bytes, &Settings::default())
}

fn format(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(Head::SIZE)];
    recognise(&Head::new(head, head.len() == bytes.len())).map(|f| f.card.id)
}

#[test]
fn a_cut_is_always_told() {
    let ours = ["png", "jpeg", "webp", "gif", "rtf", "docx", "odt"].map(|id| evidence::by_id(id).expect("registered"));
    for (drawer, example) in ours.iter().flat_map(|d| d.examples.iter().map(move |e| (d, e))) {
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
