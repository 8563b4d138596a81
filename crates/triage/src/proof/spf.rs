//! SPF against records of the archive. A record that is not there is not *none*: nobody kept it, so it cannot be verified.
//! `ptr` is not followed. Source: RFC 7208.

use super::dkim::Verdict;
use super::dns::{Archive, Kind};
use model::When;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Most records looked up (RFC 7208 section 4.6.4).
const MOST: u32 = 10;

/// Whose machine sent it for whom.
pub(crate) struct Asked<'a> {
    pub ip: IpAddr,
    /// The envelope's sender.
    pub sender: &'a str,
    pub helo: &'a str,
}

/// Why an answer is not to be had.
enum Open {
    /// A record that is not in the archive, or a mechanism that is not followed.
    Missing,
    /// The records are wrong.
    Broken,
}

struct Walk<'a> {
    asked: &'a Asked<'a>,
    archive: &'a Archive,
    at: Option<When>,
    left: u32,
    firm: bool,
}

/// The check.
pub(crate) fn check(asked: &Asked<'_>, archive: &Archive, at: Option<When>) -> Verdict {
    let domain = asked.sender.rsplit('@').next().unwrap_or_default().to_lowercase();
    if !well_formed(&domain) {
        return Verdict::new(&domain, "none", "the envelope names no domain that could say anything", false);
    }
    let asked = &Asked { ip: asked.ip.to_canonical(), ..*asked };
    let mut walk = Walk { asked, archive, at, left: MOST, firm: true };
    let result = walk.host(&domain);
    let firm = walk.firm;
    match result {
        Ok("pass") => {
            Verdict::new(&domain, "pass", "the sending machine was allowed by the domain in the envelope", firm)
        }
        Ok(fail @ ("fail" | "softfail")) => {
            Verdict::new(&domain, fail, "the sending machine was not one the envelope's domain allows", firm)
        }
        Ok(other) => Verdict::new(&domain, other, "the domain says nothing of that machine", firm),
        Err(Open::Missing) => Verdict::open(&domain, "an SPF record it needs is not in the archive"),
        Err(Open::Broken) => Verdict::new(&domain, "permerror", "the domain's SPF record cannot be followed", firm),
    }
}

