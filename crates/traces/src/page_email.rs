//! Mail addresses a page shows or links to: an imprint or contact copied along betrays the hand.
//!
//! From `mailto:` links, the words and the meta tags. Only under suffixes that exist, so `logo@2x.png` is none. Addresses
//! written out (`ann at one dot example`) are not seen.

use crate::host::under_known_suffix;
use crate::sample::{Example, PAGE};
use crate::seen::MOST;
use crate::who::mailbox;
use crate::{Found, Kind, Reads};
use memchr::memchr_iter;
use model::{Card, Page, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card { id: "page-email", about: "shows the same mail address", source: "RFC 6068; RFC 5322 section 3.4.1" },
    reads: Reads::PAGES,
    window: None,
    ownership: model::Ownership::Shared(model::Tie {
        family: "contact",
        same: 50,
        copyable: true,
        floor: 50_000,
        common: &[],
    }),
    alike: false,
    find,
    examples: &[
        Example {
            shows: "write to Ann.B@One.example.",
            record: Record::Page(&Page {
                text: "write to Ann.B@One.example. Or (bob@two.example)",
                links: &["MAILTO:Carol@three.example?subject=x"],
                ..PAGE
            }),
            values: &["ann.b@one.example", "bob@two.example", "carol@three.example"],
        },
        Example {
            shows: "a picture and a handle",
            record: Record::Page(&Page { text: "logo@2x.png @handle a@b", ..PAGE }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Page(page) = record else { return };
    let mut addresses = Vec::new();
    let links = page.links.iter().filter_map(|link| after_mailto(link));
    let texts = links.chain([page.text]).chain(page.meta.iter().map(|(_, content)| *content));
    texts.for_each(|text| within(text, &mut addresses));
    addresses.sort_unstable();
    addresses.dedup();
    addresses.iter().for_each(|address| found.own(address));
}

fn after_mailto(link: &str) -> Option<&str> {
    let link = link.trim();
    let scheme = link.get(..7)?.eq_ignore_ascii_case("mailto:");
    scheme.then(|| link[7..].split('?').next().unwrap_or(""))
}

/// Adds the mail addresses within a text.
fn within(text: &str, out: &mut Vec<String>) {
    let bytes = text.as_bytes();
    for at in memchr_iter(b'@', bytes) {
        if out.len() >= MOST {
            return;
        }
        let local = bytes[..at].iter().rev().take(64).take_while(|b| in_local(**b)).count();
        let host = bytes[at + 1..].iter().take(253).take_while(|b| in_host(**b)).count();
        let local = text[at - local..at].trim_start_matches(['.', '-', '+', '%', '_']);
        let host = text[at + 1..at + 1 + host].trim_end_matches(['.', '-']);
        let plain = !local.is_empty() && !local.ends_with('.') && !host.starts_with(['.', '-']) && !host.contains("..");
        if plain && under_known_suffix(&host.to_ascii_lowercase()) {
            out.push(mailbox(&[local, "@", host].concat()).into_owned());
        }
    }
}

fn in_local(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+' | b'%')
}

fn in_host(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')
}
