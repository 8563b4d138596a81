//! Who spread the same address, in canonical form (see `canonical`).
//!
//! Of posts those given and those in the text, originals only: that a repost carries the link of its original is the
//! repost's trace already. Of mails and documents links and text; of pages their own address and what they link to
//! outside their own host. Things given as URLs that are none (a data set's ids) are kept as they stand.

use crate::sample::{Example, MAIL, PAGE, POST};
use crate::{Found, Kind, MINUTE, Reads};
use model::{Card, Mail, Page, Post, Record, Sort};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "url",
        about: "shared the same URL",
        source: "Giglietto et al. 2020, Coordinated Link Sharing Behavior; RFC 3986 section 6",
    },
    reads: Reads::POSTS.and(Reads::MAILS).and(Reads::PAGES).and(Reads::DOCUMENTS),
    window: MINUTE,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "see HTTPS://www.One.example/x#top",
            record: Record::Post(&Post { text: "see HTTPS://www.One.example/x#top", ..POST }),
            values: &["one.example/x"],
        },
        Example {
            shows: "the same link given and in the text, shortened by the platform",
            record: Record::Post(&Post {
                text: "see https://t.co/abc",
                urls: &["https://one.example/x?utm_source=a"],
                ..POST
            }),
            values: &["one.example/x"],
        },
        Example {
            shows: "a data set's own id",
            record: Record::Post(&Post { urls: &["url_123", "nan"], ..POST }),
            values: &["url_123"],
        },
        Example {
            shows: "a mail's text and link",
            record: Record::Mail(&Mail {
                text: "go to www.one.example/a.",
                links: &["https://two.example/b", "mailto:c@d.example"],
                ..MAIL
            }),
            values: &["one.example/a", "two.example/b"],
        },
        Example {
            shows: "a page",
            record: Record::Page(&Page {
                links: &["/about", "https://one.example/b", "https://two.example/c"],
                ..PAGE
            }),
            values: &["one.example/news", "two.example/c"],
        },
        Example {
            shows: "a repost",
            record: Record::Post(&Post { text: "RT @bob: https://one.example/x", ..POST }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let seen = found.seen();
    if seen.copied {
        return;
    }
    let own = record_address(record);
    let site = seen.who.as_ref().filter(|(sort, _)| *sort == Sort::Site).map(|(_, name)| name.as_ref());
    for address in &seen.urls {
        if Some(address.host()) != site || own.as_deref() == Some(address.text()) {
            found.own(address.text());
        }
    }
    seen.opaque.iter().for_each(|id| found.own(id));
}

fn record_address(record: &Record<'_>) -> Option<String> {
    let Record::Page(page) = record else { return None };
    crate::canonical::canonical_or_bare(page.url).map(|a| a.text().to_owned())
}
