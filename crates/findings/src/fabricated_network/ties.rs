//! Faces, the ties between them, and the fewest that hold each network.

use super::RARE;
use crate::{cloned_outlet, copied_article, masks};
use model::{ActorNo, Board, Grounds, ObjectNo, Ownership, Sort};
use std::collections::{BTreeMap, BTreeSet};

/// What of others a site wears.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Face {
    pub like: bool,
    pub clone: bool,
    pub copied: bool,
}

impl Face {
    fn any(self) -> bool {
        self.like || self.clone || self.copied
    }

    pub(super) fn told(self) -> Vec<&'static str> {
        let all = [
            (self.like, "a name like an outlet's"),
            (self.clone, "pages built from an outlet's"),
            (self.copied, "an article under signs that do not fit"),
        ];
        let told: Vec<&str> = all.into_iter().filter(|f| f.0).map(|f| f.1).collect();
        if told.is_empty() { vec!["none of its own: tied to those that have one"] } else { told }
    }
}

/// How two sites are tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// By what ties owners.
    Owner,
    /// By one rare value that no imitated outlet has.
    Value,
    /// By the same copied article.
    Article,
}

impl How {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Owner => "one owner",
            Self::Value => "a rare value",
            Self::Article => "the same article",
        }
    }
}

/// A tie; `a` is the smaller.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tie {
    pub a: ActorNo,
    pub b: ActorNo,
    pub bits: f64,
    pub how: How,
    pub by: Vec<ObjectNo>,
}

/// A network and the fewest ties that hold it.
pub(super) struct Held {
    /// By number, with their faces.
    pub members: Vec<(ActorNo, Face)>,
    /// Strongest first: one fewer than members.
    pub ties: Vec<Tie>,
    /// Sizes of the parts without the weakest, the smaller first.
    pub parts: (u32, u32),
    /// Other ties between these parts.
    pub across: usize,
    /// Sites with a face in the whole case.
    pub all_faces: usize,
}

impl Held {
    /// The last tie: there is one, as networks have two members.
    pub(super) fn weakest(&self) -> &Tie {
        &self.ties[self.ties.len() - 1]
    }

    pub(super) fn faces(&self) -> usize {
        self.members.iter().filter(|m| m.1.any()).count()
    }

    /// Different sorts of faces.
    pub(super) fn face_sorts(&self) -> usize {
        let any = |f: fn(&Face) -> bool| usize::from(self.members.iter().any(|m| f(&m.1)));
        any(|f| f.like) + any(|f| f.clone) + any(|f| f.copied)
    }
}

/// Bits of one article in common, and of many.
const ARTICLE: (f64, f64) = (10.0, 14.0);
/// Most sites that carry a value which ties them.
const CARRIERS: usize = 64;

/// Every network of at least two sites with a face.
pub(super) fn networks(board: &Board<'_>) -> Vec<Held> {
    let faces = faces(board);
    if faces.len() < 2 {
        return Vec::new();
    }
    let mut ties = owners(board);
    ties.extend(articles(board));
    ties.extend(values(board, &faces));
    ties.sort_by(|x, y| y.bits.total_cmp(&x.bits).then((x.a, x.b, x.how).cmp(&(y.a, y.b, y.how))));
    let (trees, rest) = forest(ties);
    trees.into_iter().filter_map(|tree| held(tree, &rest, &faces)).filter(|n| n.faces() >= 2).collect()
}

fn faces(board: &Board<'_>) -> BTreeMap<ActorNo, Face> {
    let mut out: BTreeMap<ActorNo, Face> = BTreeMap::new();
    for (site, mask) in masks::of(board) {
        let face = out.entry(site).or_default();
        (face.like, face.clone) = (mask.like.is_some(), !mask.pages.is_empty());
    }
    cloned_outlet::sites(board).into_iter().for_each(|site| out.entry(site).or_default().clone = true);
    copied_article::sites(board).into_iter().for_each(|site| out.entry(site).or_default().copied = true);
    out
}

/// The ties that hold owners' clusters.
fn owners(board: &Board<'_>) -> Vec<Tie> {
    let rare = board.owners.tied.iter().filter(|t| t.grounds == Grounds::Rare);
    rare.map(|t| {
        let by = t.by.iter().filter(|b| b.bits >= 1.0).map(|b| b.object).collect();
        Tie { a: t.a.min(t.b), b: t.a.max(t.b), bits: t.bits, how: How::Owner, by }
    })
    .collect()
}

