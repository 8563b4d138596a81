//! Dates in mail headers and in the metadata of pages: narrow readers, each for one written form.
//!
//! Wrong: an ISO time without an offset is taken as UTC.
//! Source: RFC 5322 section 3.3 (through mail-parser); ISO 8601 as profiled by RFC 3339.

use mail_parser::parsers::MessageStream;
use model::When;

/// Years before and after which a date is taken for absurd.
const YEARS: std::ops::RangeInclusive<i64> = 1980..=2100;

/// `Thu, 3 Nov 2016 14:05:09 +0100` and its obsolete forms.
pub(crate) fn rfc5322(text: &[u8]) -> Option<When> {
    let d = MessageStream::new(text).parse_date().into_datetime()?;
    let year = match i64::from(d.year) {
        y @ 0..=49 => y + 2000,
        y @ 50..=99 => y + 1900,
        y => y,
    };
    let offset = (i64::from(d.tz_hour) * 60 + i64::from(d.tz_minute)) * if d.tz_before_gmt { -1 } else { 1 };
    at((year, d.month.into(), d.day.into()), (d.hour.into(), d.minute.into(), d.second.into()), offset)
}

/// `Thu Nov 03 2016 13:05:09 GMT+0100 (…)`, as browsers write a moment out.
pub(crate) fn written(text: &str) -> Option<When> {
    let mut words = text.split_whitespace().skip(1);
    let (month, day, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let zone = words.next()?.strip_prefix("GMT")?;
    rfc5322(format!("{day} {month} {year} {time} {}", if zone.is_empty() { "+0000" } else { zone }).as_bytes())
}

/// `2016-11-03`, or with `T` or a space `14:05`, `14:05:09`, `14:05:09.25` and `Z`, `+01:00` or `+0100`.
pub(crate) fn iso(text: &str) -> Option<When> {
    let b = text.trim().as_bytes();
    if b.len() < 10 || b[4] != b'-' || b[7] != b'-' {
        return None;
    }
    let date = (i64::from(number(&b[..4])?), number(&b[5..7])?, number(&b[8..10])?);
    let rest = &b[10..];
    if rest.len() < 6 || !matches!(rest[0], b'T' | b't' | b' ') || rest[3] != b':' {
        return at(date, (0, 0, 0), 0);
    }
    let (hour, minute) = (number(&rest[1..3])?, number(&rest[4..6])?);
    let seconds = rest.get(6).filter(|c| **c == b':').and_then(|_| number(rest.get(7..9)?));
    let mut zone = &rest[if seconds.is_some() { 9 } else { 6 }..];
    if zone.first().is_some_and(|c| matches!(c, b'.' | b',')) {
        zone = &zone[1 + zone[1..].iter().take_while(|c| c.is_ascii_digit()).count()..];
    }
    at(date, (hour, minute, seconds.unwrap_or(0)), offset(zone).unwrap_or(0))
}

/// Minutes east of Greenwich.
fn offset(zone: &[u8]) -> Option<i64> {
    let sign = match zone.trim_ascii_start().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: Vec<u8> = zone.iter().copied().filter(u8::is_ascii_digit).take(4).collect();
    let hours = i64::from(number(digits.get(..2)?)?);
    Some(sign * (hours * 60 + i64::from(number(digits.get(2..4).unwrap_or(b"0"))?)))
}

fn number(digits: &[u8]) -> Option<u32> {
    std::str::from_utf8(digits).ok()?.parse().ok().filter(|_| digits.iter().all(u8::is_ascii_digit))
}

fn at(date: (i64, u32, u32), time: (u32, u32, u32), offset: i64) -> Option<When> {
    let local = When::from_civil(date.0, date.1, date.2, time.0, time.1, time.2).filter(|_| YEARS.contains(&date.0))?;
    When::from_unix(local.unix() - offset * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms() {
        for (text, iso_8601) in [
            ("2016-11-03", Some("2016-11-03T00:00:00Z")),
            ("2016-11-03T14:05", Some("2016-11-03T14:05:00Z")),
            (" 2016-11-03 14:05:09", Some("2016-11-03T14:05:09Z")),
            ("2016-11-03T14:05:09.250+01:00", Some("2016-11-03T13:05:09Z")),
            ("2016-11-03T14:05:09-0530", Some("2016-11-03T19:35:09Z")),
            ("2016-11-03T14:05:09Z", Some("2016-11-03T14:05:09Z")),
            ("2016-13-03", None),
            ("0001-01-01T00:00:00Z", None),
            ("2016-11-0é", None),
            ("November", None),
            ("", None),
        ] {
            assert_eq!(iso(text).map(When::iso).as_deref(), iso_8601, "{text}");
        }
        for (text, iso_8601) in [
            ("Thu, 3 Nov 2016 14:05:09 +0100", Some("2016-11-03T13:05:09Z")),
            ("3 Nov 2016 14:05:09 GMT", Some("2016-11-03T14:05:09Z")),
            ("Thu, 22 Aug 2002 18:26:25 -0700 (PDT)", Some("2002-08-23T01:26:25Z")),
            ("nonsense", None),
            ("", None),
        ] {
            assert_eq!(rfc5322(text.as_bytes()).map(When::iso).as_deref(), iso_8601, "{text}");
        }
        for (text, iso_8601) in [
            ("Thu Nov 03 2016 13:05:09 GMT+0100 (Central European Time)", Some("2016-11-03T12:05:09Z")),
            ("Thu Nov 03 2016 13:05:09 GMT", Some("2016-11-03T13:05:09Z")),
            ("Thu Nov 03", None),
            ("", None),
        ] {
            assert_eq!(written(text).map(When::iso).as_deref(), iso_8601, "{text}");
        }
    }
}
