//! The accounts a page is measured, advertised and vouched for by: two sites with one id have one purse or one key.
//!
//! Ids are looked for in inline scripts, addresses loaded, links and meta tags, by the marks in `MARKS` below, which
//! follow the services' own snippets. Property suffixes go where the account stands before them (`UA-123-4` is
//! `UA-123`). Wrong where a theme or agency ships its own id with other people's sites.
//! Source: Bazzell, OSINT Techniques; Alexander 2015, "Unveiling hidden connections with Google Analytics IDs".

mod marks;

use crate::sample::{Example, PAGE};
use crate::scan::last;
use crate::seen::MOST;
use crate::{Found, Kind, Reads};
use marks::{MARKS, METAS, Mark};
use memchr::memmem;
use model::{Card, Page, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "tracker-id",
        about: "carries the same tracker, advertising or verification id",
        source: "Alexander 2015, Unveiling hidden connections with Google Analytics IDs",
    },
    reads: Reads::PAGES,
    window: None,
    ownership: model::Ownership::Shared(model::Tie {
        family: "measuring",
        same: 50,
        copyable: true,
        floor: 1_000_000,
        common: &[],
    }),
    alike: false,
    find,
    examples: &[
        Example {
            shows: "gtag('config', 'UA-1234567-2')",
            record: Record::Page(&Page { code: "gtag('config', 'UA-1234567-2');", ..PAGE }),
            values: &["google-analytics:UA-1234567"],
        },
        Example {
            shows: "fbq('init', '123456789012345') and an AdSense script",
            record: Record::Page(&Page {
                code: "fbq('init', '123456789012345');",
                loads: &[
                    "https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js?client=ca-pub-1234567890123456",
                ],
                ..PAGE
            }),
            values: &["google-adsense:pub-1234567890123456", "meta-pixel:123456789012345"],
        },
        Example {
            shows: "a Matomo site number with its server",
            record: Record::Page(&Page {
                code: "var u=\"//Stats.one.example/\";_paq.push(['setTrackerUrl', u+'matomo.php']);_paq.push(['setSiteId', '3']);",
                ..PAGE
            }),
            values: &["matomo:stats.one.example/3"],
        },
        Example {
            shows: "a shop link with a partner's tag, and a key in a meta tag",
            record: Record::Page(&Page {
                links: &["https://www.amazon.de/dp/B000?th=1&tag=annsblog-21"],
                meta: &[("google-site-verification", "AbC_123-xyz")],
                ..PAGE
            }),
            values: &["amazon-tag:annsblog-21", "google-site-verification:AbC_123-xyz"],
        },
        Example {
            shows: "words that only look like ids",
            record: Record::Page(&Page {
                code: "var a='UA-Kyiv', b='AWG-TM-1', c='G-SHOCK', d='xUA-1234567-1';",
                ..PAGE
            }),
            values: &[],
        },
    ],
};

/// Most times one mark is looked at in one page.
const TIMES: usize = 100;

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Page(page) = record else { return };
    let text = haystack(page);
    let mut ids = Vec::new();
    MARKS.iter().for_each(|mark| take(mark, &text, &mut ids));
    matomo(&text, &mut ids);
    metas(page, &mut ids);
    ids.sort_unstable();
    ids.dedup();
    ids.iter().for_each(|id| found.own(id));
}

/// Everything of a page in which ids stand, a line each.
fn haystack(page: &Page<'_>) -> String {
    let shop = |link: &&str| link.contains("amazon.") || link.contains("amzn.");
    let links = page.links.iter().copied().filter(shop).take(5 * MOST);
    let loads = page.loads.iter().copied().take(5 * MOST);
    [page.code].into_iter().chain(loads).chain(links).collect::<Vec<_>>().join("\n")
}

fn take(mark: &Mark, text: &str, out: &mut Vec<String>) {
    for at in memmem::find_iter(text.as_bytes(), mark.mark).take(TIMES) {
        out.extend(id(mark, text, at).map(|id| [mark.name, ":", &id].concat()));
    }
}

/// The id at this mark, if what stands there has the mark's shape.
fn id(mark: &Mark, text: &str, at: usize) -> Option<String> {
    let bytes = text.as_bytes();
    let word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_';
    if mark.whole && at > 0 && word(&bytes[at - 1]) {
        return None;
    }
    let mut from = at + mark.mark.len();
    if !mark.then.is_empty() {
        let near = &bytes[from..bytes.len().min(from + 60)];
        from += memmem::find(near, mark.then)? + mark.then.len();
    }
    if !mark.whole {
        from += bytes[from..].iter().take(8).take_while(|b| b" '\"\t\r\n:=,([{\\".contains(b)).count();
    }
    let rest = &bytes[from..];
    let len = rest.iter().take(mark.most + 1).take_while(|b| (mark.letters)(**b)).count();
    if len < mark.least || len > mark.most || rest.get(len).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let id = std::str::from_utf8(&rest[..len]).ok()?;
    let prefix = if mark.whole { std::str::from_utf8(mark.mark).ok()? } else { "" };
    let good = (mark.good)(id, &rest[len..]);
    good.then(|| [prefix, id].concat())
}

