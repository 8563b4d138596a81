//! Cloned outlet: a site whose pages were built from another's, account ids and all.
//!
//! Most links of its pages lead to the other site, and it carries ids or contacts that the other also carries, or its name:
//! copied with the page. Or its pages later send on to it. What could not be copied (registration, servers, certificates) decides whether it is the outlet's own.
//! Wrong for an outlet's own second domain of which only pages are at hand. Source: EU DisinfoLab, Doppelganger, 2022.

mod scenes;

use crate::{Finder, Page, common, common_owner, masks, sheets, witness, words};
use model::{
    ActorNo, AtLeastOne, Board, Card, Chance, Confidence, Finding, Innocent, KindNo, Masked, ObjectNo, Ownership,
    Quote, SentOn, Share, Table, Witness,
};
use std::collections::{BTreeMap, BTreeSet};

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "cloned-outlet",
        about: "a site whose pages were built from another site's: its links lead there and its ids or its name are the other's",
        source: "EU DisinfoLab, Doppelganger, 2022; ours",
    },
    page: Page {
        sees: "A site most of whose links lead to another site, and whose pages carry measuring ids or contacts that the other \
               site also has, or give its name as their own, or later send their visitors on to it, while nothing that cannot \
               be copied ties the two to one owner. A protected outlet need not be in the case.",
        matters: "A copied front makes an invented article look like a known outlet's; the copied ids show from where it \
                  was taken, and must not be taken for a tie between owners.",
        otherwise: "The outlet's own second domain, regional edition or rebrand; a mirror or archive; a licensed partner.",
        wrong: "Without registration or server data an outlet's own second domain looks the same, unless the outlet's pages \
                lead there or its list names it. A copy whose original is neither in the case nor protected is not seen.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// A copy, what it is built from, and what shows it.
struct Copy<'b> {
    copy: ActorNo,
    /// The site of the case it was built from; the outlet need not be in it.
    original: Option<ActorNo>,
    shares: Vec<Share>,
    kinds: BTreeSet<KindNo>,
    /// Pages whose menu leads there and that give its name as their own.
    pages: Vec<&'b Masked>,
    /// Pages that later sent their visitors there.
    sent: Vec<&'b SentOn>,
    /// Its own name is written like the outlet's.
    like: bool,
    protected: bool,
    /// A page of the original leads to the copy.
    by_outlet: bool,
}

/// By copy and the host it was built from.
type Copies<'b> = BTreeMap<(ActorNo, String), Copy<'b>>;

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let (found, left) = words::shortlist(board, found(board), |c: &Copy<'_>| (c.sorts(), c.shares.len()));
    let found = found.into_iter().filter_map(|c| Some(((c.shares.len() + c.pages.len()) as f64, read(board, &c)?)));
    words::most(board, found.collect(), left)
}

/// Sites that were built from another's pages and that no page of the original leads to, for other findings.
pub(crate) fn sites(board: &Board<'_>) -> BTreeSet<ActorNo> {
    found(board).into_iter().filter(|c| !c.by_outlet).map(|c| c.copy).collect()
}

/// Every copy that is told.
fn found<'b>(board: &Board<'b>) -> Vec<Copy<'b>> {
    let mut copies = gather(board);
    if copies.is_empty() {
        return Vec::new();
    }
    let outgoing = board.kind("outgoing-domain");
    board.shares.each_object(&mut |object, shares| {
        let info = board.object(object);
        let copyable = matches!(board.kinds[usize::from(info.kind.0)].ownership, Ownership::Shared(t) if t.copyable);
        if copyable && shares.len() > 1 {
            copies.values_mut().for_each(|c| c.take(info.kind, shares));
        } else if Some(info.kind) == outgoing {
            let leads = |c: &Copy<'_>| {
                let there = common::under(board.actor(c.copy).name.raw(), info.value.raw());
                there && shares.iter().any(|s| Some(s.actor) == c.original)
            };
            copies.values_mut().for_each(|c| c.by_outlet |= leads(c));
        }
    });
    copies.into_values().filter(Copy::told).collect()
}

