//! DNS answers as resolvers' tools and passive DNS print them: massdns and zdns, dnsx, the common output format, one JSON object a
//! line, and massdns's plain lines (`one.example. A 192.0.2.7`).
//!
//! An address that a name reached through others is told of the name that was asked for. Answers without an address, server or
//! text are names alone. Source: draft-dulaunoy-dnsop-passive-dns-cof; output of massdns, zdns and dnsx.

use crate::objects::{self, list, words};
use crate::posts::window::Window;
use crate::posts::{Clock, domain, table};
use crate::said::Said;
use crate::site_table::of_record;
use crate::{Example, Format, Head, Out, Reading};
use model::{About, Card, Code};
use serde_json::Value;
use std::io::BufRead;

/// The drawer.
pub const DNS_ANSWERS: Format = Format {
    card: Card {
        id: "dns-answers",
        about: "DNS answers and passive DNS: massdns, zdns, dnsx, the common output format",
        source: "draft-dulaunoy-dnsop-passive-dns-cof; massdns, zdns, dnsx",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

/// Fields of dnsx, and what they hold.
const FIELDS: &[(&str, About)] = &[
    ("a", About::Address),
    ("aaaa", About::Address),
    ("ns", About::NameServer),
    ("mx", About::MailServer),
    ("txt", About::Text),
];

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = head.words() else { return false };
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n', '[']);
    if !text.starts_with('{') {
        return plain(text, head.all);
    }
    let line = text.lines().next().unwrap_or_default().trim_end_matches([',', ']', ' ']);
    serde_json::from_str::<Value>(line).is_ok_and(|v| is_answer(&v))
}

fn is_answer(v: &Value) -> bool {
    let named = subject(v).is_some();
    let common = v["rrtype"].is_string() && !v["rdata"].is_null();
    let asked = v["data"]["answers"].is_array()
        || v["results"].is_object()
        || v["status"].is_string() && v["class"].is_string();
    let dnsx = v["status_code"].is_string() && v["resolver"].is_array() || v["soa"].is_array();
    named && (common || asked || dnsx)
}

/// Most lines by which they are told.
const LOOKED_AT: usize = 60;

/// Nine of ten lines are a name with its dot, a type and something.
fn plain(text: &str, all: bool) -> bool {
    let whole = if all { text } else { text.rsplit_once('\n').map_or("", |cut| cut.0) };
    let (mut all, mut good) = (0, 0);
    for one in whole.lines().filter(|l| !l.trim().is_empty()).take(LOOKED_AT) {
        all += 1;
        good += usize::from(line(one).is_some());
        if (all - good) * 10 > LOOKED_AT {
            return false;
        }
    }
    good > 0 && good * 10 >= all * 9
}

/// `one.example. A 192.0.2.7`.
fn line(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.trim().split_once(' ')?;
    let (sort, data) = rest.split_once(' ')?;
    let upper = !sort.is_empty() && sort.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (name.ends_with('.') && domain(name).is_some() && upper && sort != "IN").then_some((name, sort, data))
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let mark = bytes.fill_buf().ok().and_then(|b| b.iter().copied().find(|b| !b.is_ascii_whitespace()));
    if !matches!(mark, Some(b'{' | b'[' | 0xef)) {
        return table::over_text(bytes, out, lines);
    }
    let mut clock = Clock::of(std::iter::empty());
    objects::each(bytes, true, out, &mut |_, value, span, out| match said(value, &mut clock) {
        Some(_) if absent(value) => {
            out.note(Code::Info, span, "a name that was asked for and does not exist: left out")
        }
        Some(said) => said.tell(span, out),
        None => out.note(Code::Malformed, span, "an object that is no answer about a domain name: left out"),
    });
    let times = clock.finish(out);
    out.layout(format!("an answer per object{times}"));
}

fn lines(window: &mut Window<'_>, out: &mut Out<'_>) {
    let limit = out.settings().limits.row;
    let mut rows = crate::posts::rows::Rows::new(window, b'\n', b'\n', limit).by_line();
    while rows.go(out) {
        let span = rows.span;
        let row = rows.row(out);
        match line(crate::posts::Row::cell(&row, 0)) {
            Some((name, sort, data)) => {
                let mut said = Said::of(domain(name).unwrap_or_default());
                of_record(sort).iter().for_each(|about| said.add_record(*about, data));
                said.tell(span, out);
            }
            None => out.note(Code::Malformed, span, "a line that is no answer about a domain name: left out"),
        }
    }
    out.layout("a name, a type and an answer per line");
}

/// True for an answer that there is no such name.
fn absent(v: &Value) -> bool {
    ["status", "status_code"].iter().any(|k| v[*k].as_str().is_some_and(|s| s.eq_ignore_ascii_case("NXDOMAIN")))
}

/// Whom an answer is about.
fn subject(v: &Value) -> Option<&str> {
    ["rrname", "host", "name", "query"].iter().find_map(|k| domain(v[*k].as_str()?))
}

fn said(v: &Value, clock: &mut Clock) -> Option<Said> {
    let mut said = Said::of(subject(v)?);
    said.when = ["time_first", "timestamp", "time_last"].iter().find_map(|k| clock.read(&words(&v[*k])));
    if let Some(about) = v["rrtype"].as_str().and_then(of_record) {
        list(&v["rdata"]).iter().for_each(|data| said.add_record(about, data));
    }
    answers(&v["data"], &mut said);
    v["results"].as_object().into_iter().flatten().for_each(|(_, of)| answers(&of["data"], &mut said));
    for (field, about) in FIELDS {
        list(&v[*field]).iter().for_each(|data| said.add_record(*about, data));
    }
    for soa in v["soa"].as_array().into_iter().flatten() {
        let mailbox = ["mbox", "mailbox", "rname"].iter().find_map(|k| soa[*k].as_str());
        said.add(About::ZoneMailbox, mailbox.unwrap_or_default());
    }
    Some(said)
}

/// massdns's answers, and zdns's.
fn answers(data: &Value, said: &mut Said) {
    for answer in data["answers"].as_array().into_iter().flatten() {
        let about = answer["type"].as_str().and_then(of_record);
        let value = answer["data"].as_str().or_else(|| answer["answer"].as_str());
        if let Some((about, value)) = about.zip(value) {
            said.add_record(about, value);
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "massdns",
        bytes: br##"{"name":"one.example.","type":"A","class":"IN","status":"NOERROR","data":{"answers":[{"ttl":300,"type":"CNAME","class":"IN","name":"one.example.","data":"web.host.example."},{"ttl":300,"type":"A","class":"IN","name":"web.host.example.","data":"192.0.2.7"}]},"flags":["rd"],"resolver":"192.0.2.53:53"}
{"name":"gone.example.","type":"A","class":"IN","status":"NXDOMAIN","data":{}}
{"status":7}
"##,
        says: &[
    "opened example as dns-answers",
    "  facts bytes 0-300 subject=\"one.example\" said=[Address=\"192.0.2.7\"]",
    "  note malformed bytes 380-392 an object that is no answer about a domain name: left out ×1",
    "  note info bytes 301-379 a name that was asked for and does not exist: left out ×1",
    "closed bytes=393 records=1 children=0 layout=\"an answer per object\"",
],
    },
    Example {
        name: "massdns, plain",
        bytes: br##"one.example. A 192.0.2.7
one.example. NS ns1.host.example.
two.example. CNAME web.host.example.
"##,
        says: &[
    "opened example as dns-answers",
    "  facts bytes 0-24 subject=\"one.example\" said=[Address=\"192.0.2.7\"]",
    "  facts bytes 25-58 subject=\"one.example\" said=[NameServer=\"ns1.host.example\"]",
    "  facts bytes 59-95 subject=\"two.example\"",
    "closed bytes=96 records=3 children=0 layout=\"a name, a type and an answer per line\"",
],
    },
    Example {
        name: "dnsx",
        bytes: br##"{"host":"one.example","ttl":300,"resolver":["192.0.2.53:53"],"a":["192.0.2.7"],"ns":["ns1.host.example"],"mx":["mx.mail.example"],"soa":[{"name":"one.example","ns":"ns1.host.example","mbox":"desk.two.example"}],"status_code":"NOERROR","timestamp":"2026-09-01T10:00:00Z"}
"##,
        says: &[
    "opened example as dns-answers",
    "  facts bytes 0-270 subject=\"one.example\" when=2026-09-01T10:00:00Z said=[Address=\"192.0.2.7\", NameServer=\"ns1.host.example\", MailServer=\"mx.mail.example\", ZoneMailbox=\"desk.two.example\"]",
    "closed bytes=271 records=1 children=0 layout=\"an answer per object; times: whole hours\"",
],
    },
    Example {
        name: "the common output format",
        bytes: br##"{"rrname":"one.example.","rrtype":"A","rdata":["192.0.2.7","192.0.2.8"],"time_first":1788220800,"time_last":1788307200}
"##,
        says: &[
    "opened example as dns-answers",
    "  facts bytes 0-119 subject=\"one.example\" when=2026-09-01T00:00:00Z said=[Address=\"192.0.2.7\", Address=\"192.0.2.8\"]",
    "closed bytes=120 records=1 children=0 layout=\"an answer per object; times: whole days\"",
],
    },
];
