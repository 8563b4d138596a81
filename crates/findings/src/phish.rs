//! Phish: mails made to take passwords or to bring in a program, by the rules of the decision sheet.
//!
//! Read from the sheets, one finding a sender. The sheet's rule sets the word; what speaks against it lowers it.
//! Wrong for real alarms of services that mail through somebody else's links. Source: MITRE ATT&CK T1566; ours.

mod scenes;

use crate::{Finder, Page, sheets, words};
use model::{Board, Card, Confidence, Finding, Grade, JudgedMail};
use sheets::Letters;

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "phish",
        about: "mails made to take a password, a card or an account, or to bring in a program",
        source: "MITRE ATT&CK T1566, T1598; ours",
    },
    page: Page {
        sees: "Mails whose decision sheet says credential theft or malware lure, at least supported: an alarm together \
               with a way that leads to somebody else, is disguised or is made to know its victim; an enclosure that \
               runs. One finding a sender, with the sheet's lines and their bytes.",
        matters: "Stolen mailboxes are where leaked documents come from; a phish weeks before is often the only trace of \
                  how.",
        otherwise: "A real notice of a service that sends through somebody else; a mailing with counted links; an \
                    exercise of one's own security people.",
        wrong: "Phish that only talk, or talk in a language the phrases do not cover, are not seen. Old mailing habits \
                (links that differ from their text) look alike.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Purposes it reads.
const PURPOSES: &[&str] = &["credential-theft", "malware-lure"];
/// Lines that lower the word.
const AGAINST: &[&str] = &["known-correspondent", "answers-thread", "house-mail", "bulk-mail"];

fn meant(mail: &JudgedMail) -> bool {
    PURPOSES.contains(&mail.sheet.purpose.as_str()) && mail.sheet.grade >= Grade::Supported
}

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let all = board.mailroom.mails.iter().filter(|m| meant(m)).count();
    let groups = Letters::by(board, |m| meant(m).then_some(m.actor));
    let (groups, left) = words::shortlist(board, groups, |g: &Letters<'_>| (g.grade(), g.mails.len()));
    let found = groups.iter().filter_map(|g| Some((g.mails.len() as f64, read(board, g, all)?)));
    words::most(board, found.collect(), left)
}

fn read(board: &Board<'_>, letters: &Letters<'_>, all: usize) -> Option<Finding> {
    let senders = letters.senders();
    let chance = sheets::chance(board, all, "mails with the signs of a phish");
    let (confidence, because) = weigh(letters, chance.observed > chance.expected);
    let times = letters.mails.iter().filter_map(|m| m.sheet.when).map(|w| w.0);
    let (first, last) = words::ends(times);
    let n = words::count(letters.mails.len(), "mail", "mails");
    Some(Finding {
        id: Finding::id_of(FINDER.card.id, &senders.iter().map(|s| board.actor(*s).id).collect::<Vec<_>>()),
        kind: FINDER.card.id.to_owned(),
        title: format!("{n} of one sender {} made to take a password or bring in a program", are(letters.mails.len())),
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
        witnesses: letters.witnesses(&[
            "link-names-other",
            "alarm-leads-elsewhere",
            "running-file",
            "account-alarm",
        ])?,
        tables: letters.tables(),
        actors: senders,
        techniques: words::techniques(&["T1566", "T1566.001", "T1566.002", "T1598"]),
        first,
        last,
    })
}

fn are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

/// The rule.
fn weigh(letters: &Letters<'_>, beyond: bool) -> (Confidence, String) {
    let established = letters.mails.iter().filter(|m| m.sheet.grade == Grade::Established).count();
    let said = format!(
        "{} of {} established, the rest supported",
        words::thousands(established as u64),
        words::count(letters.mails.len(), "sheet", "sheets")
    );
    let spoken = |m: &&JudgedMail| {
        m.sheet.against.iter().any(|l| AGAINST.contains(&l.sign.as_str()) && l.grade >= Grade::Supported)
    };
    let quiet = !letters.mails.iter().any(spoken);
    let moderate = [
        (beyond, "more such mails in the case than honest mail would give"),
        (quiet, "nothing firm that speaks against it"),
    ];
    let high = [(established > 0, "an established sheet")];
    words::rule(&said, &moderate, &high)
}
