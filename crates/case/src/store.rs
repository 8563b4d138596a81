//! Where a case keeps things, and how bytes are sealed.
//!
//! A sealed file is a copy under its own SHA-256, read-only, put in place by a rename: it is there whole or not at
//! all. The original is never opened for anything but reading.

use crate::Error;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// The folders and files of a case.
#[derive(Debug, Clone)]
pub struct Store {
    /// The case's folder.
    pub dir: PathBuf,
}

/// What sealing gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// SHA-256.
    pub sha256: [u8; 32],
    /// Length in bytes.
    pub bytes: u64,
}

impl Store {
    /// The ledger.
    #[must_use]
    pub fn ledger(&self) -> PathBuf {
        self.dir.join("ledger.jsonl")
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.dir.join("case.toml")
    }

    /// Everything that can be made again.
    #[must_use]
    pub fn derived(&self) -> PathBuf {
        self.dir.join("derived")
    }

    /// The finished thing.
    #[must_use]
    pub fn dossier(&self) -> PathBuf {
        self.derived().join("dossier.json")
    }

    /// The page made by every investigation.
    #[must_use]
    pub fn report(&self) -> PathBuf {
        self.dir.join("report.html")
    }

    /// What the last investigation changed.
    #[must_use]
    pub fn changes(&self) -> PathBuf {
        self.dir.join("changes.md")
    }

    /// Where the bytes with this hex SHA-256 lie.
    #[must_use]
    pub fn sealed(&self, sha256: &str) -> PathBuf {
        let fan = sha256.get(..2).unwrap_or("__");
        self.dir.join("evidence").join(fan).join(sha256)
    }

    /// Copies bytes into the case while hashing them.
    ///
    /// # Errors
    /// `Ok(Err(_))` when the *source* cannot be read to its end (nothing is sealed), `Err` when the case cannot be
    /// written.
    pub fn seal(&self, from: &mut dyn Read, step: &mut dyn FnMut(u64)) -> Result<io::Result<Seal>, Error> {
        let incoming = self.dir.join("evidence").join(format!("incoming-{}", std::process::id()));
        let mut file = File::create(&incoming).map_err(Error::io("write", &incoming))?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 20];
        let mut bytes = 0_u64;
        loop {
            let n = match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => {
                    let _ = fs::remove_file(&incoming);
                    return Ok(Err(e));
                }
            };
            hash.update(&buffer[..n]);
            file.write_all(&buffer[..n]).map_err(Error::io("write", &incoming))?;
            bytes += n as u64;
            step(n as u64);
        }
        let sha256: [u8; 32] = hash.finalize().into();
        let to = self.sealed(&crate::hex(&sha256));
        put(&incoming, &to)?;
        Ok(Ok(Seal { sha256, bytes }))
    }
}

/// Moves a finished copy to its place, read-only; one already there stays.
fn put(incoming: &Path, to: &Path) -> Result<(), Error> {
    if to.exists() {
        return fs::remove_file(incoming).map_err(Error::io("write", incoming));
    }
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).map_err(Error::io("make", parent))?;
    }
    let mut mode = fs::metadata(incoming).map_err(Error::io("read", incoming))?.permissions();
    mode.set_readonly(true);
    fs::set_permissions(incoming, mode).map_err(Error::io("write", incoming))?;
    fs::rename(incoming, to).map_err(Error::io("write", to))
}

/// A sealed file, as the formats are handed it.
pub struct Sealed {
    file: File,
    len: u64,
}

impl Sealed {
    /// Opens it.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        File::open(path).and_then(Self::of).map_err(Error::io("read", path))
    }

    /// Of an open file.
    ///
    /// # Errors
    /// Whatever its length cannot be told for.
    pub fn of(file: File) -> io::Result<Self> {
        let len = file.metadata()?.len();
        Ok(Self { file, len })
    }
}

impl evidence::ReadAt for Sealed {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, buf: &mut [u8], at: u64) -> io::Result<usize> {
        self.file.read_at(buf, at)
    }
}

/// Writes a file so that it is there whole or not at all.
///
/// # Errors
/// [`Error::Io`].
pub fn write_whole(path: &Path, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(Error::io("make", parent))?;
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut out = io::BufWriter::new(File::create(&part).map_err(Error::io("write", &part))?);
    write(&mut out).and_then(|()| out.flush()).map_err(Error::io("write", &part))?;
    fs::rename(&part, path).map_err(Error::io("write", path))
}
