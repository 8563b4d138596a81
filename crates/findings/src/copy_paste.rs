//! Copy-paste: the same words by many accounts, each as if they were its own, whenever they were posted.
//!
//! Several texts by mostly the same accounts become one finding. Chance is taken from the case's own texts: how often
//! a text of that length has a second author at all, and that share again for every further author (a geometric tail,
//! heavier than Poisson). Wrong for words that everybody knows. Source: ours; Keller et al., Political Communication
//! 2020 (co-tweeting).

mod innocent;
mod posts;
mod scenes;

use crate::{Finder, Page, chance, crowd, kinds, witness, words};
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
                that different texts end up alike. One text that always comes with one and the same link is a \
                headline passed on and is not reported; nor is a single text of fewer than four words.",
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
    /// Fewest and median words of the texts.
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
    let base = Base::of(board, kind);
    let mut groups = groups(board, posts, least as usize);
    groups.retain(|g| !g.headline() && (g.texts.len() > 1 || g.shortest >= 4));
    let (groups, left) = words::shortlist(board, groups, |g| (g.texts.len().min(3), g.core * g.texts.len()));
    let found = groups.into_iter().filter_map(|g| read(board, &base, g));
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
    let crowds = crowd::gather(items.collect(), 0.6);
    crowds.into_iter().map(|c| Group::of(board, c, &posts)).collect()
}

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

    /// One text that (nearly) always carries one and the same link: a headline passed on.
    fn headline(&self) -> bool {
        self.texts.len() == 1 && self.posts.linked() * 5 >= self.posts.shares.len() * 4 && self.posts.same_link() >= 0.8
    }

    /// Nearly every post links somewhere, and each account to an address of its own: papers printing an agency.
    fn papers(&self) -> bool {
        self.posts.linked() * 5 >= self.posts.shares.len() * 4 && self.posts.own_links() >= 0.8
    }
}

/// Words of a text. What is cut counts as what is left.
fn length(board: &Board<'_>, text: ObjectNo) -> usize {
    board.object(text).value.raw().split_whitespace().count()
}

/// Texts looked at to learn how many there are of each length; beyond that every n-th stands for n.
const SAMPLE: usize = 65_536;

/// How texts of each length recur in this case.
struct Base {
    /// By class of length: texts, texts with a second author.
    classes: [(u64, u64); 4],
}

fn class(words: usize) -> usize {
    match words {
        0..=3 => 0,
        4..=7 => 1,
        8..=15 => 2,
        _ => 3,
    }
}

impl Base {
    fn of(board: &Board<'_>, kind: model::KindNo) -> Self {
        let texts = kinds::range(board, kind);
        let step = (texts.len() / SAMPLE).max(1);
        let mut classes = [(0, 0); 4];
        for (n, (_, info)) in kinds::objects(board, kind).enumerate() {
            let (sampled, twice) = (n % step == 0, info.actors >= 2);
            if (sampled || twice) && info.sorts & Sort::Account.bit() != 0 {
                let words = info.value.raw().bytes().filter(|b| *b == b' ').count() + 1;
                let class: &mut (u64, u64) = &mut classes[class(words)];
                class.0 += if sampled { step as u64 } else { 0 };
                class.1 += u64::from(twice);
            }
        }
        Self { classes }
    }

    /// Chance for a group: texts of its shortest text's class, without its own.
    fn chance(&self, group: &Group, authors: usize) -> Chance {
        let own = group.texts.len() as u64;
        let (all, twice) = self.classes[class(group.shortest)];
        let (all, twice) = (all.saturating_sub(own), twice.saturating_sub(own));
        let rate = (twice as f64 + 0.5) / (all as f64 + 1.0);
        let expected = (all + own) as f64 * rate.min(1.0).powi(authors as i32 - 1);
        let enough = all >= 100;
        Chance {
            unit: format!("texts with at least {authors} authors"),
            observed: own as f64,
            expected,
            p: enough.then(|| chance::poisson_tail(own, expected)),
            fdr: None,
            null: format!(
                "Of {} other texts of this length in the case {} have a second author; each further author joins with \
                 that same probability, independently.{}",
                words::thousands(all),
                words::thousands(twice),
                if enough { "" } else { " That is too few texts to give a probability." }
            ),
        }
    }
}

fn read(board: &Board<'_>, base: &Base, group: Group) -> Option<(f64, Finding)> {
    let fewest = group.posts.fewest_authors();
    let chance = base.chance(&group, fewest);
    let (confidence, because) = weigh(&group, &chance, board.settings.findings.copy_paste_accounts as usize);
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
        innocent: innocent::explanations(&group)?,
        witnesses: witness::pick(board, &candidates(board, &group))?,
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
fn weigh(group: &Group, chance: &Chance, least: usize) -> (Confidence, String) {
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
    ];
    let high = [
        (texts >= 3 && group.days >= 2, "three texts on two or more days"),
        (group.shortest >= 6, "six words"),
        (chance.p.is_some(), "a hundred other texts to judge chance by"),
    ];
    words::rule(&said, &moderate, &high)
}

fn candidates(board: &Board<'_>, group: &Group) -> Vec<(Share, String)> {
    let mut texts: Vec<&[Share]> = group.posts.shares.chunk_by(|x, y| x.object == y.object).collect();
    texts.sort_by_key(|g| (std::cmp::Reverse(length(board, g[0].object)), g[0].object));
    let shows = "posted these words as its own";
    texts.into_iter().flatten().take(4096).map(|s| (*s, shows.to_owned())).collect()
}
