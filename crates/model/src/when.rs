//! Moments, as evidence tells them.

use serde::{Deserialize, Serialize};

/// Microseconds since 1970-01-01T00:00:00Z, without leap seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct When(pub i64);

impl When {
    /// One second in this unit.
    pub const SECOND: i64 = 1_000_000;
    /// How "no time known" is stored in a column; never a real moment.
    pub const UNKNOWN: i64 = i64::MIN;

    /// From whole Unix seconds; `None` when out of range.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Option<Self> {
        seconds.checked_mul(Self::SECOND).map(Self)
    }

    /// Whole Unix seconds, rounded down.
    #[must_use]
    pub fn unix(self) -> i64 {
        self.0.div_euclid(Self::SECOND)
    }

    /// `2026-11-03T14:05:09Z`, with microseconds only where there are any. Proleptic Gregorian; years outside
    /// 0000–9999 get a sign, as in ISO 8601.
    #[must_use]
    pub fn iso(self) -> String {
        let (y, mo, d) = self.civil();
        let secs = self.unix().rem_euclid(86_400);
        let micros = self.0.rem_euclid(Self::SECOND);
        let (h, mi, s) = (secs / 3600, secs / 60 % 60, secs % 60);
        let year = if (0..=9999).contains(&y) { format!("{y:04}") } else { format!("{y:+05}") };
        if micros == 0 {
            format!("{year}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}Z")
        } else {
            format!("{year}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}.{micros:06}Z")
        }
    }

    /// `2026-11-03 14:05`, for people.
    #[must_use]
    pub fn short(self) -> String {
        self.iso().replace('T', " ").chars().take(16).collect()
    }

    /// `2026-11-03`.
    #[must_use]
    pub fn date(self) -> String {
        self.iso().split('T').next().unwrap_or_default().to_owned()
    }

    /// Year, month (1–12) and day (1–31) in UTC.
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    #[must_use]
    pub fn civil(self) -> (i64, u32, u32) {
        let z = self.unix().div_euclid(86_400) + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u32;
        let month = if mp < 10 { mp + 3 } else { mp - 9 } as u32;
        (yoe + era * 400 + i64::from(month <= 2), month, day)
    }

    /// From a civil date and time of day in UTC; `None` when a field is out of range.
    #[must_use]
    pub fn from_civil(y: i64, month: u32, day: u32, h: u32, mi: u32, s: u32) -> Option<Self> {
        let leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
        let last = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        if day == 0 || day > last || h > 23 || mi > 59 || s > 60 || !(-9999..=9999).contains(&y) {
            return None;
        }
        let y2 = y - i64::from(month <= 2);
        let era = y2.div_euclid(400);
        let yoe = y2.rem_euclid(400);
        let m = i64::from(month);
        let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + i64::from(day) - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        let days = era * 146_097 + doe - 719_468;
        Self::from_unix(days * 86_400 + i64::from(h) * 3600 + i64::from(mi) * 60 + i64::from(s))
    }
}

/// How finely a set of times was recorded: the unit of which every time is a multiple.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// Some time carries a fraction of a second.
    Fraction,
    /// Whole seconds.
    Second,
    /// Whole minutes: a window below 60 s cannot be told apart from 60 s.
    Minute,
    /// Whole hours.
    Hour,
    /// Whole days.
    Day,
}

impl Resolution {
    /// The unit's length in microseconds (1 for [`Resolution::Fraction`]).
    #[must_use]
    pub fn micros(self) -> i64 {
        match self {
            Self::Fraction => 1,
            Self::Second => When::SECOND,
            Self::Minute => 60 * When::SECOND,
            Self::Hour => 3600 * When::SECOND,
            Self::Day => 86_400 * When::SECOND,
        }
    }

    /// The coarsest unit that this one moment is a multiple of. The resolution of a set is the minimum over it.
    #[must_use]
    pub fn of(when: When) -> Self {
        [Self::Day, Self::Hour, Self::Minute, Self::Second]
            .into_iter()
            .find(|r| when.0.rem_euclid(r.micros()) == 0)
            .unwrap_or(Self::Fraction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_there_and_back() {
        for (unix, iso) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_793_750_400, "2026-11-04T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ] {
            let when = When::from_unix(unix).expect("in range");
            assert_eq!(when.iso(), iso);
            let (y, m, d) = when.civil();
            let secs = unix.rem_euclid(86_400) as u32;
            let again = When::from_civil(y, m, d, secs / 3600, secs / 60 % 60, secs % 60);
            assert_eq!(again, Some(when));
        }
        assert_eq!(When::from_civil(2023, 2, 29, 0, 0, 0), None);
        assert_eq!(When::from_civil(2023, 13, 1, 0, 0, 0), None);
    }

    #[test]
    fn resolution_is_the_coarsest_multiple() {
        assert_eq!(Resolution::of(When(0)), Resolution::Day);
        assert_eq!(Resolution::of(When(61 * When::SECOND)), Resolution::Second);
        assert_eq!(Resolution::of(When(60 * When::SECOND)), Resolution::Minute);
        assert_eq!(Resolution::of(When(1)), Resolution::Fraction);
    }
}
