//! What else a wave could be, and what the mails at hand say of each.

use super::mails::Mails;
use super::wave::Wave;
use crate::words::{count, innocent, thousands};
use model::{AtLeastOne, Innocent};

/// Those that the traces leave open, the likeliest first.
pub(super) fn explanations(wave: &Wave, mails: &Mails) -> Option<AtLeastOne<Innocent>> {
    let mut out = vec![newsletter(wave), press(wave)];
    if wave.senders.len() > 1 {
        out.push(service(wave, mails));
        out.push(forwarded(wave));
    }
    AtLeastOne::new(out)
}

fn newsletter(wave: &Wave) -> Innocent {
    innocent(
        "A newsletter or other bulk mail that the recipients asked for",
        format!(
            "A newsletter comes from one address at a regular rhythm; these came from {}, {} of them seen nowhere else, \
             within {}.",
            count(wave.senders.len(), "address", "addresses"),
            wave.throw_away.max(usize::from(wave.only_here)),
            count(wave.days as usize, "day", "days")
        ),
    )
}

fn press(wave: &Wave) -> Innocent {
    innocent(
        "A press release or an invitation, sent once to many",
        format!(
            "{} mails on the first day, to {} in all; a release names its sender and a way to ask back. Look whether the \
             senders' {} can be reached.",
            wave.first_day,
            count(wave.boxes.len(), "mailbox", "mailboxes"),
            count(wave.domains, "domain", "domains")
        ),
    )
}

fn service(wave: &Wave, mails: &Mails) -> Innocent {
    let outside: usize = wave.ties.iter().map(|t| t.outside).max().unwrap_or(0);
    innocent(
        "A service that sends for many customers with one template or server",
        format!(
            "Of the {} other mails in the case, {} carry the commonest of these artefacts; a service would be met \
             elsewhere too.",
            thousands((mails.len() - wave.mails.len()) as u64),
            thousands(outside as u64)
        ),
    )
}

fn forwarded(wave: &Wave) -> Innocent {
    innocent(
        "A mailing list, or people who pass one mail on to each other",
        format!(
            "Receivers answered or passed it on in {}, against {} of its own; in a list or chain most are of receivers.",
            count(wave.passed_on, "mail", "mails"),
            count(wave.mails.len(), "mail", "mails")
        ),
    )
}
