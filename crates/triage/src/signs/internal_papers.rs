//! Formulas of internal papers, and mail heads of other people inside the words.

use crate::facts::{Facts, Source};
use crate::phrases::phrases;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "internal-papers", about: "words as they stand in internal papers", source: "ours; docs/mail.md" },
    topic: Topic::Brings,
    strong: false,
    establishes: "Headings and formulas of memoranda, briefings, minutes and mails between others stand in the text. Anybody can write them, and public papers have them, too.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        MEMORANDUM\n\
        Strictly confidential\n\
        We should not be seen near the plant.\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        I sent you a letter about the plant.\n\
        ",
};

phrases! {  pub(crate) PAPER,
    r"\b(memorandum|memo|briefing (note|paper|book)|talking points|strategy (paper|note|memo)|call sheet|position paper|discussion draft|minutes of|meeting notes|opposition research|vetting (report|file|dossier)|internal (note|poll|polling|review|assessment|use)|situation report)\b",
    r"(strictly|highly|private (and|&)) confidential|attorney[- ](client|work)|privileged (and|&) confidential|not for (distribution|circulation|release|publication)|for internal (use|distribution)( only)?|eyes only|do not (forward|distribute|circulate|share)|embargoed until|pre-?decisional|deliberative|for official use only",
    r"\b(to|from|subject|re|date|cc):\s?[^:]{2,60}\b(to|from|subject|re|date|cc):\s?[^:]{2,80}\b(subject|re|date|cc|from|to):",
    r"(we|the (campaign|team|party|candidate|ministry|committee|board|headquarters)) (should|must|need to|will|cannot|can not|ought to) (not )?(be seen|avoid|say|keep|hold|deny|admit|mention|tell|wait|move|spend|target|offer|present)",
    r"(our|the) (internal )?(polling|numbers|canvass|field|focus groups?|donors?|weak(ness|nesses|est)|vulnerabilit\w+|exposure|line to take|message discipline|rapid response|ground game|budget line|cash on hand)",
    r"\b(agreed|action|decision|next steps|line to take|risk|background|recommendation|purpose|summary|distribution)( points?| items?)?:",
    r"(vermerk|sprechzettel|strategiepapier|lagebericht|sitzungsprotokoll|nur für den (internen )?(dienst)?gebrauch|verschlusssache|streng vertraulich|interner (vermerk|entwurf))",
    r"(note (interne|confidentielle|de synthèse|d'orientation|stratégique)|compte[- ]rendu|éléments de langage|strictement confidentiel|diffusion restreinte)",
    r"(nota interna|memorando|minuta|informe (interno|confidencial|reservado)|estrictamente confidencial|uso interno|acta de (la )?reunión|ata de reunião)",
    r"(nota (interna|riservata)|verbale|strettamente riservato|uso interno|interne notitie|strikt vertrouwelijk|notulen|notatka służbowa|ściśle poufne|служебн\w+ записк\w+|для служебного пользования)",
}

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let said: Vec<_> = facts.said(&PAPER).into_iter().filter(|(at, _)| matches!(at, Source::Part(_))).collect();
    let grade = if said.len() >= 2 { Grade::Supported } else { Grade::Weak };
    for (at, words) in said.into_iter().take(3) {
        seen.line(
            at,
            words,
            grade,
            "a formula of internal papers stands in the text",
            "formulas of memoranda, briefings and minutes; two of them are needed to say more than weak",
        );
    }
}