fn articles(board: &Board<'_>) -> Vec<Tie> {
    let pairs = copied_article::pairs(board).into_iter();
    pairs
        .map(|((a, b), n)| {
            let bits = (ARTICLE.0 + (n as f64).log2()).min(ARTICLE.1);
            Tie { a, b, bits, how: How::Article, by: Vec::new() }
        })
        .collect()
}

/// Rare values that sites with a face share: few carry them, most of these have a face, and none is imitated.
fn values(board: &Board<'_>, faces: &BTreeMap<ActorNo, Face>) -> Vec<Tie> {
    let imitated = imitated(board);
    let platforms: BTreeSet<ObjectNo> = board.owners.platforms.iter().copied().collect();
    let mut out = Vec::new();
    board.shares.each_object(&mut |object, shares| {
        let Ownership::Shared(tie) = board.kinds[usize::from(board.object(object).kind.0)].ownership else { return };
        let bits = (f64::from(tie.floor) * f64::from(tie.same) / 100.0).log2();
        let common =
            tie.common.iter().any(|(part, _)| board.object(object).value.raw().contains(part.trim_start_matches('^')));
        if bits < RARE || common || platforms.contains(&object) {
            return;
        }
        let sites = shares.iter().map(|s| s.actor).filter(|a| board.actor(*a).sort == Sort::Site);
        let sites: BTreeSet<ActorNo> = sites.collect();
        let with: Vec<ActorNo> = sites.iter().copied().filter(|s| faces.contains_key(s)).collect();
        let own = sites.len() <= CARRIERS && with.len() * 2 > sites.len() && sites.is_disjoint(&imitated);
        if own {
            let pair = |w: &[ActorNo]| Tie { a: w[0], b: w[1], bits, how: How::Value, by: vec![object] };
            out.extend(with.windows(2).map(pair));
        }
    });
    out
}

/// Sites that others' names or pages are taken from.
fn imitated(board: &Board<'_>) -> BTreeSet<ActorNo> {
    let copied = board.owners.copies.iter().map(|c| c.1);
    let worn = board.articles.masked.iter().filter_map(|m| m.original);
    copied.chain(worn).chain(board.imitations.near.iter().flat_map(|n| n.originals.iter().copied())).collect()
}

/// The strongest ties that hold every tree, and all others.
fn forest(ties: Vec<Tie>) -> (Vec<Vec<Tie>>, Vec<Tie>) {
    let mut root: BTreeMap<ActorNo, ActorNo> = BTreeMap::new();
    let (mut kept, mut rest) = (Vec::new(), Vec::new());
    for tie in ties {
        let (x, y) = (top(&mut root, tie.a), top(&mut root, tie.b));
        if x == y {
            rest.push(tie);
        } else {
            root.insert(x.max(y), x.min(y));
            kept.push(tie);
        }
    }
    let mut trees: BTreeMap<ActorNo, Vec<Tie>> = BTreeMap::new();
    for tie in kept {
        trees.entry(top(&mut root, tie.a)).or_default().push(tie);
    }
    (trees.into_values().collect(), rest)
}

fn top(root: &mut BTreeMap<ActorNo, ActorNo>, of: ActorNo) -> ActorNo {
    let mut at = of;
    while let Some(up) = root.get(&at).copied().filter(|up| *up != at) {
        at = up;
    }
    root.insert(of, at);
    at
}

/// A tree as a network: its members, and what its weakest tie holds together.
fn held(ties: Vec<Tie>, rest: &[Tie], faces: &BTreeMap<ActorNo, Face>) -> Option<Held> {
    let members: BTreeSet<ActorNo> = ties.iter().flat_map(|t| [t.a, t.b]).collect();
    let start = ties.last()?.a;
    let mut next: BTreeMap<ActorNo, Vec<ActorNo>> = BTreeMap::new();
    for tie in &ties[..ties.len() - 1] {
        next.entry(tie.a).or_default().push(tie.b);
        next.entry(tie.b).or_default().push(tie.a);
    }
    let (mut part, mut todo) = (BTreeSet::from([start]), vec![start]);
    while let Some(at) = todo.pop() {
        let fresh: Vec<ActorNo> = next.get(&at).into_iter().flatten().copied().filter(|n| part.insert(*n)).collect();
        todo.extend(fresh);
    }
    let across = |t: &&Tie| members.contains(&t.a) && part.contains(&t.a) != part.contains(&t.b);
    let (one, all) = (part.len() as u32, members.len() as u32);
    Some(Held {
        across: rest.iter().filter(across).count(),
        parts: (one.min(all - one), one.max(all - one)),
        members: members.into_iter().map(|m| (m, faces.get(&m).copied().unwrap_or_default())).collect(),
        ties,
        all_faces: faces.len(),
    })
}
