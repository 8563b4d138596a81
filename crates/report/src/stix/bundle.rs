//! A bundle being made: every object once, under an id that follows from what it is.

use super::{ids, markings};
use crate::json;
use model::{Dossier, Quote, When};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Objects by id.
pub struct Bundle<'a> {
    pub dossier: &'a Dossier,
    objects: BTreeMap<String, Map<String, Value>>,
    author: String,
    extension: String,
    created: String,
    modified: String,
}

/// As STIX wants it: exactly three digits of a second (3.2). Years that have no four digits are not known.
pub fn time(when: When) -> String {
    let iso = When(when.0.saturating_sub(when.0.rem_euclid(1000))).iso();
    if iso.len() > 27 || !iso.starts_with(|c: char| c.is_ascii_digit()) {
        return "1970-01-01T00:00:00.000Z".to_owned();
    }
    match iso.split_once('.') {
        Some((seconds, fraction)) => format!("{seconds}.{}Z", &fraction[..3]),
        None => format!("{}.000Z", iso.trim_end_matches('Z')),
    }
}

/// Words for people: one line, nothing in it that acts.
pub fn told(q: &Quote) -> String {
    q.terminal()
}

/// Takes the map out of `json!({…})`.
pub fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

impl<'a> Bundle<'a> {
    /// Begins with who made it, the marking and our extension.
    pub fn new(dossier: &'a Dossier) -> Self {
        let who = map(json!({"type": "identity", "name": "Unspool", "identity_class": "system"}));
        let author = ids::id("identity", &who);
        let what = map(json!({"type": "extension-definition", "name": "Unspool case", "version": "1.0.0"}));
        let extension = ids::id("extension-definition", &what);
        let created = time(dossier.made());
        let modified = time(dossier.changed());
        let mut b = Self { dossier, objects: BTreeMap::new(), author, extension, created, modified };
        let marking = map(markings::tlp(dossier.method.settings.case.tlp));
        b.objects.insert(markings::tlp_id(dossier.method.settings.case.tlp).to_owned(), marking);
        let about = "The tool that wrote this bundle. What it says was found by rules; what people hold is marked so.";
        b.sdo("identity", who, json!({"description": about, "sectors": [], "contact_information": ""}));
        b.sdo(
            "extension-definition",
            what,
            json!({
                "description": "Places of evidence, what chance would give, likelihoods with their intervals, times as \
                                intervals with their clock, statements with their judgement, seals.",
                "schema": "https://unspool.example/reference/stix-extension.html",
                "extension_types": ["property-extension"],
            }),
        );
        b
    }

    /// Adds an object of the standard's domain or relationship types: identifying properties, then the rest. Empty
    /// values are left out. Returns its id.
    pub fn sdo(&mut self, kind: &str, identifying: Map<String, Value>, rest: Value) -> String {
        let mut identity = identifying.clone();
        identity.insert("type".to_owned(), json!(kind));
        let id = ids::id(kind, &identity);
        self.named(&id, kind, identifying, rest);
        id
    }

    /// Adds an object whose id another rule gives.
    pub fn named(&mut self, id: &str, kind: &str, identifying: Map<String, Value>, rest: Value) {
        let mut object = self.common(kind, id);
        object.extend(identifying.into_iter().chain(map(rest)));
        object.retain(|_, v| !empty(v));
        self.objects.entry(id.to_owned()).or_insert(object);
    }

    fn common(&self, kind: &str, id: &str) -> Map<String, Value> {
        let mut object = map(json!({
            "type": kind, "spec_version": "2.1", "id": id, "created": self.created, "modified": self.modified,
            "object_marking_refs": [markings::tlp_id(self.dossier.method.settings.case.tlp)],
        }));
        if id != self.author {
            object.insert("created_by_ref".to_owned(), json!(self.author));
        }
        object
    }

    /// Adds an observable: the properties that the standard identifies it by, then the rest. Returns its id.
    pub fn sco(&mut self, kind: &str, contributing: Map<String, Value>, rest: Value) -> String {
        let id = ids::id(kind, &contributing);
        let mut object = contributing;
        object.extend(map(rest));
        object.retain(|_, v| !empty(v));
        object.extend(map(json!({
            "type": kind, "spec_version": "2.1", "id": id,
            "object_marking_refs": [markings::tlp_id(self.dossier.method.settings.case.tlp)],
        })));
        self.objects.entry(id.clone()).or_insert(object);
        id
    }

    /// Our extension on an object.
    pub fn ours(&self, says: Value) -> Value {
        let mut says = map(says);
        says.retain(|_, v| !empty(v));
        says.insert("extension_type".to_owned(), json!("property-extension"));
        json!({ &self.extension: says })
    }

    /// Relates two objects.
    pub fn relate(&mut self, from: &str, kind: &str, to: &str) {
        let who = map(json!({"relationship_type": kind, "source_ref": from, "target_ref": to}));
        self.sdo("relationship", who, json!({}));
    }

    /// Ids of all objects so far that a report may hold: everything but markings and definitions.
    pub fn held(&self) -> Vec<String> {
        let apart = ["marking-definition", "extension-definition"];
        self.objects.keys().filter(|id| !apart.iter().any(|k| id.starts_with(k))).cloned().collect()
    }

    /// The whole bundle.
    pub fn whole(self) -> Value {
        let keys: Vec<&String> = self.objects.keys().collect();
        let id = ids::id("bundle", &map(json!({ "objects": keys, "modified": self.modified })));
        json!({"type": "bundle", "id": id, "objects": self.objects.into_values().collect::<Vec<_>>()})
    }
}

/// The standard has no empty lists and no empty words; what is not there is left out.
fn empty(v: &Value) -> bool {
    match v {
        Value::Null => true,
        Value::String(s) => s.is_empty(),
        Value::Array(a) => a.is_empty(),
        Value::Object(o) => o.is_empty(),
        _ => false,
    }
}

/// Writes it down.
pub fn write(bundle: Bundle<'_>, out: &mut dyn Write) -> io::Result<()> {
    json::pretty(&bundle.whole(), out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_of_a_second() {
        for (micros, told) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_646_997_261_339_999, "2022-03-11T11:14:21.339Z"),
            (i64::MIN + 1, "1970-01-01T00:00:00.000Z"),
            (i64::MAX, "1970-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(time(When(micros)), told);
        }
    }
}
