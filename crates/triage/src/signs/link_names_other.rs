//! Link words that are themselves an address, of another organisation than the target.

use crate::facts::{Facts, Link};
use crate::sign::{Seen, Sign, Topic};
use crate::{domain, words};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "link-names-other",
        about: "a link shows one address and opens another",
        source: "MITRE ATT&CK T1566.002; RFC 3986",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "The reader is shown an address of one organisation and sent to another's. Services that count clicks do the same for their customers, which is why those are told apart.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <p><a href=\"https://login.bad.example/x\">https://mail.two.example/</a></p>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <p><a href=\"https://www.two.example/x\">https://mail.two.example/</a> <a href=\"https://far.example/\">read more</a></p>\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for link in facts.links.iter().filter(|l| !l.host.is_empty()) {
        let Some(shown) = shown(&link.text) else { continue };
        if domain::same_org(&shown, &link.host) || counted(facts, link, &shown) {
            continue;
        }
        let says = format!(
            "the link shows {} and opens {}",
            model::Quote::from(model::defang(&shown)).terminal(),
            model::Quote::from(model::defang(&link.host)).terminal()
        );
        seen.line(
            link.source,
            &link.target,
            Grade::Established,
            says,
            "the host in the link's words against the host of its target",
        );
    }
}

/// The host that the words show: all of them, or an address with its scheme among them.
fn shown(text: &str) -> Option<String> {
    let text = words::fold(text);
    let word = match text
        .split(' ')
        .find(|w| w.starts_with("http://") || w.starts_with("https://") || w.starts_with("www."))
    {
        Some(word) => word,
        None if !text.contains(' ') && !text.contains('@') => &text,
        None => return None,
    };
    let rest = word.split_once("://").map_or(word, |w| w.1);
    let host = rest.split(['/', '?', '#', ':']).next()?.trim_matches(|c: char| !c.is_alphanumeric());
    // A bare word with a dot may be a file or a slip; it must end as hosts do.
    let written = text.contains("://") || text.contains("www.");
    let known = host.contains('.') && (written || psl::suffix(host.as_bytes()).is_some_and(|s| s.is_known()));
    (known && host.len() > 4 && domain::org(host) != host_suffix(host)).then(|| host.to_owned())
}

fn host_suffix(host: &str) -> &str {
    psl::suffix_str(host).unwrap_or_default()
}

/// Clicks counted by the sender or a service that sends for it: the shown host is the sender's own.
fn counted(facts: &Facts<'_>, link: &Link, shown: &str) -> bool {
    let counter = domain::is_sending_service(&link.host) || domain::same_org(&link.host, &facts.from.domain());
    let list = facts.header("list-unsubscribe").is_some() || facts.header("list-id").is_some();
    (counter && !facts.from.domain().is_empty()) || (list && domain::same_org(shown, &facts.from.domain()))
}
