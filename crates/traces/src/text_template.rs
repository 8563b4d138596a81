//! A mail's words with what varies from copy to copy masked: figures, codes, addresses, links and the recipient's name.
//!
//! Two fillings of one form meet here and not in `exact-text`. Fewer than twelve words leave no trace.

use crate::normal::normal;
use crate::sample::{Example, MAIL};
use crate::{Found, Kind, Reads};
use model::{Address, Card, Mail, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "text-template",
        about: "sent mail of the same words but for figures, codes and the recipient's name",
        source: "ours; UAX 15",
    },
    reads: Reads::MAILS,
    window: None,
    alike: false,
    ownership: model::Ownership::None,
    find,
    examples: &[
        Example {
            shows: "Dear Ann, invoice INV-2231 of 14.80 is due. Pay within 3 days or your account is closed for good.",
            record: Record::Mail(&Mail {
                to: &[Address { name: "Ann Lee", address: "ann.lee@one.example" }],
                text: "Dear Ann, invoice INV-2231 of 14.80 is due. Pay within 3 days or your account is closed for good.",
                ..MAIL
            }),
            values: &["dear _ invoice inv _ of _ is due pay within _ days or your account is closed for good"],
        },
        Example {
            shows: "a short line",
            record: Record::Mail(&Mail { text: "See you on Monday.", ..MAIL }),
            values: &[],
        },
    ],
};

/// Fewest words.
const LEAST: usize = 12;

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    let names = names(mail);
    let mut out = String::new();
    let mut words = 0;
    for word in found.seen().comparable(mail.text).text.split(' ') {
        let varies = word.chars().any(char::is_numeric) || names.iter().any(|n| n == word);
        if !varies {
            words += 1;
        } else if out.ends_with('_') {
            continue;
        }
        let gap = if out.is_empty() { "" } else { " " };
        out.extend([gap, if varies { "_" } else { word }]);
    }
    if words >= LEAST {
        found.own(&out);
    }
}

/// Words by which the recipients are called, made comparable.
fn names(mail: &Mail<'_>) -> Vec<String> {
    let local = |address: &str| address.split('@').next().unwrap_or_default().replace(['.', '_', '-', '+'], " ");
    let called = |a: &Address<'_>| normal(&format!("{} {}", a.name, local(a.address))).text;
    let of = mail.to.iter().take(8).map(called).chain([normal(&local(mail.mailbox)).text]);
    of.flat_map(|names| names.split(' ').filter(|n| n.chars().count() > 2).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}
