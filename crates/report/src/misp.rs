//! The case as a MISP event, natively: strict object templates, references between objects, tags of taxonomies and
//! galaxies by name. (MISP's own converter from STIX keeps no references.)
//!
//! Wrong where: times as intervals, likelihood ratios and the ledger have no place in MISP; they stand as words in
//! annotations. Source: MISP core format; misp-objects; misp-taxonomies (tlp, admiralty-scale, estimative-language).

use crate::stix::{domain_name, ids, map, time, told};
use crate::{Export, held, json, words};
use model::{ActorLine, Card, Confidence, Dossier, EvidenceLine, Finding, Likelihood, Question, Sort, Statement};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "misp",
        about: "the case as a MISP event with objects, references and tags",
        source: "MISP core format; misp-objects; misp-taxonomies",
    },
    extension: "json",
    write,
};

/// A template: name, uuid, version, category of its objects.
struct Template(&'static str, &'static str, &'static str, &'static str);

const ACCOUNT: Template = Template("user-account", "49606b06-22f0-4ac8-8eee-2f12ad46f3d3", "6", "misc");
const EMAIL: Template = Template("email", "a0c666e0-fc65-4be8-b48f-3423d788b552", "19", "network");
const DOMAIN: Template = Template("domain-ip", "43b3b146-77eb-4931-b4cc-b66c60f28734", "11", "network");
const FILE: Template = Template("file", "688c46fb-5edb-40a3-8273-1af7923e2215", "25", "file");
const NOTE: Template = Template("annotation", "5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", "3", "misc");
const REPORT: Template = Template("report", "70a68471-df22-4e3f-aa1a-5a3be19f82df", "8", "misc");

/// An attribute: relation in its object, type, category, value, tags.
type Attribute = (&'static str, &'static str, &'static str, String, Vec<String>);

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let mut event = Event { d, objects: BTreeMap::new(), pending: Vec::new() };
    let case = event.case();
    event.findings(&case);
    event.judgement(&case);
    json::pretty(&event.whole(), out)
}

/// A string's UUID in our namespace.
fn uuid(kind: &str, of: &Value) -> String {
    ids::uuid(&map(json!({"misp": kind, "of": of})))
}

struct Event<'a> {
    d: &'a Dossier,
    objects: BTreeMap<String, Value>,
    pending: Vec<(String, String, &'static str)>,
}

