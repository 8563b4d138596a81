//! What OpenCTI knows beyond the standard. Ids of domain objects are uuid5 over the lower-case name, as its client makes
//! them; those of observables over their contributing properties, as the standard does.

use super::bundle::{self, Bundle, map, time, told};
use super::findings::channel;
use super::{case, fill, ids, observables};
use crate::words;
use model::{Dossier, Finding, Sort};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Writes the bundle.
pub fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let mut b = Bundle::new(d);
    let incident = fill(&mut b);
    add(&mut b, &incident);
    case::report(&mut b);
    bundle::write(b, out)
}

/// Adds the types that need an extension, and declares it.
fn add(b: &mut Bundle<'_>, incident: &str) {
    let what =
        map(json!({"type": "extension-definition", "name": "FIMI types as OpenCTI reads them", "version": "1.0.0"}));
    let extension = b.sdo(
        "extension-definition",
        what,
        json!({
            "description": "Channel, narrative, event, case-incident as domain objects; media-content, persona as observables.",
            "schema": "https://github.com/OpenCTI-Platform/opencti",
            "extension_types": ["new-sdo", "new-sco"],
        }),
    );
    let mut more = Types {
        sdo: json!({&extension: {"extension_type": "new-sdo"}}),
        sco: json!({&extension: {"extension_type": "new-sco"}}),
    };
    more.channels(b);
    more.narratives(b);
    more.events(b);
    more.media(b);
    more.personas(b);
    more.case(b, incident);
}

struct Types {
    sdo: Value,
    sco: Value,
}

impl Types {
    /// A domain object under the id that OpenCTI's client would give it.
    fn domain(&mut self, b: &mut Bundle<'_>, kind: &str, name: &str, rest: Value) -> String {
        let id = ids::id(kind, &map(json!({"name": name.to_lowercase().trim()})));
        let mut rest = map(rest);
        rest.insert("extensions".to_owned(), self.sdo.clone());
        b.named(&id, kind, map(json!({ "name": name })), Value::Object(rest));
        id
    }

    fn observable(&mut self, b: &mut Bundle<'_>, kind: &str, contributing: Value, rest: Value) -> String {
        let mut rest = map(rest);
        rest.insert("extensions".to_owned(), self.sco.clone());
        b.sco(kind, map(contributing), Value::Object(rest))
    }

    /// Platforms, mail and sites on which actors of the findings were seen.
    fn channels(&mut self, b: &mut Bundle<'_>) {
        let d = b.dossier;
        let open = d.findings.iter().filter(|f| !words::dismissed(d, f));
        let actors: BTreeSet<u32> = open.flat_map(|f| &f.actors).map(|a| a.0).collect();
        for a in actors.into_iter().filter_map(|a| words::actor(d, a)) {
            let (name, kind) = match a.sort {
                Sort::Account => (channel(a.sort, a.name.raw()), "social-media"),
                Sort::Mailbox => ("mail".to_owned(), "email"),
                Sort::Site => (told(&a.name), "website"),
                Sort::Host | Sort::File => continue,
            };
            self.domain(b, "channel", &name, json!({"channel_types": [kind]}));
        }
    }

    /// Words that several passed on as their own. That they were passed on is seen; what they mean is not judged.
    fn narratives(&mut self, b: &mut Bundle<'_>) {
        let d = b.dossier;
        for f in d.findings.iter().filter(|f| f.kind == "copy-paste" && !words::dismissed(d, f)) {
            let quotes: BTreeSet<&model::Quote> = f.witnesses.get().iter().map(|w| &w.quote).collect();
            for quote in quotes.into_iter().filter(|q| !q.is_empty()) {
                let about = format!("Words that several posted as their own ({}). What they say is not judged.", f.id);
                self.domain(
                    b,
                    "narrative",
                    &told(&quote.short(200)),
                    json!({"description": about, "narrative_types": ["shared-words"]}),
                );
            }
        }
    }

    fn events(&mut self, b: &mut Bundle<'_>) {
        let d = b.dossier;
        for m in &d.marks {
            let kind = if m.finding.is_empty() { "election" } else { "burst" };
            let rest =
                json!({"event_types": [kind], "start_time": time(m.start), "stop_time": time(m.end.max(m.start))});
            self.domain(b, "event", &told(&words::ours(&m.label)), rest);
        }
    }

    /// Addresses that witnesses name and pages on which statements stand.
    fn media(&mut self, b: &mut Bundle<'_>) {
        let d = b.dossier;
        let open = d.findings.iter().filter(|f| !words::dismissed(d, f));
        for w in open.flat_map(|f: &Finding| f.witnesses.get()) {
            if observables::address(b, &w.quote).is_some() {
                self.observable(b, "media-content", json!({"url": w.quote.raw()}), json!({"media_category": "page"}));
            }
        }
        for s in &d.judgement.statements {
            if observables::address(b, &s.place).is_some() {
                let rest = json!({
                    "title": format!("Statement of {}", told(&s.source)), "content": told(&s.words),
                    "media_category": s.role.word(), "publication_date": s.said.from.map(time),
                });
                self.observable(b, "media-content", json!({"url": s.place.raw()}), rest);
            }
        }
    }

    /// Accounts and senders as they present themselves.
    fn personas(&mut self, b: &mut Bundle<'_>) {
        let d = b.dossier;
        for a in crate::indicators::actors(d).into_iter().filter_map(|a| words::actor(d, a)) {
            if matches!(a.sort, Sort::Account | Sort::Mailbox) {
                let who = json!({"persona_name": told(&a.name), "persona_type": a.sort.word()});
                self.observable(b, "persona", who, json!({}));
            }
        }
    }

    fn case(&mut self, b: &mut Bundle<'_>, incident: &str) {
        let (name, created) = (case::title(b), time(b.dossier.made()));
        let id = ids::id("case-incident", &map(json!({"name": name.to_lowercase().trim(), "created": created})));
        let refs = b.held();
        let about = format!("The case as one container; its incident is {incident}.");
        let rest = json!({"description": about, "object_refs": refs, "extensions": self.sdo});
        b.named(&id, "case-incident", map(json!({ "name": name })), rest);
    }
}
