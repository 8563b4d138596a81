//! One certificate or one key, by serial number or hash: whoever answers with it holds its secret key.

use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "certificate",
        about: "answers with the same certificate or key",
        source: "RFC 5280 section 4.1.2.2",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "certificate", same: 30, copyable: false, floor: 50000, common: &[] }),
    find,
    examples: &[
        Example {
            shows: "a serial number",
            record: Record::Facts(&Facts {
                said: &[(About::CertificateSerial, "04:AB:12:34:56:78:9a:bc:de")],
                ..FACTS
            }),
            values: &["04ab123456789abcde"],
        },
        Example {
            shows: "a number that anyone may have",
            record: Record::Facts(&Facts {
                said: &[(About::CertificateSerial, "01"), (About::CertificateSerial, "00000000000000000001")],
                ..FACTS
            }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::CertificateSerial, |text| hex(text, 16..=40), found);
    facts::distinct(record, About::CertificateHash, |text| hex(text, 40..=64), found);
}

fn hex(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<String> {
    let digits: String = text.trim().chars().filter(|c| *c != ':').map(|c| c.to_ascii_lowercase()).collect();
    let digits = digits.strip_prefix("0x").map(str::to_owned).unwrap_or(digits);
    let significant = digits.trim_start_matches('0').len();
    (length.contains(&digits.len()) && significant >= 12 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
        .then_some(digits)
}
