//! Open explanations that the traces themselves show: what a group leaves that does not hide.
//!
//! Each asks for marks that a covert group has no use for: names that say whose the accounts are, the same words and
//! links passed on by many others, one tag that a public uses. What is recognised is told first among the innocent
//! explanations and holds a finding to `low`, a timetable alone to `moderate`. Wrong where somebody hides behind such
//! marks on purpose: then a person must look, as the explanation says.

use crate::words::{count, innocent, percent};
use crate::{kinds, marks::Marks};
use model::{ActorNo, Board, Innocent, ObjectNo, Share, When};
use std::collections::{BTreeMap, BTreeSet};

/// A group, and what its members touched together.
pub(crate) struct Group<'a> {
    pub(crate) members: Vec<ActorNo>,
    pub(crate) touches: &'a [Share],
    /// Who is linked to whom; empty where that is not known.
    pub(crate) pairs: Vec<(ActorNo, ActorNo)>,
    /// A member that was nearly always first.
    pub(crate) first: Option<ActorNo>,
    /// True where they took their time, as an audience does.
    pub(crate) slow: bool,
}

/// What is recognised.
pub(crate) struct Recognised {
    /// In words.
    pub(crate) innocent: Innocent,
    /// True where the marks themselves are open, and not only such as an open group has as well: a timetable is.
    pub(crate) open: bool,
}

/// Services that post for their users what a feed or a timetable says. From their own pages; never complete.
const SERVICES: &[&str] = &[
    "agorapulse",
    "buffer",
    "cross-poster",
    "crossposter",
    "dlvr.it",
    "echobox",
    "fedica",
    "feedburner",
    "hootsuite",
    "ifttt",
    "jetpack",
    "loomly",
    "metricool",
    "missinglettr",
    "moa bridge",
    "postcron",
    "publer",
    "revive social",
    "sharethis",
    "socialflow",
    "socialnewsdesk",
    "sprinklr",
    "sprout social",
    "true anthem",
    "twitterfeed",
    "wordpress.com",
    "zapier",
];

/// Fewest letters of a site's name that say something in the name of an account.
const NAME: usize = 5;
/// Fewest hours in which a timetable shows.
const HOURS: usize = 8;
/// A public is so many times as large as the group.
const PUBLIC: u32 = 5;

/// What is recognised of each group, the surest first.
pub(crate) fn recognised(board: &Board<'_>, groups: &[Group<'_>]) -> Vec<Vec<Recognised>> {
    let beside = beside(board, groups);
    groups.iter().zip(beside).map(|(group, records)| Seen { board, group, records }.all()).collect()
}

/// One post of a group, by what stands in it.
#[derive(Default, Clone)]
struct Record {
    micros: i64,
    urls: Vec<ObjectNo>,
    domains: Vec<ObjectNo>,
    tags: Vec<ObjectNo>,
    texts: Vec<ObjectNo>,
    client: Option<ObjectNo>,
}

type Records = BTreeMap<(u32, u64), Record>;

/// The posts behind the touches of each group, in one pass over the traces.
fn beside(board: &Board<'_>, groups: &[Group<'_>]) -> Vec<Records> {
    let mut places: Vec<(u32, u64, usize)> = Vec::new();
    let mut out: Vec<Records> = vec![Records::new(); groups.len()];
    for (at, group) in groups.iter().enumerate() {
        for share in group.touches {
            let record = out[at].entry((share.evidence, share.at)).or_default();
            record.micros = share.micros;
        }
        places.extend(out[at].keys().map(|(evidence, place)| (*evidence, *place, at)));
    }
    places.sort_unstable();
    let marks = Marks::of(&places.iter().map(|p| (p.0, p.1)).collect::<Vec<_>>());
    let of = ["url", "domain", "hashtag", "exact-text", "client"].map(|id| kinds::range_of(board, id));
    if places.is_empty() {
        return out;
    }
    board.shares.each_object(&mut |object, shares| {
        let Some(kind) = of.iter().position(|range| range.contains(&object.0)) else { return };
        for share in shares.iter().filter(|s| marks.perhaps(s)) {
            let from = places.partition_point(|p| (p.0, p.1) < (share.evidence, share.at));
            for (.., group) in places[from..].iter().take_while(|p| (p.0, p.1) == (share.evidence, share.at)) {
                let Some(record) = out[*group].get_mut(&(share.evidence, share.at)) else { continue };
                match kind {
                    0 => record.urls.push(object),
                    1 => record.domains.push(object),
                    2 => record.tags.push(object),
                    3 => record.texts.push(object),
                    _ => record.client = Some(object),
                }
            }
        }
    });
    out
}

