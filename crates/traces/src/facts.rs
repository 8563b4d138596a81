//! What kinds take from facts about a site.

use crate::Found;
use crate::seen::MOST;
use model::{About, Record};
use std::collections::BTreeSet;

/// What is said about one thing, each made canonical by `made`, sorted, each once.
pub(crate) fn set(record: &Record<'_>, about: About, made: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let Record::Facts(facts) = record else { return Vec::new() };
    let said = facts.said.iter().filter(|(a, _)| *a == about).take(MOST);
    said.filter_map(|(_, text)| made(text)).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Takes each of them as a trace.
pub(crate) fn distinct(
    record: &Record<'_>,
    about: About,
    made: impl Fn(&str) -> Option<String>,
    found: &mut Found<'_>,
) {
    set(record, about, made).iter().for_each(|value| found.own(value));
}

/// A company's or person's name without case, punctuation and legal form; `None` where a service hides it.
pub(crate) fn company(text: &str) -> Option<String> {
    const FORMS: &[&str] = &[
        "inc", "llc", "ltd", "limited", "gmbh", "sas", "sarl", "bv", "corp", "co", "ag", "ab", "oy", "srl", "ooo",
        "plc",
    ];
    let words: String = text.chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { ' ' }).collect();
    let words = words.to_lowercase();
    let mut kept: Vec<&str> = words.split_whitespace().map(|w| w.trim_matches('.')).filter(|w| !w.is_empty()).collect();
    while kept.len() > 1 && kept.last().is_some_and(|w| FORMS.contains(w)) {
        kept.pop();
    }
    let name = kept.join(" ");
    ((2..=120).contains(&name.len()) && !hidden(&name)).then_some(name)
}

/// True for what registers and privacy services put in the place of an owner.
pub(crate) fn hidden(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "redacted",
        "privacy",
        "private",
        "proxy",
        "whoisguard",
        "protected",
        "withheld",
        "not disclosed",
        "gdpr",
        "masked",
        "anonymi",
        "whoisprotect",
        "contactprivacy",
        "data protected",
        "not available",
        "n a",
        "statutory",
        "identity-protect",
        "identity protect",
        "domain admin",
        "whoissecure",
        "hidden",
    ];
    let low = text.to_ascii_lowercase();
    let exact = ["none", "na", "n/a", "null", "unknown", "-"].contains(&low.trim());
    exact || WORDS.iter().any(|w| if *w == "n a" { low.trim() == *w } else { low.contains(w) })
}
