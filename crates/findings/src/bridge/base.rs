//! What chance would give: how often channels of this case meet, were they drawing independently.
//!
//! Across channels: both draw from one pool, whose size is Chao's lower bound from objects touched once and twice (too
//! small a pool: too many meetings expected: the careful side). Between sites: how often ids of that kind recur at all.

use super::ties::Tie;
use crate::{chance, kinds, words};
use model::{Board, Chance, KindNo, Sort};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default, Clone)]
struct Kind {
    seen: u64,
    once: u64,
    twice: u64,
    /// Objects by the set of sorts that touch them.
    by_sorts: BTreeMap<u8, u64>,
}

impl Kind {
    fn of(board: &Board<'_>, kind: KindNo) -> Self {
        let mut out = Self::default();
        let mut by = [0_u64; 32];
        for (_, info) in kinds::objects(board, kind) {
            by[usize::from(info.sorts & 31)] += 1;
            out.once += u64::from(info.actors == 1);
            out.twice += u64::from(info.actors == 2);
        }
        out.seen = by.iter().sum();
        out.by_sorts = (0..32).zip(by).filter(|b| b.1 > 0).collect();
        out
    }
}

/// Counts over all objects of the case.
pub(super) struct Base {
    kinds: BTreeMap<&'static str, Kind>,
    sites: u64,
}

impl Base {
    /// Of the kinds that tie somebody.
    pub(super) fn of(board: &Board<'_>, ties: &[Tie]) -> Self {
        let used: BTreeSet<&'static str> = ties.iter().flat_map(|t| &t.kinds).map(|k| k.0).collect();
        let kinds = used.into_iter().filter_map(|id| Some((id, Kind::of(board, board.kind(id)?)))).collect();
        Self { kinds, sites: board.actors.iter().filter(|a| a.sort == Sort::Site).count() as u64 }
    }

    /// Chance for a tie, on its commonest kind.
    pub(super) fn chance(&self, tie: &Tie) -> Chance {
        let (id, mine) = tie.kinds.first().copied().unwrap_or(("object", 0));
        let kind = self.kinds.get(id).cloned().unwrap_or_default();
        if tie.within_sites { between_sites(id, mine as u64, &kind) } else { self.across(id, tie, &kind) }
    }

    fn across(&self, id: &str, tie: &Tie, kind: &Kind) -> Chance {
        if id == "page-email" {
            return one_holder(tie);
        }
        let one = tie.channels.first().map_or(Sort::Account, |c| c.0);
        let two = tie.channels.last().map_or(one, |c| c.0);
        let with = |bits: u8| kind.by_sorts.iter().filter(|b| b.0 & bits == bits).map(|b| b.1).sum::<u64>();
        let named = tie.named > 0 && two == Sort::Site && id == "domain";
        let (n, m) = (with(one.bit()), if named { self.sites } else { with(two.bit()) });
        let observed = if named { tie.named as u64 } else { with(one.bit() | two.bit()) };
        let pool = chance::pool(kind.seen, kind.once, kind.twice).max(1.0);
        let expected = n as f64 * m as f64 / pool;
        let enough = kind.seen >= 100;
        Chance {
            unit: format!("{} that both channels touch", words::deed(id).2),
            observed: observed as f64,
            expected,
            p: enough.then(|| chance::poisson_tail(observed, expected)),
            fdr: None,
            null: format!(
                "{} touch {} {}, {} {}, each drawing independently from a pool of {} (Chao's lower bound); counted over \
                 the whole case, of which this finding is a part.{}",
                words::sorts(one),
                words::thousands(n),
                words::deed(id).2,
                words::sorts(two),
                if named { format!("are {}", words::thousands(m)) } else { words::thousands(m) },
                words::thousands(pool as u64),
                if enough { "" } else { " That is too few to give a probability." }
            ),
        }
    }
}

/// An address that names a sender of the evidence: there is nothing to draw.
fn one_holder(tie: &Tie) -> Chance {
    Chance {
        unit: "addresses with two holders".to_owned(),
        observed: tie.named.max(1) as f64,
        expected: 0.0,
        p: None,
        fdr: None,
        null:
            "A mail address is given out once; two holders of one are not expected. No probability is given: addresses \
               can be mistyped or put on a page by a stranger."
                .to_owned(),
    }
}

/// How often other ids of the kind stand on several sites.
fn between_sites(id: &str, mine: u64, kind: &Kind) -> Chance {
    let others = kind.seen.saturating_sub(mine);
    let shared = kind.seen.saturating_sub(kind.once).saturating_sub(mine).min(others);
    let rate = (shared as f64 + 0.5) / (others as f64 + 1.0);
    let enough = others >= 20;
    Chance {
        unit: format!("{} on several sites", words::deed(id).2),
        observed: mine as f64,
        expected: mine as f64 * rate,
        p: enough.then(|| rate.powi(mine.min(1000) as i32)),
        fdr: None,
        null: format!(
            "These are like the other {} {} of the case, of which {} stand on several sites.{}",
            words::thousands(others),
            words::deed(id).2,
            words::thousands(shared),
            if enough { "" } else { " That is too few to give a probability." }
        ),
    }
}
