//! Which sealed files still have to be read, and reading them into segments.
//!
//! Files are taken in order of name, in batches small enough that a killed run loses little; each thread makes whole
//! segments. A segment is used again as long as its key (tool version, reading settings) holds and all its files are
//! still in the case.

use crate::segment::{Page, Recorder};
use crate::store::Sealed;
use crate::{Case, Error, Run, VERSION, hex, sha256_hex, spread};
use evidence::Root;
use model::{EvidenceId, EvidenceLine, Quote};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Which tables a segment has; counted up when that changes, so that older ones are made again.
const LAYOUT: u32 = 3;
/// Bytes and files after which a batch is full.
const BATCH: (u64, usize) = (64 << 20, 4000);

/// A sealed file with all its names.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its id.
    pub id: EvidenceId,
    /// Hex.
    pub sha256: String,
    /// Length.
    pub bytes: u64,
    /// Names, sorted.
    pub names: Vec<Quote>,
}

/// Everything read.
pub struct Segments {
    /// The inputs, by first name.
    pub inputs: Vec<Input>,
    /// Folder and page of each segment, in order of folder.
    pub pages: Vec<(PathBuf, Page)>,
}

impl Segments {
    /// The folders.
    #[must_use]
    pub fn folders(&self) -> Vec<PathBuf> {
        self.pages.iter().map(|p| p.0.clone()).collect()
    }

    /// SHA-256 over the sorted seals, hex.
    #[must_use]
    pub fn digest(&self) -> String {
        digest(&self.inputs)
    }

    /// The lines of the list of evidence, by root id.
    #[must_use]
    pub fn lines(&self) -> BTreeMap<&str, &[EvidenceLine]> {
        let mut out = BTreeMap::new();
        for (_, page) in &self.pages {
            let starts: Vec<usize> = (0..page.evidence.len()).filter(|i| page.evidence[*i].parent.is_none()).collect();
            for (i, start) in starts.iter().enumerate() {
                let end = starts.get(i + 1).copied().unwrap_or(page.evidence.len());
                out.insert(page.evidence[*start].id.as_str(), &page.evidence[*start..end]);
            }
        }
        out
    }
}

impl Case {
    /// The sealed inputs in force.
    #[must_use]
    pub(crate) fn inputs(&self) -> Vec<Input> {
        let mut by_seal: BTreeMap<&str, Input> = BTreeMap::new();
        for (sha256, bytes, name) in self.ledger().seals() {
            let Some(id) = root_id(sha256) else { continue };
            let input = by_seal.entry(sha256).or_insert_with(|| Input {
                id,
                sha256: sha256.to_owned(),
                bytes,
                names: Vec::new(),
            });
            input.names.push(name.clone());
        }
        let mut out: Vec<Input> = by_seal.into_values().collect();
        for input in &mut out {
            input.names.sort();
            input.names.dedup();
        }
        out.sort_by(|a, b| (&a.names, a.id).cmp(&(&b.names, b.id)));
        out
    }

    /// SHA-256 over the seals in force, hex.
    pub(crate) fn evidence_digest(&self) -> String {
        digest(&self.inputs())
    }

    /// What must be the same for read work to be used again.
    fn reading_key(&self) -> String {
        let s = self.settings();
        let words = serde_json::to_string(&(VERSION, LAYOUT, &s.posts, &s.limits)).unwrap_or_default();
        sha256_hex(words.as_bytes())
    }

    /// What must be the same for the dossier to be used again.
    pub(crate) fn dossier_key(&self, segments: &Segments) -> String {
        let checks = self.ledger().checks();
        let names: Vec<_> = segments.inputs.iter().map(|i| (&i.sha256, &i.names)).collect();
        let words = serde_json::to_string(&(VERSION, self.settings(), names, self.ledger().unreadable(), checks))
            .unwrap_or_default();
        sha256_hex(words.as_bytes())
    }

