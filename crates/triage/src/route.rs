//! The way a mail came, and the hop at which trust ends.
//!
//! Every server adds its line on top. The newest was written on the recipient's side; going down, lines are believed as
//! long as the server that wrote them is of the recipient's side, and the first that names a stranger as its source is
//! the last believed. Wrong: a mail taken from the sender's own folder has no recipient's side.
//! Source: RFC 5321 section 4.4; the reasoning is common to header analysts.

use crate::domain;
use model::{Hop, Mail, Quote, Span, Stop};
use std::net::IpAddr;

/// The way.
pub(crate) struct Route {
    /// Oldest first.
    pub stops: Vec<Stop>,
    /// Number of the last believed line among the header fields.
    pub boundary: Option<usize>,
    /// Number of the next older `Received` line.
    pub below: Option<usize>,
    /// Organisations of the recipient's side.
    pub own: Vec<String>,
}

/// Reads the way; `servers` are known to be the recipient's.
pub(crate) fn read(mail: &Mail<'_>, servers: &[String]) -> Route {
    let fields: Vec<usize> =
        (0..mail.headers.len()).filter(|i| mail.headers[*i].name.eq_ignore_ascii_case("received")).collect();
    let own = own(mail, servers);
    let trusted = trusted(mail.received, &own);
    let field = |n: usize| fields.get(n).copied();
    let stop = |(n, hop): (usize, &Hop<'_>)| {
        let header = field(n).map(|i| mail.headers[i]);
        Stop {
            from: Quote::from(hop.from),
            by: Quote::from(hop.by),
            ip: Quote::from(hop.ip),
            when: hop.when,
            zone: header.and_then(|h| zone(h.value)),
            trusted: n < trusted,
            span: header.map_or(Span::WHOLE, |h| h.span),
        }
    };
    Route {
        stops: mail.received.iter().enumerate().map(stop).rev().collect(),
        boundary: trusted.checked_sub(1).and_then(field),
        below: field(trusted),
        own,
    }
}

/// Organisations of the recipient's side: named ones, the mailbox's, and that of the newest line's server.
fn own(mail: &Mail<'_>, servers: &[String]) -> Vec<String> {
    let mut own: Vec<String> = servers.iter().map(|s| domain::org(s).to_lowercase()).collect();
    own.push(domain::org(domain::of_address(mail.mailbox)).to_lowercase());
    let writes = mail.received.iter().find(|h| !h.by.is_empty());
    own.extend(writes.map(|h| domain::org(h.by).to_lowercase()));
    own.retain(|o| o.contains('.') && o.parse::<IpAddr>().is_err());
    own.sort();
    own.dedup();
    own
}

/// How many of the newest lines are believed.
fn trusted(hops: &[Hop<'_>], own: &[String]) -> usize {
    for (n, hop) in hops.iter().enumerate() {
        if !(is_own(hop.by, own) || is_inner(hop.by)) && n > 0 {
            return n;
        }
        let outside = hop.ip.parse::<IpAddr>().is_ok_and(public) && !is_own(hop.from, own);
        if outside || (n > 0 && !is_own(hop.from, own) && hop.from.contains('.') && hop.ip.is_empty()) {
            return n + 1;
        }
    }
    hops.len().min(1)
}

/// True where this host is of one of these organisations.
pub(crate) fn is_own(host: &str, own: &[String]) -> bool {
    let org = domain::org(host).to_lowercase();
    own.contains(&org)
}

/// Names without a dot, private addresses, and servers that give no name.
fn is_inner(host: &str) -> bool {
    !host.contains('.') || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| !public(ip))
}

fn public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified()),
        IpAddr::V6(ip) => {
            !(ip.is_loopback()
                || ip.is_unspecified()
                || (ip.segments()[0] & 0xfe00) == 0xfc00
                || (ip.segments()[0] & 0xffc0) == 0xfe80)
        }
    }
}

/// The zone at the end of a date, in minutes east of UTC.
pub(crate) fn zone(value: &str) -> Option<i32> {
    let date = value.rsplit_once(';').map_or(value, |d| d.1);
    let word = date.split_whitespace().rev().find(|w| w.len() == 5 && w.starts_with(['+', '-']))?;
    let digits: i32 = word.get(1..)?.parse().ok()?;
    let minutes = digits / 100 * 60 + digits % 100;
    Some(if word.starts_with('-') { -minutes } else { minutes })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn hop(from: &'static str, by: &'static str, ip: &'static str) -> Hop<'static> {
        Hop { from, by, ip, when: None }
    }

    #[test]
    fn where_trust_ends() {
        let own = ["house.example".to_owned()];
        for (hops, n) in [
            (
                vec![hop("out.far.example", "mx.house.example", "192.0.2.1"), hop("pc", "out.far.example", "10.0.0.1")],
                1,
            ),
            (
                vec![
                    hop("mx.house.example", "imap.house.example", "10.0.0.2"),
                    hop("out.far.example", "mx.house.example", "192.0.2.1"),
                    hop("x", "mx.house.example", "192.0.2.9"),
                ],
                2,
            ),
            (vec![hop("a", "b.far.example", "192.0.2.1")], 1),
            (vec![], 0),
        ] {
            assert_eq!(trusted(&hops, &own), n, "{hops:?}");
        }
    }

    #[test]
    fn zones() {
        assert_eq!(zone("x; Thu, 3 Nov 2016 14:05:09 -0730 (X)"), Some(-450));
        assert_eq!(zone("x; 3 Nov 2016 14:05:09 GMT"), None);
    }
}
