//! SPF, DKIM and DMARC as of receipt, against the address shown.

use crate::auth::Sender;
use crate::domain;
use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "fails-checks",
        about: "nothing that was checked on receipt supports the address shown",
        source: "RFC 7489",
    },
    topic: Topic::Who,
    strong: false,
    establishes: "The checks were made by somebody to be believed, and none of them names the organisation of the address shown. Forwarding and old set-ups fail, too.",
    find,
    example: "\
        Received: from a.far.example (a.far.example [192.0.2.1]) by mx.two.example; Thu, 3 Nov 2016 14:05:11 +0100\n\
        Authentication-Results: mx.two.example; spf=fail smtp.mailfrom=far.example; dmarc=fail header.from=one.example\n\
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
        Received: from a.one.example (a.one.example [192.0.2.1]) by mx.two.example; Thu, 3 Nov 2016 14:05:11 +0100\n\
        Authentication-Results: mx.two.example; spf=pass smtp.mailfrom=one.example; dmarc=pass header.from=one.example\n\
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
    let Sender::Refuted(grade) = facts.sender else { return };
    let from = facts.from.domain();
    let fail = facts.checks.iter().find(|c| c.grade == grade && c.result.contains("fail"));
    let Some(check) = fail.or_else(|| facts.checks.iter().find(|c| c.grade == grade)) else { return };
    let own = !facts.house.is_empty() && domain::same_org(&from, &facts.house);
    let says = match own {
        true => "it names the recipient's own house as its sender, and no check on receipt supports that",
        false => "no check on receipt supports the address shown",
    };
    let grade = if own && fail.is_some() { Grade::Supported } else { Grade::Weak };
    let at = facts.mail.headers.iter().position(|h| h.span == check.span).map_or(Source::Whole, Source::Header);
    seen.line(at, check.raw.raw(), grade, says, "results as of receipt; organisations compared");
}
