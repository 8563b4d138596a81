//! What people hold: statements as notes, denials as opinions too, hypotheses and weights as notes on the incident.
//!
//! The standard's `confidence` carries how sure someone is; how likely something is stands as word, interval and the
//! whole number of the standard's DNI scale in our extension, never in one number or sentence with the former.

use super::bundle::{Bundle, map, time, told};
use super::findings::{confidence, technique};
use super::observables;
use model::{DescentClaim, Hypothesis, Interval, Known, Likelihood, Question, Role, Sameness, Statement, Weight};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Writes all of it. `findings` gives the grouping of each finding.
pub fn all(b: &mut Bundle<'_>, incident: &str, findings: &BTreeMap<String, String>) {
    let j = &b.dossier.judgement;
    let mut items = findings.clone();
    for s in &j.statements {
        let id = statement(b, s, incident);
        items.insert(s.id.clone(), id);
    }
    for s in j.statements.iter().filter(|s| s.role == Role::Denial) {
        denial(b, s, incident, &items);
    }
    for q in &j.questions {
        question(b, q, incident, &mut items);
    }
    for w in &j.weights {
        weight(b, w, incident, &items);
    }
    for m in &j.sameness {
        sameness(b, m, incident);
    }
    for c in &j.descents {
        descent(b, c, incident, &items);
    }
    techniques(b, incident, &items);
    grounds(b, incident);
}

/// A time with its words and clock.
fn interval(i: &Interval) -> Value {
    let mut out =
        map(json!({"from": i.from.map(time), "to": i.to.map(time), "words": told(&i.words), "clock": told(&i.clock)}));
    out.retain(|_, v| !v.is_null() && v != "");
    Value::Object(out)
}

fn source(b: &mut Bundle<'_>, s: &Statement) -> String {
    b.sdo("identity", map(json!({"name": told(&s.source), "identity_class": "organization"})), json!({}))
}

fn statement(b: &mut Bundle<'_>, s: &Statement, incident: &str) -> String {
    let who = source(b, s);
    let origins = &b.dossier.judgement.origins;
    let descent = origins.iter().flat_map(|o| &o.statements).find(|d| d.statement == s.id);
    let kin =
        descent.and_then(|d| Some(json!({"of": d.of, "as": d.kinship?.word(), "shared": d.shared, "said": d.said})));
    let extension = b.ours(json!({"statement": {
        "id": s.id, "role": s.role.word(), "said": interval(&s.said), "about": interval(&s.about), "words": s.words.raw(),
        "place": told(&s.place), "reliability": s.reliability.letter().to_string(), "credibility": s.credibility.number(),
        "denies": s.denies, "repeats": kin,
    }}));
    let when = told(&s.said.words);
    let when =
        if when.is_empty() { s.said.from.map_or_else(|| "date not known".to_owned(), |w| w.date()) } else { when };
    let what = map(json!({"content": told(&s.words), "authors": [told(&s.source)]}));
    let mut identity = what.clone();
    identity.extend(map(json!({"type": "note", "place": told(&s.place), "said": interval(&s.said)})));
    let id = super::ids::id("note", &identity);
    let rest = json!({
        "abstract": format!("Statement ({}) of {}, {when}", s.role.word(), told(&s.source)),
        "object_refs": [who, incident], "external_references": [reference(s)], "extensions": extension,
    });
    b.named(&id, "note", what, rest);
    id
}

/// Where the words stand; an address only where it is one.
fn reference(s: &Statement) -> Value {
    let place = s.place.raw();
    let address = (place.starts_with("https://") || place.starts_with("http://"))
        && place.chars().all(|c| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c));
    match address {
        true => json!({"source_name": told(&s.source), "url": place}),
        false => json!({"source_name": told(&s.source), "description": told(&s.place)}),
    }
}

/// Two denials of one moment keep two ids: words, source and place are in them.
fn denial(b: &mut Bundle<'_>, s: &Statement, incident: &str, items: &BTreeMap<String, String>) {
    let denied: Vec<&str> = s.denies.iter().filter_map(|d| items.get(d)).map(String::as_str).collect();
    let refs = if denied.is_empty() { vec![incident] } else { denied };
    let what =
        map(json!({"opinion": "strongly-disagree", "explanation": told(&s.words), "authors": [told(&s.source)]}));
    let mut identity = what.clone();
    identity.extend(map(json!({"type": "opinion", "place": told(&s.place), "said": interval(&s.said)})));
    let id = super::ids::id("opinion", &identity);
    let extension = b.ours(json!({"statement": {"id": s.id, "said": interval(&s.said)}}));
    b.named(&id, "opinion", what, json!({"object_refs": refs, "extensions": extension}));
}

