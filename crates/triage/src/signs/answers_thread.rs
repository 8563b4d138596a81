//! In-Reply-To and References, against the mailbox given.

use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "answers-thread", about: "it goes on with a conversation", source: "RFC 5322 section 3.6.4" },
    topic: Topic::Way,
    strong: false,
    establishes: "It names the mail it answers; where that lies in the mailbox, the conversation is real. Without it, the words Re: and the field can be written by anybody.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        In-Reply-To: <0@two.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Re: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let Some(field) = ["in-reply-to", "references"].into_iter().find(|h| facts.header(h).is_some()) else { return };
    match facts.earlier {
        Some(e) if e.thread => seen.header(
            field,
            Grade::Established,
            "the mail it answers lies in the mailbox",
            "message ids in the mailboxes given",
        ),
        Some(_) => seen.header(
            field,
            Grade::Weak,
            "it says that it answers a mail, which is not in the mailbox given",
            "message ids in the mailboxes given",
        ),
        None => seen.header(
            field,
            Grade::Weak,
            "it says that it answers a mail; there was no mailbox to look in",
            "the field alone",
        ),
    }
}
