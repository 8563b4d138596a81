//! Names that are often borrowed, and the domains their owners write from.
//!
//! A name counts as borrowed only where the sender's domain is none of the owner's. The list is what impersonation reports
//! of the last years name most; whom a case must protect comes from its settings. Source: public knowledge; ours.

use crate::domain;
use aho_corasick::AhoCorasick;
use std::collections::HashSet;
use std::sync::LazyLock;

/// A name as it is written, the labels of domains that are its owner's.
type Brand = (&'static str, &'static [&'static str]);

/// All names in one pass. Without it (which the room's tests exclude) no brand is seen.
static NAMES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(BRANDS.iter().map(|b| b.0)).ok());

/// All labels of all owners: every link of every mail is asked for here.
static OWNED: LazyLock<HashSet<&str>> = LazyLock::new(|| BRANDS.iter().flat_map(|b| b.1).copied().collect());

/// A brand's name in folded words, with what stands before and after it.
struct Named<'t> {
    brand: usize,
    before: &'t str,
    words: &'t str,
    after: &'t str,
}

/// Every place where a brand's name stands, in order of the list, then of place.
fn places(folded: &str) -> Vec<Named<'_>> {
    let Some(names) = &*NAMES else { return Vec::new() };
    let place = |m: aho_corasick::Match| Named {
        brand: m.pattern().as_usize(),
        before: &folded[..m.start()],
        words: &folded[m.range()],
        after: &folded[m.end()..],
    };
    let mut out: Vec<Named<'_>> = names.find_overlapping_iter(folded).map(place).collect();
    out.sort_by_key(|n| (n.brand, n.before.len()));
    out
}

/// The first brand of the list that is named in folded words, as whole words.
pub(crate) fn named(folded: &str) -> Option<&'static Brand> {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let whole = |n: &Named<'_>| edge(n.before.chars().next_back()) && edge(n.after.chars().next());
    places(folded).into_iter().find(whole).map(|n| &BRANDS[n.brand])
}

/// True where a domain is of the brand's owner: its label is one of the owner's, alone or as a piece before or after a hyphen.
pub(crate) fn owns(brand: &Brand, host: &str) -> bool {
    brand.1.contains(&domain::label(host)) || brand.1.iter().any(|l| domain::org(host) == *l)
}

/// The brand that signs these folded words: `the one team`, `one support`, `© 2024 one`.
pub(crate) fn signed(folded: &str) -> Option<(&'static Brand, &str)> {
    const AFTER: &[&str] = &[
        " team",
        " support",
        " customer",
        " security",
        " service",
        " account",
        " inc",
        " gmbh",
        " ltd",
        " all rights",
        " kundenservice",
    ];
    let signs = |n: &Named<'_>| {
        let (before, after) = (n.before, n.after);
        let edge = !before.chars().next_back().is_some_and(char::is_alphanumeric);
        let team = before.ends_with("the ") && AFTER[..2].iter().any(|a| after.starts_with(a));
        let closing = ["team ", "regards, ", "equipe ", "équipe "].iter().any(|c| before.ends_with(c));
        let rights = copyright(before) && !after.starts_with(char::is_alphanumeric);
        let yours = before.ends_with("your ") || before.is_empty();
        let office = yours && AFTER[1..].iter().any(|a| after.starts_with(a));
        edge && (team || closing || rights || office)
    };
    places(folded).into_iter().find(signs).map(|n| (&BRANDS[n.brand], n.words))
}

/// Ends in `©`, `copyright` or a year after one of them.
fn copyright(before: &str) -> bool {
    let rest = before.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == ',').trim_end();
    rest.ends_with('©') || rest.ends_with("copyright") || rest.ends_with("(c)")
}

/// True where a host is of any brand's owner.
pub(crate) fn known(host: &str) -> bool {
    OWNED.contains(domain::label(host)) || OWNED.contains(domain::org(host))
}

