//! The ledger: an append-only, hash-chained record of what people and the tool did.
//!
//! One JSON object a line. Each line's `hash` is the SHA-256 of the line before it and this line's own words, so no
//! line can be changed, dropped or put in between without every later hash telling. A torn last line (the process was
//! killed while writing) is cut off and written again; torn lines anywhere else are an error.

use crate::Error;
use model::{ActLine, Excerpt, Judgement, Put, Quote, Ruling, Verdict, When};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Something done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// The case was made.
    Made {
        /// Version of the tool.
        version: String,
    },
    /// Evidence is being added; the seals that follow name this line.
    Adding {
        /// Version of the tool.
        version: String,
    },
    /// A file was sealed.
    Sealed {
        /// Number of the `adding` line.
        adding: u64,
        /// Lower-case hex.
        sha256: String,
        /// Length.
        bytes: u64,
        /// Its name.
        name: Quote,
    },
    /// A file was there and could not be read.
    Unreadable {
        /// Number of the `adding` line.
        adding: u64,
        /// Its name.
        name: Quote,
        /// Why.
        why: String,
    },
    /// Somebody with a leak seal and its key held the evidence against it.
    Checked {
        /// SHA-256 of the seal, lower-case hex.
        seal: String,
        /// Public id of its key.
        key: String,
        /// SHA-256 over all seals of the evidence.
        evidence: String,
        /// Documents in the leak seal.
        documents: u64,
        /// What was found.
        matches: Vec<Excerpt>,
        /// Passages found and not kept, because there were too many.
        left: u64,
        /// Edited passages not kept because chance gives as much in all that was read.
        #[serde(default)]
        chance: u64,
    },
    /// The derived work was made.
    Derived {
        /// Version of the tool.
        version: String,
        /// SHA-256 of the settings in force.
        settings: String,
        /// SHA-256 over all seals.
        evidence: String,
        /// SHA-256 of the dossier.
        dossier: String,
    },
    /// A person decided.
    Ruled {
        /// Finding.
        finding: String,
        /// What.
        verdict: Verdict,
        /// Why.
        why: Quote,
        /// Who.
        by: Quote,
    },
    /// A person put statements, questions, weights or claims in, or took some out.
    Judged {
        /// What, in order.
        items: Vec<Put>,
        /// Who.
        by: Quote,
    },
    /// The case, or part of it, was packaged for someone.
    Handed {
        /// For whom.
        to: Quote,
        /// Marking.
        tlp: String,
        /// Findings it was cut to; empty for all.
        only: Vec<String>,
        /// Sorts of names that were replaced, and `hashes-only` where no evidence went along.
        without: Vec<String>,
        /// Pieces of evidence shown by themselves.
        shown: Vec<String>,
        /// Merkle root over all evidence, lower-case hex.
        root: String,
    },
    /// An act was taken back.
    Undone {
        /// Number of its line.
        undone: u64,
    },
}

impl Act {
    /// Its name, what it was about, and who did it; `None` for what only follows from other acts.
    fn told(&self) -> Option<(&'static str, Quote, Quote)> {
        let none = Quote::default;
        Some(match self {
            Self::Made { version } => ("made", Quote::from(format!("with Unspool {version}")), none()),
            Self::Adding { version } => ("adding", Quote::from(format!("with Unspool {version}")), none()),
            Self::Ruled { finding, verdict, by, .. } => {
                ("ruled", Quote::from(format!("{finding} is {}", verdict.word())), by.clone())
            }
            Self::Judged { items, by } => {
                let told: Vec<String> = items.iter().map(put_told).collect();
                ("judged", Quote::from(told.join(", ")), by.clone())
            }
            Self::Checked { key, documents, matches, .. } => {
                let told = format!("{} passages of {documents} documents sealed with key {key}", matches.len());
                ("checked", Quote::from(told), none())
            }
            Self::Handed { to, tlp, .. } => {
                let to = if to.is_empty() { "someone" } else { to.raw() };
                ("handed", Quote::from(format!("a handover for {to}, TLP:{}", tlp.to_uppercase())), none())
            }
            Self::Undone { undone } => ("undone", Quote::from(format!("line {undone}")), none()),
            Self::Sealed { .. } | Self::Unreadable { .. } | Self::Derived { .. } => return None,
        })
    }
}

