//! The innocent beside the guilty: outlets and share buttons, a fan club, a debate that everybody watches.

use crate::banks;
use crate::cast::Cast;
use crate::dates::DAY;
use crate::feed::{Post, Slot, button, tracked};
use crate::rng::Rng;
use crate::story::Story;
use crate::words::{self, fill};

/// Outlets post their own articles, on one platform some minutes after the other.
pub fn outlets(rng: &mut Rng, story: &Story, cast: &Cast) -> Vec<Post> {
    let mut out = Vec::new();
    for (outlet, accounts) in story.outlets.iter().zip(&cast.outlets) {
        for article in &outlet.articles {
            let mut at = article.at * 1000 + rng.range(1000, 900_000);
            for account in accounts {
                out.push(Post::new(rng, at, *account, article.headline.clone()).linking(&article.url));
                at += rng.range(150, 2400) * 1000;
            }
        }
    }
    out
}

/// Many who have nothing to do with each other share the agency's article over some days, by the share button.
pub fn syndicated(rng: &mut Rng, story: &Story, cast: &Cast) -> Vec<Post> {
    let copies = story.copies();
    let n = rng.count(60, 100);
    let end = story.days.last * DAY;
    let mut out = Vec::new();
    for account in rng.some(&cast.people, n) {
        let (outlet, article) = *rng.pick(&copies);
        let at = (article.at + rng.range(600, 6 * DAY)).min(end) * 1000 + rng.range(0, 999);
        let url = tracked(rng, &article.url);
        out.push(Post::new(rng, at, account, button(&article.headline, &outlet.handle)).linking(&url));
    }
    out
}

/// A star posts; fans repost minutes to hours later, write in their own words, and meet once.
pub fn fan_club(rng: &mut Rng, story: &Story, cast: &Cast) -> (Vec<Post>, String) {
    let d = story.days;
    let tag = format!("#{}Choir", rng.pick(&story.lexicon.places));
    let mut out = Vec::new();
    for _ in 0..rng.count(18, 26) {
        let at = evening(rng, d.first, d.last - 1);
        let text = format!("{} {tag}", words::capital(&said(rng, story, banks::STAR)));
        let post = Post::new(rng, at, cast.star, text);
        let audience = [cast.fans.as_slice(), &rng.some(&neighbours(cast), 12)].concat();
        for fan in audience {
            let late = rng.octaves(240, 8) * 1000 + rng.range(0, 60_000);
            if rng.chance(if cast.fans.contains(&fan) { 650 } else { 150 }) {
                out.push(post.reposted(rng, cast, at + late, fan));
            }
        }
        out.push(post);
    }
    let meeting = evening(rng, d.first + 15, d.last - 5);
    for fan in &cast.fans {
        let mut times: Vec<i64> = (0..rng.count(2, 5)).map(|_| evening(rng, d.first, d.last - 1)).collect();
        times.extend((0..rng.count(1, 3)).map(|_| meeting + rng.range(-1500, 3600) * 1000));
        for at in times {
            let own = words::capital(&said(rng, story, banks::FAN));
            let text = format!("{} {tag}", cast.accounts[*fan].manner.say(rng, &own));
            out.push(Post::new(rng, at, *fan, text));
        }
    }
    (out, tag)
}

fn said(rng: &mut Rng, story: &Story, bank: &[&str]) -> String {
    let template = *rng.pick(bank);
    fill(rng, &story.lexicon, template)
}

fn neighbours(cast: &Cast) -> Vec<usize> {
    let home = cast.accounts[cast.star].platform;
    cast.people.iter().copied().filter(|p| cast.accounts[*p].platform == home).collect()
}

/// An evening between these days.
fn evening(rng: &mut Rng, from: i64, to: i64) -> i64 {
    let day = rng.range(from, to);
    (day * DAY + rng.range(15 * 3600, 21 * 3600)) * 1000 + rng.range(0, 999)
}

/// The debate: a third of everybody posts within three hours, and what outlets quote from it is reposted widely.
pub fn debate(rng: &mut Rng, story: &Story, cast: &Cast) -> (Vec<Slot>, Vec<Post>) {
    let start = (story.days.debate * DAY + rng.range(18 * 3600, 19 * 3600)) * 1000;
    let mut slots = Vec::new();
    for account in 0..cast.accounts.len() {
        if rng.chance(330) {
            let n = rng.count(1, 4);
            slots.extend((0..n).map(|_| Slot { at: start + rng.range(0, 10_800_000), account, debate: true }));
        }
    }
    let mut posts = Vec::new();
    for _ in 0..rng.count(3, 5) {
        let account = cast.outlets[rng.below(cast.outlets.len())][rng.below(2)];
        let politician = rng.pick(&story.lexicon.politicians).full();
        let text = format!("{politician}: “{}” {}", words::claim(rng, &story.lexicon), story.tags()[1]);
        let at = start + rng.range(600_000, 7_000_000);
        let quote = Post::new(rng, at, account, text);
        let platform = cast.accounts[account].platform;
        let here: Vec<usize> = cast.people.iter().copied().filter(|p| cast.accounts[*p].platform == platform).collect();
        let n = rng.count(25, 60);
        for by in rng.some(&here, n) {
            let at = quote.at + rng.octaves(60, 8) * 1000 + rng.range(0, 999);
            posts.push(quote.reposted(rng, cast, at, by));
        }
        posts.push(quote);
    }
    (slots, posts)
}
