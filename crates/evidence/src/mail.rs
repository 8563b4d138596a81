//! A mail: who wrote to whom by which way, its words, its links, and what is enclosed as children.
//!
//! Text parts that are marked as attachments, or carry a file name and are not the first part, are enclosures; all
//! other text parts are words, HTML without its markup. Nested mails are children. Wrong: `X-Original-To` and
//! `Delivered-To` are believed as they stand, though a sender can write them too; the newest is taken.
//! Source: RFC 5322, RFC 2045–2049, RFC 2183, RFC 2231; see `mime` and `route`.

use crate::mime::{self, Block, Decoding, Leaf};
use crate::read::hex;
use crate::route::{self, Step};
use crate::{Example, Format, Head, Out, Reading, dates, html};
use mail_parser::HeaderValue;
use model::{Address, Attachment, Card, Code, Header, Hop, Mail, Part, Record, Span};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The drawer.
pub const MAIL: Format = Format {
    card: Card {
        id: "mail",
        about: "A mail (.eml, Maildir) with its enclosures as children",
        source: "RFC 5322, RFC 2045–2049",
    },
    recognise,
    read: Reading::Whole(read),
    risky: None,
    examples: &[
        Example {
            name: "text, HTML and an enclosure",
            bytes: include_bytes!("../examples/newsletter.eml"),
            says: &[
                "opened example as mail",
                "  mail all message_id=\"77.1@news.example\" from=\"Die Nächste\" <\"news@news.example\"> reply_to=\"desk@news.example\" to=[\"Reader, Dear\" <\"list@news.example\">, \"a@three.example\", \"b@three.example\", \"reader@two.example\"] mailbox=\"reader@two.example\" subject=\"Wahl – this week\" when=2016-11-03T13:05:09Z received=[from \"out.news.example\" by \"mx.two.example\" ip \"192.0.2.25\" 2016-11-03T13:05:11Z, from \"\" by \"out.news.example\" ip \"\" 2016-11-03T13:05:09Z] headers=[\"Return-Path\": \"<bounce@news.example>\" at bytes 0-35, \"Delivered-To\": \"reader@two.example\" at bytes 35-68, \"Received\": \"from out.news.example (out.news.example [192.0.2.25])\\tby mx.two.example (Postfix) with ESMTPS id 4Xyz\\tfor <reader@two.example>; Thu, 3 Nov 2016 14:05:11 +0100 (CET)\" at bytes 68-245, \"Received\": \"by out.news.example id 77; Thu, 3 Nov 2016 13:05:09 +0000\" at bytes 245-313, \"From\": \"=?utf-8?q?Die_N=C3=A4chste?= <news@news.example>\" at bytes 313-368, \"Reply-To\": \"desk@news.example\" at bytes 368-396, \"To\": \"\\\"Reader, Dear\\\" <list@news.example>\" at bytes 396-435, \"Cc\": \"a@three.example, b@three.example\" at bytes 435-472, \"Subject\": \"=?utf-8?b?V2FobCDigJM=?= this week\" at bytes 472-516, \"Date\": \"Thu, 3 Nov 2016 14:05:09 +0100\" at bytes 516-553, \"Message-ID\": \"<77.1@news.example>\" at bytes 553-585, \"MIME-Version\": \"1.0\" at bytes 585-603, \"Content-Type\": \"multipart/mixed; boundary=\\\"outer\\\"\" at bytes 603-651] text=\"Grüße from the desk. One line.\\n\\nGreetings & a link\\nhidden words\" parts=[0 \"text/plain\" 30 chars at bytes 858-894, 1 \"text/html\" 31 chars at bytes 943-1123] links=[\"https://news.example/a?b=1\"] attachments=[\"bär.bin\" 12 bytes sha256 d7e6c021decf973c244a95ae81619425c0a4707d69e02f15d0c9e4d5ce1ec1d1]",
                "  opened bär.bin as nothing known",
                "    note unrecognised all no format recognised this: sealed and listed, not read ×1",
                "  closed bytes=12 records=0 children=0",
                "closed bytes=1339 records=1 children=1",
            ],
        },
        Example {
            name: "a mail in a mail, never closed",
            bytes: include_bytes!("../examples/forwarded.eml"),
            says: &[
                "opened example as mail",
                "  mail all from=\"Bo\" <\"bo@two.example\"> subject=\"Fwd: Hello\" when=2016-11-04T09:00:00Z headers=[\"From\": \"Bo <bo@two.example>\" at bytes 0-26, \"To\": \"undisclosed-recipients:;\" at bytes 26-55, \"Subject\": \"Fwd: Hello\" at bytes 55-75, \"Date\": \"Fri, 4 Nov 2016 09:00:00 +0000\" at bytes 75-112, \"Content-Type\": \"multipart/mixed; boundary=xyz\" at bytes 112-156] text=\"See below.\" parts=[0 \"text/plain\" 10 chars at bytes 164-174] attachments=[\"\" 114 bytes sha256 b7eded061ba8a1355ab06cbe1c817084206da2862e9ebc8c907388a06820024e]",
                "  opened enclosure 1 as mail",
                "    mail all from=\"Ann\" <\"ann@one.example\"> to=[\"bo@two.example\"] mailbox=\"bo@two.example\" subject=\"Hello\" when=2016-11-03T13:05:09Z headers=[\"From\": \"Ann <ann@one.example>\" at bytes 0-28, \"To\": \"bo@two.example\" at bytes 28-47, \"Subject\": \"Hello\" at bytes 47-62, \"Date\": \"Thu, 3 Nov 2016 14:05:09 +0100\" at bytes 62-99] text=\"Good morning.\" parts=[0 \"text/plain\" 14 chars at bytes 100-114]",
                "  closed bytes=114 records=1 children=0",
                "  note truncated bytes 325-326 the last multipart is not closed ×1",
                "closed bytes=325 records=1 children=1",
            ],
        },
        Example {
            name: "broken in many ways",
            bytes: include_bytes!("../examples/broken.eml"),
            says: &[
                "opened example as mail",
                "  mail all from=\"Caf� \\u{1b}[31m\" <\"x@one.example\"> subject=\"no date but folded\" received=[from \"nowhere\" by \"\" ip \"\"] headers=[\"Received\": \"from nowhere\" at bytes 0-23, \"From\": \"\\\"Caf� \\u{1b}[31m\\\" <x@one.example>\" at bytes 23-58, \"Subject\": \"no date but folded\" at bytes 80-110, \"X-Long\": \"yes\" at bytes 110-122, \"Content-Type\": \"text/html; charset=x-unheard-of\" at bytes 122-168, \"Content-Transfer-Encoding\": \"base64\" at bytes 168-202] text=\"caf\" parts=[0 \"text/html\" 3 chars at bytes 203-248] links=[\"http://one.example\"]",
                "  note malformed bytes 0-203 a line in the header is no header field ×1",
                "  note malformed bytes 203-248 base64 with bytes that do not belong there ×1",
                "  note encoding bytes 0-203 header bytes that are not UTF-8 were replaced ×1",
                "  note time bytes 0-203 no date, or one that cannot be ×1",
                "closed bytes=248 records=1 children=0",
            ],
        },
    ],
};

