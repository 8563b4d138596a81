//! The recipient's address in a link, plain, escaped or in Base64.

use crate::domain;
use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "mailbox-in-link",
        about: "a link carries the address of the mailbox it was sent to",
        source: "ours; kits fill in the address for the reader (APWG reports)",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "Whoever opens the link tells which mailbox it came from, and a form there can be filled in with it. Links to leave a list do the same and do not count.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <a href=\"https://far.example/in#bo@two.example\">Keep my mailbox</a>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <a href=\"https://far.example/leave?who=bo@two.example\">Unsubscribe</a> <a href=\"https://far.example/\">Read</a>\n\
        ",
};

/// Links above which a mail is a paper of many items, whose readers are known to it anyway.
const FEW: usize = 6;

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    if facts.leads().count() > FEW {
        return;
    }
    let to: Vec<String> = facts
        .mail
        .to
        .iter()
        .map(|a| a.address)
        .chain([facts.mail.mailbox])
        .filter(|a| a.contains('@'))
        .map(str::to_lowercase)
        .collect();
    let house = |l: &&crate::facts::Link| {
        !domain::same_org(&l.host, &facts.from.domain()) || facts.from.domain() == facts.house
    };
    // An address written out shows what it carries; only what stands behind words does so unseen.
    for link in facts.leads().filter(house).filter(|l| !l.text.is_empty() || l.picture) {
        let target = link.target.to_lowercase().replace("%40", "@");
        let carries = |a: &String| target.contains(a.as_str()) || link.target.contains(base64(a).trim_end_matches('='));
        if to.iter().take(8).any(carries) {
            let says = "the link carries the address of the mailbox, so that the page behind it knows who came";
            seen.line(
                link.source,
                &link.target,
                Grade::Established,
                says,
                "the recipient's address in the link, plain, escaped or in Base64",
            );
        }
    }
}

fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in text.as_bytes().chunks(3) {
        let n = three.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        out.extend((0..=three.len()).map(|i| char::from(LETTERS[(n >> (18 - 6 * i)) as usize & 63])));
    }
    out
}