impl Event<'_> {
    fn stamp(&self) -> String {
        self.d.changed().unix().max(0).to_string()
    }

    /// An object of a template; attributes without a value are left out. Returns its uuid.
    fn object(&mut self, t: &Template, of: &Value, comment: &str, attributes: Vec<Attribute>) -> String {
        let id = uuid(t.0, of);
        let stamp = self.stamp();
        let attribute = |(relation, kind, category, value, tags): Attribute| {
            let tags: Vec<Value> = tags.into_iter().map(|t| json!({ "name": t })).collect();
            json!({
                "uuid": uuid("attribute", &json!([id, relation, value])), "object_relation": relation, "type": kind,
                "category": category, "value": value, "to_ids": false, "disable_correlation": false, "timestamp": stamp,
                "distribution": "5", "comment": "", "Tag": tags,
            })
        };
        let attributes: Vec<Value> = attributes.into_iter().filter(|a| !a.3.trim().is_empty()).map(attribute).collect();
        let object = json!({
            "uuid": id, "name": t.0, "template_uuid": t.1, "template_version": t.2, "meta-category": t.3,
            "description": "", "comment": comment, "distribution": "5", "timestamp": stamp, "Attribute": attributes,
            "ObjectReference": [],
        });
        self.objects.entry(id.clone()).or_insert(object);
        id
    }

    fn refer(&mut self, from: &str, kind: &'static str, to: &str) {
        if from != to {
            self.pending.push((from.to_owned(), to.to_owned(), kind));
        }
    }

    fn case(&mut self) -> String {
        let d = self.d;
        let mut summary: Vec<String> = d.answer.iter().map(|a| told(&words::ours(a))).collect();
        summary.insert(0, format!("Question: {}", told(&d.question)));
        let attributes = vec![
            ("title", "text", "Other", title(d), vec![]),
            ("summary", "text", "Other", summary.join(" "), vec![]),
            ("type", "text", "Other", "Case".to_owned(), vec![]),
        ];
        let case = self.object(&REPORT, &json!(["case", title(d)]), "the case", attributes);
        for e in d.evidence.iter().filter(|e| e.parent.is_none()).take(2000) {
            let file = self.evidence(e);
            self.refer(&case, "includes", &file);
        }
        case
    }

    fn evidence(&mut self, e: &EvidenceLine) -> String {
        let name = e.names.first().map_or_else(|| e.id.clone(), told);
        let seal = if e.sha256.len() == 64 { e.sha256.clone() } else { String::new() };
        let attributes = vec![
            ("filename", "filename", "Payload delivery", name, vec![]),
            ("sha256", "sha256", "Payload delivery", seal, vec![]),
            ("size-in-bytes", "size-in-bytes", "Other", e.bytes.to_string(), vec![]),
        ];
        self.object(&FILE, &json!([e.id, e.sha256]), &format!("sealed evidence {}", e.id), attributes)
    }

    fn actor(&mut self, a: &ActorLine) -> Option<String> {
        let name = told(&a.name);
        let (template, attribute): (&Template, Attribute) = match a.sort {
            Sort::Account => (&ACCOUNT, ("user-id", "text", "Other", name, vec![])),
            Sort::Mailbox => (&EMAIL, ("from", "email-src", "Payload delivery", name, vec![])),
            Sort::Site | Sort::Host if a.name.raw().parse::<std::net::IpAddr>().is_ok() => {
                (&DOMAIN, ("ip", "ip-dst", "Network activity", name, vec![]))
            }
            Sort::Site | Sort::Host if domain_name(a.name.raw()) => {
                (&DOMAIN, ("domain", "domain", "Network activity", name, vec![]))
            }
            Sort::File => (&FILE, ("filename", "filename", "Payload delivery", name, vec![])),
            _ => return None,
        };
        Some(self.object(template, &json!(a.id), &format!("{} {}", a.sort.word(), a.id), vec![attribute]))
    }

    /// A finding as an annotation that names its actors and the evidence that shows it.
    fn findings(&mut self, case: &str) {
        let d = self.d;
        let evidence: BTreeMap<&str, &EvidenceLine> = d.evidence.iter().map(|e| (e.id.as_str(), e)).collect();
        for f in &d.findings {
            let mut tags = vec![sure(f.confidence)];
            tags.extend(f.techniques.iter().map(|t| technique(&t.id, &t.name)));
            let note = self.note(&json!(["finding", f.id]), &f.id, description(d, f), tags);
            self.refer(case, "includes", &note);
            for a in f.actors.iter().filter_map(|a| words::actor(d, a.0)) {
                if let Some(actor) = self.actor(a) {
                    self.refer(&note, "annotates", &actor);
                }
            }
            for w in f.witnesses.get() {
                if let Some(e) = evidence.get(w.place.evidence.to_string().as_str()) {
                    let file = self.evidence(e);
                    self.refer(&note, "derived-from", &file);
                }
                let who = w.actor.and_then(|a| words::actor(d, a.0)).map_or_else(String::new, |a| told(&a.name));
                let when = w.when.map_or_else(|| "time not known".to_owned(), time);
                let text = format!("{when} {who} {}: {} [{}] {}", w.shows, told(&w.quote), w.place, told(&w.words));
                let seen = self.note(&json!(["witness", f.id, text]), "witness", text, vec![]);
                self.refer(&seen, "supports", &note);
            }
        }
    }

    fn note(&mut self, of: &Value, comment: &str, text: String, tags: Vec<String>) -> String {
        let kind = ("type", "text", "Other", "Annotation".to_owned(), vec![]);
        self.object(&NOTE, of, comment, vec![("text", "text", "Other", text, tags), kind])
    }

    fn judgement(&mut self, case: &str) {
        let j = &self.d.judgement;
        let mut by_id: BTreeMap<String, String> =
            self.d.findings.iter().map(|f| (f.id.clone(), uuid(NOTE.0, &json!(["finding", f.id])))).collect();
        for s in &j.statements {
            let id = self.statement(s);
            self.refer(case, "includes", &id);
            by_id.insert(s.id.clone(), id);
        }
        for s in &j.statements {
            for of in s.denies.iter().filter_map(|o| by_id.get(o)) {
                self.refer(&by_id[&s.id], "contradicts", of);
            }
        }
        for o in j.origins.iter().flat_map(|o| &o.statements) {
            if let (Some(from), Some(to)) = (by_id.get(&o.statement), by_id.get(&o.of)) {
                self.refer(from, "derived-from", to);
            }
        }
        for q in &j.questions {
            self.question(q, case, &mut by_id);
        }
        for w in &j.weights {
            let ratios: Vec<String> = w.ratios.iter().map(|r| format!("{}: {} to {}", r.0, r.1, r.2)).collect();
            let text = format!(
                "{} weighs {} on {}: {}. {} Independent: {}",
                w.id,
                w.items.join(", "),
                w.question,
                ratios.join(", "),
                told(&w.why),
                told(&w.independent)
            );
            let note = self.note(&json!(["weight", w.id]), &w.id, text, vec![]);
            for to in w.items.iter().chain([&w.question]).filter_map(|i| by_id.get(i)) {
                self.refer(&note, "annotates", to);
            }
        }
        for m in &j.sameness {
            let text = format!("{}: {} and {} are one actor. {}", m.id, told(&m.a), told(&m.b), told(&m.why));
            let note = self.note(&json!(["sameness", m.id]), &m.id, text, vec![likely(m.likelihood)]);
            self.refer(case, "includes", &note);
        }
        for c in &j.descents {
            let text = format!("{}: {}. {}", c.id, c.told(), told(&c.why));
            let note = self.note(&json!(["descent", c.id]), &c.id, text, vec![]);
            self.refer(case, "includes", &note);
        }
        for t in &j.techniques {
            let text =
                format!("{} {} in {}: “{}” {}", t.technique, t.known.word(), t.shown_by, told(&t.quote), told(&t.why));
            let note = self.note(
                &json!(["technique", t.technique, t.shown_by]),
                &t.technique,
                text,
                vec![technique(&t.technique, "")],
            );
            self.refer(case, "includes", &note);
        }
        for g in &j.grounds {
            let text = format!("{} {} ground {}: {}", g.openness.word(), g.aspect.word(), g.item, told(&g.text));
            let note = self.note(&json!(["ground", text]), "ground", text, vec![]);
            self.refer(case, "includes", &note);
        }
    }

    fn statement(&mut self, s: &Statement) -> String {
        let tags = vec![
            format!("admiralty-scale:source-reliability=\"{}\"", s.reliability.letter().to_ascii_lowercase()),
            format!("admiralty-scale:information-credibility=\"{}\"", s.credibility.number()),
        ];
        let address = s.place.raw().starts_with("https://")
            && !s.place.raw().contains(|c: char| c.is_whitespace() || c.is_control());
        let place = if address { s.place.raw().to_owned() } else { String::new() };
        let said = s.said.from.map_or_else(|| told(&s.said.words), |w| w.date());
        let attributes = vec![
            ("title", "text", "Other", format!("{} ({}, {said}) {}", told(&s.source), s.role.word(), s.id), vec![]),
            ("summary", "text", "Other", told(&s.words), tags),
            ("link", "link", "External analysis", place, vec![]),
        ];
        let comment = format!("statement at {}; speaks of {}", told(&s.place), told(&s.about.words));
        self.object(
            &REPORT,
            &json!(["statement", told(&s.source), told(&s.words), told(&s.place)]),
            &comment,
            attributes,
        )
    }

    fn question(&mut self, q: &Question, case: &str, by_id: &mut BTreeMap<String, String>) {
        let gaps: Vec<String> = q.gaps.iter().map(told).collect();
        let text = format!("{}: {} Not known: {}", q.id, told(&q.text), gaps.join("; "));
        let question = self.note(&json!(["question", q.id]), &q.id, text, vec![]);
        self.refer(case, "includes", &question);
        for h in &q.hypotheses {
            let mut tags: Vec<String> = h.likelihood.map(likely).into_iter().collect();
            tags.extend(h.confidence.map(sure));
            let text = format!("Hypothesis {}: {}", h.name, told(&h.text));
            let note =
                self.note(&json!(["hypothesis", q.id, h.name]), &format!("{}; {}", q.id, told(&h.because)), text, tags);
            self.refer(&note, "related-to", &question);
        }
        by_id.insert(q.id.clone(), question);
    }

    fn whole(mut self) -> Value {
        let pending: BTreeSet<(String, String, &'static str)> = std::mem::take(&mut self.pending).into_iter().collect();
        let stamp = self.stamp();
        for (from, to, kind) in pending {
            let id = uuid("reference", &json!([from, to, kind]));
            let known = self.objects.contains_key(&to);
            if let (true, Some(object)) = (known, self.objects.get_mut(&from)) {
                let reference = json!({
                    "uuid": id, "object_uuid": from, "referenced_uuid": to, "relationship_type": kind, "comment": "",
                    "timestamp": stamp,
                });
                if let Some(all) = object["ObjectReference"].as_array_mut() {
                    all.push(reference);
                }
            }
        }
        let d = self.d;
        let mut tags = vec![format!("tlp:{}", d.method.settings.case.tlp.word())];
        tags.extend(held::techniques(d).iter().map(|t| technique(&t.id, &t.name)));
        let tags: Vec<Value> = tags.into_iter().map(|t| json!({ "name": t })).collect();
        json!({"Event": {
            "uuid": uuid("event", &json!([title(d), time(d.made())])), "info": title(d), "date": d.made().date(),
            "threat_level_id": "4", "analysis": "1", "distribution": "0", "published": false, "timestamp": stamp,
            "Orgc": {"name": "Unspool", "uuid": uuid("org", &json!("Unspool"))}, "Tag": tags, "Attribute": [],
            "Object": self.objects.into_values().collect::<Vec<_>>(),
        }})
    }
}

