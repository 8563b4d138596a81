//! The plan: a country that does not exist, its campaigns and outlets, who does what on which day.
//!
//! All days and sizes are drawn here, so that a reader sees the whole operation on one page; the other files only
//! carry it out. Days count from 1970-01-01 (UTC).

use crate::dates::{self, DAY};
use crate::people::{Person, Register};
use crate::rng::Rng;
use crate::words::{self, Lexicon};

/// Days the case covers.
pub const DAYS: i64 = 70;

/// An article on a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Headline.
    pub headline: String,
    /// Address.
    pub url: String,
    /// Published, seconds.
    pub at: i64,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// A news site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Name of the outlet.
    pub name: String,
    /// Host.
    pub host: String,
    /// Handle on every platform.
    pub handle: String,
    /// Advertising id.
    pub advertising: String,
    /// Analytics id.
    pub analytics: String,
    /// Which of the page layouts it uses.
    pub layout: usize,
    /// Index of the outlet it pretends to be.
    pub imitates: Option<usize>,
    /// Articles, oldest first.
    pub articles: Vec<Article>,
}

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Name.
    pub name: String,
    /// Host of its mail.
    pub host: String,
    /// Its people.
    pub staff: Vec<Person>,
}

/// The days that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First day of the evidence.
    pub first: i64,
    /// The phish.
    pub phish: i64,
    /// First day of the mailed excerpts.
    pub wave: i64,
    /// The farm raises its activity.
    pub raised: i64,
    /// Everybody talks about the debate.
    pub debate: i64,
    /// The vote.
    pub vote: i64,
    /// Last day of the evidence.
    pub last: i64,
}

/// The whole plan.
pub struct Story {
    /// Names people talk about.
    pub lexicon: Lexicon,
    /// The days.
    pub days: Days,
    /// The campaign whose mail is stolen, then its rival.
    pub campaigns: [Campaign; 2],
    /// The press agency.
    pub agency: Site,
    /// Independent outlets.
    pub outlets: Vec<Site>,
    /// Indices of those that carry the agency's article.
    pub carriers: Vec<usize>,
    /// The two look-alike sites.
    pub lookalikes: Vec<Site>,
    /// Host from which phish and look-alike pages load a picture.
    pub picture_host: String,
    /// Host of the phish.
    pub phish_host: String,
    /// Where the phish was sent from.
    pub hosting: String,
    /// The provider of the throw-away senders (and of many ordinary people).
    pub freemail: String,
    /// The provider of private mailboxes.
    pub postbox: String,
    /// Where the newsletter comes from, and who sends its mails.
    pub newsletter: [String; 2],
    /// SHA-256 of pictures that all sorts of people post.
    pub memes: Vec<String>,
    /// Hosts that have nothing to do with anything.
    pub bystanders: Vec<String>,
    /// The two platforms.
    pub platforms: [String; 2],
    /// Names still to be given.
    pub register: Register,
}

impl Story {
    /// Draws a plan.
    pub fn plan(rng: &mut Rng) -> Self {
        let mut register = Register::new(rng.fork());
        let days = days(rng);
        let campaigns = [campaign(rng, &mut register), campaign(rng, &mut register)];
        let lexicon = lexicon(rng, &mut register, &campaigns);
        let names = lexicon.outlets.clone();
        let mut outlets: Vec<Site> = names.iter().map(|n| site(rng, &mut register, n)).collect();
        let agency_name = format!("{} Press Service", lexicon.country);
        let agency = site(rng, &mut register, &agency_name);
        outlets.iter_mut().for_each(|o| o.articles = articles(rng, &lexicon, &o.host, (16, 26), days));
        let n = rng.count(4, 6);
        let carriers = rng.some(&(0..outlets.len()).collect::<Vec<_>>(), n);
        let lookalikes = lookalikes(rng, &mut register, &outlets);
        let phish_host = register.lookalike(&campaigns[0].host);
        let words = ["", "", "", "", ""].map(|_| register.host(""));
        let [picture_host, hosting, freemail, postbox, relay] = words;
        let newsletter = [register.host(&format!("{} weekly", rng.pick(&lexicon.places))), relay];
        let bystanders = (0..rng.count(38, 60)).map(|_| register.host("")).collect();
        let memes = (0..rng.count(7, 11)).map(|_| rng.hex(64)).collect();
        let platforms = [platform(rng, &["chirrup", "murmur", "perch"]), platform(rng, &["plaza", "agora", "commons"])];
        let mut story = Self {
            lexicon,
            days,
            campaigns,
            agency,
            outlets,
            carriers,
            lookalikes,
            picture_host,
            phish_host,
            hosting,
            freemail,
            postbox,
            newsletter,
            memes,
            bystanders,
            platforms,
            register,
        };
        story.syndicate(rng);
        story
    }

