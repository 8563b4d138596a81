//! Long invisible text in HTML.

use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use crate::words;
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "hidden-words", about: "words that a program reads and the reader does not see", source: "ours" },
    topic: Topic::Want,
    strong: true,
    establishes: "The mail holds much text that is made invisible. A short hidden line is the preview that newsletters write; pages of it are there for filters.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <p>Hello</p><div style=\"display:none\">words number 0 of a long story words number 1 of a long story words number 2 of a long story words number 3 of a long story words number 4 of a long story words number 5 of a long story words number 6 of a long story words number 7 of a long story words number 8 of a long story words number 9 of a long story words number 10 of a long story words number 11 of a long story words number 12 of a long story words number 13 of a long story words number 14 of a long story words number 15 of a long story words number 16 of a long story words number 17 of a long story words number 18 of a long story words number 19 of a long story words number 20 of a long story words number 21 of a long story words number 22 of a long story words number 23 of a long story words number 24 of a long story words number 25 of a long story words number 26 of a long story words number 27 of a long story words number 28 of a long story words number 29 of a long story</div>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <p>Hello</p><div style=\"display:none\">A preview of what is inside this letter</div>\n\
        ",
};

/// Characters that a hidden preview stays below.
const PREVIEW: usize = 400;

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (i, markup) in &facts.markup {
        let hidden = words::fold(&markup.hidden);
        let real = hidden.split(' ').filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 2).count();
        let shown = words::fold(&markup.shown).len();
        if hidden.len() > PREVIEW && real > 50 && hidden.len() * 2 > shown {
            let says = format!("{} characters are hidden from the reader, beside {shown} that are shown", hidden.len());
            seen.line(
                Source::Part(*i),
                &hidden,
                Grade::Established,
                says,
                "styles that hide, colour on the same colour",
            );
        }
    }
}
