//! Findings: what was seen as observed data, what it is taken for as techniques sighted, all of it in a grouping with
//! what chance would give and what else it could be. Confidence is the standard's scale None/Low/Med/High.

use super::bundle::{Bundle, map, time, told};
use super::observables;
use crate::words;
use model::{Confidence, Finding, Known, Sort, Technique, Verdict, Witness};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Observables of evidence by `e:` id.
type Evidence = BTreeMap<String, String>;

/// STIX 2.1, appendix A: scale None/Low/Med/High.
pub fn confidence(c: Confidence) -> u8 {
    match c {
        Confidence::Low => 15,
        Confidence::Moderate => 50,
        Confidence::High => 85,
    }
}

/// Writes every finding and returns its grouping by the finding's id.
pub fn all(b: &mut Bundle<'_>, on: &Evidence) -> BTreeMap<String, String> {
    let d = b.dossier;
    let campaign = (!d.findings.is_empty()).then(|| campaign(b));
    let mut out = BTreeMap::new();
    for f in &d.findings {
        out.insert(f.id.clone(), finding(b, f, on, campaign.as_deref()));
    }
    if let Some(campaign) = campaign {
        indicators(b, &campaign);
    }
    out
}

/// What the findings show, under a name that blames nobody.
fn campaign(b: &mut Bundle<'_>) -> String {
    let title = super::case::title(b);
    let d = b.dossier;
    let (first, last) =
        (d.findings.iter().filter_map(|f| f.first).min(), d.findings.iter().filter_map(|f| f.last).max());
    let about = "The behaviour found in this case, taken together for the sake of relations. It may have several makers, \
                 or innocent ones; nothing here says who.";
    let seen = |w: Option<model::When>| w.map(time);
    let who = map(json!({"name": format!("Activity in: {title}")}));
    b.sdo("campaign", who, json!({"description": about, "first_seen": seen(first), "last_seen": seen(last)}))
}

fn finding(b: &mut Bundle<'_>, f: &Finding, on: &Evidence, campaign: Option<&str>) -> String {
    let mut refs = BTreeSet::new();
    let mut unnamed = Vec::new();
    for a in f.actors.iter().filter_map(|a| words::actor(b.dossier, a.0)) {
        match observables::actor(b, a) {
            Some(id) => drop(refs.insert(id)),
            None => unnamed.push(json!({"id": a.id, "sort": a.sort.word(), "name": a.name.raw()})),
        }
    }
    let seen: Vec<String> = f.witnesses.get().iter().map(|w| witness(b, f, w, on)).collect();
    let dismissed = words::dismissed(b.dossier, f);
    for t in techniques(b, f) {
        let pattern = technique(b, &t.0.id, &t.0.name, &t.0.framework);
        if let (false, Some(campaign)) = (dismissed, campaign) {
            b.relate(campaign, "uses", &pattern);
        }
        sight(b, f, &pattern, &seen, t.1);
        refs.insert(pattern);
    }
    refs.extend(seen);
    let extension = b.ours(json!({"finding": said(b, f), "actors": unnamed}));
    let who = map(json!({"name": told(&words::ours(&f.title)), "context": "suspicious-activity"}));
    let mut identity = who.clone();
    identity.insert("finding".to_owned(), json!(f.id));
    identity.insert("type".to_owned(), json!("grouping"));
    let id = super::ids::id("grouping", &identity);
    let sure = if dismissed { Value::Null } else { json!(confidence(f.confidence)) };
    let labels = b.dossier.ruling(&f.id).map(|r| r.verdict.word());
    let rest = json!({
        "description": description(f), "object_refs": refs, "confidence": sure,
        "labels": labels.into_iter().collect::<Vec<_>>(), "extensions": extension,
    });
    b.named(&id, "grouping", who, rest);
    id
}

/// What the rule named and nobody removed, with how it is known.
fn techniques(b: &Bundle<'_>, f: &Finding) -> Vec<(Technique, Known)> {
    let claims = &b.dossier.judgement.techniques;
    let said = |t: &Technique| {
        claims.iter().find(|c| c.technique == t.id && (c.shown_by == f.id || c.shown_by.is_empty())).map(|c| c.known)
    };
    let of = |t: &Technique| (t.clone(), said(t).unwrap_or(Known::Inferred));
    f.techniques.iter().map(of).filter(|t| t.1 != Known::Removed).collect()
}

