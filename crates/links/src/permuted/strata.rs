//! Which records may change places in a shuffle: those alike, as long as there are others among them.
//!
//! Where those whom the check is about made more than a tenth of what is alike, nobody is there to change places with,
//! and a shuffle would find them again by itself. Such records are joined to those of other popularity, and then to the
//! most alike in kinds that the quarter of a day has, until others are in the majority.

use super::Record;
use model::{ActorNo, HOUR};
use std::collections::BTreeMap;

/// Six hours, in microseconds.
pub const QUARTER: i64 = 6 * HOUR;
/// Of so many records, one by a member is borne.
const OTHERS: usize = 10;

/// What a record is like.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Like {
    /// Sort of its actor.
    pub sort: u8,
    /// Quarter of a day.
    pub quarter: i64,
    /// Kinds of its traces, as bits.
    pub kinds: u128,
    /// Popularity of its rarest thing: each step is eight times as many touches.
    pub popular: u32,
}

/// Records that are alike.
#[derive(Default)]
struct Stratum {
    kinds: u128,
    records: Vec<usize>,
    members: usize,
}

impl Stratum {
    fn crowded_out(&self) -> bool {
        self.members * OTHERS > self.records.len()
    }

    fn take(&mut self, other: Self) {
        self.records.extend(other.records);
        self.members += other.members;
    }
}

/// Writes the number of its stratum into each record.
pub fn number(records: &mut [Record], member: impl Fn(ActorNo) -> bool) {
    let mut alike: BTreeMap<Like, Stratum> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        let stratum = alike.entry(record.like).or_default();
        stratum.kinds = record.like.kinds;
        stratum.records.push(at);
        stratum.members += usize::from(member(record.actor));
    }
    let mut quarters: BTreeMap<(u8, i64), Vec<Stratum>> = BTreeMap::new();
    for (like, stratum) in alike {
        quarters.entry((like.sort, like.quarter)).or_default().push(stratum);
    }
    let strata = quarters.into_values().flat_map(|of| by_kinds(by_popularity(of)));
    for (number, stratum) in (0..).zip(strata) {
        stratum.records.into_iter().for_each(|at| records[at].stratum = number);
    }
}

/// Strata of the same kinds made one where any of them is crowded out.
fn by_popularity(of: Vec<Stratum>) -> Vec<Stratum> {
    let mut out: Vec<Stratum> = vec![];
    let mut from = 0;
    for stratum in of {
        let first = out.get(from).map(|s| s.kinds);
        if first != Some(stratum.kinds) {
            from = out.len();
        }
        out.push(stratum);
        if out[from..].iter().any(Stratum::crowded_out) {
            let mut rest = out.drain(from..);
            let mut one = rest.next().unwrap_or_default();
            rest.for_each(|s| one.take(s));
            out.push(one);
        }
    }
    out
}

/// Those still crowded out joined to the most alike in kinds, the largest among equals.
fn by_kinds(mut of: Vec<Stratum>) -> Vec<Stratum> {
    while of.len() > 1
        && let Some(at) = of.iter().position(Stratum::crowded_out)
    {
        let stratum = of.remove(at);
        let alike = |s: &Stratum| ((s.kinds & stratum.kinds).count_ones(), s.records.len());
        if let Some(nearest) = of.iter_mut().max_by_key(|s| alike(s)) {
            nearest.take(stratum);
        }
    }
    of
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(kinds: u128, members: usize, records: usize) -> Stratum {
        Stratum { kinds, records: (0..records).collect(), members }
    }

    fn sizes(of: Vec<Stratum>) -> Vec<usize> {
        of.iter().map(|s| s.records.len()).collect()
    }

    #[test]
    fn who_has_nobody_to_change_with_joins_others() {
        assert_eq!(sizes(by_popularity(vec![stratum(1, 0, 50), stratum(1, 1, 50), stratum(2, 9, 10)])), [50, 50, 10]);
        assert_eq!(sizes(by_popularity(vec![stratum(1, 0, 50), stratum(1, 9, 10), stratum(2, 0, 7)])), [60, 7]);
        assert_eq!(sizes(by_kinds(vec![stratum(3, 9, 10), stratum(4, 0, 900), stratum(1, 0, 100)])), [900, 110]);
        assert_eq!(sizes(by_kinds(vec![stratum(3, 9, 10)])), [10], "there is nobody else");
    }
}
