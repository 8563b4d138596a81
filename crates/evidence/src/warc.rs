//! Web archives: every answer and resource as a child under its address, and which machine it came from.
//!
//! Read by our own tolerant reader: packed record by record, as a whole or not at all, whatever the file is called; a damaged
//! record or member costs itself, and reading goes on at the next. Places count bytes of the archive unpacked. Requests,
//! metadata and revisits (which hold no body) are counted. Source: ISO 28500:2017 (WARC 1.1); RFC 1952.

mod stream;

use crate::said::Said;
use crate::{Example, Format, Head, Out, ReadAt, Reading, dates, http_answer, icon};
use flate2::bufread::GzDecoder;
use model::{About, Card, Code};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;
use stream::{Next, Stream};

/// The drawer.
pub const WARC: Format = Format {
    card: Card {
        id: "warc",
        about: "A web archive (WARC), packed or not",
        source: "ISO 28500:2017 (WARC 1.1); RFC 1952",
    },
    recognise,
    read: Reading::Anywhere(read),
    risky: None,
    examples: EXAMPLES,
};

fn recognise(head: &Head<'_>) -> bool {
    if !head.bytes.starts_with(&[0x1f, 0x8b, 8]) {
        return begins(head.bytes);
    }
    let mut first = [0; 16];
    let got = GzDecoder::new(head.bytes).read(&mut first).unwrap_or(0);
    begins(&first[..got])
}

fn begins(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_start();
    text.starts_with(b"WARC/0.") || text.starts_with(b"WARC/1.")
}

/// What was met beside answers.
#[derive(Default)]
struct Counts(BTreeMap<String, u64>);

fn read(bytes: &Arc<dyn ReadAt>, out: &mut Out<'_>) {
    let mut stream = Stream::open(bytes.clone());
    let (mut counts, mut records) = (Counts::default(), 0_u64);
    loop {
        match stream.next(out.settings().limits.whole) {
            Next::Record(record) => {
                records += 1;
                if record.cut {
                    let text = format!(
                        "a record is longer than {} bytes: only its beginning was read (limits.whole)",
                        record.body.len()
                    );
                    out.note(Code::Limit, record.span, text);
                }
                if record.torn {
                    out.note(Code::Truncated, record.span, "ends inside a record: what is there of it was read");
                }
                if !tell(&record, &mut counts, out) {
                    break;
                }
            }
            Next::Skipped(span) => out.note(Code::Malformed, span, "bytes that are no record: left out"),
            Next::Damaged(span, why) => {
                out.note(Code::Malformed, span, format!("a damaged member: its record was left out ({why})"));
            }
            Next::End => break,
        }
    }
    let others: Vec<String> = counts.0.iter().map(|(sort, n)| format!("{n} {sort}")).collect();
    let others = if others.is_empty() { String::new() } else { format!("; not opened: {}", others.join(", ")) };
    out.layout(format!("{records} records{others}"));
}

/// A record on its way out. False when no more will be unpacked.
fn tell(record: &stream::Record, counts: &mut Counts, out: &mut Out<'_>) -> bool {
    let field = |name: &str| record.field(name);
    let address = field("WARC-Target-URI").trim_matches(['<', '>']);
    let sort = field("WARC-Type").to_ascii_lowercase();
    out.kept = dates::iso(field("WARC-Date"));
    if let (Some(host), "response" | "revisit") = (icon::host(address), &*sort) {
        let mut said = Said::of(host);
        said.when = out.kept;
        said.add(About::Address, field("WARC-IP-Address"));
        if !said.is_empty() {
            said.tell(record.span, out);
        }
    }
    let name = if address.is_empty() { &*sort } else { address };
    match &*sort {
        "response" | "resource" | "conversion" if !record.body.is_empty() => {
            let kind = field("Content-Type").split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            let icon = sort != "response" && icon::tell(address, &kind, &record.body, record.span, out);
            icon || out.child(name, record.span, &mut &record.body[..])
        }
        _ => {
            if sort == "revisit" {
                let (fields, _) = http_answer::fields(&record.body);
                let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                http_answer::facts(address, None, &fields, record.span, out);
            }
            *counts.0.entry(if sort.is_empty() { "without a type".to_owned() } else { sort }).or_default() += 1;
            true
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "answers, a resource, torn bytes",
        bytes: b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 11\r\n\r\nsoftware: x\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://one.example/a\r\nWARC-Date: 2026-09-01T10:00:00Z\r\nWARC-IP-Address: 192.0.2.7\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 168\r\n\r\nHTTP/1.1 200 OK\r\nDate: x\r\nServer: desk\r\nContent-Type: text/html\r\nSet-Cookie: deskgate_v=1\r\n\r\n<html><title>One</title><p>Words of a page that was kept in an archive.</p>\r\n\r\ntorn bytes\r\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://one.example/favicon.ico\r\nWARC-Date: 2026-09-01T10:00:01Z\r\nContent-Length: 53\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: image/x-icon\r\n\r\n\x00\x00\x01\x00\x01\x00\r\n\r\nWARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://two.example/\r\nContent-Type: text/html\r\nContent-Length: 75\r\n\r\n<html><title>One</title><p>Words of a page that was kept in an archive.</p>\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200",
        says: &[
    "opened example as warc",
    "  facts bytes 68-441 subject=\"one.example\" when=2026-09-01T10:00:00Z said=[Address=\"192.0.2.7\"]",
    "  opened https://one.example/a as http-answer",
    "    facts bytes 0-93 subject=\"one.example\" when=2026-09-01T10:00:00Z page=\"https://one.example/a\" said=[HeaderOrder=\"Date,Server,Content-Type,Set-Cookie\", ServerSoftware=\"desk\", Cookie=\"deskgate_v\"]",
    "    opened https://one.example/a as page",
    "      page all url=\"https://one.example/a\" title=\"One\" text=\"Words of a page that was kept in an archive.\" kept=2026-09-01T10:00:00Z paths=3",
    "    closed bytes=75 records=1 children=0",
    "  closed bytes=168 records=1 children=1",
    "  opened https://one.example/favicon.ico as http-answer",
    "    facts bytes 47-53 subject=\"one.example\" said=[Icon=\"-584014218\"]",
    "  closed bytes=53 records=1 children=0",
    "  opened https://two.example/ as page",
    "    page all url=\"https://two.example/\" title=\"One\" text=\"Words of a page that was kept in an archive.\" paths=3",
    "  closed bytes=75 records=1 children=0",
    "  opened response as http-answer",
    "  closed bytes=12 records=0 children=0",
    "  note malformed bytes 445-457 bytes that are no record: left out ×1",
    "  note truncated bytes 846-912 ends inside a record: what is there of it was read ×1",
    "closed bytes=912 records=1 children=4 layout=\"5 records; not opened: 1 warcinfo\"",
],
    },
];