/// The words of the finding: everything a reader needs to doubt it.
fn description(f: &Finding) -> String {
    let innocent: Vec<String> = f
        .innocent
        .get()
        .iter()
        .map(|i| format!("{}. How to tell: {}", i.what.trim_end_matches('.'), i.check))
        .collect();
    let text = format!(
        "{} {} {} Null model: {} Why {}: {} It could also be: {}",
        f.observed,
        words::seen(&f.chance),
        words::doubt(&f.chance),
        f.chance.null,
        f.confidence.word(),
        f.because,
        innocent.join(" Or: ")
    );
    told(&words::ours(&text))
}

/// The same as numbers and lists.
fn said(b: &Bundle<'_>, f: &Finding) -> Value {
    let c = &f.chance;
    let finite = |x: f64| x.is_finite().then_some(x);
    let ruling = b
        .dossier
        .ruling(&f.id)
        .map(|r| json!({"verdict": r.verdict.word(), "why": told(&r.why), "by": told(&r.by), "when": time(r.when)}));
    let innocent: Vec<Value> = f.innocent.get().iter().map(|i| json!({"what": i.what, "check": i.check})).collect();
    json!({
        "id": f.id, "kind": f.kind, "confidence": f.confidence.word(),
        "chance": {"unit": c.unit, "observed": finite(c.observed), "expected": finite(c.expected),
                   "p": c.p.and_then(finite), "fdr": c.fdr.and_then(finite), "null": c.null},
        "innocent": innocent, "ruling": ruling,
    })
}

/// One witness: who, which evidence, where in it, which words.
fn witness(b: &mut Bundle<'_>, f: &Finding, w: &Witness, on: &Evidence) -> String {
    let d = b.dossier;
    let mut refs = BTreeSet::new();
    let who = w.actor.and_then(|a| words::actor(d, a.0));
    refs.extend(who.and_then(|a| observables::actor(b, a)));
    refs.extend(on.get(&w.place.evidence.to_string()).cloned());
    refs.extend(observables::address(b, &w.quote));
    if refs.is_empty() {
        refs.insert(observables::file(b, &w.place.evidence.to_string(), "", 0));
    }
    let when = w.when.or(f.first).or(f.last).unwrap_or_else(|| d.made());
    let extension = b.ours(json!({
        "place": {"evidence": w.place.evidence.to_string(), "at": w.place.span.at, "len": w.place.span.len},
        "shows": w.shows, "quote": w.quote.raw(), "words": w.words.raw(), "time_known": w.when.is_some(),
        "actor": who.map(|a| a.id.as_str()),
    }));
    let seen = map(json!({"first_observed": time(when), "last_observed": time(when), "number_observed": 1,
                          "object_refs": refs}));
    let mut identity = seen.clone();
    identity.insert("type".to_owned(), json!("observed-data"));
    identity.insert("place".to_owned(), json!([w.place.to_string(), w.shows, w.quote.raw()]));
    let id = super::ids::id("observed-data", &identity);
    b.named(&id, "observed-data", seen, json!({ "extensions": extension }));
    id
}

/// A technique of a catalogue.
pub fn technique(b: &mut Bundle<'_>, number: &str, name: &str, framework: &str) -> String {
    let known = model::technique(number);
    let (source, url) = match framework {
        "ATT&CK" => ("mitre-attack", format!("https://attack.mitre.org/techniques/{}/", number.replace('.', "/"))),
        _ => ("DISARM", "https://disarmframework.herokuapp.com/".to_owned()),
    };
    let phases: Vec<Value> = known
        .and_then(|k| model::TACTICS.iter().find(|t| (t.0, t.1) == (k.framework, k.tactic)))
        .map(|t| json!({"kill_chain_name": source.to_lowercase(), "phase_name": t.3}))
        .into_iter()
        .collect();
    let reference = json!({"source_name": source, "external_id": number, "url": url});
    let who = map(json!({"external_references": [reference]}));
    let identity = map(json!({"type": "attack-pattern", "framework": framework, "number": number}));
    let id = super::ids::id("attack-pattern", &identity);
    let name = known.map_or_else(|| name.to_owned(), |k| k.name.to_owned());
    b.named(&id, "attack-pattern", who, json!({"name": told(&words::ours(&name)), "kill_chain_phases": phases}));
    id
}

