//! A short run of what the fuzz target does for long: examples, damaged at random from a fixed seed, in their own format
//! and in every other.
#![allow(missing_docs)]

use evidence::{Closed, FORMATS, Format, Opened, Root, Sink, read_as};
use model::{Code, EvidenceId, Limits, Note, Place, Quote, Record, Settings};
use std::sync::Arc;

/// Remembers only whether a reader failed.
#[derive(Default)]
struct Bugs(Vec<String>);

impl Sink for Bugs {
    fn opened(&mut self, _: &Opened) {}
    fn record(&mut self, _: Place, _: &Record<'_>) {}
    fn note(&mut self, note: Note) {
        if note.code == Code::Bug {
            self.0.push(note.text.terminal());
        }
    }
    fn closed(&mut self, _: &Closed) {}
}

fn bugs(bytes: &[u8], format: Option<&'static Format>) -> Vec<String> {
    let limits = Limits { row: 1 << 12, whole: 1 << 20, children: 200, depth: 3, ..Limits::default() };
    let settings = Settings { limits, ..Settings::default() };
    let name = Quote::from("fuzz");
    let root = Root { id: EvidenceId(1), sha256: [0; 32], name, bytes: Arc::new(bytes.to_vec()) };
    let mut sink = Bugs::default();
    read_as(&root, format, &settings, None, &mut sink);
    sink.0
}

struct Xorshift(u64);

impl Xorshift {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// Pieces that decide something in one format or another.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\n",
    b"\r",
    b"\0",
    b",",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"<",
    b">",
    b"&",
    b";",
    b"=",
    b"--",
    b"From ",
    b": ",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"PAR1",
    b"99999999999999999999",
    b"-1",
    b"1e999",
    b"\x80",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
];

fn damage(bytes: &mut Vec<u8>, other: &[u8], random: &mut Xorshift) {
    for _ in 0..=random.next(4) {
        let at = random.next(bytes.len() + 1);
        match random.next(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.next(8),
            1 => drop(bytes.splice(at..at, PIECES[random.next(PIECES.len())].iter().copied())),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..(at + random.next(40)).min(bytes.len()))),
            4 => {
                let from = random.next(other.len());
                let to = (from + random.next(200)).min(other.len());
                drop(bytes.splice(at..at, other[from..to].iter().copied()));
            }
            _ if at < bytes.len() => bytes[at] = random.next(256) as u8,
            _ => {}
        }
    }
}

/// A few seconds of turns: five and more for every example and every format.
const TURNS: usize = 30_000;

#[test]
fn damaged_examples_are_survived() {
    let all: Vec<(&'static Format, &'static [u8])> =
        FORMATS.iter().copied().flat_map(|f| f.examples.iter().map(move |e| (f, e.bytes))).collect();
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    assert!(TURNS / 3 > 5 * all.len() && TURNS / 3 > 5 * FORMATS.len());
    for turn in 0..TURNS {
        // Each example in turn, and each format in turn as the stranger.
        let (own, bytes) = all[turn / 3 % all.len()];
        let stranger = FORMATS[turn / 3 % FORMATS.len()];
        let (_, other) = all[random.next(all.len())];
        let mut bytes = bytes.to_vec();
        damage(&mut bytes, other, &mut random);
        let format = [None, Some(own), Some(stranger)][turn % 3];
        let found = bugs(&bytes, format);
        let id = format.map_or("recognised", |f| f.card.id);
        assert!(found.is_empty(), "turn {turn} as {id}: {found:?}\n{:?}", String::from_utf8_lossy(&bytes));
    }
}
