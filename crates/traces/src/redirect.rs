//! Addresses that carry another address inside: redirectors, AMP caches, and the many doors to one video.
//!
//! Only what can be read off the address itself is resolved; nothing is looked up. Sources: the services' own link
//! formats; AMP project, "AMP Cache URL format and request handling"; Proofpoint URL Defense v2 and v3.

use crate::canonical::decoded;
use std::borrow::Cow;

/// The address a redirector or cache at this host leads to, as written inside; `None` where it is neither.
pub(crate) fn target<'a>(host: &str, path: &'a str, query: &'a str) -> Option<Cow<'a, str>> {
    if let Some(names) = parameter_of(host, path) {
        return names.iter().find_map(|n| value(query, n)).map(decoded);
    }
    match host {
        "google.com" => after(path, &["/amp/s/", "/amp/"]),
        "urldefense.proofpoint.com" => value(query, "u").map(|u| Cow::Owned(defense_v2(u))),
        "urldefense.com" => defense_v3(path),
        h if h == "cdn.ampproject.org" || h.ends_with(".cdn.ampproject.org") => {
            after(path, &["/c/s/", "/v/s/", "/wp/s/", "/c/", "/v/"])
        }
        _ => None,
    }
}

/// Which parameter of a redirector holds the address.
fn parameter_of(host: &str, path: &str) -> Option<&'static [&'static str]> {
    let names: &[&str] = match host {
        "facebook.com" if path == "/l.php" || path == "/flx/warn/" => &["u"],
        "l.instagram.com" | "l.messenger.com" | "l.threads.net" | "l.threads.com" => &["u"],
        "youtube.com" if path == "/redirect" => &["q"],
        "out.reddit.com" | "slack-redir.net" | "disq.us" => &["url"],
        "vk.com" | "away.vk.com" if path == "/away.php" || path == "/away" => &["to"],
        "t.umblr.com" => &["z"],
        "duckduckgo.com" if path == "/l/" => &["uddg"],
        "steamcommunity.com" if path.starts_with("/linkfilter") => &["u", "url"],
        "linkedin.com" if path == "/redir/redirect" => &["url"],
        h if path == "/url" && h.starts_with("google.") => &["q", "url"],
        h if h.ends_with(".safelinks.protection.outlook.com") => &["url"],
        _ => return None,
    };
    Some(names)
}

fn value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let pairs = query.split('&').map(|p| p.strip_prefix("amp;").unwrap_or(p));
    pairs.filter_map(|p| p.split_once('=')).find(|(n, v)| *n == name && !v.is_empty()).map(|(_, v)| v)
}

fn after<'a>(path: &'a str, beginnings: &[&str]) -> Option<Cow<'a, str>> {
    beginnings.iter().find_map(|b| path.strip_prefix(b)).map(Cow::Borrowed)
}

/// Version 2 writes `%` as `-` and `/` as `_`.
fn defense_v2(text: &str) -> String {
    decoded(&text.replace('-', "%").replace('_', "/")).into_owned()
}

/// Version 3 puts the address between `__` and `__;`.
fn defense_v3(path: &str) -> Option<Cow<'_, str>> {
    let inner = path.strip_prefix("/v3/__")?;
    inner.rsplit_once("__;").map(|(address, _)| Cow::Borrowed(address))
}

/// The id of the video that an address on a video service shows.
pub(crate) fn video<'a>(host: &str, path: &'a str, query: &'a str) -> Option<&'a str> {
    let id = match host {
        "youtu.be" => path.strip_prefix('/')?,
        "youtube.com" if path.trim_end_matches('/') == "/watch" => value(query, "v")?,
        "youtube.com" => ["/shorts/", "/embed/", "/live/", "/v/"].iter().find_map(|p| path.strip_prefix(p))?,
        _ => return None,
    };
    let id = id.split(['/', '&', '?']).next()?;
    let letters = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (id.len() == 11 && letters).then_some(id)
}
