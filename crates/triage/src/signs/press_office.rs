//! Formulas of press releases, in several languages.

use crate::facts::Facts;
use crate::phrases::phrases;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "press-office", about: "an announcement of a press office", source: "ours" },
    topic: Topic::Want,
    strong: false,
    establishes: "The mail has the form of a press release: heading, contact for questions, embargo. Anybody can write in that form.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        For immediate release. Press contact: Ann\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Did you see what the press wrote?\n\
        ",
};

phrases! {  pub(crate) PRESS,
    r"for immediate release|press (release|statement|advisory|conference|contact|office|briefing)|media (advisory|release|contact|inquiries|enquiries)|under embargo|embargoed until|notes? to editors?",
    r"pressemitteilung|presseerklärung|pressekontakt|pressekonferenz|sperrfrist|presseeinladung|presseanfragen",
    r"communiqué de presse|contact presse|point presse|sous embargo|nota de prensa|comunicado de prensa|rueda de prensa|comunicado de imprensa|nota à imprensa|assessoria de imprensa|comunicato stampa|ufficio stampa|conferenza stampa|persbericht|perscontact|komunikat prasowy|пресс-релиз",
}

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (at, words) in facts.said(&PRESS).into_iter().take(2) {
        seen.line(
            at,
            words,
            Grade::Weak,
            "it has the form of a press office's announcement",
            "formulas of press releases",
        );
    }
}