/// One group with its posts.
struct Seen<'a, 'b> {
    board: &'a Board<'b>,
    group: &'a Group<'a>,
    records: Records,
}

impl Seen<'_, '_> {
    fn all(&self) -> Vec<Recognised> {
        let open = [self.one_hand(), self.house(), self.ticker(), self.button(), self.feed(), self.public()];
        let open = open.into_iter().flatten().map(|innocent| Recognised { innocent, open: true });
        open.chain(self.timetable().map(|innocent| Recognised { innocent, open: false })).collect()
    }

    /// A name without what separates its words, in small letters; of `x/the_name` the part behind the platform.
    fn handle(&self, actor: ActorNo) -> String {
        let name = self.board.actor(actor).name.raw();
        let handle = name.rsplit('/').next().unwrap_or_default();
        handle.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    }

    /// Nearly every link joins two accounts of one name on two platforms.
    fn one_hand(&self) -> Option<Innocent> {
        let platform =
            |a: ActorNo| self.board.actor(a).name.raw().split_once('/').map(|(platform, _)| platform.to_owned());
        let same = |(a, b): &&(ActorNo, ActorNo)| {
            let [x, y] = [platform(*a), platform(*b)];
            x.is_some() && y.is_some() && x != y && self.handle(*a) == self.handle(*b)
        };
        let (pairs, all) = (self.group.pairs.iter().filter(same).count(), self.group.pairs.len());
        (most(pairs, all)).then(|| {
            innocent(
                "Recognised: the same people on several platforms, posting the same in all of them",
                format!(
                    "{} of the links join accounts of one and the same name on two platforms.",
                    percent(pairs, all)
                ),
            )
        })
    }

    /// The thing that stands in nearly every post, of one sort.
    fn everywhere(&self, of: fn(&Record) -> &[ObjectNo]) -> Option<(ObjectNo, usize)> {
        let mut counts: BTreeMap<ObjectNo, usize> = BTreeMap::new();
        self.records.values().flat_map(of).for_each(|o| *counts.entry(*o).or_default() += 1);
        let (object, n) = counts.into_iter().max_by_key(|(object, n)| (*n, std::cmp::Reverse(*object)))?;
        most(n, self.records.len()).then_some((object, n))
    }

    /// The name of the site that nearly every post links to, as it would stand in an account's name.
    fn site(&self) -> Option<(String, usize)> {
        let (domain, n) = self.everywhere(|r| &r.domains)?;
        let label = self.board.object(domain).value.raw().split('.').next().unwrap_or_default();
        let name: String = label.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        (name.chars().count() >= NAME).then_some((name, n))
    }

    fn house(&self) -> Option<Innocent> {
        let (site, n) = self.site()?;
        let named = self.group.members.iter().filter(|m| self.handle(**m).contains(&site)).count();
        most(named, self.group.members.len()).then(|| {
            innocent(
                "Recognised: the open accounts of one organisation that pass on its own site",
                format!(
                    "{} of the posts link to one site, whose name stands in the names of {} of the {} accounts.",
                    percent(n, self.records.len()),
                    named,
                    self.group.members.len()
                ),
            )
        })
    }

    /// One account, called like the site it links to, is first; the others follow.
    fn ticker(&self) -> Option<Innocent> {
        let (site, n) = self.site()?;
        self.handle(self.group.first?).contains(&site).then(|| {
            innocent(
                "Recognised: feeds that pass on what one open source publishes, such as a news ticker",
                format!(
                    "{} of the posts link to one site, and the account that was nearly always first carries its name.",
                    percent(n, self.records.len())
                ),
            )
        })
    }

