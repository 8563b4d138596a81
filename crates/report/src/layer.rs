//! Layers for the matrix viewers of ATT&CK and DISARM: which techniques, how known, by which words.
//! Source: MITRE, ATT&CK Navigator, layer format 4.5.

use crate::{held, json};
use model::{Dossier, Known};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes the layer of one catalogue.
pub fn write(d: &Dossier, framework: &str, domain: &str, out: &mut dyn Write) -> io::Result<()> {
    let version = model::CATALOGUES.iter().find(|c| c.0 == framework).map_or("", |c| c.1);
    let all = held::techniques(d);
    let here = all.iter().filter(|t| model::technique(&t.id).is_some_and(|l| l.framework == framework));
    let made_up = if d.synthetic { "SYNTHETIC: " } else { "" };
    let layer = json!({
        "name": format!("{made_up}{}", d.title.terminal()),
        "versions": {"attack": version, "navigator": "5.1.0", "layer": "4.5"},
        "domain": domain,
        "description": format!("{framework} {version}. Observed: the words show it, as a person says. Inferred: from a pattern. Numbers and names only; DISARM is CC BY-SA 4.0, ATT&CK © The MITRE Corporation."),
        "techniques": here.map(technique).collect::<Vec<_>>(),
        "gradient": {"colors": ["#f7e7c6", "#b3431a"], "minValue": 0, "maxValue": 100},
        "legendItems": [{"label": "observed", "color": "#b3431a"}, {"label": "inferred", "color": "#f7e7c6"}],
        "metadata": [{"name": "synthetic", "value": d.synthetic.to_string()}, {"name": "tlp", "value": d.method.settings.case.tlp.word()}],
    });
    json::pretty(&layer, out)
}

fn technique(t: &held::Technique) -> Value {
    let tactic = model::TACTICS.iter().find(|k| k.1 == t.tactic).map_or("", |k| k.3);
    let (score, color) = if t.known == Known::Observed { (100, "#b3431a") } else { (50, "#f7e7c6") };
    json!({
        "techniqueID": t.id, "tactic": tactic, "score": score, "color": color, "enabled": true,
        "comment": format!("{}: {}", t.known.word(), t.quote.terminal()),
        "metadata": [{"name": "known", "value": t.known.word()}, {"name": "shown by", "value": t.by.join(" ")}],
        "showSubtechniques": true,
    })
}
