//! The mailbox in a zone's SOA record. Most are a hoster's or the zone's own `hostmaster`; one typed in by hand names it.
//! The zone's own and `example`-like defaults are left out.

use crate::host::registrable;
use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "zone-mailbox",
        about: "has the same mailbox in its zone's SOA record",
        source: "RFC 1035 section 3.3.13 (RNAME)",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "contact", same: 40, copyable: false, floor: 20000, common: COMMON }),
    find,
    examples: &[
        Example {
            shows: "an escaped dot",
            record: Record::Facts(&Facts { said: &[(About::ZoneMailbox, "host\\.master.two.example.")], ..FACTS }),
            values: &["host.master@two.example"],
        },
        Example {
            shows: "the zone's own",
            record: Record::Facts(&Facts { said: &[(About::ZoneMailbox, "hostmaster.one.example.")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Facts(facts) = record else { return };
    let own = registrable(facts.subject);
    facts::distinct(record, About::ZoneMailbox, |text| rname(text).filter(|r| !r.ends_with(own)), found);
}

/// `host\\.master.one.example.` is `host.master@one.example`.
fn rname(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.').to_ascii_lowercase();
    if text.contains('@') {
        return Some(text).filter(|t| t.len() < 254);
    }
    let dot = (0..text.len()).find(|i| text.as_bytes()[*i] == b'.' && (*i == 0 || text.as_bytes()[i - 1] != b'\\'))?;
    let (local, domain) = (text[..dot].replace('\\', ""), &text[dot + 1..]);
    (!local.is_empty() && domain.contains('.') && text.len() < 254).then(|| [&local, "@", domain].concat())
}

const COMMON: &[(&str, u32)] = &[
    ("dns@cloudflare.com", 6),
    ("awsdns-hostmaster@amazon.com", 16),
    ("@domaincontrol.com", 7),
    ("dns@jomax.net", 7),
    ("hostmaster@registrar-servers.com", 12),
    ("cloud-dns-hostmaster@google.com", 25),
    ("azuredns-hostmaster@microsoft.com", 40),
    ("tech@ovh.net", 30),
    ("hostmaster@", 45),
];
