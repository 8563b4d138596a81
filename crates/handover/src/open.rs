//! Opening a handover that may have been tampered with: what is in it, against what its list says.
//!
//! Three things are compared: each file with the list, the list with the files, and the container with one made again
//! from its files, so that not one byte of it is outside what is checked. Nothing is unpacked to disk.

use crate::manifest::{Entry, Manifest, SHAPE, files_root};
use crate::pack::{MANIFEST, Packer, REQUEST, SIGNATURE, STAMP};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Seek, SeekFrom, Write};
use zip::ZipArchive;

/// Most bytes of a file that is read whole: the list, the ledger, a proof.
const WHOLE: u64 = 1 << 30;
/// Most files looked at.
const FILES: usize = 1_000_000;

/// Something that is not as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trouble {
    /// Which file, as it calls itself; empty for the container.
    pub file: String,
    /// What is wrong with it.
    pub what: String,
}

/// A handover, read.
pub struct Opened<R: Read + Seek> {
    zip: ZipArchive<R>,
    /// Its list.
    pub manifest: Manifest,
    /// The list as it stands there: what the signature is over.
    pub manifest_bytes: Vec<u8>,
    /// The signature inside.
    pub signature: Option<String>,
    /// What a time-stamping authority said of the list, and what it was asked.
    pub stamp: Option<(Vec<u8>, Option<Vec<u8>>)>,
}

fn failed(what: impl std::fmt::Display) -> String {
    format!("not a handover that can be read: {what}")
}

impl<R: Read + Seek> Opened<R> {
    /// Opens it and reads its list.
    ///
    /// # Errors
    /// In words, where it is no zip or has no list.
    pub fn new(from: R) -> Result<Self, String> {
        let mut zip = ZipArchive::new(from).map_err(failed)?;
        if zip.len() > FILES {
            return Err(failed(format!("{} files", zip.len())));
        }
        let manifest_bytes = whole(&mut zip, MANIFEST).map_err(failed)?.ok_or_else(|| failed("no manifest.json"))?;
        let manifest: Manifest =
            serde_json::from_slice(&manifest_bytes).map_err(|e| failed(format!("manifest.json: {e}")))?;
        if manifest.unspool_handover != SHAPE {
            return Err(failed(format!("its shape is {}, this program knows {SHAPE}", manifest.unspool_handover)));
        }
        let signature = whole(&mut zip, SIGNATURE).map_err(failed)?;
        let signature = signature.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let request = whole(&mut zip, REQUEST).map_err(failed)?;
        let stamp = whole(&mut zip, STAMP).map_err(failed)?.map(|answer| (answer, request));
        Ok(Self { zip, manifest, manifest_bytes, signature, stamp })
    }

    /// A file's bytes; `None` where there is none.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn bytes(&mut self, path: &str) -> io::Result<Option<Vec<u8>>> {
        whole(&mut self.zip, path)
    }

    /// Copies a file out.
    ///
    /// # Errors
    /// Where it is not there or cannot be read or written.
    pub fn copy(&mut self, path: &str, to: &mut dyn Write) -> io::Result<u64> {
        let most = self.manifest.files.iter().find(|f| f.path == path).map_or(0, |f| f.bytes);
        let file = self.zip.by_name(path)?;
        io::copy(&mut file.take(most), to)
    }

    /// Everything that does not agree. Empty when list, files and container agree to the last byte. `raw` reads the
    /// container a second time.
    pub fn troubles(&mut self, raw: &mut dyn ReadSeek) -> Vec<Trouble> {
        let mut out = Vec::new();
        let mut wrong = |file: &str, what: &str| out.push(Trouble { file: file.to_owned(), what: what.to_owned() });
        if files_root(&self.manifest.files) != self.manifest.files_root {
            wrong(MANIFEST, "its root is not that of the files it lists");
        }
        let listed: BTreeMap<&str, &Entry> = self.manifest.files.iter().map(|f| (f.path.as_str(), f)).collect();
        let mut seen = BTreeSet::new();
        let mut again = Packer::new(Compare::new(raw));
        for at in 0..self.zip.len() {
            let (name, read) = copy_of(&mut self.zip, at, &listed, &mut again);
            match (read, listed.get(name.as_str())) {
                (Err(e), _) => wrong(&name, &format!("altered: {e}")),
                (Ok(_), None) if [MANIFEST, SIGNATURE, STAMP, REQUEST].contains(&name.as_str()) => {}
                (Ok(_), None) => wrong(&name, "added: the manifest does not list it"),
                (Ok(found), Some(said)) if found != (said.bytes, said.sha256.clone()) => {
                    wrong(&name, "altered: its bytes are not those that the manifest lists");
                }
                (Ok(_), Some(_)) => {}
            }
            if !seen.insert(name.clone()) {
                wrong(&name, "it is there twice");
            }
        }
        listed.keys().filter(|p| !seen.contains(**p)).for_each(|p| wrong(p, "missing: the manifest lists it"));
        if out.is_empty() {
            let what = match again.end().and_then(|made| made.wrong()) {
                Ok(None) => return out,
                Ok(Some(at)) => {
                    format!("altered between the files: byte {at} of the container is not as it was written")
                }
                Err(e) => format!("the container cannot be made again: {e}"),
            };
            out.push(Trouble { file: String::new(), what });
        }
        out.sort();
        out
    }
}

