//! The tables of a wave: who got it, when, from whom; and what ties its mails, with what speaks against it.

use super::artefact::bits;
use super::mails::Mails;
use super::wave::{Tied, Wave};
use crate::words;
use model::{Board, Quote, Table, When};

/// Most rows.
const MOST: usize = 500;

/// Both tables.
pub(super) fn tables(board: &Board<'_>, mails: &Mails, wave: &Wave) -> Vec<Table> {
    vec![received(board, mails, wave), ties(board, wave)]
}

/// One row a mail and mailbox, earliest first.
fn received(board: &Board<'_>, mails: &Mails, wave: &Wave) -> Table {
    let mut rows = Vec::new();
    for mail in &wave.mails {
        let when = Some(mails.micros(*mail)).filter(|m| *m != When::UNKNOWN);
        let when = Quote::from(when.map_or_else(|| "not known".to_owned(), |m| When(m).short()));
        let sender = board.actor(mails.sender(*mail)).name.clone();
        let evidence = Quote::from(mails.place(board, *mail).to_string());
        for mailbox in mails.boxes(board, *mail) {
            let mailbox = board.object(mailbox).value.clone();
            rows.push(vec![when.clone(), mailbox, Quote::from("mail"), sender.clone(), evidence.clone()]);
        }
    }
    rows.truncate(MOST);
    table("Who got it", &["When (UTC)", "Mailbox", "Channel", "Sender", "Evidence"], rows)
}

/// One row a sort of artefact, the one in most mails first.
fn ties(board: &Board<'_>, wave: &Wave) -> Table {
    let row = |t: &Tied| {
        vec![
            Quote::from(words::deed(t.kind).1),
            board.object(t.object).value.short(80),
            Quote::from(t.family.word()),
            Quote::from(format!("{} of {}", t.mails, wave.mails.len())),
            Quote::from(t.outside.to_string()),
            Quote::from(format!("{:.1}", bits(t.weight))),
        ]
    };
    let columns =
        ["Artefact", "The commonest of them", "Family", "Mails of the wave", "Other mails with it", "Weight in bits"];
    table("What ties them, and what speaks against it", &columns, wave.ties.iter().take(MOST).map(row).collect())
}

fn table(title: &str, columns: &[&str], rows: Vec<Vec<Quote>>) -> Table {
    Table { title: title.to_owned(), columns: columns.iter().map(|c| (*c).to_owned()).collect(), rows }
}
