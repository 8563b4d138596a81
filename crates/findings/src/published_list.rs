//! Published list: things that someone's list of indicators names occur in this evidence.
//!
//! A list is a claim: whoever made it may be wrong, old or misled, and lists copy one another. What it names of a protected
//! outlet's own, and what another list calls harmless, is told and not counted; grades of the list and of the person who
//! imported it are shown. No owner, network or other finding rests on a list. It is looked up in what others touch (links, servers, files, mailboxes) and in who they are (accounts, senders,
//! sites). What everyone uses does not count. Wrong where a list names what it should not, and where the list was made
//! from this very evidence. Source: ours; number of names registered: Verisign, Domain Name Industry Brief, 2024.

mod hits;
mod scenes;

use crate::{Finder, Page, chance, witness, words};
use hits::{Conflict, Hit, List, Way};
use model::{ActorNo, AtLeastOne, Board, Card, Chance, Confidence, Finding, Innocent, Quote, Share, Table};
use std::collections::BTreeSet;

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "published-list",
        about: "things that a published list of indicators names occur in this evidence",
        source: "ours; lists as platforms and vendors publish them in STIX, MISP and tables",
    },
    page: Page {
        sees: "Domains, addresses, mailboxes, files and accounts of an imported list that send, are linked to, serve or are \
               shared in the rest of the evidence.",
        matters: "Others have already tied these things to an operation: what of it reached you, and through whom, is the \
                  quickest bridge to what they know.",
        otherwise: "A list that names something shared (a host, a shortener, a newsroom that was imitated); a name that \
                    changed hands; a list made from the same evidence, which then proves nothing new.",
        wrong: "What the list says of a thing is its producer's word and may be wrong or old. Things that many in the case \
                use are told but not counted, nor is what belongs to a protected outlet or what another list calls harmless. \
                Two lists that agree may have copied one another.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Most rows of the table and most actors named.
const MOST: usize = 200;

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let lists = hits::gather(board);
    let strength = |l: &List| (l.telling().count(), l.hits.len());
    let (lists, left) = words::shortlist(board, lists, strength);
    let found = lists.into_iter().filter_map(|list| Some((list.telling().count() as f64, read(board, &list)?)));
    words::most(board, found.collect(), left)
}

fn read(board: &Board<'_>, list: &List) -> Option<Finding> {
    let chance = expected(board, list);
    let held = held(board, list);
    let (confidence, because) = weigh(list, held, &chance);
    let shares: Vec<&Share> = list.hits.iter().flat_map(|h| &h.shares).collect();
    let (first, last) = words::ends(shares.iter().map(|s| s.micros));
    Some(Finding {
        id: Finding::id_of(FINDER.card.id, &[board.actor(list.actor).id]),
        kind: FINDER.card.id.to_owned(),
        title: title(list),
        observed: format!(
            "The list names {} in all; {} in this evidence, {}. {}",
            words::count(list.named, "thing", "things"),
            match list.hits.len() {
                1 => "one occurs".to_owned(),
                n => format!("{} occur", words::thousands(n as u64)),
            },
            words::period(first, last),
            [common(list), against(list), alone(list)].join(" ").split_whitespace().collect::<Vec<_>>().join(" "),
        )
        .trim_end()
        .to_owned(),
        confidence,
        because,
        innocent: innocent()?,
        witnesses: witness::pick(board, &candidates(list))?,
        tables: vec![table(board, list, held)],
        techniques: Vec::new(),
        actors: actors(list),
        chance,
        first,
        last,
    })
}

/// `3 domains of a published list sent mail to this evidence's mailboxes`, said for each way.
fn title(list: &List) -> String {
    let telling: Vec<&Hit> = list.telling().collect();
    let all: Vec<&Hit> = list.hits.iter().collect();
    let of = if telling.is_empty() { &all } else { &telling };
    let parts: Vec<String> = Way::ALL
        .iter()
        .map(|way| (way, of.iter().filter(|h| h.way == *way).count()))
        .filter(|p| p.1 > 0)
        .map(|(way, n)| format!("{} {}", words::count(n, "thing", "things"), way.words(n)))
        .collect();
    format!("Of a published list, {}", words::list(&parts))
}

fn common(list: &List) -> String {
    match list.hits.iter().filter(|h| h.common && h.conflict.is_none()).count() {
        0 => String::new(),
        n => format!(
            "{} of these {} what many use and not counted.",
            words::thousands(n as u64),
            if n == 1 { "is" } else { "are" }
        ),
    }
}

fn against(list: &List) -> String {
    match list.conflicts() {
        0 => String::new(),
        1 => "One is in conflict with the case's outlets or with another list and not counted.".to_owned(),
        n => format!("{n} are in conflict with the case's outlets or with another list and not counted."),
    }
}

/// What nothing but the list speaks for.
fn alone(list: &List) -> String {
    let (telling, alone) = (list.telling().count(), list.telling().filter(|h| h.alone).count());
    match alone {
        0 => String::new(),
        n if n == telling => {
            "Nothing else in this case speaks of any of them: all rests on the list's word.".to_owned()
        }
        n => format!(
            "Of {} of these nothing else in this case speaks: that rests on the list's word.",
            words::thousands(n as u64)
        ),
    }
}

/// The grade that a person gave the list.
fn held<'b>(board: &'b Board<'_>, list: &List) -> Option<&'b str> {
    let id = list.hits.first()?.listing.place(board.evidence).evidence.to_string();
    board.settings.lists.grades.get(&id).map(String::as_str)
}