/// Word, interval in per cent, and the whole number of the standard's DNI scale (appendix A).
fn likelihood(l: Likelihood) -> Value {
    let (low, high) = l.percent();
    json!({"word": l.word(), "low": low, "high": high, "stix_dni": l.middle(), "scale": "ICD 203"})
}

fn question(b: &mut Bundle<'_>, q: &Question, incident: &str, items: &mut BTreeMap<String, String>) {
    let names: Vec<String> = q.hypotheses.iter().map(|h| format!("{}: {}", h.name, told(&h.text))).collect();
    let gaps: Vec<String> = q.gaps.iter().map(told).collect();
    let gap = if gaps.is_empty() { "none stated".to_owned() } else { gaps.join("; ") };
    let content =
        format!("{} Hypotheses, which exclude each other: {}. Not known: {gap}.", told(&q.text), names.join("; "));
    let weighed = b.dossier.judgement.weighed.iter().find(|w| w.question == q.id);
    let weighed = weighed.map(|w| {
        let row =
            |x: &model::Balance| json!({"hypothesis": x.hypothesis, "low": x.low, "high": x.high, "share": x.share});
        json!({"groups": w.groups, "balances": w.balances.iter().map(row).collect::<Vec<_>>(), "turns": w.turns})
    });
    let extension = b.ours(json!({"question": {"id": q.id, "gaps": gaps, "weighed": weighed}}));
    let what = map(json!({"abstract": format!("Question: {}", told(&q.text))}));
    let id = b.sdo("note", what, json!({"content": content, "object_refs": [incident], "extensions": extension}));
    for h in &q.hypotheses {
        let note = hypothesis(b, q, h, &id);
        items.insert(format!("{}/{}", q.id, h.name), note);
    }
}

fn hypothesis(b: &mut Bundle<'_>, q: &Question, h: &Hypothesis, question: &str) -> String {
    let how = h.likelihood.map_or_else(
        || "No one has said how likely.".to_owned(),
        |l| {
            let (low, high) = l.percent();
            format!("Likelihood: {} ({low} to {high} per cent).", l.word())
        },
    );
    let sure = h.confidence.map(|c| format!(" Confidence: {}, {}.", c.word(), told(&h.because).trim_end_matches('.')));
    let extension = b.ours(json!({"hypothesis": {
        "question": q.id, "name": h.name, "offered": h.offered, "likelihood": h.likelihood.map(likelihood),
        "confidence": h.confidence.map(|c| c.word()), "because": told(&h.because), "prior": h.prior,
    }}));
    let what = map(json!({"abstract": format!("Hypothesis {}: {}", h.name, told(&h.text)), "object_refs": [question]}));
    let content = format!("{}. {how}{}", told(&h.text).trim_end_matches('.'), sure.unwrap_or_default());
    b.sdo(
        "note",
        what,
        json!({"content": content, "confidence": h.confidence.map(confidence), "extensions": extension}),
    )
}

fn weight(b: &mut Bundle<'_>, w: &Weight, incident: &str, items: &BTreeMap<String, String>) {
    let mut refs: Vec<&str> = w.items.iter().filter_map(|i| items.get(i)).map(String::as_str).collect();
    refs.extend(w.ratios.iter().filter_map(|r| items.get(&format!("{}/{}", w.question, r.0))).map(String::as_str));
    if refs.is_empty() {
        refs.push(incident);
    }
    let ratios: Vec<Value> = w.ratios.iter().map(|r| json!({"hypothesis": r.0, "low": r.1, "high": r.2})).collect();
    let extension = b.ours(json!({"weight": {
        "id": w.id, "question": w.question, "items": w.items, "ratios": ratios, "independent": told(&w.independent),
    }}));
    let told_: Vec<String> = w.ratios.iter().map(|r| format!("{} to {} times for {}", r.1, r.2, r.0)).collect();
    let content =
        format!("Weighs {}. {} Independent because: {}", told_.join(", "), told(&w.why), told(&w.independent));
    let what = map(json!({"abstract": format!("Weight {} on {}", w.id, w.question)}));
    b.sdo("note", what, json!({"content": content, "object_refs": refs, "extensions": extension}));
}

