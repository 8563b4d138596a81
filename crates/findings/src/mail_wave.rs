//! Mail wave: mails of one making that reach many mailboxes.
//!
//! Mails are tied by what they share (`wave`), each artefact weighing the logarithm of its rarity; text or file, or two
//! independent traits, are needed, and never a provider's servers alone. One steady sender is bulk mail and stays
//! unreported, however many it reaches. Source: weights after Spärck Jones 1972 (inverse document
//! frequency) and Fellegi & Sunter 1969; the rule is ours.

mod artefact;
mod groups;
mod innocent;
mod mails;
mod scenes;
mod tables;
mod wave;

pub use groups::{GroupTie, GroupedMail, MailGroup, mail_groups};

use crate::{Finder, Page, chance, witness, words};
use mails::{Family, Mails};
use model::{Board, Card, Chance, Confidence, Finding, Share};
use wave::Wave;

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "mail-wave",
        about: "mails of one making to many mailboxes, through several or throw-away senders",
        source: "ours; weights after Fellegi & Sunter, A Theory for Record Linkage, JASA 1969",
    },
    page: Page {
        sees: "Mails that share rare artefacts (the same text, paragraph, file, subject, link, message-id domain or \
               server), that reached several mailboxes and came from senders seen in this wave only, or from several \
               senders. Several texts sent by turns from one set of addresses are one wave.",
        matters: "Unsolicited mail to staff, rivals and newsrooms is how phishing and stolen documents are spread; \
                  what the mails share shows which belong together when each comes from another address.",
        otherwise: "A newsletter, press release or invitation; a mailing list; colleagues who forward one mail; a \
                    service that sends for many customers with one template.",
        wrong: "What few mails share by chance grows with the number of mails; a wave that chance gives in more than one \
                case of a thousand is not reported. One sender alone is bulk mail and not reported, even if harmful, \
                unless it is known from nothing else, wrote to each mailbox singly within two days and through a server \
                of somebody else: then it is `low`, as a mailing sent once through a service looks the same. A thread \
                in which recipients answer is not reported. Waves whose mails share nothing but a provider, or whose \
                every paragraph was reworded, are missed.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let mails = Mails::of(board, &[]);
    let weights = artefact::weigh(board, &mails);
    let mut waves = wave::gather(board, &mails, &weights);
    waves.retain(|w| {
        w.boxes.len() >= board.settings.findings.wave_mailboxes as usize && !everyday(board, w) && w.firm()
    });
    let (waves, left) = words::shortlist(board, waves, |w| (w.throw_away.min(3), w.main().count(), w.boxes.len()));
    let found = waves.into_iter().filter_map(|w| read(board, &mails, w));
    words::most(board, found.collect(), left)
}

fn read(board: &Board<'_>, mails: &Mails, wave: Wave) -> Option<(f64, Finding)> {
    let chance = chance(&wave, mails);
    if chance.p.is_some_and(|p| p > 0.001) {
        return None;
    }
    let (confidence, because) = weigh(&wave, &chance);
    let about = [board.object(wave.ties.first()?.object).id, board.actor(*wave.senders.first()?).id];
    let (first, last) = words::ends(wave.mails.iter().map(|m| mails.micros(*m)));
    let throw_away = wave.throw_away;
    let finding = Finding {
        id: Finding::id_of(FINDER.card.id, &about),
        kind: FINDER.card.id.to_owned(),
        title: title(&wave),
        observed: observed(&wave, &words::period(first, last)),
        confidence,
        because,
        innocent: innocent::explanations(&wave, mails)?,
        witnesses: witness::pick(board, &candidates(board, mails, &wave))?,
        tables: tables::tables(board, mails, &wave),
        techniques: words::techniques(if throw_away > 1 {
            &["T0153.001", "T0153.007", "T1585.002"]
        } else {
            &["T0153.001", "T0153.007"]
        }),
        actors: wave.senders,
        chance,
        first,
        last,
    };
    Some((wave.boxes.len() as f64, finding))
}

/// Bulk mail, house mail and conversations: recorded in the case as mails, not as a wave.
fn everyday(board: &Board<'_>, wave: &Wave) -> bool {
    let conversation = wave.passed_on > wave.mails.len();
    let steady = wave.throw_away < wave.senders.len();
    let bulk = wave.senders.len() == 1 && !one_strike(board, wave);
    let house = wave.senders.len() > 1 && wave.domains == 1 && steady;
    conversation || bulk || house
}

/// One sender known from nothing else reached many mailboxes, mail by mail and within two days, with the same words and
/// through a server or programme that is not of its own address.
fn one_strike(board: &Board<'_>, wave: &Wave) -> bool {
    let many = wave.boxes.len() > board.settings.findings.wave_mailboxes as usize;
    let made_elsewhere =
        wave.main().any(|t| t.family == Family::Way && !artefact::of_house(board, wave.senders[0], t.object));
    wave.only_here && many && wave.days <= 2 && wave.mails.len() >= wave.boxes.len() && wave.alone() && made_elsewhere
}

