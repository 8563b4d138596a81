//! Any bytes, read as a mail and judged; then the same bytes as an archive of DNS records.
#![no_main]

use evidence::{Closed, Opened, Root, Sink};
use libfuzzer_sys::fuzz_target;
use model::{EvidenceId, Note, Place, Quote, Record, Settings};
use std::sync::Arc;
use triage::{Archive, Context, Sealed};

struct Judge(Context);

impl Sink for Judge {
    fn opened(&mut self, _: &Opened) {}
    fn record(&mut self, place: Place, record: &Record<'_>) {
        if let Record::Mail(mail) = record {
            let sealed = Sealed { document: "a".into(), part: "0".into(), run: 60 };
            for sheet in [triage::judge(mail, place, &self.0, &[]), triage::judge(mail, place, &self.0, &[sealed])] {
                let _ = triage::page(&sheet);
            }
            let _ = triage::safe_view(mail);
        }
    }
    fn note(&mut self, _: Note) {}
    fn closed(&mut self, _: &Closed) {}
}

fuzz_target!(|data: &[u8]| {
    let at = data.iter().position(|b| *b == 0).unwrap_or(data.len());
    let (mail, archive) = data.split_at(at);
    let mut context = Context::default();
    context.settings.protect = vec!["party.example".to_owned(), "ann@box.example".to_owned()];
    context.archive = Archive::read(&String::from_utf8_lossy(archive)).ok();
    let (id, name) = (EvidenceId(1), Quote::from("fuzz.eml"));
    let root = Root { id, sha256: [0; 32], name, bytes: Arc::new(mail.to_vec()) };
    evidence::read(&root, &Settings::default(), None, &mut Judge(context));
});
