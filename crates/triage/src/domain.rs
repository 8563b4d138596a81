//! Hosts and what is publicly known of them: who registers names under them, and what sort of service they are.
//!
//! The lists name services that anyone may use; being on one says nothing against anybody.
//! Source: the Public Suffix List (its private section names hosts whose users get names of their own); ours.

use psl::Type;

/// The part of a host that one organisation holds; the host itself where the list knows no more.
pub(crate) fn org(host: &str) -> &str {
    let host = host.trim_end_matches('.');
    if host.parse::<std::net::IpAddr>().is_ok() {
        return host;
    }
    psl::domain_str(host).unwrap_or(host)
}

/// True for two hosts of one organisation; never for nothing.
pub(crate) fn same_org(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && org(a).eq_ignore_ascii_case(org(b))
}

/// The word an organisation is known by: `one` of `www.one.co.example`.
pub(crate) fn label(host: &str) -> &str {
    org(host).split('.').next().unwrap_or_default()
}

/// The domain of an address.
pub(crate) fn of_address(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |a| a.1)
}

fn listed(list: &[&str], host: &str) -> bool {
    list.iter().any(|l| host == *l || host.strip_suffix(l).is_some_and(|rest| rest.ends_with('.')))
}

/// True where anybody can put up pages under this host.
pub(crate) fn user_hosted(host: &str) -> bool {
    psl::suffix(host.as_bytes()).is_some_and(|s| s.typ() == Some(Type::Private)) || listed(HOSTING, host)
}

/// True for providers that give mailboxes to anybody.
pub(crate) fn is_provider(domain: &str) -> bool {
    let name = domain.split('.').next().unwrap_or_default();
    listed(PROVIDERS, domain) || ["yahoo", "hotmail", "outlook", "live", "gmx", "yandex"].contains(&name)
}

/// True for services whose links lead somewhere that cannot be seen from the link.
pub(crate) fn is_shortener(host: &str) -> bool {
    listed(SHORTENERS, host)
}

/// True for services that send for others and count clicks for them.
pub(crate) fn is_sending_service(host: &str) -> bool {
    listed(SENDING, host)
}

/// Page builders, form builders, object stores, tunnels and gateways of the open web.
const HOSTING: &[&str] = &[
    "000webhostapp.com",
    "amazonaws.com",
    "appspot.com",
    "azureedge.net",
    "azurewebsites.net",
    "backblazeb2.com",
    "bitbucket.io",
    "blob.core.windows.net",
    "blogspot.com",
    "canva.com",
    "cloudfront.net",
    "cloudflare-ipfs.com",
    "codesandbox.io",
    "digitaloceanspaces.com",
    "docs.google.com",
    "drive.google.com",
    "dweb.link",
    "fbsbx.com",
    "firebaseapp.com",
    "firebasestorage.googleapis.com",
    "form.jotform.com",
    "forms.gle",
    "forms.office.com",
    "fleek.co",
    "geocities.com",
    "github.io",
    "gitbook.io",
    "glitch.me",
    "godaddysites.com",
    "googleusercontent.com",
    "herokuapp.com",
    "imgchest.com",
    "ipfs.io",
    "jimdosite.com",
    "linodeobjects.com",
    "myportfolio.com",
    "mystrikingly.com",
    "netlify.app",
    "ngrok.io",
    "ngrok-free.app",
    "notion.site",
    "oraclecloud.com",
    "pages.dev",
    "pinata.cloud",
    "r2.dev",
    "render.com",
    "replit.app",
    "repl.co",
    "sharepoint.com",
    "sites.google.com",
    "square.site",
    "squarespace.com",
    "storage.googleapis.com",
    "surge.sh",
    "translate.goog",
    "tripod.com",
    "typedream.app",
    "typeform.com",
    "vercel.app",
    "web.app",
    "web.core.windows.net",
    "webflow.io",
    "weebly.com",
    "weeblysite.com",
    "wixsite.com",
    "wordpress.com",
    "workers.dev",
    "wpengine.com",
    "zapto.org",
    "trycloudflare.com",
    "umso.co",
];

