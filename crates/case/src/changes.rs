//! What is new against the dossier before.
//!
//! Not a part of the dossier nor of its page: those hang on evidence and settings alone, and the same bytes must come
//! out in whatever order the evidence was added. It is told to whoever ran the investigation and kept in `changes.md`,
//! which `verify` does not look at. Networks have no name that outlives their members: one is taken for the one before
//! that it shares most members with.

use crate::{Error, write_whole};
use model::{Dossier, Finding, NetworkLine, Quote};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Names of members that are written out.
const NAMED: usize = 8;

/// One thing that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `network` or `finding`.
    pub of: &'static str,
    /// `new`, `grown`, `shrunk`, `changed` or `gone`.
    pub word: &'static str,
    /// Its id, in the dossier now or, of what is gone, in the one before.
    pub id: String,
    /// What there is to say of it.
    pub what: Quote,
}

/// All that is not as it was: networks, then findings, each in the order of its dossier, what is gone last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes(pub Vec<Change>);

impl Changes {
    /// What `after` has that `before` had not, and the other way round.
    #[must_use]
    pub fn between(before: &Dossier, after: &Dossier) -> Self {
        let mut out = Vec::new();
        networks(before, after, &mut out);
        findings(before, after, &mut out);
        Self(out)
    }

    /// `2 networks new, 1 grown; 3 findings new`.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        for of in ["network", "finding"] {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            self.0.iter().filter(|c| c.of == of).for_each(|c| *counts.entry(c.word).or_default() += 1);
            let order = ["new", "grown", "changed", "shrunk", "gone"];
            let said: Vec<String> =
                order.iter().filter_map(|word| counts.get(word).map(|n| format!("{n} {word}"))).collect();
            parts.push(format!("{of}s: {}", if said.is_empty() { "as before".to_owned() } else { said.join(", ") }));
        }
        parts.join("; ")
    }

    /// Writes them down as Markdown.
    pub(crate) fn save(&self, path: &Path) -> Result<(), Error> {
        write_whole(path, &mut |out| {
            writeln!(out, "# What the last evidence changed\n\n{}.\n", self.summary())?;
            self.0.iter().try_for_each(|c| {
                writeln!(
                    out,
                    "- {} {}: {} (`{}`)",
                    c.of,
                    c.word,
                    c.what.markdown(),
                    Quote::from(c.id.as_str()).markdown()
                )
            })
        })
    }
}

/// Members of a network: id to name.
type Members<'d> = BTreeMap<&'d str, &'d Quote>;

fn members<'d>(dossier: &'d Dossier, network: &NetworkLine) -> Members<'d> {
    let line = |actor: u32| dossier.actors.get(actor as usize);
    network.members.iter().filter_map(|m| line(m.actor)).map(|a| (a.id.as_str(), &a.name)).collect()
}

fn networks(before: &Dossier, after: &Dossier, out: &mut Vec<Change>) {
    let old: Vec<Members<'_>> = before.networks.iter().map(|n| members(before, n)).collect();
    let mut homes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, members) in old.iter().enumerate() {
        members.keys().for_each(|id| homes.entry(id).or_default().push(at));
    }
    let mut met = BTreeSet::new();
    for network in &after.networks {
        let now = members(after, network);
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        now.keys().filter_map(|id| homes.get(id)).flatten().for_each(|at| *common.entry(*at).or_default() += 1);
        met.extend(common.keys().copied());
        let nearest = common.iter().max_by_key(|(at, n)| (**n, std::cmp::Reverse(**at))).map(|(at, _)| &old[*at]);
        out.extend(network_change(network, &now, nearest));
    }
    for (at, network) in before.networks.iter().enumerate().filter(|(at, _)| !met.contains(at)) {
        out.push(change(
            "network",
            "gone",
            &network.id,
            format!("{} members: {}", old[at].len(), names(old[at].values())),
        ));
    }
}

fn network_change(network: &NetworkLine, now: &Members<'_>, before: Option<&Members<'_>>) -> Option<Change> {
    let Some(before) = before else {
        let what = format!("{} members: {}", now.len(), names(now.values()));
        return Some(change("network", "new", &network.id, what));
    };
    let joined: Vec<&&Quote> = now.iter().filter(|(id, _)| !before.contains_key(*id)).map(|(_, name)| name).collect();
    let left: Vec<&&Quote> = before.iter().filter(|(id, _)| !now.contains_key(*id)).map(|(_, name)| name).collect();
    let word = match (joined.is_empty(), left.is_empty()) {
        (true, true) => return None,
        (false, true) => "grown",
        (true, false) => "shrunk",
        (false, false) => "changed",
    };
    let mut what = format!("{} members, {} before", now.len(), before.len());
    for (list, verb) in [(joined, "joined"), (left, "left")] {
        if !list.is_empty() {
            what += &format!("; {verb}: {}", names(list.into_iter()));
        }
    }
    Some(change("network", word, &network.id, what))
}

fn names<'q>(all: impl ExactSizeIterator<Item = &'q &'q Quote>) -> String {
    let more = all.len().saturating_sub(NAMED);
    let mut said: Vec<&str> = all.take(NAMED).map(|name| name.raw()).collect();
    let rest = format!("and {more} more");
    if more > 0 {
        said.push(&rest);
    }
    said.join(", ")
}

fn findings(before: &Dossier, after: &Dossier, out: &mut Vec<Change>) {
    let old: BTreeMap<&str, &Finding> = before.findings.iter().map(|f| (f.id.as_str(), f)).collect();
    let now: BTreeSet<&str> = after.findings.iter().map(|f| f.id.as_str()).collect();
    for finding in &after.findings {
        match old.get(finding.id.as_str()) {
            None => out.push(change("finding", "new", &finding.id, said(finding))),
            Some(was) if (was.confidence, &was.title) != (finding.confidence, &finding.title) => {
                out.push(change(
                    "finding",
                    "changed",
                    &finding.id,
                    format!("{}; before: {}", said(finding), said(was)),
                ));
            }
            Some(_) => {}
        }
    }
    for gone in before.findings.iter().filter(|f| !now.contains(f.id.as_str())) {
        out.push(change("finding", "gone", &gone.id, said(gone)));
    }
}

fn said(finding: &Finding) -> String {
    format!("{}, {}: {}", finding.kind, finding.confidence.word(), finding.title)
}

fn change(of: &'static str, word: &'static str, id: &str, what: String) -> Change {
    Change { of, word, id: id.to_owned(), what: Quote::from(what) }
}
