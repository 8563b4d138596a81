//! What chance would give: how often channels of this case meet, were they drawing independently.
//!
//! Across channels: the actors of the tie on either side have drawn as many things as they touch from one pool, whose
//! size is Chao's lower bound from objects touched once and twice (too small a pool: too many meetings expected: the
//! careful side). Between sites: how often ids of that kind recur at all.

use super::ties::Tie;
use crate::{chance, kinds, words};
use model::{ActorNo, Board, Chance, KindNo, ObjectNo, Sort};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default, Clone)]
struct Kind {
    seen: u64,
    once: u64,
    twice: u64,
}

impl Kind {
    fn of(board: &Board<'_>, kind: KindNo) -> Self {
        let mut out = Self::default();
        for (_, info) in kinds::objects(board, kind) {
            out.seen += 1;
            out.once += u64::from(info.actors == 1);
            out.twice += u64::from(info.actors == 2);
        }
        out
    }
}

/// Counts over all objects of the case.
pub(super) struct Base {
    kinds: BTreeMap<&'static str, Kind>,
    touched: Touched,
    sites: u64,
}

impl Base {
    /// Of the kinds that tie somebody.
    pub(super) fn of(board: &Board<'_>, ties: &[Tie]) -> Self {
        let used: BTreeSet<&'static str> = ties.iter().flat_map(|t| &t.kinds).map(|k| k.0).collect();
        let kinds = used.iter().filter_map(|id| Some((*id, Kind::of(board, board.kind(id)?)))).collect();
        Self {
            kinds,
            touched: touched(board, ties, &used),
            sites: board.actors.iter().filter(|a| a.sort == Sort::Site).count() as u64,
        }
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
        let named = tie.named > 0 && id == "domain";
        let mine = tie.kinds.first().map_or(0, |k| k.1) as u64;
        let (n, m) = (self.touched(tie, id, one), if named { self.sites } else { self.touched(tie, id, two) });
        let pool = chance::pool(kind.seen, kind.once, kind.twice).max(1.0);
        let expected = n as f64 * m as f64 / pool;
        let enough = kind.seen >= 100;
        Chance {
            unit: format!("{} that both channels touch", words::deed(id).2),
            observed: mine as f64,
            expected,
            p: enough.then(|| chance::poisson_tail(mine, expected)),
            fdr: None,
            null: format!(
                "These {} touch {} {} in all, {}, each drawing independently from a pool of {} (Chao's lower bound).{}",
                words::sorts(one),
                words::thousands(n),
                words::deed(id).2,
                if named {
                    format!("and the evidence has {}", words::count(m as usize, "site", "sites"))
                } else {
                    format!("these {} {}", words::sorts(two), words::thousands(m))
                },
                words::thousands(pool as u64),
                if enough { "" } else { " That is too few to give a probability." }
            ),
        }
    }

    /// Different objects of a kind that the tie's actors of a sort touch.
    fn touched(&self, tie: &Tie, id: &str, sort: Sort) -> u64 {
        let Some(of_kind) = self.touched.get(id) else { return 0 };
        let mut objects: Vec<ObjectNo> = Vec::new();
        for actor in &tie.actors {
            if let Some((_, of)) = of_kind.get(actor).filter(|t| t.0 == sort) {
                objects.extend_from_slice(of);
            }
        }
        objects.sort_unstable();
        objects.dedup();
        objects.len().max(1) as u64
    }
}

/// By kind and actor, the objects touched.
type Touched = BTreeMap<&'static str, BTreeMap<ActorNo, (Sort, Vec<ObjectNo>)>>;

/// What the actors of ties touch, of the kinds that tie. At most a hundred thousand objects each are kept.
fn touched(board: &Board<'_>, ties: &[Tie], used: &BTreeSet<&'static str>) -> Touched {
    let mut wanted = vec![0_u64; board.actors.len() / 64 + 1];
    for actor in ties.iter().filter(|t| !t.within_sites && t.pushed.is_none()).flat_map(|t| &t.actors) {
        wanted[actor.0 as usize / 64] |= 1 << (actor.0 % 64);
    }
    let mut out = Touched::new();
    if wanted.iter().all(|w| *w == 0) {
        return out;
    }
    let ranges: Vec<_> = used.iter().map(|id| (*id, kinds::range_of(board, id))).collect();
    board.shares.each_object(&mut |object, shares| {
        let Some((id, _)) = ranges.iter().find(|r| r.1.contains(&object.0)) else { return };
        for s in shares.iter().filter(|s| wanted[s.actor.0 as usize / 64] & (1 << (s.actor.0 % 64)) != 0) {
            let of = out.entry(*id).or_default().entry(s.actor);
            let (_, objects) = of.or_insert_with(|| (board.actor(s.actor).sort, Vec::new()));
            if objects.last() != Some(&object) && objects.len() < 100_000 {
                objects.push(object);
            }
        }
    });
    out
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
