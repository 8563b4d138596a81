//! The sender's domain against the protected ones and the mailbox's own. The matcher is this room's small one.

use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use crate::{domain, lookalike};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "look-alike-sender",
        about: "the sender's domain looks like one that is protected",
        source: "UTS 39; Damerau 1964; ours",
    },
    topic: Topic::Who,
    strong: true,
    establishes: "The domain is not the protected one and is written nearly like it, or holds its name. Whether that is meant, the registration and the mail must tell.",
    find,
    example: "\
        From: Desk <desk@tw0.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
    twin: "\
        From: Desk <desk@three.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let from = facts.from.domain();
    let own = Some(facts.house.as_str()).filter(|h| !h.is_empty());
    let protected = facts.context.domains().chain(own);
    for (host, field) in [(from.as_str(), "From"), (domain::of_address(facts.mail.reply_to.address), "Reply-To")] {
        for name in protected.clone().filter(|p| !domain::same_org(p, host)) {
            if let Some(how) = lookalike::how(host, name) {
                let says = format!(
                    "{} is not {}: {how}",
                    model::Quote::from(model::defang(host)).terminal(),
                    model::Quote::from(name).terminal()
                );
                seen.header(
                    field,
                    Grade::Established,
                    says,
                    "letters compared after folding look-alikes; one edit; the name inside another name",
                );
            }
        }
    }
    for mailbox in facts.context.mailboxes() {
        same_person(facts, mailbox, seen);
    }
}

/// The words before the `@` of a protected mailbox, at a house that is not its own.
fn same_person(facts: &Facts<'_>, mailbox: &str, seen: &mut Seen<'_>) {
    let before = |address: &str| lookalike::skeleton(&address.split('@').next().unwrap_or_default().to_lowercase());
    let (theirs, ours) = (before(&facts.from.address), before(mailbox));
    let letters = ours.chars().filter(|c| c.is_alphabetic()).count();
    if letters >= 5 && theirs == ours && !mailbox.eq_ignore_ascii_case(&facts.from.address) {
        let mailbox = model::Quote::from(mailbox).terminal();
        let says = format!("the words before the @ are those of {mailbox}, at another house or in other letters");
        seen.header("From", Grade::Supported, says, "letters compared after folding look-alikes");
    }
}
