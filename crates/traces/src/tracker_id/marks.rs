//! The marks by which services' ids are known, each after the snippet its service hands out.

/// How one service's id is found.
pub(super) struct Mark {
    /// The service.
    pub name: &'static str,
    /// What stands before the id, or begins it.
    pub mark: &'static [u8],
    /// What must follow within 60 bytes before the id; empty for nothing.
    pub then: &'static [u8],
    /// True where the mark is part of the id: it is kept, and must begin a word.
    pub whole: bool,
    /// Which bytes an id is made of.
    pub letters: fn(u8) -> bool,
    /// Fewest bytes, without the mark.
    pub least: usize,
    /// Most bytes, without the mark.
    pub most: usize,
    /// A last look at the id and at what follows it.
    pub good: fn(&str, &[u8]) -> bool,
}

fn digit(b: u8) -> bool {
    b.is_ascii_digit()
}

fn upper(b: u8) -> bool {
    b.is_ascii_digit() || b.is_ascii_uppercase()
}

fn small(b: u8) -> bool {
    b.is_ascii_digit() || b.is_ascii_lowercase()
}

fn hex(b: u8) -> bool {
    b.is_ascii_hexdigit()
}

fn word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')
}

/// `pub-` and digits.
fn publisher(b: u8) -> bool {
    b.is_ascii_digit() || b"pub-".contains(&b)
}

fn uuid(b: u8) -> bool {
    b.is_ascii_hexdigit() || b == b'-'
}

fn any(_: &str, _: &[u8]) -> bool {
    true
}

/// A letter and a digit: words alone do not pass.
fn mixed(id: &str, _: &[u8]) -> bool {
    id.bytes().any(|b| b.is_ascii_digit()) && id.bytes().any(|b| b.is_ascii_alphabetic())
}

/// `-1` follows: the property of an account.
fn property(_: &str, after: &[u8]) -> bool {
    after.first() == Some(&b'-') && after.get(1).is_some_and(u8::is_ascii_digit)
}

/// `-20`, `-21` …: the country of a shop's partner tag.
fn country(id: &str, _: &[u8]) -> bool {
    id.len() > 4 && id.rsplit('-').next().is_some_and(|c| c.len() == 2 && c.starts_with('2'))
}

/// `/` follows: a step in an address.
fn step(_: &str, after: &[u8]) -> bool {
    after.first() == Some(&b'/')
}

/// Two pieces with a hyphen between.
fn two(id: &str, _: &[u8]) -> bool {
    id.split('-').filter(|p| !p.is_empty()).count() >= 2
}

const fn mark(name: &'static str, mark: &'static str, letters: fn(u8) -> bool, least: usize, most: usize) -> Mark {
    Mark { name, mark: mark.as_bytes(), then: b"", whole: false, letters, least, most, good: any }
}

const fn whole(m: Mark) -> Mark {
    Mark { whole: true, ..m }
}

const fn then(m: Mark, then: &'static str) -> Mark {
    Mark { then: then.as_bytes(), ..m }
}

const fn good(m: Mark, good: fn(&str, &[u8]) -> bool) -> Mark {
    Mark { good, ..m }
}

/// Every mark.
pub(super) const MARKS: &[Mark] = &[
    good(whole(mark("google-analytics", "UA-", digit, 4, 10)), property),
    good(whole(mark("google-analytics", "G-", upper, 10, 10)), mixed),
    good(whole(mark("google-tag", "GT-", upper, 7, 9)), mixed),
    whole(mark("google-tag-manager", "GTM-", upper, 5, 8)),
    whole(mark("google-ads", "AW-", digit, 8, 11)),
    whole(mark("google-floodlight", "DC-", digit, 6, 10)),
    mark("google-adsense", "ca-", publisher, 20, 20),
    whole(mark("google-adsense", "pub-", digit, 16, 16)),
    then(mark("meta-pixel", "fbq(", digit, 13, 17), "init"),
    mark("meta-pixel", "facebook.com/tr?id=", digit, 13, 17),
    mark("yandex-metrica", "ym(", digit, 5, 10),
    mark("yandex-metrica", "mc.yandex.ru/watch/", digit, 5, 10),
    mark("yandex-metrica", "mc.yandex.com/watch/", digit, 5, 10),
    mark("yandex-metrica", "yaCounter", digit, 5, 10),
    mark("hotjar", "hjid", digit, 4, 9),
    mark("hotjar", "static.hotjar.com/c/hotjar-", digit, 4, 9),
    mark("tiktok-pixel", "ttq.load", upper, 18, 24),
    mark("addthis", "#pubid=", word, 4, 40),
    mark("sharethis", "sharethis.js#property=", hex, 20, 30),
    good(mark("amazon-tag", "&tag=", word, 4, 40), country),
    good(mark("amazon-tag", "?tag=", word, 4, 40), country),
    good(mark("amazon-tag", "amzn_assoc_tracking_id", word, 4, 40), country),
    good(mark("taboola", "cdn.taboola.com/libtrc/", word, 3, 60), step),
    good(mark("taboola", "cdn.taboola.com/libtrc/unip/", digit, 5, 9), step),
    mark("outbrain", "OB_ADV_ID", hex, 16, 40),
    good(whole(mark("vk-retargeting", "VK-RTRG-", word, 8, 16)), two),
    then(mark("clarity", "\"clarity\"", small, 8, 12), "\"script\""),
    mark("clarity", "clarity.ms/tag/", small, 8, 12),
    mark("linkedin-insight", "_linkedin_partner_id", digit, 4, 9),
    then(mark("x-pixel", "twq(", small, 5, 7), "config"),
    then(mark("x-pixel", "twq(", small, 5, 7), "init"),
    then(mark("snap-pixel", "snaptr(", uuid, 36, 36), "init"),
    then(mark("pinterest-tag", "pintrk(", digit, 10, 16), "load"),
    good(whole(mark("quantcast", "p-", word, 11, 13)), quantcast),
    mark("statcounter", "sc_project", digit, 5, 9),
    mark("chartbeat", "_sf_async_config.uid", digit, 3, 7),
    mark("comscore", "scorecardresearch.com/p?c1=2&c2=", digit, 6, 9),
    mark("onesignal", "appId", uuid, 36, 36),
    mark("disqus", "disqus_shortname", word, 3, 60),
    mark("mixpanel", "mixpanel.init", hex, 32, 32),
    mark("histats", "['Histats.start', '1,", digit, 5, 9),
    mark("mail-ru-top", "_tmr.push({ id", digit, 5, 9),
    mark("mgid", "jsc.mgid.com/site/", digit, 3, 9),
];

/// A Quantcast account ends in an address or a string.
fn quantcast(id: &str, after: &[u8]) -> bool {
    mixed(id, after) && after.starts_with(b".gif")
}

/// Meta tags in which an owner vouches for a site, or names an account.
pub(super) const METAS: [(&str, &str); 11] = [
    ("google-site-verification", "google-site-verification"),
    ("google-adsense-account", "google-adsense"),
    ("yandex-verification", "yandex-verification"),
    ("msvalidate.01", "bing-verification"),
    ("facebook-domain-verification", "facebook-domain-verification"),
    ("p:domain_verify", "pinterest-verification"),
    ("baidu-site-verification", "baidu-verification"),
    ("fb:app_id", "facebook-app"),
    ("fb:pages", "facebook-page"),
    ("fb:admins", "facebook-admin"),
    ("mailru-verification", "mail-ru-verification"),
];
