//! Addresses a site resolves to. Neighbours at a shared host, or behind a shield such as Cloudflare, have the same one.
//! Private addresses name nobody.

use crate::host::{is_ip, server as named};
use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "ip-address",
        about: "resolves to the same IP address",
        source: "RFC 1035; floor: ours, a shared host serves about a thousand sites an address",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "hosting", same: 40, copyable: false, floor: 1000, common: COMMON }),
    find,
    examples: &[
        Example {
            shows: "two addresses, one of them private",
            record: Record::Facts(&Facts {
                said: &[(About::Address, "192.0.2.7"), (About::Address, "10.0.0.1"), (About::Address, "2001:DB8::1")],
                ..FACTS
            }),
            values: &["192.0.2.7", "2001:db8::1"],
        },
        Example {
            shows: "a name is no address",
            record: Record::Facts(&Facts { said: &[(About::Address, "one.example")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::Address, server, found);
}

/// An address that names someone to others.
fn server(text: &str) -> Option<String> {
    named(text).filter(|name| is_ip(name) || name.contains(':'))
}

/// Shields and site builders whose addresses stand for thousands of customers each: their published ranges' beginnings.
/// Sources: cloudflare.com/ips; developers.google.com (Google Sites, Blogger); documentation of the site builders.
const COMMON: &[(&str, u32)] = &[
    ("^104.16.", 20),
    ("^104.17.", 20),
    ("^104.18.", 20),
    ("^104.19.", 20),
    ("^104.20.", 20),
    ("^104.21.", 20),
    ("^104.22.", 20),
    ("^104.24.", 20),
    ("^104.25.", 20),
    ("^104.26.", 20),
    ("^104.27.", 20),
    ("^172.64.", 20),
    ("^172.65.", 20),
    ("^172.66.", 20),
    ("^172.67.", 20),
    ("^188.114.9", 20),
    ("^2606:4700:", 20),
    ("^151.101.", 40),
    ("^185.199.10", 40),
    ("^185.230.6", 40),
    ("^192.0.78.", 40),
    ("^198.185.159.", 40),
    ("^198.49.23.", 40),
    ("^216.239.3", 40),
    ("^23.227.38.", 40),
    ("^76.76.21.", 40),
];
