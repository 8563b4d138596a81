//! One written form for the many addresses of one page.
//!
//! Dropped: scheme, credentials, default port, `www.`/`m.`/`amp.`, fragment, tracking parameters, AMP forms, index
//! file, final slash; sorted: parameters; resolved offline: redirectors that carry their target (one level). Nothing
//! is ever fetched, so a shortened link stays what it is. Wrong where a site tells pages apart by what is dropped.
//! Sources: RFC 3986 §6.2; WHATWG URL for whatever the quick way refuses; parameter lists as in ClearURLs and AdGuard.

mod parameters;
mod percent;

use crate::host::{registrable, under_known_suffix};
use crate::redirect;
use crate::scan::first;
use parameters::{of_host, tracking};
pub(crate) use percent::decoded;
use percent::percent;
use std::borrow::Cow;

/// Longest address looked at, in bytes; what lies beyond is cut off.
const LONGEST: usize = 4096;

/// An address in canonical form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address {
    text: String,
    host: usize,
}

impl Address {
    /// `host[:port]/path?query`.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The host alone.
    pub(crate) fn host(&self) -> &str {
        &self.text[..self.host]
    }

    /// The registrable domain of the host.
    pub(crate) fn domain(&self) -> &str {
        registrable(self.host())
    }
}

/// The canonical form of an absolute `http(s)` address, or one that leaves the scheme to the page (`//host/…`).
pub(crate) fn canonical(raw: &str) -> Option<Address> {
    let raw = trimmed(raw);
    form(after_scheme(raw).or_else(|| raw.strip_prefix("//"))?, true)
}

/// As [`canonical`], and without a scheme where the host's suffix is known: `one.example/x`.
pub(crate) fn canonical_or_bare(raw: &str) -> Option<Address> {
    canonical(raw).or_else(|| {
        let raw = trimmed(raw);
        let host = raw.split(['/', '?', '#', ':']).next()?;
        let bare = !host.contains('@') && under_known_suffix(&host.to_lowercase());
        if bare { form(raw, true) } else { None }
    })
}

fn trimmed(raw: &str) -> &str {
    let raw = raw.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '<' || c == '>');
    first(raw, LONGEST)
}

fn after_scheme(raw: &str) -> Option<&str> {
    let colon = raw.as_bytes().iter().take(6).position(|b| *b == b':')?;
    let scheme = &raw[..colon];
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    web.then(|| raw[colon + 1..].trim_start_matches(['/', '\\']))
}

/// The pieces of an address after its scheme.
struct Parts<'a> {
    host: &'a str,
    port: &'a str,
    path: &'a str,
    query: &'a str,
    fragment: &'a str,
}

impl<'a> Parts<'a> {
    fn split(rest: &'a str) -> Self {
        // One walk for all marks: this is done for every address of every record.
        let [mut slash, mut question, mut hash] = [None; 3];
        for (at, byte) in rest.bytes().enumerate() {
            match byte {
                b'/' if slash.is_none() && question.is_none() => slash = Some(at),
                b'?' if question.is_none() => question = Some(at),
                b'#' => {
                    hash = Some(at);
                    break;
                }
                _ => {}
            }
        }
        let before_hash = hash.unwrap_or(rest.len());
        let before_query = question.unwrap_or(before_hash);
        let (authority, path) = rest[..before_query].split_at(slash.unwrap_or(before_query));
        let (query, fragment) = (after(rest, question, before_hash), after(rest, hash, rest.len()));
        let server = authority.bytes().rposition(|b| b == b'@').map_or(authority, |at| &authority[at + 1..]);
        let (host, port) = match server.bytes().rposition(|b| b == b':') {
            Some(at) if server[at + 1..].bytes().all(|b| b.is_ascii_digit()) => (&server[..at], &server[at + 1..]),
            _ => (server, ""),
        };
        Self { host, port, path, query, fragment }
    }

