//! All mails of one making, reported or not: for whoever wants the groups themselves, bulk mail and pairs included.

use super::artefact;
use super::mails::Mails;
use super::wave;
use crate::words;
use model::{Board, Place, Quote, When};

/// A mail of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupedMail {
    /// Where it stands.
    pub place: Place,
    /// When, where known.
    pub when: Option<When>,
    /// Who sent it.
    pub sender: Quote,
    /// Whom it reached.
    pub mailboxes: Vec<Quote>,
}

/// What ties a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupTie {
    /// Id of the trace kind.
    pub kind: &'static str,
    /// The commonest of them.
    pub value: Quote,
    /// Mails of the group that carry one.
    pub mails: usize,
    /// Other mails that do.
    pub outside: usize,
    /// Bits against chance.
    pub bits: f64,
}

/// Mails of one making.
#[derive(Debug, Clone, PartialEq)]
pub struct MailGroup {
    /// Earliest first; at least two.
    pub mails: Vec<GroupedMail>,
    /// That in most mails first.
    pub ties: Vec<GroupTie>,
}

/// The groups, largest first. Kinds whose id stands in `without` are not looked at.
#[must_use]
pub fn mail_groups(board: &Board<'_>, without: &[String]) -> Vec<MailGroup> {
    let mails = Mails::of(board, without);
    let weights = artefact::weigh(board, &mails);
    let mut out: Vec<MailGroup> =
        wave::gather(board, &mails, &weights).iter().map(|w| group(board, &mails, w)).collect();
    out.sort_by_key(|g| (std::cmp::Reverse(g.mails.len()), g.mails[0].when, g.mails[0].place));
    out
}

fn group(board: &Board<'_>, mails: &Mails, wave: &wave::Wave) -> MailGroup {
    let mail = |m: &usize| GroupedMail {
        place: mails.place(board, *m),
        when: Some(mails.micros(*m)).filter(|t| *t != When::UNKNOWN).map(When),
        sender: board.actor(mails.sender(*m)).name.clone(),
        mailboxes: mails.boxes(board, *m).map(|b| board.object(b).value.clone()).collect(),
    };
    let tie = |t: &wave::Tied| GroupTie {
        kind: t.kind,
        value: board.object(t.object).value.clone(),
        mails: t.mails,
        outside: t.outside,
        bits: artefact::bits(t.weight),
    };
    MailGroup { mails: wave.mails.iter().map(mail).collect(), ties: wave.ties.iter().map(tie).collect() }
}

impl GroupTie {
    /// What it is, in words: `text template`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        words::deed(self.kind).1
    }
}
