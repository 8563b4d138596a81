//! Look-alike sender: mail from an address that is written like a protected one and is not it.
//!
//! Read from the sheets, one finding a sender. Wrong for partners and old addresses that are honestly alike.
//! Source: Unicode TS 39; Damerau 1964; ours.

mod scenes;

use crate::{Finder, Page, sheets, words};
use model::{AtLeastOne, Card, Confidence, Grade, Innocent, JudgedMail};
use sheets::{Letters, Rule};

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "look-alike-sender",
        about: "mail from an address written like a protected one, or like that of the mailbox's own house",
        source: "Unicode TS 39; Damerau 1964; ours",
    },
    page: Page {
        sees: "Mails whose From or Reply-To is not a protected name (setting `[mail] protect`, and always the mailbox's own \
               domain) but is written nearly like it: look-alike letters, one letter changed, the name with words \
               around it or under another ending.",
        matters: "Such an address passes every check of the sender, for it is its own domain; only the reader is deceived.",
        otherwise: "A partner, supplier or sister house with a like name; the house's own second domain; chance among \
                    short names.",
        wrong: "Names of fewer than five letters are compared by their looks only. A house whose domains are not all \
                protected is taken for its own imitator: list them.",
    },
    judge: |board| RULE.judge(board),
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Signs beside the likeness that make it more than a like name.
const BESIDE: &[&str] = &[
    "account-alarm",
    "alarm-leads-elsewhere",
    "asks-money",
    "link-names-other",
    "brand-elsewhere",
    "mailbox-in-link",
    "disguised-link",
    "running-file",
    "locked-archive",
    "reply-elsewhere",
    "fails-checks",
    "form-in-mail",
];

fn meant(mail: &JudgedMail) -> bool {
    let known = ["known-correspondent", "answers-thread"];
    let known = |l: &model::SheetLine| known.contains(&l.sign.as_str()) && l.grade >= Grade::Supported;
    let lines = || mail.sheet.lines.iter().chain(&mail.sheet.against);
    lines().any(|l| l.sign == FINDER.card.id) && !lines().any(known)
}

fn beside(mail: &JudgedMail) -> usize {
    BESIDE.iter().filter(|s| mail.sheet.lines.iter().chain(&mail.sheet.against).any(|l| l.sign == **s)).count()
}

const RULE: Rule = Rule {
    kind: FINDER.card.id,
    meant,
    key: sheets::by_sender,
    title: |_, n| format!("A sender is written like a protected name and is not it: {n}"),
    unit: "mails of senders written like protected ones",
    first: &[FINDER.card.id],
    techniques: &["T1566", "T1583.001", "T0149.003"],
    weigh,
    innocent,
};

fn innocent(_: &Letters<'_>) -> Option<AtLeastOne<Innocent>> {
    AtLeastOne::new(vec![
        words::innocent(
            "A partner, supplier or sister house with a like name",
            "Ask the house that is imitated, by a way you already have, whether the address is theirs or known to them.",
        ),
        words::innocent(
            "The house's own second or former domain",
            "Look who registered it and when; then list it among the protected names.",
        ),
    ])
}

/// The rule.
fn weigh(letters: &Letters<'_>, beyond: bool) -> (Confidence, String) {
    let most = letters.mails.iter().map(|m| beside(m)).max().unwrap_or(0);
    let said = format!("beside the likeness, {} in one mail", words::count(most, "other sign", "other signs"));
    let moderate = [
        (beyond, "more such mails in the case than honest mail would give"),
        (most > 0, "a sign of a trick beside the likeness"),
    ];
    let high = [
        (most > 1, "two signs of a trick beside the likeness"),
        (letters.grade() == Grade::Established, "an established sheet"),
    ];
    words::rule(&said, &moderate, &high)
}
