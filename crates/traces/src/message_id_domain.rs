//! The right-hand side of a mail's `Message-ID`: the name of the machine or program that made it. Senders seldom think of
//! it.

use crate::host::server;
use crate::sample::{Example, MAIL};
use crate::{Found, Kind, Reads};
use model::{Card, Mail, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "message-id-domain",
        about: "made mail with the same Message-ID domain",
        source: "RFC 5322 section 3.6.4",
    },
    reads: Reads::MAILS,
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "Message-ID: <1.a@Mailer.One.example>",
            record: Record::Mail(&Mail { message_id: "1.a@Mailer.One.example>", ..MAIL }),
            values: &["mailer.one.example"],
        },
        Example {
            shows: "a machine's name",
            record: Record::Mail(&Mail { message_id: "1@WIN-344VU98D3RU", ..MAIL }),
            values: &["win-344vu98d3ru"],
        },
        Example {
            shows: "nothing that names anyone",
            record: Record::Mail(&Mail { message_id: "1@localhost", ..MAIL }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    let domain = mail.message_id.rsplit_once('@').and_then(|(_, domain)| server(domain));
    domain.iter().for_each(|domain| found.own(domain));
}
