//! Sites of the evidence to which a network links far more than everybody else does.
//!
//! Such a site is not rare: what a network pushes, others repost. So its members are held against all other accounts:
//! chance gives each the rate of the others. Wrong where a site's own staff is the network. Source: ours, a binomial
//! test with a Bonferroni correction over networks and sites.

use super::rare;
use super::ties::{self, Tie};
use crate::{chance, kinds, words};
use model::{ActorNo, Board, Chance, ObjectNo, Share, Sort};
use std::collections::BTreeSet;

/// A site's domain, the touches by accounts, and who they are.
struct Linked {
    domain: ObjectNo,
    shares: Vec<Share>,
    who: BTreeSet<ActorNo>,
}

/// One tie for each network that pushes sites.
pub(super) fn gather(board: &Board<'_>) -> Vec<Tie> {
    let least = board.settings.findings.lockstep_members.max(3) as usize;
    let networks: Vec<BTreeSet<ActorNo>> = board
        .linked
        .networks
        .iter()
        .map(|n| n.members.iter().map(|m| m.actor).filter(|a| board.actor(*a).sort == Sort::Account).collect())
        .filter(|n: &BTreeSet<ActorNo>| n.len() >= least)
        .collect();
    if networks.is_empty() {
        return Vec::new();
    }
    let sites = sites(board);
    let tests = networks.len() * sites.len();
    networks.iter().filter_map(|n| tie(board, n, &sites, tests)).collect()
}

fn sites(board: &Board<'_>) -> Vec<Linked> {
    let Some(domain) = board.kind("domain") else { return Vec::new() };
    let named = kinds::objects(board, domain).filter(|o| o.1.actors >= 3 && rare::named(board, o.1).is_some());
    let named: Vec<ObjectNo> = named.map(|o| o.0).collect();
    let account = |s: &&Share| board.actor(s.actor).sort == Sort::Account;
    let linked = |g: &[Share]| {
        let shares: Vec<Share> = g.iter().filter(account).copied().collect();
        Linked { domain: g[0].object, who: shares.iter().map(|s| s.actor).collect(), shares }
    };
    if named.is_empty() {
        return Vec::new();
    }
    board.shares.of_objects(&named).chunk_by(|x, y| x.object == y.object).map(linked).collect()
}

fn tie(board: &Board<'_>, network: &BTreeSet<ActorNo>, sites: &[Linked], tests: usize) -> Option<Tie> {
    let accounts = board.actors.iter().filter(|a| a.sort == Sort::Account).count();
    let others = accounts - network.len();
    let (mut pushed, mut most, mut worst, mut expected) = (Vec::new(), 0, 0.0_f64, 0.0_f64);
    for site in sites {
        let inside = site.who.intersection(network).count();
        let rate = ((site.who.len() - inside) as f64 + 0.5) / (others as f64 + 1.0);
        let p = chance::binomial_tail(inside as u64, network.len() as u64, rate) * tests as f64;
        let mean = network.len() as f64 * rate;
        if inside >= 3 && inside * 2 >= network.len() && p <= 1e-4 && inside as f64 >= 3.0 * mean {
            let own = site.shares.iter().filter(|s| network.contains(&s.actor)).copied().collect();
            pushed.push((site.domain, own));
            (most, worst, expected) = (inside.max(most), worst.max(p), expected.max(mean));
        }
    }
    let enough = others >= 30;
    let chance = Chance {
        unit: "members of the network that link to such a site".to_owned(),
        observed: most as f64,
        expected,
        p: enough.then_some(worst),
        fdr: None,
        null: format!(
            "Each of the network's {} links to the site as often as the case's {} other accounts do; p is the largest of \
             these sites', multiplied by the {} looked at.{}",
            words::count(network.len(), "account", "accounts"),
            words::thousands(others as u64),
            words::count(tests, "pair of network and site", "pairs of network and site"),
            if enough { "" } else { " There are too few others to give a probability." }
        ),
    };
    (!pushed.is_empty()).then(|| ties::pushed(board, pushed, chance))
}
