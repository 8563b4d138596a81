//! A protected name that is confirmed to have sent the mail itself.

use crate::auth::Sender;
use crate::domain;
use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::Card;

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "protected-sender",
        about: "a protected name sent it itself, and the checks agree",
        source: "ours",
    },
    topic: Topic::Who,
    strong: false,
    establishes: "The sender's domain is one of the protected names, and a check as of receipt supports it. It says nothing about who holds the account.",
    find,
    example: "\
        Received: from a.three.example (a.three.example [192.0.2.1]) by mx.two.example; Thu, 3 Nov 2016 14:05:11 +0100\n\
        Authentication-Results: mx.two.example; dkim=pass header.d=three.example\n\
        From: Ann <ann@three.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@three.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
    twin: "\
        From: Ann <ann@three.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@three.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let from = facts.from.domain();
    let own = facts.context.domains().any(|p| domain::same_org(p, &from));
    if let (true, Sender::Proven(grade)) = (own, facts.sender) {
        let says = "it comes from a protected name, and a check on receipt says so, too";
        seen.header("From", grade, says, "domains compared; results as of receipt");
    }
}
