//! Fabricated network: several sites that wear others' faces and are held together by what their makers share.
//!
//! Each of these is told by itself: names like outlets', copied pages, copied articles, common owners. Here they are put
//! together: sites with such a face, the ties between them and to others of one owner, the fewest ties that hold every member,
//! and the tie whose loss splits it. What an imitated outlet has as well ties nobody. Wrong where two strangers bought one kit
//! with an account id left in it. Source: Kruskal 1956, shortest spanning subtree; EU DisinfoLab, Doppelganger, 2022.

mod scenes;
mod ties;

use crate::{Finder, Page, sheets, witness, words};
use model::{
    ActorNo, AtLeastOne, Board, Card, Chance, Confidence, Finding, Innocent, ObjectNo, Quote, Share, Table, Witness,
};
use std::collections::BTreeSet;
use ties::{Face, Held, How, Tie};

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "fabricated-network",
        about: "sites with borrowed faces (names, pages, articles) that rare things in common tie to one another",
        source: "Kruskal 1956 (spanning trees); EU DisinfoLab, Doppelganger, 2022; ours",
    },
    page: Page {
        sees: "At least two sites with a face of others (a name like an outlet's, pages built from an outlet's, articles under \
               signs that do not fit) that are tied to one another: by one owner, by a rare value that no imitated outlet has, \
               by the same copied article. Shown are the fewest ties that hold every member and the weakest of them.",
        matters: "One false front is an annoyance; a network of them under one hand is an operation, and whoever knows the tie \
                  finds the next site by it.",
        otherwise: "One seller of site kits with many customers; an agency that builds pages for partners of an outlet; the \
                    outlet's own domains where its list leaves them out.",
        wrong: "Ties are as good as their backgrounds. Sites that only stand at one host, use one theme or carry one agency's \
                article are not tied by that.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Most rows and members named.
const MOST: usize = 200;

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let networks = ties::networks(board);
    let (networks, left) = words::shortlist(board, networks, |n| (n.faces(), n.members.len()));
    let found = networks.iter().filter_map(|n| Some((n.faces() as f64, read(board, n)?)));
    words::most(board, found.collect(), left)
}

fn read(board: &Board<'_>, net: &Held) -> Option<Finding> {
    let (confidence, because) = weigh(net);
    let strongest = net.ties.first()?;
    let shares = shown(board, net);
    let (first, last) = words::ends(shares.iter().map(|s| s.micros));
    let members: Vec<ActorNo> = net.members.iter().map(|m| m.0).take(MOST).collect();
    Some(Finding {
        id: Finding::id_of(FINDER.card.id, &[board.actor(strongest.a).id, board.actor(strongest.b).id]),
        kind: FINDER.card.id.to_owned(),
        title: format!(
            "{} are tied together, {} of them with a name, pages or articles taken from others",
            words::who(board, &net.members.iter().map(|m| m.0).collect::<Vec<_>>()),
            words::thousands(net.faces() as u64),
        ),
        observed: observed(net),
        confidence,
        because,
        chance: chance(net),
        innocent: innocent(net)?,
        witnesses: AtLeastOne::new(witnesses(board, net, &shares))?,
        actors: members,
        tables: tables(board, net),
        techniques: words::techniques(&["T0098.001", "T0149.003", "T0152.004"]),
        first,
        last,
    })
}

/// Traces of the values that hold the network, on its members.
fn shown(board: &Board<'_>, net: &Held) -> Vec<Share> {
    let mut objects: Vec<ObjectNo> = net.ties.iter().flat_map(|t| &t.by).copied().take(256).collect();
    objects.sort_unstable();
    objects.dedup();
    let mut shares = board.shares.of_objects(&objects);
    shares.retain(|s| net.members.binary_search_by_key(&s.actor, |m| m.0).is_ok());
    shares
}

/// What holds it together, then what its faces are.
fn witnesses(board: &Board<'_>, net: &Held, shares: &[Share]) -> Vec<Witness> {
    let shows = |s: &Share| {
        let (did, one, _) = words::deed(board.kinds[usize::from(board.object(s.object).kind.0)].card.id);
        (*s, format!("{did} this {one}"))
    };
    let held = witness::pick(board, &shares.iter().map(shows).collect::<Vec<_>>());
    let mut out: Vec<Witness> = held.map_or_else(Vec::new, |w| w.get().to_vec());
    out.truncate(14);
    let member = |site: ActorNo| net.members.binary_search_by_key(&site, |m| m.0).is_ok();
    let page = |site, place, when, shows: &str, quote: &Quote| Witness {
        place,
        actor: Some(site),
        when,
        shows: shows.to_owned(),
        quote: quote.clone(),
        words: Quote::default(),
    };
    let worn = board.articles.masked.iter().filter(|m| m.named && member(m.site)).take(5);
    out.extend(worn.map(|m| page(m.site, m.place, None, "gives this name; its menu leads elsewhere", &m.masthead)));
    let copies = board.articles.shared.iter().flat_map(|a| &a.copies).filter(|c| member(c.site)).take(5);
    out.extend(copies.map(|c| page(c.site, c.place, c.since(), "carries this article", &c.title)));
    out.retain(|w| !w.quote.is_empty());
    out
}

