//! The set of servers that take a site's mail, in order of name: priorities and their order change from look to look.

use crate::host::{registrable, server};
use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "mail-server",
        about: "has its mail taken by the same servers",
        source: "RFC 5321 section 5; parts are orders of magnitude, not counted",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "mail", same: 85, copyable: false, floor: 300, common: COMMON }),
    find,
    examples: &[
        Example {
            shows: "with priorities",
            record: Record::Facts(&Facts {
                said: &[(About::MailServer, "20 mx2.mail.example."), (About::MailServer, "10 mx.mail.example.")],
                ..FACTS
            }),
            values: &["mx.mail.example mx2.mail.example"],
        },
        Example {
            shows: "its own",
            record: Record::Facts(&Facts { said: &[(About::MailServer, "10 mail.one.example")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Facts(facts) = record else { return };
    let own = registrable(facts.subject);
    let set = facts::set(record, About::MailServer, |text| {
        let host = text.split_whitespace().next_back().unwrap_or_default();
        server(host).filter(|name| registrable(name) != own)
    });
    if !set.is_empty() {
        found.own(&set.join(" "));
    }
}

const COMMON: &[(&str, u32)] = &[
    ("google.com", 6),
    ("googlemail.com", 6),
    ("outlook.com", 6),
    ("secureserver.net", 12),
    ("registrar-servers.com", 20),
    ("zoho.", 60),
    ("yandex.", 40),
    ("mail.ru", 40),
    ("ovh.net", 40),
    ("kundenserver.de", 40),
    ("gandi.net", 45),
    ("protonmail", 60),
    ("mailgun.org", 45),
    ("privateemail.com", 30),
    ("improvmx.com", 45),
    ("hostinger.com", 30),
    ("cloudflare.net", 30),
    ("pphosted.com", 40),
    ("mimecast.com", 40),
    ("icloud.com", 45),
    ("titan.email", 30),
];
