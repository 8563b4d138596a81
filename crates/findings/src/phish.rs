//! Phish: mails made to take passwords or to bring in a program, by the rules of the decision sheet.
//!
//! Read from the sheets, one finding a sender. The sheet's rule sets the word; what speaks against it lowers it.
//! Wrong for real alarms of services that mail through somebody else's links. Source: MITRE ATT&CK T1566; ours.

mod scenes;

use crate::{Finder, Page, sheets, words};
use model::{Card, Confidence, Grade, JudgedMail};
use sheets::{Letters, Rule};

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
    judge: |board| RULE.judge(board),
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

const RULE: Rule = Rule {
    kind: FINDER.card.id,
    meant,
    key: sheets::by_sender,
    title: |letters, n| {
        let are = if letters.mails.len() == 1 { "is" } else { "are" };
        format!("{n} of one sender {are} made to take a password or bring in a program")
    },
    unit: "mails with the signs of a phish",
    first: &["link-names-other", "alarm-leads-elsewhere", "running-file", "account-alarm"],
    techniques: &["T1566", "T1566.001", "T1566.002", "T1598"],
    weigh,
    innocent: |letters| letters.innocent(),
};

/// The rule.
fn weigh(letters: &Letters<'_>, beyond: bool) -> (Confidence, String) {
    let established = letters.mails.iter().filter(|m| m.sheet.grade == Grade::Established).count();
    let said = format!(
        "{} of {} established, the rest supported",
        words::thousands(established as u64),
        words::count(letters.mails.len(), "sheet", "sheets")
    );
    let moderate = [
        (beyond, "more such mails in the case than honest mail would give"),
        (letters.unspoken(AGAINST), "nothing firm that speaks against it"),
    ];
    let high = [(established > 0, "an established sheet")];
    words::rule(&said, &moderate, &high)
}
