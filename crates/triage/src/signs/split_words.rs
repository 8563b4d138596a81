//! Invisible characters inside words, and mixed scripts within a word.

use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use crate::words;
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "split-words",
        about: "words broken up or spelt with foreign letters, so that machines do not read them",
        source: "UTS 39; ours",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "Invisible characters stand inside words, or letters of several scripts within one word. A reader sees nothing of it; filters do not find the words. Soft hyphens inside long words are honest typesetting and do not count.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        V\u{200b}e\u{200b}rify your ac\u{200b}count pass\u{200b}word no\u{200b}w\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Über die Donau\u{ad}dampf\u{ad}schiff\n\
        ",
};

/// Words so broken that it is no slip.
const MANY: usize = 3;

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let parts = (0..facts.mail.parts.len()).map(|i| (Source::Part(i), shown(facts, i)));
    let subject = facts.header("subject").map(|(i, _)| (Source::Header(i), facts.mail.subject));
    for (at, text) in parts.chain(subject) {
        let few = matches!(at, Source::Header(_));
        let broken: Vec<&str> = text.split_whitespace().filter(|w| broken(w)).take(50).collect();
        if let Some(word) = broken.first().filter(|_| broken.len() >= if few { 1 } else { MANY }) {
            let says = format!(
                "{} words are broken up by characters that are not seen, or mix letters of several scripts",
                broken.len()
            );
            seen.line(at, word, Grade::Established, says, "characters of each word by script and visibility");
        }
    }
}

fn shown<'f>(facts: &'f Facts<'_>, i: usize) -> &'f str {
    facts.markup.iter().find(|m| m.0 == i).map_or(facts.mail.parts[i].text, |m| &m.1.shown)
}

/// A word with an unseen character between letters, or Latin letters beside look-alikes of another script.
fn broken(word: &str) -> bool {
    if word.is_ascii() || word.len() > 200 {
        return false;
    }
    let chars: Vec<char> = word.chars().collect();
    let latin = |c: &char| c.is_ascii_alphabetic();
    let unseen = chars.windows(3).any(|w| latin(&w[0]) && latin(&w[2]) && words::unseen(w[1]) && w[1] != '\u{ad}');
    let soft = chars.windows(3).filter(|w| latin(&w[0]) && latin(&w[2]) && w[1] == '\u{ad}').count() * 3 > chars.len();
    let other = |c: &char| matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}' | '\u{1d400}'..='\u{1d7ff}' | '\u{13a0}'..='\u{13ff}');
    let mixed = chars.iter().filter(|c| latin(c)).count() >= 1
        && chars.iter().filter(|c| other(c)).count() >= 1
        && chars.len() > 3;
    unseen || soft || (mixed && !chars.iter().any(|c| matches!(c, '-' | '/' | '_' | '.' | ',' | ':')))
}
