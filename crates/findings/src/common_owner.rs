//! Common owner: sites tied by rare things that do not follow from one another.
//!
//! The weighing comes from linking (see the way `shared-owner`); here it is read: what holds each site, what would split
//! them, and how much of it rests on suppliers or on one value alone. Wrong for customers of one agency who also share its
//! accounts. Source: Fellegi & Sunter 1969; Alexander, "Open-Source Information Reveals Pro-Kremlin Web Campaign", 2015.

mod scenes;

use crate::{Finder, Page, witness, words};
use model::{
    ActorNo, AtLeastOne, Board, Card, Chance, Cluster, Confidence, Finding, Grounds, Innocent, ObjectNo, Share, Tied,
};
use std::collections::BTreeSet;

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "common-owner",
        about: "sites that share rare registration, hosting, certificate, contact or account data",
        source: "Fellegi & Sunter 1969, A theory for record linkage; Alexander 2015 (shared analytics ids)",
    },
    page: Page {
        sees: "Sites that share rare things of at least two families (hosting, registration, certificates, mail, contact, \
               measuring accounts), weighed in bits against chance. What an imitated site also has is left out.",
        matters: "Sites that pass for unrelated voices may be run from one desk; who runs one then answers for all.",
        otherwise: "Regional editions or a rebrand of one outlet, openly; customers of one agency that keeps its own \
                    accounts on their sites; a publisher's honest family of papers.",
        wrong: "Neighbours at a host, a common registrar and a theme's default ids weigh little, but a small case has \
                little background to show that. Ties by suppliers only are weaker than the bits say.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let owners = board.owners;
    let clusters: Vec<&Cluster> = owners.clusters.iter().collect();
    let (clusters, left) = words::shortlist(board, clusters, |c| c.members.len());
    let found = clusters.into_iter().filter_map(|c| Some((c.members.len() as f64, read(board, c)?)));
    words::most(board, found.collect(), left)
}

fn read(board: &Board<'_>, cluster: &Cluster) -> Option<Finding> {
    let edges: Vec<&Tied> = cluster.held.iter().filter_map(|e| board.owners.tied.get(*e)).collect();
    let weakest = board.owners.tied.get(cluster.weakest)?;
    let strongest = edges.iter().max_by(|x, y| x.bits.total_cmp(&y.bits).then((y.a, y.b).cmp(&(x.a, x.b))))?;
    let shares = shown(board, cluster, &edges);
    let (first, last) = words::ends(shares.iter().map(|s| s.micros));
    let (confidence, because) = weigh(cluster, &edges);
    let shows = |s: &Share| {
        let (did, one, _) = words::deed(board.kinds[usize::from(board.object(s.object).kind.0)].card.id);
        (*s, format!("{did} this {one}"))
    };
    Some(Finding {
        id: Finding::id_of(FINDER.card.id, &[board.actor(strongest.a).id, board.actor(strongest.b).id]),
        kind: FINDER.card.id.to_owned(),
        title: format!("{} are tied to one owner by {}", words::who(board, &cluster.members), families(board, &edges)),
        observed: observed(board, cluster, &edges, weakest),
        confidence,
        because,
        chance: chance(board, &edges),
        innocent: innocent(cluster)?,
        witnesses: witness::pick(board, &shares.iter().map(shows).collect::<Vec<_>>())?,
        actors: cluster.members.clone(),
        tables: Vec::new(),
        techniques: words::techniques(&["T0095", "T0149.001", "T0152.004"]),
        first,
        last,
    })
}

/// The traces of the values that hold the cluster, rarest ties first.
fn shown(board: &Board<'_>, cluster: &Cluster, edges: &[&Tied]) -> Vec<Share> {
    let mut objects: Vec<ObjectNo> =
        edges.iter().flat_map(|e| &e.by).filter(|b| b.bits >= 1.0).map(|b| b.object).take(512).collect();
    objects.sort_unstable();
    objects.dedup();
    let mut shares = board.shares.of_objects(&objects);
    shares.retain(|s| cluster.members.binary_search(&s.actor).is_ok());
    shares
}

