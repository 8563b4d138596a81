//! Writing a handover: files one after another, as they are, then the list of them and its signature.
//!
//! Nothing is compressed and every time is that of the format's beginning: the same files give the same bytes, with any
//! version of any library, and a receiver can make the container again to see that nothing hides between the files.

use crate::manifest::{Entry, Manifest, files_root};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Name of the list.
pub const MANIFEST: &str = "manifest.json";
/// Name of the signature over it.
pub const SIGNATURE: &str = "manifest.json.sig";

/// Name of what a time-stamping authority said of the list.
pub const STAMP: &str = "manifest.json.tsr";
/// Name of what it was asked.
pub const REQUEST: &str = "manifest.json.tsq";

/// Makes a signature over bytes; `None` where nobody signs.
pub type Sign<'a> = dyn Fn(&[u8]) -> Result<Option<String>, String> + 'a;

/// Takes files.
pub struct Packer<W: Write + Seek> {
    zip: ZipWriter<W>,
    files: Vec<Entry>,
}

fn options() -> SimpleFileOptions {
    // Sizes are always written in full length, so that the same code path serves small and large files.
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .large_file(true)
}

impl<W: Write + Seek> Packer<W> {
    /// Begins.
    pub fn new(out: W) -> Self {
        Self { zip: ZipWriter::new(out), files: Vec::new() }
    }

    /// Puts a file in.
    ///
    /// # Errors
    /// Where it cannot be read or the handover not be written.
    pub fn file(&mut self, path: &str, from: &mut dyn Read) -> io::Result<()> {
        let (bytes, sha256) = self.raw(path, from)?;
        self.files.push(Entry { path: path.to_owned(), bytes, sha256 });
        Ok(())
    }

    /// A file that the list will not name.
    pub(crate) fn raw(&mut self, path: &str, from: &mut dyn Read) -> io::Result<(u64, String)> {
        self.zip.start_file(path, options())?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 256 << 10];
        let mut bytes = 0;
        loop {
            let n = from.read(&mut buffer)?;
            if n == 0 {
                return Ok((bytes, crate::hex(&hash.finalize())));
            }
            hash.update(&buffer[..n]);
            self.zip.write_all(&buffer[..n])?;
            bytes += n as u64;
        }
    }

    /// Writes the list, with the files filled in, and what `sign` makes of it; ends. Returns the list.
    ///
    /// # Errors
    /// As [`Packer::file`], and what `sign` says.
    pub fn finish(mut self, mut manifest: Manifest, sign: &Sign<'_>) -> io::Result<Manifest> {
        self.files.sort();
        manifest.files = std::mem::take(&mut self.files);
        manifest.files_root = files_root(&manifest.files);
        let text = manifest.text();
        self.raw(MANIFEST, &mut text.as_bytes())?;
        if let Some(signature) = sign(text.as_bytes()).map_err(io::Error::other)? {
            self.raw(SIGNATURE, &mut signature.as_bytes())?;
        }
        self.zip.finish()?.flush()?;
        Ok(manifest)
    }

    /// Ends without a list.
    pub(crate) fn end(self) -> io::Result<W> {
        Ok(self.zip.finish()?)
    }
}
