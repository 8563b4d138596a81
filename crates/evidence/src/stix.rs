//! Indicators of a STIX 2.0 or 2.1 bundle, of a TAXII envelope, or of an array of STIX objects.
//!
//! Indicators are taken from patterns (`=` and `IN`, whatever they are joined by), with the name of who produced them.
//! Observables are taken where a bundle has no indicators: beside indicators they are context. References are not
//! followed, so cycles lead nowhere. Wrong for patterns that exclude (`NOT`): those comparisons are left out, and for
//! what is not in words but in other objects. Source: OASIS STIX 2.1, sections 3, 4.7, 6, 9; STIX 2.0 part 4.

use crate::elements::{self, Event, Told, over};
use crate::listing::{self, About, Lister};
use crate::posts::Clock;
use crate::{Example, Format, Head, Out, ReadAt, Reading};
use model::{Card, Code, Observable, Span};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

mod pattern;

/// The drawer.
pub const STIX: Format = Format {
    card: Card {
        id: "stix",
        about: "a published list of indicators: STIX 2.0 or 2.1 bundle, TAXII envelope",
        source: "OASIS STIX 2.1; STIX 2.0",
    },
    recognise,
    read: Reading::Anywhere(read),
    risky: None,
    examples: EXAMPLES,
};

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = elements::squeezed(head) else { return false };
    let version = text.contains("\"spec_version\":\"2.") && text.contains("--");
    let objects = text.contains("\"objects\":[") || text.starts_with("[{");
    text.contains("\"type\":\"bundle\"") || version && objects
}

/// Most names of producers, and most ids, remembered.
const MOST: usize = 5_000_000;

/// What has to be known before the first indicator is told.
#[derive(Default)]
struct Known {
    names: BTreeMap<String, String>,
    indicators: u64,
    /// Names of reports: a list of one report goes by its title.
    titles: Vec<String>,
}

impl Known {
    fn take(&mut self, object: &Value) {
        match text(object, "type") {
            "indicator" => self.indicators += 1,
            "identity" if self.names.len() < MOST => {
                self.names.insert(text(object, "id").to_owned(), text(object, "name").to_owned());
            }
            "report" | "incident" if self.titles.len() < 2 => self.titles.push(text(object, "name").to_owned()),
            _ => {}
        }
    }

    fn title(&self) -> &str {
        if let [one] = &self.titles[..] { one } else { "" }
    }
}

/// Where objects stand: in a bundle, an envelope, or by themselves.
const ARRAYS: &[&str] = &["objects", ""];

fn read(bytes: &Arc<dyn ReadAt>, out: &mut Out<'_>) {
    let limit = out.settings().limits.row;
    let mut known = Known::default();
    // What cannot be read is said in the second pass.
    let _ = over(bytes, ARRAYS, limit, &mut |event| {
        if let Event::Object(bytes, _) = event
            && let Ok(object) = serde_json::from_slice::<Value>(bytes)
        {
            known.take(&object);
        }
    });
    let mut teller = Teller { lister: Lister::new(out), seen: HashSet::new(), clock: Clock::of(std::iter::empty()) };
    let number = elements::each(bytes, ARRAYS, "object", out, &mut |told, out| {
        if let Told::Object(object, span) = told {
            teller.one(&object, &known, span, out);
        }
    });
    out.layout(format!(
        "STIX: {number} objects, {} indicators, {} things listed",
        known.indicators, teller.lister.taken
    ));
}

fn text<'v>(object: &'v Value, key: &str) -> &'v str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

struct Teller {
    lister: Lister,
    /// Hashes of the ids seen.
    seen: HashSet<u64>,
    clock: Clock,
}

impl Teller {
    fn one(&mut self, object: &Value, known: &Known, span: Span, out: &mut Out<'_>) {
        let (id, kind) = (text(object, "id"), text(object, "type"));
        self.complain(object, id, span, out);
        let when = ["valid_from", "first_observed", "created"].iter().map(|k| text(object, k)).find(|t| !t.is_empty());
        let producer = known.names.get(text(object, "created_by_ref")).map_or("", String::as_str);
        let when = when.and_then(|t| self.clock.read(t));
        let credibility = object.get("confidence").and_then(Value::as_u64).and_then(listing::confidence);
        let types = object.get("indicator_types").and_then(Value::as_array);
        let harmless = types.into_iter().flatten().filter_map(Value::as_str).any(listing::harmless);
        let (list, label, grade) = (known.title(), text(object, "name"), (None, credibility));
        let about = About { list, producer, id, label, when, grade, harmless };
        match kind {
            "indicator" => self.indicator(object, about, span, out),
            "observed-data" if known.indicators == 0 => {
                let inside = object.get("objects").and_then(Value::as_object);
                inside.into_iter().flat_map(|o| o.values()).for_each(|o| self.observable(o, about, span, out));
            }
            _ if known.indicators == 0 => self.observable(object, about, span, out),
            _ => {}
        }
    }