fn title(d: &Dossier) -> String {
    let made_up = if d.synthetic { "SYNTHETIC: " } else { "" };
    let title = if d.title.is_empty() { "A case without a title".to_owned() } else { told(&d.title) };
    format!("{made_up}{title}")
}

fn description(d: &Dossier, f: &Finding) -> String {
    let innocent: Vec<String> = f.innocent.get().iter().map(|i| format!("{}. {}", i.what, i.check)).collect();
    let ruling =
        d.ruling(&f.id).map(|r| format!(" Ruling: {}: {}", r.verdict.word(), told(&r.why))).unwrap_or_default();
    let text = format!(
        "{}. {} {} {} Why: {} It could also be: {}",
        f.title,
        f.observed,
        words::seen(&f.chance),
        words::doubt(&f.chance),
        f.because,
        innocent.join(" Or: ")
    );
    told(&words::ours(&text)) + &ruling
}

/// The taxonomy `estimative-language` has ICD 203's words.
fn likely(l: Likelihood) -> String {
    let word = if l == Likelihood::RoughlyEven { "roughly-even-chance".to_owned() } else { l.word().replace(' ', "-") };
    format!("estimative-language:likelihood-probability=\"{word}\"")
}

fn sure(c: Confidence) -> String {
    format!("estimative-language:confidence-in-analytic-judgment=\"{}\"", c.word())
}

/// The galaxy's cluster by name: DISARM's by the name alone, ATT&CK's by name and number.
fn technique(id: &str, name: &str) -> String {
    let line = model::technique(id);
    let name = line.map_or_else(|| told(&words::ours(name)), |l| l.name.to_owned()).replace('"', "'");
    match line.map(|l| l.framework) {
        Some("ATT&CK") => {
            let own = name.rsplit(": ").next().unwrap_or(&name);
            format!("misp-galaxy:mitre-attack-pattern=\"{own} - {id}\"")
        }
        _ => format!("misp-galaxy:disarm-techniques=\"{name}\""),
    }
}
