//! How the ids of a sender's mails are built: the part of the `Message-ID` before the `@` as a grammar of character classes.
//!
//! Each program has its own. Grammars of fewer than three signs leave no trace.

use crate::masked::grammar;
use crate::sample::{Example, MAIL};
use crate::{Found, Kind, Reads};
use model::{Card, Mail, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "id-grammar",
        about: "sent mail with message ids of one grammar",
        source: "ours; RFC 5322, section 3.6.4",
    },
    reads: Reads::MAILS,
    window: None,
    alike: false,
    ownership: model::Ownership::None,
    find,
    examples: &[
        Example {
            shows: "20240311.1829.AbC-77@one.example",
            record: Record::Mail(&Mail { message_id: "20240311.1829.AbC-77@one.example", ..MAIL }),
            values: &["h.9.AaA-9@"],
        },
        Example {
            shows: "17@one.example",
            record: Record::Mail(&Mail { message_id: "17@one.example", ..MAIL }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    let Some((local, _)) = mail.message_id.rsplit_once('@') else { return };
    if let Some(grammar) = grammar(local, 64).filter(|g| g.chars().count() >= 3) {
        found.own(&format!("{grammar}@"));
    }
}