/// Writes the handover again with an authority's answer, and what it was asked, in the place of any it had.
///
/// # Errors
/// Where it cannot be read or written.
pub fn with_stamp<R: Read + Seek, W: Write + Seek>(
    from: R,
    to: W,
    answer: &[u8],
    asked: Option<&[u8]>,
) -> io::Result<()> {
    let mut zip = ZipArchive::new(from)?;
    let mut out = Packer::new(to);
    for at in 0..zip.len() {
        let mut file = zip.by_index_raw(at)?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        if name != STAMP && name != REQUEST {
            out.raw(&name, &mut file)?;
        }
    }
    if let Some(mut asked) = asked {
        out.raw(REQUEST, &mut asked)?;
    }
    out.raw(STAMP, &mut &*answer)?;
    out.end()?.flush()
}

/// Reads file number `at` and writes it into the container made again.
fn copy_of<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    at: usize,
    listed: &BTreeMap<&str, &Entry>,
    again: &mut Packer<Compare<'_>>,
) -> (String, io::Result<(u64, String)>) {
    match zip.by_index(at) {
        Ok(mut file) => {
            let name = String::from_utf8_lossy(file.name_raw()).into_owned();
            let most = listed.get(name.as_str()).map_or(WHOLE, |f| f.bytes.saturating_add(1));
            let copied = again.raw(&name, &mut Read::take(&mut file, most));
            (name, copied)
        }
        Err(e) => (format!("file number {}", at + 1), Err(e.into())),
    }
}

fn whole<R: Read + Seek>(zip: &mut ZipArchive<R>, path: &str) -> io::Result<Option<Vec<u8>>> {
    let Some(at) = zip.index_for_name(path) else { return Ok(None) };
    let mut bytes = Vec::new();
    zip.by_index(at)?.take(WHOLE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > WHOLE {
        return Err(io::Error::other(format!("{path} is larger than a handover's may be")));
    }
    Ok(Some(bytes))
}

/// What can be read at any position.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// Most bytes that may differ before it is said and done with. A header is written twice, the second time with the
/// file's length, so that a few bytes differ for a while.
const MOST: usize = 1 << 16;

/// Takes what is written and compares it with what is there, byte by byte.
struct Compare<'r> {
    with: &'r mut dyn ReadSeek,
    at: u64,
    end: u64,
    differ: BTreeSet<u64>,
}

impl<'r> Compare<'r> {
    fn new(with: &'r mut dyn ReadSeek) -> Self {
        Self { with, at: 0, end: 0, differ: BTreeSet::new() }
    }

    /// The first byte that is not the same.
    fn wrong(self) -> io::Result<Option<u64>> {
        let length = self.with.seek(SeekFrom::End(0))?;
        let first = self.differ.first().copied();
        Ok(first.or_else(|| (length != self.end).then_some(self.end.min(length))))
    }
}

impl Write for Compare<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with.seek(SeekFrom::Start(self.at))?;
        let mut there = Vec::with_capacity(bytes.len());
        (&mut self.with).take(bytes.len() as u64).read_to_end(&mut there)?;
        for (i, byte) in bytes.iter().enumerate() {
            let at = self.at + i as u64;
            if there.get(i) == Some(byte) {
                self.differ.remove(&at);
            } else if self.differ.len() < MOST {
                self.differ.insert(at);
            }
        }
        self.at += bytes.len() as u64;
        self.end = self.end.max(self.at);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Compare<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to.ok_or_else(|| io::Error::other("before the beginning"))?;
        Ok(self.at)
    }
}
