//! How what is enclosed in a mail is named: a grammar of character classes with the ending kept.
//!
//! `Invoice_81.pdf` and `Invoice_97.pdf` meet. Names without a sign or figure leave no trace.

use crate::masked::grammar;
use crate::sample::{Example, MAIL, SHA};
use crate::{Found, Kind, Reads};
use model::{Attachment, Card, Mail, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "enclosure-name",
        about: "sent mail with enclosures named by one pattern",
        source: "ours; RFC 2183, section 2.3",
    },
    reads: Reads::MAILS,
    window: None,
    alike: false,
    ownership: model::Ownership::None,
    find,
    examples: &[
        Example { shows: "a bare mail", record: Record::Mail(&MAIL), values: &[] },
        Example {
            shows: "Invoice_2231-a.PDF, notes.txt",
            record: Record::Mail(&Mail {
                attachments: &[
                    Attachment { name: "Invoice_2231-a.PDF", sha256: SHA, len: 7, ..Attachment::EMPTY },
                    Attachment { name: "notes.txt", sha256: SHA, len: 7, ..Attachment::EMPTY },
                ],
                ..MAIL
            }),
            values: &["Aa_9-a.pdf"],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    for enclosed in mail.attachments.iter().take(50) {
        let Some((stem, ending)) = enclosed.name.rsplit_once('.') else { continue };
        if let Some(grammar) = grammar(stem, 48).filter(|g| g.chars().count() >= 3 && ending.len() <= 8) {
            found.own(&format!("{grammar}.{}", ending.to_ascii_lowercase()));
        }
    }
}
