//! Who it claims to be, as of receipt: each check with who says so, in plain words.
//!
//! Said by: an archive of DNS records against which signatures are verified again (`proof`), the recipient's own server
//! (its results), an ARC set (somebody else's results), or nobody any more. What the sender's side wrote of itself never
//! counts.
//! Source: RFC 7208, 6376, 7489, 8601, 8617.

use crate::results::{self, Author, Item};
use crate::route::Route;
use crate::{Archive, domain, proof};
use model::{Check, Grade, Mail, Quote, Span};

/// What the checks come to, for the one address that a reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// A check that names the same organisation passed.
    Proven(Grade),
    /// The checks were made and none supports it.
    Refuted(Grade),
    /// Nobody can tell.
    Unknown,
}

const METHODS: &[&str] = &["spf", "dkim", "dmarc", "arc"];

/// Every check, in a fixed order.
pub(crate) fn checks(mail: &Mail<'_>, route: &Route, archive: Option<&Archive>) -> Vec<Check> {
    let (mut out, mut seen): (Vec<Check>, Vec<String>) = (Vec::new(), Vec::new());
    let proven = archive.map_or_else(Vec::new, |archive| proof::checks(mail, route, archive));
    let (told, open): (Vec<Check>, Vec<Check>) = proven.into_iter().partition(|c| c.result != "cannot-verify");
    out.extend(told);
    for (i, header) in mail.headers.iter().enumerate() {
        if !header.name.eq_ignore_ascii_case("authentication-results") {
            continue;
        }
        let (server, items) = results::parse(header.value);
        let author = results::author(i, &server, mail.headers, route);
        let fresh: Vec<&Item> =
            items.iter().filter(|it| METHODS.contains(&&it.method[..]) && !seen.contains(&it.method)).collect();
        out.extend(fresh.iter().map(|it| check(it, author, &server, header.value, header.span)));
        if author == Author::Recipient {
            seen.extend(fresh.iter().map(|it| it.method.clone()));
        }
    }
    out.extend(sealed(mail, &seen));
    for check in open {
        if !out.iter().any(|c| c.method == check.method && c.grade > Grade::NotChecked) {
            out.push(check);
        }
    }
    for method in ["spf", "dkim", "dmarc"] {
        if !out.iter().any(|c| c.method == method) {
            out.push(nobody(method, mail));
        }
    }
    out
}

fn check(item: &Item, author: Author, server: &str, raw: &str, span: Span) -> Check {
    let domain = item.domain();
    let believed = author == Author::Recipient;
    let who = match (believed, server) {
        (true, "") => "the recipient's own mail service wrote on receipt".to_owned(),
        (true, _) => "the recipient's own server wrote on receipt".to_owned(),
        (false, _) => {
            "a line that anybody before the recipient's server could have written (not believed) says".to_owned()
        }
    };
    Check {
        method: item.method.clone(),
        result: item.result.clone(),
        says: format!("{who}: {}", meaning(&item.method, &item.result)),
        domain: Quote::from(domain),
        according_to: if believed { "recipient-server" } else { "sender-side" }.to_owned(),
        grade: if believed { Grade::Supported } else { Grade::NotChecked },
        raw: Quote::from(raw).short(300),
        span,
    }
}

/// A result in plain words.
pub(crate) fn meaning(method: &str, result: &str) -> &'static str {
    match (method, result) {
        ("spf", "pass") => "the sending machine was allowed by the domain in the envelope",
        ("spf", "fail" | "softfail") => "the sending machine was not one the envelope's domain allows",
        ("dkim", "pass") => "the signature of that domain was intact",
        ("dkim", "fail") => "a signature was there and did not match",
        ("dmarc", "pass" | "bestguesspass") => "the address shown to the reader belongs to a domain that passed",
        ("dmarc", "fail") => "nothing that passed belongs to the domain of the address shown",
        ("arc", "pass") => "the seals of the servers that passed it on were intact",
        (_, "none" | "neutral" | "policy") => "the domain says nothing that could be checked",
        (_, "temperror" | "permerror") => "the check broke down",
        _ => "the result decides nothing",
    }
}

/// Results sealed by a server on the way: worth as much as that server.
fn sealed(mail: &Mail<'_>, seen: &[String]) -> Vec<Check> {
    let first = mail
        .headers
        .iter()
        .find(|h| h.name.eq_ignore_ascii_case("arc-authentication-results") && h.value.trim_start().starts_with("i=1"));
    let Some(header) = first else { return Vec::new() };
    let (_, rest) = header.value.split_once(';').unwrap_or(("", header.value));
    let (server, items) = results::parse(rest);
    let of = |it: &&Item| METHODS.contains(&&it.method[..]) && !seen.contains(&it.method) && it.method != "arc";
    let says = |it: &Item| Check {
        method: it.method.clone(),
        result: it.result.clone(),
        domain: Quote::from(it.domain()),
        according_to: "arc".to_owned(),
        grade: Grade::Weak,
        says: format!(
            "a server that passed it on wrote (its seal was not checked again here, so only as good as that server's name): {}",
            meaning(&it.method, &it.result)
        ),
        raw: Quote::from(format!("{server}: {}", header.value)).short(300),
        span: header.span,
    };
    items.iter().filter(of).map(says).collect()
}

fn nobody(method: &str, mail: &Mail<'_>) -> Check {
    let signed = mail.headers.iter().find(|h| h.name.eq_ignore_ascii_case("dkim-signature"));
    let (result, says) = match (method, signed) {
        ("dkim", None) if !mail.headers.is_empty() => {
            ("none", "it bears no signature; few mailbox providers send without one")
        }
        _ => (
            "cannot-verify",
            "nobody wrote the result down, and the keys and records of that time are not at hand: cannot be verified any more",
        ),
    };
    Check {
        method: method.to_owned(),
        result: result.to_owned(),
        domain: Quote::default(),
        according_to: "nobody".to_owned(),
        grade: Grade::NotChecked,
        says: says.to_owned(),
        raw: signed.filter(|_| method == "dkim").map(|h| Quote::from(h.value).short(300)).unwrap_or_default(),
        span: signed.filter(|_| method == "dkim").map_or(Span::WHOLE, |h| h.span),
    }
}

/// What they come to for the address shown.
pub(crate) fn sender(checks: &[Check], from: &str) -> Sender {
    let shown = domain::of_address(from);
    let believed = || checks.iter().filter(|c| c.grade >= Grade::Supported);
    let passed = |c: &&Check| {
        (c.result == "pass" && matches!(&c.method[..], "spf" | "dkim" | "dmarc"))
            && (domain::same_org(c.domain.raw(), shown) || (c.method == "dmarc" && c.domain.is_empty()))
    };
    if let Some(best) = believed().filter(passed).map(|c| c.grade).max() {
        return Sender::Proven(best);
    }
    let made = believed().filter(|c| matches!(&c.method[..], "spf" | "dkim" | "dmarc") && c.result != "temperror");
    let grade = made.map(|c| c.grade).max();
    grade.map_or(Sender::Unknown, Sender::Refuted)
}
