//! Copied article: the words of one site's article on another that hides where they are from.
//!
//! That words are the same is no sign: agencies live by it. Told is what does not fit beside it: a borrowed name, a date
//! that cannot be, the same words under another person's name, one owner behind several names, a page that later sends on.
//! Wrong for partners of an outlet who run its articles under its own name. Source: EU DisinfoLab, Doppelganger, 2022; Graphika,
//! "Spamouflage", 2023; Brown et al. 1992, "An estimate of an upper bound for the entropy of English".

mod scenes;
mod signs;

use crate::{Finder, Page, sheets, words};
use model::{
    ActorNo, Article, AtLeastOne, Board, Card, Carried, Chance, Confidence, Finding, Innocent, Quote, Table, When,
    Witness,
};
use signs::{Known, Signs};
use std::collections::{BTreeMap, BTreeSet};

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "copied-article",
        about: "the same article on pages of several sites, where something does not fit: a borrowed name, a date, a byline",
        source: "EU DisinfoLab, Doppelganger, 2022; Broder 1997 (resemblance of documents); ours",
    },
    page: Page {
        sees: "Articles that pages of at least two registered domains carry (runs of four words, aligned word by word, the \
               earliest copy first), together with what does not fit: a site that wears another's name, a date before the \
               site was registered or after the page was saved, other persons' names under the same words, one owner behind \
               several names, a page that later sends on to another site. Words put in and left out are shown.",
        matters: "Articles taken from known outlets make a front look alive and lend their weight to what stands beside them; \
                  a few changed words turn a report into its opposite under a name people trust.",
        otherwise: "A press agency's article, which many carry whole and under their own names (such articles are counted, not \
                    told); a licensed partner; regional editions of one publisher; a printed release.",
        wrong: "The earliest copy is the earliest of the case by what pages say themselves. A partner who runs an outlet's \
                articles under that outlet's name looks like a clone of it. Translations are not seen.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Most rows of a table, and witnesses.
const MOST: (usize, usize) = (100, 24);

/// An article and the signs of its copies.
struct Story<'b> {
    article: &'b Article,
    signs: Vec<Signs>,
}

/// Sites that carry the same articles and are told together.
struct Group<'b> {
    suspects: BTreeSet<ActorNo>,
    stories: Vec<Story<'b>>,
}

/// How many articles several sites carry, and how many of these are told as no finding.
#[must_use]
pub fn carried(board: &Board<'_>) -> (usize, usize) {
    let known = Known::of(board);
    let quiet = |a: &&Article| !known.signs(a).iter().any(|s| s.telling() || s.odd());
    (board.articles.shared.len(), board.articles.shared.iter().filter(quiet).count())
}

/// Sites with copies that are told as more than a question, for other findings.
pub(crate) fn sites(board: &Board<'_>) -> BTreeSet<ActorNo> {
    let known = Known::of(board);
    let told = |a: &Article| -> Vec<ActorNo> {
        let signs = known.signs(a);
        a.copies.iter().zip(&signs).filter(|(_, s)| s.telling()).map(|(c, _)| c.site).collect()
    };
    board.articles.shared.iter().flat_map(told).collect()
}

/// Pairs of sites, both told, that carry the same article; with how many.
pub(crate) fn pairs(board: &Board<'_>) -> BTreeMap<(ActorNo, ActorNo), usize> {
    let (known, mut out) = (Known::of(board), BTreeMap::new());
    for article in &board.articles.shared {
        let signs = known.signs(article);
        let told = article.copies.iter().zip(&signs).filter(|(_, s)| s.telling()).map(|(c, _)| c.site);
        let told: Vec<ActorNo> = told.collect::<BTreeSet<_>>().into_iter().take(64).collect();
        for (n, a) in told.iter().enumerate() {
            told[n + 1..].iter().for_each(|b| *out.entry((*a, *b)).or_default() += 1);
        }
    }
    out
}

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let known = Known::of(board);
    let mut stories: Vec<Story<'_>> = Vec::new();
    for article in &board.articles.shared {
        let signs = known.signs(article);
        if signs.iter().any(|s| s.telling() || s.odd()) {
            stories.push(Story { article, signs });
        }
    }
    let (groups, left) = words::shortlist(board, grouped(stories), |g| (g.telling(), g.stories.len()));
    let found = groups.iter().filter_map(|g| Some((g.stories.len() as f64, read(board, &known, g)?)));
    words::most(board, found.collect(), left)
}

/// Stories that share a suspect are one group.
fn grouped(stories: Vec<Story<'_>>) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for story in stories {
        let suspects = story.suspects();
        let (with, mut rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| !g.suspects.is_disjoint(&suspects));
        let mut one = Group { suspects, stories: Vec::new() };
        for group in with {
            one.suspects.extend(group.suspects);
            one.stories.extend(group.stories);
        }
        one.stories.push(story);
        rest.push(one);
        groups = rest;
    }
    groups
}

