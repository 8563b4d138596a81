//! The axis of time: which stretch is drawn, in how many columns, with which dates beneath.

use super::end_of;
use crate::words;
use model::{Bin, Dossier, When};
use std::io::{self, Write};

const HOUR: i64 = 3600 * When::SECOND;
const DAY: i64 = 24 * HOUR;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A stretch of time and the width it is drawn over.
pub struct Axis {
    pub from: When,
    pub to: When,
    /// Hours of a bin.
    hours: u32,
    /// Records not drawn.
    pub outside: u64,
    pub width: f64,
    pub left: f64,
    pub right: f64,
    pub columns: i64,
}

impl Axis {
    /// The stretch to draw; `None` where no record has a time.
    pub fn of(d: &Dossier) -> Option<Self> {
        let mut bins: Vec<&Bin> = d.timeline.iter().flat_map(|c| &c.bins).collect();
        bins.sort_by_key(|b| b.start);
        let hours = bins.first()?.hours.max(1);
        let (from, last) = middle(&bins)?;
        let to = end_of(last, hours);
        let outside = bins.iter().filter(|b| b.start < from || b.start > last);
        let outside = outside.fold(0_u64, |n, b| n.saturating_add(b.records));
        let mut axis = Self { from, to, hours, outside, width: 0.0, left: 0.0, right: 0.0, columns: 1 };
        axis.reach_for_events(d);
        Some(axis)
    }

    /// Makes room for moments that belong to no finding (the vote), where they are not further off than the records
    /// are long.
    fn reach_for_events(&mut self, d: &Dossier) {
        let long = self.to.0.saturating_sub(self.from.0);
        for m in d.marks.iter().filter(|m| m.finding.is_empty()) {
            if m.end > self.to && m.end.0.saturating_sub(self.to.0) <= long {
                self.to = end_of(m.end, self.hours);
            }
            if m.start < self.from && self.from.0.saturating_sub(m.start.0) <= long {
                self.from = m.start;
            }
        }
    }

    /// The same stretch over a picture `width` wide, in as many columns as it has bins but at most `most`.
    pub fn fit(&self, width: f64, most: i64) -> Self {
        let bins = self.long() / i128::from(self.bin());
        let per = self.round((bins + i128::from(most) - 1) / i128::from(most));
        let columns = (bins + per.max(1) - 1) / per.max(1);
        // The last column may reach beyond the last bin, so that every column is as long as the others.
        let to = i128::from(self.from.0) + columns.max(1) * per.max(1) * i128::from(self.bin());
        let to = When(i64::try_from(to).unwrap_or(i64::MAX));
        let columns = i64::try_from(columns).unwrap_or(most).clamp(1, most);
        Self { width, left: 2.0, right: width - 2.0, columns, to, ..*self }
    }

    /// So many bins a column, rounded up to a part of a day, whole days or weeks where bins divide a day.
    fn round(&self, per: i128) -> i128 {
        let (per, day) = (per.max(1), i128::from(DAY / self.bin().min(DAY)));
        match per {
            _ if DAY % self.bin() != 0 => per,
            p if p <= day => (p..day).find(|n| day % n == 0).unwrap_or(day),
            p if p <= 7 * day => (p + day - 1) / day * day,
            p => (p + 7 * day - 1) / (7 * day) * 7 * day,
        }
    }

    fn bin(&self) -> i64 {
        i64::from(self.hours) * HOUR
    }

    fn long(&self) -> i128 {
        (i128::from(self.to.0) - i128::from(self.from.0)).max(1)
    }

    /// Where a moment stands, held inside the picture.
    pub fn x(&self, when: When) -> f64 {
        let since = (i128::from(when.0) - i128::from(self.from.0)).clamp(0, self.long());
        self.left + since as f64 / self.long() as f64 * (self.right - self.left)
    }

    /// The column of a moment; `None` outside.
    pub fn column_of(&self, when: When) -> Option<usize> {
        let since = i128::from(when.0) - i128::from(self.from.0);
        (0..self.long()).contains(&since).then(|| (since * i128::from(self.columns) / self.long()) as usize)
    }