/// What kinds of things the ties rest on, commonest first, in words.
fn families(board: &Board<'_>, edges: &[&Tied]) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    for by in edges.iter().flat_map(|e| &e.by).filter(|b| b.bits >= 2.0) {
        let id = board.kinds[usize::from(board.object(by.object).kind.0)].card.id;
        if !kinds.contains(&id) {
            kinds.push(id);
        }
    }
    let named: Vec<String> = kinds.iter().take(4).map(|k| format!("the same {}", words::deed(k).1)).collect();
    words::list(&named)
}

fn observed(board: &Board<'_>, cluster: &Cluster, edges: &[&Tied], weakest: &Tied) -> String {
    let weak = edges.iter().filter(|e| e.grounds != Grounds::Rare).count();
    let weak = if weak > 0 {
        format!(
            " {} of the ties rest on one value that no other owner has here, or on the same suppliers throughout.",
            words::thousands(weak as u64)
        )
    } else {
        String::new()
    };
    format!(
        "Of {} compared, these are held together by {}. The weakest is worth {:.1} bits: one in {} site pairs would share \
         as much by chance. Without it they fall into {} and {}.{weak}",
        words::count(board.owners.sites as usize, "site", "sites"),
        words::count(edges.len(), "tie", "ties"),
        weakest.bits,
        one_in(weakest.bits),
        cluster.parts.0,
        cluster.parts.1,
    )
}

/// `40,000` for 15.3 bits: two figures are as much as the bits can bear.
#[must_use]
pub fn one_in(bits: f64) -> String {
    let n = bits.clamp(0.0, 60.0).exp2();
    let unit = 10_f64.powf((n.log10().floor() - 1.0).max(0.0));
    words::thousands(((n / unit).round() * unit) as u64)
}

fn chance(board: &Board<'_>, edges: &[&Tied]) -> Chance {
    let sites = board.owners.sites as f64;
    Chance {
        unit: "ties".to_owned(),
        observed: edges.len() as f64,
        expected: sites * (sites - 1.0) / 2.0 * (-board.owners.cut).exp2(),
        p: None,
        fdr: None,
        null: "Unrelated sites share each value as often as its kind's background says, families independent of one \
               another; the figure is for all site pairs of the case."
            .to_owned(),
    }
}

/// The rule.
fn weigh(cluster: &Cluster, edges: &[&Tied]) -> (Confidence, String) {
    let rare = edges.iter().filter(|e| e.grounds == Grounds::Rare).count();
    let said =
        format!("{} of {} rest on rare values of two families or more", rare, words::count(edges.len(), "tie", "ties"));
    let moderate = [
        (rare > 0, "a tie by rare values of two families"),
        (cluster.members.len() >= 3, "three sites, as two may be one publisher's old and new address"),
    ];
    let high = [
        (rare == edges.len(), "all ties by rare values"),
        (edges.iter().all(|e| e.bits >= 20.0), "no tie below 20 bits"),
    ];
    words::rule(&said, &moderate, &high)
}

fn innocent(cluster: &Cluster) -> Option<AtLeastOne<Innocent>> {
    let n = words::count(cluster.members.len(), "site", "sites");
    AtLeastOne::new(vec![
        words::innocent(
            "Regional editions, a rebrand or an open family of one publisher's sites",
            format!("Look whether the {n} name one publisher in their imprint; an owner who says so hides nothing."),
        ),
        words::innocent(
            "One agency or administrator who set up the sites of several owners",
            format!(
                "Look for a credit line and for owners named on each of the {n}; an agency's accounts also stand on \
                 sites outside this case."
            ),
        ),
    ])
}

/// Members of each cluster, for other findings.
pub(crate) fn together(board: &Board<'_>, a: ActorNo, b: ActorNo) -> bool {
    let of = |c: &Cluster| c.members.iter().copied().collect::<BTreeSet<_>>();
    board.owners.clusters.iter().map(of).any(|members| members.contains(&a) && members.contains(&b))
}
