//! What can stop a case: never evidence, only the place it lives in or a wrong question.

use std::path::{Path, PathBuf};

/// The tool can't. Every variant has a hint.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Disk trouble.
    #[error("cannot {verb} {}: {source}", path.display())]
    Io {
        /// `read`, `write`, `make`, …
        verb: &'static str,
        /// What.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Nothing there.
    #[error("{} is not a case", .0.display())]
    NotACase(PathBuf),
    /// Nothing was investigated yet.
    #[error("{} has not been investigated yet", .0.display())]
    NoDossier(PathBuf),
    /// Another process works on it.
    #[error("{} is in use by another unspool", .0.display())]
    Busy(PathBuf),
    /// `case.toml` is wrong.
    #[error("{}: {why}", path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// Where and what.
        why: String,
    },
    /// The ledger's chain is broken.
    #[error("the ledger is broken at line {line}: {why}")]
    Ledger {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// Nothing has this id.
    #[error("nothing in this case has the id {0}")]
    Unknown(String),
    /// Several things have this id's beginning.
    #[error("{id} is the beginning of {count} ids")]
    Ambiguous {
        /// As asked.
        id: String,
        /// How many.
        count: usize,
    },
    /// There is no act to take back.
    #[error("there is nothing to take back")]
    NothingToUndo,
    /// No such export, kind, …
    #[error("there is no {what} called {id}")]
    NoSuch {
        /// `export`, `format`, …
        what: &'static str,
        /// As asked.
        id: String,
    },
    /// A judgement names what is not there, or is not well formed.
    #[error("{0}")]
    Judgement(String),
    /// A handover cannot be made or read.
    #[error("{0}")]
    Handover(String),
    /// Work that was made before cannot be read back.
    #[error("derived work in {} cannot be read: {why}", path.display())]
    Derived {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

impl Error {
    /// Disk trouble, with what was tried.
    pub(crate) fn io(verb: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { verb, path, source }
    }

    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Io { verb: "read", .. } => "check the path and that you may read it",
            Self::Io { .. } => "check that the disk has room and that you may write there",
            Self::NotACase(_) => "a case is the folder given to `unspool investigate … -o CASE`",
            Self::NoDossier(_) => "run `unspool investigate -o CASE` on it first",
            Self::Busy(_) => "wait for it to end; a lock left by a killed process goes away by itself",
            Self::Settings { .. } => "the settings are described in docs/settings.md",
            Self::Ledger { .. } => "someone or something changed it: restore ledger.jsonl from a copy",
            Self::Unknown(_) => "ids stand in the report and start with e:, a:, t:, n: or f:",
            Self::Ambiguous { .. } => "give more of its digits",
            Self::NothingToUndo => "`unspool undo` takes back the last ruling, judgement or evidence added",
            Self::NoSuch { .. } => "`unspool list` shows what there is",
            Self::Judgement(_) => "the form is described in docs/judgement.md; nothing was written down",
            Self::Handover(_) => "handovers are described in docs/custody.md",
            Self::Derived { .. } => "delete the case's derived folder: everything in it can be made again",
        }
    }

    /// True when the question was wrong, not the world (exit code 2).
    #[must_use]
    pub fn asked_wrongly(&self) -> bool {
        matches!(
            self,
            Self::Settings { .. }
                | Self::Unknown(_)
                | Self::Ambiguous { .. }
                | Self::NothingToUndo
                | Self::NoSuch { .. }
                | Self::Judgement(_)
        )
    }
}