    /// Microseconds of a column.
    fn column_long(&self) -> i64 {
        i64::try_from(self.long() / i128::from(self.columns)).unwrap_or(i64::MAX)
    }

    /// When a column begins, for people.
    pub fn column(&self, i: usize) -> String {
        let start = When(self.from.0.saturating_add(self.column_long().saturating_mul(i as i64)));
        if self.column_long() % DAY == 0 { start.date() } else { start.short() }
    }

    /// `a day`, `in 6 hours`.
    pub fn per(&self) -> String {
        match self.column_long() {
            HOUR => "an hour".to_owned(),
            DAY => "a day".to_owned(),
            long if long % (7 * DAY) == 0 => format!("in {}", words::many((long / 7 / DAY) as u64, "week", "weeks")),
            long if long % DAY == 0 => format!("in {} days", long / DAY),
            long => format!("in {} hours", long / HOUR),
        }
    }

    /// Lines and dates.
    pub fn draw(&self, top: f64, bottom: f64, out: &mut dyn Write) -> io::Result<()> {
        let mut free = f64::MIN;
        let most = (self.width / 70.0) as i64;
        for (when, label) in ticks(self.from, self.to, most) {
            let (x, half) = (self.x(when), label.chars().count() as f64 * 3.5);
            writeln!(out, "<path class=\"grid\" d=\"M{x:.1} {top:.1}V{bottom:.1}\"/>")?;
            let at = x.clamp(self.left + half, self.right - half);
            if at - half > free {
                writeln!(out, "<text class=\"tick\" x=\"{at:.1}\" y=\"{:.1}\">{label}</text>", bottom + 18.0)?;
                free = at + half + 6.0;
            }
        }
        Ok(())
    }
}

/// First and last bin to draw: all, or the middle 99 % of the records where all would be three times as long.
fn middle(bins: &[&Bin]) -> Option<(When, When)> {
    let (first, last) = (bins.first()?.start, bins.last()?.start);
    let total: u128 = bins.iter().map(|b| u128::from(b.records)).sum();
    let at = |share: u128| {
        let mut seen = 0;
        let reached = |b: &&&Bin| {
            seen += u128::from(b.records) * 1000;
            seen > total * share
        };
        bins.iter().find(reached).map_or(last, |b| b.start)
    };
    let (low, high) = (at(5), at(995));
    let long = |a: When, b: When| i128::from(b.0) - i128::from(a.0) + i128::from(DAY);
    Some(if long(first, last) > 3 * long(low, high) { (low, high) } else { (first, last) })
}

/// At most about `most` round moments with their labels.
fn ticks(from: When, to: When, most: i64) -> Vec<(When, String)> {
    let long = (i128::from(to.0) - i128::from(from.0)) / i128::from(most.max(1));
    let steps = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY];
    match steps.into_iter().find(|s| i128::from(*s) >= long) {
        Some(step) => even(from, to, step),
        None => months(from, to, long),
    }
}

fn even(from: When, to: When, step: i64) -> Vec<(When, String)> {
    // 1970-01-01 was a Thursday: weeks are counted from the Monday after.
    let shift = if step % (7 * DAY) == 0 { 4 * DAY } else { 0 };
    let mut at = from.0.saturating_sub(shift).div_euclid(step).saturating_mul(step).saturating_add(shift);
    let mut all = Vec::new();
    let mut year = None;
    while at <= to.0 && at < i64::MAX - step {
        if at >= from.0 {
            all.push((When(at), day_label(When(at), step, &mut year)));
        }
        at += step;
    }
    all
}

fn day_label(when: When, step: i64, year: &mut Option<i64>) -> String {
    let (y, m, d) = when.civil();
    if step < DAY && when.0.rem_euclid(DAY) != 0 {
        return when.iso()[11..16].to_owned();
    }
    let month = MONTHS[m as usize - 1];
    if year.replace(y) == Some(y) { format!("{d} {month}") } else { format!("{d} {month} {y}") }
}

