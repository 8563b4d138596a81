//! Extortion and scams: mails made to get money by a threat, a promise or a false request.
//!
//! Read from the sheets, one finding for each payment address whose check digits hold, since senders of such mails change
//! and their accounts do not; else one a sender. Wrong for advertising that is only loud. Source: Europol IOCTA; ours.

mod scenes;

use crate::{Finder, Page, sheets, words};
use model::{Card, Confidence, Grade, JudgedMail};
use sheets::{Letters, Rule};

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "extortion",
        about: "mails made to get money by a threat, a promise or a false request",
        source: "Europol IOCTA; FBI IC3; MITRE ATT&CK T1657; ours",
    },
    page: Page {
        sees: "Mails whose decision sheet says extortion or scam, at least supported: a threat of the sender's own, or \
               menace under pressure, together with a way to pay; the tale of advance-fee swindles; a promise or a \
               request for money whose sender is not who is shown. One finding for each payment address, else a sender.",
        matters: "Threats to publish are how stolen papers are turned into money, and a threat against a campaign is a \
                  matter for the police whether or not anything was stolen. Mails to the same account belong together \
                  whoever seems to send them.",
        otherwise: "Loud advertising of a shop that exists; a collection for charity; a colleague's real request; a paper \
                    that quotes such a mail without quotation marks.",
        wrong: "It does not say that the sender has what they claim. Threats without a way to pay, and threats in \
                languages the phrases do not cover, are not seen. Whoever puts the whole threat in quotation marks \
                passes for somebody who reports of one.",
    },
    judge: |board| RULE.judge(board),
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Lines that lower the word.
const AGAINST: &[&str] = &["known-correspondent", "answers-thread", "house-mail", "bulk-mail", "press-office"];

fn meant(mail: &JudgedMail) -> bool {
    mail.sheet.purpose == "extortion-scam" && mail.sheet.grade >= Grade::Supported
}

/// The payment address, else the sender.
fn key(mail: &JudgedMail) -> (String, u32) {
    let wallet = mail.sheet.lines.iter().find(|l| l.sign == "wallet" && l.grade == Grade::Established);
    wallet.map_or_else(|| sheets::by_sender(mail), |l| (l.raw.raw().to_owned(), 0))
}

const RULE: Rule = Rule {
    kind: FINDER.card.id,
    meant,
    key,
    title: |letters, n| {
        let (are, by) = (
            if letters.mails.len() == 1 { "is" } else { "are" },
            words::count(letters.senders().len(), "sender", "senders"),
        );
        format!("{n} of {by} {are} made to get money by a threat or a false promise")
    },
    unit: "mails with the signs of extortion or a scam",
    first: &["extortion", "wallet", "advance-fee", "asks-money", "prize-lure"],
    techniques: &["T1657"],
    weigh,
    innocent: |letters| letters.innocent(),
};

/// The rule.
fn weigh(letters: &Letters<'_>, beyond: bool) -> (Confidence, String) {
    let has = |sign: &str| letters.mails.iter().any(|m| m.sheet.lines.iter().any(|l| l.sign == sign));
    let (threat, wallet) = (has("extortion"), has("wallet"));
    let said = if threat { "the mails threaten and name a way to pay" } else { "the mails promise or ask for money" };
    let moderate = [
        (beyond, "more such mails in the case than honest mail would give"),
        (letters.unspoken(AGAINST), "nothing firm that speaks against it"),
    ];
    let high = [(threat, "a threat of the sender's own"), (wallet, "a payment address whose check digits hold")];
    words::rule(said, &moderate, &high)
}
