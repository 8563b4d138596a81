//! The words of pages and documents, kept so that it can be told which repeats which.
//!
//! Each segment keeps them for its own inputs; an investigation puts them together in one file. What is enclosed in mails
//! is left out: who copies whom among leaked papers is another question. Of more than [`MOST`] those with the least ids
//! are kept, so that neither the order of adding nor the segments show; the report says how many were left.

use crate::{Error, write_whole};
use model::{EvidenceId, Quote, Record, When};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Most texts of a case.
pub(crate) const MOST: usize = 2000;
/// Bytes kept of each.
const BYTES: usize = 24 << 10;
/// Fewest bytes of a text that can repeat anything.
const LEAST: usize = 60;
/// Name of the file in a segment and among the derived work.
const FILE: &str = "pages.json";

/// The words of a page or document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PageText {
    /// Its id.
    pub id: EvidenceId,
    /// Its title, or its file's name.
    pub title: Quote,
    /// Its address.
    pub address: Quote,
    /// When it was published, as it says.
    pub when: Option<When>,
    /// The beginning of its words.
    pub words: Quote,
}

/// Pages and documents, by id, and how many more there were.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pages {
    /// By id.
    pub texts: Vec<PageText>,
    /// Left out.
    pub left: u64,
}

/// Gathers the texts of a segment.
#[derive(Default)]
pub(crate) struct Gatherer {
    texts: BTreeMap<EvidenceId, PageText>,
    left: u64,
}

impl Gatherer {
    /// Takes a record's words, where it is a page or a document; of several in one piece of evidence the first.
    pub(crate) fn take(&mut self, id: EvidenceId, name: &Quote, record: &Record<'_>) {
        let Some((title, address, words)) = told(record) else { return };
        if words.len() < LEAST || self.texts.contains_key(&id) {
            return;
        }
        let title = if title.is_empty() { name.clone() } else { Quote::from(title) };
        let text =
            PageText { id, title, address: Quote::from(address), when: record.when(), words: Quote::from(words) };
        self.put(text);
    }

    fn put(&mut self, text: PageText) {
        self.texts.insert(text.id, text);
        if self.texts.len() > MOST {
            self.texts.pop_last();
            self.left += 1;
        }
    }

    /// Writes them down.
    pub(crate) fn write(self, dir: &Path) -> std::io::Result<()> {
        let pages = Pages { texts: self.texts.into_values().collect(), left: self.left };
        std::fs::write(dir.join(FILE), serde_json::to_vec(&pages)?)
    }
}

/// Title, address and words of a page or document.
fn told<'r>(record: &Record<'r>) -> Option<(&'r str, &'r str, String)> {
    let (title, address, mut words) = match record {
        Record::Page(page) => (page.title, page.url, page.text.to_owned()),
        Record::Document(document) => {
            let mut words = String::new();
            for passage in document.passages {
                words.push_str(passage.text);
                words.push('\n');
                if words.len() > BYTES {
                    break;
                }
            }
            (document.title, "", words)
        }
        _ => return None,
    };
    let mut end = words.len().min(BYTES);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    words.truncate(end);
    Some((title, address, words))
}

/// Puts the texts of all segments together.
pub(crate) fn merge(folders: &[PathBuf], to: &Path) -> Result<(), Error> {
    let mut all = Gatherer::default();
    for folder in folders {
        let pages = read(folder)?.unwrap_or_default();
        all.left += pages.left;
        pages.texts.into_iter().for_each(|t| all.put(t));
    }
    let pages = Pages { texts: all.texts.into_values().collect(), left: all.left };
    let bytes = serde_json::to_vec(&pages).unwrap_or_default();
    write_whole(&to.join(FILE), &mut |out| out.write_all(&bytes))
}

/// Those of a segment or of the case; `None` where they were not made or not handed on.
pub(crate) fn read(dir: &Path) -> Result<Option<Pages>, Error> {
    let path = dir.join(FILE);
    match std::fs::read(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::io("read", &path)(e)),
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|e| Error::Derived { path, why: e.to_string() }),
    }
}