const BRANDS: &[Brand] = &[
    ("paypal", &["paypal", "paypalobjects", "paypal-community"]),
    ("amazon", &["amazon", "amazonses", "amazonaws", "a2z", "primevideo", "audible"]),
    ("netflix", &["netflix"]),
    ("microsoft", MICROSOFT),
    ("office 365", MICROSOFT),
    ("office365", MICROSOFT),
    ("outlook", MICROSOFT),
    ("onedrive", MICROSOFT),
    ("sharepoint", MICROSOFT),
    ("hotmail", MICROSOFT),
    ("apple", &["apple", "icloud", "me", "itunes"]),
    ("icloud", &["apple", "icloud", "me"]),
    ("google", &["google", "gmail", "googlemail", "youtube", "android"]),
    ("facebook", &["facebook", "facebookmail", "meta", "fb", "instagram", "whatsapp"]),
    ("instagram", &["instagram", "facebook", "facebookmail", "meta"]),
    ("whatsapp", &["whatsapp", "facebook", "facebookmail", "meta"]),
    ("linkedin", &["linkedin", "microsoft"]),
    ("docusign", &["docusign"]),
    ("dropbox", &["dropbox", "dropboxmail", "hellosign"]),
    ("adobe", &["adobe", "adobesign", "echosign"]),
    ("wetransfer", &["wetransfer"]),
    ("zoom", &["zoom"]),
    ("spotify", &["spotify"]),
    ("disney+", &["disney", "disneyplus"]),
    ("disney plus", &["disney", "disneyplus"]),
    ("mcafee", &["mcafee"]),
    ("norton", &["norton", "nortonlifelock", "gendigital", "symantec"]),
    ("geek squad", &["bestbuy", "geeksquad"]),
    ("kaspersky", &["kaspersky"]),
    ("avast", &["avast"]),
    ("totalav", &["totalav"]),
    ("metamask", &["metamask", "consensys"]),
    ("coinbase", &["coinbase"]),
    ("binance", &["binance"]),
    ("trust wallet", &["trustwallet"]),
    ("trustwallet", &["trustwallet"]),
    ("ledger", &["ledger"]),
    ("trezor", &["trezor", "satoshilabs"]),
    ("blockchain.com", &["blockchain"]),
    ("kraken", &["kraken"]),
    ("crypto.com", &["crypto"]),
    ("opensea", &["opensea"]),
    ("phantom wallet", &["phantom"]),
    ("dhl", &["dhl", "dpdhl", "deutschepost"]),
    ("fedex", &["fedex"]),
    ("ups", &["ups"]),
    ("usps", &["usps"]),
    ("royal mail", &["royalmail"]),
    ("correios", &["correios"]),
    ("la poste", &["laposte"]),
    ("chronopost", &["chronopost"]),
    ("postnl", &["postnl"]),
    ("bpost", &["bpost"]),
    ("deutsche post", &["deutschepost", "dhl"]),
    ("gls", &["gls-group", "gls", "gls-germany"]),
    ("hermes", &["hermes", "myhermes", "evri"]),
    ("evri", &["evri"]),
    ("sparkasse", &["sparkasse", "s-finanzgruppe", "dsgv"]),
    ("volksbank", &["volksbank", "vr", "dzbank", "volksbank-raiffeisenbank"]),
    ("deutsche bank", &["deutsche-bank", "db"]),
    ("commerzbank", &["commerzbank"]),
    ("postbank", &["postbank"]),
    ("ing-diba", &["ing", "ing-diba"]),
    ("comdirect", &["comdirect"]),
    ("n26", &["n26"]),
    ("revolut", &["revolut"]),
    ("klarna", &["klarna"]),
    ("hsbc", &["hsbc"]),
    ("barclays", &["barclays", "barclaycard"]),
    ("lloyds", &["lloydsbank", "lloydsbanking", "lloydsbankinggroup"]),
    ("natwest", &["natwest", "rbs"]),
    ("santander", &["santander"]),
    ("bank of america", &["bankofamerica", "bofa", "ml"]),
    ("wells fargo", &["wellsfargo"]),
    ("chase", &["chase", "jpmorgan", "jpmchase"]),
    ("citibank", &["citi", "citibank"]),
    ("capital one", &["capitalone"]),
    ("american express", &["americanexpress", "aexp", "amex"]),
    ("mastercard", &["mastercard"]),
    ("visa", &["visa"]),
    ("bradesco", &["bradesco"]),
    ("itau", &["itau", "itau-unibanco"]),
    ("itaú", &["itau", "itau-unibanco"]),
    ("caixa economica", &["caixa"]),
    ("banco do brasil", &["bb"]),
    ("nubank", &["nubank", "nu"]),
    ("livelo", &["livelo"]),
    ("serasa", &["serasa", "serasaexperian", "experian"]),
    ("mercado livre", &["mercadolivre", "mercadolibre", "mercadopago"]),
    ("mercado pago", &["mercadopago", "mercadolibre"]),
    ("credit agricole", &["credit-agricole", "ca"]),
    ("crédit agricole", &["credit-agricole", "ca"]),
    ("bnp paribas", &["bnpparibas", "bnp"]),
    ("societe generale", &["societegenerale", "socgen"]),
    ("banque postale", &["labanquepostale"]),
    ("bbva", &["bbva"]),
    ("caixabank", &["caixabank", "lacaixa"]),
    ("intesa sanpaolo", &["intesasanpaolo"]),
    ("poste italiane", &["poste", "posteitaliane"]),
    ("unicredit", &["unicredit"]),
    ("rabobank", &["rabobank"]),
    ("abn amro", &["abnamro"]),
    ("bol.com", &["bol"]),
    ("albert heijn", &["ah", "albertheijn"]),
    ("kruidvat", &["kruidvat"]),
    ("jumbo", &["jumbo"]),
    ("lidl", &["lidl", "lidl-plus"]),
    ("aldi", &["aldi"]),
    ("walmart", &["walmart"]),
    ("costco", &["costco"]),
    ("home depot", &["homedepot"]),
    ("lowe's", &["lowes"]),
    ("target gift", &["target"]),
    ("cvs", &["cvs"]),
    ("walgreens", &["walgreens"]),
    ("starbucks", &["starbucks"]),
    ("state farm", &["statefarm"]),
    ("blue cross", &["bcbs", "bluecross"]),
    ("ikea", &["ikea"]),
    ("mediamarkt", &["mediamarkt"]),
    ("carrefour", &["carrefour"]),
    ("decathlon", &["decathlon"]),
    ("samsung", &["samsung"]),
    ("makita", &["makita"]),
    ("dewalt", &["dewalt"]),
    ("yeti cooler", &["yeti"]),
    ("harbor freight", &["harborfreight"]),
    ("t-mobile", &["t-mobile", "telekom"]),
    ("telekom", &["telekom", "t-online", "t-mobile"]),
    ("vodafone", &["vodafone"]),
    ("verizon", &["verizon"]),
    ("at&t", &["att"]),
    ("xfinity", &["xfinity", "comcast"]),
    ("1&1", &["1und1", "ionos"]),
    ("ionos", &["ionos", "1und1"]),
    ("strato", &["strato"]),
    ("ovh", &["ovh", "ovhcloud"]),
    ("godaddy", &["godaddy", "secureserver"]),
    ("cpanel", &["cpanel"]),
    ("zimbra", &["zimbra", "synacor"]),
    ("roundcube", &["roundcube"]),
    ("swisscom", &["swisscom", "bluewin"]),
    ("swisspass", &["swisspass", "sbb"]),
    ("steam", &["steampowered", "steamcommunity", "valvesoftware"]),
    ("roblox", &["roblox"]),
    ("ebay", &["ebay"]),
    ("aliexpress", &["aliexpress", "alibaba"]),
    ("temu", &["temu", "temuemail"]),
    ("shein", &["shein", "sheinemail"]),
    ("shopee", &["shopee"]),
    ("booking.com", &["booking"]),
    ("airbnb", &["airbnb"]),
    ("irs", &["irs"]),
    ("hmrc", &["hmrc"]),
    ("receita federal", &["receita", "gov"]),
    ("finanzamt", &["elster", "bzst"]),
    ("ameli", &["ameli", "assurance-maladie"]),
    ("antai", &["antai"]),
];

const MICROSOFT: &[&str] = &[
    "microsoft",
    "office",
    "office365",
    "outlook",
    "live",
    "hotmail",
    "microsoftonline",
    "azure",
    "sharepointonline",
    "onmicrosoft",
    "skype",
    "sharepoint",
    "linkedin",
    "windows",
    "msn",
    "xbox",
    "microsoftstore",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_and_owners() {
        assert!(NAMES.is_some(), "names are searched for");
        assert!(named("your paypal account").is_some() && named("paypalish").is_none() && named("at&t").is_some());
        let paypal = named("paypal service").expect("a brand");
        assert!(
            owns(paypal, "service.paypal.com") && owns(paypal, "paypal.de") && !owns(paypal, "paypal-help.example")
        );
        assert!(named("the upstairs neighbour").is_none());
        for host in ["service.paypal.com", "paypal.de", "paypal-help.example", "one.example", "gov", "amazon.co.uk"] {
            assert_eq!(known(host), BRANDS.iter().any(|b| owns(b, host)), "{host}");
        }
    }
}
