//! What could not be read, and anything else a reader must know of the evidence.

use crate::{EvidenceId, Quote, Span};
use serde::{Deserialize, Serialize};

/// What sort of trouble a [`Note`] tells of. Decides whether the exit code says "not read whole".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// No format recognised these bytes: sealed and listed, not read.
    Unrecognised,
    /// The bytes break their format's rules here; the rest was read.
    Malformed,
    /// The bytes end before their format says they should.
    Truncated,
    /// A stated bound was reached (depth, count, ratio, bytes); what lies beyond was not read.
    Limit,
    /// Encrypted, and so not readable.
    Encrypted,
    /// Text not in the encoding it claims; undecodable bytes were replaced.
    Encoding,
    /// A time is missing or absurd; the record was kept without it.
    Time,
    /// Times are coarser than a window in use.
    Resolution,
    /// The reader failed in a way it should not have: a bug to report.
    Bug,
    /// Two different names hash to one id.
    Collision,
    /// Worth knowing, nothing lost.
    Info,
}

impl Code {
    /// True where something in the evidence was not read whole (exit code 3).
    #[must_use]
    pub fn incomplete(self) -> bool {
        !matches!(self, Self::Info | Self::Resolution | Self::Time | Self::Encoding)
    }

    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unrecognised => "unrecognised",
            Self::Malformed => "malformed",
            Self::Truncated => "truncated",
            Self::Limit => "limit",
            Self::Encrypted => "encrypted",
            Self::Encoding => "encoding",
            Self::Time => "time",
            Self::Resolution => "resolution",
            Self::Bug => "bug",
            Self::Collision => "collision",
            Self::Info => "info",
        }
    }
}

/// Something a reader of the case must know about a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// Which evidence.
    pub evidence: EvidenceId,
    /// What sort of trouble.
    pub code: Code,
    /// Where the first of them stands.
    pub span: Span,
    /// What happened, in plain words. May contain words from evidence.
    pub text: Quote,
    /// How many times the same thing happened in this evidence (1 for once).
    pub times: u64,
}
