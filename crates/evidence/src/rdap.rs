//! RDAP answers (JSON) about domains: registrar, time of registration and name servers.
//!
//! Entities in any other role than the registrar's are people or their houses and are never taken: this program unmasks
//! nobody. Source: RFC 9083; RFC 7095 for the names in vCards.

use crate::objects::{self, words};
use crate::posts::{Clock, domain};
use crate::said::Said;
use crate::{Example, Format, Head, Out, Reading};
use model::{About, Card, Code};
use serde_json::Value;
use std::io::BufRead;

/// The drawer.
pub const RDAP: Format = Format {
    card: Card {
        id: "rdap",
        about: "RDAP answers about domains, one or many; who registered a domain is not taken",
        source: "RFC 9083",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = head.words() else { return false };
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n', '[']);
    let has = |key: &str| start.contains(&format!("\"{key}\""));
    start.starts_with('{')
        && has("ldhName")
        && (has("objectClassName") || has("rdapConformance") || has("domainSearchResults"))
        && !has("bundle")
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let mut clock = Clock::of(std::iter::empty());
    objects::each(bytes, true, out, &mut |_, value, span, out| {
        let found = value["domainSearchResults"].as_array();
        let all = found.map_or_else(|| vec![value], |all| all.iter().collect());
        for one in all {
            match said(one, &mut clock) {
                Some(said) => said.tell(span, out),
                None => out.note(Code::Info, span, "an answer about something else than a domain: left out"),
            }
        }
    });
    let times = clock.finish(out);
    out.layout(format!("registrar, registration and name servers; other entities are not taken{times}"));
}

fn said(value: &Value, clock: &mut Clock) -> Option<Said> {
    let sort = value["objectClassName"].as_str().unwrap_or("domain");
    let name = domain(value["ldhName"].as_str()?).filter(|_| sort == "domain")?;
    let mut said = Said::of(name);
    for event in value["events"].as_array().into_iter().flatten() {
        let date = words(&event["eventDate"]);
        match event["eventAction"].as_str() {
            Some("registration") => said.add_time(About::Registered, &date, clock),
            Some("last update of RDAP database") => said.when = clock.read(&date),
            _ => {}
        }
    }
    for server in value["nameservers"].as_array().into_iter().flatten() {
        said.add(About::NameServer, server["ldhName"].as_str().unwrap_or_default());
    }
    let entities = value["entities"].as_array().into_iter().flatten();
    let registrar = |e: &&Value| e["roles"].as_array().is_some_and(|r| r.iter().any(|r| r == "registrar"));
    for entity in entities.filter(registrar) {
        said.add(About::Registrar, &full_name(&entity["vcardArray"]));
    }
    Some(said)
}

/// The `fn` of a vCard in JSON: `["vcard", [["fn", {}, "text", "Name"], …]]`.
fn full_name(card: &Value) -> String {
    let lines = card[1].as_array().into_iter().flatten();
    lines.filter(|l| l[0] == "fn").map(|l| words(&l[3])).find(|n| !n.is_empty()).unwrap_or_default()
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "an answer",
        bytes: br##"{"objectClassName":"domain","ldhName":"ONE.EXAMPLE","events":[{"eventAction":"registration","eventDate":"2026-06-30T20:46:03Z"},{"eventAction":"last update of RDAP database","eventDate":"2026-09-02T10:00:00Z"}],"nameservers":[{"objectClassName":"nameserver","ldhName":"NS1.HOST.EXAMPLE"}],"entities":[{"objectClassName":"entity","roles":["registrar"],"vcardArray":["vcard",[["version",{},"text","4.0"],["fn",{},"text","Namen, Inc."]]]},{"objectClassName":"entity","roles":["registrant"],"vcardArray":["vcard",[["fn",{},"text","A Person"]]]}]}
{"objectClassName":"entity","handle":"X","ldhName":"two.example"}
"##,
        says: &[
    "opened example as rdap",
    "  facts bytes 0-542 subject=\"ONE.EXAMPLE\" when=2026-09-02T10:00:00Z said=[Registered=\"2026-06-30T20:46:03Z\", NameServer=\"NS1.HOST.EXAMPLE\", Registrar=\"Namen, Inc.\"]",
    "  note info bytes 543-608 an answer about something else than a domain: left out ×1",
    "closed bytes=609 records=1 children=0 layout=\"registrar, registration and name servers; other entities are not taken; times: whole seconds\"",
],
    },
];
