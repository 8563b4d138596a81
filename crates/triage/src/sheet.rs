//! Putting a sheet together.

use crate::context::{Context, Sealed};
use crate::facts::Facts;
use crate::purposes::{Lines, PURPOSES, Purpose, Reading};
use crate::sign::Seen;
use crate::signs::SIGNS;
use model::{Could, Grade, Mail, Place, Quote, Rescued, SHEET_SCHEMA, Sheet, SheetLine};

/// Judges one mail.
#[must_use]
pub fn judge(mail: &Mail<'_>, place: Place, context: &Context, sealed: &[Sealed]) -> Sheet {
    let facts = Facts::of(mail, context, sealed);
    let all = lines(&facts);
    let (purpose, reading) = decide(&all);
    let against = |l: &&SheetLine| purpose.against.contains(&&l.sign[..]);
    let opposed: Vec<SheetLine> = all.iter().filter(against).cloned().collect();
    let mut lines: Vec<SheetLine> = all.iter().filter(|l| !against(l)).cloned().collect();
    // Stable: within one firmness, those that the rule rests on first, then the order of the drawers.
    lines.sort_by_key(|l| (!reading.signs.contains(&&l.sign[..]), std::cmp::Reverse(l.grade)));
    Sheet {
        schema: SHEET_SCHEMA,
        place,
        message_id: Quote::from(mail.message_id),
        from: Quote::from(&*facts.from.address),
        from_name: Quote::from(&*facts.from.name),
        reply_to: Quote::from(mail.reply_to.address),
        mailbox: Quote::from(mail.mailbox),
        subject: Quote::from(&*facts.subject),
        when: mail.when,
        purpose: purpose.card.id.to_owned(),
        grade: reading.grade,
        because: because(&reading, &lines),
        against: opposed,
        not_checked: not_checked(&facts),
        related: related(&facts),
        could: could(purpose, &all),
        next: next(purpose, &facts),
        overturn: purpose.overturn.iter().map(|t| (*t).to_owned()).collect(),
        rescued: rescued(&facts),
        route: facts.route.stops,
        checks: facts.checks,
        lines,
    }
}

/// What every sign sees.
fn lines(facts: &Facts<'_>) -> Vec<SheetLine> {
    let mut out = Vec::new();
    for sign in SIGNS {
        let mut seen = Seen::new(facts, sign.card.id);
        (sign.find)(facts, &mut seen);
        out.append(&mut seen.lines);
    }
    out
}

/// The firmest reading; where two are equally firm, the first purpose. A sealed document's words go before all.
fn decide(lines: &[SheetLine]) -> (&'static Purpose, Reading) {
    let sealed = lines.iter().any(|l| l.sign == "sealed-document");
    let read = |p: &&'static Purpose| Some((*p, (p.rule)(&Lines(lines))?));
    let mut best: Option<(&'static Purpose, Reading)> = None;
    for (purpose, reading) in PURPOSES.iter().filter_map(read) {
        let first = sealed && purpose.card.id == "unsolicited-disclosure";
        if first || best.as_ref().is_none_or(|b| reading.grade > b.1.grade) {
            let done = first;
            best = Some((purpose, reading));
            if done {
                break;
            }
        }
    }
    best.unwrap_or((
        PURPOSES[PURPOSES.len() - 1],
        Reading { grade: Grade::NotChecked, because: "nothing was seen", signs: Vec::new() },
    ))
}

/// The rule in words, with the numbers of its lines.
fn because(reading: &Reading, lines: &[SheetLine]) -> String {
    let numbers: Vec<String> = lines
        .iter()
        .zip(1..)
        .filter(|(l, _)| reading.signs.contains(&&l.sign[..]))
        .map(|(_, n): (_, u32)| n.to_string())
        .collect();
    match numbers.len() {
        0 => reading.because.to_owned(),
        1 => format!("{} (line {})", reading.because, numbers[0]),
        _ => format!("{} (lines {})", reading.because, numbers.join(", ")),
    }
}

fn could(purpose: &Purpose, lines: &[SheetLine]) -> Vec<Could> {
    let mut out: Vec<Could> =
        purpose.could.iter().map(|(id, why)| Could { purpose: (*id).to_owned(), why: (*why).to_owned() }).collect();
    for other in PURPOSES.iter().filter(|p| p.card.id != purpose.card.id && p.card.id != "cannot-say") {
        if let Some(reading) = (other.rule)(&Lines(lines)).filter(|r| r.grade >= Grade::Weak)
            && !out.iter().any(|c| c.purpose == other.card.id)
        {
            out.push(Could {
                purpose: other.card.id.to_owned(),
                why: format!("{}: {}", reading.grade.word(), reading.because),
            });
        }
    }
    out
}

fn next(purpose: &Purpose, facts: &Facts<'_>) -> Vec<String> {
    let mut out: Vec<String> = purpose.next.iter().map(|t| (*t).to_owned()).collect();
    if facts.forward.is_some() {
        out.insert(
            0,
            "ask whoever reported it for the original as an attachment: a forward loses its headers".to_owned(),
        );
    }
    out
}

/// What nobody looked at, and why.
fn not_checked(facts: &Facts<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let open: Vec<&str> = facts
        .checks
        .iter()
        .filter(|c| c.result == "cannot-verify" || c.according_to == "sender-side")
        .map(|c| &c.method[..])
        .collect();
    if facts.forward.is_some() {
        out.push("who really sent the forwarded mail: its headers did not come along; the checks shown are those of the person who forwarded it".to_owned());
    } else if !open.is_empty() {
        out.push(format!(
            "{}: no result of a server to be believed, and the keys and records of that time are not at hand",
            open.join(", ").to_uppercase()
        ));
    }
    out.extend(sealed_words(facts).map(str::to_owned));
    if facts.earlier.is_none() {
        out.push("whether it was asked for: only one mail was given, not the mailbox".to_owned());
    }
    if facts.leads().next().is_some() {
        out.push("what is behind the links: nothing was opened, and nothing here ever is".to_owned());
    }
    if !facts.files.is_empty() {
        out.push("whether what is enclosed does harm: it was looked at, not run".to_owned());
    }
    if facts.markup.iter().any(|(_, m)| m.images.iter().any(|i| i.src.starts_with("http"))) {
        out.push("pictures that would be loaded from elsewhere".to_owned());
    }
    if facts.sealed.is_empty() {
        out.push("whether its words are of sealed documents, unless a seal was given".to_owned());
    }
    if facts.context.settings.protect.is_empty() && facts.house.is_empty() {
        out.push("whether its sender looks like one of yours: no protected names were given".to_owned());
    }
    out
}

/// Earlier contact, and how much was searched.
fn related(facts: &Facts<'_>) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(e) = facts.earlier {
        let span = e
            .span
            .map_or(String::new(), |(a, b)| format!(" of {} to {}", model::When(a).date(), model::When(b).date()));
        out.push(format!(
            "in {} mails{span}: {} earlier from this sender, {} to it (or to where its answers go), {}",
            e.searched,
            e.from,
            e.to,
            if e.thread { "and the mail it answers is there" } else { "and it answers none of them" }
        ));
    }
    if facts.files.iter().any(|f| f.is == crate::file::True::Mail) {
        out.push("it encloses a mail, which has a sheet of its own".to_owned());
    }
    out
}

