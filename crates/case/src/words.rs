//! The words behind the witnesses: a second look at the evidence, for the few places that a report quotes.

use crate::reading::{Input, Segments};
use crate::{Case, Error, Run};
use evidence::{Closed, Opened, Sink};
use model::{Dossier, EvidenceId, Note, Place, Quote, Record, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a record's words that a report quotes.
const QUOTED: usize = 320;

/// Collects the words at some places.
struct Listener<'a> {
    wanted: &'a BTreeSet<Place>,
    heard: BTreeMap<Place, Quote>,
}

impl Sink for Listener<'_> {
    fn opened(&mut self, _: &Opened) {}
    fn note(&mut self, _: Note) {}
    fn closed(&mut self, _: &Closed) {}
    fn seals(&self) -> bool {
        false
    }
    fn wants(&self, evidence: EvidenceId, span: Span) -> bool {
        self.wanted.contains(&Place { evidence, span })
    }
    fn record(&mut self, place: Place, record: &Record<'_>) {
        if self.wanted.contains(&place) {
            let (title, text) = record.words();
            let words = if title.is_empty() { text.to_owned() } else { format!("{title} — {text}") };
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            self.heard.entry(place).or_insert_with(|| Quote::from(words).short(QUOTED));
        }
    }
}

/// Fills in the words of every witness.
pub(crate) fn fill(case: &Case, segments: &Segments, dossier: &mut Dossier, run: &Run<'_>) -> Result<(), Error> {
    let wanted: BTreeSet<Place> = dossier.findings.iter().flat_map(|f| f.witnesses.get()).map(|w| w.place).collect();
    let roots = roots_of(segments, &wanted.iter().map(|p| p.evidence).collect())?;
    let read: BTreeSet<EvidenceId> = roots.values().copied().collect();
    let mut listener = Listener { wanted: &wanted, heard: BTreeMap::new() };
    for input in segments.inputs.iter().filter(|i| read.contains(&i.id)) {
        evidence::read(&case.root(input)?, case.settings(), run.isolate, &mut listener);
    }
    for finding in &mut dossier.findings {
        for witness in finding.witnesses.get_mut() {
            witness.words = listener.heard.get(&witness.place).cloned().unwrap_or_default();
        }
    }
    Ok(())
}

/// The input in which each piece of evidence lies.
pub(crate) fn roots_of(
    segments: &Segments,
    wanted: &BTreeSet<EvidenceId>,
) -> Result<BTreeMap<EvidenceId, EvidenceId>, Error> {
    let inputs: BTreeSet<EvidenceId> = segments.inputs.iter().map(|i: &Input| i.id).collect();
    let mut out: BTreeMap<EvidenceId, EvidenceId> =
        wanted.iter().filter(|id| inputs.contains(id)).map(|id| (*id, *id)).collect();
    if out.len() == wanted.len() {
        return Ok(out);
    }
    for (folder, _) in &segments.pages {
        let path = folder.join("names.parquet");
        crate::columns::read(&path, &[0, 1, 2], None, &mut |n, _| {
            for ((id, root), space) in n[0].iter().zip(&n[1]).zip(&n[2]) {
                let id = EvidenceId(*id as u64);
                if *space == crate::segment::UNPACKED && wanted.contains(&id) {
                    out.insert(id, EvidenceId(*root as u64));
                }
            }
        })
        .map_err(|e| crate::segment::derived(&path, &e))?;
    }
    Ok(out)
}
