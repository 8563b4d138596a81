//! Promise and target together, where the mail leads nowhere else.

use crate::domain;
use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "lure-leads-elsewhere",
        about: "a promise, and every way out leads to a stranger's host",
        source: "MITRE ATT&CK T1566.002; ours",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "Something is promised, and nothing that can be clicked opens the sender's own host nor that of a service that sends for others; or it opens a page that anyone can put up. Small shops that hand their mailing to somebody do the same.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <p>Congratulations! You have been selected.</p><a href=\"https://x9.far.example/a\">Claim your reward</a>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <p>Congratulations! You have been selected.</p><a href=\"https://www.one.example/a\">Claim your reward</a>\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let lures = facts.said(&super::prize_lure::LURE);
    let Some((_, words)) = lures.first() else { return };
    if super::alarm_leads_elsewhere::discussion(facts) || facts.markup.is_empty() {
        return;
    }
    let away = |l: &&crate::facts::Link| super::alarm_leads_elsewhere::elsewhere(facts, l);
    let anybodys = |l: &&crate::facts::Link| domain::user_hosted(&l.host) || domain::is_shortener(&l.host);
    let home = facts.leads().any(|l| domain::same_org(&l.host, &facts.from.domain()));
    let mut orgs: Vec<&str> = facts.leads().map(|l| domain::org(&l.host)).collect();
    orgs.sort_unstable();
    orgs.dedup();
    // One phrase is enough where the mail has a single way out, and that stands behind words or a picture.
    let single = |l: &crate::facts::Link| orgs.len() == 1 && (l.picture || !l.text.is_empty());
    let twice = lures.len() > 1 && !home;
    if let Some(link) = facts.leads().find(|l| away(l) && (twice || anybodys(l) || single(l))) {
        let says =
            format!("\u{201c}{}\u{201d}, and the way offered opens {}", safe(words), safe(&model::defang(&link.host)));
        seen.line(
            link.source,
            &link.target,
            Grade::Supported,
            says,
            "two phrases of promise and no link to the sender's own organisation, or a page that anyone can put up",
        );
    }
}

fn safe(words: &str) -> String {
    model::Quote::from(words).short(80).terminal()
}
