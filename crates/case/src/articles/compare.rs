//! Pages compared in full, grouped by article, and held against the first copy word by word.

use super::credit::credits;
use super::kept::{Entry, PageLine};
use super::{Sites, pairs};
use crate::Error;
use crate::lineage::{Kin, Text};
use model::{Article, Carried, Quote, When};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Most pages whose words are held at once.
const HELD: usize = 8_000;
/// Fewest words of a copy that stand in the other.
const WORDS: f64 = 60.0;
/// A run that more articles than this, or than one in fifty, have is a turn of phrase: it shows no copying.
const PHRASE: (usize, usize) = (6, 50);
/// Most copies of one article told, and edits of one copy.
const TOLD: usize = 200;
const EDITS: usize = 12;
/// Longest edit shown, in characters.
const LONG: usize = 160;
/// Words that every new site of some program begins with.
const SAMPLES: &[&str] = &["lorem ipsum dolor sit amet", "this is an example page. it", "welcome to wordpress"];
/// Titles of pages that generators write for all their customers alike.
const FORMS: &[&str] = &[
    "privacy",
    "cookie",
    "terms of",
    "terms and",
    "imprint",
    "impressum",
    "datenschutz",
    "nutzungsbedingungen",
    "legal notice",
    "mentions légales",
    "confidentialité",
    "aviso legal",
    "privacidad",
    "copyright",
    "disclaimer",
    "gdpr",
];

/// Articles that sites of at least two domains carry, and how many pages were too many to compare.
pub(super) fn shared(pages: &[Entry], sites: &Sites<'_>) -> Result<(Vec<Article>, u64), Error> {
    let wanted = pairs::candidates(pages);
    let mut named: BTreeSet<u32> = wanted.iter().flat_map(|(page, of)| of.iter().chain([page])).copied().collect();
    let busy = named.len().saturating_sub(HELD) as u64;
    named = named.into_iter().take(HELD).collect();
    let mut words: BTreeMap<u32, String> = BTreeMap::new();
    for no in named {
        let text = pages[no as usize].words()?;
        if !written_by_nobody(&pages[no as usize].line, &text) {
            words.insert(no, text);
        }
    }
    let mut texts: BTreeMap<u32, Text<'_>> =
        words.iter().map(|(no, raw)| (*no, Text::of(String::new(), None, raw))).collect();
    let mut parent: BTreeMap<u32, u32> = BTreeMap::new();
    for (page, earlier) in &wanted {
        let whole = |text: &Text<'_>| earlier.iter().find(|e| texts.get(e).is_some_and(|t| text.same_as(t)));
        if let Some(of) = texts.get(page).and_then(whole) {
            parent.insert(*page, *of);
        }
    }
    let phrases = Arc::new(phrases(&texts, &roots(&parent)));
    texts.values_mut().for_each(|t| t.ignored = phrases.clone());
    for (page, earlier) in wanted.iter().filter(|(page, _)| !parent.contains_key(page)).collect::<Vec<_>>() {
        if let Some(of) = texts.get(page).and_then(|t| repeated(t, earlier, &texts)) {
            parent.insert(*page, of);
        }
    }
    texts.values_mut().for_each(|t| t.ignored = Arc::default());
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    roots(&parent).into_iter().for_each(|(page, top)| groups.entry(top).or_default().push(page));
    let domains = pairs::numbered(pages);
    let mut out: Vec<Article> = Vec::new();
    for (first, rest) in groups {
        if rest.iter().any(|p| domains[*p as usize] != domains[first as usize]) {
            let all: Vec<u32> = std::iter::once(first).chain(rest).take(TOLD).collect();
            out.push(article(&all, pages, &texts, sites));
        }
    }
    out.sort_by_key(|a| (std::cmp::Reverse(a.copies.len()), a.copies[0].place));
    Ok((out, busy))
}

/// The first page of each page's article. Parents are earlier, so that one step up finds it.
fn roots(parent: &BTreeMap<u32, u32>) -> BTreeMap<u32, u32> {
    let mut root: BTreeMap<u32, u32> = BTreeMap::new();
    for (page, of) in parent {
        let top = root.get(of).copied().unwrap_or(*of);
        root.insert(*page, top);
    }
    root
}