/// Fields that little else than a mail has.
const OWN: &[&str] = &[
    "from",
    "received",
    "message-id",
    "return-path",
    "delivered-to",
    "x-original-to",
    "reply-to",
    "dkim-signature",
    "mime-version",
];
/// Fields that a mail has, and other things too.
const SHARED: &[&str] = &["subject", "date", "to", "cc", "bcc", "sender", "content-type"];

/// One field of a mail's own and one more, three of those it shares, or a multipart: less could be any text with
/// colons.
fn recognise(head: &Head<'_>) -> bool {
    if head.markup() {
        return false;
    }
    let bytes = &head.bytes[lead(head.bytes)..];
    let (mut own, mut shared, mut fields, mut odd) = (0_u32, 0_u32, 0, 0);
    for line in bytes.split(|b| *b == b'\n').take(400) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() || odd > 3 || (odd > 0 && fields < 2) {
            break;
        }
        if fields > 0 && matches!(line[0], b' ' | b'\t') {
            continue;
        }
        let Some(colon) = mime::colon(line).filter(|n| *n < 80 && plausible(&line[..*n])) else {
            odd += 1;
            continue;
        };
        let is = |names: &[&str]| names.iter().any(|n| line[..colon].trim_ascii().eq_ignore_ascii_case(n.as_bytes()));
        fields += 1;
        let multipart = is(&["content-type"]) && memchr::memmem::find(line, b"multipart/").is_some();
        own += u32::from(is(OWN)) + 2 * u32::from(multipart);
        shared += u32::from(is(SHARED));
    }
    odd <= 3 && (odd == 0 || fields >= 2) && ((own >= 1 && own + shared >= 2) || shared >= 3)
}

