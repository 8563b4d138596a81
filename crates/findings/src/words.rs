//! Plain words for counts, times and kinds, and the techniques findings name.
//!
//! Only words of ours: names and values from evidence never pass through here. Technique numbers and names are those
//! of DISARM v1.6 (STIX bundle) and MITRE ATT&CK Enterprise; the number is the key, catalogues rename freely.

use model::{ActorNo, Board, Confidence, Finding, Innocent, Sort, Technique, When};

/// What one does with a thing of a kind, and what such things are called: `("posted", "link", "links")`.
pub(crate) fn deed(kind: &str) -> (&'static str, &'static str, &'static str) {
    match kind {
        "repost" => ("reposted", "post", "posts"),
        "reply-to" => ("replied to", "post", "posts"),
        "mention" => ("mentioned", "account", "accounts"),
        "url" => ("posted", "link", "links"),
        "domain" => ("linked to", "domain", "domains"),
        "hashtag" => ("used", "hashtag", "hashtags"),
        "hashtag-sequence" => ("used", "sequence of hashtags", "sequences of hashtags"),
        "exact-text" => ("posted", "text", "texts"),
        "similar-text" => ("posted", "text in nearly the same words", "texts in nearly the same words"),
        "file-hash" => ("shared", "file", "files"),
        "paragraph" => ("carried", "paragraph", "paragraphs"),
        "mailbox" => ("wrote to", "mailbox", "mailboxes"),
        "mail-relay" => ("sent through", "mail server", "mail servers"),
        "message-id-domain" => ("sent with", "message-id domain", "message-id domains"),
        "mail-subject" => ("sent", "subject line", "subject lines"),
        "html-template" => ("sent", "markup template", "markup templates"),
        "text-template" => ("sent", "text template", "text templates"),
        "link-path" => ("sent", "build of links", "builds of links"),
        "enclosure-name" => ("sent", "naming of enclosures", "namings of enclosures"),
        "header-order" => ("sent with", "order of header fields", "orders of header fields"),
        "mail-shape" => ("sent with", "build of the mail", "builds of mails"),
        "id-grammar" => ("sent with", "build of message ids", "builds of message ids"),
        "mailer" => ("sent with", "program", "programs"),
        "tracker-id" => ("carried", "tracker id", "tracker ids"),
        "page-email" => ("gave", "e-mail address", "e-mail addresses"),
        "page-phone" => ("gave", "phone number", "phone numbers"),
        "outgoing-domain" => ("linked to", "domain", "domains"),
        "ip-address" => ("resolved to", "IP address", "IP addresses"),
        "ip-prefix" => ("resolved into", "network", "networks"),
        "name-server" => ("was delegated to", "set of name servers", "sets of name servers"),
        "dns-host" => ("was served by", "company's name servers", "companies' name servers"),
        "zone-mailbox" => ("had", "zone mailbox", "zone mailboxes"),
        "mail-server" => ("had its mail taken by", "set of mail servers", "sets of mail servers"),
        "txt-record" => ("published", "DNS record", "DNS records"),
        "registrar" => ("was registered with", "registrar", "registrars"),
        "registration-minute" => ("was registered in", "minute", "minutes"),
        "registrant" => ("was registered by", "registrant", "registrants"),
        "certificate-name" => ("had a certificate with", "name", "names"),
        "certificate" => ("answered with", "certificate", "certificates"),
        "certificate-end" => ("had a certificate until", "moment", "moments"),
        "answer-headers" => ("answered with", "order of headers", "orders of headers"),
        "cookie" => ("set", "cookie", "cookies"),
        "favicon" => ("had", "icon", "icons"),
        "listed" => ("listed", "indicator", "indicators"),
        "client" => ("posted with", "program", "programs"),
        "listed-as" => ("graded", "indicator", "indicators"),
        "copied-from" => ("was built around", "site", "sites"),
        _ => ("shared", "object", "objects"),
    }
}

/// `1 link`, `9 links`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n as u64), if n == 1 { one } else { many })
}

/// Things of a kind, counted.
pub(crate) fn things(n: usize, kind: &str) -> String {
    let (_, one, many) = deed(kind);
    count(n, one, many)
}

/// `12,345`.
pub(crate) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// The plural of a sort of actor.
pub(crate) fn sorts(sort: Sort) -> &'static str {
    match sort {
        Sort::Account => "accounts",
        Sort::Mailbox => "mail senders",
        Sort::Site => "sites",
        Sort::Host => "hosts",
        Sort::File => "files",
    }
}

