//! What suffixes say: how imitators and everybody else choose them.
//!
//! Everybody's habits are learnt from the feed. Imitators' are argued, not fitted: endings sold for next to nothing at
//! launch or renewal and those that lead the yearly lists of abuse (Interisle, *Phishing Landscape* and *Malware Landscape*
//! 2021–2024; Spamhaus reputation statistics by TLD; Korczyński et al., *Cybercrime After the Sunrise*, AsiaCCS 2018), the
//! news-like new endings, and two-part private suffixes that look like a country's.

/// Endings that are cheap, much abused, or news-like.
const CHEAP: &[&str] = &[
    "agency",
    "asia",
    "autos",
    "beauty",
    "bar",
    "best",
    "bid",
    "bond",
    "buzz",
    "cab",
    "cam",
    "cc",
    "cf",
    "cfd",
    "cheap",
    "city",
    "click",
    "cloud",
    "club",
    "company",
    "cool",
    "cyou",
    "digital",
    "download",
    "email",
    "expert",
    "exposed",
    "fans",
    "fit",
    "foundation",
    "fun",
    "fyi",
    "ga",
    "gdn",
    "gq",
    "group",
    "guru",
    "help",
    "homes",
    "host",
    "icu",
    "in",
    "ink",
    "international",
    "kim",
    "lat",
    "life",
    "link",
    "live",
    "loan",
    "lol",
    "ltd",
    "mba",
    "me",
    "media",
    "men",
    "ml",
    "mobi",
    "mom",
    "monster",
    "network",
    "news",
    "ninja",
    "observer",
    "one",
    "online",
    "ooo",
    "party",
    "pics",
    "pictures",
    "plus",
    "pm",
    "press",
    "pro",
    "pub",
    "pw",
    "quest",
    "racing",
    "re",
    "realty",
    "report",
    "rest",
    "review",
    "reviews",
    "rocks",
    "run",
    "salon",
    "sbs",
    "services",
    "shop",
    "show",
    "site",
    "skin",
    "social",
    "solutions",
    "space",
    "store",
    "stream",
    "studio",
    "su",
    "support",
    "systems",
    "team",
    "tech",
    "tf",
    "tips",
    "tk",
    "today",
    "top",
    "tools",
    "trade",
    "tv",
    "uno",
    "vip",
    "vote",
    "wang",
    "watch",
    "webcam",
    "website",
    "wiki",
    "win",
    "work",
    "works",
    "world",
    "ws",
    "wtf",
    "xin",
    "xyz",
    "yachts",
    "zip",
    "zone",
    "us",
    "info",
    "biz",
    "co",
    "is",
    "li",
    "la",
    "to",
    "vc",
    "ac",
    "sh",
    "io",
    "so",
    "st",
    "sx",
    "nu",
    "gg",
    "bz",
    "am",
    "fm",
    "mn",
    "im",
];

/// Endings everybody uses, and in which an outlet's own second home most often stands.
const SETTLED: &[&str] = &["com", "net", "org"];

/// How much likelier an imitator of an outlet under `target` would choose `suffix` than a registrant at large, in bits.
/// `share` is the suffix's share of the feed.
pub(crate) fn habit(suffix: &str, target: &str, share: f64) -> f32 {
    let parts = suffix.split('.').count();
    let last = suffix.rsplit('.').next().unwrap_or_default();
    let generic = suffix.split('.').any(|p| matches!(p, "com" | "net" | "org" | "co"));
    let country = last.len() == 2;
    let same = if suffix == target { 0.25 } else { 0.0 };
    let pseudo = if parts > 1 && generic && suffix != target { 0.08 / 60.0 } else { 0.0 };
    let cheap = if parts == 1 && CHEAP.contains(&suffix) { 0.45 / CHEAP.len() as f64 } else { 0.0 };
    let settled = if SETTLED.contains(&suffix) { 0.06 } else { 0.0 };
    let other = if country { 0.10 / 400.0 } else { 0.12 / 1200.0 };
    let imitator = same + pseudo + cheap + settled + other;
    (imitator / (share + 1e-5)).log2().clamp(-3.0, 6.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits() {
        assert!(habit("ltd", "de", 0.0005) > habit("at", "de", 0.004));
        assert!(habit("com.co", "com", 0.0001) > 2.0);
        assert!(habit("com", "de", 0.45) < 0.0);
    }
}