/// Length of what stands before the header: a byte-order mark, empty lines.
fn lead(bytes: &[u8]) -> usize {
    let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.len() - rest.len() + rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count()
}

fn plausible(name: &[u8]) -> bool {
    name.trim_ascii_end().iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let top = mime::block(bytes, lead(bytes));
    note_header(&top, out);
    let head = Fields::read(&top, out);
    let values: Vec<_> = top.fields.iter().map(mime::Field::unfolded).collect();
    let names: Vec<_> = top.fields.iter().map(|f| (f.name.clone(), span(&f.at))).collect();
    if values.iter().any(|(_, replaced)| *replaced) {
        out.note(Code::Encoding, Span::bytes(0, top.body as u64), "header bytes that are not UTF-8 were replaced");
    }
    let headers: Vec<Header<'_>> =
        names.iter().zip(&values).map(|((name, span), (value, _))| Header { name, value, span: *span }).collect();
    let parts = mime::parts(bytes, top);
    note_parts(&parts, bytes, out);
    let contents = Contents::read(bytes, &parts.leaves, out);
    head.record(bytes, &headers, &contents, out);
    contents.unpack(out);
}

/// A mail written anew (see [`crate::rebuilt`]): what it says, without places in the evidence, without the bytes that a
/// signature is over, and without the fields that are not its own.
pub(crate) fn rebuilt(bytes: &[u8], own_header: bool, out: &mut Out<'_>) {
    let top = mime::block(bytes, 0);
    let head = Fields::read(&top, out);
    let shape = |f: &&mime::Field<'_>| own_header && !f.is("Content-Type") && !f.is("MIME-Version");
    let fields: Vec<_> = top.fields.iter().filter(shape).map(|f| (f.name.clone(), f.unfolded().0)).collect();
    let headers: Vec<Header<'_>> =
        fields.iter().map(|(name, value)| Header { name, value, span: Span::WHOLE }).collect();
    let parts = mime::parts(bytes, top);
    note_parts(&parts, bytes, out);
    let mut contents = Contents::read(bytes, &parts.leaves, out);
    contents.parts.iter_mut().for_each(|p| p.span = Span::WHOLE);
    contents.enclosed.iter_mut().for_each(|e| e.span = Span::WHOLE);
    head.record(&[], &headers, &contents, out);
    contents.unpack(out);
}

pub(crate) fn span(at: &std::ops::Range<usize>) -> Span {
    Span::bytes(at.start as u64, at.len() as u64)
}

pub(crate) fn note_header(top: &Block<'_>, out: &mut Out<'_>) {
    let at = Span::bytes(0, top.body as u64);
    if top.left_out > 0 {
        out.note(Code::Limit, at, format!("only the first {} header fields were read", mime::MOST_FIELDS));
    }
    if top.odd > 0 {
        out.note(Code::Malformed, at, "a line in the header is no header field");
    }
}

