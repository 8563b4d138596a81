//! The case itself: sealed evidence, the incident, the report that holds all of it.

use super::bundle::{Bundle, map, time, told};
use super::{markings, observables};
use crate::words;
use model::{ActLine, EvidenceLine, Verdict, When};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Most pieces of evidence told one by one; all seals are in the ledger and under one digest.
pub const EVIDENCE: usize = 5000;

/// Who is told of in the case as a whole.
pub fn incident(b: &mut Bundle<'_>) -> String {
    let d = b.dossier;
    let upheld = d.findings.iter().any(|f| d.ruling(&f.id).is_some_and(|r| r.verdict == Verdict::Upheld));
    let core = json!({
        "extension_type": "property-extension",
        "determination": if upheld { "confirmed" } else { "suspected" },
        "investigation_status": "open",
    });
    let mut extensions = map(b.ours(json!({
        "case": {"synthetic": d.synthetic, "evidence_digest": d.method.evidence_digest, "tool": d.method.version},
        "custody": custody(&d.acts),
    })));
    extensions.insert(markings::INCIDENT_CORE.to_owned(), core);
    let who = map(json!({"name": title(b)}));
    b.sdo("incident", who, json!({"description": summary(b), "extensions": extensions}))
}

/// Title of the case for people.
pub fn title(b: &Bundle<'_>) -> String {
    let d = b.dossier;
    let title = if d.title.is_empty() { "A case without a title".to_owned() } else { told(&d.title) };
    if d.synthetic { format!("SYNTHETIC: {title}") } else { title }
}

fn summary(b: &Bundle<'_>) -> String {
    let d = b.dossier;
    let mut out = String::new();
    if d.synthetic {
        out.push_str(&format!("{} ", words::SYNTHETIC));
    }
    if !d.question.is_empty() {
        out.push_str(&format!("Question: {} ", told(&d.question)));
    }
    out.push_str(&d.answer.iter().map(|s| told(&words::ours(s))).collect::<Vec<_>>().join(" "));
    out.trim().to_owned()
}

/// Acts of the ledger with their hashes: who did what when.
fn custody(acts: &[ActLine]) -> Value {
    let line = |a: &ActLine| {
        json!({"line": a.line, "when": time(a.when), "act": a.act, "about": told(&a.about), "by": told(&a.by),
               "seals": a.seals.len(), "hash": a.hash})
    };
    acts.iter().map(line).collect()
}

/// Sealed evidence, as observed when it was sealed. Returns the observables by evidence id.
pub fn evidence(b: &mut Bundle<'_>) -> BTreeMap<String, String> {
    let d = b.dossier;
    let mut sealed: BTreeMap<&str, When> = BTreeMap::new();
    for act in &d.acts {
        for seal in &act.seals {
            sealed.entry(seal).or_insert(act.when);
        }
    }
    let cited: BTreeSet<String> =
        d.findings.iter().flat_map(|f| f.witnesses.get()).map(|w| w.place.evidence.to_string()).collect();
    let wanted = |e: &&EvidenceLine| e.parent.is_none() || cited.contains(&e.id);
    let mut out = BTreeMap::new();
    for e in d.evidence.iter().filter(wanted).take(EVIDENCE) {
        let file = observables::evidence(b, e);
        if e.parent.is_none() {
            let when = sealed.get(e.sha256.as_str()).copied().unwrap_or_else(|| d.made());
            seal(b, e, &file, when);
        }
        out.insert(e.id.clone(), file);
    }
    out
}

fn seal(b: &mut Bundle<'_>, e: &EvidenceLine, file: &str, when: When) {
    let names: Vec<String> = e.names.iter().map(told).collect();
    let extension = b.ours(json!({"custody": {
        "evidence": e.id, "names": names, "sha256": e.sha256, "bytes": e.bytes, "format": e.format,
        "records": e.records, "layout": told(&e.layout), "sealed": time(when),
    }}));
    let who = map(json!({"first_observed": time(when), "last_observed": time(when), "number_observed": 1,
                         "object_refs": [file]}));
    b.sdo("observed-data", who, json!({ "extensions": extension }));
}

/// The report that holds everything, made last.
pub fn report(b: &mut Bundle<'_>) {
    let who = map(json!({"name": title(b)}));
    let kinds = json!(["campaign", "observed-data"]);
    let rest = json!({
        "description": summary(b),
        "report_types": kinds,
        "published": time(b.dossier.changed()),
        "object_refs": b.held(),
    });
    b.sdo("report", who, rest);
}
