//! What everybody posts of their own accord, told in order of time: people answer and repost what stands before them.
//!
//! Posts planned elsewhere (the farm's, the fans', outlets') are woven in, so that ordinary people meet them too.

use crate::cast::Cast;
use crate::dates::{self, DAY};
use crate::rng::Rng;
use crate::story::Story;
use crate::words;

/// Millisecond from which post numbers count (2010-01-01).
const EPOCH: i64 = 1_262_304_000_000;
/// How often something is posted in each hour of the day, and on each weekday from Monday.
const HOURS: [u32; 24] = [3, 2, 1, 1, 1, 2, 5, 9, 11, 10, 9, 9, 12, 11, 9, 9, 10, 12, 13, 14, 16, 17, 13, 7];
const WEEK: [u32; 7] = [20, 20, 20, 22, 24, 18, 17];

/// A post, repost or reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Post {
    /// Milliseconds.
    pub at: i64,
    /// Number.
    pub id: u64,
    /// Index into [`Cast::accounts`].
    pub account: usize,
    /// Words, with links and tags.
    pub text: String,
    /// Number of the post it reposts.
    pub reposted: Option<u64>,
    /// Number of the post it answers.
    pub replied: Option<u64>,
    /// Links.
    pub urls: Vec<String>,
    /// SHA-256 of a picture.
    pub media: Option<String>,
}

impl Post {
    /// A post of this moment.
    pub fn new(rng: &mut Rng, at: i64, account: usize, text: String) -> Self {
        let id = (((at - EPOCH) as u64) << 22) | rng.below(1 << 22) as u64;
        Self { at, id, account, text, ..Self::default() }
    }

    /// With a link after the words.
    pub fn linking(mut self, url: &str) -> Self {
        self.text = format!("{} {url}", self.text).trim().to_owned();
        self.urls.push(url.to_owned());
        self
    }

    /// A repost of this by another.
    pub fn reposted(&self, rng: &mut Rng, cast: &Cast, at: i64, by: usize) -> Self {
        let text = format!("RT @{}: {}", cast.accounts[self.account].handle, self.text);
        Self {
            reposted: Some(self.id),
            urls: self.urls.clone(),
            media: self.media.clone(),
            ..Self::new(rng, at, by, text)
        }
    }
}

/// A moment at which an account posts something of its own accord.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// Milliseconds.
    pub at: i64,
    /// Index into [`Cast::accounts`].
    pub account: usize,
    /// It watches the debate.
    pub debate: bool,
}

/// `n` moments over the weeks, as people's days and weeks go; everybody gets one at least.
pub fn ordinary(rng: &mut Rng, story: &Story, cast: &Cast, n: usize) -> Vec<Slot> {
    let weights: Vec<u32> = cast.accounts.iter().map(|a| a.weight).collect();
    let rest = n.saturating_sub(weights.len());
    let mut who: Vec<usize> = (0..weights.len()).collect();
    who.extend((0..rest).map(|_| rng.weighted(&weights)));
    who.into_iter()
        .map(|account| Slot { at: moment(rng, story, cast.accounts[account].shift), account, debate: false })
        .collect()
}

fn moment(rng: &mut Rng, story: &Story, shift: i64) -> i64 {
    loop {
        let day = rng.range(story.days.first, story.days.last);
        if rng.below(24) as u32 >= WEEK[dates::weekday(day)] {
            continue;
        }
        let hour = rng.weighted(&HOURS) as i64 + shift;
        return ((day * DAY) + hour.rem_euclid(24) * 3600) * 1000 + rng.range(0, 3_599_999);
    }
}

/// Everything that is posted, in order of time.
pub fn tell(rng: &mut Rng, story: &Story, cast: &Cast, mut planned: Vec<Post>, mut free: Vec<Slot>) -> Vec<Post> {
    planned.sort_by_key(|p| std::cmp::Reverse((p.at, p.id)));
    free.sort_unstable();
    let mut feed = Feed { rng, story, cast, out: Vec::new(), originals: [Vec::new(), Vec::new()] };
    for slot in free {
        while planned.last().is_some_and(|p| p.at <= slot.at) {
            planned.pop().into_iter().for_each(|p| feed.add(p));
        }
        let post = feed.own(slot);
        feed.add(post);
    }
    planned.into_iter().rev().for_each(|p| feed.add(p));
    feed.out
}

