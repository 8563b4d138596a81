//! Whose site was linked to: the registrable domain, by the public suffix list with private suffixes, so that blogs on a
//! shared host stay apart.
//!
//! A page touches only its own domain here (what it links to is `outgoing-domain`). `t.co` is left out: the platform
//! puts it before every link, so it says nothing. Reposts count.

use crate::host::registrable;
use crate::sample::{Example, MAIL, NAME, PAGE, POST};
use crate::{Found, Kind, Reads};
use model::{Card, Mail, Page, Post, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "domain",
        about: "linked to the same registrable domain, or stands under it",
        source: "publicsuffix.org",
    },
    reads: Reads::POSTS.and(Reads::MAILS).and(Reads::PAGES).and(Reads::DOCUMENTS).and(Reads::NAMES).and(Reads::FACTS),
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "see https://news.bbc.co.uk/1 and https://anns.blogspot.com/2",
            record: Record::Post(&Post {
                text: "see https://news.bbc.co.uk/1 and https://anns.blogspot.com/2",
                ..POST
            }),
            values: &["anns.blogspot.com", "bbc.co.uk"],
        },
        Example {
            shows: "a mail's link",
            record: Record::Mail(&Mail { links: &["http://a.one.example/", "http://b.one.example/"], ..MAIL }),
            values: &["one.example"],
        },
        Example {
            shows: "a page",
            record: Record::Page(&Page { links: &["https://two.example/c"], ..PAGE }),
            values: &["one.example"],
        },
        Example { shows: "News.One.example in a list", record: Record::Name(&NAME), values: &["one.example"] },
        Example {
            shows: "only the platform's wrapper",
            record: Record::Post(&Post { text: "https://t.co/abc", ..POST }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let seen = found.seen();
    match (record, &seen.who) {
        (Record::Page(page), _) => {
            if let Some(address) = crate::canonical::canonical_or_bare(page.url) {
                found.own(address.domain());
            }
        }
        (Record::Name(_) | Record::Facts(_), Some((_, site))) => found.own(registrable(site)),
        _ => seen.domains().iter().filter(|d| **d != "t.co").for_each(|domain| found.own(domain)),
    }
}