    /// The agency's article, and its copies at the outlets that carry it within two days.
    fn syndicate(&mut self, rng: &mut Rng) {
        let at = (self.days.first + rng.range(15, 45)) * DAY + rng.range(6, 18) * 3600;
        let article = article(rng, &self.lexicon, &self.agency.host, at);
        for i in self.carriers.clone() {
            let later = at + rng.range(20, 2 * 24 * 60) * 60;
            let path = address(rng, &article.headline, later);
            let url = format!("https://{}/{path}", self.outlets[i].host);
            self.outlets[i].articles.push(Article { url, at: later, ..article.clone() });
            self.outlets[i].articles.sort_by_key(|a| a.at);
        }
        self.agency.articles.push(article);
    }

    /// The headline many outlets carry.
    pub fn syndicated(&self) -> &Article {
        &self.agency.articles[0]
    }

    /// What the look-alike sites publish: one article early, the rest after the excerpts went out, mostly in the
    /// weeks of raised activity. Later ones quote the stolen memos.
    pub fn publish(&mut self, rng: &mut Rng, excerpts: &[Vec<String>]) {
        let d = self.days;
        for site in &mut self.lookalikes {
            let mut on = vec![rng.range(d.first + 1, d.first + 8), rng.range(d.wave + 1, d.raised)];
            on.extend((0..rng.count(2, 3)).map(|_| rng.range(d.raised, d.vote - 2)));
            on.sort_unstable();
            for day in on {
                let at = day * DAY + rng.range(4 * 3600, 20 * 3600);
                let mut article = article(rng, &self.lexicon, &site.host, at);
                if day > d.wave && !excerpts.is_empty() {
                    let place = rng.count(1, 2);
                    let excerpt = rng.pick(excerpts).iter().cloned();
                    article.paragraphs.splice(place..place, excerpt);
                }
                site.articles.push(article);
            }
        }
    }

    /// What the look-alike sites had published by then, newest first.
    pub fn pushed(&self, at: i64) -> Vec<&Article> {
        let all = self.lookalikes.iter().flat_map(|s| &s.articles);
        let mut out: Vec<&Article> = all.filter(|a| a.at < at).collect();
        out.sort_by_key(|a| std::cmp::Reverse(a.at));
        out
    }

    /// The tag of the vote, and of the debate.
    pub fn tags(&self) -> [String; 2] {
        [format!("#{}Votes", self.lexicon.country), format!("#{}Debate", self.lexicon.country)]
    }

    /// The copies of it: outlet, article.
    pub fn copies(&self) -> Vec<(&Site, &Article)> {
        let words = &self.syndicated().paragraphs;
        let of = |i: &usize| {
            let outlet = &self.outlets[*i];
            outlet.articles.iter().find(|a| a.paragraphs == *words).map(|a| (outlet, a))
        };
        self.carriers.iter().filter_map(of).collect()
    }
}

fn platform(rng: &mut Rng, of: &[&str]) -> String {
    (*rng.pick(of)).to_owned()
}

fn days(rng: &mut Rng) -> Days {
    let somewhere = dates::day_of(2021, 2, 1) + rng.range(0, 1300);
    let vote = somewhere + (6 - dates::weekday(somewhere) as i64);
    let last = vote + rng.range(2, 4);
    let first = last - DAYS + 1;
    let phish = first + rng.range(3, 9);
    let raised = vote - rng.range(18, 25);
    let debate = if rng.chance(500) { raised - rng.range(5, 12) } else { raised + rng.range(7, 13) };
    Days { first, phish, wave: phish + rng.range(22, 30), raised, debate, vote, last }
}

fn campaign(rng: &mut Rng, register: &mut Register) -> Campaign {
    let name = register.campaign();
    let host = register.host(&name);
    let staff = (0..rng.count(9, 12)).map(|_| register.person()).collect();
    Campaign { name, host, staff }
}

