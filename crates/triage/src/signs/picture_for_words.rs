//! Hardly any words, a linked picture, no way to leave a list of one's own.

use crate::domain;
use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "picture-for-words",
        about: "a picture stands where words should, and is the way out",
        source: "ours",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "There is next to nothing to read: what the reader sees is a picture loaded from elsewhere or enclosed, and clicking it leads away. Filters read no pictures. Some newsletters are made like that; they say so in words and name themselves.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <a href=\"https://far.example/go\"><img src=\"https://far.example/p.png\"></a>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <a href=\"https://www.one.example/go\"><img src=\"https://www.one.example/p.png\"></a>\n\
        ",
};

/// Characters below which there is nothing to read.
const FEW: usize = 160;

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let bare = facts
        .markup
        .iter()
        .all(|(_, m)| crate::words::fold(&m.shown).chars().filter(|c| c.is_alphanumeric()).count() < FEW);
    if facts.markup.is_empty() || !bare || facts.forward.is_some() {
        return;
    }
    let away =
        |l: &&crate::facts::Link| l.picture && !l.host.is_empty() && !domain::same_org(&l.host, &facts.from.domain());
    if let Some(link) = facts.links.iter().find(away) {
        let says = format!(
            "there is next to nothing to read; a picture is to be clicked and opens {}",
            model::Quote::from(model::defang(&link.host)).terminal()
        );
        seen.line(
            link.source,
            &link.target,
            Grade::Supported,
            says,
            "words shown, counted; the picture's link against the sender's domain",
        );
    }
}