struct Feed<'a> {
    rng: &'a mut Rng,
    story: &'a Story,
    cast: &'a Cast,
    out: Vec<Post>,
    /// Indices into `out` of what may be answered or reposted, by platform.
    originals: [Vec<usize>; 2],
}

impl Feed<'_> {
    fn add(&mut self, post: Post) {
        if post.reposted.is_none() {
            self.originals[self.cast.accounts[post.account].platform].push(self.out.len());
        }
        self.out.push(post);
    }

    fn own(&mut self, slot: Slot) -> Post {
        if slot.debate {
            return self.debate(slot);
        }
        match (self.rng.below(100), self.before(slot)) {
            (0..24, Some(before)) => before.reposted(self.rng, self.cast, slot.at, slot.account),
            (24..42, Some(before)) => self.answer(slot, &before),
            (42..54, _) => self.share(slot),
            _ => self.chat(slot),
        }
    }

    /// Something others said lately; the famous are heard more.
    fn before(&mut self, slot: Slot) -> Option<Post> {
        let originals = &self.originals[self.cast.accounts[slot.account].platform];
        let recent = &originals[originals.len().saturating_sub(160)..];
        let heard = (0..recent.len().min(5)).map(|_| *self.rng.pick(recent)).collect::<Vec<_>>();
        let loudest = heard.into_iter().filter(|i| self.out[*i].account != slot.account);
        loudest.max_by_key(|i| (self.cast.accounts[self.out[*i].account].fame, *i)).map(|i| self.out[i].clone())
    }

    fn answer(&mut self, slot: Slot, to: &Post) -> Post {
        let manner = self.cast.accounts[slot.account].manner;
        let words = words::reply(self.rng, &self.story.lexicon, manner);
        let text = format!("@{} {words}", self.cast.accounts[to.account].handle);
        Post { replied: Some(to.id), ..Post::new(self.rng, slot.at, slot.account, text) }
    }

    /// A link to an article of the last days, by the share button or in own words.
    fn share(&mut self, slot: Slot) -> Post {
        let out = self.rng.pick(&self.story.outlets);
        let seconds = slot.at / 1000;
        let lately: Vec<_> = out.articles.iter().filter(|a| a.at < seconds && a.at > seconds - 6 * DAY).collect();
        if lately.is_empty() {
            return self.chat(slot);
        }
        let article = *self.rng.pick(&lately);
        let manner = self.cast.accounts[slot.account].manner;
        let text = match self.rng.below(3) {
            0 => button(&article.headline, &out.handle),
            _ => words::comment(self.rng, &self.story.lexicon, manner),
        };
        let url = tracked(self.rng, &article.url);
        Post::new(self.rng, slot.at, slot.account, text).linking(&url)
    }

    fn chat(&mut self, slot: Slot) -> Post {
        let manner = self.cast.accounts[slot.account].manner;
        let mut text = words::chatter(self.rng, &self.story.lexicon, manner);
        if self.rng.chance(manner.political / 4) {
            text = format!("{text} {}", self.story.tags()[0]);
        }
        let media = match self.rng.below(100) {
            0..3 => Some(self.rng.hex(64)),
            3..7 => Some(self.rng.pick(&self.story.memes).clone()),
            _ => None,
        };
        Post { media, ..Post::new(self.rng, slot.at, slot.account, text) }
    }

    fn debate(&mut self, slot: Slot) -> Post {
        let repeats = self.rng.chance(300);
        if let Some(before) = self.before(slot).filter(|_| repeats) {
            return before.reposted(self.rng, self.cast, slot.at, slot.account);
        }
        let manner = self.cast.accounts[slot.account].manner;
        let mut text = words::debate(self.rng, &self.story.lexicon, manner);
        if self.rng.chance(600) {
            text = format!("{text} {}", self.story.tags()[1]);
        }
        Post::new(self.rng, slot.at, slot.account, text)
    }
}

/// What a share button writes.
pub fn button(headline: &str, handle: &str) -> String {
    format!("{headline} — via @{handle}")
}

/// A link as it looks after passing through an app, at times with the app's tracking parameters.
pub fn tracked(rng: &mut Rng, url: &str) -> String {
    match rng.below(8) {
        0 => format!("{url}?utm_source=share&utm_medium=social"),
        1 => format!("{url}?utm_campaign={}", rng.hex(6)),
        2 => format!("{url}#comments"),
        _ => url.to_owned(),
    }
}
