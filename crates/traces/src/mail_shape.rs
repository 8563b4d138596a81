//! How a mail is put together: the type and boundary grammar of its container, the types of its parts, the endings of what
//! is enclosed, and the transfer encoding its header names.
//!
//! A mark of the program that made it. A single plain part says nothing and leaves no trace.

use crate::masked::grammar;
use crate::sample::{Example, MAIL, SHA};
use crate::{Found, Kind, Reads};
use model::{Attachment, Card, Header, Mail, Part, Record, Span};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "mail-shape",
        about: "sent mail put together of the same sorts of parts with boundaries of one grammar",
        source: "ours; RFC 2045, RFC 2046 section 5.1.1",
    },
    reads: Reads::MAILS,
    window: None,
    alike: false,
    ownership: model::Ownership::None,
    find,
    examples: &[
        Example {
            shows: "text, HTML and a picture",
            record: Record::Mail(&Mail {
                headers: &[Header {
                    name: "Content-Type",
                    value: "multipart/mixed; charset=x;\tboundary=\"----=_Part_81_2231.99\"",
                    span: Span::WHOLE,
                }],
                parts: &[part("text/plain"), part("text/html")],
                attachments: &[Attachment { name: "Map.PNG", sha256: SHA, len: 7, ..Attachment::EMPTY }],
                ..MAIL
            }),
            values: &["multipart/mixed ----=_Aa_9_9.9 [text/plain text/html] .png"],
        },
        Example {
            shows: "plain words",
            record: Record::Mail(&Mail { parts: &[part("text/plain")], ..MAIL }),
            values: &[],
        },
    ],
};

const fn part(kind: &'static str) -> Part<'static> {
    Part { number: 0, kind, text: "", html: "", span: Span::WHOLE }
}

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    let header = mail.headers.iter().find(|h| h.name.eq_ignore_ascii_case("content-type")).map_or("", |h| h.value);
    let kind = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some(boundary) = boundary(header).and_then(|b| grammar(b, 80)) else { return };
    let parts: Vec<&str> = mail.parts.iter().take(20).map(|p| p.kind).collect();
    let mut shape = format!("{kind} {boundary} [{}]", parts.join(" "));
    for enclosed in mail.attachments.iter().take(20) {
        let ending = enclosed.name.rsplit_once('.').map_or("", |n| n.1);
        shape.push_str(&format!(" .{}", grammar(ending, 8).map_or("", |_| ending).to_ascii_lowercase()));
    }
    found.own(&shape);
}

/// The value of the parameter `boundary`, quoted or not.
fn boundary(header: &str) -> Option<&str> {
    let at = header.to_ascii_lowercase().find("boundary=")? + "boundary=".len();
    let rest = header.get(at..)?;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([';', ' ', '\t']).next(),
    }
    .filter(|b| !b.is_empty())
}
