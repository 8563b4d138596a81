//! Which servers carried a mail: names and addresses of each `Received` step, without private addresses.
//!
//! Steps before the first trusted server are the sender's own claims and can be forged; a shared forgery is a trace of
//! its maker all the same. The receiving side's servers are common to all and weigh nothing.

use crate::host::server;
use crate::sample::{Example, MAIL};
use crate::seen::MOST;
use crate::{Found, Kind, Reads};
use model::{Card, Hop, Mail, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card { id: "mail-relay", about: "sent mail through the same server", source: "RFC 5321 section 4.4" },
    reads: Reads::MAILS,
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "Received: from mail.one.example ([203.0.113.9]) by mx.two.example",
            record: Record::Mail(&Mail {
                received: &[
                    Hop { from: "Mail.One.example", by: "mx.two.example.", ip: "[203.0.113.9]", when: None },
                    Hop { from: "localhost", by: "mx.two.example", ip: "10.0.0.1", when: None },
                ],
                ..MAIL
            }),
            values: &["203.0.113.9", "mail.one.example", "mx.two.example"],
        },
        Example {
            shows: "inside one house",
            record: Record::Mail(&Mail {
                received: &[Hop { from: "box", by: "mail.local", ip: "192.168.0.7", when: None }],
                ..MAIL
            }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    let hops = mail.received.iter().take(MOST);
    let mut servers: Vec<String> = hops.flat_map(|hop| [hop.from, hop.ip, hop.by]).filter_map(server).collect();
    servers.sort_unstable();
    servers.dedup();
    servers.iter().for_each(|server| found.own(server));
}
