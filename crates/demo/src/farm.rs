//! The farm: in each round some of its accounts post the same line or link, or repost the same post, within a minute.
//!
//! Rounds are rare at first and daily from the day of raised activity on. Between rounds its accounts chat like anybody.

use crate::cast::Cast;
use crate::dates::DAY;
use crate::feed::{Post, tracked};
use crate::rng::Rng;
use crate::story::Story;
use crate::words;

/// Longest time between first and last post of a round, in seconds.
const SPREAD: i64 = 52;

/// One round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// Time of its first post, milliseconds.
    pub first: i64,
    /// Time of its last post, milliseconds.
    pub last: i64,
    /// The line all of them posted; empty where each used its own words or all reposted.
    pub text: String,
    /// The link all of them posted, or empty.
    pub url: String,
    /// Number of the post all of them reposted.
    pub reposted: Option<u64>,
    /// Who took part, indices into [`Cast::accounts`].
    pub accounts: Vec<usize>,
}

/// What the farm has used so far.
#[derive(Default)]
struct Used {
    lines: Vec<String>,
    picture: bool,
}

/// The farm's posts and rounds, in order of time.
pub fn operate(rng: &mut Rng, story: &Story, cast: &Cast, picture: &str) -> (Vec<Post>, Vec<Round>) {
    let (mut posts, mut rounds, mut used) = (Vec::new(), Vec::new(), Used::default());
    let times = schedule(rng, story);
    for at in times {
        let mut told = if rng.chance(300) {
            repost_round(rng, story, cast, at)
        } else {
            line_round(rng, story, cast, at, picture, &mut used)
        };
        let original = told.first().filter(|p| told.get(1).is_some_and(|n| n.reposted == Some(p.id)));
        let skip = usize::from(original.is_some());
        rounds.push(summed(&told[skip..]));
        posts.append(&mut told);
    }
    (posts, rounds)
}

/// When rounds begin, milliseconds: one in about five days, then one to three a day until the vote.
fn schedule(rng: &mut Rng, story: &Story) -> Vec<i64> {
    let d = story.days;
    let (from, hours) = (rng.range(5, 9), rng.range(8, 11));
    let mut days = Vec::new();
    let mut day = d.first + rng.range(2, 5);
    while day < d.raised {
        days.push(day);
        day += rng.range(4, 7);
    }
    for day in d.raised..=d.vote {
        let n = if day == d.raised { 3 } else { rng.weighted(&[1, 9, 7, 3]) };
        days.extend(std::iter::repeat_n(day, n));
    }
    let moment = |day: i64| (day * DAY + from * 3600) * 1000 + rng.range(0, hours * 3_600_000);
    let mut times: Vec<i64> = days.into_iter().map(moment).collect();
    times.sort_unstable();
    times
}

/// Who takes part this time: some of these, four at least.
fn shift(rng: &mut Rng, of: &[usize]) -> Vec<usize> {
    let n = (of.len() * rng.count(55, 90) / 100).max(4);
    rng.some(of, n)
}

/// Moments within a round, in order.
fn moments(rng: &mut Rng, at: i64, n: usize) -> Vec<i64> {
    let spread = rng.range(9, SPREAD) * 1000;
    let mut out: Vec<i64> = (0..n).map(|_| at + rng.range(0, spread)).collect();
    out.sort_unstable();
    out
}

fn line_round(rng: &mut Rng, story: &Story, cast: &Cast, at: i64, picture: &str, used: &mut Used) -> Vec<Post> {
    let who = shift(rng, &cast.farm);
    let links = story.pushed(at / 1000);
    let own_words = !links.is_empty() && rng.chance(180);
    let line = line(rng, story, &mut used.lines);
    let link = links.get(rng.below(links.len().min(4))).filter(|_| own_words || rng.chance(850));
    let with_picture = at / 1000 > story.days.wave * DAY && !own_words && (!used.picture || rng.chance(200));
    used.picture |= with_picture;
    let times = moments(rng, at, who.len());
    who.into_iter()
        .zip(times)
        .map(|(account, at)| {
            let manner = cast.accounts[account].manner;
            let text = if own_words { words::comment(rng, &story.lexicon, manner) } else { line.clone() };
            let mut post = Post::new(rng, at, account, text);
            post.media = with_picture.then(|| picture.to_owned());
            match link {
                Some(article) if own_words => post.linking(&tracked(rng, &article.url)),
                Some(article) => post.linking(&article.url),
                None => post,
            }
        })
        .collect()
}

/// A new line, or at times one used before.
fn line(rng: &mut Rng, story: &Story, said: &mut Vec<String>) -> String {
    if !said.is_empty() && rng.chance(120) {
        return rng.pick(said).clone();
    }
    let mut text = words::claim(rng, &story.lexicon);
    while text.split(' ').count() < 10 {
        text = words::claim(rng, &story.lexicon);
    }
    if rng.chance(300) {
        text = format!("{text} {}", story.tags()[0]);
    }
    said.push(text.clone());
    text
}

/// One of them posts; minutes later the others repost it. The post itself comes first.
fn repost_round(rng: &mut Rng, story: &Story, cast: &Cast, at: i64) -> Vec<Post> {
    let members = cast.farm_on(rng.below(2));
    let (lead, others) = (members[0], &members[1..]);
    let text = words::claim(rng, &story.lexicon);
    let original = Post::new(rng, at, lead, text);
    let who = shift(rng, others);
    let start = at + rng.range(25, 1200) * 1000;
    let times = moments(rng, start, who.len());
    let reposts: Vec<Post> =
        who.into_iter().zip(times).map(|(who, at)| original.reposted(rng, cast, at, who)).collect();
    std::iter::once(original).chain(reposts).collect()
}

fn summed(posts: &[Post]) -> Round {
    let first = posts.first().map_or(0, |p| p.at);
    let same = |take: fn(&Post) -> Option<&str>| {
        let value = posts.first().and_then(take).unwrap_or_default();
        if posts.iter().all(|p| take(p) == Some(value)) { value.to_owned() } else { String::new() }
    };
    Round {
        first,
        last: posts.iter().map(|p| p.at).max().unwrap_or(first),
        text: same(|p| p.reposted.is_none().then(|| words_of(p))),
        url: same(|p| p.urls.first().map(|u| u.split(['?', '#']).next().unwrap_or(u))),
        reposted: posts.first().and_then(|p| p.reposted),
        accounts: posts.iter().map(|p| p.account).collect(),
    }
}

/// The words of a post without its link.
fn words_of(post: &Post) -> &str {
    let url = post.urls.first().map_or("", String::as_str);
    post.text.strip_suffix(url).unwrap_or(&post.text).trim_end()
}