    /// True where a browser would read these pieces as they stand. International names, odd ways of writing an IP
    /// address, backslashes and dot segments are left to the `url` crate.
    fn plain(&self) -> bool {
        let odd = |b: u8| b == b'\\' || b.is_ascii_control();
        let mut before = 0;
        let host = self.host.bytes().all(|b| {
            let doubled = b == std::mem::replace(&mut before, b) && matches!(b, b'.' | b'-');
            !doubled && (b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
        });
        let path = self.path.bytes().all(|b| {
            let hidden = std::mem::replace(&mut before, b) == b'/' && b == b'.';
            !hidden && !odd(b)
        });
        let bare = self.host.trim_end_matches('.').as_bytes();
        let last = bare.iter().rposition(|b| *b == b'.').map_or(0, |dot| dot + 1);
        host && path && bare.get(last).is_some_and(u8::is_ascii_alphabetic) && !self.query.bytes().any(odd)
    }
}

/// What follows a mark, up to `end`; nothing where the mark is not.
fn after(text: &str, mark: Option<usize>, end: usize) -> &str {
    mark.map_or("", |at| &text[at + 1..end])
}

fn form(rest: &str, unwrap: bool) -> Option<Address> {
    let parts = Parts::split(rest);
    if parts.plain() {
        return assemble(&parts, unwrap);
    }
    let parsed = ::url::Url::parse(&["http://", rest].concat()).ok()?;
    assemble(&Parts::split(parsed.as_str().strip_prefix("http://")?), unwrap)
}

fn assemble(parts: &Parts<'_>, unwrap: bool) -> Option<Address> {
    let lower = parts.host.trim_end_matches('.').to_ascii_lowercase();
    if lower.starts_with('.') || !(lower.contains('.') || lower.starts_with('[')) {
        return None;
    }
    let host = same_site(&lower);
    if unwrap && let Some(inner) = redirect::target(&host, parts.path, parts.query).and_then(|t| inside(&t)) {
        return Some(inner);
    }
    let mut text = String::with_capacity(host.len() + parts.path.len() + parts.query.len() + 8);
    text.push_str(&host);
    if !matches!(parts.port, "" | "80" | "443") {
        text.push(':');
        text.push_str(parts.port);
    }
    if let Some(video) = redirect::video(&host, parts.path, parts.query) {
        text.clear();
        text.push_str("youtube.com/watch?v=");
        text.push_str(video);
        return Some(Address { text, host: "youtube.com".len() });
    }
    percent(&path(&host, parts.path), false, &mut text);
    query(&host, parts.query, &mut text);
    if parts.fragment.starts_with('!') {
        text.push('#');
        percent(parts.fragment, false, &mut text);
    }
    Some(Address { text, host: host.len() })
}

fn inside(target: &str) -> Option<Address> {
    let target = trimmed(target);
    form(after_scheme(target).unwrap_or(target), false).filter(|a| under_known_suffix(a.host()))
}

/// The host without prefixes that only choose a layout, and the one name of services that have several.
fn same_site(host: &str) -> Cow<'_, str> {
    let mut host = host;
    for _ in 0..3 {
        let Some((label, rest)) = host.split_once('.') else { break };
        let layout = matches!(label, "www" | "m" | "mobile" | "amp" | "www2" | "touch");
        if !layout || !rest.contains('.') || is_suffix(rest) {
            break;
        }
        host = rest;
    }
    if let Some(language) = host.strip_suffix(".m.wikipedia.org") {
        return Cow::Owned([language, ".wikipedia.org"].concat());
    }
    Cow::Borrowed(match host {
        "twitter.com" | "vxtwitter.com" | "fxtwitter.com" | "fixupx.com" => "x.com",
        "fb.com" | "mbasic.facebook.com" | "web.facebook.com" | "l.facebook.com" | "lm.facebook.com" => "facebook.com",
        "old.reddit.com" | "new.reddit.com" | "np.reddit.com" => "reddit.com",
        "telegram.me" | "telegram.dog" => "t.me",
        "vkontakte.ru" => "vk.com",
        "youtube-nocookie.com" | "music.youtube.com" => "youtube.com",
        host => host,
    })
}

/// Asked only where the first label is short enough for one (`co.uk`, `com.br`), since it costs.
fn is_suffix(name: &str) -> bool {
    name.find('.').is_some_and(|dot| dot <= 4) && psl::domain_str(name).is_none()
}

fn path<'a>(host: &str, path: &'a str) -> Cow<'a, str> {
    let path = path.trim_end_matches('/');
    let path = strip_end(path, &["/amp", "/amp.html", ".amp"]).trim_end_matches('/');
    const INDEX: [&str; 6] =
        ["/index.html", "/index.htm", "/index.php", "/default.aspx", "/default.asp", "/default.htm"];
    let path = strip_end(path, &INDEX).trim_end_matches('/');
    if let Some(page) = path.strip_suffix(".amp.html") {
        return Cow::Owned([page, ".html"].concat());
    }
    of_service(host, path)
}

fn strip_end<'a>(path: &'a str, ends: &[&str]) -> &'a str {
    let cut = |end: &&str| {
        let last = path.as_bytes().last()?.to_ascii_lowercase() == *end.as_bytes().last()?;
        let at = path.len().checked_sub(end.len()).filter(|_| last)?;
        path.get(at..)?.eq_ignore_ascii_case(end).then(|| &path[..at])
    };
    ends.iter().find_map(cut).unwrap_or(path)
}

/// Services where the first step of a path is an account's name, whose case does not count.
fn of_service<'a>(host: &str, path: &'a str) -> Cow<'a, str> {
    let path = match host {
        "x.com" => ["/photo/", "/video/"].iter().find_map(|p| path.find(p)).map_or(path, |at| &path[..at]),
        "t.me" => path.strip_prefix("/s").filter(|p| p.starts_with('/')).unwrap_or(path),
        "instagram.com" | "facebook.com" | "tiktok.com" | "vk.com" | "threads.net" | "truthsocial.com"
        | "youtube.com" => path,
        _ => return Cow::Borrowed(path),
    };
    let name = path.get(1..).map_or(0, |p| 1 + p.find('/').unwrap_or(p.len()));
    if path[..name].starts_with("/+") || !path[..name].bytes().any(|b| b.is_ascii_uppercase()) {
        return Cow::Borrowed(path);
    }
    Cow::Owned([path[..name].to_ascii_lowercase().as_str(), &path[name..]].concat())
}

fn query(host: &str, query: &str, out: &mut String) {
    if query.is_empty() {
        return;
    }
    let own = of_host(host);
    let pairs = query.split(['&', ';']).map(|pair| pair.strip_prefix("amp;").unwrap_or(pair));
    let kept = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or(pair);
        !name.is_empty() && *pair != "amp" && !own.contains(&name) && !tracking(name)
    };
    let mut kept: Vec<&str> = pairs.filter(kept).collect();
    kept.sort_unstable();
    for (n, pair) in kept.iter().enumerate() {
        out.push(if n == 0 { '?' } else { '&' });
        percent(pair, true, out);
    }
}

#[cfg(test)]
mod tests;
