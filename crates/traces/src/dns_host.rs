//! Who runs a site's name servers: their registrable domains without numbers. A supplier, not an owner, unless it is rare.

use crate::host::{registrable, server};
use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "dns-host",
        about: "has its names served by the same company",
        source: "ours; parts are orders of magnitude, not counted",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "hosting", same: 85, copyable: false, floor: 200, common: COMMON }),
    find,
    examples: &[
        Example {
            shows: "servers of one company",
            record: Record::Facts(&Facts {
                said: &[
                    (About::NameServer, "ns-1068.awsdns-05.org."),
                    (About::NameServer, "ns-458.awsdns-57.com"),
                    (About::NameServer, "ada.ns.cloudflare.com"),
                ],
                ..FACTS
            }),
            values: &["awsdns", "cloudflare.com"],
        },
        Example {
            shows: "nothing",
            record: Record::Facts(&Facts { said: &[(About::NameServer, "-")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::NameServer, |text| server(text).map(|name| company(&name)), found);
}

/// `ns-1068.awsdns-05.org` and `ns-458.awsdns-57.com` are one company's.
fn company(name: &str) -> String {
    let domain = registrable(name);
    let label = domain.split('.').next().unwrap_or(domain);
    let bare = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    if bare.len() < label.len() && bare.len() >= 3 { bare.to_owned() } else { domain.to_owned() }
}

const COMMON: &[(&str, u32)] = &[
    ("cloudflare.com", 6),
    ("domaincontrol.com", 7),
    ("awsdns", 16),
    ("registrar-servers.com", 12),
    ("googledomains.com", 25),
    ("google.com", 30),
    ("azure-dns", 40),
    ("wixdns.net", 25),
    ("ui-dns", 25),
    ("dns-parking.com", 25),
    ("hostgator.com", 40),
    ("bluehost.com", 40),
    ("worldnic.com", 40),
    ("ovh.net", 30),
    ("gandi.net", 40),
    ("nsone.net", 40),
    ("dynect.net", 40),
    ("name-services.com", 40),
    ("squarespacedns.com", 30),
    ("wordpress.com", 30),
    ("digitalocean.com", 40),
    ("reg.ru", 40),
    ("beget", 40),
    ("hetzner", 40),
];
