//! Absence of links, enclosures that run, requests.

use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "no-ask", about: "asks for nothing that a swindle needs", source: "ours" },
    topic: Topic::Want,
    strong: false,
    establishes: "No link to a page that takes something in, nothing enclosed that runs, no request for money, passwords or an answer elsewhere. A swindle wants something; a later mail may.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        I thought you should read this.\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Please verify your account today: https://far.example/\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    use crate::file::True;
    let runs = facts.files.iter().any(|f| {
        matches!(
            f.is,
            True::Program
                | True::Script
                | True::Shortcut
                | True::DiskImage
                | True::MacroDocument
                | True::LockedArchive
                | True::Html
                | True::Svg
        )
    });
    let asks = !super::account_alarm::alarms(facts).is_empty() || !facts.said(&super::asks_money::MONEY).is_empty();
    let links = facts.leads().count();
    if !runs && !asks && links == 0 && !facts.mail.parts.is_empty() {
        seen.line(
            Source::Whole,
            "",
            Grade::Weak,
            "it has no link, nothing that runs, and asks neither for money nor for a password",
            "all targets, enclosures and phrases looked for here",
        );
    }
}
