//! Records of a browser's traffic (HAR): each answer's body as a child under its address, and what its headers tell of the site.
//!
//! Read entry by entry, so that a recording may be of any size; an entry longer than `limits.row` is left out, with a note.
//! Requests are not looked at: they hold the analyst's own cookies. Source: HTTP Archive 1.2 (W3C draft, 2012).

use crate::objects::{self, words};
use crate::said::Said;
use crate::{Example, Format, Head, Out, Reading, dates, http_answer, icon, mime};
use model::{About, Card, Code, Span};
use serde_json::Value;
use std::borrow::Cow;
use std::io::BufRead;

/// The drawer.
pub const HAR: Format = Format {
    card: Card { id: "har", about: "A recording of a browser's traffic (HAR)", source: "HTTP Archive 1.2" },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = head.words() else { return false };
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let log = text.strip_prefix('{').map(str::trim_start).and_then(|t| t.strip_prefix("\"log\""));
    log.is_some_and(|t| t.trim_start().starts_with(':') && (t.contains("\"entries\"") || t.contains("\"creator\"")))
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let (mut entries, mut open) = (0_u64, true);
    objects::each(bytes, false, out, &mut |path, value, span, out| {
        if open && path == "log.entries" {
            entries += 1;
            open = entry(value, span, out);
        }
    });
    out.layout(format!("{entries} entries"));
}

/// One question and its answer. False when no more will be unpacked.
fn entry(value: &Value, span: Span, out: &mut Out<'_>) -> bool {
    let Some(address) = value["request"]["url"].as_str() else {
        out.note(Code::Malformed, span, "an entry without an address: left out");
        return true;
    };
    let answer = &value["response"];
    out.kept = value["startedDateTime"].as_str().and_then(dates::iso);
    let header = |h: &Value| (words(&h["name"]), words(&h["value"]));
    let headers: Vec<(String, String)> = answer["headers"].as_array().into_iter().flatten().map(header).collect();
    let fields: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    http_answer::facts(address, answer["status"].as_u64().and_then(|s| u16::try_from(s).ok()), &fields, span, out);
    if let (Some(host), Some(ip)) = (icon::host(address), value["serverIPAddress"].as_str()) {
        let mut said = Said::of(host);
        said.when = out.kept;
        said.add(About::Address, ip.trim_matches(['[', ']']));
        if !said.is_empty() {
            said.tell(span, out);
        }
    }
    let content = &answer["content"];
    let Some(text) = content["text"].as_str().filter(|t| !t.is_empty()) else { return true };
    let body = match content["encoding"].as_str() {
        Some("base64") => Cow::Owned(mime::base64(text.as_bytes()).0),
        _ => Cow::Borrowed(text.as_bytes()),
    };
    let kind = words(&content["mimeType"]).to_ascii_lowercase();
    if icon::tell(address, kind.split(';').next().unwrap_or_default().trim(), &body, span, out) {
        return true;
    }
    if ["css", "javascript", "font", "json"].iter().any(|k| kind.contains(k)) {
        out.note(Code::Info, span, "a style sheet, script, font or data of a page: left out");
        return true;
    }
    out.child(address, span, &mut &body[..])
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "a page and its icon",
        bytes: br##"{"log":{"version":"1.2","creator":{"name":"x"},"entries":[
{"startedDateTime":"2026-09-01T10:00:00.000Z","request":{"url":"https://one.example/a","cookies":[{"name":"own","value":"secret"}]},"response":{"status":200,"headers":[{"name":"Server","value":"desk"},{"name":"Content-Type","value":"text/html"},{"name":"Set-Cookie","value":"deskgate_v=1"}],"content":{"mimeType":"text/html","text":"<html><title>One</title><p>Words of a page.</p>"}},"serverIPAddress":"192.0.2.7"},
{"request":{"url":"https://one.example/favicon.ico"},"response":{"status":200,"headers":[],"content":{"mimeType":"image/x-icon","text":"AAABAAEA","encoding":"base64"}}},
{"request":{"url":"https://one.example/a.css"},"response":{"content":{"mimeType":"text/css","text":"p{}"}}},
{"request":{}}
]}}
"##,
        says: &[
    "opened example as har",
    "  facts bytes 59-473 subject=\"one.example\" when=2026-09-01T10:00:00Z page=\"https://one.example/a\" said=[HeaderOrder=\"Server,Content-Type,Set-Cookie\", ServerSoftware=\"desk\", Cookie=\"deskgate_v\"]",
    "  facts bytes 59-473 subject=\"one.example\" when=2026-09-01T10:00:00Z said=[Address=\"192.0.2.7\"]",
    "  opened https://one.example/a as page",
    "    page all url=\"https://one.example/a\" title=\"One\" text=\"Words of a page.\" kept=2026-09-01T10:00:00Z paths=3",
    "  closed bytes=47 records=1 children=0",
    "  facts bytes 475-643 subject=\"one.example\" said=[Icon=\"-584014218\"]",
    "  note malformed bytes 754-768 an entry without an address: left out ×1",
    "  note info bytes 645-752 a style sheet, script, font or data of a page: left out ×1",
    "closed bytes=773 records=3 children=1 layout=\"4 entries\"",
],
    },
];
