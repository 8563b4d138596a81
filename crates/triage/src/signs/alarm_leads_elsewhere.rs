//! Alarm and target together: what a credential phish cannot do without.

use crate::facts::{Facts, Link};
use crate::sign::{Seen, Sign, Topic};
use crate::{brands, domain};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "alarm-leads-elsewhere",
        about: "an alarm about an account, and a link to somebody who does not hold it",
        source: "MITRE ATT&CK T1566.002; ours",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "The reader is told that an account, payment or parcel needs them to act, and the way offered leads to a host that is neither the sender's nor the named company's, or to a page that anyone can put up. An honest service leads to itself.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <p>Your mailbox is nearly full.</p><a href=\"https://x9.far.example/a\">Free some space</a>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <p>Your mailbox is nearly full.</p><a href=\"https://mail.one.example/a\">Free some space</a>\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let alarms = super::account_alarm::alarms(facts);
    let Some((_, words)) = alarms.first() else { return };
    if discussion(facts) {
        return;
    }
    for link in facts.leads().filter(|l| elsewhere(facts, l)).take(2) {
        let says =
            format!("\u{201c}{}\u{201d}, and the way offered opens {}", safe(words), safe(&model::defang(&link.host)));
        seen.line(
            link.source,
            &link.target,
            Grade::Supported,
            says,
            "phrases of alarm; the target's organisation against the sender's and the one named",
        );
    }
}

/// Neither the sender's nor the recipient's nor the named company's; or where anybody puts up pages.
pub(crate) fn elsewhere(facts: &Facts<'_>, link: &Link) -> bool {
    let from = facts.from.domain();
    if domain::user_hosted(&link.host) || domain::is_shortener(&link.host) {
        return !domain::same_org(&link.host, &from);
    }
    if common(&link.host) || domain::is_sending_service(&link.host) {
        return false;
    }
    let borrowed = brands::named(&crate::words::fold(&facts.from.name)).is_some_and(|b| !brands::owns(b, &from));
    !domain::same_org(&link.host, &from) && !domain::same_org(&link.host, &facts.house)
        || (borrowed && domain::same_org(&link.host, &from))
}

/// Hosts that every signature and footer links to.
fn common(host: &str) -> bool {
    const COMMON: &[&str] = &[
        "facebook.com",
        "twitter.com",
        "x.com",
        "instagram.com",
        "linkedin.com",
        "youtube.com",
        "apple.com",
        "google.com",
        "w3.org",
        "microsoft.com",
        "paypal.com",
        "amazon.com",
        "wikipedia.org",
        "tiktok.com",
        "pinterest.com",
        "whatsapp.com",
        "schema.org",
    ];
    COMMON.contains(&domain::org(host))
}

/// A list's discussion, or an answer that quotes: a field that claims one can be written by anybody.
pub(crate) fn discussion(facts: &Facts<'_>) -> bool {
    let quotes = |p: &model::Part<'_>| {
        p.text.lines().filter(|l| l.starts_with("> ") || l.starts_with(">>") || *l == ">").count() > 1
    };
    let thread = facts.earlier.is_some_and(|e| e.thread);
    thread || facts.header("list-post").is_some() || (facts.forward.is_none() && facts.mail.parts.iter().any(quotes))
}

fn safe(words: &str) -> String {
    model::Quote::from(words).short(80).terminal()
}
