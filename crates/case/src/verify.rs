//! Checking a case: every seal, the ledger's chain, and that the derived work can be made again byte for byte.

use crate::store::Store;
use crate::{Act, Case, Error, Inputs, Run, settings, sha256_hex};
use model::Quote;
use sha2::{Digest, Sha256};
use std::io::Read;

/// One thing checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What.
    pub what: Quote,
    /// What is wrong; `None` when it holds.
    pub wrong: Option<String>,
}

/// All that was checked.
#[derive(Debug, Clone, Default)]
pub struct Verified {
    /// In order.
    pub checks: Vec<Check>,
}

impl Verified {
    /// True when all holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|c| c.wrong.is_none())
    }

    fn push(&mut self, what: impl Into<Quote>, wrong: Option<String>) {
        self.checks.push(Check { what: what.into(), wrong });
    }
}

impl Case {
    /// Checks everything. Opening the case has already followed the ledger's chain.
    ///
    /// # Errors
    /// [`Error::Io`] where the disk says no; what does not hold is not an error but a [`Check`].
    pub fn verify(&self, run: &Run<'_>) -> Result<Verified, Error> {
        let mut out = Verified::default();
        let lines = self.ledger().lines().len();
        out.push(format!("the ledger's chain of {lines} lines"), None);
        let inputs = self.inputs();
        run.progress.stage("checking seals", inputs.iter().map(|i| i.bytes).sum());
        for input in &inputs {
            let name = input.names.first().cloned().unwrap_or_default();
            out.push(name, self.check_seal(&input.sha256, run));
        }
        if self.store().dossier().exists() {
            self.check_derived(run, &mut out)?;
        }
        Ok(out)
    }

    fn check_seal(&self, sha256: &str, run: &Run<'_>) -> Option<String> {
        let path = self.store().sealed(sha256);
        let mut file = match std::fs::File::open(&path) {
            Ok(file) => file,
            Err(e) => return Some(format!("the sealed bytes cannot be read: {e}")),
        };
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 20];
        loop {
            match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => {
                    hash.update(&buffer[..n]);
                    run.progress.step(n as u64);
                }
                Err(e) => return Some(format!("the sealed bytes cannot be read: {e}")),
            }
        }
        let found = crate::hex(&hash.finalize());
        (found != sha256).then(|| format!("the bytes changed: sealed as {sha256}, now {found}"))
    }

    /// Makes the derived work again in a folder of its own and compares the bytes.
    fn check_derived(&self, run: &Run<'_>, out: &mut Verified) -> Result<(), Error> {
        let kept = std::fs::read(self.store().dossier()).map_err(Error::io("read", &self.store().dossier()))?;
        let last = self.ledger().lines().iter().rev().find_map(|l| match &l.act {
            Act::Derived { dossier, settings, .. } => Some((dossier, settings)),
            _ => None,
        });
        let now = sha256_hex(settings::print(self.settings()).as_bytes());
        if let Some((dossier, settings)) = last {
            let same = *dossier == sha256_hex(&kept);
            out.push("the dossier against the ledger", (!same).then(|| "it was changed after it was made".to_owned()));
            if *settings != now {
                let why = "case.toml changed since the last investigation: run `unspool investigate -o CASE` again";
                out.push("the settings against the ledger", Some(why.to_owned()));
                return Ok(());
            }
        }
        let dir = self.store().derived().join("again");
        let again = self.again(&dir, run);
        let cleared = std::fs::remove_dir_all(&dir).map_err(Error::io("write", &dir));
        let again = again?;
        cleared?;
        let wrong = (again.0 != kept).then(|| "made again it differs".to_owned());
        out.push("the dossier, made again from the seals", wrong);
        let page = std::fs::read(self.store().report()).unwrap_or_default();
        out.push("the page, made again", (again.1 != page).then(|| "made again it differs".to_owned()));
        Ok(())
    }

    fn again(&self, dir: &std::path::Path, run: &Run<'_>) -> Result<(Vec<u8>, Vec<u8>), Error> {
        if dir.exists() {
            std::fs::remove_dir_all(dir).map_err(Error::io("write", dir))?;
        }
        let store = Store { dir: dir.to_path_buf() };
        std::fs::create_dir_all(dir).map_err(Error::io("make", dir))?;
        std::os::unix::fs::symlink(
            std::fs::canonicalize(self.store().dir.join("evidence")).map_err(Error::io("read", dir))?,
            dir.join("evidence"),
        )
        .map_err(Error::io("make", dir))?;
        for (from, to) in [(self.store().ledger(), store.ledger()), (self.store().settings(), store.settings())] {
            std::fs::copy(&from, &to).map_err(Error::io("write", &to))?;
        }
        let mut case = Self::open(dir)?;
        case.investigate(Inputs::default(), run)?;
        let read = |path: std::path::PathBuf| std::fs::read(&path).map_err(Error::io("read", &path));
        Ok((read(store.dossier())?, read(store.report())?))
    }
}
