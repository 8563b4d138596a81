//! The network of a site's addresses: /24 of IPv4, /48 of IPv6. Said beside the address itself it adds little.

use crate::host::server;
use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};
use std::net::IpAddr;

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "ip-prefix",
        about: "resolves into the same small network",
        source: "ours: the smallest networks that are commonly announced (RIPE-611 section 3)",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "hosting", same: 50, copyable: false, floor: 300, common: &[] }),
    find,
    examples: &[
        Example {
            shows: "IPv4 and IPv6",
            record: Record::Facts(&Facts {
                said: &[(About::Address, "192.0.2.7"), (About::Address, "2001:db8:1:2::1")],
                ..FACTS
            }),
            values: &["192.0.2.0/24", "2001:db8:1::/48"],
        },
        Example {
            shows: "no address",
            record: Record::Facts(&Facts { said: &[(About::Address, "one.example")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::Address, |text| server(text).and_then(|ip| prefix(&ip)), found);
}

fn prefix(ip: &str) -> Option<String> {
    match ip.parse().ok()? {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            Some(format!("{a}.{b}.{c}.0/24"))
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            Some(format!("{a:x}:{b:x}:{c:x}::/48"))
        }
    }
}
