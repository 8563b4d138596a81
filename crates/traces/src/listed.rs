//! What a published list names, as `sort:thing` in canonical form.
//!
//! A list is not an act: its traces have no time and a kind of their own, so that nobody is linked because a list names
//! two things; what of it occurs elsewhere is for a finding to see. A list's address without a path means its host.

use crate::canonical::canonical_or_bare;
use crate::host::{registrable, server};
use crate::sample::{Example, LISTED};
use crate::who::{lower, mailbox};
use crate::{Found, Kind, Reads};
use model::{Card, Listed, Observable, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "listed",
        about: "named by the same published list of indicators",
        source: "OASIS STIX 2.1; MISP core format",
    },
    reads: Reads::LISTED,
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example { shows: "a domain", record: Record::Listed(&LISTED), values: &["domain:evil.example"] },
        Example {
            shows: "a host, and an address without a path",
            record: Record::Listed(&Listed { what: Observable::Url, value: "HTTPS://Login.Evil.example/", ..LISTED }),
            values: &["host:login.evil.example"],
        },
        Example {
            shows: "an address",
            record: Record::Listed(&Listed { what: Observable::Url, value: "https://evil.example/a#b", ..LISTED }),
            values: &["url:evil.example/a"],
        },
        Example {
            shows: "a mailbox",
            record: Record::Listed(&Listed { what: Observable::Mailbox, value: "<Ann@Evil.example>", ..LISTED }),
            values: &["mailbox:ann@evil.example"],
        },
        Example {
            shows: "the address of an account's page",
            record: Record::Listed(&Listed { what: Observable::Account, value: "https://t.me/Puppet", ..LISTED }),
            values: &["account:telegram/puppet"],
        },
        Example {
            shows: "a handle",
            record: Record::Listed(&Listed { what: Observable::Account, value: "@Puppet", ..LISTED }),
            values: &["account:puppet"],
        },
        Example {
            shows: "a domain that the list itself calls harmless",
            record: Record::Listed(&Listed { harmless: true, ..LISTED }),
            values: &[],
        },
        Example {
            shows: "a private address names nobody",
            record: Record::Listed(&Listed { what: Observable::Address, value: "10.0.0.1", ..LISTED }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Listed(listed) = record else { return };
    if let Some(value) = thing(listed).filter(|_| !listed.harmless) {
        found.own(&value);
    }
}

/// The thing in canonical form, `sort:thing`.
pub(crate) fn thing(listed: &Listed<'_>) -> Option<String> {
    let value = listed.value.trim();
    match listed.what {
        Observable::Domain => host(value),
        Observable::Url => url(value),
        Observable::Mailbox => Some(mailbox(value)).filter(|m| m.contains('@')).map(|m| format!("mailbox:{m}")),
        Observable::Address => server(value).map(|a| format!("ip:{a}")),
        Observable::Hash => Some(format!("hash:{}", lower(value))),
        Observable::Account => account(value),
    }
}

fn host(value: &str) -> Option<String> {
    let address = canonical_or_bare(value).or_else(|| canonical_or_bare(&["http://", value].concat()))?;
    let host = address.host();
    let sort = if registrable(host) == host { "domain" } else { "host" };
    Some(format!("{sort}:{host}"))
}

fn url(value: &str) -> Option<String> {
    let address = canonical_or_bare(value)?;
    if address.text() == address.host() { host(value) } else { Some(format!("url:{}", address.text())) }
}

/// Sites of platforms whose first step of the path is the handle, and the names that evidence gives them.
const PLATFORMS: &[(&str, &str)] = &[
    ("twitter.com", "x"),
    ("x.com", "x"),
    ("t.me", "telegram"),
    ("facebook.com", "facebook"),
    ("instagram.com", "instagram"),
    ("tiktok.com", "tiktok"),
    ("youtube.com", "youtube"),
    ("medium.com", "medium"),
    ("vk.com", "vk"),
    ("ok.ru", "ok"),
];

fn account(value: &str) -> Option<String> {
    if let Some(address) = canonical_or_bare(value).filter(|a| a.text() != a.host()) {
        let (_, rest) = address.text().split_once('/')?;
        let step =
            rest.split(['/', '?', '#']).find(|s| !s.is_empty() && !matches!(*s, "user" | "channel" | "c" | "s"))?;
        let handle = lower(step.trim_start_matches('@')).into_owned();
        return Some(match PLATFORMS.iter().find(|p| p.0 == address.domain()) {
            Some((_, platform)) => format!("account:{platform}/{handle}"),
            None => format!("url:{}", address.text()),
        });
    }
    let handle = lower(value.trim_start_matches(['@', '＠'])).into_owned();
    (handle.chars().count() >= 3).then(|| format!("account:{handle}"))
}
