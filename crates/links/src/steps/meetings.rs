//! The meetings of each pair of accounts, handed on pair by pair.
//!
//! For recipes that need more of a pair than how often it met. One account's meetings are held at a time; where these
//! would be too many, its partners are taken a stretch after the other.

use super::laid::Laid;
use std::ops::Range;

/// Most meetings of one account held at once.
const HELD: u64 = 1 << 22;

/// Who is told: the smaller account, the larger, and their meetings, each with the larger account again.
pub type Told<'a, T> = &'a mut dyn FnMut(u32, u32, &mut [(u32, T)]);

/// Calls `f` with the smaller account, the larger, and what `take` made of their meetings, sorted by both. `take` sees
/// the places of two rows of different accounts within each other's window, that of the smaller account first, and may
/// pass.
pub fn each<T>(laid: &Laid, accounts: usize, take: &dyn Fn(u32, u32) -> Option<T>, f: Told<'_, T>) {
    let mut own: Vec<(u32, T)> = Vec::new();
    for who in 0..accounts as u32 {
        for others in stretches(laid, who, accounts as u32) {
            own.clear();
            collect(laid, who, &others, take, &mut own);
            own.sort_by_key(|m| m.0);
            own.chunk_by_mut(|x, y| x.0 == y.0).for_each(|met| f(who, met[0].0, met));
        }
    }
}

fn collect<T>(
    laid: &Laid,
    who: u32,
    others: &Range<u32>,
    take: &dyn Fn(u32, u32) -> Option<T>,
    own: &mut Vec<(u32, T)>,
) {
    for at in laid.of(who) {
        let first = laid.from[*at as usize];
        for (other, row) in (first..).zip(laid.around(*at)) {
            if others.contains(&row.who) {
                own.extend(take(*at, other).map(|item| (row.who, item)));
            }
        }
    }
}

/// Ranges of larger accounts small enough that an account's meetings with them may stand in memory.
fn stretches(laid: &Laid, who: u32, accounts: u32) -> Vec<Range<u32>> {
    let meetings: u64 = laid.of(who).iter().map(|row| laid.around(*row).len() as u64).sum();
    let from = who + 1;
    if meetings == 0 || from >= accounts {
        return Vec::new();
    }
    let step = u64::from(accounts - from) / (meetings / HELD + 1) + 1;
    let step = u32::try_from(step).unwrap_or(u32::MAX);
    let starts =
        std::iter::successors(Some(from), |start| start.checked_add(step)).take_while(|start| *start < accounts);
    starts.map(|start| start..accounts.min(start.saturating_add(step))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::laid::Window;
    use model::Layer;

    #[test]
    fn pairs_come_sorted_with_their_meetings() {
        let layer = Layer {
            who: vec![1, 0, 2, 1],
            what: vec![0, 0, 0, 0],
            message: vec![0, 1, 2, 3],
            when: vec![0, 5, 50, 8],
            things: vec![0],
            ..Layer::default()
        };
        let laid = Laid::new(&layer, 3, Window::Within(10));
        let mut found = Vec::new();
        let apart = |x: u32, y: u32| Some(laid.rows[y as usize].when - laid.rows[x as usize].when);
        each(&laid, 3, &apart, &mut |a, b, met| found.push((a, b, met.iter().map(|m| m.1).collect::<Vec<_>>())));
        assert_eq!(found, [(0, 1, vec![-5, 3])]);
    }
}
