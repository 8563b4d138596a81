//! One `Received` field: from whom, by whom, the address seen, and when.
//!
//! Every mail system writes it differently, so words are looked for, not a grammar: the address a server saw stands in
//! brackets or parentheses after the name the sender gave. Wrong: where a server writes only the name given, a literal
//! address in that name is taken for the address seen.
//! Source: RFC 5321 section 4.4; the forms written by Postfix, Exim, qmail, Sendmail, Exchange and Gmail.

use crate::{dates, html};
use model::When;
use std::net::IpAddr;

/// What one field says; empty where it does not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Step {
    pub from: String,
    pub by: String,
    pub ip: String,
    pub when: Option<When>,
}

/// Longest part of a field that is looked at.
const MOST: usize = 4096;

/// Reads an unfolded value.
pub(crate) fn step(value: &str) -> Step {
    let (route, date) = value.rsplit_once(';').unwrap_or((value, ""));
    let route = html::cut(route, MOST);
    let words = words(route);
    let by = position(&words, "by");
    let from = position(&words, "from").filter(|f| by.is_none_or(|b| f < &b));
    let name = |at: Option<usize>| at.and_then(|at| words.get(at + 1)).map_or("", |w| w.text).to_owned();
    let sender = from.map_or(&[][..], |f| &words[f + 1..by.unwrap_or(words.len())]);
    Step { from: name(from), by: name(by), ip: seen(sender), when: dates::rfc5322(date.trim().as_bytes()) }
}

/// A word and how many parentheses it stands in.
struct Word<'a> {
    text: &'a str,
    depth: usize,
}

fn words(route: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (i, c) in route.char_indices() {
        if !(c.is_whitespace() || matches!(c, '(' | ')' | ';' | ',')) {
            continue;
        }
        if start < i {
            words.push(Word { text: &route[start..i], depth });
        }
        start = i + c.len_utf8();
        depth = match c {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
    }
    if start < route.len() {
        words.push(Word { text: &route[start..], depth });
    }
    words
}

fn position(words: &[Word<'_>], keyword: &str) -> Option<usize> {
    words.iter().position(|w| w.depth == 0 && w.text.eq_ignore_ascii_case(keyword))
}

/// The address the server saw: in parentheses where there is one, else anywhere after `from`.
fn seen(sender: &[Word<'_>]) -> String {
    let greeting = |i: usize| {
        let before = i.checked_sub(1).map_or("", |i| sender[i].text);
        before.eq_ignore_ascii_case("HELO") || before.eq_ignore_ascii_case("EHLO")
    };
    let address = |i: usize, w: &Word<'_>| if greeting(i) { None } else { address(w.text) };
    let find =
        |least: usize| sender.iter().enumerate().filter(|(_, w)| w.depth >= least).find_map(|(i, w)| address(i, w));
    find(1).or_else(|| find(0)).map_or_else(String::new, |ip| ip.to_string())
}

/// `[192.0.2.1]`, `[IPv6:2001:db8::1]`, `root@[192.0.2.1]:25`, or bare.
fn address(word: &str) -> Option<IpAddr> {
    if word.len() > 100 || word.to_ascii_lowercase().starts_with("helo=") {
        return None;
    }
    let inner = match (word.find('['), word.find(']')) {
        (Some(open), Some(close)) if open < close => &word[open + 1..close],
        _ => word,
    };
    let inner = inner.get(..5).filter(|p| p.eq_ignore_ascii_case("ipv6:")).map_or(inner, |_| &inner[5..]);
    inner.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_many_servers() {
        for (value, from, by, ip) in [
            (
                "from mail.one.example (mail.one.example [192.0.2.1]) by mx.two.example (Postfix) with ESMTPS id 4Xy; Thu, 3 Nov 2016 14:05:09 +0100",
                "mail.one.example",
                "mx.two.example",
                "192.0.2.1",
            ),
            (
                "from [10.1.1.1] (helo=one.example) by mx.two.example with esmtp (Exim 4.94)",
                "[10.1.1.1]",
                "mx.two.example",
                "10.1.1.1",
            ),
            (
                "from unknown (HELO 10.9.9.9) (192.0.2.7) by 0 with SMTP; 3 Nov 2016 13:05:09 -0000",
                "unknown",
                "0",
                "192.0.2.7",
            ),
            (
                "by 2002:a05:6402:1::1 with SMTP id x1csp; Thu, 3 Nov 2016 06:05:09 -0700 (PDT)",
                "",
                "2002:a05:6402:1::1",
                "",
            ),
            (
                "from A.outlook.example (2001:db8::17) by B.outlook.example (2001:db8:1::5) with Microsoft SMTP Server (version=TLS1_2)",
                "A.outlook.example",
                "B.outlook.example",
                "2001:db8::17",
            ),
            ("from x (EHLO y) ([IPv6:2001:db8::2]:4711) by z", "x", "z", "2001:db8::2"),
            ("(qmail 17 invoked by uid 99); 3 Nov 2016 13:05:09 -0000", "", "", ""),
            ("from by by by", "by", "by", ""),
            ("", "", "", ""),
            ("from", "", "", ""),
        ] {
            let step = step(value);
            assert_eq!((&step.from[..], &step.by[..], &step.ip[..]), (from, by, ip), "{value}");
            assert_eq!(step.when.is_some(), value.contains("2016"), "{value}");
        }
    }
}
