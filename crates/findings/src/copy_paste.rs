//! Copy-paste: the same words by many accounts, each as if they were its own, whenever they were posted.
//!
//! Several texts by mostly the same accounts become one finding. That a text recurs says little: stock replies, memes
//! and headlines do; what is unlikely is that the *same* accounts share many. Chance deals the case's repeated texts
//! out anew, each with as many authors, to accounts as often as they repeat texts (`base`). Wrong for words everybody
//! knows. Sources: Keller et al. 2020 (co-tweeting); Neal 2014 (bipartite null models); the approximation is ours.

mod base;
mod innocent;
mod posts;
mod scenes;

use crate::organic::{self, Recognised};
use crate::{Finder, Page, crowd, kinds, witness, words};
use base::Base;
use model::{ActorNo, Board, Card, Chance, Confidence, Finding, ObjectInfo, ObjectNo, Share, Sort};
use posts::Posts;

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "copy-paste",
        about: "the same words posted by many accounts as their own, at any time",
        source: "Keller, Schoch, Stier & Yang, Political Astroturfing on Twitter, Political Communication 2020",
    },
    page: Page {
        sees: "Texts that several accounts posted word for word as their own (reposts do not count), and the accounts \
               that share several such texts.",
        matters: "Handing out lines to be posted as one's own makes a view look spontaneous. Unlike lockstep it needs \
                  no timing, so it outlasts staggered posting.",
        otherwise: "The text of a share button; a headline copied from an article; a quotation, lyric or greeting; a \
                    petition that asks to be copied openly; a template of a form, game or weather service.",
        wrong: "When the words are so short or common that many hit on them; when posts were cut to a fixed length, so \
                that different texts end up alike; when accounts that have one application or language in common draw \
                on one stock of words. One text is reported only if it is long or has far more authors than any like \
                it in the case; one that (nearly) always comes with the same few links is a headline passed on and is \
                not. Accounts that share one line once are missed.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Texts by mostly the same accounts, with the posts that carry them.
struct Group {
    texts: Vec<ObjectNo>,
    /// Accounts, those with the most of these texts first.
    accounts: Vec<ActorNo>,
    /// Accounts with at least two of the texts.
    core: usize,
    /// Words of the shortest.
    shortest: usize,
    days: usize,
    posts: Posts,
}

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let Some(kind) = board.kind("exact-text") else { return Vec::new() };
    let least = board.settings.findings.copy_paste_accounts.max(2);
    let shared = |o: &ObjectInfo| o.actors >= least && o.sorts & Sort::Account.bit() != 0;
    let texts: Vec<ObjectNo> = kinds::objects(board, kind).filter(|o| shared(o.1)).map(|o| o.0).collect();
    if texts.is_empty() {
        return Vec::new();
    }
    let posts = posts::originals(board, &texts);
    let base = Base::of(board, &posts);
    let mut groups = groups(board, posts, least as usize);
    groups.retain(|g| !g.headline() && (g.texts.len() > 1 || g.shortest >= 4));
    let tried = groups.len();
    let (groups, left) = words::shortlist(board, groups, |g| (g.texts.len().min(3), g.core * g.texts.len()));
    let asked: Vec<organic::Group<'_>> = groups.iter().map(Group::asked).collect();
    let recognised = organic::recognised(board, &asked);
    let found = groups.into_iter().zip(recognised).filter_map(|(g, r)| read(board, &base, g, (tried, r)));
    words::most(board, found.collect(), left)
}

fn groups(board: &Board<'_>, posts: Posts, least: usize) -> Vec<Group> {
    let authors = |g: &[Share]| {
        let mut who: Vec<ActorNo> = g.iter().map(|s| s.actor).collect();
        who.sort_unstable();
        who.dedup();
        (g[0].object, who)
    };
    let items = posts.shares.chunk_by(|x, y| x.object == y.object).map(authors).filter(|i| i.1.len() >= least);
    let crowds = crowd::gather(items.collect(), PART);
    crowds.into_iter().map(|c| Group::of(board, c, &posts)).collect()
}

/// Part of a text's authors that must be of a crowd.
const PART: f64 = 0.6;

impl Group {
    fn of(board: &Board<'_>, mut texts: Vec<ObjectNo>, posts: &Posts) -> Self {
        texts.sort_unstable();
        let posts = posts.of(&texts);
        let mut by: Vec<(ActorNo, ObjectNo)> = posts.shares.iter().map(|s| (s.actor, s.object)).collect();
        by.sort_unstable();
        by.dedup();
        let mut accounts: Vec<(usize, ActorNo)> = by.chunk_by(|x, y| x.0 == y.0).map(|g| (g.len(), g[0].0)).collect();
        accounts.sort_by_key(|a| (std::cmp::Reverse(a.0), a.1));
        let mut days: Vec<i64> =
            posts.shares.iter().filter_map(Share::when).map(|w| w.0.div_euclid(model::DAY)).collect();
        days.sort_unstable();
        days.dedup();
        Self {
            core: accounts.iter().filter(|a| a.0 >= 2).count(),
            accounts: accounts.into_iter().map(|a| a.1).collect(),
            shortest: texts.iter().map(|t| length(board, *t)).min().unwrap_or(0),
            days: days.len(),
            texts,
            posts,
        }
    }

