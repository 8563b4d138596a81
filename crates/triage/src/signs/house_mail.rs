//! The sender's domain against the mailbox's, with the checks.

use crate::auth::Sender;
use crate::domain;
use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::Card;

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "house-mail",
        about: "from the recipient's own organisation, and the checks agree",
        source: "ours",
    },
    topic: Topic::Who,
    strong: false,
    establishes: "The sender's domain is the mailbox's own, and a check as of receipt supports it.",
    find,
    example: "\
        Received: from a.two.example (a.two.example [192.0.2.1]) by mx.two.example; Thu, 3 Nov 2016 14:05:11 +0100\n\
        Authentication-Results: mx.two.example; dkim=pass header.d=two.example\n\
        From: Ann <ann@two.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
    twin: "\
        From: Ann <ann@two.example>\n\
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
    let same = !facts.house.is_empty() && domain::same_org(&facts.from.domain(), &facts.house);
    if let (true, Sender::Proven(grade)) = (same, facts.sender) {
        seen.header(
            "From",
            grade,
            "it comes from the recipient's own organisation, and a check on receipt says so, too",
            "domains compared; results as of receipt",
        );
    }
}
