//! Mail wave: mails of one making that reach many mailboxes.
//!
//! Mails are tied by what they share (`wave`), each artefact weighing the logarithm of its rarity; text or file, or two
//! independent traits, are needed, and never a provider's servers alone. One steady sender with one server is bulk
//! mail and stays unreported, however many it reaches. Source: weights after Spärck Jones 1972 (inverse document
//! frequency) and Fellegi & Sunter 1969; the rule is ours.

mod artefact;
mod innocent;
mod mails;
mod scenes;
mod wave;

use crate::{Finder, Page, chance, witness, words};
use mails::Mails;
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
        sees: "Mails that share rare artefacts (the same text, file, subject, link, message-id domain or server), that \
               reached several mailboxes and came from senders seen in this wave only, or from several senders.",
        matters: "Unsolicited mail to staff, rivals and newsrooms is how phishing and stolen documents are spread; \
                  what the mails share shows which belong together when each comes from another address.",
        otherwise: "A newsletter, press release or invitation; a mailing list; colleagues who forward one mail; a \
                    service that sends for many customers with one template.",
        wrong: "What few mails share by chance grows with the number of mails; a wave that chance gives in more than one \
                case of a thousand is not reported. One steady sender with one server that writes at other times too is \
                bulk mail: it is not reported, even if its content is harmful. A thread in which recipients answer is not reported either. Waves whose \
                mails share nothing but a provider are missed.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let mails = Mails::of(board);
    let weights = artefact::weigh(board, &mails);
    let mut waves = wave::gather(board, &mails, &weights);
    waves.retain(|w| w.boxes.len() >= board.settings.findings.wave_mailboxes as usize && !everyday(w) && w.firm());
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
fn everyday(wave: &Wave) -> bool {
    let conversation = wave.answering * 3 >= wave.senders.len();
    let steady = wave.throw_away < wave.senders.len();
    let bulk = wave.senders.len() == 1 && (steady || wave.days > 3);
    let house = wave.domains == 1 && steady;
    conversation || bulk || house
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
        .map(|t| format!("the same {} in {} of them", words::deed(t.kind).1, t.mails))
        .collect();
    format!(
        "{} went out {period}, {} of them on the first day, to {}. What ties them: {}. {} of the {} wrote nothing else \
         in the case; they use {}. Senders and mailboxes are listed in the order in which they first occur.",
        words::count(wave.mails.len(), "mail", "mails"),
        wave.first_day,
        words::count(wave.boxes.len(), "mailbox", "different mailboxes"),
        words::list(&ties),
        wave.throw_away,
        words::count(wave.senders.len(), "sender", "senders"),
        words::count(wave.domains, "mail domain", "different mail domains"),
    )
}

/// How many of the other mails would carry the same things by chance.
fn chance(wave: &Wave, mails: &Mails) -> Chance {
    let outside = mails.len() - wave.mails.len();
    let q: f64 = wave.main().map(|t| (t.outside as f64 + 0.5) / (outside as f64 + 1.0)).product();
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
            "Each mail carries each of the {} that tie most of the wave as often as the case's {} other mails do, \
             independently.{}",
            words::count(wave.main().count(), "artefact", "artefacts"),
            words::thousands(outside as u64),
            if enough { "" } else { " That is too few mails to give a probability." }
        ),
    }
}

/// The rule. Nothing is added up: each word asks for all of its conditions.
fn weigh(wave: &Wave, chance: &Chance) -> (Confidence, String) {
    let kinds = wave.main().count();
    let said = format!(
        "{} of {} wrote nothing else, from {}; {} in at least half of the mails",
        wave.throw_away,
        words::count(wave.senders.len(), "sender", "senders"),
        words::count(wave.domains, "mail domain", "mail domains"),
        words::count(kinds, "kind of artefact", "kinds of artefacts"),
    );
    let most = |part: usize, of: usize| wave.throw_away * of >= wave.senders.len() * part;
    let moderate = [
        (wave.throw_away >= 2, "two senders who wrote nothing else"),
        (most(1, 2), "half of the senders being such"),
        (kinds >= 2 || wave.alone(), "the same text or file, or two kinds of artefacts, in half of the mails"),
    ];
    let high = [
        (wave.throw_away >= 3 && most(4, 5), "three such senders and four in five"),
        (wave.domains >= 2, "two mail domains"),
        (kinds >= 2 && wave.main().any(|t| t.content), "two kinds of artefacts with content among them"),
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
            } else if wave.main().any(|t| t.object == share.object) {
                out.push((*share, format!("{} this {}", words::deed(kind).0, words::deed(kind).1)));
            }
        }
    }
    out
}
