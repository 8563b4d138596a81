//! Mail, pages and containers: every example says what it says, survives whatever is done to its bytes, and real data
//! is read without a bug.
#![allow(clippy::disallowed_methods)]

use evidence::{Closed, FORMATS, Format, Opened, Root, Sink, read, transcript};
use model::{Code, EvidenceId, Note, Place, Quote, Record, Settings};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const MINE: &[&str] = &["gzip", "zstd", "zip", "tar", "mbox", "mhtml", "mail", "page"];

fn mine() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().copied().filter(|f| MINE.contains(&f.card.id))
}

#[test]
fn every_example_says_what_it_says() {
    let mut wrong = 0;
    for (format, example) in mine().flat_map(|f| f.examples.iter().map(move |e| (f, e))) {
        let said = transcript(example.bytes, &Settings::default());
        if said != example.says {
            wrong += 1;
            eprintln!("{} / {}:", format.card.id, example.name);
            said.iter().for_each(|line| eprintln!("    {line:?},"));
        }
        assert!(said[0].ends_with(&format!(" as {}", format.card.id)), "{}", said[0]);
    }
    assert_eq!(wrong, 0, "examples that say something else (see above)");
    assert_eq!(mine().count(), MINE.len());
}

#[test]
fn torn_and_flipped_examples_are_survived() {
    for example in mine().flat_map(|f| f.examples) {
        let step = (example.bytes.len() / 400).max(1);
        for cut in (0..example.bytes.len()).step_by(step) {
            survives(&example.bytes[..cut], example.name);
        }
        for at in (0..example.bytes.len()).step_by(step) {
            for mask in [0x01, 0x20, 0x80, 0xff] {
                let mut bytes = example.bytes.to_vec();
                bytes[at] ^= mask;
                survives(&bytes, example.name);
            }
        }
    }
}

fn survives(bytes: &[u8], name: &str) {
    let seen = Seen::of(bytes, &Settings::default());
    assert!(seen.bugs.is_empty(), "{name}, {} bytes: {:?}", bytes.len(), seen.bugs);
    assert_eq!(seen.opened, seen.closed, "{name}");
}

/// What a run tells, in short.
#[derive(Default)]
struct Seen {
    opened: u64,
    closed: u64,
    formats: Vec<&'static str>,
    names: Vec<String>,
    notes: Vec<(Code, String)>,
    bugs: Vec<String>,
    mails: Vec<Told>,
    pages: u64,
    unpacked: u64,
}

/// A mail's facts.
#[derive(Debug, Default, PartialEq)]
struct Told {
    from: String,
    subject: String,
    hops: usize,
    steps: usize,
    ips: usize,
    dated: usize,
    attachments: usize,
    text: String,
    links: usize,
    mailbox: String,
}

impl Seen {
    fn of(bytes: &[u8], settings: &Settings) -> Self {
        let sha256: [u8; 32] = Sha256::digest(bytes).into();
        let bytes: Arc<Vec<u8>> = Arc::new(bytes.to_vec());
        let root = Root { id: EvidenceId::of_root(&sha256), sha256, name: Quote::from("x"), bytes };
        let mut seen = Self::default();
        read(&root, settings, None, &mut seen);
        seen
    }

    fn has(&self, code: Code, words: &str) -> bool {
        self.notes.iter().any(|(c, t)| *c == code && t.contains(words))
    }
}

impl Sink for Seen {
    fn opened(&mut self, opened: &Opened) {
        self.opened += 1;
        self.formats.push(opened.format);
        self.names.push(opened.name.raw().to_owned());
    }

    fn record(&mut self, _: Place, record: &Record<'_>) {
        match record {
            Record::Mail(m) => self.mails.push(Told {
                from: m.from.address.to_owned(),
                subject: m.subject.to_owned(),
                hops: m.received.len(),
                steps: m.received.iter().filter(|h| !h.from.is_empty() || !h.by.is_empty()).count(),
                ips: m.received.iter().filter(|h| !h.ip.is_empty()).count(),
                dated: m.received.iter().filter(|h| h.when.is_some()).count(),
                attachments: m.attachments.len(),
                text: m.text.to_owned(),
                links: m.links.len(),
                mailbox: m.mailbox.to_owned(),
            }),
            Record::Page(_) => self.pages += 1,
            _ => {}
        }
    }

    fn note(&mut self, note: Note) {
        let text = note.text.raw().to_owned();
        if note.code == Code::Bug {
            self.bugs.push(text.clone());
        }
        self.notes.push((note.code, text));
    }

    fn closed(&mut self, closed: &Closed) {
        self.closed += 1;
        self.unpacked += closed.sha256.map_or(0, |_| closed.bytes);
    }
}

/// The shared data, or `None` after saying so.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(folder);
    if !path.exists() {
        eprintln!("SKIPPED: ../shared/data is not here");
        return None;
    }
    Some(path)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").path()) {
            if entry.is_dir() { folders.push(entry) } else { found.push(entry) }
        }
    }
    found.sort();
    found
}

#[test]
fn real_and_malformed_mail_is_read_without_a_bug() {
    let Some(folder) = shared("mail-dev/mail") else { return };
    let mut formats = std::collections::BTreeMap::<_, u64>::new();
    for path in files(&folder) {
        let seen = Seen::of(&std::fs::read(&path).expect("readable"), &Settings::default());
        assert!(seen.bugs.is_empty(), "{}: {:?}", path.display(), seen.bugs);
        *formats.entry(seen.formats[0]).or_default() += 1;
        let real = path.to_string_lossy().contains("phishing_pot/email") || path.to_string_lossy().contains("/eml/");
        if real && path.extension().is_some_and(|e| e == "eml") && seen.formats[0] != "mail" {
            eprintln!("read as {:?}: {}", seen.formats[0], path.display());
        }
    }
    eprintln!("{formats:?}");
    assert!(formats["mail"] > 1_200, "{formats:?}");
}