    /// What is asked of it to recognise it.
    fn asked(&self) -> organic::Group<'_> {
        let members = self.accounts.clone();
        organic::Group { members, touches: &self.posts.shares, pairs: Vec::new(), first: None, slow: false }
    }

    /// One text that (nearly) always carries a link, always the same or one of few: a headline passed on.
    fn headline(&self) -> bool {
        let few = self.posts.urls() * 4 <= self.accounts.len() || self.posts.same_link() >= 0.8;
        self.texts.len() == 1 && self.posts.linked() * 5 >= self.posts.shares.len() * 4 && few
    }

    /// Nearly every post links somewhere, and each account (or two of one house) to an address of its own: papers
    /// printing an agency.
    fn papers(&self) -> bool {
        self.posts.linked() * 5 >= self.posts.shares.len() * 4 && self.posts.own_links() >= 0.4
    }
}

/// Words of a text. What is cut counts as what is left.
fn length(board: &Board<'_>, text: ObjectNo) -> usize {
    board.object(text).value.raw().split_whitespace().count()
}

fn letters(text: &ObjectInfo) -> usize {
    text.value.raw().chars().filter(|c| *c != ' ').count()
}

fn read(
    board: &Board<'_>,
    base: &Base,
    group: Group,
    (tried, recognised): (usize, Vec<Recognised>),
) -> Option<(f64, Finding)> {
    let fewest = group.posts.fewest_authors();
    let chance = base.chance(&group, tried)?;
    let least = board.settings.findings.copy_paste_accounts as usize;
    let (confidence, because) = weigh(&group, &chance, least, &recognised);
    let seed = group.texts.iter().min_by_key(|t| (std::cmp::Reverse(board.object(**t).actors), **t))?;
    let (first, last) = words::ends(group.posts.shares.iter().map(|s| s.micros));
    let (accounts, texts) = (group.accounts.len(), group.texts.len());
    let finding = Finding {
        id: Finding::id_of(FINDER.card.id, &[board.object(*seed).id]),
        kind: FINDER.card.id.to_owned(),
        title: format!(
            "{} posted {} word for word as their own",
            words::count(accounts, "account", "accounts"),
            same(texts)
        ),
        observed: format!(
            "{} by {} carry {}, {}. {} posted at least two of the texts; the shortest has {}; each text has at least {}.",
            words::count(group.posts.shares.len(), "post", "posts"),
            words::count(accounts, "account", "accounts"),
            same(texts),
            words::period(first, last),
            words::count(group.core, "account", "accounts"),
            words::count(group.shortest, "word", "words"),
            words::count(fewest, "author", "authors"),
        ),
        confidence,
        because,
        innocent: innocent::explanations(&group, &recognised)?,
        witnesses: witness::pick(board, &candidates(board, &group))?,
        tables: Vec::new(),
        techniques: words::techniques(&["T0084.001", "T0049"]),
        actors: group.accounts,
        chance,
        first,
        last,
    };
    Some((accounts as f64 * texts as f64, finding))
}

fn same(texts: usize) -> String {
    if texts == 1 { "the same text".to_owned() } else { format!("the same {} texts", words::thousands(texts as u64)) }
}

/// The rule. Nothing is added up: each word asks for all of its conditions.
fn weigh(group: &Group, chance: &Chance, least: usize, recognised: &[Recognised]) -> (Confidence, String) {
    let texts = group.texts.len();
    let said = format!(
        "{} on {}, {} with at least two of them, the shortest of {}",
        words::count(texts, "text", "texts"),
        words::count(group.days, "day", "days"),
        words::count(group.core, "account", "accounts"),
        words::count(group.shortest, "word", "words"),
    );
    let moderate = [
        (
            texts >= 2 && group.core >= least,
            "two texts by mostly the same accounts (one may be a quotation or open call)",
        ),
        (group.shortest >= 4, "four words"),
        (chance.expected < 0.05, "fewer than one such text in twenty cases expected by chance"),
        (!group.papers(), "links that are not each account's own, as those of papers printing one agency are"),
        (!recognised.iter().any(|r| r.open), "no open explanation that the traces themselves show"),
    ];
    let high = [
        (texts >= 3 && group.days >= 2, "three texts on two or more days"),
        (group.shortest >= 6, "six words"),
        (chance.p.is_some_and(|p| p < 1e-6), "fifty other accounts to judge chance by, and a p of one in a million"),
        (recognised.is_empty(), "nothing recognised that open groups leave"),
    ];
    words::rule(&said, &moderate, &high)
}

fn candidates(board: &Board<'_>, group: &Group) -> Vec<(Share, String)> {
    let mut texts: Vec<&[Share]> = group.posts.shares.chunk_by(|x, y| x.object == y.object).collect();
    texts.sort_by_key(|g| (std::cmp::Reverse(length(board, g[0].object)), g[0].object));
    let shows = "posted these words as its own";
    texts.into_iter().flatten().take(4096).map(|s| (*s, shows.to_owned())).collect()
}
