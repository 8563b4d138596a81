//! What else a bridge could be, and what the traces at hand say of each.

use super::ties::Tie;
use crate::words::{count, innocent, thousands};
use model::{AtLeastOne, Innocent};

/// Those that the traces leave open, the likeliest first.
pub(super) fn explanations(tie: &Tie) -> Option<AtLeastOne<Innocent>> {
    let has = |id: &str| tie.kinds.iter().any(|k| k.0 == id);
    let mut out = Vec::new();
    if has("url") || has("domain") || has("outgoing-domain") {
        out.push(article(tie));
    }
    if has("tracker-id") || has("page-email") || has("page-phone") {
        out.push(agency(tie));
    }
    if has("exact-text") || has("paragraph") {
        out.push(quotation(tie));
    }
    if has("file-hash") || has("object") {
        out.push(public_file(tie));
    }
    if out.is_empty() {
        out.push(quotation(tie));
    }
    AtLeastOne::new(out)
}

fn article(tie: &Tie) -> Innocent {
    let check = if tie.popular > 0 {
        format!(
            "{} actors of the case link to that site: both may have found it by themselves.",
            thousands(tie.popular as u64)
        )
    } else {
        format!(
            "{} of the links lead deeper than a front page, and few others in this case link there; how widely it was \
             read outside the case the evidence cannot say.",
            tie.addresses
        )
    };
    innocent("An article or site that both found by themselves, or that readers of a mailing passed on", check)
}

fn agency(tie: &Tie) -> Innocent {
    innocent(
        "One web agency, hosting customer or theme whose ids stand on sites of unrelated owners",
        format!(
            "{} share these ids; an agency's would stand on many, and a theme's default on strangers' sites. Look for \
             an imprint or a credit line.",
            count(tie.actors.len(), "actor", "actors")
        ),
    )
}

fn quotation(tie: &Tie) -> Innocent {
    innocent(
        "A public quotation or statement that both took from a third source",
        format!(
            "{} are tied by it; look for an earlier source of the same words.",
            count(tie.actors.len(), "actor", "actors")
        ),
    )
}

fn public_file(tie: &Tie) -> Innocent {
    innocent(
        "A file that was public before, such as a logo, a form or a press picture",
        format!(
            "{} in all have it here; look whether it can be had in public from before the first of them.",
            count(tie.actors.len(), "actor", "actors")
        ),
    )
}