pub(crate) fn note_parts(parts: &mime::Parts<'_>, bytes: &[u8], out: &mut Out<'_>) {
    let end = Span::bytes(bytes.len() as u64, 1);
    if parts.unclosed {
        out.note(Code::Truncated, end, "the last multipart is not closed");
    }
    if parts.left_out > 0 {
        out.note(Code::Limit, end, format!("only the first {} parts were read", mime::MOST_PARTS));
    }
    if parts.fields_left_out > 0 {
        out.note(Code::Limit, end, "parts with too many header fields: only the first were read");
    }
    if parts.too_deep > 0 {
        out.note(Code::Limit, end, format!("parts nested more than {} deep were read as one", mime::MOST_DEPTH));
    }
}

/// An address, owned.
#[derive(Default)]
struct Owned {
    name: String,
    address: String,
}

impl Owned {
    fn lend(&self) -> Address<'_> {
        Address { name: &self.name, address: &self.address }
    }
}

/// What the header says, parsed.
struct Fields {
    message_id: String,
    from: Owned,
    reply_to: Vec<Owned>,
    to: Vec<Owned>,
    mailbox: String,
    subject: String,
    when: Option<model::When>,
    received: Vec<Step>,
}

impl Fields {
    fn read(top: &Block<'_>, out: &mut Out<'_>) -> Self {
        let when = top.first("Date").and_then(|f| dates::rfc5322(f.value));
        if when.is_none() {
            out.note(Code::Time, Span::bytes(0, top.body as u64), "no date, or one that cannot be");
        }
        let to = addresses(top, "To");
        if to.len() >= MOST_ADDRESSES {
            let at = Span::bytes(0, top.body as u64);
            out.note(Code::Limit, at, format!("only the first {MOST_ADDRESSES} recipients were read"));
        }
        let copies: Vec<Owned> = ["Delivered-To", "X-Original-To"].iter().flat_map(|n| addresses(top, n)).collect();
        let mailbox = match (copies.first(), &to[..]) {
            (Some(copy), _) => copy.address.clone(),
            (None, [only]) => only.address.clone(),
            _ => String::new(),
        };
        Self {
            message_id: top.first("Message-ID").map(message_id).unwrap_or_default(),
            from: sender(addresses(top, "From")),
            reply_to: addresses(top, "Reply-To"),
            to: to.into_iter().chain(addresses(top, "Cc")).chain(copies).collect(),
            mailbox,
            subject: top.first("Subject").map(subject).unwrap_or_default(),
            when,
            received: top.all("Received").map(|f| route::step(&f.unfolded().0)).collect(),
        }
    }

    fn record(&self, raw: &[u8], headers: &[Header<'_>], contents: &Contents<'_>, out: &mut Out<'_>) {
        let to: Vec<_> = self.to.iter().map(Owned::lend).collect();
        let parts: Vec<_> = contents.parts.iter().map(Worded::lend).collect();
        let links: Vec<_> = contents.links.iter().map(String::as_str).collect();
        let received: Vec<_> = self.received.iter().map(hop).collect();
        let attachments: Vec<_> = contents.enclosed.iter().map(Enclosed::lend).collect();
        let mail = Mail {
            message_id: &self.message_id,
            from: self.from.lend(),
            reply_to: self.reply_to.first().map(Owned::lend).unwrap_or_default(),
            to: &to,
            mailbox: &self.mailbox,
            subject: &self.subject,
            when: self.when,
            received: &received,
            headers,
            text: &contents.text,
            parts: &parts,
            links: &links,
            attachments: &attachments,
            raw,
        };
        out.record(Span::WHOLE, Record::Mail(&mail));
    }
}

fn hop(step: &Step) -> Hop<'_> {
    Hop { from: &step.from, by: &step.by, ip: &step.ip, when: step.when }
}

