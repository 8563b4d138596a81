//! Paragraphs that speak to nobody, making up most of a plain mail.

use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "excerpt-like", about: "a passage written for other readers stands in the mail", source: "ours" },
    topic: Topic::Brings,
    strong: false,
    establishes: "Between a greeting and an end stands a longer passage that does not address the reader: paragraphs of even length in which nobody is greeted, asked or thanked. Quotations of books, speeches and articles look the same.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Hello,\n\
        \n\
        The committee has looked at the three sites in the north and holds that the second is too near to the river to be defended in public. The committee has looked at the three sites in the north and holds that the second is too near to the river to be defended in public. \n\
        \n\
        The costs of the first will be spread over four years so that no single budget shows the whole of them to anybody. The costs of the first will be spread over four years so that no single budget shows the whole of them to anybody. \n\
        \n\
        A citizen\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Hello Bo,\n\
        \n\
        thanks for your letter. I have looked at the three sites in the north and I think that the second is too near to the river, do you not think so?\n\
        \n\
        Ann\n\
        ",
};

/// Letters and digits of a passage worth naming, in one paragraph or several.
const LONG: usize = 280;

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (i, part) in facts.mail.parts.iter().enumerate().filter(|(_, p)| p.html.is_empty()) {
        let text = facts.forward.as_ref().map_or(part.text, |f| &f.text);
        let (mut passage, mut first, mut all) = (0, "", 0);
        for paragraph in paragraphs(text) {
            let letters = paragraph.chars().filter(|c| c.is_alphanumeric()).count();
            all += letters;
            if letters >= 100 && formal(paragraph) {
                passage += letters;
                first = if first.is_empty() { paragraph } else { first };
            }
        }
        if passage >= LONG && passage * 2 > all {
            seen.line(
                Source::Part(i),
                first,
                Grade::Weak,
                format!("a passage of {passage} letters speaks to nobody in particular"),
                "paragraphs without greeting, question or you",
            );
        }
    }
}

/// Stretches between empty lines, as pieces of the text.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n")
        .flat_map(|p| p.split("\r\n\r\n"))
        .map(str::trim)
        .filter(|p| !p.is_empty() && !p.starts_with('>'))
        .take(2_000)
}

/// Speaks to nobody: no I and no you, no question, ends like a sentence.
fn formal(paragraph: &str) -> bool {
    let folded = crate::words::fold(paragraph);
    let sentence = !folded.contains('?') && folded.trim_end_matches(['"', ')', '\u{201d}']).ends_with(['.', '…', ':']);
    let words = |of: &[&str]| folded.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|w| of.contains(&w));
    let personal = || {
        words(&[
            "i", "you", "your", "i'm", "i've", "i'll", "you're", "me", "my", "thanks", "ich", "du", "dir", "dein",
            "je", "vous", "tu", "yo", "eu", "você",
        ])
    };
    sentence && !personal()
}
