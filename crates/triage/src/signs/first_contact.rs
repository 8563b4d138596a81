//! Earlier contact in the mailboxes given.

use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "first-contact",
        about: "nobody of this mailbox had anything to do with the sender before",
        source: "ours",
    },
    topic: Topic::Who,
    strong: false,
    establishes: "In the mailbox given, no earlier mail came from this address, none went to it, and it answers nothing. How much was searched is said beside it.",
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
    let Some(e) = facts.earlier.filter(|e| e.from == 0 && e.to == 0 && !e.thread) else { return };
    if !facts.from.address.is_empty() {
        let says =
            format!("the first mail of this address among {} mails searched, and none was sent to it", e.searched);
        seen.header(
            "From",
            Grade::Weak,
            says,
            "earlier mails from and to the address, and the thread, in the mailboxes given",
        );
    }
}
