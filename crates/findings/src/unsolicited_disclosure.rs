//! Unsolicited disclosure: somebody unknown hands over papers of somebody else, asked for by nobody.
//!
//! Read from the sheets, one finding a sealed document where one is known, else a sender. It says what the mails do,
//! not that anything was stolen. Wrong for tips that do not say so. Source: ours.

mod scenes;

use crate::{Finder, Page, sheets, words};
use model::{Card, Confidence, Grade, JudgedMail};
use sheets::{Letters, Rule};

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "unsolicited-disclosure",
        about: "mails of strangers that present papers of somebody else, asked for by nobody",
        source: "ours; the case of the 2024 mails with excerpts of campaign papers",
    },
    page: Page {
        sees: "Mails whose decision sheet says unsolicited disclosure, at least supported: a stranger presents somebody's \
               papers or pastes what reads like them and asks for nothing that a swindle needs; or the mail carries a \
               passage of a sealed document.",
        matters: "Such mails pass every filter: a real account, plain text, no link. They are taken for spam, and the \
                  operation for somebody else's problem.",
        otherwise: "An authorised tip; a reader who quotes a public speech or report; papers their owner gives out.",
        wrong: "Without a seal it goes by how the mail presents itself: an excerpt pasted without a word is missed. In \
                languages the phrases do not cover nothing is seen.",
    },
    judge: |board| RULE.judge(board),
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

fn meant(mail: &JudgedMail) -> bool {
    mail.sheet.purpose == FINDER.card.id && mail.sheet.grade >= Grade::Supported && !sheets::own(mail)
}

/// The sealed document, else the sender.
fn key(mail: &JudgedMail) -> (String, u32) {
    let sealed = mail.sheet.lines.iter().find(|l| l.sign == "sealed-document");
    sealed.map_or_else(|| sheets::by_sender(mail), |l| (l.raw.raw().to_owned(), 0))
}

const RULE: Rule = Rule {
    kind: FINDER.card.id,
    meant,
    key,
    title: |letters, n| {
        let by = words::count(letters.senders().len(), "sender", "senders");
        format!("{n} of {by} hand over papers of somebody else, asked for by nobody")
    },
    unit: "mails that disclose somebody's papers",
    first: &["sealed-document", "offers-documents", "internal-papers", "excerpt-like"],
    techniques: &["T0153.001", "T1585.002"],
    weigh,
    innocent: |letters| letters.innocent(),
};

/// The rule.
fn weigh(letters: &Letters<'_>, beyond: bool) -> (Confidence, String) {
    let sealed = letters.grade() == Grade::Established;
    let said = if sealed { "words of a sealed document stand in them" } else { "the mails present them as such" };
    let moderate = [(beyond, "more such mails in the case than honest mail would give")];
    let high = [(sealed, "words of a sealed document"), (letters.boxes() > 1, "more than one mailbox")];
    words::rule(said, &moderate, &high)
}