fn months(from: When, to: When, long: i128) -> Vec<(When, String)> {
    let month = 30 * i128::from(DAY) + 1;
    let step =
        [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200].into_iter().find(|s| i128::from(*s) * month >= long).unwrap_or(12_000);
    let (y, m, _) = from.civil();
    let first = (y * 12 + i64::from(m) - 1).div_euclid(step) * step;
    (0..400)
        .map(|i| first + i * step)
        .map_while(|n| Some((n, When::from_civil(n.div_euclid(12), n.rem_euclid(12) as u32 + 1, 1, 0, 0, 0)?)))
        .take_while(|(_, when)| *when <= to)
        .filter(|(_, when)| *when >= from)
        .map(|(n, when)| {
            let (year, month) = (n.div_euclid(12), MONTHS[n.rem_euclid(12) as usize]);
            (when, if step >= 12 { year.to_string() } else { format!("{month} {year}") })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(y: i64, m: u32, d: u32) -> When {
        When::from_civil(y, m, d, 0, 0, 0).expect("a date")
    }

    #[test]
    fn dates_are_round_and_few() {
        for (from, to, first, n) in [
            (on(2026, 9, 5), on(2026, 11, 4), "7 Sep 2026", 9),
            (on(2026, 11, 1), on(2026, 11, 2), "1 Nov 2026", 9),
            (on(2025, 1, 1), on(2026, 11, 1), "Jan 2025", 8),
            (on(1990, 1, 1), on(2026, 11, 1), "1990", 8),
        ] {
            let all = ticks(from, to, 10);
            assert_eq!(all[0].1, first);
            assert!((n - 2..=n + 2).contains(&all.len()), "{all:?}");
        }
    }

    #[test]
    fn a_few_absurd_times_do_not_squash_the_rest() {
        let bin = |start, records| Bin { start, hours: 24, records, flagged: 0 };
        let bins = [bin(on(1970, 1, 1), 1), bin(on(2026, 9, 1), 500), bin(on(2026, 9, 9), 500), bin(on(2099, 1, 1), 2)];
        let bins: Vec<&Bin> = bins.iter().collect();
        assert_eq!(middle(&bins), Some((on(2026, 9, 1), on(2026, 9, 9))));
        assert_eq!(middle(&bins[1..3]), Some((on(2026, 9, 1), on(2026, 9, 9))));
        assert_eq!(middle(&[]), None);
    }

    #[test]
    fn columns_are_whole_days_or_weeks() {
        for (hours, days, most, per) in [
            (24, 60, 184, "a day"),
            (1, 2, 184, "an hour"),
            (1, 60, 84, "a day"),
            (1, 833, 184, "in 5 days"),
            (24, 4000, 184, "in 4 weeks"),
        ] {
            let (from, to) = (on(2020, 1, 1), When(on(2020, 1, 1).0 + days * DAY));
            let axis = Axis { from, to, hours, outside: 0, width: 0.0, left: 0.0, right: 0.0, columns: 1 };
            let axis = axis.fit(900.0, most);
            assert_eq!(axis.per(), per);
            assert!(axis.columns <= most && axis.to >= to, "{}", axis.columns);
        }
    }

    #[test]
    fn any_times_can_be_drawn() {
        let all = [When(i64::MIN + 1), When(-1), When(0), on(2026, 1, 1), When(i64::MAX)];
        for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (*a, *b))).filter(|(a, b)| a <= b) {
            let axis = Axis { from: a, to: b, hours: 24, outside: 0, width: 0.0, left: 0.0, right: 0.0, columns: 1 };
            let axis = axis.fit(900.0, 180);
            assert!((1..=180).contains(&axis.columns), "{}", axis.columns);
            assert!(axis.column_of(a).is_some_and(|c| c == 0));
            assert!(ticks(axis.from, axis.to, 10).len() < 400);
            let mut out = Vec::new();
            axis.draw(0.0, 10.0, &mut out).expect("a vector takes it");
        }
    }
}