/// Sites that were built from another's pages, as links, names and redirects say.
fn gather<'b>(board: &Board<'b>) -> Copies<'b> {
    let (mut out, masks) = (Copies::new(), masks::of(board));
    let mut with = |copy: ActorNo, host: &str, original: Option<ActorNo>, f: &mut dyn FnMut(&mut Copy<'b>)| {
        if original.is_some_and(|o| common_owner::together(board, copy, o)) || out.len() >= MOST {
            return;
        }
        let like = masks.get(&copy).is_some_and(|m| m.like.is_some_and(|l| common::under(host, l.target.raw())));
        f(out.entry((copy, host.to_owned())).or_insert_with(|| Copy::new(copy, original, like)));
    };
    for (copy, original) in &board.owners.copies {
        with(*copy, board.actor(*original).name.raw(), Some(*original), &mut |_| ());
    }
    for page in masks.values().flat_map(|m| &m.pages) {
        with(page.site, page.host.raw(), page.original, &mut |copy| {
            copy.pages.push(page);
            copy.protected |= page.protected;
        });
    }
    for sent in board.articles.sent_on.iter().filter(|s| !s.moved) {
        let host = common::host_and_path(sent.to.raw()).0.to_ascii_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
        with(sent.site, &host, sent.original, &mut |copy| {
            copy.sent.push(sent);
            copy.protected |= sent.protected;
        });
    }
    out
}

/// Most pairs of copy and host looked at.
const MOST: usize = 10_000;

impl<'b> Copy<'b> {
    fn new(copy: ActorNo, original: Option<ActorNo>, like: bool) -> Self {
        let (shares, kinds, pages, sent) = (Vec::new(), BTreeSet::new(), Vec::new(), Vec::new());
        Self { copy, original, shares, kinds, pages, sent, like, protected: false, by_outlet: false }
    }

    fn take(&mut self, kind: KindNo, shares: &[Share]) {
        let of = |actor: ActorNo| shares.iter().find(|s| s.actor == actor);
        if let (Some(copy), Some(original)) = (of(self.copy), self.original.and_then(of)) {
            self.shares.extend([*copy, *original]);
            self.kinds.insert(kind);
        }
    }

    /// Links alone are a fan's or a critic's; a redirect alone is anybody's, unless it leads to a protected outlet.
    fn told(&self) -> bool {
        !self.kinds.is_empty() || !self.pages.is_empty() || (!self.sent.is_empty() && (self.protected || self.like))
    }

    fn objects(&self) -> usize {
        self.shares.iter().map(|s| s.object).collect::<BTreeSet<ObjectNo>>().len()
    }

    /// Sorts of things that show it.
    fn sorts(&self) -> usize {
        self.kinds.len()
            + usize::from(!self.pages.is_empty())
            + usize::from(!self.sent.is_empty())
            + usize::from(self.like)
    }

    /// What both carry or what the copy does, in words.
    fn carries(&self, board: &Board<'_>) -> Vec<String> {
        let kind = |k: &KindNo| format!("the same {}", words::deed(board.kinds[usize::from(k.0)].card.id).1);
        let mut out: Vec<String> = self.kinds.iter().map(kind).collect();
        if !self.pages.is_empty() {
            out.push("its name".to_owned());
        }
        out
    }
}

fn read(board: &Board<'_>, found: &Copy<'_>) -> Option<Finding> {
    let (confidence, because) = weigh(found);
    let when = found.sent.iter().flat_map(|s| [s.kept.0, s.later.0]);
    let (first, last) = words::ends(found.shares.iter().map(|s| s.micros).chain(when));
    let shows = |s: &Share| {
        let (did, one, _) = words::deed(board.kinds[usize::from(board.object(s.object).kind.0)].card.id);
        let whose = if s.actor == found.copy { "the copy" } else { "the original" };
        (*s, format!("{whose} {did} this {one}"))
    };
    let shared = witness::pick(board, &found.shares.iter().map(shows).collect::<Vec<_>>());
    let mut seen: Vec<Witness> = shared.map_or_else(Vec::new, |w| w.get().to_vec());
    seen.truncate(16);
    seen.extend(own_witnesses(found));
    let ends: Vec<u64> = match found.original {
        Some(original) => vec![board.actor(found.copy).id, board.actor(original).id],
        None => vec![board.actor(found.copy).id],
    };
    Some(Finding {
        id: Finding::id_of(FINDER.card.id, &ends),
        kind: FINDER.card.id.to_owned(),
        title: title(board, found),
        observed: observed(board, found),
        confidence,
        because,
        chance: chance(board, found),
        innocent: innocent()?,
        witnesses: AtLeastOne::new(seen)?,
        actors: std::iter::once(found.copy).chain(found.original).collect(),
        tables: tables(found),
        techniques: words::techniques(&["T0084", "T0149.001", "T0152.004"]),
        first,
        last,
    })
}