impl Walk<'_> {
    fn look(&mut self) -> Result<(), Open> {
        self.left = self.left.checked_sub(1).ok_or(Open::Broken)?;
        Ok(())
    }

    /// What the record of a domain says.
    fn host(&mut self, domain: &str) -> Result<&'static str, Open> {
        let texts = self.archive.txt(domain, self.at);
        if texts.is_empty() {
            return Err(Open::Missing);
        }
        let record = |v: &str| v.eq_ignore_ascii_case("v=spf1") || v.to_ascii_lowercase().starts_with("v=spf1 ");
        let Some(entry) = texts.into_iter().find(|t| record(t.value.trim())) else { return Ok("none") };
        self.firm &= entry.covers(self.at);
        // A record with an error anywhere says nothing at all (RFC 7208 section 4.6).
        if !entry.value.split_ascii_whitespace().skip(1).all(sound) {
            return Err(Open::Broken);
        }
        let mut redirect = None;
        for term in entry.value.split_ascii_whitespace().skip(1).take(256) {
            if let Some((name, value)) = modifier(term) {
                if name.eq_ignore_ascii_case("redirect") {
                    redirect = Some(self.expand(value, domain)?);
                }
                continue;
            }
            let (says, mechanism) = qualified(term);
            if self.matches(mechanism, domain)? {
                return Ok(says);
            }
        }
        let Some(to) = redirect else { return Ok("neutral") };
        self.look()?;
        match self.host(&to)? {
            "none" => Err(Open::Broken),
            other => Ok(other),
        }
    }

    fn matches(&mut self, mechanism: &str, domain: &str) -> Result<bool, Open> {
        let end = mechanism.find([':', '/']).unwrap_or(mechanism.len());
        let (name, rest) = mechanism.split_at(end);
        let (spec, slash) = match rest.strip_prefix(':') {
            Some(spec) => spec.split_once('/').map_or((spec, ""), |(s, l)| (s, l)),
            None => ("", rest.strip_prefix('/').unwrap_or("")),
        };
        match name.to_ascii_lowercase().as_str() {
            "all" => Ok(true),
            "ip4" | "ip6" => {
                let (ip, len) = network(rest).ok_or(Open::Broken)?;
                Ok(within(self.asked.ip, ip, len))
            }
            "include" => {
                self.look()?;
                let target = self.expand(spec, domain)?;
                match self.host(&target)? {
                    "none" => Err(Open::Broken),
                    result => Ok(result == "pass"),
                }
            }
            "a" => {
                self.look()?;
                let target = self.target(spec, domain)?;
                self.address(&target, slash)
            }
            "mx" => {
                self.look()?;
                let target = self.target(spec, domain)?;
                let servers: Vec<String> =
                    self.archive.of(&target, Kind::Mx, self.at).iter().map(|e| e.value.clone()).collect();
                if servers.is_empty() {
                    return Err(Open::Missing);
                }
                for (n, server) in servers.iter().enumerate() {
                    if n >= MOST as usize {
                        return Err(Open::Broken);
                    }
                    let name = server.split_whitespace().next_back().unwrap_or_default();
                    if self.address(name, slash)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            "exists" => {
                self.look()?;
                let target = self.expand(spec, domain)?;
                if self.archive.of(&target, Kind::A, self.at).is_empty() { Err(Open::Missing) } else { Ok(true) }
            }
            "ptr" => Err(Open::Missing),
            _ => Err(Open::Broken),
        }
    }

    fn target(&self, spec: &str, domain: &str) -> Result<String, Open> {
        if spec.is_empty() { Ok(domain.to_owned()) } else { self.expand(spec, domain) }
    }

    /// Whether one of a host's addresses is the machine's, as far as the lengths say.
    fn address(&self, host: &str, lengths: &str) -> Result<bool, Open> {
        let (four, six) = lengths.split_once('/').map_or((lengths, ""), |(a, b)| (a, b.trim_start_matches('/')));
        let (kind, len, most) = match self.asked.ip {
            IpAddr::V4(_) => (Kind::A, four, 32),
            IpAddr::V6(_) => (Kind::Aaaa, six, 128),
        };
        let len = if len.is_empty() { most } else { len.parse().ok().filter(|l| *l <= most).ok_or(Open::Broken)? };
        let records = self.archive.of(host, kind, self.at);
        if records.is_empty() {
            return Err(Open::Missing);
        }
        Ok(records.iter().filter_map(|e| e.value.trim().parse().ok()).any(|ip| within(self.asked.ip, ip, len)))
    }

    /// Macros. Source: RFC 7208 section 7.
    fn expand(&self, spec: &str, domain: &str) -> Result<String, Open> {
        let (mut out, mut rest) = (String::new(), spec);
        while let Some(at) = rest.find('%') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            match rest.chars().next() {
                Some('%') => out.push('%'),
                Some('_') => out.push(' '),
                Some('-') => out.push_str("%20"),
                Some('{') => {
                    let end = rest.find('}').ok_or(Open::Broken)?;
                    out.push_str(&self.letter(&rest[1..end], domain)?);
                    rest = &rest[end..];
                }
                _ => return Err(Open::Broken),
            }
            rest = &rest[1..];
        }
        out.push_str(rest);
        (out.len() <= 512).then_some(out.trim_end_matches('.').to_lowercase()).ok_or(Open::Broken)
    }

    fn letter(&self, text: &str, domain: &str) -> Result<String, Open> {
        let letter = text.chars().next().ok_or(Open::Broken)?;
        let (local, host) = self.asked.sender.rsplit_once('@').unwrap_or(("postmaster", self.asked.sender));
        let value = match letter.to_ascii_lowercase() {
            's' => self.asked.sender.to_owned(),
            'l' => local.to_owned(),
            'o' => host.to_owned(),
            'd' => domain.to_owned(),
            'h' => self.asked.helo.to_owned(),
            'v' => if self.asked.ip.is_ipv4() { "in-addr" } else { "ip6" }.to_owned(),
            'i' => dotted(self.asked.ip),
            _ => return Err(Open::Missing),
        };
        let rest = &text[letter.len_utf8()..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let turned = rest[digits.len()..].to_ascii_lowercase().starts_with('r');
        let marks: &str = &rest[digits.len() + usize::from(turned)..];
        let marks = if marks.is_empty() { "." } else { marks };
        let mut parts: Vec<&str> = value.split(|c: char| marks.contains(c)).collect();
        if turned {
            parts.reverse();
        }
        let keep =
            if digits.is_empty() { parts.len() } else { digits.parse().ok().filter(|n| *n > 0).ok_or(Open::Broken)? };
        Ok(parts[parts.len().saturating_sub(keep)..].join("."))
    }
}

/// What a term says where it matches, and its mechanism.
fn qualified(term: &str) -> (&'static str, &str) {
    match term.split_at_checked(1) {
        Some(("+", rest)) => ("pass", rest),
        Some(("-", rest)) => ("fail", rest),
        Some(("~", rest)) => ("softfail", rest),
        Some(("?", rest)) => ("neutral", rest),
        _ => ("pass", term),
    }
}

/// True for a term that is written as it must be, as far as can be seen without its macros.
fn sound(term: &str) -> bool {
    if modifier(term).is_some() {
        return true;
    }
    let mechanism = qualified(term).1;
    let (name, rest) = mechanism.split_at(mechanism.find([':', '/']).unwrap_or(mechanism.len()));
    match name.to_ascii_lowercase().as_str() {
        "all" => rest.is_empty(),
        "ip4" | "ip6" => network(rest).is_some(),
        "include" | "exists" => rest.starts_with(':') && rest.len() > 1,
        "a" | "mx" | "ptr" => true,
        _ => false,
    }
}

/// `:192.0.2.0/24` and the like.
fn network(rest: &str) -> Option<(IpAddr, u32)> {
    let text = rest.strip_prefix(':')?;
    let (ip, len) = text.split_once('/').map_or((text, None), |(ip, len)| (ip, Some(len)));
    let ip: IpAddr = ip.parse().ok()?;
    let most: u32 = if ip.is_ipv4() { 32 } else { 128 };
    let len = len.map_or(Some(most), |l| l.parse().ok().filter(|l| *l <= most))?;
    let plain = ip.to_canonical();
    // An IPv4 address written as one of IPv6.
    if ip.is_ipv6() && plain.is_ipv4() { Some((plain, len.checked_sub(96)?)) } else { Some((ip, len)) }
}

/// A name of several labels, none empty or longer than may be. Source: RFC 7208 section 4.3.
fn well_formed(domain: &str) -> bool {
    let labels = domain.trim_end_matches('.').split('.');
    domain.len() <= 253 && labels.clone().count() > 1 && labels.clone().all(|l| !l.is_empty() && l.len() <= 63)
}

/// `name=value`, unless it is a mechanism.
fn modifier(term: &str) -> Option<(&str, &str)> {
    let (name, value) = term.split_once('=')?;
    name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')).then_some((name, value))
}

fn dotted(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let digits: Vec<String> =
                ip.octets().iter().flat_map(|o| [o >> 4, o & 15]).map(|d| format!("{d:x}")).collect();
            digits.join(".")
        }
    }
}

fn within(ip: IpAddr, network: IpAddr, len: u32) -> bool {
    let same = |a: u128, b: u128, bits: u32| bits == 0 || (a ^ b) >> (128 - bits.min(128)) == 0;
    let wide = |ip: Ipv4Addr| u128::from(u32::from(ip)) << 96;
    let six = |ip: Ipv6Addr| u128::from(ip);
    match (ip, network) {
        (IpAddr::V4(a), IpAddr::V4(b)) => same(wide(a), wide(b), len),
        (IpAddr::V6(a), IpAddr::V6(b)) => same(six(a), six(b), len),
        _ => false,
    }
}