impl<'b> Story<'b> {
    /// Sites whose copies are told: those with telling signs, else all odd ones.
    fn suspects(&self) -> BTreeSet<ActorNo> {
        let telling = self.signs.iter().any(|s| s.telling());
        let is = |s: &Signs| if telling { s.telling() } else { s.odd() };
        self.copies().filter(|(_, s)| is(s)).map(|(c, _)| c.site).collect()
    }

    fn copies(&self) -> impl Iterator<Item = (&'b Carried, &Signs)> {
        self.article.copies.iter().zip(&self.signs)
    }
}

impl<'b> Group<'b> {
    /// Copies on suspects' pages.
    fn told(&self) -> impl Iterator<Item = (&'b Carried, &Signs)> {
        self.stories.iter().flat_map(Story::copies).filter(|(c, _)| self.suspects.contains(&c.site))
    }

    fn telling(&self) -> bool {
        self.told().any(|(_, s)| s.telling())
    }

    /// Sites that carry the articles and are not told, first copies before others.
    fn others(&self) -> Vec<ActorNo> {
        let all = self.stories.iter().flat_map(|s| &s.article.copies).map(|c| c.site);
        let mut seen = self.suspects.clone();
        all.filter(|site| seen.insert(*site)).take(MOST.0).collect()
    }
}

fn read(board: &Board<'_>, known: &Known<'_>, group: &Group<'_>) -> Option<Finding> {
    let (confidence, because) = weigh(group);
    let all = group.stories.iter().flat_map(|s| &s.article.copies);
    let (first, last) = words::ends(all.filter_map(Carried::since).map(|w| w.0));
    let urls = group.told().map(|(c, _)| model::hash64(c.url.raw().as_bytes())).min()?;
    let actors: Vec<ActorNo> = group.suspects.iter().copied().take(MOST.0).chain(group.others()).collect();
    Some(Finding {
        id: Finding::id_of(FINDER.card.id, &[urls]),
        kind: FINDER.card.id.to_owned(),
        title: format!(
            "{} {} others carry as well, where something does not fit",
            words::who(board, &group.suspects.iter().copied().collect::<Vec<_>>()),
            match (group.suspects.len(), group.stories.len()) {
                (1, 1) => "has an article that".to_owned(),
                (_, 1) => "have an article that".to_owned(),
                (1, n) => format!("has {} articles that", words::thousands(n as u64)),
                (_, n) => format!("have {} articles that", words::thousands(n as u64)),
            }
        ),
        observed: observed(board, group),
        confidence,
        because,
        chance: chance(board, group),
        innocent: innocent(group)?,
        witnesses: AtLeastOne::new(witnesses(group))?,
        actors,
        tables: tables(board, known, group),
        techniques: words::techniques(&["T0084", "T0084.002", "T0097.202"]),
        first,
        last,
    })
}

fn observed(board: &Board<'_>, group: &Group<'_>) -> String {
    let told: Vec<(&Carried, &Signs)> = group.told().collect();
    let signs: BTreeSet<&str> = told.iter().flat_map(|(_, s)| s.told()).collect();
    let signs: Vec<String> = signs.into_iter().map(str::to_owned).collect();
    let changes: u32 = told.iter().map(|(c, _)| c.changes).sum();
    let longest = told.iter().map(|(c, _)| c.longest).max().unwrap_or(0);
    format!(
        "Of {} compared, these carry the words of an earlier copy, up to {} of them in a row; {} put in. What does not fit: {}.",
        words::count(board.articles.compared as usize, "page", "pages"),
        words::thousands(u64::from(longest)),
        words::count(changes as usize, "time other words were", "times other words were"),
        words::list(&signs),
    )
}

/// Bits of a word given the words before it, taken low (Brown et al. 1992 bound English at 1.75 bits a letter).
const BITS: f64 = 5.0;

/// The longest row that two pages of the case would share by accident is far shorter.
fn chance(board: &Board<'_>, group: &Group<'_>) -> Chance {
    let pages = board.articles.compared as f64;
    let row =
        group.told().chain(group.stories.iter().flat_map(Story::copies)).map(|(c, _)| c.longest).max().unwrap_or(0);
    let longest = board.articles.shared.iter().flat_map(|a| &a.copies).map(|c| c.words).max().unwrap_or(0);
    let places = pages * (pages - 1.0).max(0.0) / 2.0 * f64::from(longest).powi(2);
    Chance {
        unit: "articles in common".to_owned(),
        observed: group.stories.len() as f64,
        expected: (places * (-BITS * f64::from(row)).exp2()).min(group.stories.len() as f64),
        p: None,
        fdr: None,
        null: "Unrelated writers choose each next word with 5 bits of freedom at least; the figure is for a row as long as the \
               longest here in any two pages of the case. Quotation and syndication are no accident: see the explanations."
            .to_owned(),
    }
}

