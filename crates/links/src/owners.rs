//! Shared owners: sites that have rare things in common, weighed in bits against chance.
//!
//! Each value two sites share adds `log2(same owner / chance)`; kinds of one family follow from one another and count in
//! full once, the rest a quarter; what they differ in takes bits away. Sites are tied by rare values of two families at
//! least, so that nothing everybody has can join clusters by itself. What most sites of a small case have (hubs) counts as one
//! supplier's package, beside something rare only. Sites that were built from another's pages are not
//! tied by what they copied. Linear in traces: pairs are made only along what is shared twice.
//! Wrong: a web agency's customers look like one owner; so does one owner with separate suppliers like two.
//! Source: Fellegi & Sunter 1969, "A theory for record linkage"; families and figures come with the kinds.

mod cluster;
mod pairs;
mod suppliers;
mod values;

use crate::Input;
use cluster::Forest;
use model::{Card, Cluster, Grounds, ObjectNo, Owners, Tied};
use values::Sites;

/// How sites are tied to owners.
pub struct Tying {
    /// Its label.
    pub card: Card,
    /// Does it. The same input gives the same output.
    pub tie: fn(&Input<'_>) -> Owners,
}

/// The one way of tying sites.
pub const SHARED_OWNER: Tying = Tying {
    card: Card {
        id: "shared-owner",
        about: "ties sites that share rare things of two families at least, in bits against chance",
        source: "Fellegi & Sunter 1969, A theory for record linkage",
    },
    tie,
};

/// Fewest bits of a family for it to count as one of the two.
pub(crate) const FAMILY: f64 = 4.0;

fn tie(input: &Input<'_>) -> Owners {
    let mut sites = Sites::of(input);
    let cut = cut(sites.len());
    let first = joined(&sites, cut);
    sites.learn(&first.groups());
    let mut forest = joined(&sites, cut);
    for _ in 0..2 {
        suppliers::join(&sites, &mut forest);
        suppliers::attach(&sites, &mut forest);
    }
    told(sites, forest, cut)
}

/// A site may have one false partner in twenty cases of this size, and no tie is weaker than one in 20,000 site pairs.
fn cut(sites: usize) -> f64 {
    ((sites.max(1) as f64) * 20.0).log2().max(14.3)
}

/// Clusters held by rare values alone.
fn joined(sites: &Sites, cut: f64) -> Forest {
    let mut edges: Vec<pairs::Score> = pairs::candidates(sites, cut);
    edges.retain(|e| e.bits >= cut && e.families >= 2);
    edges.sort_by(|x, y| y.bits.total_cmp(&x.bits).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut forest = Forest::new(sites.len());
    edges.into_iter().for_each(|e| forest.add(e.tied(Grounds::Rare)));
    forest
}

fn told(sites: Sites, forest: Forest, cut: f64) -> Owners {
    let clusters = forest.clusters();
    let name = |site: u32| sites.actors[site as usize];
    let mut order: Vec<usize> = (0..forest.edges.len()).collect();
    order.sort_by_key(|e| (forest.edges[*e].a, forest.edges[*e].b));
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, e)| place[*e] = at);
    let tied = order.iter().map(|e| forest.edges[*e].clone()).map(|e| Tied {
        a: name(e.a),
        b: name(e.b),
        bits: (e.bits * 100.0).round() / 100.0,
        grounds: e.grounds,
        by: e.by,
    });
    let mut out: Vec<Cluster> = clusters
        .into_iter()
        .map(|c| Cluster {
            members: c.members.iter().map(|m| name(*m)).collect(),
            held: c.held.iter().map(|e| place[*e]).collect(),
            weakest: place[c.weakest],
            parts: c.parts,
        })
        .collect();
    out.sort_by_key(|c| (std::cmp::Reverse(c.members.len()), c.members[0]));
    let mut platforms: Vec<(u32, ObjectNo)> = sites.platforms.clone();
    platforms.sort_by_key(|(many, object)| (std::cmp::Reverse(*many), *object));
    Owners {
        sites: sites.len() as u64,
        tied: tied.collect(),
        clusters: out,
        platforms: platforms.into_iter().map(|(_, object)| object).collect(),
        copies: sites.copies.iter().map(|(copy, of)| (name(*copy), name(*of))).collect(),
        cut,
    }
}

#[cfg(test)]
mod tests;
