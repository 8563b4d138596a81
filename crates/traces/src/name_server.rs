//! The whole set of a site's name servers: hosters give each customer or batch a set, and vanity servers name their owner.
//! Sets at hosts that deal them out by chance (Route 53) meet rarely and say little.

use crate::host::server;
use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "name-server",
        about: "has the same set of name servers",
        source: "RFC 1035; floor: ours, from the number of sets large hosters deal out",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "hosting", same: 40, copyable: false, floor: 500, common: COMMON }),
    find,
    examples: &[
        Example {
            shows: "a set, in any order",
            record: Record::Facts(&Facts {
                said: &[(About::NameServer, "ns2.host.example."), (About::NameServer, "NS1.host.example")],
                ..FACTS
            }),
            values: &["ns1.host.example ns2.host.example"],
        },
        Example {
            shows: "one alone",
            record: Record::Facts(&Facts { said: &[(About::NameServer, "ns1.host.example")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let set = facts::set(record, About::NameServer, server);
    if set.len() > 1 {
        found.own(&set.join(" "));
    }
}

/// Hosters that give all customers one set.
const COMMON: &[(&str, u32)] =
    &[("parkingcrew.net", 30), ("sedoparking.com", 30), ("registrar-servers.com", 12), ("wixdns.net", 30)];
