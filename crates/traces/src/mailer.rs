//! The program a mail says it was written with: `X-Mailer`, `User-Agent`, `X-PHP-Originating-Script` and the like, versions kept.
//!
//! A claim of the sender's; common programs are common.

use crate::sample::{Example, MAIL};
use crate::{Found, Kind, Reads};
use model::{Card, Header, Mail, Record, Span};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card { id: "mailer", about: "sent mail with the same program", source: "ours; fields in common use" },
    reads: Reads::MAILS,
    window: None,
    alike: false,
    ownership: model::Ownership::None,
    find,
    examples: &[
        Example { shows: "a bare mail", record: Record::Mail(&MAIL), values: &[] },
        Example {
            shows: "X-PHP-Originating-Script: 1001:Send.php",
            record: Record::Mail(&Mail {
                headers: &[
                    Header { name: "X-PHP-Originating-Script", value: "1001:Send.php", span: Span::WHOLE },
                    Header { name: "X-Priority", value: "1", span: Span::WHOLE },
                ],
                ..MAIL
            }),
            values: &["x-php-originating-script: 1001:Send.php"],
        },
    ],
};

const FIELDS: [&str; 6] =
    ["x-mailer", "user-agent", "x-php-originating-script", "x-php-script", "x-mailer-version", "x-mimeole"];

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    for header in mail.headers {
        let name = header.name.to_ascii_lowercase();
        if FIELDS.contains(&name.as_str()) && !header.value.trim().is_empty() {
            found.own(&format!("{name}: {}", header.value.trim()));
        }
    }
}
