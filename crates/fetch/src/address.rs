//! Addresses that may be asked, and media types that may answer.

use crate::Error;
use model::Quote;
use url::{Host, Url};

/// The media type of TAXII 2.1.
pub(crate) const MEDIA: &str = "application/taxii+json;version=2.1";

pub(crate) fn quote(url: &Url) -> Quote {
    Quote::from(url.as_str())
}

/// An address of the web with a path that ends as TAXII's do; where it has none, discovery is meant.
pub(crate) fn address(text: &str) -> Result<Url, Error> {
    let wrong = |why| Error::Address { address: Quote::from(text), why };
    let mut url = Url::parse(text).map_err(|_| wrong("it cannot be read"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("it does not begin with https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("names and passwords do not belong into it"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("what is asked for stands in options, not in it"));
    }
    let path = if url.path() == "/" { "/taxii2/".to_owned() } else { format!("{}/", url.path().trim_end_matches('/')) };
    url.set_path(&path);
    Ok(url)
}

/// Whether it is on this machine.
pub(crate) fn here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(a)) => a.is_loopback(),
        Some(Host::Ipv6(a)) => a.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The media type with this version, or without one.
pub(crate) fn taxii(media: &str) -> bool {
    let mut parts = media.split(';').map(|p| p.trim().to_ascii_lowercase());
    let version = |p: String| p.strip_prefix("version=").is_none_or(|v| v.trim_matches('"') == "2.1");
    parts.next().as_deref() == Some("application/taxii+json") && parts.all(version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Asked;
    use crate::get::Client;

    #[test]
    fn addresses() {
        for (given, meant) in [
            ("https://taxii.example", Some("https://taxii.example/taxii2/")),
            ("https://taxii.example/api1", Some("https://taxii.example/api1/")),
            ("https://taxii.example/api1/collections/x/", Some("https://taxii.example/api1/collections/x/")),
            ("taxii.example/taxii2/", None),
            ("ftp://taxii.example/", None),
            ("file:///etc/passwd", None),
            ("https://ann:word@taxii.example/", None),
            ("https://taxii.example/?limit=1", None),
        ] {
            assert_eq!(address(given).ok().map(String::from).as_deref(), meant, "{given}");
        }
    }

    #[test]
    fn in_the_open_only_on_this_machine() {
        for (given, fine) in [
            ("http://127.0.0.1:7747/taxii2/", true),
            ("http://[::1]/", true),
            ("http://localhost/", true),
            ("http://localhost.example/", false),
            ("http://192.0.2.1/", false),
            ("https://192.0.2.1/", true),
        ] {
            let asked = Asked { address: given.to_owned(), ..Asked::default() };
            assert_eq!(Client::new(&asked).is_ok(), fine, "{given}");
            assert!(Client::new(&Asked { plain: true, ..asked }).is_ok(), "{given}");
        }
    }

    #[test]
    fn media_types() {
        for (media, fine) in [
            ("application/taxii+json;version=2.1", true),
            ("Application/TAXII+json; version=\"2.1\"; charset=utf-8", true),
            ("application/taxii+json", true),
            ("application/taxii+json;version=2.0", false),
            ("application/vnd.oasis.taxii+json; version=2.0", false),
            ("application/json", false),
            ("text/html", false),
            ("", false),
        ] {
            assert_eq!(taxii(media), fine, "{media}");
        }
    }
}
