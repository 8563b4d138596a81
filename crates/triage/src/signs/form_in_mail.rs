//! Forms with fields inside the mail.

use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "form-in-mail", about: "a form inside the mail asks for something", source: "ours" },
    topic: Topic::Want,
    strong: true,
    establishes: "The mail itself takes in what is typed and sends it to the address named. Few honest senders do that; searches and sign-up boxes of newsletters did in the past.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <form action=\"https://far.example/in\"><input name=u><input type=password name=p></form>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <form action=\"https://one.example/search\"><input name=q></form>\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (i, form) in facts.markup.iter().flat_map(|(i, m)| m.forms.iter().map(move |f| (*i, f))) {
        let at = crate::facts::Source::Part(i);
        match form.password {
            true => seen.line(
                at,
                &form.action,
                Grade::Established,
                "a form in the mail asks for a password",
                "elements of the HTML",
            ),
            false if form.fields > 1 => seen.line(
                at,
                &form.action,
                Grade::Weak,
                "a form in the mail takes in what is typed",
                "elements of the HTML",
            ),
            false => {}
        }
    }
}
