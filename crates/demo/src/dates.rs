//! Days and seconds in the written forms that posts, mails and pages use. Days count from 1970-01-01.
//!
//! Source of the day arithmetic: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

/// Seconds in a day.
pub const DAY: i64 = 86_400;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The day's number.
pub fn day_of(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// Year, month, day of a day's number.
pub fn civil(day: i64) -> (i64, i64, i64) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// 0 = Monday.
pub fn weekday(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// `2023-05-07`.
pub fn ymd(day: i64) -> String {
    let (y, m, d) = civil(day);
    format!("{y:04}-{m:02}-{d:02}")
}

/// `7 May 2023`.
pub fn long_date(day: i64) -> String {
    let (y, m, d) = civil(day);
    format!("{d} {} {y}", MONTHS[m as usize - 1])
}

/// Ways a table may write its times.
pub const FORMS: &[fn(i64) -> String] = &[rfc3339, plain, |seconds| seconds.to_string()];

fn hms(seconds: i64) -> String {
    let s = seconds.rem_euclid(DAY);
    format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// `2023-05-07T18:03:11Z`.
pub fn rfc3339(seconds: i64) -> String {
    format!("{}T{}Z", ymd(seconds.div_euclid(DAY)), hms(seconds))
}

/// `2023-05-07T18:03:11.214Z`.
pub fn rfc3339_millis(millis: i64) -> String {
    let s = millis.div_euclid(1000);
    format!("{}T{}.{:03}Z", ymd(s.div_euclid(DAY)), hms(s), millis.rem_euclid(1000))
}

/// `2023-05-07 18:03:11`.
fn plain(seconds: i64) -> String {
    format!("{} {}", ymd(seconds.div_euclid(DAY)), hms(seconds))
}

/// `Sun, 7 May 2023 20:03:11 +0200` (RFC 5322), `zone` in minutes east of UTC.
pub fn rfc5322(seconds: i64, zone: i64) -> String {
    let local = seconds + zone * 60;
    let day = local.div_euclid(DAY);
    let sign = if zone < 0 { '-' } else { '+' };
    let (h, m) = (zone.abs() / 60, zone.abs() % 60);
    format!("{}, {} {} {sign}{h:02}{m:02}", WEEKDAYS[weekday(day)], long_date(day), hms(local))
}

/// `Sun May  7 18:03:11 2023`, as in an mbox `From ` line.
pub fn asctime(seconds: i64) -> String {
    let day = seconds.div_euclid(DAY);
    let (y, m, d) = civil(day);
    format!("{} {} {d:>2} {} {y}", WEEKDAYS[weekday(day)], MONTHS[m as usize - 1], hms(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms() {
        let at = 1_683_482_591; // 2023-05-07 18:03:11 UTC, a Sunday
        assert_eq!(rfc3339(at), "2023-05-07T18:03:11Z");
        assert_eq!(rfc3339_millis(at * 1000 + 7), "2023-05-07T18:03:11.007Z");
        assert_eq!(plain(at), "2023-05-07 18:03:11");
        assert_eq!(rfc5322(at, 120), "Sun, 7 May 2023 20:03:11 +0200");
        assert_eq!(rfc5322(at, -210), "Sun, 7 May 2023 14:33:11 -0330");
        assert_eq!(asctime(at), "Sun May  7 18:03:11 2023");
    }

    #[test]
    fn days_come_back() {
        for day in (0..30_000).step_by(17) {
            let (y, m, d) = civil(day);
            assert_eq!(day_of(y, m, d), day);
        }
        assert_eq!(weekday(day_of(2024, 2, 29)), 3);
    }
}