fn put_told(put: &Put) -> String {
    match put {
        Put::Statement(s) => s.id.clone(),
        Put::Question(q) => q.id.clone(),
        Put::Weight(w) => w.id.clone(),
        Put::Sameness(m) => m.id.clone(),
        Put::Technique(t) => format!("{} {}", t.technique, t.known.word()),
        Put::Ground(g) => format!("{} {} ground", g.openness.word(), g.aspect.word()),
        Put::Descent(d) => d.id.clone(),
        Put::Withdrawn { id, .. } => format!("{id} withdrawn"),
    }
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Counted from 0.
    pub line: u64,
    /// When it was written.
    pub when: When,
    /// What was done.
    #[serde(flatten)]
    pub act: Act,
    /// Lower-case hex: SHA-256 of the previous line's hash and this line without its hash.
    pub hash: String,
}

/// The ledger of a case.
pub struct Ledger {
    path: PathBuf,
    lines: Vec<Line>,
}

pub(crate) fn digest(previous: &str, line: u64, when: When, act: &Act) -> String {
    let words = serde_json::to_string(&(line, when, act)).unwrap_or_default();
    let mut hash = Sha256::new();
    hash.update(previous.as_bytes());
    hash.update(words.as_bytes());
    crate::hex(&hash.finalize())
}

