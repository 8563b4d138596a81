//! The words behind the witnesses.
//!
//! While evidence is read the beginning of every record's words is put in one file of the segment, in order, so that
//! the few that a report quotes are found without reading the evidence a second time. Layout of an entry, little
//! endian: evidence u64, at u64, len u32, number of bytes u16, the bytes (UTF-8, title and text apart by U+0000).

use crate::Error;
use crate::reading::{Input, Segments};
use model::{Dossier, EvidenceId, Place, Quote, Record, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Characters of a record's words that a report quotes, and the bytes kept for them.
const QUOTED: (usize, usize) = (320, 640);
/// Bytes of an entry before its words.
const HEAD: usize = 22;

/// Writes words down.
pub(crate) struct Writer {
    out: BufWriter<File>,
    path: PathBuf,
    trouble: Option<io::Error>,
}

impl Writer {
    /// Begins a file.
    pub(crate) fn new(path: &Path) -> Result<Self, Error> {
        let file = File::create(path).map_err(Error::io("write", path))?;
        Ok(Self { out: BufWriter::with_capacity(1 << 16, file), path: path.to_path_buf(), trouble: None })
    }

    /// Keeps the beginning of a record's words.
    pub(crate) fn write(&mut self, place: Place, record: &Record<'_>) {
        let (title, text) = record.words();
        let title = cut(title, QUOTED.1 / 2);
        let text = cut(text, QUOTED.1 - title.len());
        if title.is_empty() && text.is_empty() {
            return;
        }
        let mut head = [0_u8; HEAD];
        head[..8].copy_from_slice(&place.evidence.0.to_le_bytes());
        head[8..16].copy_from_slice(&place.span.at.to_le_bytes());
        head[16..20].copy_from_slice(&place.span.len.to_le_bytes());
        head[20..].copy_from_slice(&((title.len() + 1 + text.len()) as u16).to_le_bytes());
        let parts = [&head[..], title.as_bytes(), b"\0", text.as_bytes()];
        if let Err(e) = parts.iter().try_for_each(|part| self.out.write_all(part)) {
            self.trouble.get_or_insert(e);
        }
    }

    /// Ends it.
    pub(crate) fn flush(&mut self) -> Result<(), Error> {
        let ended = self.trouble.take().map_or_else(|| self.out.flush(), Err);
        ended.map_err(Error::io("write", &self.path))
    }
}

/// At most `most` bytes, cut at a character.
fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Fills in the words of every witness.
pub(crate) fn fill(segments: &Segments, dossier: &mut Dossier) -> Result<(), Error> {
    let wanted: BTreeSet<Place> = dossier.findings.iter().flat_map(|f| f.witnesses.get()).map(|w| w.place).collect();
    let mut heard = BTreeMap::new();
    for folder in segments.folders() {
        let path = folder.join("words");
        listen(&path, &wanted, &mut heard).map_err(Error::io("read", &path))?;
    }
    for finding in &mut dossier.findings {
        for witness in finding.witnesses.get_mut() {
            if let Some(words) = heard.get(&witness.place) {
                witness.words = words.clone();
            }
        }
    }
    Ok(())
}

/// The words at the wanted places of one segment.
fn listen(path: &Path, wanted: &BTreeSet<Place>, heard: &mut BTreeMap<Place, Quote>) -> io::Result<()> {
    let wanted: rustc_hash::FxHashSet<&Place> = wanted.iter().collect();
    let mut file = BufReader::with_capacity(1 << 18, File::open(path)?);
    let mut head = [0_u8; HEAD];
    let mut words = Vec::new();
    while let Some(len) = next(&mut file, &mut head)? {
        let place = place(&head);
        if wanted.contains(&place) {
            words.resize(len, 0);
            file.read_exact(&mut words)?;
            heard.entry(place).or_insert_with(|| quote(&String::from_utf8_lossy(&words)));
        } else {
            file.seek_relative(len as i64)?;
        }
    }
    Ok(())
}

/// The next entry's head and the number of bytes behind it; `None` at the end.
fn next(file: &mut impl Read, head: &mut [u8; HEAD]) -> io::Result<Option<usize>> {
    match file.read_exact(head) {
        Ok(()) => Ok(Some(usize::from(u16::from_le_bytes([head[20], head[21]])))),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(e) => Err(e),
    }
}

fn place(head: &[u8; HEAD]) -> Place {
    let number = |from: usize, len: usize| head[from..from + len].iter().rev().fold(0, |n, b| n << 8 | u64::from(*b));
    let span = Span { at: number(8, 8), len: number(16, 4) as u32 };
    Place { evidence: EvidenceId(number(0, 8)), span }
}

/// Title and text on one line, cut short.
fn quote(words: &str) -> Quote {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (title, text) = words.split_once('\0').unwrap_or(("", words));
    let (title, text) = (line(title), line(text));
    let whole = if title.is_empty() || text.is_empty() { title + &text } else { format!("{title} — {text}") };
    Quote::from(whole).short(QUOTED.0)
}

/// The input in which each piece of evidence lies.
pub(crate) fn roots_of(
    segments: &Segments,
    wanted: &BTreeSet<EvidenceId>,
) -> Result<BTreeMap<EvidenceId, EvidenceId>, Error> {
    let inputs: BTreeSet<EvidenceId> = segments.inputs.iter().map(|i: &Input| i.id).collect();
    let mut out: BTreeMap<EvidenceId, EvidenceId> =
        wanted.iter().filter(|id| inputs.contains(id)).map(|id| (*id, *id)).collect();
    if out.len() == wanted.len() {
        return Ok(out);
    }
    for (folder, _) in &segments.pages {
        let path = folder.join(crate::segment::EVIDENCE.0);
        crate::columns::read(&path, &[0, 1], None, &mut |n, _| {
            for (id, root) in n[0].wide().iter().zip(n[1].wide()) {
                let id = EvidenceId(*id as u64);
                if wanted.contains(&id) {
                    out.insert(id, EvidenceId(*root as u64));
                }
            }
        })
        .map_err(|e| crate::segment::derived(&path, &e))?;
    }
    Ok(out)
}