fn message_id(field: &mime::Field<'_>) -> String {
    match field.stream().parse_id() {
        HeaderValue::Text(id) => id.into_owned(),
        HeaderValue::TextList(ids) => ids.into_iter().next().unwrap_or_default().into_owned(),
        _ => field.unfolded().0.trim_matches(['<', '>', ' ']).to_owned(),
    }
}

fn subject(field: &mime::Field<'_>) -> String {
    field.stream().parse_unstructured().into_text().map(Cow::into_owned).unwrap_or_default()
}

/// Most addresses kept of fields of one name.
const MOST_ADDRESSES: usize = 10_000;

/// Every address in every field of this name, groups opened.
fn addresses(top: &Block<'_>, name: &str) -> Vec<Owned> {
    let mut found = Vec::new();
    let owned = |a: mail_parser::Addr<'_>| Owned {
        name: a.name.unwrap_or_default().into_owned(),
        address: a.address.unwrap_or_default().into_owned(),
    };
    for field in top.all(name) {
        if found.len() >= MOST_ADDRESSES {
            break;
        }
        match field.stream().parse_address().into_address() {
            Some(mail_parser::Address::List(list)) => found.extend(list.into_iter().map(owned)),
            Some(mail_parser::Address::Group(groups)) => {
                found.extend(groups.into_iter().flat_map(|g| g.addresses).map(owned));
            }
            None => {}
        }
    }
    found.truncate(MOST_ADDRESSES);
    found.retain(|a| !a.name.is_empty() || !a.address.is_empty());
    found
}

/// The first that is an address. A comma in an unquoted name tears it off, as in `Shop, Name <a@one.example>`.
fn sender(list: Vec<Owned>) -> Owned {
    let at = list.iter().position(|a| a.address.contains('@')).unwrap_or(0);
    let torn: Vec<_> = list[..at.min(list.len())].iter().map(|a| [&a.name[..], &a.address].concat()).collect();
    let mut sender = list.into_iter().nth(at).unwrap_or_default();
    if !torn.is_empty() {
        let name = std::mem::take(&mut sender.name);
        let rest = Some(name).filter(|n| !n.is_empty());
        sender.name = torn.into_iter().chain(rest).collect::<Vec<_>>().join(", ");
    }
    sender
}

/// Something enclosed, decoded.
struct Enclosed<'a> {
    name: String,
    kind: String,
    sha256: String,
    span: Span,
    bytes: Cow<'a, [u8]>,
}

impl Enclosed<'_> {
    fn lend(&self) -> Attachment<'_> {
        Attachment {
            name: &self.name,
            sha256: &self.sha256,
            len: self.bytes.len() as u64,
            kind: &self.kind,
            span: self.span,
            bytes: &self.bytes,
        }
    }
}

/// A part that is words, decoded.
struct Worded {
    number: u32,
    kind: String,
    text: String,
    html: String,
    span: Span,
}

impl Worded {
    fn lend(&self) -> Part<'_> {
        Part { number: self.number, kind: &self.kind, text: &self.text, html: &self.html, span: self.span }
    }
}

/// What the parts hold.
#[derive(Default)]
struct Contents<'a> {
    text: String,
    parts: Vec<Worded>,
    links: Vec<String>,
    enclosed: Vec<Enclosed<'a>>,
    /// The source of another mail that stands among the words, and the part in which.
    pasted: Option<(String, Span)>,
}

/// Fields with which the source of a mail begins that somebody was asked to copy.
const BEGINS: &[&str] = &["Delivered-To:", "Return-Path:", "Received:", "X-Original-To:"];

