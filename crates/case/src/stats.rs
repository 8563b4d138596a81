//! Which files were sealed as they stand now, told by their stat alone: a second run need not hash and copy them again.
//!
//! Kept in derived work and never looked at by `verify`. The doubt: a file changed behind the kernel's back (the disk
//! written to directly, a network file system answering from an old cache, the clock set back) may keep device, inode,
//! length and both times; that change is missed until this list is deleted. Hence the time of change counts as well as
//! that of modification, which any program can set, and a file touched less than two seconds before the run began is not
//! remembered: it could change again within the same tick (Git's "racy" entries).

use crate::{Error, write_whole};
use model::When;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

/// What the kernel says of a file. Times in seconds and nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Stat {
    device: u64,
    inode: u64,
    /// Its length.
    pub bytes: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stat {
    pub fn of(meta: &Metadata) -> Self {
        Self {
            device: meta.dev(),
            inode: meta.ino(),
            bytes: meta.len(),
            modified: (meta.mtime(), meta.mtime_nsec()),
            changed: (meta.ctime(), meta.ctime_nsec()),
        }
    }

    fn settled(&self, now: When) -> bool {
        self.modified.0.max(self.changed.0) < now.0.div_euclid(1_000_000) - 2
    }
}

/// The list.
pub(crate) struct Stats {
    path: PathBuf,
    known: BTreeMap<Stat, String>,
    new: bool,
}

impl Stats {
    /// Reads the list; one that is absent or broken is empty.
    pub fn open(path: PathBuf) -> Self {
        let list = std::fs::read(&path).ok().and_then(|b| serde_json::from_slice::<Vec<(Stat, String)>>(&b).ok());
        Self { path, known: list.unwrap_or_default().into_iter().collect(), new: false }
    }

    /// The SHA-256 (hex) of a file that stands as it stood when it was sealed.
    pub fn sealed(&self, stat: &Stat) -> Option<&str> {
        self.known.get(stat).map(String::as_str)
    }

    /// Remembers a sealed file.
    pub fn keep(&mut self, stat: Stat, sha256: &str, now: When) {
        if stat.settled(now) {
            self.known.insert(stat, sha256.to_owned());
            self.new = true;
        }
    }

    /// Writes the list down, where anything was added.
    pub fn save(self) -> Result<(), Error> {
        if !self.new {
            return Ok(());
        }
        let list: Vec<(Stat, String)> = self.known.into_iter().collect();
        let bytes = serde_json::to_vec(&list).unwrap_or_default();
        write_whole(&self.path, &mut |out| out.write_all(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_still_is_remembered() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("f");
        std::fs::write(&file, "one").expect("a file");
        let stat = Stat::of(&std::fs::metadata(&file).expect("there"));
        let list = dir.path().join("stats.json");
        let just_now = When(stat.changed.0 * 1_000_000);
        for (now, known) in [(just_now, None), (When(just_now.0 + 10_000_000), Some("ab"))] {
            let mut stats = Stats::open(list.clone());
            stats.keep(stat, "ab", now);
            stats.save().expect("saved");
            assert_eq!(Stats::open(list.clone()).sealed(&stat), known);
        }
        let longer = Stat { bytes: 4, ..stat };
        assert_eq!(Stats::open(list).sealed(&longer), None);
    }
}
