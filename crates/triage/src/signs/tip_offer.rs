//! Phrases of tips, in several languages.

use crate::facts::Facts;
use crate::phrases::phrases;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "tip-offer",
        about: "somebody wants to talk to a newsroom, or points to something",
        source: "ours",
    },
    topic: Topic::Want,
    strong: false,
    establishes: "The words are those of people who bring a story to a newsroom: they ask for a reporter, a safe way to talk, or point to something. It says nothing about whether the story holds.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        I would like to report something. Can I talk to a reporter off the record?\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        I would like a subscription.\n\
        ",
};

phrases! {  pub(crate) TIP,
    r"(speak|talk|get in touch) (to|with) (a |one of your )?(reporter|journalist|editor|somebody at|someone at)|(news|story) tip|tip for (you|your)|story (idea|for you)|(i|we) (would|'d) like to (report|tip|tell you about)",
    r"(secure(ly)?|signal|encrypted|pgp|securedrop|off the record|on background|confidential source|in confidence)\b.{0,60}(contact|reach|talk|speak|call|message|drop|record|background|source)|off the record",
    r"(you may|you might|perhaps you) (want|like) to (look|dig|investigate|check)|(have you|has anyone) looked (into|at)|worth (looking|investigating|a look)",
    r"(tipp|hinweis) für (ihre|die|eure) redaktion|mit (einem |einer )?(redakteur|journalist)\w* sprechen|parler (à|avec) un journaliste|hablar con un periodista|falar com um jornalista",
}

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (at, words) in facts.said(&TIP).into_iter().take(2) {
        seen.line(at, words, Grade::Weak, "it reads like a tip to a newsroom", "phrases of tips");
    }
}