/// `14 accounts`, or `14 actors` when they are of several sorts.
pub(crate) fn who(board: &Board<'_>, actors: &[ActorNo]) -> String {
    let mut of = actors.iter().map(|a| board.actor(*a).sort);
    let first = of.next();
    let (one, many) = match first {
        Some(Sort::Mailbox) if of.all(|s| s == Sort::Mailbox) => ("mail sender", "mail senders"),
        Some(sort) if of.all(|s| s == sort) => (sort.word(), sorts(sort)),
        _ => ("actor", "actors"),
    };
    count(actors.len(), one, many)
}

/// A list: `a`, `a and b`, `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// A length of time given in microseconds: `60 seconds`, `12 minutes`, `3 hours`, `9 days`.
pub(crate) fn span(micros: i64) -> String {
    let seconds = micros.max(0) as f64 / 1e6;
    let (n, one, many) = match seconds {
        s if s < 100.0 => (s, "second", "seconds"),
        s if s < 5_400.0 => (s / 60.0, "minute", "minutes"),
        s if s < 172_800.0 => (s / 3_600.0, "hour", "hours"),
        s => (s / 86_400.0, "day", "days"),
    };
    let text = if n < 10.0 && n.fract() > 0.05 { format!("{n:.1}") } else { format!("{n:.0}") };
    format!("{text} {}", if text == "1" { one } else { many })
}

/// `on 2026-09-01`, `from 2026-09-01 to 2026-09-14`, `at times not known`.
pub(crate) fn period(first: Option<When>, last: Option<When>) -> String {
    match (first, last) {
        (Some(f), Some(l)) if f.date() == l.date() => format!("on {}", f.date()),
        (Some(f), Some(l)) => format!("from {} to {}", f.date(), l.date()),
        _ => "at times not known".to_owned(),
    }
}

/// A figure people can read: `0`, `0.003`, `2.4`, `120`, `less than one in a million`.
pub(crate) fn figure(x: f64) -> String {
    match x.abs() {
        0.0 => "0".to_owned(),
        a if a < 1e-6 => "less than one in a million".to_owned(),
        a if a < 0.001 => format!("{x:.6}").trim_end_matches('0').to_owned(),
        a if a < 1.0 => format!("{x:.3}").trim_end_matches('0').to_owned(),
        a if a < 10.0 => format!("{x:.1}"),
        _ => format!("{x:.0}"),
    }
}

/// `43 %` of a whole; `0 %` of nothing.
pub(crate) fn percent(part: usize, whole: usize) -> String {
    format!("{:.0} %", 100.0 * part as f64 / whole.max(1) as f64)
}

/// First and last known moment.
pub(crate) fn ends(micros: impl Iterator<Item = i64>) -> (Option<When>, Option<When>) {
    let known = micros.filter(|m| *m != When::UNKNOWN).fold(None, |ends: Option<(i64, i64)>, m| {
        Some(ends.map_or((m, m), |(first, last)| (first.min(m), last.max(m))))
    });
    (known.map(|e| When(e.0)), known.map(|e| When(e.1)))
}

/// Sets the confidence by a rule: each word asks for all of its conditions, and what is missing for the next is said.
/// `high` stands on top of `moderate`.
pub(crate) fn rule(said: &str, moderate: &[(bool, &str)], high: &[(bool, &str)]) -> (Confidence, String) {
    let missing = |of: &[(bool, &str)]| of.iter().filter(|c| !c.0).map(|c| c.1.to_owned()).collect::<Vec<String>>();
    let met = |of: &[(bool, &str)]| list(&of.iter().map(|c| c.1.to_owned()).collect::<Vec<_>>());
    let (lower, upper) = (missing(moderate), missing(high));
    if !lower.is_empty() {
        return (Confidence::Low, format!("{said}. `Moderate` asks for more: {}.", list(&lower)));
    }
    if !upper.is_empty() {
        return (
            Confidence::Moderate,
            format!("{said}. That meets {}; `high` asks for more: {}.", met(moderate), list(&upper)),
        );
    }
    (Confidence::High, format!("{said}. That meets {}.", list(&[met(moderate), met(high)])))
}

/// An innocent explanation.
pub(crate) fn innocent(what: &str, check: impl Into<String>) -> Innocent {
    Innocent { what: what.to_owned(), check: check.into() }
}

