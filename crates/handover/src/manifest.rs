//! What a handover says it holds: every file with its hash, the evidence it stands for, the state of the ledger.

use crate::merkle::{self, Hash};
use serde::{Deserialize, Serialize};

/// Version of the shape.
pub const SHAPE: u32 = 1;

/// A file of the handover.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its path inside.
    pub path: String,
    /// Length.
    pub bytes: u64,
    /// Lower-case hex.
    pub sha256: String,
}

/// All evidence of the case, as one number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Whole {
    /// How many pieces: files, and things inside them.
    pub pieces: u64,
    /// Merkle root over them, lower-case hex (see [`piece`]).
    pub root: String,
    /// True where `evidence.jsonl` lists them all.
    pub listed: bool,
}

/// The state of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Acts {
    /// How many lines it has.
    pub lines: u64,
    /// Hash of the last, lower-case hex.
    pub tip: String,
    /// How many of them are here by their hash only.
    pub withheld: u64,
}

/// The list of what is inside and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// [`SHAPE`].
    pub unspool_handover: u32,
    /// Version of the tool.
    pub version: String,
    /// For whom; empty when nobody was named.
    pub to: String,
    /// Marking of the Traffic Light Protocol.
    pub tlp: String,
    /// When the ledger's last line was written, ISO 8601: what is here is the case of that moment.
    pub as_of: String,
    /// Ids of the findings it was cut to; empty for all.
    pub only: Vec<String>,
    /// Sorts of names that were replaced.
    pub redacted: Vec<String>,
    /// The evidence.
    pub evidence: Whole,
    /// The ledger.
    pub ledger: Acts,
    /// SHA-256 of the whole case's dossier, lower-case hex.
    pub dossier: String,
    /// Files, by path; this list and its signature are not among them.
    pub files: Vec<Entry>,
    /// Merkle root over the files: leaves are `SHA-256 bytes of the path, NUL, SHA-256 of the bytes`.
    pub files_root: String,
}

impl Manifest {
    /// As it is written and signed.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// Root over files.
#[must_use]
pub fn files_root(files: &[Entry]) -> String {
    let leaf = |f: &Entry| merkle::leaf(format!("{}\0{}", f.path, f.sha256).as_bytes());
    crate::hex(&merkle::root(&files.iter().map(leaf).collect::<Vec<_>>()))
}

/// The leaf of a piece of evidence: its SHA-256, then its length in eight bytes, most significant first.
#[must_use]
pub fn piece(sha256: &Hash, bytes: u64) -> Hash {
    merkle::leaf(&[&sha256[..], &bytes.to_be_bytes()].concat())
}

/// A line of `evidence.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// `e:` id.
    pub id: String,
    /// Id of what it was inside of; empty for a sealed file.
    pub parent: String,
    /// Lower-case hex.
    pub sha256: String,
    /// Length.
    pub bytes: u64,
}

impl Piece {
    /// Its leaf; `None` where the hash is none.
    #[must_use]
    pub fn leaf(&self) -> Option<Hash> {
        Some(piece(&crate::unhex(&self.sha256)?, self.bytes))
    }
}

/// Proof that a piece was in the set: everything to compute the root with but the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// `e:` id.
    pub id: String,
    /// Where in the handover its bytes are.
    pub file: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// Length.
    pub bytes: u64,
    /// Its number among the pieces, from 0.
    pub at: u64,
    /// How many pieces there are.
    pub of: u64,
    /// Hashes from it to the root, lower-case hex.
    pub path: Vec<String>,
}

impl Proof {
    /// What is wrong with it against a root; `None` when it holds.
    #[must_use]
    pub fn wrong(&self, whole: &Whole) -> Option<&'static str> {
        let path: Option<Vec<Hash>> = self.path.iter().map(|h| crate::unhex(h)).collect();
        let (Some(sha256), Some(path), Some(root)) = (crate::unhex(&self.sha256), path, crate::unhex(&whole.root))
        else {
            return Some("a hash in it is not one");
        };
        if self.of != whole.pieces {
            return Some("it speaks of another number of pieces");
        }
        let holds = merkle::leads(&piece(&sha256, self.bytes), self.at, self.of, &path, &root);
        (!holds).then_some("its path does not lead to the root")
    }
}
