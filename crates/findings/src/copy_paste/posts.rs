//! The posts that carry given texts: whose, when, with which links; reposts left out.

use crate::{kinds, marks::Marks, words};
use model::{ActorNo, Board, ObjectNo, Share, Sort};
use std::collections::{BTreeMap, BTreeSet};

/// Posts by accounts, by text, then time, with the links they carry.
#[derive(Default)]
pub(super) struct Posts {
    pub(super) shares: Vec<Share>,
    /// Place, account and URL of every link in those posts, sorted.
    links: Vec<((u32, u64), ActorNo, ObjectNo)>,
}

/// Posts of these texts that are not reposts.
pub(super) fn originals(board: &Board<'_>, texts: &[ObjectNo]) -> Posts {
    let account = |s: &Share| board.actor(s.actor).sort == Sort::Account;
    let mut shares: Vec<Share> = board.shares.of_objects(texts).into_iter().filter(account).collect();
    let mut places: Vec<(u32, u64)> = shares.iter().map(|s| (s.evidence, s.at)).collect();
    places.sort_unstable();
    places.dedup();
    let marks = Marks::of(&places);
    let (repost, url) = (kinds::range_of(board, "repost"), kinds::range_of(board, "url"));
    let (mut reposts, mut links) = (Vec::new(), Vec::new());
    board.shares.each_object(&mut |object, touches| {
        let reposted = repost.contains(&object.0);
        if !reposted && !url.contains(&object.0) {
            return;
        }
        for s in touches.iter().filter(|s| marks.perhaps(s)) {
            let place = (s.evidence, s.at);
            if places.binary_search(&place).is_err() {
                continue;
            }
            if reposted { reposts.push(place) } else { links.push((place, s.actor, object)) }
        }
    });
    reposts.sort_unstable();
    links.sort_unstable();
    shares.retain(|s| reposts.binary_search(&(s.evidence, s.at)).is_err());
    Posts { shares, links }
}

impl Posts {
    /// Only those of some texts (sorted).
    pub(super) fn of(&self, texts: &[ObjectNo]) -> Self {
        let mut shares = Vec::new();
        for text in texts {
            let from = self.shares.partition_point(|s| s.object < *text);
            let to = self.shares.partition_point(|s| s.object <= *text);
            shares.extend_from_slice(&self.shares[from..to]);
        }
        let mut links = Vec::new();
        for share in &shares {
            let place = (share.evidence, share.at);
            let from = self.links.partition_point(|l| l.0 < place);
            links.extend(self.links[from..].iter().take_while(|l| l.0 == place).copied());
        }
        links.sort_unstable();
        links.dedup();
        Self { shares, links }
    }

    /// Posts that carry at least one link.
    pub(super) fn linked(&self) -> usize {
        self.links.iter().map(|l| l.0).collect::<BTreeSet<_>>().len()
    }

    /// Different links.
    pub(super) fn urls(&self) -> usize {
        self.links.iter().map(|l| l.2).collect::<BTreeSet<_>>().len()
    }

    /// Of the posts with a link, the part that carries the commonest one.
    pub(super) fn same_link(&self) -> f64 {
        let mut by: BTreeMap<ObjectNo, usize> = BTreeMap::new();
        self.links.iter().for_each(|l| *by.entry(l.2).or_default() += 1);
        by.values().max().map_or(0.0, |n| *n as f64 / self.linked().max(1) as f64)
    }

    /// Different links of each text, summed, against its authors: 1 where each has a link of its own.
    pub(super) fn own_links(&self) -> f64 {
        let (mut links, mut authors) = (0, 0);
        for group in self.shares.chunk_by(|x, y| x.object == y.object) {
            authors += group.iter().map(|s| s.actor).collect::<BTreeSet<_>>().len();
            let of = |s: &Share| {
                let place = (s.evidence, s.at);
                let from = self.links.partition_point(|l| l.0 < place);
                self.links[from..].iter().take_while(move |l| l.0 == place).map(|l| l.2)
            };
            links += group.iter().flat_map(of).collect::<BTreeSet<_>>().len();
        }
        links as f64 / authors.max(1) as f64
    }

    /// Authors of the text that has the fewest.
    pub(super) fn fewest_authors(&self) -> usize {
        let authors = |g: &[Share]| g.iter().map(|s| s.actor).collect::<BTreeSet<_>>().len();
        self.shares.chunk_by(|x, y| x.object == y.object).map(authors).min().unwrap_or(0)
    }

    /// Median time from a post to the next with the same words, in words; `None` where no times are known.
    pub(super) fn pace(&self) -> Option<String> {
        let times = |g: &[Share]| g.iter().filter_map(Share::when).map(|w| w.0).collect::<Vec<_>>();
        let mut gaps: Vec<i64> = Vec::new();
        for known in self.shares.chunk_by(|x, y| x.object == y.object).map(times) {
            gaps.extend(known.windows(2).map(|w| w[1].saturating_sub(w[0])));
        }
        gaps.sort_unstable();
        gaps.get(gaps.len() / 2).map(|g| words::span(*g))
    }
}
