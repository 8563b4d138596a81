//! Articles that several sites carry, and pages with another's face, as a scene writes them down.

use super::{START, Scene};
use model::{ActorNo, Article, Articles, Carried, DAY, EvidenceId, Masked, Place, Quote, SentOn, Sort, Span, When};
use std::collections::BTreeMap;

/// A page that carries an article.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Copy {
    pub(crate) site: &'static str,
    pub(crate) masthead: &'static str,
    pub(crate) byline: &'static str,
    /// Day of the scene that it says it is of.
    pub(crate) day: Option<i64>,
    pub(crate) credits: bool,
    /// Times other words were put in.
    pub(crate) changes: u32,
}

/// What a scene says of its pages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    /// By number of the article: deed and copy.
    articles: BTreeMap<u32, Vec<(usize, Copy)>>,
    /// Deed, host the menu leads to, the name given, a protected outlet's.
    masks: Vec<(usize, &'static str, &'static str, bool)>,
    /// Deed of the page, where it later sends on.
    sent: Vec<(usize, &'static str)>,
    /// Site and day.
    registered: Vec<(&'static str, i64)>,
    /// Put before all words.
    words: String,
}

impl Scene {
    /// A page with article number `article`.
    pub(crate) fn carries(&mut self, article: u32, copy: Copy) -> &mut Self {
        let url = format!("{}/{article}", copy.site);
        self.page(copy.site, &[("domain", copy.site), ("url", &url)]);
        let deed = self.deeds.len() - 1;
        self.written.articles.entry(article).or_default().push((deed, copy));
        self
    }

    /// A page whose menu leads to `host` and that gives its name as its own.
    pub(crate) fn wears(&mut self, site: &str, host: &'static str, name: &'static str, protected: bool) -> &mut Self {
        self.page(site, &[("domain", site), ("copied-from", host)]);
        self.written.masks.push((self.deeds.len() - 1, host, name, protected));
        self
    }

    /// A page that was there and later sent its visitors to another site.
    pub(crate) fn sends(&mut self, site: &str, to: &'static str) -> &mut Self {
        self.page(site, &[("domain", site)]);
        self.written.sent.push((self.deeds.len() - 1, to));
        self
    }

    /// The day on which a site was registered.
    pub(crate) fn registered(&mut self, site: &'static str, day: i64) -> &mut Self {
        self.written.registered.push((site, day));
        self
    }
}

fn at(day: i64) -> When {
    When(START * When::SECOND + day * DAY)
}

/// What a board shows of it.
pub(super) fn open(scene: &Scene, actors: &BTreeMap<(Sort, &str), ActorNo>) -> Articles {
    let written = &scene.written;
    let words = |text: &str| Quote::from(format!("{}{text}", written.words));
    let site = |deed: usize| actors[&(Sort::Site, scene.deeds[deed].actor.as_str())];
    let place = |deed: usize| Place { evidence: EvidenceId(deed as u64), span: Span::WHOLE };
    let known = |name: &str| actors.get(&(Sort::Site, name)).copied();
    let copy = |first: bool, no: u32, (deed, c): &(usize, Copy)| Carried {
        place: place(*deed),
        site: site(*deed),
        url: words(&format!("https://{}/{no}", c.site)),
        title: words("A title"),
        masthead: words(c.masthead),
        byline: words(c.byline),
        when: c.day.map(at),
        kept: None,
        dated: None,
        credits: c.credits,
        words: 400,
        shared: if first { 1.0 } else { 0.9 },
        longest: if first { 0 } else { 80 },
        passage: words("the words of the article as they stand"),
        cuts: 0,
        changes: c.changes,
        edits: (0..c.changes).map(|_| (words("words put in"), words("words before"))).collect(),
    };
    let article = |(no, copies): (&u32, &Vec<(usize, Copy)>)| Article {
        copies: copies.iter().enumerate().map(|(n, c)| copy(n == 0, *no, c)).collect(),
    };
    let masked = |(deed, host, name, protected): &(usize, &str, &str, bool)| Masked {
        place: place(*deed),
        site: site(*deed),
        url: words(&format!("https://{}/story", scene.deeds[*deed].actor)),
        host: words(host),
        masthead: words(name),
        original: known(host),
        protected: *protected,
        named: true,
        beside: 3,
    };
    let sent_on = |(deed, to): &(usize, &str)| SentOn {
        place: place(*deed),
        site: site(*deed),
        url: words(&format!("https://{}/story", scene.deeds[*deed].actor)),
        title: words("A title"),
        kept: at(1),
        answer: place(*deed),
        later: at(9),
        to: words(&format!("https://{to}/")),
        original: known(to),
        protected: false,
        moved: false,
    };
    let mut registered: Vec<(ActorNo, When)> =
        written.registered.iter().filter_map(|(s, day)| Some((known(s)?, at(*day)))).collect();
    registered.sort_unstable();
    Articles {
        compared: written.articles.values().map(|c| c.len() as u64).sum::<u64>(),
        left: 0,
        shared: written.articles.iter().map(article).collect(),
        masked: written.masks.iter().map(masked).collect(),
        sent_on: written.sent.iter().map(sent_on).collect(),
        registered,
    }
}

/// Puts words of evidence into everything that is quoted.
pub(super) fn with_words(scene: &mut Scene, words: &str) {
    scene.written.words = words.to_owned();
}
