//! Little to read, one way out, and that one hides where it leads.

use crate::domain;
use crate::facts::Facts;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "disguised-link",
        about: "the only thing to click is a picture or a bare word, and opens a page that anyone can put up",
        source: "ours",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "Nothing in the mail but its one target tells what it wants, and that target is a page anyone can put up, a shortener, or an open door of a known site.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <a href=\"https://storage.googleapis.com/x/y.html\"><img src=\"https://far.example/p.png\"></a>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <a href=\"https://www.one.example/\"><img src=\"https://www.one.example/p.png\"></a>\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let mut hosts: Vec<&str> = facts.leads().map(|l| l.host.as_str()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let hides = |l: &&crate::facts::Link| {
        (domain::user_hosted(&l.host) || domain::is_shortener(&l.host) || super::user_hosted_link::redirects(l))
            && !domain::same_org(&l.host, &facts.from.domain())
    };
    let all = facts.leads().all(|l| hides(&l));
    if facts.markup.is_empty() || (hosts.len() > 2 && !all) || super::alarm_leads_elsewhere::discussion(facts) {
        return;
    }
    if let Some(link) = facts.leads().find(hides) {
        let says = format!(
            "the only way out of this mail opens {}, where anyone can put up a page or pass on to one",
            model::Quote::from(model::defang(&link.host)).terminal()
        );
        seen.line(
            link.source,
            &link.target,
            Grade::Supported,
            says,
            "all targets of the mail against lists of such services",
        );
    }
}
