//! Where in the evidence something stands.

use crate::EvidenceId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A position inside one piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte, or the row's number, both counted from 0 in the *decoded* bytes of that evidence.
    pub at: u64,
    /// Length in bytes; [`Span::ROW`] when `at` is a row, [`Span::ALL`] when all of the evidence is meant.
    pub len: u32,
}

impl Span {
    /// Marks `at` as a row number.
    pub const ROW: u32 = 0;
    /// Marks a span as the whole of its evidence.
    pub const ALL: u32 = u32::MAX;
    /// All of the evidence.
    pub const WHOLE: Self = Self { at: 0, len: Self::ALL };

    /// Bytes `start .. start + len`. A length that does not fit is cut to the largest that does.
    #[must_use]
    pub fn bytes(start: u64, len: u64) -> Self {
        Self { at: start, len: u32::try_from(len).unwrap_or(Self::ALL - 1).clamp(1, Self::ALL - 1) }
    }

    /// Row `n`, counted from 0, of a table without meaningful byte positions.
    #[must_use]
    pub fn row(n: u64) -> Self {
        Self { at: n, len: Self::ROW }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len {
            Self::ROW => write!(f, "row {}", self.at),
            Self::ALL => write!(f, "all"),
            len => write!(f, "bytes {}-{}", self.at, self.at.saturating_add(u64::from(len))),
        }
    }
}

/// A position in the case: which evidence, and where in it. The way from any claim back to the bytes that say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The evidence.
    pub evidence: EvidenceId,
    /// The position in it.
    pub span: Span,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.evidence, self.span)
    }
}
