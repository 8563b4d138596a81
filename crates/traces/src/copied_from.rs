//! Another site that a page was built around: most of the links that leave the page's own site lead there, and more than stay.
//!
//! A copy of an outlet's page keeps the outlet's menu, so that all but one of its links are real. So do an outlet's own
//! campaign page and a fan's page: what it means is for a finding to say. At least eight links, two thirds of those that leave.

use crate::canonical::{canonical, canonical_or_bare};
use crate::sample::{Example, PAGE};
use crate::seen::MOST;
use crate::{Found, Kind, Reads};
use model::{Card, Ownership, Page, Record, Sort};
use std::collections::BTreeMap;

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "copied-from",
        about: "has pages whose links lead to the same other site",
        source: "ours, after EU DisinfoLab, Doppelganger, 2022: cloned pages keep the outlet's menu",
    },
    reads: Reads::PAGES,
    window: None,
    alike: false,
    ownership: Ownership::CopiedFrom,
    find,
    examples: &[
        Example {
            shows: "eight links to another site's sections",
            record: Record::Page(&Page {
                links: &[
                    "https://www.outlet.example/a",
                    "https://www.outlet.example/b",
                    "https://www.outlet.example/c",
                    "https://www.outlet.example/d",
                    "https://www.outlet.example/e",
                    "https://www.outlet.example/f",
                    "https://www.outlet.example/g",
                    "https://www.outlet.example/h",
                    "https://one.example/story",
                ],
                ..PAGE
            }),
            values: &["outlet.example"],
        },
        Example {
            shows: "two links to another site among its own",
            record: Record::Page(&Page {
                links: &["https://outlet.example/a", "https://outlet.example/b", "https://one.example/c"],
                ..PAGE
            }),
            values: &[],
        },
        Example {
            shows: "eight links to a partner in a menu of its own",
            record: Record::Page(&Page {
                links: &[
                    "https://partner.example/a",
                    "https://partner.example/b",
                    "https://partner.example/c",
                    "https://partner.example/d",
                    "https://partner.example/e",
                    "https://partner.example/f",
                    "https://partner.example/g",
                    "https://partner.example/h",
                    "/",
                    "/politics",
                    "/region",
                    "/sport",
                    "culture.html",
                    "?page=2",
                    "../weather",
                    "/archive",
                ],
                ..PAGE
            }),
            values: &[],
        },
        Example {
            shows: "a platform that everyone links to",
            record: Record::Page(&Page {
                links: &["https://facebook.com/1", "https://facebook.com/2", "https://facebook.com/3"],
                ..PAGE
            }),
            values: &[],
        },
    ],
};

/// Fewest links that show it.
const LINKS: usize = 8;

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Page(page) = record else { return };
    let Some((Sort::Site, _)) = &found.seen().who else { return };
    let Some(own) = canonical_or_bare(page.url) else { return };
    let (mut hosts, mut stay): (BTreeMap<String, usize>, usize) = (BTreeMap::new(), 0);
    for link in page.links.iter().take(5 * MOST) {
        match canonical(link) {
            Some(to) if to.domain() != own.domain() => *hosts.entry(to.host().to_owned()).or_default() += 1,
            Some(_) => stay += 1,
            None => stay += usize::from(!link.contains(':')),
        }
    }
    let leave: usize = hosts.values().sum();
    let most = hosts.iter().max_by_key(|(host, n)| (**n, std::cmp::Reverse((*host).clone())));
    if let Some((host, _)) = most.filter(|(_, n)| **n >= LINKS && **n * 3 >= leave * 2 && **n > stay) {
        found.own(host);
    }
}
