//! Touches by the million, for measuring: things of Zipf's popularity, accounts that touch them at any time of ninety
//! days, a few groups that keep together, and on request one thing that everybody touches within an hour.
//!
//! Popularity is laid out in powers of two: a thing of rank 2^n to 2^(n+1) is touched as often as all others of that
//! stretch together are by any other stretch, which is Zipf's law with exponent 1 in steps.

use crate::rng::Rng;

/// Groups that keep together.
pub const GROUPS: u32 = 10;
/// Accounts of a group.
pub const MEMBERS: u32 = 12;
/// Things of its own that a group touches, all members within 40 seconds.
pub const OCCASIONS: u32 = 20;
const DAYS: i64 = 90;

/// An account touched a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// Number of the thing.
    pub thing: u32,
    /// Number of the account; those of the groups come after all others, group by group.
    pub account: u32,
    /// Seconds since 1970.
    pub second: i64,
}

/// How much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Touches, those of the groups among them.
    pub rows: u64,
    /// How many of these touch one and the same thing within an hour.
    pub viral: u64,
}

impl Size {
    /// Accounts that belong to no group.
    pub fn accounts(self) -> u32 {
        (self.rows / 100).clamp(1000, 1 << 30) as u32
    }

    /// Touches that are of groups.
    fn planted(self) -> u64 {
        u64::from(GROUPS * MEMBERS * OCCASIONS).min(self.rows)
    }
}

/// Calls `f` with every touch; the same seed gives the same ones in the same order.
pub fn strewn(size: Size, seed: u64, f: &mut dyn FnMut(Touch)) {
    let mut rng = Rng::new(seed);
    let levels = (64 - (size.rows / 12).leading_zeros()).clamp(4, 30);
    let (planted, accounts) = (size.planted(), size.accounts());
    let every = size.rows / planted.max(1);
    let (mut done, mut viral) = (0, size.viral.min(size.rows - planted));
    for row in 0..size.rows {
        let touch = if row % every == 0 && done < planted {
            done += 1;
            of_group((done - 1) as u32, accounts, levels, &mut rng)
        } else if viral > 0 {
            viral -= 1;
            Touch { thing: 0, account: rng.below(accounts as usize) as u32, second: start() + rng.range(0, 3599) }
        } else {
            let level = rng.below(levels as usize) as u32;
            let thing = (1 << level) + rng.below(1 << level) as u32;
            let second = start() + rng.range(0, DAYS * 86_400 - 1);
            Touch { thing, account: rng.below(accounts as usize) as u32, second }
        };
        f(touch);
    }
}

/// Members take turns at each occasion of their group, so that rows of one occasion stand far apart in the file.
fn of_group(number: u32, accounts: u32, levels: u32, rng: &mut Rng) -> Touch {
    let (member, occasion) = (number / (GROUPS * OCCASIONS), number % (GROUPS * OCCASIONS));
    let (group, at) = (occasion / OCCASIONS, occasion % OCCASIONS);
    let second = start() + i64::from(at * 4 + group % 4) * 86_400 + rng.range(0, 39);
    Touch { thing: (1 << levels) + occasion, account: accounts + group * MEMBERS + member, second }
}

/// 1 September 2025, 00:00 UTC.
fn start() -> i64 {
    1_756_684_800
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(size: Size) -> Vec<Touch> {
        let mut out = Vec::new();
        strewn(size, 1, &mut |touch| out.push(touch));
        out
    }

    #[test]
    fn groups_are_whole_and_the_first_rank_is_the_most_popular() {
        let size = Size { rows: 100_000, viral: 500 };
        let touches = all(size);
        assert_eq!(touches.len() as u64, size.rows);
        assert_eq!(touches, all(size));
        let of_groups = touches.iter().filter(|t| t.account >= size.accounts()).count();
        assert_eq!(of_groups as u32, GROUPS * MEMBERS * OCCASIONS);
        let often = |thing: u32| touches.iter().filter(|t| t.thing == thing).count();
        assert!(
            often(1) > often(3) && often(3) > often(17) && often(0) == 500,
            "{} {} {}",
            often(1),
            often(3),
            often(17)
        );
    }

    #[test]
    fn few_rows_are_all_of_groups() {
        assert_eq!(all(Size { rows: 7, viral: 0 }).len(), 7);
        assert!(all(Size { rows: 0, viral: 3 }).is_empty());
    }
}