const PROVIDERS: &[&str] = &[
    "aol.com",
    "bol.com.br",
    "cock.li",
    "disroot.org",
    "fastmail.com",
    "fastmail.fm",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "googlemail.com",
    "hushmail.com",
    "icloud.com",
    "inbox.lv",
    "keemail.me",
    "laposte.net",
    "libero.it",
    "mac.com",
    "mail.com",
    "mail.ru",
    "mailbox.org",
    "mailfence.com",
    "me.com",
    "msn.com",
    "naver.com",
    "onet.pl",
    "orange.fr",
    "posteo.de",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "pm.me",
    "qq.com",
    "rediffmail.com",
    "riseup.net",
    "rocketmail.com",
    "seznam.cz",
    "t-online.de",
    "tuta.com",
    "tuta.io",
    "tutamail.com",
    "tutanota.com",
    "tutanota.de",
    "uol.com.br",
    "ukr.net",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "ymail.com",
    "zoho.com",
    "163.com",
    "126.com",
];

const SHORTENERS: &[&str] = &[
    "bit.ly",
    "bit.do",
    "buff.ly",
    "cutt.ly",
    "did.li",
    "encurtador.com.br",
    "goo.gl",
    "goo.su",
    "is.gd",
    "l.ead.me",
    "linktr.ee",
    "lnkd.in",
    "n9.cl",
    "ow.ly",
    "qrco.de",
    "qr-code.click",
    "rb.gy",
    "rebrand.ly",
    "s.id",
    "short.gy",
    "shorturl.at",
    "surl.li",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
    "tr.ee",
    "u.to",
    "urlz.fr",
    "v.gd",
    "we.tl",
    "shorturl.asia",
    "t.me",
    "me2.do",
    "urlto.me",
    "2no.co",
    "acesse.one",
    "acesse.dev",
    "kutt.it",
    "dub.sh",
];

const SENDING: &[&str] = &[
    "sendgrid.net",
    "list-manage.com",
    "mailchimp.com",
    "mandrillapp.com",
    "mcsv.net",
    "mailgun.org",
    "mailgun.net",
    "sparkpostmail.com",
    "amazonses.com",
    "awstrack.me",
    "exacttarget.com",
    "exct.net",
    "hubspotemail.net",
    "hubspotlinks.com",
    "hs-sites.com",
    "sendinblue.com",
    "sibforms.com",
    "brevo.com",
    "rdstation.com.br",
    "klaviyomail.com",
    "klclick.com",
    "mailjet.com",
    "mjt.lu",
    "constantcontact.com",
    "rs6.net",
    "createsend.com",
    "cmail19.com",
    "cmail20.com",
    "campaign-archive.com",
    "salesforce.com",
    "postmarkapp.com",
    "pstmrk.it",
    "customeriomail.com",
    "intercom-mail.com",
    "mailerlite.com",
    "substack.com",
    "beehiiv.com",
    "activehosted.com",
    "getresponse.com",
    "aweber.com",
    "emlnk.com",
    "convertkit-mail.com",
    "sailthru.com",
    "icontact.com",
    "cheetahmail.com",
    "mktdns.com",
    "marketo.com",
    "e2ma.net",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for (host, owner) in [
            ("www.one.example", "one.example"),
            ("a.b.co.uk", "b.co.uk"),
            ("192.0.2.1", "192.0.2.1"),
            ("x", "x"),
            ("", ""),
        ] {
            assert_eq!(org(host), owner);
        }
        assert!(
            same_org("mail.one.example", "one.example") && !same_org("", "") && !same_org("one.example", "two.example")
        );
        assert!(user_hosted("x.github.io") && user_hosted("sites.google.com") && !user_hosted("www.google.com"));
        assert!(is_provider("gmail.com") && is_provider("yahoo.co.uk") && !is_provider("one.example"));
        assert!(is_shortener("bit.ly") && !is_shortener("rabbit.ly"));
    }
}
