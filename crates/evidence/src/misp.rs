//! Indicators of MISP events: the attributes, and those of its objects.
//!
//! The list goes by the event's `info`, its producer is the organisation that made it (`Orgc`). Attributes that are
//! deleted, and links to reports, are left out. Pairs (`domain|ip`, `filename|sha256`) give both halves that name
//! something. Source: MISP core format, draft-dulaunoy-misp-core-format.

use crate::elements::{self, Event, Told, over, plain};
use crate::listing::{self, About, Graded, Lister};
use crate::posts::Clock;
use crate::{Example, Format, Head, Out, ReadAt, Reading};
use model::{Card, Code, Span};
use serde::Deserialize;
use std::sync::Arc;

/// The drawer.
pub const MISP: Format = Format {
    card: Card {
        id: "misp",
        about: "a published list of indicators: MISP events in JSON",
        source: "draft-dulaunoy-misp-core-format",
    },
    recognise,
    read: Reading::Anywhere(read),
    risky: None,
    examples: EXAMPLES,
};

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = elements::squeezed(head) else { return false };
    text.contains("\"Event\":{") && ["\"info\":", "\"Attribute\":[", "\"Orgc\":{"].iter().any(|k| text.contains(k))
}

/// Where attributes stand: in an event and in its objects.
const ARRAYS: &[&str] = &["Attribute"];
/// Most events of one file whose names are remembered.
const EVENTS: usize = 100_000;

#[derive(Deserialize)]
struct Attribute {
    #[serde(default)]
    uuid: String,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    deleted: bool,
    #[serde(default)]
    first_seen: Option<String>,
    #[serde(rename = "Tag", default)]
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
struct Tag {
    #[serde(default)]
    name: String,
}

/// What a tag of the taxonomies says: half of a grade, or that the thing is listed by mistake.
fn tagged(tag: &str, grade: &mut Graded, harmless: &mut bool) {
    let value = |name: &str| tag.strip_prefix(name).map(|v| listing::grade(v.trim_matches(['=', '"'])));
    if let Some((reliability, _)) = value("admiralty-scale:source-reliability") {
        grade.0 = reliability.or(grade.0);
    }
    if let Some((_, credibility)) = value("admiralty-scale:information-credibility") {
        grade.1 = credibility.or(grade.1);
    }
    *harmless |= tag.starts_with("false-positive:risk=\"high\"");
}

#[derive(Default, Clone)]
struct Called {
    info: String,
    producer: String,
    grade: Graded,
}

/// Names of events in order.
fn names(bytes: &Arc<dyn ReadAt>, limit: u64) -> Vec<Called> {
    let mut out: Vec<Called> = Vec::new();
    let _ = over(bytes, ARRAYS, limit, &mut |event| match event {
        Event::Enter("Event") if out.len() < EVENTS => out.push(Called::default()),
        Event::Text(keys, text) => {
            let (Some(last), n) = (out.last_mut(), keys.len()) else { return };
            let tail: Vec<&str> = keys[n.saturating_sub(3)..].iter().map(String::as_str).collect();
            match tail[..] {
                [.., "Event", "info"] => last.info = plain(text),
                ["Event", "Orgc", "name"] => last.producer = plain(text),
                ["Event", "Tag", "name"] => tagged(&plain(text), &mut last.grade, &mut false),
                _ => {}
            }
        }
        _ => {}
    });
    out
}

fn read(bytes: &Arc<dyn ReadAt>, out: &mut Out<'_>) {
    let names = names(bytes, out.settings().limits.row);
    let mut event = 0_usize;
    let (mut lister, mut clock) = (Lister::new(out), Clock::of(std::iter::empty()));
    let number = elements::each::<Attribute>(bytes, ARRAYS, "attribute", out, &mut |told, out| match told {
        Told::Enter("Event") => event += 1,
        Told::Enter(_) => {}
        Told::Object(attribute, span) => {
            let called = event.checked_sub(1).and_then(|e| names.get(e)).cloned().unwrap_or_default();
            one(&attribute, &called, &mut clock, span, &mut lister, out);
        }
    });
    out.layout(format!("MISP: {event} events, {number} attributes, {} things listed", lister.taken));
}

fn one(a: &Attribute, called: &Called, clock: &mut Clock, span: Span, lister: &mut Lister, out: &mut Out<'_>) {
    if a.deleted {
        return out.note(Code::Info, span, "an attribute that its producer deleted: left out");
    }
    let when = a.first_seen.as_deref().and_then(|t| clock.read(t));
    let (mut grade, mut harmless) = (called.grade, listing::harmless(&a.comment));
    a.tags.iter().for_each(|t| tagged(&t.name, &mut grade, &mut harmless));
    let (list, producer) = (&called.info, &called.producer);
    let about = About { list, producer, id: &a.uuid, label: &a.comment, when, grade, harmless };
    let before = lister.taken;
    for (kind, value) in a.kind.split('|').zip(a.value.split('|')) {
        if let Some(what) = listing::sort(kind) {
            lister.take(what, value, about, span, out);
        }
    }
    if lister.taken == before {
        out.note(Code::Info, span, "an attribute that names nothing that mails, posts or pages show: left out");
    }
}

const EXAMPLES: &[Example] = &[Example {
    name: "an event with an attribute, a pair in an object, and a deleted one",
    bytes: br##"{"Event":{"uuid":"e1","info":"A network removed","Orgc":{"name":"A Platform"},
"Attribute":[{"uuid":"a1","type":"domain","value":"evil[.]example","comment":"relay"},{"uuid":"a2","type":"url","value":"http://evil.example/x","deleted":true}],
"Object":[{"name":"file","Attribute":[{"uuid":"a3","type":"filename|sha256","value":"x.doc|9f86d081"},{"uuid":"a4","type":"text","value":"words"}]}]}}
"##,
    says: &[
        "opened example as misp",
        "  listed bytes 92-164 list=\"A network removed\" producer=\"A Platform\" id=\"a1\" domain=\"evil.example\" label=\"relay\"",
        "  listed bytes 279-342 list=\"A network removed\" producer=\"A Platform\" id=\"a3\" hash=\"9f86d081\"",
        "  note info bytes 165-238 an attribute that its producer deleted: left out ×1",
        "  note info bytes 343-386 an attribute that names nothing that mails, posts or pages show: left out ×1",
        "closed bytes=392 records=2 children=0 layout=\"MISP: 1 events, 4 attributes, 2 things listed\"",
    ],
}];