fn lexicon(rng: &mut Rng, register: &mut Register, campaigns: &[Campaign; 2]) -> Lexicon {
    let places: Vec<String> = (0..rng.count(16, 22)).map(|_| register.place()).collect();
    let outlets = (0..rng.count(7, 9)).map(|_| register.outlet(&places)).collect();
    Lexicon {
        campaigns: [campaigns[0].name.clone(), campaigns[1].name.clone()],
        politicians: (0..rng.count(6, 9)).map(|_| register.person()).collect(),
        country: register.place(),
        outlets,
        places,
    }
}

fn site(rng: &mut Rng, register: &mut Register, name: &str) -> Site {
    let host = register.host(name);
    let handle = host.split('.').next().unwrap_or_default().to_owned();
    dressed(rng, name.to_owned(), host, handle)
}

fn dressed(rng: &mut Rng, name: String, host: String, handle: String) -> Site {
    let advertising = format!("ca-pub-{}", rng.letters("0123456789", 16));
    let analytics = format!("G-{}", rng.letters("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 10));
    Site { name, host, handle, advertising, analytics, layout: rng.below(3), imitates: None, articles: Vec::new() }
}

/// Two sites that borrow the name and the layout of an outlet each, and share an advertising id.
fn lookalikes(rng: &mut Rng, register: &mut Register, outlets: &[Site]) -> Vec<Site> {
    let imitated = rng.some(&(0..outlets.len()).collect::<Vec<_>>(), 2);
    let mut out: Vec<Site> = Vec::new();
    for i in imitated {
        let host = register.lookalike(&outlets[i].host);
        let mut site = dressed(rng, outlets[i].name.clone(), host, outlets[i].handle.clone());
        site.layout = outlets[i].layout;
        site.imitates = Some(i);
        site.advertising = out.first().map_or(site.advertising, |first| first.advertising.clone());
        out.push(site);
    }
    out
}

/// Articles spread over the weeks.
pub fn articles(rng: &mut Rng, lexicon: &Lexicon, host: &str, n: (usize, usize), days: Days) -> Vec<Article> {
    let mut times: Vec<i64> = (0..rng.count(n.0, n.1))
        .map(|_| rng.range(days.first, days.last - 1) * DAY + rng.range(5 * 3600, 21 * 3600))
        .collect();
    times.sort_unstable();
    times.into_iter().map(|at| article(rng, lexicon, host, at)).collect()
}

/// An article of this moment.
pub fn article(rng: &mut Rng, lexicon: &Lexicon, host: &str, at: i64) -> Article {
    let headline = words::headline(rng, lexicon);
    let url = format!("https://{host}/{}", address(rng, &headline, at));
    let paragraphs = (0..rng.count(4, 6)).map(|_| words::news_paragraph(rng, lexicon)).collect();
    Article { headline, url, at, paragraphs }
}

fn address(rng: &mut Rng, headline: &str, at: i64) -> String {
    let (y, m, _) = dates::civil(at.div_euclid(DAY));
    format!("{y}/{m:02}/{}-{}.html", words::slug(headline), rng.hex(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_are_in_order() {
        for seed in 0..200 {
            let d = days(&mut Rng::new(seed));
            assert!(d.first < d.phish && d.phish + 20 < d.wave && d.wave + 8 < d.vote && d.vote < d.last, "{d:?}");
            assert!(d.raised >= d.first + 40 && d.raised < d.vote - 14 && d.debate < d.vote - 3, "{d:?}");
            assert!(d.debate.abs_diff(d.raised) >= 5, "{d:?}");
            assert_eq!((d.last - d.first + 1, dates::weekday(d.vote)), (DAYS, 6));
        }
    }

    #[test]
    fn only_the_lookalikes_share_an_id() {
        for seed in 0..20 {
            let story = Story::plan(&mut Rng::new(seed));
            let mut ids: Vec<&str> = story.outlets.iter().map(|o| o.advertising.as_str()).collect();
            ids.push(&story.agency.advertising);
            ids.push(&story.lookalikes[0].advertising);
            let n = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), n);
            assert_eq!(story.lookalikes[0].advertising, story.lookalikes[1].advertising);
            assert_ne!(story.lookalikes[0].host, story.lookalikes[1].host);
            assert!((4..=6).contains(&story.copies().len()));
        }
    }
}
