//! What does not fit about a page that carries an article others carry as well.

use crate::{common_owner, masks};
use model::{ActorNo, Article, Board, Carried, DAY, When};
use std::collections::{BTreeMap, BTreeSet};

/// Changes that are more than an editor's spelling.
const CHANGES: u32 = 3;
/// Lower-case parts of bylines that name a desk and no person.
const DESKS: &[&str] = &[
    "admin", "agenc", "desk", "editor", "news", "press", "redac", "redak", "rédac", "report", "service", "staff",
    "team",
];

/// What does not fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// The site wears another's face.
    pub mask: bool,
    /// The page later sent its visitors to another site.
    pub gone: bool,
    /// Its date cannot be: before the site was registered, after the page was saved, or another than in its address.
    pub date: bool,
    /// Another person signs the same words elsewhere.
    pub byline: bool,
    /// One owner has it under several names.
    pub owner: bool,
    /// Words were changed.
    pub altered: bool,
    /// It says where the article is from.
    pub credits: bool,
}

impl Signs {
    /// Each sign and what it says, with how it is told.
    pub(super) fn told(self) -> Vec<&'static str> {
        let all = [
            (self.mask, "the site wears another's name"),
            (self.gone, "the page later sent on to another site"),
            (self.date, "its date cannot be"),
            (self.byline, "signed by another person elsewhere"),
            (self.owner, "one owner under several names"),
            (self.altered, "words changed"),
            (self.credits, "names its source"),
        ];
        all.into_iter().filter(|s| s.0).map(|s| s.1).collect()
    }

    /// Enough to be told as more than a question. A source that is named speaks against it, unless behind a mask.
    pub(super) fn telling(self) -> bool {
        let others = usize::from(self.date) + usize::from(self.byline) + usize::from(self.owner);
        self.mask || self.gone || (!self.credits && others >= 2)
    }

    /// Something that may be asked about.
    pub(super) fn odd(self) -> bool {
        !self.credits && (self.date || self.byline || self.owner)
    }

    /// Signs of different sorts.
    pub(super) fn sorts(self) -> usize {
        [self.mask, self.gone, self.date, self.byline, self.owner, self.altered].iter().filter(|s| **s).count()
    }
}

/// What is known of all sites, looked up once.
pub(super) struct Known<'b> {
    masks: BTreeMap<ActorNo, masks::Mask<'b>>,
    gone: BTreeSet<&'b str>,
    registered: BTreeMap<ActorNo, When>,
    /// The cluster of each site that has one.
    owner: BTreeMap<ActorNo, usize>,
}

impl<'b> Known<'b> {
    pub(super) fn of(board: &Board<'b>) -> Self {
        let sent = board.articles.sent_on.iter().filter(|s| !s.moved);
        let sent = sent.filter(|s| !s.original.is_some_and(|o| common_owner::together(board, s.site, o)));
        let members = board.owners.clusters.iter().enumerate();
        Self {
            masks: masks::of(board),
            gone: sent.map(|s| s.url.raw()).collect(),
            registered: board.articles.registered.iter().copied().collect(),
            owner: members.flat_map(|(no, c)| c.members.iter().map(move |m| (*m, no))).collect(),
        }
    }

    /// When the site was registered.
    pub(super) fn registered(&self, site: ActorNo) -> Option<When> {
        self.registered.get(&site).copied()
    }

    /// The signs of each copy, in their order.
    pub(super) fn signs(&self, article: &Article) -> Vec<Signs> {
        let persons: Vec<Option<String>> = article.copies.iter().map(person).collect();
        let all = article.copies.iter().zip(&persons);
        all.map(|(copy, person)| {
            let other = |(c, p): (&Carried, &Option<String>)| {
                c.site != copy.site && person.is_some() && p.is_some() && p != person
            };
            Signs {
                mask: self.masks.contains_key(&copy.site),
                gone: self.gone.contains(copy.url.raw()),
                date: self.cannot_be(copy),
                byline: article.copies.iter().zip(&persons).any(other),
                owner: article.copies.iter().any(|c| self.one_owner(c, copy)),
                altered: copy.changes >= CHANGES,
                credits: copy.credits,
            }
        })
        .collect()
    }

    fn cannot_be(&self, copy: &Carried) -> bool {
        let Some(when) = copy.when else { return false };
        let before = self.registered(copy.site).is_some_and(|r| when.0 + 2 * DAY < r.0);
        let after = copy.kept.is_some_and(|k| when.0 > k.0 + 2 * DAY);
        let other = copy.dated.is_some_and(|d| (when.0 - d.0).abs() > 3 * DAY);
        before || after || other
    }

    /// One owner has both under names of their own.
    fn one_owner(&self, x: &Carried, y: &Carried) -> bool {
        let names = (letters(x.masthead.raw()), letters(y.masthead.raw()));
        let owners = (self.owner.get(&x.site), self.owner.get(&y.site));
        x.site != y.site && owners.0.is_some() && owners.0 == owners.1 && !names.0.is_empty() && names.0 != names.1
    }
}

/// The person who signs a copy; `None` where that is a desk, the outlet itself or nobody.
fn person(copy: &Carried) -> Option<String> {
    let name = letters(copy.byline.raw().trim().trim_start_matches("By ").trim_start_matches("by "));
    let desk = DESKS.iter().any(|d| name.contains(d)) || name == letters(copy.masthead.raw());
    (name.chars().count() >= 5 && !desk).then_some(name)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
