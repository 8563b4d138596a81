//! A small matcher of names that are written like others.
//!
//! Four ways: letters folded to what they look like, one letter more, less, other or swapped, another ending, and the
//! name inside a longer one. Wrong: short names (under five letters) are compared by their looks only.
//! Source: UTS 39; Damerau 1964; the ways after dnstwist's classes.

use crate::domain;

/// How `host` is written like the protected `name`; `None` where it is not.
pub(crate) fn how(host: &str, name: &str) -> Option<String> {
    let (ours, theirs) = (domain::label(name).to_lowercase(), domain::label(host).to_lowercase());
    if ours.is_empty() || theirs.is_empty() || domain::same_org(host, name) {
        return None;
    }
    let (a, b) = (skeleton(&theirs), skeleton(&ours));
    let long = ours.chars().count() >= 5;
    match () {
        () if theirs == ours && long => Some("the same name with another ending".to_owned()),
        () if a == b => Some("other letters that look the same".to_owned()),
        () if long && distance_one(&a, &b) => Some("one letter differs".to_owned()),
        () if long && holds(&theirs, &ours) => Some("it holds the name with words around it".to_owned()),
        () if long && host.to_lowercase().strip_suffix(domain::org(host)).is_some_and(|s| holds(s, &ours)) => {
            Some("the name stands in front of another host".to_owned())
        }
        () => None,
    }
}

/// The name as a piece between hyphens, dots or ends, or at the beginning or end of the word.
fn holds(text: &str, name: &str) -> bool {
    let pieces = text.split(['-', '.', '_']).any(|p| p == name);
    let joined = text.len() > name.len() && name.len() >= 6 && (text.starts_with(name) || text.ends_with(name));
    let bare = text.replace('-', "");
    pieces
        || joined
        || (text.contains('-') && bare.len() > name.len() && name.len() >= 6 && bare.contains(&name.replace('-', "")))
}

/// Letters folded to those they look like.
pub(crate) fn skeleton(text: &str) -> String {
    let decoded = text.split('.').map(unpuny).collect::<Vec<_>>().join(".");
    let folded: String = decoded.chars().map(like).filter(|c| *c != '-').collect();
    folded.replace("rn", "m").replace("vv", "w").replace("cl", "d")
}

fn unpuny(label: &str) -> String {
    label.strip_prefix("xn--").and_then(punycode).unwrap_or_else(|| label.to_owned())
}

/// Decodes a label. Source: RFC 3492 section 6.2.
fn punycode(text: &str) -> Option<String> {
    let (basic, rest) = text.rsplit_once('-').unwrap_or(("", text));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias) = (128_u32, 0_u32, 72_u32);
    let mut digits = rest.chars();
    while let Some(first) = digits.next() {
        let (before, mut weight, mut k, mut digit) = (i, 1_u32, 36_u32, Some(first));
        loop {
            let d = digit?.to_digit(36)?;
            // Letters are 0 to 25 and digits 26 to 35 here.
            let d = if d < 10 { d + 26 } else { d - 10 };
            i = i.checked_add(d.checked_mul(weight)?)?;
            let t = k.saturating_sub(bias).clamp(1, 26);
            if d < t {
                break;
            }
            weight = weight.checked_mul(36 - t)?;
            k += 36;
            digit = digits.next();
        }
        let len = out.len() as u32 + 1;
        bias = adapt(i - before, len, before == 0);
        n = n.checked_add(i / len)?;
        i %= len;
        out.insert(i as usize, char::from_u32(n)?);
        i += 1;
        if out.len() > 100 {
            return None;
        }
    }
    Some(out.into_iter().collect())
}

fn adapt(delta: u32, len: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / len;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

/// The Latin letter this one looks like.
fn like(c: char) -> char {
    match c {
        '0' | 'о' | 'ο' | 'ö' | 'ó' | 'ò' | 'ô' | 'ø' | 'õ' => 'o',
        '1' | 'l' | 'і' | 'ı' | 'í' | 'ì' | 'î' | 'ï' | '|' | 'ӏ' => 'i',
        '3' | 'е' | 'é' | 'è' | 'ê' | 'ë' | 'ё' | 'ε' => 'e',
        '4' | 'а' | 'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'α' => 'a',
        '5' | 'ѕ' | 'š' | 'ś' => 's',
        'с' | 'ç' | 'ć' | 'č' => 'c',
        'р' | 'ρ' => 'p',
        'у' | 'ý' | 'ÿ' => 'y',
        'х' | 'χ' => 'x',
        'ú' | 'ù' | 'û' | 'ü' | 'υ' => 'u',
        'ñ' | 'ń' => 'n',
        'ԁ' => 'd',
        'һ' => 'h',
        'к' => 'k',
        'т' => 't',
        'м' => 'm',
        'в' => 'b',
        'ž' | 'ź' | 'ż' => 'z',
        c => c,
    }
}

/// True where a host's decoded name mixes Latin letters with look-alikes, or is all look-alikes.
pub(crate) fn mixed(host: &str) -> bool {
    let decoded: String = host.split('.').map(unpuny).collect();
    let odd = decoded.chars().filter(|c| !c.is_ascii() && like(*c) != *c).count();
    odd > 0 && decoded.chars().all(|c| c.is_ascii() || like(c) != c)
}

/// One letter more, less, other, or two swapped.
fn distance_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (ra, rb) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    match (ra, rb) {
        ([], [_]) | ([_], [_]) => true,
        ([p, q], [r, s]) => p == s && q == r,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_alike() {
        for (host, name) in [
            ("exarnple.org", "example.org"),
            ("examp1e.org", "example.org"),
            ("example.net", "example.org"),
            ("exmaple.org", "example.org"),
            ("example-login.com", "example.org"),
            ("example.org.far.net", "example.org"),
            ("xn--xample-2of.org", "example.org"),
        ] {
            assert!(how(host, name).is_some(), "{host} {name}");
        }
        for (host, name) in [
            ("example.org", "www.example.org"),
            ("samples.org", "example.org"),
            ("ab.org", "ac.org"),
            ("", "example.org"),
        ] {
            assert_eq!(how(host, name), None, "{host} {name}");
        }
        assert_eq!(punycode("mnchen-3ya").as_deref(), Some("münchen"));
    }
}
