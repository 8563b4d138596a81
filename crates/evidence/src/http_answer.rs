//! An answer of a web server as it was received: what its headers tell of the site, and its body as a child.
//!
//! Header names in order, names of cookies, the server's software and where it sent on are facts; values of cookies are not
//! taken. Bodies in chunks, gzip, deflate, Zstandard and Brotli are undone. Wrong: without an address (a file by itself) nobody
//! knows whose answer it is; Brotli has no mark, so that what claims it and is text already is left as it stands. Source: RFC
//! 9110, RFC 9112; RFC 7932.

use crate::said::Said;
use crate::{Example, Format, Out, Reading, icon};
use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use model::{About, Card, Code, Span};
use std::borrow::Cow;
use std::io::Read;

/// The drawer.
pub const HTTP_ANSWER: Format = Format {
    card: Card {
        id: "http-answer",
        about: "an answer of a web server with its headers; the body is a child",
        source: "RFC 9110; RFC 9112",
    },
    recognise: |head| head.bytes.starts_with(b"HTTP/") && status(head.bytes).is_some(),
    read: Reading::Whole(read),
    risky: None,
    examples: EXAMPLES,
};

/// Most header fields looked at.
const FIELDS: usize = 500;

/// The three digits of the first line.
fn status(bytes: &[u8]) -> Option<u16> {
    let line = bytes.split(|b| *b == b'\n').next()?;
    let code = std::str::from_utf8(line).ok()?.split_ascii_whitespace().nth(1)?;
    code.parse().ok().filter(|n| (100..600).contains(n))
}

/// The header's fields, and where the body begins.
pub(crate) fn fields(bytes: &[u8]) -> (Vec<(String, String)>, usize) {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
        let line = bytes[at..end].trim_ascii_end();
        let first = at == 0;
        at = (end + 1).min(bytes.len());
        if line.is_empty() && !first {
            break;
        }
        if let Some(colon) = memchr::memchr(b':', line).filter(|_| out.len() < FIELDS) {
            let text = |part: &'_ [u8]| String::from_utf8_lossy(part.trim_ascii()).into_owned();
            out.push((text(&line[..colon]), text(&line[colon + 1..])));
        }
    }
    (out, at)
}

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let (fields, at) = fields(bytes);
    let first = |name: &str| fields.iter().find(|f| f.0.eq_ignore_ascii_case(name)).map_or("", |f| &f.1);
    let address = out.address().unwrap_or_default().to_owned();
    let head = Span::bytes(0, at as u64);
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    facts(&address, status(bytes), &pairs, head, out);
    if at == bytes.len() {
        return;
    }
    let (kind, packed) = (first("Content-Type"), first("Content-Encoding").to_ascii_lowercase());
    let chunked = first("Transfer-Encoding").to_ascii_lowercase().contains("chunked");
    let body = if chunked { whole(&bytes[at..]) } else { Cow::Borrowed(&bytes[at..]) };
    let span = Span::bytes(at as u64, (bytes.len() - at) as u64);
    let body = unpacked(&body, &packed, span, out);
    if icon::tell(&address, kind.split(';').next().unwrap_or_default().trim(), &body, span, out) {
        return;
    }
    let name = if address.is_empty() { "body".to_owned() } else { address };
    let style = ["text/css", "javascript", "font/", "application/json"].iter().any(|k| kind.contains(k));
    if style && !body.is_empty() {
        return out.note(Code::Info, span, "a style sheet, script, font or data of a page: left out");
    }
    out.child(&name, span, &mut &body[..]);
}

/// What the headers of an answer tell of the site.
pub(crate) fn facts(address: &str, status: Option<u16>, fields: &[(&str, &str)], span: Span, out: &mut Out<'_>) {
    let Some(host) = icon::host(address) else { return };
    let kind = fields.iter().find(|f| f.0.eq_ignore_ascii_case("content-type")).map_or("", |f| f.1);
    let sent = status.is_some_and(|s| (300..400).contains(&s));
    // Pictures and scripts come from other servers of a house, with other headers: a page's speak for the site.
    if !(sent || kind.to_ascii_lowercase().contains("html")) {
        return;
    }
    let mut said = Said::of(host);
    said.when = out.kept;
    said.page = address.to_owned();
    let names: Vec<&str> = fields.iter().map(|f| f.0).collect();
    said.add(About::HeaderOrder, &names.join(","));
    for (name, value) in fields {
        match name.to_ascii_lowercase().as_str() {
            "server" => said.add(About::ServerSoftware, value),
            "set-cookie" => said.add(About::Cookie, value.split('=').next().unwrap_or_default()),
            "location" if sent => said.add(About::SentTo, value),
            _ => {}
        }
    }
    said.tell(span, out);
}

/// A body in chunks put together; as far as it goes where a chunk is torn, as it stands where there are none.
fn whole(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (mut out, mut rest) = (Vec::new(), bytes);
    while let Some(end) = memchr::memchr(b'\n', &rest[..rest.len().min(100)]) {
        let line = std::str::from_utf8(&rest[..end]).unwrap_or_default();
        let size = usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16);
        let Ok(size) = size else { break };
        let from = end + 1;
        let to = from.saturating_add(size).min(rest.len());
        out.extend_from_slice(&rest[from..to]);
        rest = rest[to..].trim_ascii_start();
        if size == 0 {
            break;
        }
    }
    // Some archives keep the header and undo the chunks.
    if out.is_empty() && !bytes.starts_with(b"0") { Cow::Borrowed(bytes) } else { Cow::Owned(out) }
}

/// A body as it was before it was packed for the way.
fn unpacked<'b>(body: &'b [u8], packed: &str, span: Span, out: &mut Out<'_>) -> Cow<'b, [u8]> {
    let most = out.settings().limits.whole;
    let mut text = Vec::new();
    let done = match body {
        [0x1f, 0x8b, ..] if packed.contains("gzip") => MultiGzDecoder::new(body).take(most).read_to_end(&mut text),
        [0x28, 0xb5, 0x2f, 0xfd, ..] if packed.contains("zstd") => {
            zstd::stream::read::Decoder::new(body).and_then(|d| d.take(most).read_to_end(&mut text))
        }
        [a, b, ..] if packed.contains("deflate") => {
            let framed = a & 15 == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0;
            if framed {
                ZlibDecoder::new(body).take(most).read_to_end(&mut text)
            } else {
                DeflateDecoder::new(body).take(most).read_to_end(&mut text)
            }
        }
        // Some archives keep the header and undo the packing.
        _ if packed.split(',').any(|p| p.trim() == "br") && std::str::from_utf8(body).is_err() => {
            Decompressor::new(body, 4096).take(most).read_to_end(&mut text)
        }
        _ => return Cow::Borrowed(body),
    };
    if let Err(e) = done {
        out.note(Code::Truncated, span, format!("a packed body ends early: {e}"));
    }
    if text.len() as u64 == most {
        out.note(Code::Limit, span, format!("only the first {most} bytes of a body were unpacked (limits.whole)"));
    }
    Cow::Owned(text)
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "an answer by itself",
        bytes: b"HTTP/1.1 200 OK\r\nServer: desk\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\n<html><title>One</title>Wo\r\n4\r\nrds.\r\n0\r\n\r\n",
        says: &[
    "opened example as http-answer",
    "  opened body as page",
    "    page all title=\"One\" text=\"Words.\" paths=2",
    "  closed bytes=30 records=1 children=0",
    "closed bytes=132 records=0 children=1",
],
    },
];
