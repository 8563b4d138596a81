//! The files meant by a command line: arguments, and everything below folders, in order of name.
//!
//! Links are not followed (a folder could contain itself) and special files are not read; both are said. Names are
//! relative to what was asked for, so that no path of the analyst's machine enters the case.

use crate::Error;
use model::Quote;
use std::fs;
use std::path::{Path, PathBuf};

/// A file to seal, or why it cannot be.
#[derive(Debug)]
pub struct Found {
    /// Name in the case.
    pub name: Quote,
    /// Where it lies.
    pub path: PathBuf,
    /// Length in bytes.
    pub bytes: u64,
    /// Set when it is not to be read.
    pub not: Option<String>,
}

/// Lists files. `skip` is the case's own folder.
///
/// # Errors
/// [`Error::Io`] when an argument itself is not there.
pub fn walk(arguments: &[PathBuf], skip: &Path) -> Result<Vec<Found>, Error> {
    let skip = fs::canonicalize(skip).unwrap_or_else(|_| skip.to_path_buf());
    let mut out = Vec::new();
    for argument in arguments {
        let meta = fs::metadata(argument).map_err(Error::io("read", argument))?;
        let full = fs::canonicalize(argument).map_err(Error::io("read", argument))?;
        let name = full.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if meta.is_dir() {
            folder(argument, &name, &skip, &mut out)?;
        } else {
            let not = (!meta.is_file()).then(|| "not a regular file".to_owned());
            out.push(Found { name: Quote::from(name), path: argument.clone(), bytes: meta.len(), not });
        }
    }
    out.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    Ok(out)
}

fn folder(top: &Path, name: &str, skip: &Path, out: &mut Vec<Found>) -> Result<(), Error> {
    let mut open = vec![(top.to_path_buf(), name.to_owned())];
    while let Some((dir, name)) = open.pop() {
        if fs::canonicalize(&dir).is_ok_and(|d| d == skip) {
            continue;
        }
        let entries = match fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(e) if dir == top => return Err(Error::io("read", top)(e)),
            Err(e) => {
                out.push(Found { name: Quote::from(name), path: dir, bytes: 0, not: Some(e.to_string()) });
                continue;
            }
        };
        for entry in entries {
            let entry = entry.map_err(Error::io("read", &dir))?;
            let path = entry.path();
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            let Ok(meta) = fs::symlink_metadata(&path) else { continue };
            if meta.is_dir() {
                open.push((path, name));
                continue;
            }
            let not = match (meta.is_symlink(), meta.is_file()) {
                (true, _) => Some("a link: not followed; name its target to have it read".to_owned()),
                (_, false) => Some("not a regular file".to_owned()),
                _ => None,
            };
            out.push(Found { name: Quote::from(name), path, bytes: meta.len(), not });
        }
    }
    Ok(())
}