fn observed(net: &Held) -> String {
    let with = |f: fn(&Face) -> bool| net.members.iter().filter(|m| f(&m.1)).count();
    let parts = [
        (with(|f| f.like), "a name like an outlet's"),
        (with(|f| f.clone), "pages built from an outlet's"),
        (with(|f| f.copied), "an article under signs that do not fit"),
    ];
    let parts = parts.iter().filter(|p| p.0 > 0).map(|(n, what)| {
        format!(
            "{} {what}",
            match n {
                1 => "1 has".to_owned(),
                n => format!("{} have", words::thousands(*n as u64)),
            }
        )
    });
    let across = match net.across {
        0 => "no other tie leads across".to_owned(),
        n => format!("{} then still lead across, none stronger", words::count(n, "further tie", "further ties")),
    };
    format!(
        "Of {}, {}. They are held by {}; the weakest is worth {:.1} bits (one in {} site pairs), and without it they fall into {} \
         and {}: {across}.",
        words::count(net.members.len(), "site", "sites"),
        words::list(&parts.collect::<Vec<_>>()),
        words::count(net.ties.len(), "tie", "ties"),
        net.weakest().bits,
        crate::one_in(net.weakest().bits),
        net.parts.0,
        net.parts.1,
    )
}

fn chance(net: &Held) -> Chance {
    let faces = net.all_faces as f64;
    Chance {
        unit: "ties".to_owned(),
        observed: net.ties.len() as f64,
        expected: faces * (faces - 1.0).max(0.0) / 2.0 * (-net.weakest().bits).exp2(),
        p: None,
        fdr: None,
        null: "Sites with borrowed faces that have nothing to do with one another share each value as often as its kind's \
               background says (an article in common is set at 10 bits, not measured); the figure is for all pairs of such \
               sites here and ties as strong as the weakest."
            .to_owned(),
    }
}

/// The rule.
fn weigh(net: &Held) -> (Confidence, String) {
    let sorts: BTreeSet<How> = net.ties.iter().map(|t| t.how).collect();
    let faces = net.face_sorts();
    let said = format!(
        "{} with {} of face, held by {} of {}",
        words::count(net.faces(), "site", "sites"),
        words::count(faces, "sort", "sorts"),
        words::count(net.ties.len(), "tie", "ties"),
        words::count(sorts.len(), "kind", "kinds"),
    );
    let expected = chance(net).expected;
    let moderate = [
        (net.faces() >= 2, "two sites with a borrowed face"),
        (expected <= 0.05, "ties that chance gives in at most one case of twenty"),
    ];
    let rare = net.ties.iter().all(|t| t.how == How::Owner || t.bits >= RARE);
    let high = [
        (faces >= 2, "faces of two sorts"),
        (rare, "only ties by one owner or by rare values"),
        (net.faces() >= 3 || sorts.len() >= 2, "three such sites, or ties of two kinds"),
    ];
    words::rule(&said, &moderate, &high)
}

/// Bits of a value that ties two faces by itself.
pub(crate) const RARE: f64 = 14.3;

fn innocent(net: &Held) -> Option<AtLeastOne<Innocent>> {
    let n = words::count(net.members.len(), "site", "sites");
    AtLeastOne::new(vec![
        words::innocent(
            "Customers of one seller of site kits or of one agency, who left its account in place",
            "Search the value that ties them elsewhere: a seller's stands on many more sites of other kinds.",
        ),
        words::innocent(
            "The outlet's own domains or partners, which its list leaves out",
            format!("Ask the outlet about the {n}; look who registered them."),
        ),
        words::innocent(
            "Strangers who copied the same copy, ids and all",
            "Look whether registration or servers, which cannot be copied, agree as well.",
        ),
    ])
}

fn tables(board: &Board<'_>, net: &Held) -> Vec<Table> {
    let name = |a: ActorNo| board.actor(a).name.clone();
    let tie = |t: &Tie| {
        let weakest = if t == net.weakest() { "the weakest" } else { "" };
        let what = t.by.iter().take(4).map(|o| {
            let info = board.object(*o);
            format!("{}: {}", board.kinds[usize::from(info.kind.0)].card.id, info.value.short(80).raw())
        });
        let what: Vec<String> = what.collect();
        vec![
            name(t.a),
            name(t.b),
            Quote::from(t.how.word()),
            Quote::from(what.join("; ")),
            Quote::from(format!("{:.1}", t.bits)),
            Quote::from(weakest),
        ]
    };
    let member = |(site, face): &(ActorNo, Face)| vec![name(*site), Quote::from(face.told().join("; "))];
    vec![
        sheets::table(
            "The fewest ties that hold it",
            &["Site", "Site", "Tied by", "What", "Bits", "Note"],
            net.ties.iter().take(MOST).map(tie).collect(),
        ),
        sheets::table("Members", &["Site", "Its face"], net.members.iter().take(MOST).map(member).collect()),
    ]
}
