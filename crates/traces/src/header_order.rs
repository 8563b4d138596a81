//! Which header fields a sender's program writes, in which order and letter case: a mark of the program and its settings.
//!
//! Only fields below the oldest `Received`: what stands above was added on the way. Authentication and filtering
//! fields that servers write there too are left out, and fewer than five fields leave no trace.

use crate::sample::{Example, MAIL};
use crate::{Found, Kind, Reads};
use model::{Card, Header, Mail, Record, Span};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "header-order",
        about: "sent mail with the same header fields in the same order and case",
        source: "ours; RFC 5322, section 3.6",
    },
    reads: Reads::MAILS,
    window: None,
    alike: false,
    ownership: model::Ownership::None,
    find,
    examples: &[
        Example {
            shows: "a mail handed on once",
            record: Record::Mail(&Mail {
                headers: &[
                    field("Delivered-To"),
                    field("Received"),
                    field("DKIM-Signature"),
                    field("From"),
                    field("to"),
                    field("Subject"),
                    field("Date"),
                    field("X-Mailer"),
                ],
                ..MAIL
            }),
            values: &["From to Subject Date X-Mailer"],
        },
        Example {
            shows: "a bare mail",
            record: Record::Mail(&Mail { headers: &[field("From"), field("To"), field("Date")], ..MAIL }),
            values: &[],
        },
    ],
};

const fn field(name: &'static str) -> Header<'static> {
    Header { name, value: "", span: Span::WHOLE }
}

/// Beginnings of fields that servers and filters add, wherever they stand.
const ADDED: [&str; 14] = [
    "arc-",
    "authentication-",
    "dkim-",
    "received",
    "return-path",
    "delivered-to",
    "x-ms-",
    "x-microsoft",
    "x-forefront",
    "x-google-",
    "x-gm-",
    "x-spam",
    "x-original-",
    "x-sid-",
];

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    let own = own(mail);
    if own.len() >= 5 {
        found.own(&own.join(" "));
    }
}

/// Names of the fields that the sender's side wrote.
fn own<'a>(mail: &'a Mail<'_>) -> Vec<&'a str> {
    let oldest = mail.headers.iter().rposition(|h| h.name.eq_ignore_ascii_case("received"));
    let added = |h: &&Header<'_>| {
        let name = h.name.to_ascii_lowercase();
        !ADDED.iter().any(|a| name.starts_with(a))
    };
    mail.headers[oldest.map_or(0, |n| n + 1)..].iter().filter(added).take(40).map(|h| h.name).collect()
}
