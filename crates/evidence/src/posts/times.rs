//! Moments as exports write them, to microseconds since 1970 in UTC.
//!
//! Unix numbers are told apart by size, which is safe between 1990 and 2100. `1/2/2017` cannot be told by itself: the
//! order of day and month is decided once per file, from its first rows. Sources: RFC 3339, RFC 5322 (with the
//! obsolete zones), X API v1.1 `created_at`, the FiveThirtyEight and CrowdTangle exports.

use model::When;

/// Earliest moment believed, 1990-01-01, in Unix seconds.
const FIRST: i64 = 631_152_000;
/// First moment no longer believed, 2100-01-01, in Unix seconds.
const LAST: i64 = 4_102_444_800;

/// Which of two numbers in `1/2/2017` is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    MonthFirst,
    DayFirst,
}

/// A moment, and how it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub when: When,
    /// False where no zone was written (a Unix number has one by definition).
    pub zoned: bool,
    /// The first two numbers of a date with slashes, whose order had to be guessed.
    pub slashed: Option<(u32, u32)>,
}

/// A moment between 1990 and 2100; `None` for anything else.
pub(crate) fn parse(text: &str, order: Order) -> Option<Written> {
    if let Some(when) = seconds(text.as_bytes()) {
        return Some(Written { when, zoned: true, slashed: None });
    }
    let text = text.trim();
    let b = text.as_bytes();
    let first = *b.first()?;
    let written = if first.is_ascii_digit() {
        match b.iter().position(|c| !c.is_ascii_digit()).map(|at| (at, b[at])) {
            None => number(text),
            Some((4, b'-' | b'/')) => iso(text),
            Some((1 | 2, b'/' | b'.' | b'-')) => slashed(text, order).or_else(|| worded(text)).or_else(|| number(text)),
            Some((_, b'.' | b'e' | b'E')) => number(text),
            Some(_) => worded(text),
        }
    } else {
        worded(text)
    }?;
    believed(written.when).then_some(written)
}

/// The commonest form, cheaply: ten digits, which are always seconds between 2001 and 2286.
fn seconds(b: &[u8]) -> Option<When> {
    let digits: &[u8; 10] = b.try_into().ok()?;
    let n = digits.iter().try_fold(0, |n, d| d.is_ascii_digit().then(|| n * 10 + i64::from(d - b'0')))?;
    When::from_unix(n).filter(|when| believed(*when))
}

pub(crate) fn believed(when: When) -> bool {
    (FIRST * When::SECOND..LAST * When::SECOND).contains(&when.0)
}

/// Unix seconds, milliseconds, microseconds or nanoseconds; `20170131` and `20170131195800`.
fn number(text: &str) -> Option<Written> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || whole.len() > 19 || text.contains(['e', 'E']) {
        return scientific(text);
    }
    let n: i64 = whole.parse().ok()?;
    let when = match whole.len() {
        8 => compact(whole, "000000")?,
        14 if n < FIRST * 1_000_000 => compact(&whole[..8], &whole[8..])?,
        _ => When(scaled(n)?.checked_add(if n < LAST { micros(fraction)? } else { 0 })?),
    };
    Some(Written { when, zoned: whole.len() != 8 && whole.len() != 14, slashed: None })
}

/// Microseconds from a Unix number of any usual unit.
fn scaled(n: i64) -> Option<i64> {
    [(1, 1_000_000), (1_000, 1_000), (1_000_000, 1)]
        .into_iter()
        .find(|(unit, _)| (FIRST * unit..LAST * unit).contains(&n))
        .map(|(_, factor)| n * factor)
        .or_else(|| (n >= FIRST * 1_000_000_000).then_some(n / 1000))
}

fn scientific(text: &str) -> Option<Written> {
    let n: f64 = text.parse().ok()?;
    let n = if (0.0..9e18).contains(&n) { n } else { return None };
    let micros = if n < LAST as f64 { (n * 1e6) as i64 } else { scaled(n as i64)? };
    Some(Written { when: When(micros), zoned: true, slashed: None })
}

fn compact(date: &str, time: &str) -> Option<When> {
    let two = |s: &str, at: usize| s.get(at..at + 2)?.parse::<u32>().ok();
    let year = date.get(..4)?.parse().ok()?;
    When::from_civil(year, two(date, 4)?, two(date, 6)?, two(time, 0)?, two(time, 2)?, two(time, 4)?)
}

/// Digits after the point as microseconds; further digits are dropped.
fn micros(digits: &str) -> Option<i64> {
    let mut sum = 0;
    let mut unit = 100_000;
    for b in digits.bytes() {
        if !b.is_ascii_digit() {
            return None;
        }
        sum += i64::from(b - b'0') * unit;
        unit /= 10;
    }
    Some(sum)
}