fn title(wave: &Wave) -> String {
    format!(
        "{} of one making reached {} through {}",
        words::count(wave.mails.len(), "mail", "mails"),
        words::count(wave.boxes.len(), "mailbox", "mailboxes"),
        words::count(wave.senders.len(), "sender", "senders"),
    )
}

fn observed(wave: &Wave, period: &str) -> String {
    let ties: Vec<String> = wave
        .ties
        .iter()
        .take(4)
        .map(|t| match t.objects.len() {
            1 => format!("the same {} in {} of them", words::deed(t.kind).1, t.mails),
            n => format!("one of {n} {} in {} of them", words::deed(t.kind).2, t.mails),
        })
        .collect();
    format!(
        "{} went out {period}, {} of them on the first day, to {}. What ties them: {}. {} of the {} wrote nothing else \
         in the case; they use {}. {}Senders and mailboxes are listed in the order in which they first occur.",
        words::count(wave.mails.len(), "mail", "mails"),
        wave.first_day,
        words::count(wave.boxes.len(), "mailbox", "different mailboxes"),
        words::list(&ties),
        wave.throw_away.max(usize::from(wave.only_here)),
        words::count(wave.senders.len(), "sender", "senders"),
        words::count(wave.domains, "mail domain", "different mail domains"),
        match wave.passed_on {
            0 => String::new(),
            n =>
                format!("Receivers answered or passed it on in {}. ", words::count(n, "further mail", "further mails")),
        },
    )
}

/// How many of the other mails would carry the same things by chance.
fn chance(wave: &Wave, mails: &Mails) -> Chance {
    let outside = mails.len() - wave.mails.len();
    let rarest = wave.rarest_by_family();
    let q: f64 = rarest.iter().map(|n| (*n as f64 + 0.5) / (outside as f64 + 1.0)).product();
    let together = wave.mails.len() as u64;
    let enough = outside >= 30;
    let n = mails.len() as u64;
    Chance {
        unit: "mails that share these".to_owned(),
        observed: together as f64,
        expected: n as f64 * q,
        p: enough.then(|| chance::binomial_tail(together, n, q)),
        fdr: None,
        null: format!(
            "Each mail carries the rarest thing of each of the {} of artefacts that tie most of the wave as often as the \
             case's {} other mails do, independently.{}",
            words::count(rarest.len(), "family", "families"),
            words::thousands(outside as u64),
            if enough { "" } else { " That is too few mails to give a probability." }
        ),
    }
}

/// The rule. Nothing is added up: each word asks for all of its conditions.
fn weigh(wave: &Wave, chance: &Chance) -> (Confidence, String) {
    let kinds = wave.families();
    let said = format!(
        "{} of {} wrote nothing else, from {}; {} in at least half of the mails",
        wave.throw_away,
        words::count(wave.senders.len(), "sender", "senders"),
        words::count(wave.domains, "mail domain", "mail domains"),
        words::count(kinds, "family of artefacts", "families of artefacts"),
    );
    let most = |part: usize, of: usize| wave.throw_away * of >= wave.senders.len() * part;
    let moderate = [
        (wave.throw_away >= 2, "two senders who wrote nothing else"),
        (most(1, 2), "half of the senders being such"),
        (kinds >= 2 || wave.alone(), "the same text or file, or two families of artefacts, in half of the mails"),
    ];
    let high = [
        (wave.throw_away >= 3 && most(4, 5), "three such senders and four in five"),
        (wave.domains >= 2, "two mail domains"),
        (
            kinds >= 2 && wave.main().any(|t| t.family == Family::Content),
            "two families of artefacts with content among them",
        ),
        (chance.p.is_some_and(|p| p < 0.001), "thirty other mails that show it to be beyond chance"),
    ];
    words::rule(&said, &moderate, &high)
}

/// Mail by mail in order of time: whom it reached, then what ties it.
fn candidates(board: &Board<'_>, mails: &Mails, wave: &Wave) -> Vec<(Share, String)> {
    let mut out = Vec::new();
    for mail in wave.mails.iter().take(512) {
        let shares = mails.shares(*mail);
        for share in shares {
            let kind = board.kinds[usize::from(board.object(share.object).kind.0)].card.id;
            if kind == "mailbox" {
                out.push((*share, "wrote to this mailbox".to_owned()));
            } else if wave.main().any(|t| t.objects.binary_search(&share.object).is_ok()) {
                out.push((*share, format!("{} this {}", words::deed(kind).0, words::deed(kind).1)));
            }
        }
    }
    out
}
