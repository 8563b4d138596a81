//! Who sent it, verified again as of receipt, from DNS records that somebody kept.
//!
//! Only the archive handed in is asked, never the network; what is not in it cannot be verified any more, and that is an
//! answer. Source: RFC 6376, 8301, 8463 (DKIM), 7208 (SPF), 7489 (DMARC), 8617 (ARC).

mod arc;
mod dkim;
mod dns;
mod message;
mod spf;

pub use dns::Archive;

use crate::domain;
use crate::route::Route;
use dkim::Verdict;
use message::Message;
use model::{Check, Grade, Mail, Quote, Span, When};
use std::net::IpAddr;

/// Most signatures of one mail that are verified.
const MOST: usize = 8;

/// Every check that the archive allows, in a fixed order.
pub(crate) fn checks(mail: &Mail<'_>, route: &Route, archive: &Archive) -> Vec<Check> {
    let Some(message) = Message::read(mail.raw) else { return Vec::new() };
    let at = received(route).or(mail.when);
    let signed: Vec<(usize, Verdict)> =
        message.named("dkim-signature").take(MOST).map(|n| (n, dkim::verify(&message, n, archive, at))).collect();
    let mut out: Vec<Check> = signed.iter().map(|(n, v)| told("dkim", v, &message, *n)).collect();
    let spf = spf(mail, route, archive, at);
    out.extend(spf.iter().map(|v| told_whole("spf", v)));
    out.extend(dmarc(mail, archive, at, signed.iter().map(|s| &s.1), spf.as_ref()).map(|v| told_whole("dmarc", &v)));
    if let Some((n, verdict)) = arc::verify(&message, archive, at) {
        out.push(told("arc", &verdict, &message, n));
    }
    out
}

/// When the recipient's own side took it.
fn received(route: &Route) -> Option<When> {
    route.stops.iter().filter(|s| s.trusted).find_map(|s| s.when)
}

/// The machine that handed it over against the envelope's domain.
fn spf(mail: &Mail<'_>, route: &Route, archive: &Archive, at: Option<When>) -> Option<Verdict> {
    let stop = route.stops.iter().find(|s| s.trusted)?;
    let ip: IpAddr = stop.ip.raw().parse().ok()?;
    let path = mail.headers.iter().find(|h| h.name.eq_ignore_ascii_case("return-path"))?;
    let from = path.value.trim().trim_matches(['<', '>']);
    let sender = if from.is_empty() { format!("postmaster@{}", stop.from.raw()) } else { from.to_owned() };
    Some(spf::check(&spf::Asked { ip, sender: &sender, helo: stop.from.raw() }, archive, at))
}

/// Whether what passed belongs to the domain of the address shown.
fn dmarc<'v>(
    mail: &Mail<'_>,
    archive: &Archive,
    at: Option<When>,
    dkim: impl Iterator<Item = &'v Verdict>,
    spf: Option<&Verdict>,
) -> Option<Verdict> {
    let from = domain::of_address(mail.from.address).to_lowercase();
    if from.is_empty() {
        return None;
    }
    let org = domain::org(&from).to_owned();
    let policy = [&from, &org].into_iter().find_map(|d| {
        let found = archive.txt(&format!("_dmarc.{d}"), at);
        found.into_iter().find(|r| r.value.trim_start().starts_with("v=DMARC1"))
    });
    let Some(policy) = policy else {
        return Some(Verdict::open(&from, "no DMARC record of that domain is in the archive"));
    };
    let tags = message::tags(&policy.value);
    let strict = |tag: &str| tags.iter().any(|t| t.0 == tag && t.1.eq_ignore_ascii_case("s"));
    let belongs = |v: &Verdict, strict: bool| {
        v.result == "pass" && if strict { v.domain == from } else { domain::same_org(&v.domain, &from) }
    };
    let (mut passed, mut open) = (false, false);
    for verdict in dkim {
        passed |= belongs(verdict, strict("adkim"));
        open |= verdict.result == "cannot-verify";
    }
    passed |= spf.is_some_and(|v| belongs(v, strict("aspf")));
    open |= spf.is_none_or(|v| v.result == "cannot-verify");
    let firm = policy.covers(at);
    Some(match (passed, open) {
        (true, _) => {
            Verdict::new(&from, "pass", "a check that passed belongs to the domain of the address shown", firm)
        }
        (false, true) => {
            Verdict::open(&from, "some of the checks it rests on cannot be made with what is in the archive")
        }
        (false, false) => Verdict::new(&from, "fail", "no check that passed belongs to the domain shown", firm),
    })
}

fn told(method: &str, v: &Verdict, message: &Message<'_>, field: usize) -> Check {
    let raw = message.fields[field].raw;
    let at = message.offset(raw);
    Check {
        raw: Quote::from(String::from_utf8_lossy(raw).into_owned()).short(300),
        span: Span::bytes(at as u64, raw.len() as u64),
        ..told_whole(method, v)
    }
}

fn told_whole(method: &str, v: &Verdict) -> Check {
    let open = v.result == "cannot-verify";
    let grade = match (open, v.firm) {
        (true, _) => Grade::NotChecked,
        (false, true) => Grade::Established,
        (false, false) => Grade::Supported,
    };
    let of = if open { "with the archive of DNS records" } else { "verified again with the archive of DNS records" };
    Check {
        method: method.to_owned(),
        result: v.result.to_owned(),
        domain: Quote::from(v.domain.as_str()),
        according_to: "dns-archive".to_owned(),
        grade,
        says: format!("{of}: {}{}", v.why, if open { ": cannot be verified any more" } else { "" }),
        raw: Quote::default(),
        span: Span::WHOLE,
    }
}

#[cfg(test)]
mod tests;
