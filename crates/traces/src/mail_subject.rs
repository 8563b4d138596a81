//! What mails are called: without `Re:`, `Fwd:`, `AW:` and the like, made comparable as texts are (see `normal`), without
//! mail addresses (a wave writes the victim's own in), digits kept.
//!
//! Subjects with fewer than six letters or digits leave no trace.

use crate::normal::normal;
use crate::sample::{Example, MAIL};
use crate::{Found, Kind, Reads};
use model::{Card, Mail, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "mail-subject",
        about: "sent mail under the same subject",
        source: "RFC 5256 section 2.1, base subject",
    },
    reads: Reads::MAILS,
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "RE: Fwd: AW[2]: Your mailbox ann@one.example is FULL (98%)",
            record: Record::Mail(&Mail {
                subject: "RE: Fwd: AW[2]: Your mailbox ann@one.example is FULL (98%)",
                ..MAIL
            }),
            values: &["your mailbox is full 98"],
        },
        Example {
            shows: "Выборы: новости",
            record: Record::Mail(&Mail { subject: "Выборы: новости", ..MAIL }),
            values: &["выборы новости"],
        },
        Example { shows: "Re: hi", record: Record::Mail(&Mail { subject: "Re: hi", ..MAIL }), values: &[] },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    let base = base(mail.subject);
    let words: Vec<&str> = base.split_whitespace().filter(|word| !word.contains('@')).collect();
    let subject = normal(&words.join(" ")).text;
    if subject.chars().filter(|c| c.is_alphanumeric()).count() >= 6 {
        found.own(&subject);
    }
}

/// The subject without signs of answering and passing on, in the languages mail programs write them.
fn base(subject: &str) -> &str {
    const SIGNS: [&str; 22] = [
        "re", "fw", "fwd", "aw", "wg", "sv", "vs", "antw", "doorst", "odp", "pd", "rv", "enc", "tr", "rif", "i", "ynt",
        "ilt", "vl", "ha", "回复", "转发",
    ];
    let mut rest = subject.trim();
    while let Some((sign, after)) = rest.split_once([':', '：']) {
        let sign = sign.trim_end_matches(|c: char| c.is_ascii_digit() || "[]() ".contains(c));
        if !SIGNS.iter().any(|s| s.eq_ignore_ascii_case(sign)) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}
