//! Registrable domains that stand on one certificate with others. Shields put strangers together on one certificate; of
//! those with more than a hundred names nothing is taken.

use crate::host::{registrable, under_known_suffix};
use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "certificate-name",
        about: "stands on a certificate with the same other name",
        source: "RFC 5280 section 4.2.1.6",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "certificate", same: 30, copyable: false, floor: 5000, common: &[] }),
    find,
    examples: &[
        Example {
            shows: "two domains on one",
            record: Record::Facts(&Facts {
                said: &[(About::CertificateName, "www.one.example"), (About::CertificateName, "*.two.example")],
                ..FACTS
            }),
            values: &["one.example", "two.example"],
        },
        Example {
            shows: "only its own names",
            record: Record::Facts(&Facts {
                said: &[(About::CertificateName, "one.example"), (About::CertificateName, "www.one.example")],
                ..FACTS
            }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Facts(facts) = record else { return };
    let names = facts::set(record, About::CertificateName, |text| {
        let name = text.trim().trim_start_matches("*.").to_ascii_lowercase();
        under_known_suffix(&name).then(|| registrable(&name).to_owned())
    });
    let own = registrable(facts.subject);
    if (1..=100).contains(&names.len()) && names.iter().any(|name| name != own) {
        let all = names.iter().map(String::as_str).chain([own]).collect::<std::collections::BTreeSet<_>>();
        all.into_iter().for_each(|name| found.own(name));
    }
}
