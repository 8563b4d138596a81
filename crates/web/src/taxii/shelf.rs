//! A collection: objects in the order in which they were added, and what a query takes of them.

use super::answer::Said;
use super::query::{Query, moment};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// An object with what the standard sorts it by.
#[derive(Debug)]
pub(super) struct Kept {
    pub id: String,
    /// When it was added, ISO 8601 with six digits of a second.
    pub added: String,
    /// `modified`, else `created`, else when it was added. An object's own `version` is something else.
    pub version: String,
    pub object: Value,
}

/// Objects under a name.
#[derive(Debug)]
pub struct Collection {
    id: String,
    title: String,
    alias: String,
    kept: Vec<Kept>,
    /// Versions of each id, oldest first.
    versions: BTreeMap<String, Vec<String>>,
}

impl Collection {
    /// Objects without an id are left out. `added` is when all of them came to be here, ISO 8601.
    #[must_use]
    pub fn new(id: &str, alias: &str, title: &str, added: &str, objects: Vec<Value>) -> Self {
        let added = moment(added).unwrap_or_else(|| "1970-01-01T00:00:00.000000Z".to_owned());
        let keep = |object: Value| {
            let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
            let version = text("modified").or_else(|| text("created")).unwrap_or_else(|| added.clone());
            Some(Kept { id: text("id")?, added: added.clone(), version, object })
        };
        let mut kept: Vec<Kept> = objects.into_iter().filter_map(keep).collect();
        kept.sort_by(|a, b| (&a.added, &a.id, &a.version).cmp(&(&b.added, &b.id, &b.version)));
        kept.dedup_by(|a, b| a.id == b.id && a.version == b.version);
        let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        kept.iter().for_each(|k| versions.entry(k.id.clone()).or_default().push(k.version.clone()));
        Self { id: id.to_owned(), alias: alias.to_owned(), title: title.to_owned(), kept, versions }
    }

    pub(super) fn is(&self, id: &str) -> bool {
        self.id == id || self.alias == id
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.versions.contains_key(id)
    }

    pub(super) fn about(&self) -> Value {
        json!({
            "id": self.id, "title": self.title, "alias": self.alias, "can_read": true, "can_write": false,
            "media_types": ["application/stix+json;version=2.1"],
        })
    }

    /// Objects that a query takes, in order.
    fn taken<'a>(&'a self, query: &'a Query, id: Option<&'a str>) -> impl Iterator<Item = &'a Kept> {
        self.kept.iter().filter(move |k| {
            let kind = k.object.get("type").and_then(Value::as_str).unwrap_or_default();
            let spec = k.object.get("spec_version").and_then(Value::as_str).unwrap_or("2.0");
            let any = |list: &[String], value: &str| list.is_empty() || list.iter().any(|v| v == value);
            id.is_none_or(|id| k.id == id)
                && any(&query.ids, &k.id)
                && any(&query.types, kind)
                && any(&query.spec_versions, spec)
                && query.added_after.as_ref().is_none_or(|after| k.added > *after)
                && self.version(k, &query.versions)
        })
    }

    fn version(&self, kept: &Kept, asked: &[String]) -> bool {
        let all = self.versions.get(&kept.id).map_or(&[][..], Vec::as_slice);
        let is = |one: Option<&String>| one == Some(&kept.version);
        if asked.is_empty() {
            return is(all.last());
        }
        asked.iter().any(|v| match v.as_str() {
            "all" => true,
            "first" => is(all.first()),
            "last" => is(all.last()),
            exact => moment(exact).is_some() && moment(exact) == moment(&kept.version),
        })
    }

    /// A page of what a query takes.
    pub(super) fn answer(&self, query: &Query, id: Option<&str>, tell: &dyn Fn(&Kept) -> Value) -> Said {
        let mut found = self.taken(query, id).skip(query.skip);
        let page: Vec<&Kept> = found.by_ref().take(query.limit).collect();
        let more = found.next().is_some();
        let mut body = Map::new();
        if more {
            body.insert("more".to_owned(), json!(true));
            body.insert("next".to_owned(), json!((query.skip + page.len()).to_string()));
        }
        if !page.is_empty() {
            body.insert("objects".to_owned(), page.iter().map(|k| tell(k)).collect());
        }
        Said { added: ends(&page), ..Said::ok(Value::Object(body)) }
    }

    /// The versions of an object.
    pub(super) fn versions(&self, id: &str, query: &Query) -> Said {
        let every = Query { versions: vec!["all".to_owned()], ..Query::default() };
        let kept: Vec<&Kept> = self.taken(&every, Some(id)).collect();
        let after = |k: &&&Kept| query.added_after.as_ref().is_none_or(|a| k.added > *a);
        let versions: Vec<&str> =
            kept.iter().filter(after).skip(query.skip).take(query.limit).map(|k| k.version.as_str()).collect();
        let body = if versions.is_empty() { json!({}) } else { json!({ "versions": versions }) };
        Said { added: ends(&kept), ..Said::ok(body) }
    }
}

fn ends(page: &[&Kept]) -> Option<(String, String)> {
    Some((page.first()?.added.clone(), page.last()?.added.clone()))
}
