//! Names of cookies a site sets that are not those of common software. Numbers made for each visitor are cut off.

use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "cookie",
        about: "sets a cookie of the same unusual name",
        source: "RFC 6265; names of common software from its documentation",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "template", same: 60, copyable: false, floor: 200, common: &[] }),
    find,
    examples: &[
        Example {
            shows: "a desk's own",
            record: Record::Facts(&Facts { said: &[(About::Cookie, "deskgate_v")], ..FACTS }),
            values: &["deskgate_v"],
        },
        Example {
            shows: "of common software",
            record: Record::Facts(&Facts {
                said: &[(About::Cookie, "PHPSESSID"), (About::Cookie, "wordpress_test_cookie"), (About::Cookie, "sid")],
                ..FACTS
            }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::Cookie, unusual, found);
}

fn unusual(name: &str) -> Option<String> {
    let name = name.trim().trim_end_matches(|c: char| c.is_ascii_hexdigit() || c == '-').trim_end_matches(['_', '-']);
    let low = name.to_ascii_lowercase();
    let common = COMMON.iter().any(|c| low.starts_with(c));
    let shape = low.len() >= 5 && low.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    (shape && !common).then_some(low)
}

/// How names of common software begin.
const COMMON: &[&str] = &[
    "_ga",
    "_gid",
    "_fbp",
    "__utm",
    "_gcl",
    "__cf",
    "_cf",
    "cf_",
    "phpsess",
    "jsession",
    "asp",
    "arraffinity",
    "awsalb",
    "awselb",
    "wordpress",
    "wp-",
    "wp_",
    "woocommerce",
    "laravel",
    "xsrf",
    "csrf",
    "session",
    "connect",
    "ci_",
    "__stripe",
    "_shopify",
    "cart",
    "secure_customer",
    "pll_",
    "lang",
    "locale",
    "cookie",
    "gdpr",
    "euconsent",
    "optanon",
    "onetrust",
    "_pk_",
    "_ym",
    "incap",
    "visid",
    "nlbi",
    "ak_bm",
    "bm_",
    "datadome",
    "_hj",
    "_clck",
    "_clsk",
    "usprivacy",
    "googtrans",
    "mtc_",
    "hubspot",
    "__hs",
    "drupal",
    "sess",
    "frontend",
    "joomla",
    "grav",
    "ghost-",
    "user",
    "token",
    "device",
    "visitor",
    "nextauth",
    "__next",
    "qtrans",
    "qca",
];
