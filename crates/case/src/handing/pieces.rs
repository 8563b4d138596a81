//! Every piece of evidence with its seal, in the order it is read; and the bytes of those to be shown.

use crate::{Case, Error, Run};
use evidence::{Closed, Opened, Sink};
use handover::merkle::{self, Hash};
use handover::{Piece, Proof};
use model::{EvidenceId, Note, Place, Record, Span};
use std::collections::BTreeMap;

/// Sealed files and all that is inside them.
#[derive(Default)]
pub(super) struct Pieces {
    /// In the order they were opened.
    pub list: Vec<Piece>,
    /// Bytes of those to be shown.
    pub shown: BTreeMap<EvidenceId, Vec<u8>>,
    known: BTreeMap<EvidenceId, usize>,
    show: Vec<EvidenceId>,
    most: u64,
}

impl Pieces {
    /// Reads all evidence of the case again.
    pub(super) fn of(case: &Case, show: &[EvidenceId], run: &Run<'_>) -> Result<Self, Error> {
        let mut out =
            Self { show: show.to_vec(), most: case.settings().limits.whole.saturating_add(1), ..Self::default() };
        let inputs = case.inputs();
        run.progress.stage("sealing", inputs.iter().map(|i| i.bytes).sum());
        for input in &inputs {
            evidence::read(&case.root(input)?, case.settings(), run.isolate, &mut out);
            if let Some(at) = out.known.get(&input.id) {
                out.list[*at].sha256.clone_from(&input.sha256);
            }
            run.progress.step(input.bytes);
        }
        Ok(out)
    }

    /// The leaves of the tree.
    pub(super) fn leaves(&self) -> Vec<Hash> {
        self.list.iter().map(|p| p.leaf().unwrap_or_else(|| merkle::leaf(b""))).collect()
    }

    /// That a piece is among them.
    pub(super) fn proof(&self, id: EvidenceId, file: &str, leaves: &[Hash]) -> Option<Proof> {
        let at = *self.known.get(&id)?;
        let piece = &self.list[at];
        Some(Proof {
            id: piece.id.clone(),
            file: file.to_owned(),
            sha256: piece.sha256.clone(),
            bytes: piece.bytes,
            at: at as u64,
            of: leaves.len() as u64,
            path: merkle::path(leaves, at)?.iter().map(|h| handover::hex(h)).collect(),
        })
    }
}

impl Sink for Pieces {
    fn opened(&mut self, opened: &Opened) {
        let parent = opened.parent.map(|p| p.to_string()).unwrap_or_default();
        // What stands in two places of one file has one id only once.
        self.known.insert(opened.id, self.list.len());
        self.list.push(Piece { id: opened.id.to_string(), parent, sha256: String::new(), bytes: 0 });
    }

    fn record(&mut self, _: Place, _: &Record<'_>) {}

    fn note(&mut self, _: Note) {}

    fn closed(&mut self, closed: &Closed) {
        if let Some(at) = self.known.get(&closed.id) {
            let piece = &mut self.list[*at];
            piece.bytes = closed.bytes;
            if let Some(sha256) = closed.sha256 {
                piece.sha256 = crate::hex(&sha256);
            }
        }
    }

    // No row of a table is looked at; only what is inside files is.
    fn wants(&self, _: EvidenceId, _: Span) -> bool {
        false
    }

    fn wanted(&self, evidence: EvidenceId) -> Vec<Span> {
        if self.show.contains(&evidence) { vec![Span::WHOLE] } else { Vec::new() }
    }

    fn most(&self) -> u64 {
        self.most
    }

    fn bytes(&mut self, place: Place, bytes: &[u8]) {
        self.shown.insert(place.evidence, bytes.to_vec());
    }
}