    /// What a reader must know of an object; nothing is left out because of it but the second of one id and version.
    fn complain(&mut self, object: &Value, id: &str, span: Span, out: &mut Out<'_>) {
        let mut note = |what: String| out.note(Code::Malformed, span, what);
        if id.is_empty() || !id.starts_with(text(object, "type")) || text(object, "type").is_empty() {
            note(format!("an object has no id of its type: {:?}", id.chars().take(60).collect::<String>()));
        }
        let version = text(object, "spec_version");
        if !matches!(version, "" | "2.0" | "2.1") {
            note(format!("{id} says that it is STIX {:?}: read as far as it is like 2.1", version));
        }
        let key = model::hash64(format!("{id}\0{}", text(object, "modified")).as_bytes());
        if !id.is_empty() && self.seen.len() < MOST && !self.seen.insert(key) {
            note(format!("{id} is there twice: both were taken"));
        }
    }

    fn indicator(&mut self, object: &Value, about: About<'_>, span: Span, out: &mut Out<'_>) {
        if object.get("revoked").and_then(Value::as_bool) == Some(true) {
            return out.note(Code::Info, span, "an indicator that its producer revoked: left out");
        }
        let language = text(object, "pattern_type");
        if !matches!(language, "" | "stix") {
            return out.note(Code::Info, span, "an indicator in another language than STIX's: left out");
        }
        let mut found = false;
        pattern::each(text(object, "pattern"), &mut |what, value| {
            found = true;
            self.lister.take(what, value, about, span, out);
        });
        if !found {
            out.note(Code::Info, span, "an indicator that names nothing that mails, posts or pages show: left out");
        }
    }

    fn observable(&mut self, object: &Value, about: About<'_>, span: Span, out: &mut Out<'_>) {
        let mut take = |what, value: &str| self.lister.take(what, value, about, span, out);
        let value = text(object, "value");
        match text(object, "type") {
            "domain-name" => take(Observable::Domain, value),
            "url" => take(Observable::Url, value),
            "email-addr" => take(Observable::Mailbox, value),
            "ipv4-addr" | "ipv6-addr" => take(Observable::Address, value),
            "user-account" => {
                let login = ["account_login", "user_id", "display_name"].iter().map(|k| text(object, k));
                login.filter(|l| !l.is_empty()).take(1).for_each(|l| take(Observable::Account, l));
            }
            "file" | "artifact" => {
                let hashes = object.get("hashes").and_then(Value::as_object);
                let hashes = hashes.into_iter().flat_map(|h| h.values()).filter_map(Value::as_str);
                hashes.for_each(|h| take(Observable::Hash, h));
            }
            _ => {}
        }
    }
}

const EXAMPLES: &[Example] = &[Example {
    name: "a bundle of two indicators and who produced them",
    bytes: br##"{"type":"bundle","id":"bundle--1","objects":[
{"type":"identity","spec_version":"2.1","id":"identity--1","name":"A Platform"},
{"type":"indicator","spec_version":"2.1","id":"indicator--1","created_by_ref":"identity--1","name":"relay","pattern":"[domain-name:value = 'evil.example' OR email-addr:value IN ('a@evil.example','b@evil.example')]","pattern_type":"stix","valid_from":"2026-10-01T08:00:00Z"},
{"type":"indicator","spec_version":"2.1","id":"indicator--2","revoked":true,"pattern":"[url:value = 'http://evil.example/x']","pattern_type":"stix","valid_from":"2026-10-01T08:00:00Z"},
{"type":"domain-name","spec_version":"2.1","id":"domain-name--1","value":"context.example"}]}
"##,
    says: &[
        "opened example as stix",
        "  listed bytes 127-400 list=\"A Platform\" producer=\"A Platform\" id=\"indicator--1\" domain=\"evil.example\" label=\"relay\" when=2026-10-01T08:00:00Z",
        "  listed bytes 127-400 list=\"A Platform\" producer=\"A Platform\" id=\"indicator--1\" mailbox=\"a@evil.example\" label=\"relay\" when=2026-10-01T08:00:00Z",
        "  listed bytes 127-400 list=\"A Platform\" producer=\"A Platform\" id=\"indicator--1\" mailbox=\"b@evil.example\" label=\"relay\" when=2026-10-01T08:00:00Z",
        "  note info bytes 402-586 an indicator that its producer revoked: left out ×1",
        "closed bytes=682 records=3 children=0 layout=\"STIX: 4 objects, 2 indicators, 3 things listed\"",
    ],
}];
