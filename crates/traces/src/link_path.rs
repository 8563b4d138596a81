//! How the addresses linked to in a mail are built: path and query as a grammar of character classes, hosts left out.
//!
//! Kits write a path for each victim by one rule on hosts that change daily. Grammars of fewer than three signs, or that
//! any site may have (one word), leave no trace.

use crate::masked::grammar;
use crate::sample::{Example, MAIL};
use crate::{Found, Kind, Reads, seen::MOST};
use model::{Card, Mail, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "link-path",
        about: "sent mail with links of which the paths are built alike",
        source: "ours; RFC 3986, sections 3.3 and 3.4",
    },
    reads: Reads::MAILS,
    window: None,
    alike: false,
    ownership: model::Ownership::None,
    find,
    examples: &[
        Example {
            shows: "three links",
            record: Record::Mail(&Mail {
                links: &[
                    "https://a.one.example/t/9f86d0818/Open?u=ann%40two.example",
                    "https://b.two.example/t/884c7d659a/Open?u=bo%40two.example",
                    "https://one.example/help",
                ],
                ..MAIL
            }),
            values: &["/a/h/Aa?a=a%9a.a"],
        },
        Example {
            shows: "a front page",
            record: Record::Mail(&Mail { links: &["https://one.example/", "mailto:ann@one.example"], ..MAIL }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    let mut all: Vec<String> = mail.links.iter().take(MOST).filter_map(|l| built(l)).collect();
    all.sort_unstable();
    all.dedup();
    all.iter().for_each(|value| found.own(value));
}

fn built(link: &str) -> Option<String> {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"))?;
    let path = &rest[rest.find(['/', '?'])?..];
    let path = path.split('#').next().unwrap_or_default();
    let grammar = grammar(path, 96)?;
    let signs = grammar.chars().filter(|c| !c.is_alphanumeric()).count();
    (signs >= 2 && grammar.chars().count() >= 5).then_some(grammar)
}
