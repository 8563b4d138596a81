//! Acts laid out thing by thing, earliest first, with the stretch of rows that lies within the window of each.
//!
//! Two passes of counting put the rows in place; only things whose rows came out of order are sorted. Things that were
//! touched once cost nothing further.

use model::{Layer, When};

/// When two acts are close. The asymmetry is in the floating-point rounding alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Window {
    /// At most so many microseconds apart.
    Within(i64),
    /// At most so many seconds apart, times and sums rounded as double-precision seconds: the other act lies between
    /// `t - w` and `t + w`.
    Between(f64),
    /// As [`Window::Between`], but the difference is what is rounded.
    Apart(f64),
    /// At any times.
    Whole,
}

/// An act in its place.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Microseconds since 1970.
    pub when: i64,
    /// Number of the account.
    pub who: u32,
    /// Number of the act in the layer.
    pub act: u32,
}

/// The rows of all things touched at least twice.
pub struct Laid {
    /// Thing by thing, earliest first; ties in the order of the layer.
    pub rows: Vec<Row>,
    /// First row within the window of each row.
    pub from: Vec<u32>,
    /// End of the rows within the window of each row.
    pub to: Vec<u32>,
    /// Where each account's rows start in `own`.
    starts: Vec<u32>,
    /// Rows by account, in the order of the layer; only those with another row in their window.
    own: Vec<u32>,
}

impl Laid {
    /// Lays out a layer of acts by `accounts` accounts.
    #[must_use]
    pub fn new(layer: &Layer, accounts: usize, window: Window) -> Self {
        let (rows, ends, place) = rows(layer);
        let (from, to) = stretches(&rows, &ends, window);
        let (starts, own) = by_account(&layer.who, &place, &from, &to, accounts);
        Self { rows, from, to, starts, own }
    }

