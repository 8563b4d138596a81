//! Indicators of published lists: what drawers for STIX, MISP and tables share.
//!
//! Values are taken out of their defanging (`hxxp`, `[.]`). What sorts of things others call by which names stands here
//! once. Indicators that name no thing one could meet (a mutex, a registry key) are counted, not taken.

use crate::Out;
use model::{Code, Credibility, Listed, Observable, Record, Reliability, Span, When};

/// Longest value kept, in bytes.
const LONG: usize = 2048;

/// A list being read.
pub(crate) struct Lister {
    sha256: String,
    /// Indicators taken.
    pub taken: u64,
}

/// One indicator's words besides its value.
#[derive(Default, Clone, Copy)]
pub(crate) struct About<'a> {
    pub list: &'a str,
    pub producer: &'a str,
    pub id: &'a str,
    pub label: &'a str,
    pub when: Option<When>,
    /// Its grade, as far as the list gives one.
    pub grade: Graded,
    /// It is called harmless.
    pub harmless: bool,
}

/// Source and word, each as far as it is graded.
pub(crate) type Graded = (Option<Reliability>, Option<Credibility>);

/// A grade as lists write it: `B2`, `b/2`, `B`, `2`.
pub(crate) fn grade(text: &str) -> Graded {
    let short = text.trim().len() <= 4;
    let letters = || text.chars().filter(|_| short);
    let reliability = letters().find_map(|c| {
        Some(match c.to_ascii_uppercase() {
            'A' => Reliability::A,
            'B' => Reliability::B,
            'C' => Reliability::C,
            'D' => Reliability::D,
            'E' => Reliability::E,
            'F' => Reliability::F,
            _ => return None,
        })
    });
    let number = letters().find_map(|c| c.to_digit(10)).and_then(|n| u8::try_from(n).ok());
    (reliability, number.and_then(|n| Credibility::try_from(n).ok()))
}

/// A confidence of 0 to 100 on the Admiralty scale. Source: STIX 2.1, appendix A.
pub(crate) fn confidence(percent: u64) -> Option<Credibility> {
    let number = match percent {
        80..=100 => 1,
        60..80 => 2,
        40..60 => 3,
        20..40 => 4,
        0..20 => 5,
        _ => return None,
    };
    Credibility::try_from(number).ok()
}

/// True for words by which lists say that a thing is not what they list: harmless, imitated, a mistake.
pub(crate) fn harmless(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "allowlist",
        "allowlisted",
        "benign",
        "clean",
        "false positive",
        "false-positive",
        "goodware",
        "harmless",
        "imitated",
        "impersonated",
        "legit",
        "legitimate",
        "not malicious",
        "spoofed outlet",
        "victim",
        "whitelist",
        "whitelisted",
    ];
    WORDS.contains(&word.trim().to_lowercase().as_str())
}

impl Lister {
    pub fn new(out: &Out<'_>) -> Self {
        Self { sha256: out.sha256_hex(), taken: 0 }
    }

    /// Takes one.
    pub fn take(&mut self, what: Observable, value: &str, about: About<'_>, span: Span, out: &mut Out<'_>) {
        let value = refanged(value.trim());
        if value.is_empty() || value.len() > LONG {
            return out.note(Code::Malformed, span, format!("an indicator {} without a usable value", about.id));
        }
        self.taken += 1;
        let listed = Listed {
            list: if about.list.is_empty() { about.producer } else { about.list },
            producer: about.producer,
            id: about.id,
            what: sort_of(what, &value),
            value: &value,
            label: about.label,
            when: about.when,
            sha256: &self.sha256,
            reliability: about.grade.0,
            credibility: about.grade.1,
            harmless: about.harmless,
        };
        out.record(span, Record::Listed(&listed));
    }
}

/// Lists say `domain` of addresses and the other way round.
fn sort_of(what: Observable, value: &str) -> Observable {
    let ip = value.parse::<std::net::IpAddr>().is_ok();
    match what {
        Observable::Domain | Observable::Url if ip => Observable::Address,
        Observable::Address if !ip && crate::posts::domain(value).is_some() => Observable::Domain,
        Observable::Domain if value.contains("://") || value.contains('/') => Observable::Url,
        other => other,
    }
}

/// `hxxps[:]//one[.]example` as it was before it was made harmless.
pub(crate) fn refanged(value: &str) -> String {
    let mut out = value.replace("[.]", ".").replace("(.)", ".").replace("[dot]", ".").replace("[@]", "@");
    out = out.replace("[:]", ":").replace("[://]", "://");
    let low = out.get(..5).unwrap_or_default().to_ascii_lowercase();
    if low.starts_with("hxxp") {
        out.replace_range(..4, "http");
    }
    out
}

/// What sort of thing a list calls by this name; `None` for what cannot be met in mails, posts and pages.
pub(crate) fn sort(name: &str) -> Option<Observable> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    Some(match plain.as_str() {
        "domain" | "domainname" | "hostname" | "host" | "fqdn" => Observable::Domain,
        "url" | "uri" => Observable::Url,
        "email" | "emailaddr" | "emailaddress" | "mailbox" | "emailsrc" | "emaildst" | "emailreplyto"
        | "emailsender" => Observable::Mailbox,
        "ip" | "ipaddress" | "ipv4" | "ipv6" | "ipv4addr" | "ipv6addr" | "ipsrc" | "ipdst" => Observable::Address,
        "hash" | "filehash" | "md5" | "sha1" | "sha256" | "sha512" | "filehashsha256" | "filehashmd5"
        | "filehashsha1" => Observable::Hash,
        "account" | "useraccount" | "socialaccount" | "handle" | "username" | "twitterid" | "githubusername"
        | "telegramid" | "instagramid" | "profile" => Observable::Account,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_as_they_are_written() {
        for (text, letter, number) in [
            ("B2", Some('B'), Some(2)),
            (" c/3", Some('C'), Some(3)),
            ("F", Some('F'), None),
            ("6", None, Some(6)),
            ("9", None, None),
            ("a decent source", None, None),
            ("", None, None),
        ] {
            let (r, c) = grade(text);
            assert_eq!((r.map(Reliability::letter), c.map(Credibility::number)), (letter, number), "{text}");
        }
        let of = |n| confidence(n).map(Credibility::number);
        assert_eq!((of(100), of(60), of(19), of(101)), (Some(1), Some(2), Some(5), None));
        assert!(harmless(" Benign") && !harmless("relay"));
    }

    #[test]
    fn out_of_defanging() {
        for (from, to) in [
            ("hxxps[:]//one[.]example/a", "https://one.example/a"),
            ("hXXp://one.example", "http://one.example"),
            ("ann[@]one[.]example", "ann@one.example"),
            ("one.example", "one.example"),
        ] {
            assert_eq!(refanged(from), to);
        }
    }
}