/// Runs that too many articles have to show that one was made from another; whole copies count as one article.
fn phrases(texts: &BTreeMap<u32, Text<'_>>, root: &BTreeMap<u32, u32>) -> FxHashSet<u64> {
    let of = |no: &u32| root.get(no).copied().unwrap_or(*no);
    let mut all: Vec<(u64, u32)> = texts.iter().flat_map(|(no, t)| t.runs.iter().map(move |r| (*r, of(no)))).collect();
    all.sort_unstable();
    all.dedup();
    let articles = texts.len() - root.len();
    let most = PHRASE.0.max(articles / PHRASE.1);
    all.chunk_by(|x, y| x.0 == y.0).filter(|run| run.len() > most).map(|run| run[0].0).collect()
}

/// Sample words of a program, or what a generator of legal notices wrote.
fn written_by_nobody(page: &PageLine, words: &str) -> bool {
    let title = page.title.raw().to_lowercase();
    let start: String = words.chars().take(2_000).collect::<String>().to_lowercase();
    FORMS.iter().any(|f| title.contains(f)) || SAMPLES.iter().any(|s| start.contains(s))
}

/// The earlier page that this one repeats most of.
fn repeated(text: &Text<'_>, earlier: &[u32], texts: &BTreeMap<u32, Text<'_>>) -> Option<u32> {
    let mut best: Option<(f64, u32)> = None;
    for no in earlier {
        let Some(Some(Kin::Repeats(_, shared))) = texts.get(no).map(|t| text.kin(t)) else { continue };
        let enough = shared * text.words.len() as f64 >= WORDS;
        if enough && best.is_none_or(|b| shared > b.0) {
            best = Some((shared, *no));
        }
    }
    best.map(|b| b.1)
}

fn article<'t>(all: &[u32], pages: &[Entry], texts: &BTreeMap<u32, Text<'t>>, sites: &Sites<'_>) -> Article {
    let line = |no: u32| &pages[no as usize].line;
    let others = |no: u32| all.iter().filter(move |o| **o != no).map(|o| &pages[*o as usize].line);
    let first = all[0];
    let copies = all.iter().map(|no| {
        let (page, text) = (line(*no), &texts[no]);
        let mut copy = bare_copy(page, text, sites);
        copy.credits = credits(page, text.raw, others(*no));
        if *no != first {
            against(&mut copy, text, &texts[&first]);
        }
        copy
    });
    Article { copies: copies.collect() }
}

fn bare_copy(page: &PageLine, text: &Text<'_>, sites: &Sites<'_>) -> Carried {
    Carried {
        place: page.place,
        site: sites.by_name[page.site.as_str()],
        url: page.url.clone(),
        title: page.title.clone(),
        masthead: page.masthead.clone(),
        byline: page.byline.clone(),
        when: page.when,
        kept: page.kept,
        dated: dated(page.url.raw()),
        credits: false,
        words: text.words.len() as u32,
        shared: 1.0,
        longest: 0,
        passage: Quote::from(text.raw.trim()).short(240),
        cuts: 0,
        changes: 0,
        edits: Vec::new(),
    }
}

/// Holds a copy against the first.
fn against<'t>(copy: &mut Carried, text: &Text<'t>, first: &Text<'t>) {
    let (longest, passage) = text.longest(first);
    (copy.longest, copy.passage) = (longest as u32, passage);
    copy.shared = text.shared(first);
    for (here, there) in text.changes(first) {
        if here.is_empty() {
            copy.cuts += 1;
            continue;
        }
        copy.changes += 1;
        if copy.edits.len() < EDITS {
            copy.edits.push((Quote::from(here).short(LONG), Quote::from(there).short(LONG)));
        }
    }
}

/// The day that an address carries in its path: `/2026/09/01/` or `2026-09-01`; not a month alone.
fn dated(url: &str) -> Option<When> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split_once('/')?.1;
    let parts: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let number = |text: &str, len: usize| (text.len() == len).then(|| text.parse::<u32>().ok()).flatten();
    parts.windows(3).find_map(|p| {
        let (y, m, d) = (number(p[0], 4)?, number(p[1], 2)?, number(p[2], 2)?);
        let near = (1990..=2100).contains(&y);
        When::from_civil(i64::from(y), m, d, 0, 0, 0).filter(|_| near)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        for (url, day) in [
            ("https://a.example/2026/09/01/story", Some("2026-09-01")),
            ("https://a.example/news/2026-09-01-story", Some("2026-09-01")),
            ("https://a.example/2026/09/story-1234", None),
            ("https://2026-09-01.example/story", None),
            ("https://a.example/2026/13/01/", None),
            ("", None),
        ] {
            assert_eq!(dated(url).map(When::date).as_deref(), day, "{url}");
        }
    }
}
