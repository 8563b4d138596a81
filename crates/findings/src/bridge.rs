//! Bridge: a rare trace that ties channels which otherwise have nothing to do with each other.
//!
//! A link in a mail and in posts, one file in both, one tracker id or phone number on several sites, a site of the
//! evidence that accounts link to. Rare is what few actors touch; an actor's own site and what everyone uses do not
//! count. Wrong for what a small case shows rarely and the world often. Source: Nimmo et al., Secondary Infektion,
//! 2020; Alexander, "Open-Source Information Reveals Pro-Kremlin Web Campaign", 2015 (shared analytics ids).

mod base;
mod innocent;
mod pushed;
mod rare;
mod scenes;
mod ties;

use crate::{Finder, Page, chance, witness, words};
use base::Base;
use model::{Board, Card, Chance, Confidence, Finding, ObjectNo, Share, Sort};
use std::collections::BTreeSet;
use ties::Tie;

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "bridge",
        about: "a rare trace that ties different channels: a mail's link, an account's post, a page's tracker",
        source: "Alexander, Open-Source Information Reveals Pro-Kremlin Web Campaign, 2015; Nimmo et al. 2020",
    },
    page: Page {
        sees: "Links, files, texts, paragraphs, tracker ids, addresses and phone numbers that only a few actors touch, \
               and that occur in more than one channel (mail, posts, sites, documents) or on more than one site; and \
               sites of the evidence that a network links to far more than other accounts do.",
        matters: "Operations are run over several channels and kept apart; what slips from one to the other shows that \
                  the channels belong together.",
        otherwise: "An article that both found by themselves; a quotation; one web agency, theme or hosting customer \
                    whose ids stand on unrelated sites; a mailing that readers passed on.",
        wrong: "In small cases everything is rare. A domain alone says little. What channels with as many things each \
                would have in common by chance is not reported. Bulk tools, link shorteners and default \
                ids of themes are shared by strangers.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let mut ties = pushed::gather(board);
    let told: BTreeSet<ObjectNo> = ties.iter().flat_map(|t| t.objects.iter().copied()).collect();
    let mut objects = rare::candidates(board);
    objects.retain(|o| !told.contains(o));
    if !objects.is_empty() {
        ties.extend(ties::gather(board, &objects));
    }
    if ties.is_empty() {
        return Vec::new();
    }
    let strength = |t: &Tie| (t.pushed.is_some(), t.popular == 0, t.traits.min(2), t.strong, t.objects.len());
    let (ties, left) = words::shortlist(board, ties, strength);
    let base = Base::of(board, &ties);
    let chances =
        among_all(&ties, ties.iter().map(|t| t.pushed.clone().unwrap_or_else(|| base.chance(t))).collect(), left);
    let found = ties.into_iter().zip(chances).filter_map(|(tie, chance)| read(board, tie, chance));
    words::most(board, found.collect(), left)
}

/// Each chance as one of all that were looked at, `left` of them put aside unread: a case with a thousand rare things has
/// some that meet by accident. Which channels belong together and which sites do are two questions.
fn among_all(ties: &[Tie], mut chances: Vec<Chance>, left: usize) -> Vec<Chance> {
    for sites in [false, true] {
        let asked: Vec<usize> = (0..ties.len()).filter(|at| ties[*at].within_sites == sites).collect();
        let ps: Vec<f64> = asked.iter().map(|at| chances[*at].p.unwrap_or(1.0)).collect();
        for (at, q) in asked.iter().zip(chance::fdr(&ps, ps.len() + left)) {
            chances[*at].fdr = chances[*at].p.map(|_| q);
        }
    }
    chances
}

fn read(board: &Board<'_>, tie: Tie, chance: Chance) -> Option<(f64, Finding)> {
    if !beyond(&tie, &chance) {
        return None;
    }
    let (confidence, because) = weigh(&tie, &chance);
    let first_object = tie.objects.first()?;
    let (first, last) = words::ends(tie.shares.iter().map(|s| s.micros));
    let finding = Finding {
        id: Finding::id_of(FINDER.card.id, &[board.object(*first_object).id]),
        kind: FINDER.card.id.to_owned(),
        title: title(board, &tie),
        observed: observed(board, &tie, &words::period(first, last)),
        confidence,
        because,
        innocent: innocent::explanations(&tie)?,
        witnesses: witness::pick(board, &candidates(board, &tie))?,
        tables: Vec::new(),
        techniques: words::techniques(techniques(&tie)),
        actors: tie.actors.clone(),
        chance,
        first,
        last,
    };
    Some((tie.traits as f64 * 100.0 + tie.objects.len() as f64, finding))
}