/// A claim about two observables where both are known; about the incident otherwise. Never `duplicate-of`.
fn sameness(b: &mut Bundle<'_>, m: &Sameness, incident: &str) {
    let d = b.dossier;
    let find = |q: &model::Quote| d.actors.iter().find(|a| a.id == q.raw() || a.name == *q);
    let both: Vec<String> =
        [&m.a, &m.b].into_iter().filter_map(find).filter_map(|a| observables::actor(b, a)).collect();
    let refs = if both.is_empty() { vec![incident.to_owned()] } else { both };
    let (low, high) = m.likelihood.percent();
    let sure = m.confidence.map(|c| format!(" Confidence: {}.", c.word())).unwrap_or_default();
    let content = format!(
        "{} and {} are one actor. Likelihood: {} ({low} to {high} per cent).{sure} {}",
        told(&m.a),
        told(&m.b),
        m.likelihood.word(),
        told(&m.why)
    );
    let extension = b.ours(json!({"sameness": {
        "id": m.id, "a": m.a.raw(), "b": m.b.raw(), "likelihood": likelihood(m.likelihood),
        "confidence": m.confidence.map(|c| c.word()),
    }}));
    let what = map(json!({"abstract": format!("Claim {}: two names, one actor", m.id)}));
    let rest = json!({"content": content, "object_refs": refs, "confidence": m.confidence.map(confidence), "extensions": extension});
    b.sdo("note", what, rest);
}

/// A person's word on how a text descends; about the statements where they are such, about the incident otherwise.
fn descent(b: &mut Bundle<'_>, c: &DescentClaim, incident: &str, items: &BTreeMap<String, String>) {
    let named = [Some(&c.text), c.of.as_ref().map(|of| &of.0)];
    let refs: Vec<&str> = named.into_iter().flatten().filter_map(|id| items.get(id)).map(String::as_str).collect();
    let refs = if refs.is_empty() { vec![incident] } else { refs };
    let of = c.of.as_ref().map(|(of, kinship)| json!({"of": of, "as": kinship.word()}));
    let extension = b.ours(json!({"descent": {"id": c.id, "text": c.text, "repeats": of}}));
    let what = map(json!({"abstract": format!("Claim {}: {}", c.id, c.told())}));
    let content = format!("{}. {}", c.told(), told(&c.why));
    b.sdo("note", what, json!({"content": content, "object_refs": refs, "extensions": extension}));
}

/// Techniques that people added: the pattern, and a note with the words that show it.
fn techniques(b: &mut Bundle<'_>, incident: &str, items: &BTreeMap<String, String>) {
    for t in &b.dossier.judgement.techniques {
        let pattern = technique(b, &t.technique, "", &t.framework);
        let shown = items.get(&t.shown_by).map_or(incident, String::as_str);
        let extension = b.ours(json!({"technique": {
            "known": t.known.word(), "shown_by": t.shown_by, "quote": t.quote.raw(), "why": told(&t.why),
        }}));
        let what = map(json!({
            "abstract": format!("Technique {} {}", t.technique, t.known.word()), "object_refs": [pattern, shown],
        }));
        let quote = if t.quote.is_empty() { String::new() } else { format!("“{}”. ", told(&t.quote)) };
        b.sdo("note", what, json!({"content": format!("{quote}{}", told(&t.why)), "extensions": extension}));
        if t.known != Known::Removed {
            b.relate(incident, "related-to", &pattern);
        }
    }
}

/// The attribution grid as one note.
fn grounds(b: &mut Bundle<'_>, incident: &str) {
    let grounds = &b.dossier.judgement.grounds;
    if grounds.is_empty() {
        return;
    }
    let cell = |a: model::Aspect, o: model::Openness| {
        let told: Vec<String> =
            grounds.iter().filter(|g| (g.aspect, g.openness) == (a, o)).map(|g| told(&g.text)).collect();
        format!("{} {}: {}", a.word(), o.word(), if told.is_empty() { "nothing".to_owned() } else { told.join("; ") })
    };
    let cells: Vec<String> = model::Aspect::ALL
        .iter()
        .flat_map(|a| model::Openness::ALL.iter().map(move |o| (*a, *o)))
        .map(|(a, o)| cell(a, o))
        .collect();
    let row = |g: &model::Ground| json!({"aspect": g.aspect.word(), "openness": g.openness.word(), "item": g.item, "text": told(&g.text)});
    let extension = b.ours(json!({"grounds": grounds.iter().map(row).collect::<Vec<_>>()}));
    let what = map(json!({"abstract": "Grounds for an attribution, by kind and openness"}));
    b.sdo("note", what, json!({"content": cells.join(". "), "object_refs": [incident], "extensions": extension}));
}
