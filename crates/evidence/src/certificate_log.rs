//! Entries of certificate-transparency logs: certstream's JSON lines, crt.sh's JSON and CSV, `get-entries` with the leaves
//! themselves.
//!
//! Each certificate is told of every site it is for, with when it was logged. Organisations and people in subjects are not
//! taken. Wrong: of leaves only the certificate itself is looked at, not its chain. Source: RFC 6962 sections 3.4 and 4.6;
//! crt.sh and certstream-server output.

use crate::leaf::Leaf;
use crate::objects::{self, list, words};
use crate::posts::columns::Sample;
use crate::posts::window::Window;
use crate::posts::{Clock, Row, table};
use crate::{Example, Format, Head, Out, Reading, mime};
use model::{Card, Code, Span, When};
use serde_json::Value;
use std::io::BufRead;

/// The drawer.
pub const CERTIFICATE_LOG: Format = Format {
    card: Card {
        id: "certificate-log",
        about: "entries of certificate-transparency logs: certstream, crt.sh (JSON, CSV), get-entries",
        source: "RFC 6962; crt.sh; certstream-server",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = head.words() else { return false };
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n', '[']);
    if !start.starts_with('{') {
        return head.table().is_some_and(|t| columns(&t.sample).is_some());
    }
    let near: String = start.chars().take(8_192).collect();
    let has = |key: &str| near.contains(&format!("\"{key}\""));
    has("leaf_input") || has("leaf_cert") || has("name_value") && (has("issuer_name") || has("not_before"))
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let mark = bytes.fill_buf().ok().and_then(|b| b.iter().copied().find(|b| !b.is_ascii_whitespace()));
    if !matches!(mark, Some(b'{' | b'[' | 0xef)) {
        return table::over_text(bytes, out, tabled);
    }
    let (mut clock, entries) = (Clock::of(std::iter::empty()), around_entries(bytes));
    objects::each(bytes, !entries, out, &mut |_, value, span, out| {
        let told = entry(value, &mut clock).map(|(leaf, when)| leaf.tell(when, span, out));
        match told {
            Some(true) => {}
            Some(false) => out.note(Code::Info, span, "a certificate that is for no host name: left out"),
            None => out.note(Code::Malformed, span, "an object that is no certificate's entry: left out"),
        }
    });
    let times = clock.finish(out);
    out.layout(format!("an entry of a log per object{times}"));
}

/// True for a `get-entries` answer, which stands around its entries.
fn around_entries(bytes: &mut dyn BufRead) -> bool {
    bytes.fill_buf().is_ok_and(|b| memchr::memmem::find(&b[..b.len().min(256)], b"\"entries\"").is_some())
}

/// A certificate and when it was logged.
fn entry(value: &Value, clock: &mut Clock) -> Option<(Leaf, Option<When>)> {
    if let Some(leaf) = value["leaf_input"].as_str() {
        return Leaf::of_log(&mime::base64(leaf.as_bytes()).0);
    }
    let data = if value["data"].is_object() { &value["data"] } else { value };
    let stream = &data["leaf_cert"];
    if stream.is_object() {
        let leaf = Leaf {
            names: list(&stream["all_domains"]),
            serial: words(&stream["serial_number"]),
            hash: words(&stream["sha256"]),
            issuer: words(&stream["issuer"]["aggregated"]),
            begins: clock.read(&words(&stream["not_before"])),
            ends: clock.read(&words(&stream["not_after"])),
        };
        return Some((leaf, clock.read(&words(&data["seen"]))));
    }
    let names = value["name_value"].as_str().or_else(|| value["common_name"].as_str())?;
    let field = |key: &str| words(&value[key]);
    Some(row(
        names,
        [field("serial_number"), field("issuer_name"), field("not_before"), field("not_after")],
        &field("entry_timestamp"),
        clock,
    ))
}

/// From the fields of crt.sh.
fn row(
    names: &str,
    [serial, issuer, begins, ends]: [String; 4],
    logged: &str,
    clock: &mut Clock,
) -> (Leaf, Option<When>) {
    let leaf = Leaf {
        names: names.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).map(str::to_owned).collect(),
        serial,
        hash: String::new(),
        issuer,
        begins: clock.read(&begins),
        ends: clock.read(&ends),
    };
    let when = clock.read(logged);
    (leaf, when)
}

/// Columns of crt.sh's table: names, serial number, issuer, beginning, end, when logged.
fn columns(sample: &Sample) -> Option<(usize, [Option<usize>; 5])> {
    let named = |names: &[&str]| names.iter().find_map(|n| sample.named(n));
    let names = named(&["namevalue", "matchingidentities"])?;
    let [begins, ends] = [named(&["notbefore"]), named(&["notafter"])];
    let rest = [named(&["serialnumber"]), named(&["issuername"]), begins, ends, named(&["entrytimestamp", "loggedat"])];
    (sample.headed && (begins.is_some() || ends.is_some())).then_some((names, rest))
}

fn tabled(window: &mut Window<'_>, out: &mut Out<'_>) {
    let (head, all) = window.beginning();
    let found = table::table(head.as_bytes(), all).and_then(|t| Some((columns(&t.sample)?, t)));
    let Some(((names, rest), table)) = found else {
        return out.note(Code::Malformed, Span::WHOLE, "no columns of a certificate log");
    };
    let mut clock = Clock::of(rest[2..].iter().flatten().flat_map(|at| table.sample.values(*at)));
    table.each_row(window, out, &mut |cells, span, out| {
        let cell = |at: Option<usize>| at.map(|at| cells.cell(at).to_owned()).unwrap_or_default();
        let [serial, issuer, begins, ends, logged] = rest.map(cell);
        let (leaf, when) = row(cells.cell(names), [serial, issuer, begins, ends], &logged, &mut clock);
        if !leaf.tell(when, span, out) {
            out.note(Code::Malformed, span, "a row without a domain name: left out");
        }
    });
    let times = clock.finish(out);
    out.layout(format!("names = {}{times}", table.sample.names[names]));
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "leaves as a log answers",
        bytes: include_bytes!("../examples/entries.json"),
        says: &[
    "opened example as certificate-log",
    "  facts bytes 13-729 subject=\"one.example\" when=2026-09-01T00:00:00Z said=[CertificateName=\"one.example\", CertificateName=\"two.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab78cd90ef12ab34cd56\", CertificateHash=\"4879be090625a8a003f4cbf14cdbdf11dde27a0fefe9c2c038244d0af5dfb3aa\", CertificateIssuer=\"CN=Paper CA 1,O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
    "  facts bytes 13-729 subject=\"two.example\" when=2026-09-01T00:00:00Z said=[CertificateName=\"one.example\", CertificateName=\"two.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab78cd90ef12ab34cd56\", CertificateHash=\"4879be090625a8a003f4cbf14cdbdf11dde27a0fefe9c2c038244d0af5dfb3aa\", CertificateIssuer=\"CN=Paper CA 1,O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
    "  facts bytes 13-729 subject=\"www.one.example\" when=2026-09-01T00:00:00Z said=[CertificateName=\"one.example\", CertificateName=\"two.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab78cd90ef12ab34cd56\", CertificateHash=\"4879be090625a8a003f4cbf14cdbdf11dde27a0fefe9c2c038244d0af5dfb3aa\", CertificateIssuer=\"CN=Paper CA 1,O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
    "  facts bytes 731-1367 subject=\"one.example\" when=2026-09-01T01:00:00Z said=[CertificateName=\"one.example\", CertificateName=\"two.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab78cd90ef12ab34cd56\", CertificateIssuer=\"CN=Paper CA 1,O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
    "  facts bytes 731-1367 subject=\"two.example\" when=2026-09-01T01:00:00Z said=[CertificateName=\"one.example\", CertificateName=\"two.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab78cd90ef12ab34cd56\", CertificateIssuer=\"CN=Paper CA 1,O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
    "  facts bytes 731-1367 subject=\"www.one.example\" when=2026-09-01T01:00:00Z said=[CertificateName=\"one.example\", CertificateName=\"two.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab78cd90ef12ab34cd56\", CertificateIssuer=\"CN=Paper CA 1,O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
    "  note malformed bytes 1369-1409 an object that is no certificate's entry: left out ×1",
    "closed bytes=1412 records=6 children=0 layout=\"an entry of a log per object\"",
],
    },
    Example {
        name: "certstream",
        bytes: br##"{"message_type":"certificate_update","data":{"leaf_cert":{"all_domains":["*.one.example","one.example"],"serial_number":"4AB12CD34EF56AB","not_before":1788220800,"not_after":1795996799,"issuer":{"aggregated":"/O=Paper CA"}},"seen":1788220860.5}}
{"message_type":"heartbeat"}
"##,
        says: &[
    "opened example as certificate-log",
    "  facts bytes 0-245 subject=\"one.example\" when=2026-09-01T00:01:00Z said=[CertificateName=\"one.example\", CertificateSerial=\"4AB12CD34EF56AB\", CertificateIssuer=\"/O=Paper CA\", CertificateEnds=\"2026-11-29T23:59:59Z\"]",
    "  note malformed bytes 246-274 an object that is no certificate's entry: left out ×1",
    "closed bytes=275 records=1 children=0 layout=\"an entry of a log per object; times: whole seconds\"",
],
    },
    Example {
        name: "crt.sh as JSON",
        bytes: br##"[{"issuer_name":"O=Paper CA","common_name":"one.example","name_value":"one.example\nwww.one.example","entry_timestamp":"2026-09-01T00:01:00.5","not_before":"2026-09-01T00:00:00","not_after":"2026-12-01T00:00:00","serial_number":"04ab12cd34ef56ab"},{"issuer_name":"O=Paper CA","common_name":"A Person","name_value":"A Person","not_before":"2026-09-01T00:00:00","serial_number":"05"}]
"##,
        says: &[
    "opened example as certificate-log",
    "  facts bytes 1-247 subject=\"one.example\" when=2026-09-01T00:01:00.500000Z said=[CertificateName=\"one.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab\", CertificateIssuer=\"O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
    "  facts bytes 1-247 subject=\"www.one.example\" when=2026-09-01T00:01:00.500000Z said=[CertificateName=\"one.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab\", CertificateIssuer=\"O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
    "  note info bytes 248-381 a certificate that is for no host name: left out ×1",
    "  note info all times are written without a zone: taken as UTC ×1",
    "closed bytes=383 records=2 children=0 layout=\"an entry of a log per object; times: fractions of seconds\"",
],
    },
    Example {
        name: "crt.sh as a table",
        bytes: br##"id,issuer_name,common_name,name_value,entry_timestamp,not_before,not_after,serial_number
7,O=Paper CA,one.example,"one.example
www.one.example",2026-09-01T00:01:00,2026-09-01T00:00:00,2026-12-01T00:00:00,04ab12cd34ef56ab
"##,
        says: &[
    "opened example as certificate-log",
    "  facts bytes 89-220 subject=\"one.example\" when=2026-09-01T00:01:00Z said=[CertificateName=\"one.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab\", CertificateIssuer=\"O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
    "  facts bytes 89-220 subject=\"www.one.example\" when=2026-09-01T00:01:00Z said=[CertificateName=\"one.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab\", CertificateIssuer=\"O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
    "  note info all times are written without a zone: taken as UTC ×1",
    "closed bytes=221 records=2 children=0 layout=\"names = name_value; times: whole minutes\"",
],
    },
];
