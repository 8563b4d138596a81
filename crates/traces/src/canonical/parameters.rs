//! Parameters of addresses that say how someone came to a page and not which page it is.
//!
//! Kept short of the guessable: `ref`, `source`, `cid` and `share` choose content on some sites and stay.

/// Parameters that say how someone came to a page, on one service only.
pub(super) fn of_host(host: &str) -> &'static [&'static str] {
    match host {
        "x.com" => &["s", "t", "lang"],
        "youtube.com" => &["si", "feature", "app", "ab_channel", "pp"],
        "facebook.com" => {
            &["__tn__", "__cft__[0]", "__xts__", "ref", "refsrc", "refid", "mibextid", "rdid", "share_url"]
        }
        "instagram.com" => &["hl", "img_index"],
        "tiktok.com" => &["_t", "_r", "lang", "is_from_webapp", "sender_device", "is_copy_url"],
        "reddit.com" => &["share_id", "rdt", "context"],
        "open.spotify.com" => &["si"],
        "linkedin.com" => &["trk", "rcm", "trackingId"],
        _ => &[],
    }
}

/// Beginnings of parameter names that say how someone came to a page.
const PREFIXES: [&[u8]; 15] = [
    b"utm_",
    b"at_",
    b"wt_",
    b"wt.",
    b"pk_",
    b"mtm_",
    b"matomo_",
    b"piwik_",
    b"hsa_",
    b"vero_",
    b"oly_",
    b"itm_",
    b"stm_",
    b"guce_ref",
    b"fb_",
];

/// Whole names of such parameters, in lower case and byte order.
pub(super) const NAMES: [&[u8]; 56] = [
    b"__s",
    b"__twitter_impression",
    b"_ga",
    b"_gl",
    b"_hsenc",
    b"_hsmi",
    b"_ke",
    b"_openstat",
    b"amp",
    b"amp_gsa",
    b"amp_js_v",
    b"cmpid",
    b"cndid",
    b"dclid",
    b"dicbo",
    b"epik",
    b"fbclid",
    b"gbraid",
    b"gclid",
    b"gclsrc",
    b"guccounter",
    b"hsctatracking",
    b"icid",
    b"igsh",
    b"igshid",
    b"li_fat_id",
    b"mc_cid",
    b"mc_eid",
    b"mibextid",
    b"mkt_tok",
    b"ml_subscriber",
    b"ml_subscriber_hash",
    b"msclkid",
    b"ncid",
    b"ns_campaign",
    b"ns_mchannel",
    b"ocid",
    b"outputtype",
    b"rb_clickid",
    b"ref_src",
    b"ref_url",
    b"s_kwcid",
    b"scm",
    b"smid",
    b"smtyp",
    b"soc_src",
    b"soc_trk",
    b"spm",
    b"sr_share",
    b"srsltid",
    b"ttclid",
    b"twclid",
    b"wbraid",
    b"xtor",
    b"yclid",
    b"ysclid",
];

/// True for a parameter that says only how someone came to a page.
pub(super) fn tracking(name: &str) -> bool {
    let mut lower = [0_u8; 24];
    let len = name.len().min(lower.len());
    lower[..len].copy_from_slice(&name.as_bytes()[..len]);
    lower.make_ascii_lowercase();
    let lower = &lower[..len];
    PREFIXES.iter().any(|p| lower.starts_with(p)) || (name.len() == len && NAMES.binary_search(&lower).is_ok())
}
