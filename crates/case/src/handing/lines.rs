//! The ledger as it is handed on: whole lines, and lines of which only the hash is shown.
//!
//! A withheld line keeps its number, its time and its hash. The chain still ties every shown line to the one before it;
//! what a withheld line says, and that its hash is its own, rests on the signature.

use crate::ledger::{Line, digest};
use model::When;
use serde::{Deserialize, Serialize};

/// A line of which only the hash is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Withheld {
    line: u64,
    when: When,
    /// Always `act`; makes the line unlike any other.
    withheld: String,
    hash: String,
}

/// As it is written.
pub(super) fn shown(line: &Line) -> String {
    serde_json::to_string(line).unwrap_or_default()
}

/// As it is written where its words stay here.
pub(super) fn withheld(line: &Line) -> String {
    let line = Withheld { line: line.line, when: line.when, withheld: "act".to_owned(), hash: line.hash.clone() };
    serde_json::to_string(&line).unwrap_or_default()
}

/// What a ledger that was handed on comes to.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Lines.
    pub lines: u64,
    /// Of which withheld.
    pub withheld: u64,
    /// Hash of the last.
    pub tip: String,
    /// Whole lines.
    pub whole: Vec<Line>,
    /// What is wrong, by line.
    pub wrong: Vec<String>,
}

/// Follows the chain.
pub(super) fn follow(text: &str) -> Told {
    let mut out = Told::default();
    for row in text.lines() {
        let expected = out.lines;
        let act = format!("act {}", expected + 1);
        let (line, hash, whole) = match (serde_json::from_str::<Line>(row), serde_json::from_str::<Withheld>(row)) {
            (Ok(line), _) => (line.line, line.hash.clone(), Some(line)),
            (_, Ok(line)) => (line.line, line.hash.clone(), None),
            (Err(e), _) => {
                out.wrong.push(format!("{act} cannot be read: {e}"));
                out.lines += 1;
                continue;
            }
        };
        if line != expected {
            out.wrong.push(format!("{act} is missing or out of order: here stands act {}", line.saturating_add(1)));
        } else if let Some(line) = &whole
            && line.hash != digest(&out.tip, line.line, line.when, &line.act)
        {
            out.wrong.push(format!("{act} or the one before it was changed: its hash does not follow"));
        }
        if whole.as_ref().is_some_and(|l| shown(l) != row) {
            out.wrong.push(format!("{act} is not written as the ledger writes it"));
        }
        out.withheld += u64::from(whole.is_none());
        out.whole.extend(whole);
        out.tip = hash;
        out.lines = line.saturating_add(1);
    }
    out
}
