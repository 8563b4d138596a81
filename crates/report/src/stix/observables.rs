//! Actors, pieces of evidence and addresses as the standard's observables.

use super::bundle::{Bundle, map};
use model::{ActorLine, EvidenceLine, Quote, Sort};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, Ipv6Addr};

/// Platforms that the standard's vocabulary `account-type-ov` knows, as evidence names them.
const PLATFORMS: [(&str, &str); 4] =
    [("x", "twitter"), ("twitter", "twitter"), ("facebook", "facebook"), ("skype", "skype")];

/// The observable an actor is; `None` where its name breaks the rules of what it should be.
pub fn actor(b: &mut Bundle<'_>, a: &ActorLine) -> Option<String> {
    let name = a.name.raw();
    match a.sort {
        Sort::Account => Some(account(b, name)),
        Sort::Mailbox => mailbox(b, name),
        Sort::Site | Sort::Host => host(b, name),
        Sort::File => Some(file(b, name, "", 0)),
    }
}

fn account(b: &mut Bundle<'_>, name: &str) -> String {
    let (platform, handle) = name.split_once('/').unwrap_or(("", name));
    let kind = PLATFORMS.iter().find(|(p, _)| *p == platform).map_or("", |p| p.1);
    let mut who = map(json!({"account_type": kind, "user_id": name, "account_login": handle}));
    who.retain(|_, v| v != "");
    b.sco("user-account", who, json!({}))
}

/// A mail address as most systems would take it.
fn mailbox(b: &mut Bundle<'_>, name: &str) -> Option<String> {
    let (local, domain) = name.rsplit_once('@')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let fine = !local.is_empty() && local.len() <= 64 && local.chars().all(plain) && domain_name(domain);
    fine.then(|| b.sco("email-addr", map(json!({"value": name})), json!({})))
}

/// A host by name or number.
pub fn host(b: &mut Bundle<'_>, name: &str) -> Option<String> {
    let kind = match () {
        () if name.parse::<Ipv4Addr>().is_ok() => "ipv4-addr",
        () if name.parse::<Ipv6Addr>().is_ok() => "ipv6-addr",
        () if domain_name(name) => "domain-name",
        () => return None,
    };
    Some(b.sco(kind, map(json!({"value": name})), json!({})))
}

/// RFC 1034, 3.5, with underscores, as hosts in use have them; at least two labels.
pub fn domain_name(name: &str) -> bool {
    let label = |l: &str| {
        let fine = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !l.is_empty() && l.len() <= 63 && l.chars().all(fine) && !l.starts_with('-') && !l.ends_with('-')
    };
    name.len() <= 253 && name.contains('.') && name.split('.').all(label)
}

/// A file by name and seal.
pub fn file(b: &mut Bundle<'_>, name: &str, sha256: &str, bytes: u64) -> String {
    let name = Quote::from(name).terminal();
    let hashes = if sha256.len() == 64 { json!({"SHA-256": sha256}) } else { Value::Null };
    let mut what = map(json!({"hashes": hashes, "name": name}));
    what.retain(|_, v| !v.is_null() && v != "");
    if what.is_empty() {
        what.insert("name".to_owned(), json!("without a name"));
    }
    let size = if bytes > 0 { json!(bytes) } else { Value::Null };
    b.sco("file", what, json!({ "size": size }))
}

/// A piece of evidence.
pub fn evidence(b: &mut Bundle<'_>, e: &EvidenceLine) -> String {
    let name = e.names.first().map_or(e.id.as_str(), |n| n.raw());
    file(b, name, &e.sha256, e.bytes)
}

/// An address, where the words are one with its scheme.
pub fn address(b: &mut Bundle<'_>, words: &Quote) -> Option<String> {
    let text = words.raw();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    let fine = text.len() <= 2048 && text.chars().all(plain) && domain_name(host);
    fine.then(|| b.sco("url", map(json!({"value": text})), json!({})))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_stand_as_hosts() {
        for (name, fine) in [
            ("mail.one.example", true),
            ("_dmarc.one.example", true),
            ("one", false),
            ("-a.example", false),
            ("a..example", false),
            ("a b.example", false),
            ("", false),
        ] {
            assert_eq!(domain_name(name), fine, "{name}");
        }
    }
}
