//! Custody as CASE/UCO: sealed files with their hashes, the acts of the ledger as investigative actions, who and with
//! what. Findings and judgements are not told: the ontology has no place for what chance would give.
//! Source: CASE 1.4, UCO 1.4.

use crate::stix::{ids, map, time, told};
use crate::{Export, json, words};
use model::{ActLine, Card, Dossier, EvidenceLine};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card { id: "case-uco", about: "custody of the evidence as CASE/UCO", source: "CASE 1.4; UCO 1.4" },
    extension: "jsonld",
    write,
};

/// Most pieces of evidence told.
const EVIDENCE: usize = 20_000;

fn id(kind: &str, of: Value) -> String {
    format!("kb:{kind}-{}", ids::uuid(&map(json!({"case": kind, "of": of}))))
}

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let tool = id("tool", json!(d.method.version));
    let mut graph = vec![json!({
        "@id": tool, "@type": "uco-tool:Tool", "uco-core:name": "Unspool", "uco-tool:version": d.method.version,
    })];
    let files: BTreeMap<&str, String> =
        roots(d).map(|e| (e.sha256.as_str(), id("file", json!([e.id, e.sha256])))).collect();
    for e in roots(d) {
        graph.extend(file(e));
    }
    for act in &d.acts {
        graph.extend(action(act, &tool, &files));
    }
    let mut objects: Vec<Value> = graph.iter().filter_map(|o| Some(json!({"@id": o.get("@id")?}))).collect();
    objects.truncate(EVIDENCE * 2);
    let made_up = if d.synthetic { format!(" {}", words::SYNTHETIC) } else { String::new() };
    graph.push(json!({
        "@id": id("investigation", json!([d.title.raw(), time(d.made())])), "@type": "case-investigation:Investigation",
        "uco-core:name": format!("Case: {}", told(&d.title)),
        "uco-core:description": format!("{}{made_up}", told(&d.question)).trim(),
        "uco-core:object": objects,
    }));
    let whole = json!({
        "@context": {
            "case-investigation": "https://ontology.caseontology.org/case/investigation/",
            "kb": "urn:unspool:case:", "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
            "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
            "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
            "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
            "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
            "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": graph,
    });
    json::pretty(&whole, out)
}

/// Sealed files; things inside containers are found again from them.
fn roots(d: &Dossier) -> impl Iterator<Item = &EvidenceLine> {
    d.evidence.iter().filter(|e| e.parent.is_none() && e.sha256.len() == 64).take(EVIDENCE)
}

fn file(e: &EvidenceLine) -> Vec<Value> {
    let node = id("file", json!([e.id, e.sha256]));
    let facet = |kind: &str| id(kind, json!([e.id, e.sha256]));
    let hash = json!({
        "@id": facet("hash"), "@type": "uco-types:Hash",
        "uco-types:hashMethod": "SHA256",
        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": e.sha256.to_uppercase()},
    });
    let name = e.names.first().map_or_else(|| e.id.clone(), told);
    let facets = json!([
        {"@id": facet("file-facet"), "@type": "uco-observable:FileFacet", "uco-observable:fileName": name,
         "uco-observable:sizeInBytes": {"@type": "xsd:integer", "@value": e.bytes.to_string()}},
        {"@id": facet("content-facet"), "@type": "uco-observable:ContentDataFacet", "uco-observable:hash": [hash]},
    ]);
    let provenance = json!({
        "@id": id("provenance", json!([e.id, e.sha256])), "@type": "case-investigation:ProvenanceRecord",
        "case-investigation:exhibitNumber": e.id, "uco-core:object": [{"@id": node}],
    });
    vec![json!({"@id": node, "@type": "uco-observable:File", "uco-core:hasFacet": facets}), provenance]
}

fn action(a: &ActLine, tool: &str, files: &BTreeMap<&str, String>) -> Vec<Value> {
    let mut out = Vec::new();
    let at = json!({"@type": "xsd:dateTime", "@value": time(a.when)});
    let mut action = map(json!({
        "@id": id("act", json!([a.line, a.hash])), "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": a.act, "uco-core:description": format!("line {}, {}, hash {}", a.line, told(&a.about), a.hash),
        "uco-action:startTime": at, "uco-action:endTime": at, "uco-action:instrument": [{"@id": tool}],
    }));
    if !a.by.is_empty() {
        let who = id("person", json!(told(&a.by)));
        out.push(json!({"@id": who, "@type": "uco-identity:Person", "uco-core:name": told(&a.by)}));
        action.insert("uco-action:performer".to_owned(), json!({ "@id": who }));
    }
    let results: Vec<Value> =
        a.seals.iter().filter_map(|s| files.get(s.as_str())).map(|f| json!({ "@id": f })).collect();
    if !results.is_empty() {
        action.insert("uco-action:result".to_owned(), Value::Array(results));
    }
    out.push(Value::Object(action));
    out
}
