//! The names of a server's headers in the order they come: software, its version and its settings. Those every answer has
//! and fewer than six say nothing.

use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "answer-headers",
        about: "answers with the same headers in the same order",
        source: "ours, after JARM and HTTP header fingerprints in daily use; RFC 9110",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "hosting", same: 70, copyable: false, floor: 60, common: &[] }),
    find,
    examples: &[
        Example {
            shows: "an order",
            record: Record::Facts(&Facts {
                said: &[(About::HeaderOrder, "Server,Date,Content-Type,X-Desk,Vary,Link,X-Build")],
                ..FACTS
            }),
            values: &["server,date,content-type,x-desk,vary,link,x-build"],
        },
        Example {
            shows: "too few",
            record: Record::Facts(&Facts { said: &[(About::HeaderOrder, "Server,Date,Content-Length")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::HeaderOrder, order, found);
}

fn order(text: &str) -> Option<String> {
    let names: Vec<String> = text.split(',').map(|n| n.trim().to_ascii_lowercase()).filter(|n| !n.is_empty()).collect();
    let last = ["content-length", "transfer-encoding", "content-encoding", "age", "x-cache", "cf-ray", "set-cookie"];
    let told: Vec<&str> = names.iter().map(String::as_str).filter(|n| !last.contains(n)).collect();
    (told.len() >= 6).then(|| told.join(","))
}
