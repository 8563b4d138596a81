//! Which mailboxes a sender's mail reached, and where its answers were to go (`Reply-To`).
//!
//! Addresses in lower case; dots and plus signs stay. Blind to `Bcc`, but for the mailbox the copy was found in.

use crate::sample::{Example, MAIL};
use crate::seen::MOST;
use crate::who::mailbox;
use crate::{Found, Kind, Reads};
use model::{Address, Card, Mail, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "mailbox",
        about: "sent mail to the same mailbox, or asked for answers there",
        source: "RFC 5322 section 3.6",
    },
    reads: Reads::MAILS,
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "to Bob and Carol, answers to another box",
            record: Record::Mail(&Mail {
                to: &[
                    Address { name: "", address: "Bob@Two.example" },
                    Address { name: "", address: "<carol@two.example>" },
                ],
                mailbox: "bob@two.example",
                reply_to: Address { name: "", address: "x@three.example" },
                ..MAIL
            }),
            values: &["bob@two.example", "carol@two.example", "x@three.example"],
        },
        Example {
            shows: "to undisclosed recipients, answers to the sender",
            record: Record::Mail(&Mail {
                to: &[Address { name: "undisclosed-recipients", address: "" }],
                reply_to: Address { name: "", address: "ann@one.example" },
                ..MAIL
            }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    let to = mail.to.iter().take(MOST).map(|a| a.address);
    let mut boxes: Vec<_> = to.chain([mail.mailbox, mail.reply_to.address]).map(mailbox).collect();
    boxes.retain(|address| address.contains('@'));
    boxes.sort_unstable();
    boxes.dedup();
    let sender = mailbox(mail.from.address);
    boxes.iter().filter(|address| **address != sender).for_each(|address| found.own(address));
}
