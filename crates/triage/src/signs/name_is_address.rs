//! A display name that holds an address of another organisation.

use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use crate::{domain, words};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "name-is-address",
        about: "the name shown is another address than the one that sends",
        source: "RFC 5322; ours",
    },
    topic: Topic::Who,
    strong: true,
    establishes: "Many programs show only the name. The address in it is not the sender's.",
    find,
    example: "\
        From: \"bo@two.example\" <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
    twin: "\
        From: \"ann@one.example\" <ann@one.example>\n\
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
    let name = words::fold(&facts.from.name);
    let inside = name
        .split(|c: char| c.is_whitespace() || "<>()[]\"',;".contains(c))
        .find(|w| w.contains('@') && w.contains('.'));
    let from = facts.from.domain();
    let Some(shown) = inside.filter(|w| !from.is_empty() && !domain::same_org(domain::of_address(w), &from)) else {
        return;
    };
    let list = facts.header("list-id").is_some() || facts.header("list-post").is_some();
    let to = facts.mail.to.iter().any(|t| t.address.eq_ignore_ascii_case(shown));
    let says = match to {
        true => "the name shown is the recipient's own address, and another one sends",
        false => "the name shown is an address of another organisation than the one that sends",
    };
    if !list {
        seen.header("From", Grade::Established, says, "the address in the name against the address beside it");
    }
}
