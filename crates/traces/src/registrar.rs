//! The registrar, by the words of its name. A supplier: says little unless it is rare.

use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "registrar",
        about: "was registered with the same registrar",
        source: "ICANN registrar names; parts are orders of magnitude, not counted",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "registration", same: 90, copyable: false, floor: 200, common: COMMON }),
    find,
    examples: &[
        Example {
            shows: "one name, two spellings",
            record: Record::Facts(&Facts {
                said: &[(About::Registrar, "Namen, Inc."), (About::Registrar, "NAMEN INC")],
                ..FACTS
            }),
            values: &["namen"],
        },
        Example {
            shows: "nothing said",
            record: Record::Facts(&Facts { said: &[(About::Registrar, "REDACTED FOR PRIVACY")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::Registrar, facts::company, found);
}

const COMMON: &[(&str, u32)] = &[
    ("godaddy", 6),
    ("namecheap", 10),
    ("tucows", 16),
    ("google", 25),
    ("squarespace", 25),
    ("network solutions", 30),
    ("publicdomainregistry", 20),
    ("pdr", 20),
    ("ionos", 25),
    ("1 1", 25),
    ("gmo", 25),
    ("alibaba", 25),
    ("enom", 25),
    ("namesilo", 25),
    ("cloudflare", 25),
    ("wix", 40),
    ("hostinger", 25),
    ("ovh", 40),
    ("gandi", 45),
    ("dynadot", 40),
    ("fastdomain", 40),
    ("markmonitor", 45),
    ("csc corporate", 45),
    ("porkbun", 40),
    ("key systems", 40),
    ("reg.ru", 40),
    ("regru", 40),
];
