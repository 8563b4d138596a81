//! Reply-To of another organisation than From.

use crate::domain;
use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "reply-elsewhere",
        about: "an answer would go to another address than the sender",
        source: "ours; FBI IC3",
    },
    topic: Topic::Who,
    strong: false,
    establishes: "Whoever answers writes to somebody else than they think. Lists, ticket systems and assistants do that, too; from a company's address to a mailbox anyone can open it is rare.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Reply-To: bo.b.1@gmail.com\n\
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
        Reply-To: desk@one.example\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let reply = domain::of_address(facts.mail.reply_to.address).to_lowercase();
    let from = facts.from.domain();
    if reply.is_empty()
        || from.is_empty()
        || facts.forward.is_some()
        || domain::same_org(&reply, &from)
        || facts.header("list-post").is_some()
    {
        return;
    }
    let grade = if domain::is_provider(&reply) && !domain::is_provider(&from) { Grade::Supported } else { Grade::Weak };
    let says = format!(
        "an answer goes to {}, not to the sender",
        model::Quote::from(model::defang(facts.mail.reply_to.address)).terminal()
    );
    seen.header("Reply-To", grade, says, "the domain of Reply-To against that of From");
}