    /// Words that always come with one and the same link, and that others post as well.
    fn button(&self) -> Option<Innocent> {
        let mut texts: BTreeMap<ObjectNo, BTreeSet<ObjectNo>> = BTreeMap::new();
        let mut with = 0;
        for record in self.records.values().filter(|r| !r.texts.is_empty() && !r.urls.is_empty()) {
            with += 1;
            record.texts.iter().for_each(|text| texts.entry(*text).or_default().extend(&record.urls));
        }
        let one = texts.values().filter(|urls| urls.len() == 1).count();
        let by: u32 = texts.keys().map(|text| self.board.object(*text).actors).min().unwrap_or(0);
        let others = by as usize >= 2 * self.group.members.len();
        (most(with, self.records.len()) && most(one, texts.len()) && others).then(|| {
            innocent(
                "Recognised: a share button, or headlines passed on with their articles",
                format!(
                    "{} of the posts carry one of {} that each come with a link of their own, and at least {by} accounts posted \
                     each: members and at least as many others.",
                    percent(with, self.records.len()),
                    count(texts.len(), "text", "texts"),
                ),
            )
        })
    }

    /// What a service posts for its users from the feed of one site.
    fn feed(&self) -> Option<Innocent> {
        let (_, linked) = self.everywhere(|r| &r.domains)?;
        let service = |client: ObjectNo| {
            let name = self.board.object(client).value.raw();
            SERVICES.iter().any(|s| name.contains(s))
        };
        let posted = self.records.values().filter(|r| r.client.is_some_and(service)).count();
        most(posted, self.records.len()).then(|| {
            innocent(
                "Recognised: a syndication or cross-posting service that posts the feed of one site",
                format!(
                    "{} of the posts were made by services that post for their users, and {} link to one site. Look whether the \
                     accounts say whose they are.",
                    percent(posted, self.records.len()),
                    percent(linked, self.records.len())
                ),
            )
        })
    }

    /// The same minute of every hour, for one site or under one tag.
    fn timetable(&self) -> Option<Innocent> {
        let (_, about) = self.everywhere(|r| &r.domains).or_else(|| self.everywhere(|r| &r.tags))?;
        let known = self.records.values().map(|r| r.micros).filter(|m| *m != When::UNKNOWN);
        let (mut minutes, mut hours) = ([0_usize; 60], BTreeSet::new());
        for micros in known {
            minutes[(micros.div_euclid(60 * When::SECOND)).rem_euclid(60) as usize] += 1;
            hours.insert(micros.div_euclid(model::HOUR));
        }
        let (minute, n) = minutes.iter().copied().enumerate().max_by_key(|(at, n)| (*n, std::cmp::Reverse(*at)))?;
        (most(n, self.records.len()) && hours.len() >= HOURS).then(|| {
            innocent(
                "Recognised: a campaign on a timetable",
                format!(
                    "{} of the posts fall on minute {minute} of an hour, in {} different hours; {} carry one site or one tag. Look \
                     whether the accounts say whose campaign it is.",
                    percent(n, self.records.len()),
                    hours.len(),
                    percent(about, self.records.len())
                ),
            )
        })
    }

    /// One tag only, that a public many times as large uses, at the pace of an audience.
    fn public(&self) -> Option<Innocent> {
        if !self.group.slow {
            return None;
        }
        let (tag, n) = self.everywhere(|r| &r.tags)?;
        let one = self.records.values().filter(|r| r.tags.len() == 1).count();
        let users = self.board.object(tag).actors;
        let large = users >= PUBLIC.saturating_mul(self.group.members.len() as u32);
        (large && most(one, self.records.len())).then(|| {
            innocent(
                "Recognised: a fan club's or a public campaign's action under one tag",
                format!(
                    "{} of the posts carry one tag and no other, which {} use.",
                    percent(n, self.records.len()),
                    count(users as usize, "account", "accounts")
                ),
            )
        })
    }
}

/// Nine in ten, of some.
fn most(part: usize, whole: usize) -> bool {
    whole > 0 && part * 10 >= whole * 9
}

#[cfg(test)]
mod tests;
