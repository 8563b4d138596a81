//! List fields, precedence, a service's marks.

use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "bulk-mail", about: "sent to many by a list or a service", source: "RFC 2369, 2919; ours" },
    topic: Topic::Way,
    strong: false,
    establishes: "The mail bears the marks of a list or bulk service. Anybody can write them; a swindle that does invites to leave it.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        List-Id: <letter.one.example>\n\
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
    for (field, says) in [
        ("list-id", "it names the list it was sent to"),
        ("list-unsubscribe", "it says how to leave the list"),
        ("list-post", "it came through a discussion list"),
        ("feedback-id", "it bears the mark of a service that sends in bulk"),
        ("x-campaign", "it bears the mark of a mailing"),
        ("x-mailing-list", "it came through a list"),
        ("x-beenthere", "it came through a list"),
    ] {
        if facts.header(field).is_some() {
            return seen.header(field, Grade::Weak, says, "fields that lists and bulk services write");
        }
    }
    if let Some((_, v)) =
        facts.header("precedence").filter(|p| ["bulk", "list", "junk"].contains(&p.1.trim().to_lowercase().as_str()))
    {
        let _ = v;
        seen.header(
            "precedence",
            Grade::Weak,
            "it calls itself bulk mail",
            "fields that lists and bulk services write",
        );
    }
}
