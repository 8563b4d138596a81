//! How much it says that two mails share a thing: the logarithm of its rarity among the case's mails.
//!
//! What providers' servers, platforms and short words give away is capped near zero; a subject or a link alone never
//! reaches the threshold; nor does a signature. A long text or a file is not hit upon twice, so small cases are filled up with 50 imagined
//! other mails; servers get no such help.

use super::mails::{Family, Mails, TYING};
use crate::common;
use model::{Board, ObjectNo, Sort};
use std::collections::HashMap;

/// Weight at which a text or file ties by itself: about one mail in twenty.
const ALONE: f64 = 3.0;
/// Less than this is not looked at.
const LEAST: f64 = 0.7;
const IMAGINED: f64 = 50.0;
/// Most that a mark of the program weighs: however rare in the case, somebody else uses it too.
const MAKING: f64 = 2.5;

/// An artefact that says something.
#[derive(Clone, Copy)]
pub(super) struct Artefact {
    /// Index into [`TYING`].
    pub(super) kind: usize,
    pub(super) weight: f64,
}

impl Artefact {
    pub(super) fn id(&self) -> &'static str {
        TYING[self.kind].0
    }

    pub(super) fn family(&self) -> Family {
        TYING[self.kind].1
    }

    /// A text, file or paragraph so rare that it ties by itself.
    pub(super) fn alone(&self) -> bool {
        matches!(self.id(), "exact-text" | "text-template" | "file-hash" | "paragraph") && self.weight >= ALONE
    }

    /// Two artefacts that tie together: of different kinds, not both of one program's making or one form's filling, and
    /// never a program with a server, which every office shares.
    pub(super) fn ties_with(&self, other: &Self, threshold: f64) -> bool {
        let apart = match (self.family(), other.family()) {
            (Family::Making, Family::Making | Family::Way) | (Family::Way, Family::Making) => false,
            (Family::Template, Family::Template) => false,
            _ => self.kind != other.kind,
        };
        apart && self.weight + other.weight >= threshold
    }
}

/// Weight at which a pair of artefacts ties: the more mails there are, the more pairs are alike by chance.
pub(super) fn threshold(mails: usize) -> f64 {
    ((mails as f64).max(1.0).ln() - 1.0).clamp(3.0, 12.0)
}

/// True when two servers' names are of one house: the one says no more than the other.
pub(super) fn one_house(x: &str, y: &str) -> bool {
    let parent = |host: &str| host.split_once('.').map_or(String::new(), |h| h.1.to_ascii_lowercase());
    let (px, py) = (parent(x), parent(y));
    common::under(x, y) || common::under(y, x) || (px.contains('.') && px == py)
}

/// A weight in bits.
pub(super) fn bits(weight: f64) -> f64 {
    weight / std::f64::consts::LN_2
}

/// Weights of all artefacts that say something, to look up.
pub(super) fn weigh(board: &Board<'_>, mails: &Mails) -> HashMap<ObjectNo, Artefact> {
    let mut out = HashMap::new();
    for group in mails.by_object().chunk_by(|x, y| x.0 == y.0) {
        let (object, df) = (group[0].0, group.len());
        let id = board.kinds[usize::from(board.object(object).kind.0)].card.id;
        let Some(kind) = TYING.iter().position(|t| t.0 == id) else { continue };
        if id == "paragraph" && habit(mails, group) {
            continue;
        }
        let weight = weight(id, board.object(object).value.raw(), df as f64, mails.len() as f64);
        if df >= 2 && weight >= LEAST {
            out.insert(object, Artefact { kind, weight });
        }
    }
    out
}

/// A signature or footer: somebody closes or opens mails with it on three different days.
fn habit(mails: &Mails, group: &[(ObjectNo, usize)]) -> bool {
    let mut days: Vec<(model::ActorNo, i64)> =
        group.iter().map(|g| (mails.sender(g.1), mails.micros(g.1).div_euclid(model::DAY))).collect();
    days.sort_unstable();
    days.dedup();
    days.chunk_by(|x, y| x.0 == y.0).any(|of| of.len() >= 3)
}

fn weight(kind: &str, value: &str, df: f64, n: f64) -> f64 {
    let rarity = (n / df).ln();
    let filled = ((n + IMAGINED) / df).ln();
    match kind {
        "exact-text" => match value.split_whitespace().take(12).count() {
            0..=5 => filled.min(1.0),
            6..=11 => filled,
            _ => filled.max(ALONE),
        },
        "text-template" => filled.max(ALONE),
        "file-hash" | "paragraph" | "html-template" => filled,
        "link-path" | "enclosure-name" => filled * 0.7,
        "header-order" | "mail-shape" | "id-grammar" | "mailer" => rarity.min(MAKING),
        "mail-subject" => {
            if value.split_whitespace().count() < 2 {
                filled.min(0.8)
            } else {
                filled * 0.7
            }
        }
        "url" => address(value, filled),
        _ if common::is_provider(value) => 0.0,
        _ => rarity,
    }
}

fn address(value: &str, filled: f64) -> f64 {
    let (host, path) = common::host_and_path(value);
    if common::is_platform(host) || path.len() < 2 { filled.min(0.5) } else { filled * 0.8 }
}

/// True when a server or domain says no more than the mail's own addresses do: the sender's house or the recipient's.
pub(super) fn explained(board: &Board<'_>, mails: &Mails, mail: usize, object: ObjectNo) -> bool {
    let value = board.object(object).value.raw();
    let near = |address: &str| {
        let domain = common::mail_domain(address);
        common::under(value, domain) || common::under(domain, value)
    };
    let to = |s: &model::Share| {
        let info = board.object(s.object);
        board.kinds[usize::from(info.kind.0)].card.id == "mailbox" && near(info.value.raw())
    };
    let from = board.actor(mails.sender(mail));
    debug_assert_eq!(from.sort, Sort::Mailbox, "mails hold senders only");
    near(from.name.raw()) || mails.shares(mail).iter().take(64).any(to)
}

/// True when a server or domain is of the sender's own house, or a provider's.
pub(super) fn of_house(board: &Board<'_>, sender: model::ActorNo, object: ObjectNo) -> bool {
    let value = board.object(object).value.raw();
    let domain = common::mail_domain(board.actor(sender).name.raw());
    common::is_provider(value) || common::under(value, domain) || common::under(domain, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_need_more_where_there_are_more() {
        assert!(threshold(0) == 3.0 && threshold(40) == 3.0 && threshold(60_000) > 9.9);
        assert!(
            one_house("srv12.rented.example", "rented.example") && one_house("a.rented.example", "b.rented.example")
        );
        assert!(!one_house("a.example", "b.example") && !one_house("", "x.example"));
    }

    #[test]
    fn what_everyone_shares_weighs_nothing() {
        for (kind, value, df, n, least, most) in [
            ("mail-relay", "mail-wm1-f43.google.com", 2.0, 500.0, 0.0, 0.0),
            ("mail-relay", "203.0.113.9", 5.0, 500.0, 4.0, 5.0),
            ("mail-relay", "mx.office.example", 490.0, 500.0, 0.0, 0.1),
            ("mail-subject", "the documents you asked for", 5.0, 500.0, 3.0, 3.5),
            ("url", "facebook.com/ourpage", 5.0, 500.0, 0.0, 0.5),
            ("exact-text", "sent from my phone", 5.0, 500.0, 0.0, 1.0),
            ("file-hash", "9f86d081", 8.0, 8.0, 1.9, 2.1),
        ] {
            let w = weight(kind, value, df, n);
            assert!((least..=most).contains(&w), "{kind} {value}: {w}");
        }
    }
}