fn two(b: &[u8], at: usize) -> Option<u32> {
    match (b.get(at)?, b.get(at + 1)?) {
        (a @ b'0'..=b'9', c @ b'0'..=b'9') => Some(u32::from(a - b'0') * 10 + u32::from(c - b'0')),
        _ => None,
    }
}

/// `2016-08-30`, then perhaps `T` or a space, a time of day and a zone.
fn iso(text: &str) -> Option<Written> {
    let b = text.as_bytes();
    let year = two(b, 0)? * 100 + two(b, 2)?;
    let (month, day) = (two(b, 5)?, two(b, 8)?);
    if b[7] != b[4] {
        return None;
    }
    let rest = match b.get(10) {
        None => "",
        Some(b'T' | b't' | b' ' | b'_') => text.get(11..)?,
        Some(_) => return None,
    };
    finish((i64::from(year), month, day), rest, None)
}

/// `10/1/2017 19:58`, `1.10.2017`, `10/1/17 7:58 PM`. Dots always mean day first.
fn slashed(text: &str, order: Order) -> Option<Written> {
    let (date, rest) = text.split_once([' ', 'T', ',']).unwrap_or((text, ""));
    let sign = date.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = date.split(sign);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || a.len() > 2 || b.len() > 2 {
        return None;
    }
    let (a, b): (u32, u32) = (a.parse().ok()?, b.parse().ok()?);
    let year = full_year(year)?;
    let (month, day) = if sign == '.' || order == Order::DayFirst { (b, a) } else { (a, b) };
    finish((year, month, day), rest.trim_start(), (sign == '/').then_some((a, b)))
}

fn full_year(digits: &str) -> Option<i64> {
    let year: i64 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year),
        2 => Some(if year >= 70 { 1900 + year } else { 2000 + year }),
        _ => None,
    }
}

fn finish(date: (i64, u32, u32), rest: &str, slashed: Option<(u32, u32)>) -> Option<Written> {
    let (clock, zone) = clock(rest)?;
    let day = When::from_civil(date.0, date.1, date.2, 0, 0, 0)?;
    let when = When(day.0.checked_add(clock)?.checked_sub(zone.unwrap_or(0))?);
    Some(Written { when, zoned: zone.is_some(), slashed })
}

/// `19:58`, `19:58:03.25`, `7:58 PM`, then perhaps a zone: microseconds since midnight, microseconds east of UTC.
fn clock(text: &str) -> Option<(i64, Option<i64>)> {
    if text.is_empty() {
        return Some((0, None));
    }
    let (hours, rest) = digits(text, 2)?;
    let (minutes, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (seconds, rest) = match rest.strip_prefix(':') {
        Some(rest) => digits(rest, 2)?,
        None => (0, rest),
    };
    let (fraction, rest) = match rest.strip_prefix(['.', ',']) {
        Some(rest) => rest.split_at(rest.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len())),
        None => ("", rest),
    };
    let (hours, rest) = half_day(hours, rest.trim_start())?;
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    let micros = (hours * 3600 + minutes * 60 + seconds) * When::SECOND + micros(fraction)?;
    Some((micros, if rest.is_empty() { None } else { Some(zone(rest)?) }))
}

fn half_day(hours: i64, rest: &str) -> Option<(i64, &str)> {
    let after = rest.get(2..).unwrap_or("").trim_start();
    match rest.get(..2) {
        Some(m) if m.eq_ignore_ascii_case("am") => (1..=12).contains(&hours).then_some((hours % 12, after)),
        Some(m) if m.eq_ignore_ascii_case("pm") => (1..=12).contains(&hours).then_some((hours % 12 + 12, after)),
        _ => Some((hours, rest)),
    }
}

fn digits(text: &str, most: usize) -> Option<(i64, &str)> {
    let end = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Microseconds east of UTC. Names are those of RFC 5322 and a few that mean one thing only.
fn zone(text: &str) -> Option<i64> {
    const HOUR: i64 = 3600 * When::SECOND;
    let named = |name: &str| {
        Some(match name {
            "Z" | "UTC" | "GMT" | "UT" => 0,
            "EST" | "CDT" => -5,
            "EDT" => -4,
            "CST" | "MDT" => -6,
            "MST" | "PDT" => -7,
            "PST" => -8,
            "CET" => 1,
            "CEST" | "EET" => 2,
            "EEST" | "MSK" => 3,
            _ => return None,
        })
    };
    let text = text.split_once(" (").map_or(text, |(zone, _)| zone).trim();
    let short = if text.len() <= 4 { text.to_ascii_uppercase() } else { String::new() };
    if let Some(hours) = named(&short) {
        return Some(hours * HOUR);
    }
    let text = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text);
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = digits(&text[1..], 2)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let (minutes, rest) = if rest.is_empty() { (0, rest) } else { digits(rest, 2)? };
    (rest.is_empty() && hours <= 18 && minutes <= 59).then_some(sign * (hours * HOUR + minutes * 60 * When::SECOND))
}

