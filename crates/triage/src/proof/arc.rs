//! ARC sets: whether the seals of those who passed the mail on hold. Source: RFC 8617 section 5.2.

use super::dkim::{self, Signature, Verdict};
use super::dns::Archive;
use super::message::Message;
use model::When;

/// Most sets (RFC 8617 section 4.2.1 allows 50).
const MOST: usize = 50;

/// The field of the newest seal and what the chain comes to; `None` where there is no set.
pub(crate) fn verify(message: &Message<'_>, archive: &Archive, at: Option<When>) -> Option<(usize, Verdict)> {
    let of = |name: &'static str, instance: usize| {
        message.named(name).find(|n| Signature::read(message.fields[*n].value()).get("i") == instance.to_string())
    };
    let sets: Vec<[usize; 3]> = (1..=MOST)
        .map_while(|i| {
            let results = message.named("arc-authentication-results").find(|n| instance(message, *n) == Some(i))?;
            Some([results, of("arc-message-signature", i)?, of("arc-seal", i)?])
        })
        .collect();
    let newest = *sets.last()?;
    let mut worst = dkim::verify(message, newest[1], archive, at);
    let mut firm = worst.firm;
    for (i, set) in sets.iter().enumerate().rev() {
        if worst.result != "pass" {
            break;
        }
        worst = seal(message, &sets[..=i], set[2], archive, at);
        firm &= worst.firm;
    }
    let why = match worst.result {
        "pass" => format!(
            "the seals of {} that passed it on hold",
            if sets.len() == 1 { "the server" } else { "all servers" }
        ),
        "cannot-verify" => "the key of a seal is not in the archive".to_owned(),
        _ => format!("a seal does not hold: {}", worst.why),
    };
    Some((newest[2], Verdict { why, firm, ..worst }))
}

/// The number at the beginning of a line of results.
fn instance(message: &Message<'_>, n: usize) -> Option<usize> {
    let value = String::from_utf8_lossy(message.fields[n].value()).into_owned();
    value.split(';').next()?.trim().strip_prefix("i=")?.trim().parse().ok()
}

/// A seal covers all sets up to its own, relaxed, itself without its signature.
fn seal(message: &Message<'_>, sets: &[[usize; 3]], own: usize, archive: &Archive, at: Option<When>) -> Verdict {
    let signature = Signature::read(message.fields[own].value());
    let first = sets.len() == 1;
    let chain = signature.get("cv").to_ascii_lowercase();
    if (first && chain != "none") || (!first && chain != "pass") {
        return Verdict::new(&signature.domain, "fail", "a server found the chain before it broken", false);
    }
    let mut covered = Vec::new();
    for n in sets.iter().flatten().filter(|n| **n != own) {
        covered.extend(message.fields[*n].written(true));
    }
    covered.extend(message.fields[own].unsigned(true));
    dkim::against_keys(&signature, &covered, archive, at)
}
