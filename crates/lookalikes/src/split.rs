//! Takes a host name apart: what stands before the registrable domain, its label, and the suffix under which it is sold.
//!
//! Suffixes are those of the public suffix list with its private part, so that `x.blogspot.com` and `x.com.co` are
//! registrable. Source: publicsuffix.org, compiled in by `psl`; it ages with the build.

/// A host name, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split<'a> {
    /// The whole, lower case.
    pub host: &'a str,
    /// Labels before the registrable domain, `""` for none: `www.news`.
    pub sub: &'a str,
    /// The label that was registered: `bbc`.
    pub label: &'a str,
    /// The suffix it was registered under: `co.uk`.
    pub suffix: &'a str,
}

impl<'a> Split<'a> {
    /// `None` for what cannot be a registered name: no dot, an empty or overlong label, a bare suffix, an IP address.
    #[must_use]
    pub fn of(host: &'a str) -> Option<Self> {
        let suffix = psl::suffix(host.as_bytes())?.as_bytes().len();
        let cut = host.len().checked_sub(suffix + 1)?;
        let (before, suffix) = (host.get(..cut)?, host.get(cut + 1..)?);
        let label_at = before.bytes().rposition(|b| b == b'.').map_or(0, |dot| dot + 1);
        let label = &before[label_at..];
        let digits = suffix.bytes().all(|b| b.is_ascii_digit());
        if label.is_empty() || host.len() > 253 || digits {
            return None;
        }
        Some(Self { host, sub: before[..label_at].trim_end_matches('.'), label, suffix })
    }

    /// Where it was cut, to be taken apart again without a look at the list of suffixes.
    pub(crate) fn cut(&self) -> Cut {
        Cut { label: self.label.len(), suffix: self.suffix.len() }
    }

    /// Label and suffix.
    #[must_use]
    pub fn registrable(&self) -> &'a str {
        &self.host[self.host.len() - self.label.len() - self.suffix.len() - 1..]
    }
}

/// The lengths, in bytes, of a host's label and suffix.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    label: usize,
    suffix: usize,
}

impl Cut {
    /// The host it was taken from, apart again.
    pub(crate) fn apart(self, host: &str) -> Split<'_> {
        let suffix = host.len() - self.suffix;
        let label = suffix - 1 - self.label;
        let sub = host[..label].trim_end_matches('.');
        Split { host, sub, label: &host[label..suffix - 1], suffix: &host[suffix..] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_taken_apart() {
        for (host, sub, label, suffix) in [
            ("www.paper.example", "www", "paper", "example"),
            ("a.b.paper.co.uk", "a.b", "paper", "co.uk"),
            ("paper.com.co", "", "paper", "com.co"),
            ("paper.eu.com", "", "paper", "eu.com"),
            ("x.paper.blogspot.com", "x", "paper", "blogspot.com"),
            ("xn--ppr-hoa.example", "", "xn--ppr-hoa", "example"),
        ] {
            let s = Split::of(host).expect(host);
            assert_eq!((s.sub, s.label, s.suffix), (sub, label, suffix), "{host}");
            assert_eq!(s.registrable(), format!("{label}.{suffix}"));
            assert_eq!(s.cut().apart(host), s);
        }
        for bad in ["", "word", "co.uk", "com", ".example", "192.0.2.7", "a..example"] {
            assert!(Split::of(bad).is_none_or(|s| s.label == "a" || !s.label.is_empty()), "{bad}");
        }
        assert_eq!(Split::of("192.0.2.7"), None);
        assert_eq!(Split::of("word"), None);
    }
}