/// What a badly reported mail still tells, what is gone, and what to ask for.
fn rescued(facts: &Facts<'_>) -> Option<Rescued> {
    let owned = |of: &[&str]| of.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    let made = |how: &str, survived, lost: &[&str], ask: &[&str]| {
        Some(Rescued { how: how.to_owned(), survived, lost: owned(lost), ask: owned(ask) })
    };
    let Some(forward) = facts.forward.as_ref() else {
        return match (facts.mail.raw.is_empty(), facts.mail.headers.is_empty()) {
            (false, _) => None,
            (true, false) => made("saved-by-a-program", owned(KEPT_WITH_HEADER), &GONE[..1], &ASK[1..2]),
            (true, true) => made("saved-by-a-program", owned(KEPT), GONE, &ASK[1..]),
        };
    };
    let said = [
        ("the sender's address, as the forwarding program wrote it", &forward.from),
        ("the subject", &forward.subject),
        ("the date, in the forwarder's words", &forward.date),
        ("whom it went to", &forward.to),
        ("the words", &forward.text),
    ];
    let survived = said.iter().filter(|(_, value)| !value.is_empty()).map(|(what, _)| (*what).to_owned()).collect();
    let lost = [
        "the way it came (Received lines)",
        "every check of the sender",
        "its Message-ID and what ties it to others",
        "hidden text and true link targets, where the program rewrote them",
    ];
    made("inline-forward", survived, &lost, ASK)
}

/// What is left of a mail that a program saved in its own way, with the header it came with and without.
const KEPT_WITH_HEADER: &[&str] =
    &["the header it came with, the way it came among it", "the words", "what is enclosed"];
const KEPT: &[&str] =
    &["names, addresses, subject and time, as the program keeps them", "the words", "what is enclosed"];
/// What is gone then: of the first kind only the first.
const GONE: &[&str] = &[
    "the bytes that signatures are over: they cannot be checked again",
    "the way it came (Received lines), and every check of the sender",
];
/// What to ask for.
const ASK: &[&str] = &[
    "the original mail as an attachment: in most programs \u{201c}forward as attachment\u{201d}, or drag it into a new mail",
    "else its source: \u{201c}show original\u{201d} or \u{201c}view source\u{201d}, saved as a file rather than copied",
    "whether it came to a private or an office mailbox, and on what day",
];

/// Signed or encrypted as a whole: named, never opened.
fn sealed_words(facts: &Facts<'_>) -> Option<&'static str> {
    let kind = facts.header("content-type").map(|h| h.1.to_ascii_lowercase()).unwrap_or_default();
    let enclosed = |what: &str| facts.mail.attachments.iter().any(|a| a.kind.contains(what));
    let written = |what: &str| facts.mail.text.contains(what);
    let pgp = kind.contains("pgp") || enclosed("pgp");
    let smime = kind.contains("pkcs7") || enclosed("pkcs7");
    match () {
        () if written("-----BEGIN PGP MESSAGE-----") || (pgp && kind.contains("multipart/encrypted")) => Some(
            "its words: they are encrypted with PGP; ask whoever can read them for a decrypted copy beside this one",
        ),
        () if smime
            && (kind.contains("enveloped-data") || facts.mail.attachments.iter().any(|a| a.name.ends_with(".p7m"))) =>
        {
            Some(
                "its words: they lie in an S/MIME envelope; ask whoever can read them for a decrypted copy beside this one",
            )
        }
        () if pgp || written("-----BEGIN PGP SIGN") => {
            Some("its PGP signature: it is there, and nobody's key is at hand to check it")
        }
        () if smime => Some("its S/MIME signature: it is there with its certificate, and was not checked"),
        () => None,
    }
}
