//! Host names: the registrable domain of one, and whether one can name anyone to others.
//!
//! Registrable means one label below a public suffix, private suffixes included, so that `a.blogspot.com` and
//! `b.blogspot.com` stay apart. Source: publicsuffix.org, compiled in by `psl`; it ages with the build.

use std::net::{IpAddr, Ipv6Addr};

/// The registrable domain of a host in canonical form; an IP address or a public suffix stands for itself.
pub(crate) fn registrable(host: &str) -> &str {
    // With one dot or none there is nothing to take away: the host is registrable, a suffix or a word.
    if host.bytes().filter(|b| *b == b'.').count() < 2 || is_ip(host) {
        return host;
    }
    psl::domain_str(host).unwrap_or(host)
}

/// True for a host made of a registrable domain under a suffix that exists, or that is set aside for examples and
/// hidden services (RFC 2606, RFC 7686).
pub(crate) fn under_known_suffix(host: &str) -> bool {
    let Some((_, last)) = host.rsplit_once('.') else { return false };
    let set_aside = ["example", "test", "invalid", "onion"].contains(&last);
    set_aside || psl::suffix(host.as_bytes()).is_some_and(|s| s.is_known() && s.as_bytes().len() < host.len())
}

/// True for an IP address as it stands in a canonical URL.
pub(crate) fn is_ip(host: &str) -> bool {
    host.starts_with('[')
        || host.rsplit('.').next().is_some_and(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_digit()))
}

/// A server's name or address as a mail tells it, in canonical form: lower case, no brackets, no final dot. `None`
/// for what names nobody to others: private and loopback addresses, `localhost`, local suffixes, plain words.
/// A name without a dot is kept where it looks made up by a machine (`WIN-344VU98D3RU`): it tells makers apart.
pub(crate) fn server(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "[]()<>\"';,.".contains(c));
    let bare = text.get(..5).filter(|p| p.eq_ignore_ascii_case("ipv6:")).map_or(text, |_| &text[5..]);
    if let Ok(ip) = bare.parse::<IpAddr>() {
        return public_ip(ip).then(|| ip.to_canonical().to_string());
    }
    let name = text.to_ascii_lowercase();
    (well_formed(&name) && !local(&name)).then_some(name)
}

fn well_formed(name: &str) -> bool {
    let made =
        name.len() >= 6 && name.bytes().any(|b| b.is_ascii_digit()) && name.bytes().any(|b| b.is_ascii_lowercase());
    let shape = name.len() <= 253 && name.split('.').all(|l| !l.is_empty() && l.len() <= 63);
    let letters = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    shape && letters && !is_ip(name) && (name.contains('.') || made)
}

fn local(name: &str) -> bool {
    const LOCAL: [&str; 9] =
        ["local", "localhost", "localdomain", "lan", "internal", "intranet", "home", "corp", "arpa"];
    LOCAL.contains(&name.rsplit('.').next().unwrap_or(name))
}

/// True where the address can be reached from elsewhere. Addresses set aside for documentation count as public: worked
/// examples use them. Source: IANA special-purpose address registries.
fn public_ip(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b);
            !(v4.is_private() || v4.is_loopback() || v4.is_link_local() || shared || a == 0 || a >= 224)
        }
        IpAddr::V6(v6) => public_v6(v6),
    }
}

fn public_v6(ip: Ipv6Addr) -> bool {
    let first = ip.segments()[0];
    let (unique_local, link_local) = (first & 0xfe00 == 0xfc00, first & 0xffc0 == 0xfe80);
    !(ip.is_loopback() || ip.is_unspecified() || ip.is_multicast() || unique_local || link_local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registrable_domains() {
        for (host, domain) in [
            ("news.one.example", "one.example"),
            ("a.b.bbc.co.uk", "bbc.co.uk"),
            ("anns-blog.blogspot.com", "anns-blog.blogspot.com"),
            ("x.ann.github.io", "ann.github.io"),
            ("github.io", "github.io"),
            ("co.uk", "co.uk"),
            ("192.0.2.7", "192.0.2.7"),
            ("[2001:db8::1]", "[2001:db8::1]"),
            ("www.xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
            ("a.xn--55qx5d.cn", "a.xn--55qx5d.cn"),
        ] {
            assert_eq!(registrable(host), domain, "{host}");
        }
    }

    #[test]
    fn known_suffixes() {
        for (host, known) in [
            ("one.example", true),
            ("bbc.co.uk", true),
            ("xn--e1afmkfd.xn--p1ai", true),
            ("co.uk", false),
            ("logo.png", false),
            ("word", false),
            ("", false),
        ] {
            assert_eq!(under_known_suffix(host), known, "{host}");
        }
    }

    #[test]
    fn servers() {
        for (text, name) in [
            ("[203.0.113.9]", Some("203.0.113.9")),
            ("IPv6:2001:db8::1", Some("2001:db8::1")),
            ("::ffff:203.0.113.9", Some("203.0.113.9")),
            ("Mail.One.Example.", Some("mail.one.example")),
            ("WIN-344VU98D3RU", Some("win-344vu98d3ru")),
            ("10.1.2.3", None),
            ("100.64.0.1", None),
            ("127.0.0.1", None),
            ("fe80::1", None),
            ("::1", None),
            ("localhost.localdomain", None),
            ("user", None),
            ("12345678", None),
            ("999.1.2.3", None),
            ("a..b", None),
            ("", None),
        ] {
            assert_eq!(server(text).as_deref(), name, "{text}");
        }
    }
}