impl Ledger {
    /// Opens the ledger and checks its chain; an absent file is an empty ledger.
    ///
    /// # Errors
    /// [`Error::Ledger`] where the chain is broken, [`Error::Io`] where the disk says no.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut text = String::new();
        if path.exists() {
            let mut file = File::open(path).map_err(Error::io("read", path))?;
            file.read_to_string(&mut text).map_err(Error::io("read", path))?;
        }
        let mut ledger = Self { path: path.to_path_buf(), lines: Vec::new() };
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        for (at, row) in text[..whole].lines().enumerate() {
            let broken = |why: String| Error::Ledger { line: at + 1, why };
            let line: Line = serde_json::from_str(row).map_err(|e| broken(e.to_string()))?;
            if line.line != at as u64 {
                return Err(broken(format!("it says it is line {}", line.line + 1)));
            }
            if line.hash != digest(ledger.tip(), line.line, line.when, &line.act) {
                return Err(broken("its hash does not follow from the line before it".to_owned()));
            }
            ledger.lines.push(line);
        }
        if whole < text.len() {
            let file = OpenOptions::new().write(true).open(path).map_err(Error::io("write", path))?;
            file.set_len(whole as u64).map_err(Error::io("write", path))?;
        }
        Ok(ledger)
    }

    /// Hash of the last line; empty for an empty ledger.
    #[must_use]
    pub fn tip(&self) -> &str {
        self.lines.last().map_or("", |l| &l.hash)
    }

    /// All lines.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Writes acts down, in one go, and returns the number of the first.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn append(&mut self, when: When, acts: Vec<Act>) -> Result<u64, Error> {
        let first = self.lines.len() as u64;
        let mut text = String::new();
        for act in acts {
            let line = self.lines.len() as u64;
            let hash = digest(self.tip(), line, when, &act);
            let line = Line { line, when, act, hash };
            text.push_str(&serde_json::to_string(&line).unwrap_or_default());
            text.push('\n');
            self.lines.push(line);
        }
        let mut file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&self.path)
            .map_err(Error::io("write", &self.path))?;
        file.seek(SeekFrom::End(0)).map_err(Error::io("write", &self.path))?;
        file.write_all(text.as_bytes()).map_err(Error::io("write", &self.path))?;
        file.sync_data().map_err(Error::io("write", &self.path))?;
        Ok(first)
    }

    fn undone(&self) -> BTreeSet<u64> {
        let taken = |l: &Line| if let Act::Undone { undone } = l.act { Some(undone) } else { None };
        self.lines.iter().filter_map(taken).collect()
    }

    /// Seals in force: hex SHA-256, length, name, in the order they were made.
    #[must_use]
    pub fn seals(&self) -> Vec<(&str, u64, &Quote)> {
        let undone = self.undone();
        let mut out = Vec::new();
        for line in &self.lines {
            if let Act::Sealed { adding, sha256, bytes, name } = &line.act
                && !undone.contains(adding)
            {
                out.push((sha256.as_str(), *bytes, name));
            }
        }
        out
    }

    /// Files that could not be read, and why. A file sealed later under the same name is left out.
    #[must_use]
    pub fn unreadable(&self) -> Vec<(&Quote, &str)> {
        let undone = self.undone();
        let sealed: BTreeSet<&Quote> = self.seals().into_iter().map(|s| s.2).collect();
        let mut out: Vec<(&Quote, &str)> = Vec::new();
        for line in &self.lines {
            if let Act::Unreadable { adding, name, why } = &line.act
                && !undone.contains(adding)
                && !sealed.contains(name)
                && !out.iter().any(|(n, _)| *n == name)
            {
                out.push((name, why));
            }
        }
        out
    }

    /// Rulings in force, in order.
    #[must_use]
    pub fn rulings(&self) -> Vec<Ruling> {
        let undone = self.undone();
        let ruling = |l: &Line| match &l.act {
            Act::Ruled { finding, verdict, why, by } if !undone.contains(&l.line) => Some(Ruling {
                finding: finding.clone(),
                verdict: *verdict,
                why: why.clone(),
                by: by.clone(),
                when: l.when,
            }),
            _ => None,
        };
        self.lines.iter().filter_map(ruling).collect()
    }

    /// What people hold, as far as it is in force.
    #[must_use]
    pub fn judgement(&self) -> Judgement {
        let undone = self.undone();
        let mut out = Judgement::default();
        for line in &self.lines {
            if let Act::Judged { items, .. } = &line.act
                && !undone.contains(&line.line)
            {
                items.iter().cloned().for_each(|item| out.put(item));
            }
        }
        out
    }

    /// The acts as a report tells them: seals stand with the act of adding, derived work is left out.
    #[must_use]
    pub fn acts(&self) -> Vec<ActLine> {
        let mut seals: BTreeMap<u64, Vec<String>> = BTreeMap::new();
        for line in &self.lines {
            if let Act::Sealed { adding, sha256, .. } = &line.act {
                seals.entry(*adding).or_default().push(sha256.clone());
            }
        }
        let told = |l: &Line| {
            let (act, about, by) = l.act.told()?;
            let seals = seals.remove(&l.line).unwrap_or_default();
            Some(ActLine { line: l.line, when: l.when, act: act.to_owned(), about, by, seals, hash: l.hash.clone() })
        };
        self.lines.iter().filter_map(told).collect()
    }

    /// Checks against leak seals in force, the last of each seal, with their line numbers.
    #[must_use]
    pub fn checks(&self) -> Vec<(u64, &Act)> {
        let undone = self.undone();
        let mut last: BTreeMap<&str, (u64, &Act)> = BTreeMap::new();
        for line in self.lines.iter().filter(|l| !undone.contains(&l.line)) {
            if let Act::Checked { seal, .. } = &line.act {
                last.insert(seal, (line.line, &line.act));
            }
        }
        last.into_values().collect()
    }

    /// The last act that can be taken back: a ruling, a judgement, a check against a seal, or the last evidence added.
    #[must_use]
    pub fn last_act(&self) -> Option<&Line> {
        let undone = self.undone();
        let full = |line: u64| self.seals_of(line) > 0;
        self.lines.iter().rev().find(|l| match &l.act {
            Act::Ruled { .. } | Act::Judged { .. } | Act::Checked { .. } => !undone.contains(&l.line),
            Act::Adding { .. } => !undone.contains(&l.line) && full(l.line),
            _ => false,
        })
    }

    /// How many files were sealed under this `adding` line.
    #[must_use]
    pub fn seals_of(&self, line: u64) -> usize {
        let of = |l: &&Line| matches!(l.act, Act::Sealed { adding, .. } if adding == line);
        self.lines.iter().filter(of).count()
    }
}
