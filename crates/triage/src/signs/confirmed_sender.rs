//! SPF, DKIM or DMARC as of receipt, of the organisation shown.

use crate::auth::Sender;
use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use model::Card;

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "confirmed-sender", about: "the account shown really sent it", source: "RFC 7489" },
    topic: Topic::Who,
    strong: false,
    establishes: "A check as of receipt names the organisation of the address shown. It says nothing about who holds the account, nor whether what they write is true. A fifth of real phishing passes all three checks.",
    find,
    example: "\
        Received: from a.one.example (a.one.example [192.0.2.1]) by mx.two.example; Thu, 3 Nov 2016 14:05:11 +0100\n\
        Authentication-Results: mx.two.example; dkim=pass header.d=one.example\n\
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
        Authentication-Results: mx.two.example; dkim=pass header.d=one.example\n\
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
    let Sender::Proven(grade) = facts.sender else { return };
    let Some(check) = facts.checks.iter().find(|c| c.result == "pass" && c.grade == grade) else { return };
    let at = facts.mail.headers.iter().position(|h| h.span == check.span).map_or(Source::Whole, Source::Header);
    let says = "the account really sent it; that says nothing about who holds the account";
    seen.line(at, check.raw.raw(), grade, says, "results as of receipt; organisations compared");
}
