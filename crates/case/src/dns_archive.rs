//! DNS records that somebody kept, as evidence that sheets verify senders with.
//!
//! An archive is sealed like any evidence; the settings name it by its SHA-256, so that the same sheets come out wherever
//! the case is made again. Nothing is ever looked up.

use crate::{Case, Error, settings, sha256_hex};
use std::path::PathBuf;
use triage::Archive;

impl Case {
    /// Verifies senders from now on with the records in these files too; they must be sealed with the next evidence.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Settings`] where one of them holds no such records.
    pub fn verify_senders_with(&mut self, files: &[PathBuf]) -> Result<(), Error> {
        let mut dns = self.settings.mail.dns.clone();
        for path in files {
            let bytes = std::fs::read(path).map_err(Error::io("read", path))?;
            parse(&bytes).map_err(|why| Error::Settings { path: path.clone(), why })?;
            dns.push(sha256_hex(&bytes));
        }
        dns.sort();
        dns.dedup();
        if self.settings.mail.dns == dns {
            return Ok(());
        }
        self.settings.mail.dns = dns;
        settings::save(&self.store.settings(), &self.settings)
    }

    /// The records that the settings name; `None` where they name none.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Settings`] where what they name is not sealed here or holds no such records.
    pub(crate) fn archive(&self) -> Result<Option<Archive>, Error> {
        let mut all: Option<Archive> = None;
        let inputs = self.inputs();
        for sha256 in &self.settings.mail.dns {
            let wrong = |why: String| Error::Settings {
                path: self.store.settings(),
                why: format!("[mail] dns, {sha256}: {why}"),
            };
            if !inputs.iter().any(|i| i.sha256 == *sha256) {
                return Err(wrong("no evidence of this SHA-256 is sealed here".to_owned()));
            }
            let path = self.store.sealed(sha256);
            let read = parse(&std::fs::read(&path).map_err(Error::io("read", &path))?).map_err(wrong)?;
            all.get_or_insert_default().join(read);
        }
        Ok(all)
    }
}

fn parse(bytes: &[u8]) -> Result<Archive, String> {
    Archive::read(std::str::from_utf8(bytes).map_err(|_| "not UTF-8: no archive of DNS records".to_owned())?)
}
