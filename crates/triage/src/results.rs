//! What a server wrote down of its checks: Authentication-Results, and whether the recipient's own server wrote it.
//!
//! Anyone can write such a line; it counts where it stands above what the sender's side wrote and names a server of the
//! recipient's side. A border server must take away lines that bear its own name (RFC 8601 section 5), which is why one
//! just below its own Received line is believed, too. Source: RFC 8601; the form without a name is Exchange Online's.

use crate::route::{self, Route};
use model::Header;

/// One method's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub method: String,
    pub result: String,
    pub properties: Vec<(String, String)>,
}

impl Item {
    /// The domain a result is about.
    pub(crate) fn domain(&self) -> String {
        let get = |name: &str| self.properties.iter().find(|p| p.0 == name).map(|p| p.1.clone());
        let names: &[&str] = match &self.method[..] {
            "spf" => &["smtp.mailfrom", "smtp.helo"],
            "dkim" => &["header.d", "header.i"],
            _ => &["header.from"],
        };
        let found = names.iter().find_map(|n| get(n)).unwrap_or_default();
        found.rsplit_once('@').map_or(found.clone(), |f| f.1.to_owned()).to_lowercase()
    }
}

/// A line's server and items.
pub(crate) fn parse(value: &str) -> (String, Vec<Item>) {
    let bare = without_comments(value);
    let mut server = String::new();
    let mut items = Vec::new();
    for (n, piece) in bare.split(';').enumerate().take(64) {
        let mut words = piece.split_whitespace();
        let Some(first) = words.next() else { continue };
        match first.split_once('=') {
            None if n == 0 => server = first.to_lowercase(),
            None => {}
            Some((method, result)) if method != "i" => items.push(Item {
                method: method.split('/').next().unwrap_or_default().to_lowercase(),
                result: result.to_lowercase(),
                properties: words.filter_map(property).collect(),
            }),
            Some(_) => {}
        }
    }
    (server, items)
}

fn property(word: &str) -> Option<(String, String)> {
    let (name, value) = word.split_once('=')?;
    Some((name.to_lowercase(), value.trim_matches('"').to_owned()))
}

/// The text without what stands in parentheses.
fn without_comments(text: &str) -> String {
    let (mut out, mut depth) = (String::with_capacity(text.len()), 0_usize);
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Who wrote a line of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Author {
    /// The recipient's own side.
    Recipient,
    /// Somebody before it, or nobody can tell.
    Unknown,
}

/// Who wrote the header field with this number, which names `server`.
pub(crate) fn author(index: usize, server: &str, headers: &[Header<'_>], route: &Route) -> Author {
    let Some(boundary) = route.boundary else { return Author::Unknown };
    let above = index < boundary;
    let between = index > boundary && route.below.is_none_or(|b| index < b);
    let named = route::is_own(server, &route.own);
    // Below the border server's own line, nothing of the sender's may stand in between.
    let clean = || headers[boundary + 1..index].iter().all(|h| by_server(h.name));
    match () {
        () if above && (named || server.is_empty()) => Author::Recipient,
        () if between && named && clean() => Author::Recipient,
        () => Author::Unknown,
    }
}

/// Fields that servers put on top.
fn by_server(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("x-")
        || name.starts_with("arc-")
        || matches!(
            &name[..],
            "received-spf" | "authentication-results" | "return-path" | "delivered-to" | "dkim-filter"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let (server, items) = parse(
            "mx.one.example 1; spf=pass (ok; really) smtp.mailfrom=a@Two.example; dkim=fail header.d=two.example;dmarc=none header.from=x.example",
        );
        assert_eq!(server, "mx.one.example");
        let said: Vec<_> = items.iter().map(|i| (&i.method[..], &i.result[..], i.domain())).collect();
        assert_eq!(
            said,
            [
                ("spf", "pass", "two.example".into()),
                ("dkim", "fail", "two.example".into()),
                ("dmarc", "none", "x.example".into())
            ]
        );
        assert_eq!(parse("spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example;").1[0].domain(), "a.example");
        assert_eq!(parse("i=1; mx.one.example; spf=pass").1.len(), 1);
        assert_eq!(parse("").1, []);
    }
}