/// Techniques by number, in order, each once.
pub(crate) fn techniques(ids: &[&str]) -> Vec<Technique> {
    let mut out: Vec<Technique> = model::techniques()
        .filter(|t| ids.contains(&t.id))
        .map(|t| Technique { framework: t.framework.to_owned(), id: t.id.to_owned(), name: t.name.to_owned() })
        .collect();
    out.sort();
    out
}

/// The patterns worth building findings of, strongest first by `key`, and how many were left out: a hostile case has
/// many thousands, and words cost more than counting.
pub(crate) fn shortlist<T, K: Ord>(board: &Board<'_>, mut patterns: Vec<T>, key: impl Fn(&T) -> K) -> (Vec<T>, usize) {
    patterns.sort_by_cached_key(|p| std::cmp::Reverse(key(p)));
    let keep = (board.settings.findings.most as usize).saturating_mul(4).max(64);
    let left = patterns.len().saturating_sub(keep);
    patterns.truncate(keep);
    (patterns, left)
}

/// The strongest `most` findings of a kind, the strongest first; the rest are counted in the last one's words.
/// The number beside each settles the order within a confidence; `unread` were too weak to be built at all.
pub(crate) fn most(board: &Board<'_>, mut found: Vec<(f64, Finding)>, unread: usize) -> Vec<Finding> {
    found.sort_by(|x, y| {
        y.1.confidence.cmp(&x.1.confidence).then(y.0.total_cmp(&x.0)).then_with(|| x.1.id.cmp(&y.1.id))
    });
    found.dedup_by(|later, first| later.1.id == first.1.id);
    let keep = board.settings.findings.most as usize;
    let left = found.len().saturating_sub(keep) + unread;
    found.truncate(keep);
    let mut out: Vec<Finding> = found.into_iter().map(|f| f.1).collect();
    if let (true, Some(last)) = (left > 0, out.last_mut()) {
        let text = format!(
            " A further {} of this kind are weaker than this one and not listed (setting findings.most = {keep}).",
            count(left, "finding", "findings")
        );
        last.observed.push_str(&text);
    }
    out
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)]
mod tests {
    use super::*;

    /// Numbers and names as in the published bundle.
    #[test]
    fn techniques_are_those_of_the_catalogue() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/data/operations-sites/exchange/DISARM/generated_files/DISARM_STIX/DISARM.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("SKIPPED: ../shared/data is not here");
            return;
        };
        let bundle: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let objects = bundle["objects"].as_array().expect("objects");
        for model::TechniqueLine { id, name, .. } in model::techniques().filter(|t| t.framework == "DISARM") {
            let same = |o: &&serde_json::Value| {
                o["external_references"].as_array().is_some_and(|r| r.iter().any(|e| e["external_id"] == id))
            };
            let names: Vec<&serde_json::Value> = objects.iter().filter(same).map(|o| &o["name"]).collect();
            assert!(names.iter().any(|n| **n == name), "{id} is {names:?}");
        }
    }

    #[test]
    fn the_rule_says_what_is_missing() {
        let (word, why) = rule("two of three", &[(true, "a"), (true, "b")], &[(false, "c"), (true, "d"), (false, "e")]);
        assert_eq!(
            (word, why.as_str()),
            (Confidence::Moderate, "two of three. That meets a and b; `high` asks for more: c and e.")
        );
        assert_eq!(rule("x", &[(false, "a")], &[(true, "b")]).0, Confidence::Low);
        assert_eq!(rule("x", &[(true, "a")], &[(true, "b")]).0, Confidence::High);
    }

    #[test]
    fn plain_words() {
        for (micros, text) in [
            (60_000_000, "60 seconds"),
            (1_000_000, "1 second"),
            (2_500_000, "2.5 seconds"),
            (7_200_000_000, "2 hours"),
            (9 * 86_400_000_000, "9 days"),
            (-5, "0 seconds"),
        ] {
            assert_eq!(span(micros), text);
        }
        for (x, text) in
            [(0.0, "0"), (0.25, "0.25"), (0.0004, "0.0004"), (1e-9, "less than one in a million"), (12.4, "12")]
        {
            assert_eq!(figure(x), text);
        }
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(ends([When::UNKNOWN, 5, 3].into_iter()), (Some(When(3)), Some(When(5))));
    }

    #[test]
    fn techniques_come_in_order_and_once() {
        let ids: Vec<String> = techniques(&["T0118", "T0049", "T0049"]).into_iter().map(|t| t.id).collect();
        assert_eq!(ids, ["T0049", "T0118"]);
    }
}
