//! Pictures of one pixel or made invisible.

use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "tracking", about: "a picture that tells the sender who opened the mail", source: "ours" },
    topic: Topic::Brings,
    strong: false,
    establishes: "An invisible picture is loaded from elsewhere when the mail is opened. Most newsletters have one. Nothing is loaded here.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <img src=\"https://one.example/p.gif?u=1\" width=1 height=1>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <img src=\"https://one.example/logo.png\" width=90 height=30>\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (i, img) in
        facts.markup.iter().flat_map(|(i, m)| m.images.iter().map(move |p| (*i, p))).filter(|(_, p)| p.pixel)
    {
        if img.src.starts_with("http") {
            return seen.line(
                Source::Part(i),
                &img.src,
                Grade::Weak,
                "an invisible picture would tell the sender that the mail was opened",
                "size and style of pictures",
            );
        }
    }
}