    /// Rows of one account that have others in their window, in the order of the layer.
    #[must_use]
    pub fn of(&self, account: u32) -> &[u32] {
        let at = account as usize;
        &self.own[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// The rows within the window of a row, itself included.
    #[must_use]
    pub fn around(&self, row: u32) -> &[Row] {
        &self.rows[self.from[row as usize] as usize..self.to[row as usize] as usize]
    }
}

const NOWHERE: u32 = u32::MAX;

/// The rows, where each thing's rows end, and where each act went.
fn rows(layer: &Layer) -> (Vec<Row>, Vec<u32>, Vec<u32>) {
    let mut next = vec![0_u32; layer.things.len()];
    for what in &layer.what {
        next[*what as usize] += 1;
    }
    let (mut ends, mut total) = (Vec::new(), 0);
    for count in &mut next {
        let rows = *count;
        *count = if rows < 2 { NOWHERE } else { total };
        if rows >= 2 {
            total += rows;
            ends.push(total);
        }
    }
    let mut rows = vec![Row { when: 0, who: 0, act: 0 }; total as usize];
    let mut place = vec![NOWHERE; layer.len()];
    for (act, what) in layer.what.iter().enumerate() {
        let slot = &mut next[*what as usize];
        if *slot != NOWHERE {
            rows[*slot as usize] = Row { when: layer.when[act], who: layer.who[act], act: act as u32 };
            place[act] = *slot;
            *slot += 1;
        }
    }
    sort(&mut rows, &ends, &mut place);
    (rows, ends, place)
}

fn sort(rows: &mut [Row], ends: &[u32], place: &mut [u32]) {
    let mut start = 0;
    for end in ends {
        let group = &mut rows[start..*end as usize];
        if !group.is_sorted_by_key(|r| r.when) {
            group.sort_by_key(|r| r.when);
            for (at, row) in group.iter().enumerate() {
                place[row.act as usize] = (start + at) as u32;
            }
        }
        start = *end as usize;
    }
}

fn stretches(rows: &[Row], ends: &[u32], window: Window) -> (Vec<u32>, Vec<u32>) {
    let (mut from, mut to) = (vec![0_u32; rows.len()], vec![0_u32; rows.len()]);
    let mut start = 0;
    for end in ends {
        let range = start..*end as usize;
        let group = &rows[range.clone()];
        let out = (&mut from[range.clone()], &mut to[range]);
        match window {
            Window::Within(w) => slide(group, start, out, |t| t.saturating_sub(w), |t| t.saturating_add(w)),
            Window::Between(w) => {
                slide_by(group, start, out, |t, o| seconds(o) >= seconds(t) - w, |t, o| seconds(o) <= seconds(t) + w)
            }
            Window::Apart(w) => {
                slide_by(group, start, out, |t, o| seconds(t) - seconds(o) <= w, |t, o| seconds(o) - seconds(t) <= w)
            }
            Window::Whole => {
                out.0.fill(start as u32);
                out.1.fill(*end);
            }
        }
        start = *end as usize;
    }
    (from, to)
}

fn slide(
    group: &[Row],
    start: usize,
    out: (&mut [u32], &mut [u32]),
    low: impl Fn(i64) -> i64,
    high: impl Fn(i64) -> i64,
) {
    slide_by(group, start, out, |t, o| o >= low(t), |t, o| o <= high(t));
}

/// `early(t, o)`: an act at `o`, not after `t`, is close; `late(t, o)`: one not before `t` is.
fn slide_by(
    group: &[Row],
    start: usize,
    (from, to): (&mut [u32], &mut [u32]),
    early: impl Fn(i64, i64) -> bool,
    late: impl Fn(i64, i64) -> bool,
) {
    let (mut first, mut end) = (0, 0);
    for (at, row) in group.iter().enumerate() {
        while first < at && !early(row.when, group[first].when) {
            first += 1;
        }
        end = end.max(at + 1);
        while end < group.len() && late(row.when, group[end].when) {
            end += 1;
        }
        (from[at], to[at]) = ((start + first) as u32, (start + end) as u32);
    }
}

/// As the tools that keep times as doubles have them: the nearest double to the decimal number.
#[must_use]
pub fn seconds(micros: i64) -> f64 {
    micros as f64 / When::SECOND as f64
}

fn by_account(who: &[u32], place: &[u32], from: &[u32], to: &[u32], accounts: usize) -> (Vec<u32>, Vec<u32>) {
    let company = |at: u32| at != NOWHERE && to[at as usize] - from[at as usize] > 1;
    let mut starts = vec![0_u32; accounts + 1];
    for (who, at) in who.iter().zip(place) {
        starts[*who as usize + 1] += u32::from(company(*at));
    }
    for n in 1..starts.len() {
        starts[n] += starts[n - 1];
    }
    let mut own = vec![0_u32; starts.last().map_or(0, |n| *n as usize)];
    let mut next = starts.clone();
    for (who, at) in who.iter().zip(place) {
        if company(*at) {
            own[next[*who as usize] as usize] = *at;
            next[*who as usize] += 1;
        }
    }
    (starts, own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(acts: &[(u32, u32, i64)]) -> Layer {
        Layer {
            who: acts.iter().map(|a| a.0).collect(),
            what: acts.iter().map(|a| a.1).collect(),
            message: (0..acts.len() as u32).collect(),
            when: acts.iter().map(|a| a.2).collect(),
            things: vec![0; acts.iter().map(|a| a.1 as usize + 1).max().unwrap_or(0)],
            ..Layer::default()
        }
    }

    #[test]
    fn stretches_are_inclusive_and_ties_keep_their_order() {
        let laid =
            Laid::new(&layer(&[(0, 0, 10), (1, 0, 0), (2, 0, 10), (3, 0, 21), (4, 1, 0)]), 5, Window::Within(10));
        assert_eq!(laid.rows.iter().map(|r| r.who).collect::<Vec<_>>(), [1, 0, 2, 3]);
        assert_eq!((&laid.from[..], &laid.to[..]), (&[0, 0, 0, 3][..], &[3, 3, 3, 4][..]));
        assert_eq!((laid.of(0), laid.of(3), laid.of(4)), (&[1][..], &[][..], &[][..]));
    }

    /// 0.1 + 0.2 is more than 0.3 in doubles: what a tool that adds them says, and what the clock says.
    #[test]
    fn doubles_round_as_doubles_do() {
        let acts = layer(&[(0, 0, 300_000), (1, 0, 100_000)]);
        for (window, close) in [
            (Window::Within(200_000), true),
            (Window::Between(0.2), true),
            (Window::Apart(0.2), seconds(300_000) - seconds(100_000) <= 0.2),
            (Window::Apart(0.19), false),
            (Window::Whole, true),
        ] {
            assert_eq!(Laid::new(&acts, 2, window).of(0).len() == 1, close, "{window:?}");
        }
    }
}
