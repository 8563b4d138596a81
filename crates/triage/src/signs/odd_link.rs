//! Addresses made to be misread. A bare number alone is how machines at home are reached, so it is weak.

use crate::facts::{Facts, Link};
use crate::sign::{Seen, Sign, Topic};
use crate::{brands, domain};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card { id: "odd-link", about: "a link made to be misread", source: "RFC 3986; UTS 39; ours" },
    topic: Topic::Want,
    strong: true,
    establishes: "The address is written so that a reader takes it for another: a name before an @, a bare number for a host, letters of another script, a known name deep inside a strange host.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <a href=\"https://www.two.example@far.example/\">Open</a>\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/html; charset=utf-8\n\
        \n\
        <a href=\"https://www.far.example/\">Open</a>\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for link in facts.leads() {
        if let Some((what, grade)) = odd(facts, link) {
            seen.line(link.source, &link.target, grade, what, "the parts of the address as a browser reads them");
        }
    }
}

fn odd(facts: &Facts<'_>, link: &Link) -> Option<(String, Grade)> {
    let url = link.url.as_ref()?;
    let host = &link.host;
    if !url.username().is_empty() && url.scheme() != "ftp" {
        return Some(("what stands before the @ is not where the link leads".to_owned(), Grade::Established));
    }
    if host.parse::<std::net::IpAddr>().is_ok() && !facts.markup.is_empty() && facts.header("list-post").is_none() {
        return Some(("the link leads to a bare number and not to a name".to_owned(), Grade::Supported));
    }
    if host.split('.').any(|l| l.starts_with("xn--")) && crate::lookalike::mixed(host) {
        return Some(("the name is written with letters that look like others".to_owned(), Grade::Established));
    }
    let inside = host.strip_suffix(domain::org(host)).unwrap_or_default().replace(['-', '.'], " ");
    let brand = brands::named(&inside).filter(|b| b.0.len() > 3 && !brands::owns(b, host))?;
    let known = domain::is_sending_service(host) || brands::known(host);
    (!known).then(|| (format!("{} stands inside the name of a host that is not its own", brand.0), Grade::Supported))
}
