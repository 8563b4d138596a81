//! The sender's domain against a list of mailbox providers.

use crate::domain;
use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "provider-account", about: "sent from a mailbox that anyone can open", source: "ours" },
    topic: Topic::Who,
    strong: false,
    establishes: "The account is one of a provider that gives mailboxes to anybody. That the account really sent it says nothing about who holds it. Most people write from such accounts.",
    find,
    example: "\
        From: Ann <ann77@gmail.com>\n\
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
    if domain::is_provider(&facts.from.domain()) && facts.header("list-post").is_none() {
        seen.header(
            "From",
            Grade::Weak,
            "the account is one that anyone can open, at a mailbox provider",
            "the sender's domain against a list of providers",
        );
    }
}
