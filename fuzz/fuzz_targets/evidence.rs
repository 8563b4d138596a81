//! Any bytes, read as evidence: the first byte says in which format, or (beyond the registry) that it is to be found out.
#![no_main]

use evidence::{Closed, FORMATS, Opened, Root, Sink, read_as};
use libfuzzer_sys::fuzz_target;
use model::{Code, EvidenceId, Limits, Note, Place, Quote, Record, Settings};
use std::sync::Arc;

struct NoBugs;

impl Sink for NoBugs {
    fn opened(&mut self, _: &Opened) {}
    fn record(&mut self, _: Place, _: &Record<'_>) {}
    fn note(&mut self, note: Note) {
        assert!(note.code != Code::Bug, "{note:?}");
    }
    fn closed(&mut self, _: &Closed) {}
}

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let format = FORMATS.get(usize::from(*first)).copied();
    let limits = Limits { row: 1 << 12, whole: 1 << 20, children: 200, depth: 3, ..Limits::default() };
    let settings = Settings { limits, ..Settings::default() };
    let name = Quote::from("fuzz");
    let root = Root { id: EvidenceId(1), sha256: [0; 32], name, bytes: Arc::new(bytes.to_vec()) };
    read_as(&root, format, &settings, None, &mut NoBugs);
});