/// What chance explains is not reported; for links alone, of which everybody has many, it must be well beyond it.
fn beyond(tie: &Tie, chance: &Chance) -> bool {
    let most = if tie.strong { 0.05 } else { 0.001 };
    chance.observed > chance.expected && chance.fdr.is_none_or(|q| q <= most)
}

fn title(board: &Board<'_>, tie: &Tie) -> String {
    let who = words::list(&tie.channels.iter().map(|c| channel(c.0, c.1)).collect::<Vec<_>>());
    let what: Vec<String> = tie.kinds.iter().map(|k| words::things(k.1, k.0)).collect();
    let few = "that few others touch";
    if tie.named > 0 && tie.kinds.iter().all(|k| k.0 == "domain") {
        let links: Vec<String> = tie.channels.iter().filter(|c| c.0 != Sort::Site).map(|c| channel(c.0, c.1)).collect();
        return format!(
            "{} linked to {} of the evidence",
            words::list(&links),
            words::count(tie.named, "site", "sites")
        );
    }
    if tie.within_sites {
        let same = |k: &(&str, usize)| match k.1 {
            1 => words::deed(k.0).1.to_owned(),
            n => words::things(n, k.0),
        };
        let same: Vec<String> = tie.kinds.iter().map(same).collect();
        return format!("{} carry the same {}", words::who(board, &tie.actors), words::list(&same));
    }
    format!("{who} are tied by {} {few}", words::list(&what))
}

fn channel(sort: Sort, n: usize) -> String {
    let one = if sort == Sort::Mailbox { "mail sender" } else { sort.word() };
    words::count(n, one, words::sorts(sort))
}

fn observed(board: &Board<'_>, tie: &Tie, period: &str) -> String {
    let most = tie.objects.iter().map(|o| board.object(*o).actors).max().unwrap_or(0);
    let mut text = format!(
        "{} of the case touch {} that occur in {}, {period}. The most common of these is touched by {} in the whole \
         case.",
        words::who(board, &tie.actors),
        words::count(tie.objects.len(), "thing", "things"),
        if tie.within_sites { "several sites" } else { "more than one channel" },
        words::count(most as usize, "actor", "actors"),
    );
    if tie.named > 0 {
        text.push_str(" A site or address that is linked or named is itself an actor of the evidence.");
    }
    text
}

/// The rule. Nothing is added up: each word asks for all of its conditions.
fn weigh(tie: &Tie, chance: &Chance) -> (Confidence, String) {
    let said = format!(
        "{} of {} that do not follow from one another",
        words::count(tie.objects.len(), "thing", "things"),
        words::count(tie.traits, "sort", "sorts"),
    );
    let moderate = [
        (
            tie.strong || tie.traits >= 2 || tie.addresses >= 2 || tie.pushed.is_some(),
            "a file, longer text, id or contact, several links, or a network that links to the site far more than \
             others (one link or domain reaches two channels by itself)",
        ),
        (tie.popular == 0, "a site that few link to"),
        (
            !tie.within_sites || tie.traits >= 2,
            "more than one id between sites, which a theme, an agency or a rebrand explains as well (`common-owner` weighs \
             what else the sites share)",
        ),
    ];
    let high = [
        (tie.traits >= 2 && tie.strong, "two independent sorts, one of them a file, text, id or contact"),
        (
            chance.fdr.map_or(chance.expected < 0.1, |q| q <= 0.05),
            "a number that chance gives for at most one tie of twenty",
        ),
    ];
    words::rule(&said, &moderate, &high)
}

fn candidates(board: &Board<'_>, tie: &Tie) -> Vec<(Share, String)> {
    let mut groups: Vec<&[Share]> = tie.shares.chunk_by(|x, y| x.object == y.object).collect();
    groups.sort_by_key(|g| (board.object(g[0].object).actors, g[0].object));
    let shows = |s: &Share| {
        let (did, one, _) = words::deed(board.kinds[usize::from(board.object(s.object).kind.0)].card.id);
        format!("{did} this {one}")
    };
    groups.into_iter().flatten().take(4096).map(|s| (*s, shows(s))).collect()
}

fn techniques(tie: &Tie) -> &'static [&'static str] {
    if tie.within_sites { &["T0095", "T0149.001", "T0152.004"] } else { &["T0119", "T0119.002"] }
}
