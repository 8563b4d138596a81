//! TXT records that only one hand writes: verification keys, and SPF records that name addresses of their own. What services
//! ask all customers to publish is left out.

use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "txt-record",
        about: "publishes the same words in its DNS",
        source: "RFC 7208; RFC 1464; the services' instructions for verifying a domain",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "vouching", same: 40, copyable: false, floor: 100000, common: &[] }),
    find,
    examples: &[
        Example {
            shows: "a key and an SPF record",
            record: Record::Facts(&Facts {
                said: &[
                    (About::Text, "google-site-verification=AbC123def456GHI789"),
                    (About::Text, "v=spf1 ip4:192.0.2.9 -all"),
                ],
                ..FACTS
            }),
            values: &["google-site-verification=AbC123def456GHI789", "v=spf1 ip4:192.0.2.9 -all"],
        },
        Example {
            shows: "what everybody publishes",
            record: Record::Facts(&Facts {
                said: &[(About::Text, "v=spf1 include:_spf.google.com ~all"), (About::Text, "v=DMARC1; p=none")],
                ..FACTS
            }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::Text, own_words, found);
}

fn own_words(text: &str) -> Option<String> {
    let text = text.trim().trim_matches('"').split_whitespace().collect::<Vec<_>>().join(" ");
    let spf = text.starts_with("v=spf1") && (text.contains("ip4:") || text.contains("ip6:"));
    let key = text.split_once('=').is_some_and(|(name, key)| {
        let made = key.bytes().any(|b| b.is_ascii_digit()) && key.bytes().any(|b| b.is_ascii_alphabetic());
        name != "v" && key.len() >= 16 && !key.contains(' ') && made
    });
    (text.len() <= 1000 && (spf || key)).then_some(text)
}
