//! A dossier with names replaced, wherever they stand.
//!
//! It is gone over as data, not field by field, so that a field added later is not forgotten: every text is redacted
//! but those under keys that hold words of the dossier's own. What comes out is searched once more for every mail
//! address and handle of the case; one that is still there stops the handover.

use crate::{Case, Error, Run, table};
use handover::{Redactor, Sorts};
use model::{Dossier, Quote, Sort};
use serde_json::Value;
use std::collections::BTreeSet;

/// Keys under which the dossier's own words stand. Ids among them are replaced all the same.
const OWN: &[&str] = &[
    "sort",
    "kind",
    "confidence",
    "code",
    "framework",
    "format",
    "sha256",
    "parent",
    "id",
    "evidence",
    "kinds",
    "objects",
    "windows",
    "version",
    "settings",
    "verdict",
    "aspect",
    "openness",
    "known",
    "role",
    "reliability",
    "credibility",
    "likelihood",
    "hash",
    "act",
    "evidence_digest",
    "seals",
    "findings",
    "finding",
];

/// Names of the case.
pub(super) struct Names {
    /// Accounts, as `platform/handle`.
    pub accounts: BTreeSet<String>,
    /// Mail addresses.
    pub mailboxes: BTreeSet<String>,
}

impl Names {
    /// All that occur in its evidence.
    pub(super) fn of(case: &Case, run: &Run<'_>) -> Result<Self, Error> {
        let segments = case.read(run)?;
        let scratch = case.store().derived().join("scratch");
        let table = table::merge(&segments.folders(), &case.kinds, &scratch, run.in_memory)?;
        let of = |sort: Sort| table.actors.iter().filter(move |a| a.sort == sort).map(|a| a.name.raw().to_owned());
        let touched = |ids: &'static [&'static str]| {
            let kind = |o: &&model::ObjectInfo| ids.contains(&case.kinds[usize::from(o.kind.0)].card.id);
            table.objects.iter().filter(kind).map(|o| o.value.raw().to_owned())
        };
        Ok(Self {
            accounts: of(Sort::Account).chain(touched(&["mention"])).collect(),
            mailboxes: of(Sort::Mailbox).chain(touched(&["mailbox", "page-email", "zone-mailbox"])).collect(),
        })
    }
}

/// Replaces names in the dossier.
pub(super) fn mask(dossier: &mut Dossier, redactor: &Redactor) -> Result<(), Error> {
    for e in &mut dossier.evidence {
        // A mailbox's file is called after its owner, an enclosure after what it says.
        let what = if e.format.is_empty() { "file" } else { &e.format };
        e.names = vec![Quote::from(format!("{what} {}", e.id))];
    }
    let failed = |e: serde_json::Error| Error::Handover(format!("the dossier cannot be redacted: {e}"));
    let mut value = serde_json::to_value(&*dossier).map_err(failed)?;
    walk(&mut value, false, redactor);
    for path in ["/method/settings/case/title", "/method/settings/case/question"] {
        value.pointer_mut(path).into_iter().for_each(|v| walk(v, false, redactor));
    }
    *dossier = serde_json::from_value(value).map_err(failed)?;
    Ok(())
}

fn walk(value: &mut Value, own: bool, redactor: &Redactor) {
    match value {
        Value::String(text) => *text = if own { redactor.ids(text) } else { redactor.text(text) },
        Value::Array(items) => items.iter_mut().for_each(|v| walk(v, own, redactor)),
        Value::Object(map) => {
            for (key, v) in map.iter_mut() {
                // Lists of findings and evidence are gone into; lists of their ids are own words.
                let own = own || OWN.contains(&key.as_str()) && !holds_objects(v) || key == "settings";
                walk(v, own, redactor);
            }
        }
        _ => {}
    }
}

fn holds_objects(value: &Value) -> bool {
    value.as_array().is_some_and(|a| a.iter().any(Value::is_object))
}

/// A name that still stands in a text: the last look before it leaves.
pub(super) fn left(text: &str, names: &Names, sorts: Sorts, keep: &[String]) -> Option<String> {
    let low = text.to_lowercase();
    let kept = |n: &&String| {
        let domain = n.rsplit_once('@').map_or("", |p| p.1);
        keep.iter().any(|k| k.eq_ignore_ascii_case(n) || k.eq_ignore_ascii_case(domain))
    };
    let boxes = names.mailboxes.iter().filter(|n| sorts.mailboxes && n.contains('@') && !kept(n));
    let accounts = names.accounts.iter().filter(|n| sorts.accounts && n.contains('/') && !kept(n));
    boxes.chain(accounts).find(|n| low.contains(&n.to_lowercase())).cloned()
}
