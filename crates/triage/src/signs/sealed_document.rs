//! A passage of a document whose owner registered a seal.

use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "sealed-document",
        about: "the mail carries a passage of a document that its owner sealed",
        source: "ours; see leak seals",
    },
    topic: Topic::Brings,
    strong: true,
    establishes: "Words of a sealed document stand in the mail. It says nothing about who sent them or why.",
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
    for sealed in facts.sealed {
        let says = format!(
            "{} letters and digits without a break are those of the sealed document {} (in part {})",
            sealed.run,
            safe(&sealed.document),
            safe(&sealed.part)
        );
        seen.line(
            crate::facts::Source::Whole,
            &sealed.document,
            Grade::Established,
            says,
            "keyed fingerprints of the owner's seal",
        );
    }
}

fn safe(id: &str) -> String {
    model::Quote::from(id).terminal()
}
