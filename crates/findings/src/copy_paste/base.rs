//! What chance would give: the case's repeated texts dealt out anew.
//!
//! Each text keeps its number of authors; these are drawn from all accounts, each as often as it repeats texts outside
//! the group, and once more for everybody. Drawn with replacement, which for crowds small against the case is the same
//! to within a few percent. A text alone is held against the authors of all other texts of its length (geometric tail).

use super::posts::Posts;
use super::{Group, PART, letters};
use crate::{chance, words};
use model::{ActorNo, Board, Chance, ObjectNo, Sort};
use std::collections::BTreeMap;

/// From this many letters on a text hardly recurs by chance.
const LONG: usize = 120;

/// How texts recur in this case.
pub(super) struct Base {
    /// Repeated texts of each account.
    repeats: BTreeMap<ActorNo, u64>,
    /// How many texts have how many authors.
    sizes: BTreeMap<u64, u64>,
    /// Letters and authors of each text, by text.
    texts: BTreeMap<ObjectNo, (usize, u64)>,
    accounts: u64,
}

impl Base {
    pub(super) fn of(board: &Board<'_>, posts: &Posts) -> Self {
        let accounts = board.actors.iter().filter(|a| a.sort == Sort::Account).count() as u64;
        let mut out = Self { repeats: BTreeMap::new(), sizes: BTreeMap::new(), texts: BTreeMap::new(), accounts };
        for group in posts.shares.chunk_by(|x, y| x.object == y.object) {
            let mut who: Vec<ActorNo> = group.iter().map(|s| s.actor).collect();
            who.sort_unstable();
            who.dedup();
            let size = who.len() as u64;
            who.into_iter().for_each(|a| *out.repeats.entry(a).or_default() += 1);
            *out.sizes.entry(size).or_default() += 1;
            out.texts.insert(group[0].object, (letters(board.object(group[0].object)), size));
        }
        out
    }

    /// Chance for a group of `tried`; `None` where it explains the group.
    pub(super) fn chance(&self, group: &Group, tried: usize) -> Option<Chance> {
        let chance = if group.texts.len() == 1 { self.alone(group)? } else { self.crowd(group, tried) };
        let beyond = chance.observed > chance.expected && chance.p.is_none_or(|p| p <= 0.001);
        beyond.then_some(chance)
    }

    /// How many further texts would have most of their authors within this crowd.
    fn crowd(&self, group: &Group, tried: usize) -> Chance {
        let inside: u64 = self.crowd_repeats(group);
        let own: u64 = group.texts.iter().filter_map(|t| self.texts.get(t)).map(|t| t.1).sum();
        let all: u64 = self.repeats.values().sum();
        let crowd = group.accounts.len() as u64;
        let q = (crowd + inside.saturating_sub(own)) as f64 / (self.accounts + all.saturating_sub(own)).max(1) as f64;
        let joins = |size: u64| chance::binomial_tail(((size as f64 * PART).ceil() as u64).max(2), size, q);
        let expected: f64 = self.sizes.iter().map(|(size, n)| *n as f64 * joins(*size)).sum();
        let observed = group.texts.len() as u64 - 1;
        let enough = self.accounts >= crowd + 50;
        let p = (chance::poisson_tail(observed, expected) * tried as f64).min(1.0);
        Chance {
            unit: "further texts mostly by the same accounts".to_owned(),
            observed: observed as f64,
            expected,
            p: enough.then_some(p),
            fdr: None,
            null: format!(
                "The {} texts that recur in the case keep their numbers of authors; these are drawn from the case's {} \
                 accounts, each as often as it repeats texts outside this group; p is multiplied by the {} looked at.{}",
                words::thousands(self.texts.len() as u64),
                words::thousands(self.accounts),
                words::count(tried, "group", "groups"),
                if enough { "" } else { " There are too few other accounts to give a probability." }
            ),
        }
    }

    fn crowd_repeats(&self, group: &Group) -> u64 {
        group.accounts.iter().filter_map(|a| self.repeats.get(a)).sum()
    }

    /// How many texts of this length would have as many authors. Only long ones, or those that stand far out.
    fn alone(&self, group: &Group) -> Option<Chance> {
        let (length, authors) = *self.texts.get(group.texts.first()?)?;
        let alike = |other: usize| (other >= LONG) == (length >= LONG);
        let others = self.texts.iter().filter(|(t, of)| **t != group.texts[0] && alike(of.0)).map(|(_, of)| of.1);
        let (mut n, mut sum, mut most) = (0_u64, 0_u64, 0_u64);
        others.for_each(|size| (n, sum, most) = (n + 1, sum + size, most.max(size)));
        let far = if length >= LONG { most } else { most.max(4) * 3 };
        let further = (sum as f64 / n.max(1) as f64 - 1.0).max(1.0);
        let expected =
            (n + 1) as f64 * (further / (further + 1.0)).powi(i32::try_from(authors).unwrap_or(i32::MAX) - 1);
        (authors > far && expected < 0.05).then(|| Chance {
            unit: format!("texts with at least {authors} authors"),
            observed: 1.0,
            expected,
            p: (n >= 100).then(|| chance::poisson_tail(1, expected)),
            fdr: None,
            null: format!(
                "The {} other texts of the case with {} letters that recur have {} authors on average, {} at most; \
                 each further author is as likely as the one before.{}",
                words::thousands(n),
                if length >= LONG { "120 or more" } else { "fewer than 120" },
                words::figure(further + 1.0),
                words::thousands(most),
                if n >= 100 { "" } else { " That is too few texts to give a probability." }
            ),
        })
    }
}
