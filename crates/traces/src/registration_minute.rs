//! The minute in which a domain was registered: batches are bought by one hand. Dates without a time say nothing here.
//! About seventy `.com` names are registered in any minute.

use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "registration-minute",
        about: "was registered in the same minute",
        source: "ours: domains registered a day, Verisign, Domain Name Industry Brief",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "registration", same: 20, copyable: false, floor: 200000, common: &[] }),
    find,
    examples: &[
        Example {
            shows: "a moment",
            record: Record::Facts(&Facts { said: &[(About::Registered, "2026-06-30T20:46:03Z")], ..FACTS }),
            values: &["2026-06-30T20:46"],
        },
        Example {
            shows: "only a day",
            record: Record::Facts(&Facts { said: &[(About::Registered, "2026-06-30T00:00:00Z")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::Registered, minute, found);
}

/// `2019-06-30T20:46`, where a time of day is given that is not midnight.
pub(crate) fn minute(iso: &str) -> Option<String> {
    let minute = iso.get(..16)?;
    (minute.as_bytes()[10] == b'T' && !minute.ends_with("T00:00")).then(|| minute.to_owned())
}