    /// Reads what was not read before.
    pub(crate) fn read(&self, run: &Run<'_>) -> Result<Segments, Error> {
        let inputs = self.inputs();
        let key = self.reading_key();
        let dir = self.store().derived().join("segments");
        std::fs::create_dir_all(&dir).map_err(Error::io("make", &dir))?;
        let kept = keep(&dir, &key, &inputs)?;
        let done: BTreeSet<String> = kept.iter().flat_map(|(_, p)| p.roots.iter().cloned()).collect();
        let todo: Vec<&Input> = inputs.iter().filter(|i| !done.contains(&i.id.to_string())).collect();
        run.progress.stage("reading", todo.iter().map(|i| i.bytes).sum());
        self.read_batches(&batches(&todo), &dir, &key, run)?;
        let pages = keep(&dir, &key, &inputs)?;
        Ok(Segments { inputs, pages })
    }

    fn read_batches(&self, batches: &[Vec<&Input>], dir: &Path, key: &str, run: &Run<'_>) -> Result<(), Error> {
        spread(batches, run.threads, |batch| self.read_batch(batch, dir, key, run)).map(|_| ())
    }

    fn read_batch(&self, batch: &[&Input], dir: &Path, key: &str, run: &Run<'_>) -> Result<(), Error> {
        let ids: Vec<String> = batch.iter().map(|i| i.id.to_string()).collect();
        let name = sha256_hex(format!("{key}\n{}", ids.join("\n")).as_bytes())[..16].to_owned();
        let mut recorder = Recorder::new(dir.join(format!("{name}.part")), key, &self.kinds)?;
        for input in batch {
            evidence::read(&self.root(input)?, self.settings(), run.isolate, &mut recorder);
            run.progress.step(input.bytes);
        }
        recorder.finish(&dir.join(name))
    }

    /// A sealed input, as the evidence room takes it.
    pub(crate) fn root(&self, input: &Input) -> Result<Root, Error> {
        let sealed = Sealed::open(&self.store().sealed(&input.sha256))?;
        let name = input.names.first().cloned().unwrap_or_default();
        let sha256 = unhex(&input.sha256).unwrap_or_default();
        Ok(Root { id: input.id, sha256, name, bytes: Arc::new(sealed) })
    }
}

fn digest(inputs: &[Input]) -> String {
    let seals: BTreeSet<&str> = inputs.iter().map(|i| i.sha256.as_str()).collect();
    let mut hash = Sha256::new();
    for seal in seals {
        hash.update(seal.as_bytes());
        hash.update(b"\n");
    }
    hex(&hash.finalize())
}

/// Segments that still hold; others are deleted.
fn keep(dir: &Path, key: &str, inputs: &[Input]) -> Result<Vec<(PathBuf, Page)>, Error> {
    let ids: BTreeSet<String> = inputs.iter().map(|i| i.id.to_string()).collect();
    let mut out: Vec<(PathBuf, Page)> = Vec::new();
    let mut folders: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(Error::io("read", dir))? {
        folders.push(entry.map_err(Error::io("read", dir))?.path());
    }
    folders.sort();
    let mut seen = BTreeSet::new();
    for folder in folders {
        let page =
            std::fs::read(folder.join("segment.json")).ok().and_then(|b| serde_json::from_slice::<Page>(&b).ok());
        let part = folder.extension().is_some();
        match page {
            Some(page)
                if !part
                    && page.key == key
                    && page.roots.iter().all(|r| ids.contains(r))
                    && page.roots.iter().all(|r| seen.insert(r.clone())) =>
            {
                out.push((folder, page));
            }
            _ => std::fs::remove_dir_all(&folder).map_err(Error::io("write", &folder))?,
        }
    }
    Ok(out)
}

fn batches<'i>(todo: &[&'i Input]) -> Vec<Vec<&'i Input>> {
    let mut out: Vec<Vec<&Input>> = Vec::new();
    let mut held = u64::MAX;
    for input in todo {
        if held.saturating_add(input.bytes) > BATCH.0 || out.last().is_none_or(|b| b.len() >= BATCH.1) {
            out.push(Vec::new());
            held = 0;
        }
        held += input.bytes;
        if let Some(batch) = out.last_mut() {
            batch.push(input);
        }
    }
    out
}

/// The id of an input with this seal.
pub(crate) fn root_id(sha256: &str) -> Option<EvidenceId> {
    unhex(sha256).map(|bytes| EvidenceId::of_root(&bytes))
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    let digits = text.as_bytes();
    if digits.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, pair) in out.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(out)
}
