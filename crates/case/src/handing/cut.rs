//! A dossier cut to some findings: what others of the case show is not handed on.

use crate::dossier;
use model::{ActorNo, Dossier, Judgement};
use std::collections::{BTreeMap, BTreeSet};

/// Leaves these findings, and of everything else what they need.
pub(super) fn cut(dossier: &mut Dossier, only: &[String]) {
    let keep = |id: &String| only.contains(id);
    dossier.findings.retain(|f| keep(&f.id));
    dossier.rulings.retain(|r| keep(&r.finding));
    dossier.marks.retain(|m| m.finding.is_empty() || keep(&m.finding));
    dossier.networks.retain(|n| n.findings.iter().any(keep));
    dossier.networks.iter_mut().for_each(|n| n.findings.retain(keep));
    dossier.timeline.clear();
    dossier.judgement = Judgement::default();
    evidence(dossier);
    actors(dossier);
    dossier.actors.iter_mut().for_each(|a| a.findings.retain(keep));
    let seals: BTreeSet<&str> = dossier.evidence.iter().map(|e| e.sha256.as_str()).collect();
    dossier.acts.retain(|a| match a.act.as_str() {
        "judged" => false,
        "ruled" => only.iter().any(|id| a.about.raw().starts_with(id.as_str())),
        _ => true,
    });
    dossier.acts.iter_mut().for_each(|a| a.seals.retain(|s| seals.contains(s.as_str())));
    dossier.answer = dossier::answer(dossier);
}

/// Ids of the evidence that the findings' witnesses stand in, and of what it was unpacked from.
pub(super) fn cited(dossier: &Dossier) -> BTreeSet<String> {
    let parents: BTreeMap<&str, &str> =
        dossier.evidence.iter().filter_map(|e| Some((e.id.as_str(), e.parent.as_deref()?))).collect();
    let mut out = BTreeSet::new();
    for witness in dossier.findings.iter().flat_map(|f| f.witnesses.get()) {
        let id = witness.place.evidence.to_string();
        let mut at = Some(id.as_str());
        while let Some(id) = at.filter(|id| !out.contains(*id)) {
            out.insert(id.to_owned());
            at = parents.get(id).copied();
        }
    }
    out
}

fn evidence(dossier: &mut Dossier) {
    let cited = cited(dossier);
    dossier.evidence.retain(|e| cited.contains(&e.id));
    dossier.notes.retain(|n| cited.contains(&n.evidence.to_string()));
}

/// Actors that still occur, under new numbers.
fn actors(dossier: &mut Dossier) {
    let mut used: BTreeSet<u32> = BTreeSet::new();
    for f in &dossier.findings {
        used.extend(f.actors.iter().chain(f.witnesses.get().iter().filter_map(|w| w.actor.as_ref())).map(|a| a.0));
    }
    used.extend(dossier.networks.iter().flat_map(|n| &n.members).map(|m| m.actor));
    let number: BTreeMap<u32, u32> = used.iter().enumerate().map(|(new, old)| (*old, new as u32)).collect();
    let renamed = |old: u32| number.get(&old).copied().unwrap_or_default();
    for f in &mut dossier.findings {
        f.actors.iter_mut().for_each(|a| *a = ActorNo(renamed(a.0)));
        f.witnesses.get_mut().iter_mut().filter_map(|w| w.actor.as_mut()).for_each(|a| *a = ActorNo(renamed(a.0)));
    }
    for n in &mut dossier.networks {
        n.members.iter_mut().for_each(|m| m.actor = renamed(m.actor));
        n.links.retain(|l| number.contains_key(&l.a) && number.contains_key(&l.b));
        n.links.iter_mut().for_each(|l| (l.a, l.b) = (renamed(l.a), renamed(l.b)));
    }
    let mut at = 0;
    dossier.actors.retain(|_| {
        at += 1;
        used.contains(&(at - 1))
    });
}
