//! Filters and pages of a request: OASIS TAXII 2.1, sections 3.4 and 3.5.

use super::PAGE;

/// What is asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub added_after: Option<String>,
    /// Most objects of the answer.
    pub limit: usize,
    /// How many to pass over: what `next` said.
    pub skip: usize,
    pub ids: Vec<String>,
    pub types: Vec<String>,
    /// `first`, `last`, `all` or moments; the last one where nothing is said.
    pub versions: Vec<String>,
    pub spec_versions: Vec<String>,
}

impl Query {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut out = Self { limit: PAGE, ..Self::default() };
        for pair in text.split('&').filter(|p| !p.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (key, value) = (decoded(key), decoded(value));
            let list = || value.split(',').map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect();
            match key.as_str() {
                "limit" => {
                    let limit: usize = value.parse().map_err(|_| "limit is a whole number from 1".to_owned())?;
                    if limit == 0 {
                        return Err("limit is a whole number from 1".to_owned());
                    }
                    out.limit = limit.min(PAGE);
                }
                "next" => out.skip = value.parse().map_err(|_| "next is not one that was given out".to_owned())?,
                "added_after" => out.added_after = Some(moment(&value).ok_or("added_after is a moment in UTC")?),
                "match[id]" => out.ids = list(),
                "match[type]" => out.types = list(),
                "match[version]" => out.versions = list(),
                "match[spec_version]" => out.spec_versions = list(),
                // Filters that the server does not know must be ignored.
                _ => {}
            }
        }
        Ok(out)
    }
}

/// `2026-10-01T08:00:00Z` in a form that sorts: with six digits of a second.
pub(super) fn moment(text: &str) -> Option<String> {
    let text = text.strip_suffix('Z')?;
    let (day, time) = text.split_once('T')?;
    let (whole, fraction) = time.split_once('.').unwrap_or((time, ""));
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let day_fine =
        matches!(day.split('-').collect::<Vec<_>>()[..], [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2));
    let time_fine =
        matches!(whole.split(':').collect::<Vec<_>>()[..], [h, m, s] if [h, m, s].iter().all(|p| digits(p, 2)));
    let fraction_fine = fraction.bytes().all(|b| b.is_ascii_digit());
    let fraction: String = fraction.chars().chain("000000".chars()).take(6).collect();
    (day_fine && time_fine && fraction_fine).then(|| format!("{day}T{whole}.{fraction}Z"))
}

/// Percent escapes and `+` of a URL; what is no UTF-8 is replaced.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match (bytes[at], hex.and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (_, Some(byte)) => {
                out.push(byte);
                at += 2;
            }
            (b'+', None) => out.push(b' '),
            (byte, None) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked() {
        let q = Query::read("match%5Btype%5D=indicator,campaign&limit=5&next=10&x=y").expect("a query");
        assert_eq!((q.types, q.limit, q.skip), (vec!["indicator".to_owned(), "campaign".to_owned()], 5, 10));
        for bad in ["limit=0", "limit=x", "next=x", "added_after=yesterday", "added_after=2026-10-01"] {
            assert!(Query::read(bad).is_err(), "{bad}");
        }
        assert_eq!(Query::read("limit=999999").expect("a query").limit, PAGE);
        assert_eq!(moment("2026-10-01T08:00:00Z").as_deref(), Some("2026-10-01T08:00:00.000000Z"));
        assert_eq!(decoded("a%4"), "a%4");
        assert_eq!(decoded("%é"), "%é");
    }
}
