//! What was told before, kept between runs of a cron job: a name and its outlet a line, sorted.

use lookalikes::Hit;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Hits told before.
pub struct SeenBefore {
    path: Option<PathBuf>,
    told: BTreeSet<(String, String)>,
}

impl SeenBefore {
    /// Reads the state; a file that is not there is a first run.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn open(path: Option<&Path>) -> Result<Self, String> {
        let mut told = BTreeSet::new();
        if let Some(path) = path.filter(|p| p.exists()) {
            let text = crate::feeds::text(&path.to_path_buf())?;
            let pair = |l: &str| l.split_once('\t').map(|(n, t)| (n.to_owned(), t.to_owned()));
            told.extend(text.lines().filter_map(pair));
        }
        Ok(Self { path: path.map(Path::to_path_buf), told })
    }

    /// True the first time a hit is met; remembers it.
    pub fn is_new(&mut self, hit: &Hit) -> bool {
        self.path.is_none() || self.told.insert((hit.name.clone(), hit.target.clone()))
    }

    /// True for a hit told in an earlier run.
    pub fn knows(&self, hit: &Hit) -> bool {
        self.told.contains(&(hit.name.clone(), hit.target.clone()))
    }

    /// Writes the state back, whole or not at all.
    ///
    /// # Errors
    /// Disk trouble.
    pub fn keep(&self) -> Result<(), case::Error> {
        let Some(path) = &self.path else { return Ok(()) };
        case::write_whole(path, &mut |out| self.write(out))
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for (name, target) in &self.told {
            writeln!(out, "{name}\t{target}")?;
        }
        Ok(())
    }
}
