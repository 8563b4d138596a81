//! Times along the route, and the date written by the sender.

use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "route-contradiction",
        about: "the lines of the way it came contradict each other",
        source: "ours",
    },
    topic: Topic::Way,
    strong: false,
    establishes: "A server claims a time before the one it took the mail from, by more than clocks differ; or the mail claims to have been written long after it arrived. Queues, clocks and time zones go wrong in honest mail, too.",
    find,
    example: "\
        Received: from a.one.example ([192.0.2.1]) by mx.two.example; Thu, 3 Nov 2016 10:05:11 +0000\n\
        Received: from pc by a.one.example; Thu, 3 Nov 2016 14:05:11 +0000\n\
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
        Received: from a.one.example ([192.0.2.1]) by mx.two.example; Thu, 3 Nov 2016 13:05:11 +0000\n\
        Received: from pc by a.one.example; Thu, 3 Nov 2016 14:05:11 +0100\n\
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

/// Seconds by which clocks differ.
const SKEW: i64 = 3_600;

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let stops = &facts.route.stops;
    for pair in stops.windows(2) {
        if let (Some(a), Some(b)) = (pair[0].when, pair[1].when)
            && a.unix() - b.unix() > SKEW
        {
            let says = format!(
                "{} says it passed the mail on at {}, and the next server had it at {} already",
                safe(&pair[0].by),
                a.short(),
                b.short()
            );
            seen.line(
                at(facts, pair[0].span),
                pair[0].by.raw(),
                Grade::Weak,
                says,
                "times of the Received lines, an hour forgiven",
            );
        }
    }
    if let (Some(written), Some(taken)) = (facts.mail.when, stops.iter().find(|s| s.trusted).and_then(|s| s.when))
        && written.unix() - taken.unix() > SKEW
    {
        let says = format!("it claims to be written at {}, after it had arrived at {}", written.short(), taken.short());
        seen.header("Date", Grade::Weak, says, "the sender's date against the recipient's server, an hour forgiven");
    }
}

fn at(facts: &Facts<'_>, span: model::Span) -> Source {
    facts.mail.headers.iter().position(|h| h.span == span).map_or(Source::Whole, Source::Header)
}

fn safe(name: &model::Quote) -> String {
    model::Quote::from(model::defang(name.raw())).short(60).terminal()
}
