//! Articles that stand on the pages of more than one site, and what pages say of themselves that can be held against it.

use crate::{ActorNo, Place, Quote, When};

/// What was found by comparing the words of a case's pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Articles {
    /// Pages with enough words to be compared.
    pub compared: u64,
    /// Pages that were too many to be compared.
    pub left: u64,
    /// Articles that at least two sites carry, most copies first.
    pub shared: Vec<Article>,
    /// Pages that wear another site's menu or name, by site and place.
    pub masked: Vec<Masked>,
    /// Pages that were there and later sent their visitors to another site, by site and place.
    pub sent_on: Vec<SentOn>,
    /// When sites were registered, by site: the earliest that anything says.
    pub registered: Vec<(ActorNo, When)>,
}

/// One article and the pages that carry it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The earliest by what the pages say first, those that say nothing last.
    pub copies: Vec<Carried>,
}

/// A page that carries an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// Where it stands.
    pub place: Place,
    /// Whose page it is.
    pub site: ActorNo,
    /// Its address.
    pub url: Quote,
    /// Its title.
    pub title: Quote,
    /// The outlet's name that it gives.
    pub masthead: Quote,
    /// Who wrote it, as it says.
    pub byline: Quote,
    /// When it was published, as it says.
    pub when: Option<When>,
    /// When it was saved.
    pub kept: Option<When>,
    /// The day in its address, where there is one.
    pub dated: Option<When>,
    /// It names an agency or another carrier of the article as its source, or links to that article.
    pub credits: bool,
    /// Words compared.
    pub words: u32,
    /// Share of its words that stand in runs of four in the first copy; 1 for the first itself.
    pub shared: f64,
    /// Words in the longest row in common with the first copy.
    pub longest: u32,
    /// That row's beginning; of the first copy its own.
    pub passage: Quote,
    /// Places where words of the first copy were left out and nothing was put in.
    pub cuts: u32,
    /// Places where other words were put in.
    pub changes: u32,
    /// Some of these: what stands here, what stands there.
    pub edits: Vec<(Quote, Quote)>,
}

impl Carried {
    /// The earliest moment at which it is known to have been there: what it says, else when it was saved.
    #[must_use]
    pub fn since(&self) -> Option<When> {
        self.when.or(self.kept)
    }
}

/// A page whose menu leads to another site.
#[derive(Debug, Clone, PartialEq)]
pub struct Masked {
    /// Where it stands.
    pub place: Place,
    /// Whose page it is.
    pub site: ActorNo,
    /// Its address.
    pub url: Quote,
    /// The host most of its links lead to.
    pub host: Quote,
    /// The outlet's name that it gives.
    pub masthead: Quote,
    /// The site of the case at that host.
    pub original: Option<ActorNo>,
    /// The host is one of a protected outlet's, and the page's own is not.
    pub protected: bool,
    /// It gives the name of that outlet as its own.
    pub named: bool,
    /// Pages of the original that were compared; none of them carries this page's article.
    pub beside: u64,
}

/// A page that was there, and an answer at its address that sends on to another site.
#[derive(Debug, Clone, PartialEq)]
pub struct SentOn {
    /// Where the page stands.
    pub place: Place,
    /// Whose page it is.
    pub site: ActorNo,
    /// Its address.
    pub url: Quote,
    /// Its title.
    pub title: Quote,
    /// When it was last saved as a page.
    pub kept: When,
    /// Where the later answer stands.
    pub answer: Place,
    /// When it was saved.
    pub later: When,
    /// Where it sends on to.
    pub to: Quote,
    /// The site of the case there.
    pub original: Option<ActorNo>,
    /// There it is one of a protected outlet's hosts.
    pub protected: bool,
    /// It sends on to the same path at another host, as a site does that moved.
    pub moved: bool,
}
