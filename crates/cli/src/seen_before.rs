//! What was told before, kept between runs of a cron job: a name and its outlet a line, sorted.
//!
//! A stream may be killed any time: what it tells is added to the file's end at once, and put in order at the end of the run
//! and the beginning of the next. A line cut short by a kill is left out: its hit is told again, never lost.

use crate::Trouble;
use lookalikes::Hit;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Hits told before.
pub struct SeenBefore {
    path: Option<PathBuf>,
    told: BTreeSet<(String, String)>,
    /// The end of the file, where hits are added as they are told.
    end: Option<File>,
}

impl SeenBefore {
    /// Reads the state; a file that is not there is a first run.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn open(path: Option<&Path>) -> Result<Self, String> {
        let mut told = BTreeSet::new();
        if let Some(path) = path.filter(|p| p.exists()) {
            let bytes = std::fs::read(path).map_err(|e| crate::feeds::trouble(path, &e))?;
            let text = String::from_utf8_lossy(&bytes);
            let whole = text.rfind('\n').map_or("", |end| &text[..end]);
            let pair = |l: &str| l.split_once('\t').map(|(n, t)| (n.to_owned(), t.to_owned()));
            told.extend(whole.lines().filter_map(pair));
        }
        Ok(Self { path: path.map(Path::to_path_buf), told, end: None })
    }

    /// From now on each hit is added to the file when it is met.
    ///
    /// # Errors
    /// Disk trouble.
    pub fn as_it_goes(&mut self) -> Result<(), Trouble> {
        self.keep()?;
        if let Some(path) = &self.path {
            let end =
                File::options().append(true).open(path).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
            self.end = Some(end);
        }
        Ok(())
    }

    /// True for a hit told in an earlier run or in this one.
    pub fn knows(&self, hit: &Hit) -> bool {
        self.told.contains(&(hit.name.clone(), hit.target.clone()))
    }

    /// Remembers a hit that was told.
    ///
    /// # Errors
    /// Disk trouble, where hits are added as they are told.
    pub fn add(&mut self, hit: &Hit) -> io::Result<()> {
        if self.path.is_none() {
            return Ok(());
        }
        let pair = (hit.name.clone(), hit.target.clone());
        if let Some(end) = &mut self.end {
            end.write_all(line(&pair).unwrap_or_default().as_bytes())?;
        }
        self.told.insert(pair);
        Ok(())
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
        self.told.iter().filter_map(line).try_for_each(|line| out.write_all(line.as_bytes()))
    }
}

/// `None` for a name that would be more than one line: names on certificates are whatever somebody wrote there.
fn line((name, target): &(String, String)) -> Option<String> {
    let plain = !name.chars().any(char::is_control);
    plain.then(|| format!("{name}\t{target}\n"))
}
