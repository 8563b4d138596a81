//! Pairs counted account by account, in one dense row of counters.
//!
//! The work is the number of pairs of acts within the window, the memory that of accounts: a thing that ten thousand
//! shared costs a hundred million steps but no more room than it did before.

use crate::steps::laid::Laid;
use model::Layer;

/// One dense row: a stamp and a count for every account.
pub struct Counters {
    cells: Vec<(u32, u32)>,
    touched: Vec<u32>,
}

impl Counters {
    /// For so many accounts.
    #[must_use]
    pub fn new(accounts: usize) -> Self {
        Self { cells: vec![(0, 0); accounts], touched: Vec::new() }
    }

    /// Counts an account, once for each stamp (which must not be 0) as long as equal stamps come together.
    #[inline]
    pub fn count(&mut self, account: u32, stamp: u32) {
        let cell = &mut self.cells[account as usize];
        if cell.0 != stamp {
            if cell.1 == 0 {
                self.touched.push(account);
            }
            *cell = (stamp, cell.1 + 1);
        }
    }

    /// Counts an account.
    #[inline]
    pub fn add(&mut self, account: u32) {
        let cell = &mut self.cells[account as usize];
        if cell.1 == 0 {
            self.touched.push(account);
        }
        cell.1 += 1;
    }

    /// Hands on all counts of at least `least`, by account, and begins anew.
    pub fn drain(&mut self, least: u32, mut f: impl FnMut(u32, u32)) {
        let cells = &mut self.cells;
        self.touched.retain(|a| {
            let enough = cells[*a as usize].1 >= least;
            if !enough {
                cells[*a as usize] = (0, 0);
            }
            enough
        });
        self.touched.sort_unstable();
        for account in self.touched.drain(..) {
            let (_, count) = std::mem::take(&mut cells[account as usize]);
            f(account, count);
        }
    }
}

/// For each ordered pair of accounts, the distinct messages of the first that have an act of the second within the
/// window of one of their own on the same thing. Calls `f` with first, second and count, sorted, for counts of at least
/// `least`.
pub fn messages(laid: &Laid, layer: &Layer, accounts: usize, least: u32, f: &mut dyn FnMut(u32, u32, u32)) {
    let mut counters = Counters::new(accounts);
    let mut by_message: Vec<(u32, u32)> = Vec::new();
    for who in 0..accounts as u32 {
        let own = laid.of(who);
        if own.is_empty() || (own.len() as u64) < u64::from(least) {
            continue;
        }
        let message = |row: u32| layer.message[laid.rows[row as usize].act as usize];
        by_message.clear();
        by_message.extend(own.iter().map(|row| (message(*row), *row)));
        if !by_message.is_sorted_by_key(|m| m.0) {
            by_message.sort_by_key(|m| m.0);
        }
        for (message, row) in &by_message {
            for other in laid.around(*row) {
                if other.who != who {
                    counters.count(other.who, message + 1);
                }
            }
        }
        counters.drain(least, |other, count| f(who, other, count));
    }
}

/// For each pair of accounts, the pairs of acts on one thing within the window. Calls `f` with the smaller account, the
/// larger and the count, sorted, for counts of at least `least`.
pub fn pairs(laid: &Laid, accounts: usize, least: u32, f: &mut dyn FnMut(u32, u32, u32)) {
    let mut counters = Counters::new(accounts);
    for who in 0..accounts as u32 {
        for row in laid.of(who) {
            for other in laid.around(*row) {
                if other.who > who {
                    counters.add(other.who);
                }
            }
        }
        counters.drain(least, |other, count| f(who, other, count));
    }
}

/// For each pair of accounts, what their acts on one thing within the window weigh together; `weigh` sees the places of
/// two rows, that of the smaller account first. Calls `f` with the smaller account, the larger and the sum, sorted, for
/// sums above 0.
pub fn weights(laid: &Laid, accounts: usize, weigh: &dyn Fn(u32, u32) -> f64, f: &mut dyn FnMut(u32, u32, f64)) {
    let (mut sums, mut touched) = (vec![0.0; accounts], Vec::new());
    for who in 0..accounts as u32 {
        for row in laid.of(who) {
            let first = laid.from[*row as usize];
            for (at, other) in (first..).zip(laid.around(*row)).filter(|(_, other)| other.who > who) {
                let sum = &mut sums[other.who as usize];
                if *sum == 0.0 {
                    touched.push(other.who);
                }
                *sum += weigh(*row, at);
            }
        }
        touched.sort_unstable();
        touched.dedup();
        for other in touched.drain(..) {
            let sum = std::mem::take(&mut sums[other as usize]);
            if sum > 0.0 {
                f(who, other, sum);
            }
        }
    }
}