/// The technique, sighted where the witnesses are.
fn sight(b: &mut Bundle<'_>, f: &Finding, pattern: &str, seen: &[String], known: Known) {
    let places = places(b, f);
    let when = |w: Option<model::When>| w.map(time);
    let who =
        map(json!({"sighting_of_ref": pattern, "observed_data_refs": unique(seen), "where_sighted_refs": places}));
    let extension = b.ours(json!({"technique": {"known": known.word(), "finding": f.id}}));
    let (first, last) = (when(f.first), when(f.last.or(f.first)));
    b.sdo(
        "sighting",
        who,
        json!({"first_seen": first, "last_seen": last, "count": seen.len(), "extensions": extension}),
    );
}

fn unique(ids: &[String]) -> Vec<&String> {
    ids.iter().collect::<BTreeSet<_>>().into_iter().collect()
}

/// Where it was seen: platforms, mail, the web, as identities of the class `system`.
fn places(b: &mut Bundle<'_>, f: &Finding) -> BTreeSet<String> {
    let d = b.dossier;
    let actors = f.actors.iter().map(|a| a.0).chain(f.witnesses.get().iter().filter_map(|w| w.actor).map(|a| a.0));
    let names: BTreeSet<String> =
        actors.filter_map(|a| words::actor(d, a)).map(|a| channel(a.sort, a.name.raw())).collect();
    names.into_iter().take(40).map(|name| place(b, &name)).collect()
}

/// The channel an actor uses, in words.
pub fn channel(sort: Sort, name: &str) -> String {
    match (sort, name.split_once('/')) {
        (Sort::Account, Some((platform, _))) => model::Quote::from(platform).terminal(),
        (Sort::Account, None) => "a platform that is not named".to_owned(),
        (Sort::Mailbox, _) => "mail".to_owned(),
        (Sort::Site | Sort::Host, _) => "the web".to_owned(),
        (Sort::File, _) => "files".to_owned(),
    }
}

fn place(b: &mut Bundle<'_>, name: &str) -> String {
    b.sdo("identity", map(json!({"name": name, "identity_class": "system"})), json!({}))
}

/// Sites, hosts, senders and accounts of findings that are at least moderate and not dismissed.
fn indicators(b: &mut Bundle<'_>, campaign: &str) {
    let d = b.dossier;
    for no in crate::indicators::actors(d) {
        let Some(a) = words::actor(d, no) else { continue };
        let Some(pattern) = pattern(b, a) else { continue };
        let findings: Vec<&Finding> = d.findings.iter().filter(|f| a.findings.contains(&f.id)).collect();
        let first = findings.iter().filter_map(|f| f.first).min().unwrap_or_else(|| d.made());
        let upheld = findings.iter().any(|f| d.ruling(&f.id).is_some_and(|r| r.verdict == Verdict::Upheld));
        let sure = findings.iter().filter(|f| !words::dismissed(d, f)).map(|f| f.confidence).max();
        let kind = if upheld { "malicious-activity" } else { "anomalous-activity" };
        let about =
            "Takes part in a pattern of this case. That alone is no wrong: see the findings' other explanations.";
        let extension = b.ours(json!({"indicator": {"actor": a.id, "findings": a.findings}}));
        let who = map(json!({"pattern": pattern, "pattern_type": "stix"}));
        let rest = json!({
            "name": told(&a.name.defanged()), "description": about, "indicator_types": [kind],
            "valid_from": time(first), "confidence": sure.map(confidence), "extensions": extension,
        });
        let id = b.sdo("indicator", who, rest);
        b.relate(&id, "indicates", campaign);
    }
}

/// A pattern of the standard's language that finds the actor.
fn pattern(b: &mut Bundle<'_>, a: &model::ActorLine) -> Option<String> {
    let name = a.name.raw();
    if a.name.terminal() != name || name.len() > 500 {
        return None;
    }
    let value = name.replace('\\', "\\\\").replace('\'', "\\'");
    let id = observables::actor(b, a)?;
    let path = match id.split("--").next()? {
        "user-account" => "user-account:user_id",
        "email-addr" => "email-addr:value",
        "domain-name" => "domain-name:value",
        "ipv4-addr" => "ipv4-addr:value",
        "ipv6-addr" => "ipv6-addr:value",
        _ => return None,
    };
    Some(format!("[{path} = '{value}']"))
}
