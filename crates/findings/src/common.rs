//! Names that everyone touches: mail providers, sending services and platforms.
//!
//! What passes through them says nothing about who made it. Prevalence inside a case finds most of them; this list is
//! for small cases, where a provider is seen twice and looks rare. Never complete, and never the only guard.
//! Source: ours, from the providers' own documentation of their sending hosts.

const PROVIDERS: &[&str] = &[
    "1and1.com",
    "amazonses.com",
    "aol.com",
    "apple.com",
    "bigpond.com",
    "constantcontact.com",
    "exacttarget.com",
    "fastmail.com",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "google.com",
    "googlemail.com",
    "hotmail.com",
    "hubspotemail.net",
    "icloud.com",
    "ionos.com",
    "kundenserver.de",
    "laposte.net",
    "live.com",
    "mail.com",
    "mail.ru",
    "mailchimp.com",
    "mailchimpapp.net",
    "mailgun.net",
    "mailgun.org",
    "mailjet.com",
    "mandrillapp.com",
    "mcdlv.net",
    "mcsv.net",
    "me.com",
    "messagelabs.com",
    "mimecast.com",
    "office365.com",
    "orange.fr",
    "outlook.com",
    "ovh.net",
    "postmarkapp.com",
    "pphosted.com",
    "proofpoint.com",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "rsgsv.net",
    "salesforce.com",
    "secureserver.net",
    "sendgrid.net",
    "sendinblue.com",
    "sparkpostmail.com",
    "strato.de",
    "t-online.de",
    "tutanota.com",
    "tutanota.de",
    "web.de",
    "yahoo.com",
    "yahoodns.net",
    "yandex.net",
    "yandex.ru",
    "zoho.com",
    "zoho.eu",
    "localhost",
    "localdomain",
    "local",
];

const PLATFORMS: &[&str] = &[
    "addtoany.com",
    "amazon.com",
    "apple.com",
    "archive.org",
    "bit.ly",
    "bitly.com",
    "blogspot.com",
    "bsky.app",
    "buff.ly",
    "change.org",
    "discord.com",
    "discord.gg",
    "dlvr.it",
    "facebook.com",
    "fb.com",
    "fb.me",
    "feedburner.com",
    "flickr.com",
    "github.com",
    "github.io",
    "goo.gl",
    "google.com",
    "ift.tt",
    "instagram.com",
    "linkedin.com",
    "linktr.ee",
    "medium.com",
    "microsoft.com",
    "ow.ly",
    "patreon.com",
    "paypal.com",
    "pinterest.com",
    "reddit.com",
    "rumble.com",
    "soundcloud.com",
    "spotify.com",
    "substack.com",
    "t.co",
    "t.me",
    "telegra.ph",
    "telegram.me",
    "telegram.org",
    "threads.net",
    "tiktok.com",
    "tinyurl.com",
    "trib.al",
    "tumblr.com",
    "twitch.tv",
    "twitter.com",
    "vimeo.com",
    "vk.com",
    "whatsapp.com",
    "wikimedia.org",
    "wikipedia.org",
    "wordpress.com",
    "wordpress.org",
    "wp.com",
    "w3.org",
    "x.com",
    "youtu.be",
    "youtube.com",
    "zoom.us",
];

/// True for a host name, or a name under it, of a mail provider or sending service.
pub(crate) fn is_provider(host: &str) -> bool {
    within(host, PROVIDERS)
}

/// True for a host, or a name under it, that everyone links to.
pub(crate) fn is_platform(host: &str) -> bool {
    within(host, PLATFORMS)
}

fn within(host: &str, list: &[&str]) -> bool {
    list.iter().any(|name| under(host, name))
}

/// True when `host` is `name` or ends in `.name`; letters of either case.
pub(crate) fn under(host: &str, name: &str) -> bool {
    let (h, n) = (host.as_bytes(), name.as_bytes());
    let Some(cut) = h.len().checked_sub(n.len()) else { return false };
    !n.is_empty() && h[cut..].eq_ignore_ascii_case(n) && (cut == 0 || h[cut - 1] == b'.')
}

/// Host and rest of a URL, with or without its scheme: `("one.example", "/x")`.
pub(crate) fn host_and_path(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()))
}

/// The part of a mail address after its last `@`.
pub(crate) fn mail_domain(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        assert!(is_provider("mail-wm1-f43.google.com") && is_provider("GMAIL.com"));
        assert!(!is_provider("notgoogle.com") && !is_provider("") && !under("x", ""));
        assert!(is_platform("www.youtube.com") && !is_platform("news.example"));
        assert_eq!(host_and_path("https://one.example/x?y"), ("one.example", "/x?y"));
        assert_eq!(host_and_path("one.example"), ("one.example", ""));
        assert_eq!(mail_domain("a@b@c.example"), "c.example");
        assert!(!under("é", "xy"));
    }
}
