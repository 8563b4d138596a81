//! Hosting for everybody, shorteners, redirects through known sites.

use crate::domain;
use crate::facts::{Facts, Link};
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "user-hosted-link",
        about: "a link to a page that anyone can put up, a shortener, or an open door of a known site",
        source: "Public Suffix List (private section); ours",
    },
    topic: Topic::Want,
    strong: false,
    establishes: "What is behind the link cannot be told from it: the host belongs to a service, the page to whoever took it.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <a href=\"https://bit.ly/x\">See</a>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <a href=\"https://www.one.example/x\">See</a>\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let foreign = |l: &&Link| !domain::same_org(&l.host, &facts.from.domain());
    for link in facts.leads().filter(foreign) {
        let what = match () {
            () if domain::is_shortener(&link.host) => "a shortener, which hides where it leads",
            () if domain::user_hosted(&link.host) => "a page that anyone can put up",
            () if redirects(link) => "a known site that passes on to another one",
            () => continue,
        };
        seen.line(
            link.source,
            &link.target,
            Grade::Weak,
            format!("the link opens {what}"),
            "the host against lists of such services; an address inside the address",
        );
    }
}

/// An address inside the address of a site that passes everybody on.
pub(crate) fn redirects(link: &Link) -> bool {
    const DOORS: &[&str] = &[
        "google.com",
        "bing.com",
        "youtube.com",
        "doubleclick.net",
        "facebook.com",
        "linkedin.com",
        "t-online.de",
        "yandex.ru",
        "baidu.com",
        "googleadservices.com",
        "adobe.com",
    ];
    let inside = link.url.as_ref().is_some_and(|u| {
        let rest = &u.as_str()[u.scheme().len() + 3..];
        rest.contains("http%3a")
            || rest.contains("https%3a")
            || rest.contains("http%3A")
            || rest.contains("https%3A")
            || rest.contains("=http")
            || rest.contains("/amp/")
    });
    inside && DOORS.contains(&domain::org(&link.host))
}