/// The rule.
fn weigh(group: &Group<'_>) -> (Confidence, String) {
    let told: Vec<(&Carried, &Signs)> = group.told().collect();
    let sorts = told.iter().map(|(_, s)| s.sorts()).max().unwrap_or(0);
    let said = format!(
        "{} on {}, with {} of sign",
        words::count(told.len(), "copy", "copies"),
        words::count(group.suspects.len(), "site", "sites"),
        words::count(sorts, "sort", "sorts")
    );
    let moderate = [(
        group.telling(),
        "a borrowed name, a page that later sends on, or two of date, byline and hidden owner without a source named",
    )];
    let masked = |s: &Signs| (s.mask || s.gone) && s.sorts() >= 2;
    let high = [(
        told.iter().any(|(_, s)| masked(s)) || told.iter().any(|(_, s)| s.telling() && s.sorts() >= 4),
        "a borrowed name or a page that sends on, and a sign of another sort on the same copy",
    )];
    words::rule(&said, &moderate, &high)
}

fn innocent(group: &Group<'_>) -> Option<AtLeastOne<Innocent>> {
    let credited = group.stories.iter().flat_map(Story::copies).filter(|(_, s)| s.credits).count();
    let agency = match credited {
        0 => "No copy here names a source; look in the printed and archived editions, and ask the earliest carrier."
            .to_owned(),
        n => format!("{} here names a source; ask that source who may carry it.", words::count(n, "copy", "copies")),
    };
    AtLeastOne::new(vec![
        words::innocent("A press agency's article, or a release that all may print", agency),
        words::innocent(
            "A licensed partner, a mirror, or the outlet's own second address",
            "Look whether the outlet names the site as its own or as a partner; ask the outlet.",
        ),
        words::innocent(
            "Regional editions of one publisher that says so",
            "Look whether the sites name one publisher in their imprint.",
        ),
    ])
}

fn witnesses(group: &Group<'_>) -> Vec<Witness> {
    let mut out = Vec::new();
    for story in &group.stories {
        let first = &story.article.copies[0];
        let rest = story.article.copies[1..].iter().filter(|c| group.suspects.contains(&c.site)).take(4);
        out.extend(std::iter::once(first).chain(rest).map(|copy| witness(copy, std::ptr::eq(copy, first))));
        if out.len() >= MOST.1 {
            break;
        }
    }
    out.retain(|w: &Witness| !w.quote.is_empty());
    out.truncate(MOST.1);
    out
}

fn witness(copy: &Carried, first: bool) -> Witness {
    let shows = match first {
        true => "the earliest copy here".to_owned(),
        false => format!("carries the same words: {:.0} % of its own", copy.shared * 100.0),
    };
    let quote = if copy.passage.is_empty() { copy.url.clone() } else { copy.passage.clone() };
    Witness { place: copy.place, actor: Some(copy.site), when: copy.since(), shows, quote, words: Quote::default() }
}

fn tables(board: &Board<'_>, known: &Known<'_>, group: &Group<'_>) -> Vec<Table> {
    let date = |w: Option<When>| Quote::from(w.map_or_else(|| "not known".to_owned(), When::date));
    let row = |no: usize, c: &Carried, s: &Signs| {
        vec![
            Quote::from((no + 1).to_string()),
            board.actor(c.site).name.clone(),
            c.url.clone(),
            date(c.when),
            date(known.registered(c.site)),
            c.masthead.clone(),
            c.byline.clone(),
            Quote::from(format!("{:.0} %", c.shared * 100.0)),
            Quote::from(format!("{} in, {} out", c.changes, c.cuts)),
            Quote::from(s.told().join("; ")),
        ]
    };
    let stories = group.stories.iter().enumerate();
    let rows = stories.clone().flat_map(|(no, story)| story.copies().map(move |(c, s)| row(no, c, s)));
    let columns = [
        "Article",
        "Site",
        "Page",
        "Says it is of",
        "Site registered",
        "Name it gives",
        "Signed",
        "Words of the earliest copy",
        "Changes",
        "What does not fit",
    ];
    let edit = |no: usize, c: &Carried| {
        let site = board.actor(c.site).name.clone();
        let cells = |(here, there): &(Quote, Quote)| {
            vec![Quote::from((no + 1).to_string()), site.clone(), here.clone(), there.clone()]
        };
        c.edits.iter().map(cells).collect::<Vec<_>>()
    };
    let edits = stories.flat_map(|(no, story)| {
        let told = story.copies().filter(|(c, _)| group.suspects.contains(&c.site));
        told.flat_map(move |(c, _)| edit(no, c)).collect::<Vec<_>>()
    });
    let edits: Vec<_> = edits.take(MOST.0).collect();
    let mut out = vec![sheets::table("Who carries which article", &columns, rows.take(MOST.0).collect())];
    if !edits.is_empty() {
        out.push(sheets::table("Words put in", &["Article", "Site", "Here", "In the earliest copy"], edits));
    }
    out
}