/// Where the source of a mail begins in words: the way it came, who sent it, and when or under which id.
fn pasted(text: &str) -> Option<usize> {
    let starts =
        BEGINS.iter().filter_map(|name| memchr::memmem::find(text.as_bytes(), name.as_bytes())).collect::<Vec<_>>();
    let at = *starts.iter().filter(|at| **at == 0 || text.as_bytes()[**at - 1] == b'\n').min()?;
    let top = mime::block(text.as_bytes(), at);
    let has = |name: &str| top.first(name).is_some();
    (has("Received") && has("From") && (has("Date") || has("Message-ID"))).then_some(at)
}

impl<'a> Contents<'a> {
    fn read(bytes: &'a [u8], leaves: &[Leaf<'_>], out: &mut Out<'_>) -> Self {
        let mut contents = Self::default();
        for (i, leaf) in leaves.iter().enumerate() {
            let (decoded, broken) = leaf.decoded(bytes);
            if broken {
                out.note(Code::Malformed, span(&leaf.at), "base64 with bytes that do not belong there");
            }
            match is_words(leaf, i == 0) {
                true => contents.words(i as u32, &decoded, leaf, out),
                false => contents.enclose(decoded, leaf),
            }
        }
        contents
    }

    fn words(&mut self, number: u32, decoded: &[u8], leaf: &Leaf<'_>, out: &mut Out<'_>) {
        let (written, decoding) = mime::text(decoded, &leaf.charset);
        if decoding == Decoding::Doubtful {
            out.note(Code::Encoding, span(&leaf.at), "text not in the charset it claims, or in one not known");
        }
        let (text, html) = match &leaf.kind[..] {
            "text/html" | "application/xhtml+xml" => {
                let (text, links) = html::plain(&written);
                if links.len() >= html::MOST_LINKS {
                    let most = html::MOST_LINKS;
                    out.note(Code::Limit, span(&leaf.at), format!("only the first {most} links of a part were read"));
                }
                self.links.extend(links);
                (text, written.into_owned())
            }
            _ => (written.into_owned(), String::new()),
        };
        let words = text.trim();
        if !words.is_empty() {
            self.pasted =
                self.pasted.take().or_else(|| pasted(&text).map(|at| (text[at..].to_owned(), span(&leaf.at))));
            let gap = if self.text.is_empty() { "" } else { "\n\n" };
            self.text.extend([gap, words]);
        }
        self.parts.push(Worded { number, kind: leaf.kind.clone(), text, html, span: span(&leaf.at) });
    }

    fn enclose(&mut self, decoded: Cow<'a, [u8]>, leaf: &Leaf<'_>) {
        if decoded.is_empty() && leaf.name.is_empty() {
            return;
        }
        let sha256 = hex(&Sha256::digest(&decoded));
        self.enclosed.push(Enclosed {
            name: leaf.name.clone(),
            kind: leaf.kind.clone(),
            sha256,
            span: span(&leaf.at),
            bytes: decoded,
        });
    }

    fn unpack(self, out: &mut Out<'_>) {
        if let Some((source, part)) = &self.pasted {
            out.note(Code::Info, *part, "the source of a mail stands among the words: read as a mail of its own");
            if !out.child("pasted source", *part, &mut source.as_bytes()) {
                return;
            }
        }
        for (i, enclosed) in self.enclosed.iter().enumerate() {
            let name = match &enclosed.name[..] {
                "" => format!("enclosure {}", i + 1),
                name => name.to_owned(),
            };
            if !out.child(&name, enclosed.span, &mut &enclosed.bytes[..]) {
                return;
            }
        }
    }
}

/// True for a part that is read as part of the mail's words rather than as an enclosure.
fn is_words(leaf: &Leaf<'_>, first: bool) -> bool {
    let text = leaf.kind.starts_with("text/")
        || matches!(&leaf.kind[..], "application/xhtml+xml" | "message/delivery-status" | "message/feedback-report")
        || leaf.kind == "message/disposition-notification"
        || (first && !leaf.kind.contains('/'));
    text && !leaf.attached && (first || leaf.name.is_empty())
}
