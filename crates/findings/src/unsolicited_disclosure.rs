//! Unsolicited disclosure: somebody unknown hands over papers of somebody else, asked for by nobody.
//!
//! Read from the sheets, one finding a sealed document where one is known, else a sender. It says what the mails do,
//! not that anything was stolen. Wrong for tips that do not say so. Source: ours.

mod scenes;

use crate::{Finder, Page, sheets, words};
use model::{Board, Card, Confidence, Finding, Grade, JudgedMail};
use sheets::Letters;

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
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

fn meant(mail: &JudgedMail) -> bool {
    mail.sheet.purpose == FINDER.card.id && mail.sheet.grade >= Grade::Supported && !sheets::own(mail)
}

/// The sealed document, else the sender.
fn key(mail: &JudgedMail) -> Option<(String, u32)> {
    if !meant(mail) {
        return None;
    }
    let sealed = mail.sheet.lines.iter().find(|l| l.sign == "sealed-document");
    Some(sealed.map_or_else(|| (String::new(), mail.actor.0), |l| (l.raw.raw().to_owned(), 0)))
}

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let all = board.mailroom.mails.iter().filter(|m| meant(m)).count();
    let groups = Letters::by(board, key);
    let (groups, left) = words::shortlist(board, groups, |g: &Letters<'_>| (g.grade(), g.mails.len()));
    let found = groups.iter().filter_map(|g| Some((g.mails.len() as f64, read(board, g, all)?)));
    words::most(board, found.collect(), left)
}

fn read(board: &Board<'_>, letters: &Letters<'_>, all: usize) -> Option<Finding> {
    let senders = letters.senders();
    let chance = sheets::chance(board, all, "mails that disclose somebody's papers");
    let (confidence, because) = weigh(letters, chance.observed > chance.expected);
    let (first, last) = words::ends(letters.mails.iter().filter_map(|m| m.sheet.when).map(|w| w.0));
    let n = words::count(letters.mails.len(), "mail", "mails");
    let by = words::count(senders.len(), "sender", "senders");
    Some(Finding {
        id: Finding::id_of(FINDER.card.id, &senders.iter().map(|s| board.actor(*s).id).collect::<Vec<_>>()),
        kind: FINDER.card.id.to_owned(),
        title: format!("{n} of {by} hand over papers of somebody else, asked for by nobody"),
        observed: format!(
            "{n} to {} {}. The firmest sheet says {}: {}.",
            words::count(letters.boxes(), "mailbox", "mailboxes"),
            words::period(first, last),
            letters.grade().word(),
            letters.mails.first()?.sheet.because,
        ),
        confidence,
        because,
        chance,
        innocent: letters.innocent()?,
        witnesses: letters.witnesses(&["sealed-document", "offers-documents", "internal-papers", "excerpt-like"])?,
        tables: letters.tables(),
        actors: senders,
        techniques: words::techniques(&["T0153.001", "T1585.002"]),
        first,
        last,
    })
}

/// The rule.
fn weigh(letters: &Letters<'_>, beyond: bool) -> (Confidence, String) {
    let sealed = letters.grade() == Grade::Established;
    let said = if sealed { "words of a sealed document stand in them" } else { "the mails present them as such" };
    let moderate = [(beyond, "more such mails in the case than honest mail would give")];
    let high = [(sealed, "words of a sealed document"), (letters.boxes() > 1, "more than one mailbox")];
    words::rule(said, &moderate, &high)
}