/// Dates with the month as a word: `Wed Oct 10 20:20:19 +0000 2018`, `Wed, 10 Oct 2018 20:20:19 +0000`,
/// `October 10, 2018 at 08:20PM`.
fn worded(text: &str) -> Option<Written> {
    // No day and no year without a digit: most of what is asked here is prose.
    if text.len() > 64 || !text.is_ascii() || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (mut month, mut day, mut year, mut rest) = (None, None, None, String::new());
    for word in text.split([' ', ',']).filter(|w| !w.is_empty()) {
        match (named_month(word), word.len(), word.bytes().all(|b| b.is_ascii_digit())) {
            (Some(m), ..) if month.is_none() => month = Some(m),
            (None, 1 | 2, true) if day.is_none() => day = word.parse().ok(),
            (None, 4, true) if year.is_none() => year = word.parse().ok(),
            _ if weekday(word) || word == "at" => {}
            _ => {
                rest.push_str(if rest.is_empty() { "" } else { " " });
                rest.push_str(word);
            }
        }
    }
    finish((year?, month?, day?), &rest, None)
}

fn named_month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let at = MONTHS.iter().position(|m| *m == word || (word.len() >= 3 && word.len() <= 4 && m.starts_with(&word)))?;
    u32::try_from(at + 1).ok()
}

fn weekday(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.len() >= 3
        && ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            .iter()
            .any(|d| d.starts_with(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso_of(text: &str) -> String {
        parse(text, Order::MonthFirst).map_or("none".to_owned(), |w| w.when.iso())
    }

    #[test]
    fn the_usual_written_forms() {
        for (text, iso) in [
            ("2016-08-30T11:26:05Z", "2016-08-30T11:26:05Z"),
            ("2016-08-30 11:26:05.25+02:00", "2016-08-30T09:26:05.250000Z"),
            ("2015-10-25T06:28:33-07:00", "2015-10-25T13:28:33Z"),
            ("2016-08-30t11:26:05-0730", "2016-08-30T18:56:05Z"),
            ("2016-08-30 11:26", "2016-08-30T11:26:00Z"),
            ("2016-08-30 11:26:00 UTC", "2016-08-30T11:26:00Z"),
            ("2021-01-05 10:22:00 EST", "2021-01-05T15:22:00Z"),
            ("2016-08-30", "2016-08-30T00:00:00Z"),
            ("2016/08/30 11:26", "2016-08-30T11:26:00Z"),
            ("1473897900", "2016-09-15T00:05:00Z"),
            ("1600011609.071", "2020-09-13T15:40:09.071000Z"),
            ("1473897900123", "2016-09-15T00:05:00.123000Z"),
            ("1473897900123456", "2016-09-15T00:05:00.123456Z"),
            ("1473897900123456789", "2016-09-15T00:05:00.123456Z"),
            ("1.4738979e9", "2016-09-15T00:05:00Z"),
            ("20170131", "2017-01-31T00:00:00Z"),
            ("20170131195801", "2017-01-31T19:58:01Z"),
            ("Wed Oct 10 20:20:19 +0000 2018", "2018-10-10T20:20:19Z"),
            ("Wed, 10 Oct 2018 20:20:19 +0200", "2018-10-10T18:20:19Z"),
            ("10 Oct 2018 20:20 GMT", "2018-10-10T20:20:00Z"),
            ("October 10, 2018 at 08:20PM", "2018-10-10T20:20:00Z"),
            ("Wed, 10 Oct 2018 20:20:19 -0700 (PDT)", "2018-10-11T03:20:19Z"),
            ("10/1/2017 19:58", "2017-10-01T19:58:00Z"),
            ("1/2/17 7:58 PM", "2017-01-02T19:58:00Z"),
            ("31.1.2017 19:58", "2017-01-31T19:58:00Z"),
        ] {
            assert_eq!(iso_of(text), iso, "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for text in [
            "",
            " ",
            "0",
            "-1",
            "1",
            "2017",
            "99999999999999999999",
            "NaN",
            "inf",
            "1e400",
            "2016-13-01",
            "2016-02-30",
            "1980-01-01",
            "2100-01-01",
            "2016-08-30 25:00",
            "2016-08-30x",
            "13/13/2017",
            "hello",
            "12:30",
            "\u{0}",
            "2016-08-30 11:26 nowhere",
            "May",
            "é016-08-30",
            "2016-08-3é",
            "9223372036854775807",
            "32503680000",
        ] {
            assert_eq!(iso_of(text), "none", "{text}");
        }
    }

    #[test]
    fn day_first_where_the_file_says_so() {
        let day_first = parse("10/1/2017", Order::DayFirst).expect("a date");
        assert_eq!(day_first.when.iso(), "2017-01-10T00:00:00Z");
        assert_eq!(day_first.slashed, Some((10, 1)));
        assert!(!day_first.zoned);
        assert_eq!(parse("30/1/2017", Order::MonthFirst), None);
    }
}
