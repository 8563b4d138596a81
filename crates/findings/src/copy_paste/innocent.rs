//! What else the same words could be, and what the posts at hand say of each.

use super::Group;
use crate::organic::Recognised;
use crate::words::{count, innocent, percent};
use model::{AtLeastOne, Innocent};

/// Those that the traces leave open, the likeliest first.
pub(super) fn explanations(group: &Group, recognised: &[Recognised]) -> Option<AtLeastOne<Innocent>> {
    let mut out: Vec<Innocent> = recognised.iter().map(|r| r.innocent.clone()).collect();
    if group.posts.linked() > 0 {
        out.push(share_button(group));
    }
    if group.papers() {
        out.push(agency(group));
    }
    if group.texts.len() == 1 {
        out.push(call(group));
    }
    if group.shortest < 12 {
        out.push(phrase(group));
    }
    out.push(template(group));
    AtLeastOne::new(out)
}

fn share_button(group: &Group) -> Innocent {
    innocent(
        "A share button's text, or a headline copied with its article",
        format!(
            "{} of the posts carry a link, to {}; a share button or headline would always come with the same one \
             ({:.0} % of those with a link carry the commonest).",
            percent(group.posts.linked(), group.posts.shares.len()),
            count(group.posts.urls(), "address", "different addresses"),
            group.posts.same_link() * 100.0
        ),
    )
}

fn agency(group: &Group) -> Innocent {
    innocent(
        "Papers that print the same agency's reports, each linking to its own page",
        format!(
            "There are {:.1} different links for each author of a text; look whether they lead to the accounts' own sites.",
            group.posts.own_links()
        ),
    )
}

fn call(group: &Group) -> Innocent {
    innocent(
        "A quotation, a petition or an open call to copy these words",
        format!(
            "It is one text, by {}, {}; look whether the words ask to be copied or are somebody's known words.",
            count(group.accounts.len(), "account", "accounts"),
            pace(group)
        ),
    )
}

fn phrase(group: &Group) -> Innocent {
    innocent(
        "A lyric, greeting or set phrase that many use",
        format!("The shortest of the texts has {}; the shorter, the likelier.", count(group.shortest, "word", "words")),
    )
}

fn template(group: &Group) -> Innocent {
    innocent(
        "The template of an app, game, form or service that posts for its users",
        format!(
            "{} of {} posted at least two of the texts, {}; look at the client that posted them, where the evidence \
             names it.",
            count(group.core, "account", "accounts"),
            group.accounts.len(),
            pace(group)
        ),
    )
}

fn pace(group: &Group) -> String {
    group.posts.pace().map_or("at times not known".to_owned(), |p| format!("in the median {p} after the post before"))
}