/// True for a source that is not usually reliable or a word that is doubtful (D, E; 4, 5).
fn doubted(grade: &str) -> bool {
    grade.bytes().any(|b| matches!(b.to_ascii_uppercase(), b'D' | b'E' | b'4' | b'5'))
}

/// Domain names registered under all suffixes, at the end of 2024.
const REGISTERED: f64 = 364e6;

/// Two draws of names from all that are registered; other things are given out once.
fn expected(board: &Board<'_>, list: &List) -> Chance {
    let domains = list.telling().filter(|h| h.domain).count();
    let (listed, seen) = (list.domains, hits::domains(board));
    if domains == 0 {
        return Chance {
            unit: "things of the list in this evidence".to_owned(),
            observed: list.telling().count() as f64,
            expected: 0.0,
            p: None,
            fdr: None,
            null: "Addresses, files and handles are given out once, so that no chance meeting is expected; how often lists \
                   name the wrong thing is not known, and no probability is given."
                .to_owned(),
        };
    }
    let mean = listed as f64 * seen as f64 / REGISTERED;
    Chance {
        unit: "domains of the list in this evidence".to_owned(),
        observed: domains as f64,
        expected: mean,
        p: Some(chance::poisson_tail(domains as u64, mean)),
        fdr: None,
        null: format!(
            "The list names {} domains and this evidence {}, were both drawn from the 364 million that are registered. What \
             many use is left out; names known everywhere but rare here make this too small.",
            words::thousands(listed as u64),
            words::thousands(seen as u64),
        ),
    }
}

/// The rule. Nothing is added up: each word asks for all of its conditions.
fn weigh(list: &List, held: Option<&str>, chance: &Chance) -> (Confidence, String) {
    let telling = list.telling().count();
    let ways: BTreeSet<Way> = list.telling().map(|h| h.way).collect();
    let exact = list.telling().filter(|h| !h.domain).count();
    let said = format!(
        "{} of the list, met in {}",
        words::count(telling, "thing", "things"),
        words::count(ways.len(), "way", "ways")
    );
    let trusted = match held {
        Some(grade) => !doubted(grade),
        None => list.telling().any(|h| !h.grade.as_deref().is_some_and(doubted)),
    };
    let moderate = [
        (
            exact > 0 || telling >= 2,
            "an exact address, mailbox, file or account, or two domains (one domain alone may be listed or met by mistake)",
        ),
        (trusted, "a list that is not graded unreliable or doubtful"),
    ];
    let high = [
        (ways.len() >= 2 && telling >= 3, "three things in two ways"),
        (list.conflicts() * 10 <= list.hits.len(), "at most one in ten in conflict with outlets or other lists"),
        (chance.p.is_none_or(|p| p <= 0.001), "a number that chance gives in at most one case of a thousand"),
    ];
    words::rule(&said, &moderate, &high)
}

fn innocent() -> Option<AtLeastOne<Innocent>> {
    AtLeastOne::new(vec![
        words::innocent(
            "The list names something that many share: a host, a shortener, a service, an outlet that was imitated",
            "Look at what else in the evidence touches it, and at what the list says of its role.",
        ),
        words::innocent(
            "The name or address changed hands",
            "Compare the times here with the times that the list gives.",
        ),
        words::innocent(
            "The list was made from this evidence, or from the same source",
            "Ask its producer: then both are one source, and nothing is confirmed.",
        ),
    ])
}

fn candidates(list: &List) -> Vec<(Share, String)> {
    let mut out = Vec::new();
    for hit in &list.hits {
        out.push((hit.listing, "a published list names this".to_owned()));
        out.extend(hit.shares.iter().take(4).map(|s| (*s, format!("what the list names {}", hit.way.words(1)))));
    }
    out
}

/// The list and what it names; whoever only met that is a witness, not an actor.
fn actors(list: &List) -> Vec<ActorNo> {
    let mut seen = BTreeSet::from([list.actor]);
    let mut out = vec![list.actor];
    let named = list.telling().filter(|h| h.way.is_itself()).flat_map(|h| &h.who);
    out.extend(named.filter(|a| seen.insert(**a)).take(MOST));
    out
}

/// `b2 by the list, C3 by whoever imported it`.
fn grade(hit: &Hit, held: Option<&str>) -> String {
    let own = hit.grade.as_ref().map(|g| format!("{} by the list", g.to_uppercase()));
    let held = held.map(|g| format!("{g} by whoever imported it"));
    [own, held].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn note(hit: &Hit) -> String {
    let said = hit.conflict.map(Conflict::words).or(hit.common.then_some("many use it: not counted"));
    let others = (hit.others > 0).then(|| words::count(hit.others, "other list names it", "other lists name it"));
    [said.map(str::to_owned), others].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn table(board: &Board<'_>, list: &List, held: Option<&str>) -> Table {
    let row = |h: &Hit| {
        let (first, _) = words::ends(h.shares.iter().map(|s| s.micros));
        vec![
            board.object(h.listing.object).value.clone(),
            Quote::from(h.way.words(1)),
            Quote::from(h.actors.to_string()),
            Quote::from(first.map_or(String::new(), |f| f.date())),
            Quote::from(grade(h, held)),
            Quote::from(if h.alone { "nothing but the list" } else { "a finding or network of this case" }),
            Quote::from(note(h)),
        ]
    };
    Table {
        title: "What of the list occurs here".to_owned(),
        columns: ["Listed", "How it occurs", "Actors", "First", "Grade", "What else speaks", "Note"]
            .map(str::to_owned)
            .to_vec(),
        rows: list.hits.iter().take(MOST).map(row).collect(),
    }
}