/// A Matomo site number means nothing without the server that counts.
fn matomo(text: &str, out: &mut Vec<String>) {
    for mark in [b"setSiteId".as_slice(), b"matomo.php?idsite=", b"piwik.php?idsite="] {
        for at in memmem::find_iter(text.as_bytes(), mark).take(TIMES) {
            let after = text[at + mark.len()..].trim_start_matches(['\'', '"', ',', ' ', '(', ']']);
            let number = &after[..after.bytes().take(7).take_while(u8::is_ascii_digit).count()];
            let host = server_before(&text[..at]);
            if let (1..=6, Some(host)) = (number.len(), host) {
                out.push(["matomo:", &host, "/", number].concat());
            }
        }
    }
}

/// The host of the last address written in the 600 bytes before.
fn server_before(text: &str) -> Option<String> {
    let near = last(text, 600);
    let host = &near[near.rfind("//")? + 2..];
    let host = &host[..host.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-.".contains(b)).count()];
    host.contains('.').then(|| host.to_ascii_lowercase())
}

fn metas(page: &Page<'_>, out: &mut Vec<String>) {
    for (name, content) in page.meta.iter().take(5 * MOST) {
        let known = METAS.iter().find(|(meta, _)| meta.eq_ignore_ascii_case(name.trim()));
        let content = content.strip_prefix("ca-pub-").map_or((*content).to_owned(), |c| ["pub-", c].concat());
        let keys = content.split(',').map(str::trim).filter(|key| (4..=120).contains(&key.len())).take(10);
        if let Some((_, kind)) = known {
            out.extend(keys.map(|key| [kind, ":", key].concat()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_in_snippets() {
        for (code, expected) in [
            ("ga('create', 'UA-98765432-1', 'auto')", &["google-analytics:UA-98765432"][..]),
            ("src=\"https://www.googletagmanager.com/gtag/js?id=G-AB12CD34EF\"", &["google-analytics:G-AB12CD34EF"]),
            ("(window,document,'script','dataLayer','GTM-K5X2ABC')", &["google-tag-manager:GTM-K5X2ABC"]),
            ("gtag('config','AW-123456789/abc')", &["google-ads:AW-123456789"]),
            ("data-ad-client=\"ca-pub-1234567890123456\"", &["google-adsense:pub-1234567890123456"]),
            ("fbq( \"init\" , \"1234567890123456\" )", &["meta-pixel:1234567890123456"]),
            ("https://www.facebook.com/tr?id=123456789012345&ev=PageView", &["meta-pixel:123456789012345"]),
            ("ym(12345678, \"init\", {})", &["yandex-metrica:12345678"]),
            ("https://mc.yandex.ru/watch/12345678", &["yandex-metrica:12345678"]),
            ("h._hjSettings={hjid:1234567,hjsv:6}", &["hotjar:1234567"]),
            ("ttq.load('C4ABCDEF1234567890AB')", &["tiktok-pixel:C4ABCDEF1234567890AB"]),
            ("//s7.addthis.com/js/300/addthis_widget.js#pubid=ra-5a1b2c3d4e5f6071", &["addthis:ra-5a1b2c3d4e5f6071"]),
            ("//cdn.taboola.com/libtrc/ann-network/loader.js", &["taboola:ann-network"]),
            ("var OB_ADV_ID = '00abcdef12345678'", &["outbrain:00abcdef12345678"]),
            ("https://vk.com/rtrg?p=VK-RTRG-123456-aBcDe", &["vk-retargeting:VK-RTRG-123456-aBcDe"]),
            ("})(window, document, \"clarity\", \"script\", \"abcde12345\")", &["clarity:abcde12345"]),
            ("https://www.clarity.ms/tag/abcde12345", &["clarity:abcde12345"]),
            ("_linkedin_partner_id = \"123456\";", &["linkedin-insight:123456"]),
            ("twq('config','o1abc')", &["x-pixel:o1abc"]),
            ("var sc_project=1234567;", &["statcounter:1234567"]),
            ("\"//stats.one.example/piwik.php?idsite=7\"", &["matomo:stats.one.example/7"]),
            ("_paq.push(['setSiteId', '3'])", &[]),
            ("fbq('track', 'PageView')", &[]),
            ("UA-12-1 UA-1234567 G-abcdefghij GTM-ab 2pub-1234567890123456", &[]),
        ] {
            let mut got = Vec::new();
            MARKS.iter().for_each(|mark| take(mark, code, &mut got));
            matomo(code, &mut got);
            got.sort();
            got.dedup();
            assert_eq!(got, expected, "{code}");
        }
    }
}
