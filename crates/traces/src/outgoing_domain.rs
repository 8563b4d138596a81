//! Which other sites a page points at or loads from: registrable domains of links, scripts, pictures and frames, without
//! its own. Shared rare ones (a picture host, a widget's server) tie sites of one making.

use crate::canonical::{Address, canonical};
use crate::host::registrable;
use crate::sample::{Example, PAGE};
use crate::seen::MOST;
use crate::{Found, Kind, Reads};
use model::{Card, Page, Record, Sort};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "outgoing-domain",
        about: "points at or loads from the same other domain",
        source: "publicsuffix.org",
    },
    reads: Reads::PAGES,
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "links and scripts",
            record: Record::Page(&Page {
                links: &["https://www.two.example/a", "/b", "https://cdn.one.example/c"],
                loads: &["//static.three.example/w.js"],
                ..PAGE
            }),
            values: &["three.example", "two.example"],
        },
        Example { shows: "nothing but its own", record: Record::Page(&Page { links: &["/b"], ..PAGE }), values: &[] },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Page(page) = record else { return };
    let seen = found.seen();
    let own = seen.who.as_ref().filter(|(sort, _)| *sort == Sort::Site).map(|(_, host)| registrable(host));
    let loads: Vec<Address> = page.loads.iter().take(5 * MOST).filter_map(|l| canonical(l)).collect();
    let mut domains = seen.domains();
    domains.extend(loads.iter().map(Address::domain));
    domains.sort_unstable();
    domains.dedup();
    domains.iter().filter(|d| Some(**d) != own).for_each(|domain| found.own(domain));
}