fn title(board: &Board<'_>, found: &Copy<'_>) -> String {
    match found.carries(board) {
        carried if carried.is_empty() => "Pages of a site later sent their visitors on to another site".to_owned(),
        carried => format!("A site was built from another site's pages and carries {}", words::list(&carried)),
    }
}

/// Pages that wear the name, and pages that sent on.
fn own_witnesses(found: &Copy<'_>) -> Vec<Witness> {
    let page = |place, when, shows: &str, quote: &Quote| Witness {
        place,
        actor: Some(found.copy),
        when,
        shows: shows.to_owned(),
        quote: quote.clone(),
        words: Quote::default(),
    };
    let worn =
        found.pages.iter().take(4).map(|m| page(m.place, None, "gives this name; its menu leads there", &m.masthead));
    let sent = found.sent.iter().take(2).flat_map(|s| {
        [
            page(s.place, Some(s.kept), "was a page at this address", &s.url),
            page(s.answer, Some(s.later), "later sends on to this", &s.to),
        ]
    });
    worn.chain(sent).filter(|w| !w.quote.is_empty()).collect()
}

fn observed(board: &Board<'_>, found: &Copy<'_>) -> String {
    let mut out = Vec::new();
    if !found.kinds.is_empty() || !found.pages.is_empty() {
        let carried = words::list(&found.carries(board));
        out.push(format!("Most links on the first site's pages lead to the second, and they carry {carried}."));
    }
    let alone = found.pages.iter().filter(|m| m.beside > 0).count();
    if alone > 0 {
        out.push(format!(
            "Of {}, none carries what stands on {}.",
            words::count(
                found.pages.iter().map(|m| m.beside).max().unwrap_or(0) as usize,
                "page of the original here",
                "pages of the original here"
            ),
            words::count(alone, "of these pages", "of these pages"),
        ));
    }
    if !found.sent.is_empty() {
        out.push(format!(
            "{} there and later sent visitors on to the other site.",
            words::count(found.sent.len(), "page was", "pages were")
        ));
    }
    if found.like {
        out.push("Its own name is written like the outlet's.".to_owned());
    }
    out.push(
        "Nothing that cannot be copied (registration, servers, certificates) ties the two in this case.".to_owned(),
    );
    out.join(" ")
}

fn tables(found: &Copy<'_>) -> Vec<Table> {
    let row = |m: &&Masked| vec![m.url.clone(), m.masthead.clone(), m.host.clone()];
    let rows: Vec<_> = found.pages.iter().take(40).map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![sheets::table(
        "Pages with the other's name and menu",
        &["Page", "Name it gives", "Where its menu leads"],
        rows,
    )]
}

fn chance(board: &Board<'_>, found: &Copy<'_>) -> Chance {
    Chance {
        unit: "ids, contacts and names of the original".to_owned(),
        observed: (found.objects() + usize::from(!found.pages.is_empty()) + usize::from(!found.sent.is_empty())) as f64,
        expected: board.owners.sites.max(1) as f64 * 1e-5,
        p: None,
        fdr: None,
        null: "Unrelated sites share an id or contact in at most one of 50,000 pairs (the larger of the backgrounds of the \
               kinds in question), two backgrounds and each site of the case tried. That a site gives the very name of the one \
               it is built around, or sends on to it, is taken to be no more frequent among strangers."
            .to_owned(),
    }
}

/// The rule.
fn weigh(found: &Copy<'_>) -> (Confidence, String) {
    let said = format!("{} of sign beside the links", words::count(found.sorts(), "sort", "sorts"));
    let outlet = found.protected || found.like;
    let moderate = [
        (
            found.objects() > 0 || (outlet && (!found.pages.is_empty() || !found.sent.is_empty())),
            "an id or contact that both carry, or a protected outlet's name or redirect",
        ),
        (!found.by_outlet, "no page of the original that leads there, as to its own"),
    ];
    let high = [(found.sorts() > 1, "two sorts of signs")];
    words::rule(&said, &moderate, &high)
}

fn innocent() -> Option<AtLeastOne<Innocent>> {
    AtLeastOne::new(vec![
        words::innocent(
            "The outlet's own second domain, regional edition or rebrand",
            "Look who registered the two and where they are served; ask the outlet.",
        ),
        words::innocent(
            "A mirror, an archive or a licensed partner who shows the outlet's pages with its consent",
            "Look whether the page says so, and whether every article on it is also at the outlet.",
        ),
    ])
}
