//! Phrases of payment requests, card purchases and changed accounts.

use crate::facts::Facts;
use crate::phrases::phrases;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "asks-money",
        about: "a request to pay, change an account or buy cards",
        source: "FBI IC3, business e-mail compromise; ours",
    },
    topic: Topic::Want,
    strong: false,
    establishes: "The words ask for a payment or a favour in money matters. Colleagues and suppliers do that, too: what counts is who asks.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Could you buy some gift cards for a client?\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        The gift shop has new cards.\n\
        ",
};

phrases! {  pub(crate) MONEY,
    r"(are you|you) (available|at your desk|in the office|free)( right)? (now|today|at the moment)?\W.{0,80}(task|favou?r|request|quick)",
    r"(buy|purchase|pick up|get) (\w+ ){0,5}(gift ?cards?|itunes|steam cards?|google play cards?)",
    r"(change|update|new|changed) (\w+ ){0,4}(bank(ing)? (details|account|information)|direct deposit|payroll)",
    r"(process|make|arrange|initiate|effect) (\w+ ){0,4}(wire|payment|transfer)|outstanding (invoice|payment|balance)|overdue (invoice|payment|account)",
    r"(attached|enclosed|find) (\w+ ){0,5}(invoice|purchase order|quotation|remittance|payment advice|proforma|swift copy)",
}

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (at, words) in facts.said(&MONEY).into_iter().take(2) {
        seen.line(
            at,
            words,
            Grade::Weak,
            "it asks for a payment or something about one",
            "phrases of payment requests",
        );
    }
}
