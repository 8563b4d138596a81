//! The minute a site's certificate ends, or the day where it ends at the day's end. Hosts renew in batches, so this goes
//! with the host.

use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "certificate-end",
        about: "has a certificate that ends at the same time",
        source: "RFC 5280 section 4.1.2.5",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "hosting", same: 30, copyable: false, floor: 300, common: &[] }),
    find,
    examples: &[
        Example {
            shows: "the end of a day",
            record: Record::Facts(&Facts { said: &[(About::CertificateEnds, "2027-03-02T23:59:59Z")], ..FACTS }),
            values: &["2027-03-02T23:59"],
        },
        Example {
            shows: "no date",
            record: Record::Facts(&Facts { said: &[(About::CertificateEnds, "never")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::CertificateEnds, |text| text.get(..16).map(str::to_owned), found);
}
