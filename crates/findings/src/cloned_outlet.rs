//! Cloned outlet: a site whose pages were built from another's, account ids and all.
//!
//! Most links of its pages lead to the other site, and it carries ids or contacts that the other also carries: copied with
//! the page. What could not be copied (registration, servers, certificates) decides whether it is the outlet's own.
//! Wrong for an outlet's own second domain of which only pages are at hand. Source: EU DisinfoLab, Doppelganger, 2022.

mod scenes;

use crate::{Finder, Page, common_owner, witness, words};
use model::{
    ActorNo, AtLeastOne, Board, Card, Chance, Confidence, Finding, Innocent, KindNo, ObjectNo, Ownership, Share,
};
use std::collections::{BTreeMap, BTreeSet};

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "cloned-outlet",
        about: "a site whose pages were built from another site's: its links lead there and its ids are the other's",
        source: "EU DisinfoLab, Doppelganger, 2022; ours",
    },
    page: Page {
        sees: "A site most of whose links lead to another site of the case, and whose pages carry measuring ids or contacts \
               that the other site also has, while nothing that cannot be copied ties the two to one owner.",
        matters: "A copied front makes an invented article look like a known outlet's; the copied ids show from where it \
                  was taken, and must not be taken for a tie between owners.",
        otherwise: "The outlet's own second domain, regional edition or rebrand; a mirror or archive; a licensed partner.",
        wrong: "Without registration or server data an outlet's own second domain looks the same. A copy whose original is \
                not in the case is not seen.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// A copy, its original, and what both carry.
struct Copy {
    copy: ActorNo,
    original: ActorNo,
    shares: Vec<Share>,
    kinds: BTreeSet<KindNo>,
}

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let pairs = board.owners.copies.iter().filter(|(copy, original)| !common_owner::together(board, *copy, *original));
    let mut copies: BTreeMap<(ActorNo, ActorNo), Copy> = pairs
        .map(|(copy, original)| {
            let none = Copy { copy: *copy, original: *original, shares: Vec::new(), kinds: BTreeSet::new() };
            ((*copy, *original), none)
        })
        .collect();
    if copies.is_empty() {
        return Vec::new();
    }
    board.shares.each_object(&mut |object, shares| {
        let kind = board.object(object).kind;
        let copyable = matches!(board.kinds[usize::from(kind.0)].ownership, Ownership::Shared(t) if t.copyable);
        if copyable && shares.len() > 1 {
            copies.values_mut().for_each(|c| c.take(kind, shares));
        }
    });
    let found = copies.into_values().filter(|c| !c.kinds.is_empty());
    let (found, left) = words::shortlist(board, found.collect(), |c: &Copy| (c.kinds.len(), c.shares.len()));
    let found = found.into_iter().filter_map(|c| Some((c.shares.len() as f64, read(board, &c)?)));
    words::most(board, found.collect(), left)
}

impl Copy {
    fn take(&mut self, kind: KindNo, shares: &[Share]) {
        let of = |actor: ActorNo| shares.iter().find(|s| s.actor == actor);
        if let (Some(copy), Some(original)) = (of(self.copy), of(self.original)) {
            self.shares.extend([*copy, *original]);
            self.kinds.insert(kind);
        }
    }

    fn objects(&self) -> usize {
        self.shares.iter().map(|s| s.object).collect::<BTreeSet<ObjectNo>>().len()
    }
}

fn read(board: &Board<'_>, found: &Copy) -> Option<Finding> {
    let (confidence, because) = weigh(found);
    let (first, last) = words::ends(found.shares.iter().map(|s| s.micros));
    let kinds: Vec<String> = found
        .kinds
        .iter()
        .map(|k| format!("the same {}", words::deed(board.kinds[usize::from(k.0)].card.id).1))
        .collect();
    let shows = |s: &Share| {
        let (did, one, _) = words::deed(board.kinds[usize::from(board.object(s.object).kind.0)].card.id);
        let whose = if s.actor == found.copy { "the copy" } else { "the original" };
        (*s, format!("{whose} {did} this {one}"))
    };
    Some(Finding {
        id: Finding::id_of(FINDER.card.id, &[board.actor(found.copy).id, board.actor(found.original).id]),
        kind: FINDER.card.id.to_owned(),
        title: format!("A site was built from another site's pages and carries {}", words::list(&kinds)),
        observed: format!(
            "Most links on the first site's pages lead to the second, and both carry {}. Nothing that cannot be copied \
             (registration, servers, certificates) ties the two in this case.",
            words::count(found.objects(), "id or contact", "ids and contacts"),
        ),
        confidence,
        because,
        chance: chance(board, found),
        innocent: innocent()?,
        witnesses: witness::pick(board, &found.shares.iter().map(shows).collect::<Vec<_>>())?,
        actors: vec![found.copy, found.original],
        tables: Vec::new(),
        techniques: words::techniques(&["T0084", "T0149.001", "T0152.004"]),
        first,
        last,
    })
}

fn chance(board: &Board<'_>, found: &Copy) -> Chance {
    Chance {
        unit: "ids and contacts of the original".to_owned(),
        observed: found.objects() as f64,
        expected: board.owners.sites as f64 * 1e-5,
        p: None,
        fdr: None,
        null: "Unrelated sites share an id or contact in at most one of 50,000 pairs (the larger of the backgrounds of the \
               kinds in question), two backgrounds and each site of the case tried."
            .to_owned(),
    }
}

/// The rule.
fn weigh(found: &Copy) -> (Confidence, String) {
    let said = format!(
        "{} of {} found on both, beside the links",
        words::count(found.objects(), "thing", "things"),
        words::count(found.kinds.len(), "sort", "sorts")
    );
    let moderate = [(found.objects() > 0, "an id or contact that both carry")];
    let high = [(found.kinds.len() > 1, "two sorts of things that both carry")];
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
