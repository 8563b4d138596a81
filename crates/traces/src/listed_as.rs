//! How a published list grades what it names, or that it calls the thing harmless: `b2 sort:thing`, `harmless sort:thing`.
//!
//! Grades are the letters and numbers of the Admiralty scale, a dash where one is missing. Lists that grade nothing leave none.
//! What a list calls harmless it does not list: that trace is left out (see `listed`).

use crate::listed::thing;
use crate::sample::{Example, LISTED};
use crate::{Found, Kind, Reads};
use model::{Card, Credibility, Listed, Record, Reliability};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "listed-as",
        about: "graded alike, or called harmless, by a published list",
        source: "NATO AJP-2.1 (source reliability, information credibility); STIX 2.1 appendix A; MISP admiralty-scale",
    },
    reads: Reads::LISTED,
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example { shows: "a domain without a grade", record: Record::Listed(&LISTED), values: &[] },
        Example {
            shows: "both halves of a grade",
            record: Record::Listed(&Listed {
                reliability: Some(Reliability::B),
                credibility: Some(Credibility::ProbablyTrue),
                ..LISTED
            }),
            values: &["b2 domain:evil.example"],
        },
        Example {
            shows: "a credibility alone",
            record: Record::Listed(&Listed { credibility: Some(Credibility::Doubtful), ..LISTED }),
            values: &["-4 domain:evil.example"],
        },
        Example {
            shows: "harmless, whatever its grade",
            record: Record::Listed(&Listed { reliability: Some(Reliability::A), harmless: true, ..LISTED }),
            values: &["harmless domain:evil.example"],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Listed(listed) = record else { return };
    let graded = listed.reliability.is_some() || listed.credibility.is_some();
    let said = match (listed.harmless, graded) {
        (true, _) => "harmless".to_owned(),
        (false, true) => {
            let letter = listed.reliability.map_or('-', |r| r.letter().to_ascii_lowercase());
            let number = listed.credibility.map_or_else(|| "-".to_owned(), |c| c.number().to_string());
            format!("{letter}{number}")
        }
        _ => return,
    };
    if let Some(thing) = thing(listed) {
        found.own(&format!("{said} {thing}"));
    }
}
