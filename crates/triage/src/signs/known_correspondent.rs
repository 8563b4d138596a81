//! Earlier mails to the address in the mailboxes given.

use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "known-correspondent", about: "this mailbox wrote to the sender before", source: "ours" },
    topic: Topic::Who,
    strong: false,
    establishes: "A mail went out to this address earlier. Accounts are taken over, too.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    if let Some(e) = facts.earlier.filter(|e| e.to > 0) {
        let says = format!(
            "{} earlier {} to this address (or that of its answers), among {} searched",
            e.to,
            if e.to == 1 { "mail went" } else { "mails went" },
            e.searched
        );
        seen.header("From", Grade::Supported, says, "earlier mails to the address in the mailboxes given");
    }
}
