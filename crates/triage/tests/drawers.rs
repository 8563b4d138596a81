//! Every sign at once: seen in its example, not seen in its twin, never upset; and sheets over whole mails.
#![allow(clippy::disallowed_methods)] // a test of files reads files

use evidence::{Closed, Opened, Root, Sink};
use model::{EvidenceId, Grade, Note, Place, Quote, Record, Settings, Sheet};
use std::collections::BTreeSet;
use std::sync::Arc;
use triage::{Context, History, PURPOSES, SIGNS, Sealed};

/// Judges every mail read.
struct Judge<'a> {
    context: &'a Context,
    sealed: &'a [Sealed],
    sheets: Vec<Sheet>,
}

impl Sink for Judge<'_> {
    fn opened(&mut self, _: &Opened) {}
    fn record(&mut self, place: Place, record: &Record<'_>) {
        if let Record::Mail(mail) = record {
            let sheet = triage::judge(mail, place, self.context, self.sealed);
            assert!(triage::page(&sheet).lines().count() < 200);
            assert!(!triage::safe_view(mail).contains('\u{1b}'));
            self.sheets.push(sheet);
        }
    }
    fn note(&mut self, _: Note) {}
    fn closed(&mut self, _: &Closed) {}
}

fn sheets(bytes: &[u8], context: &Context, sealed: &[Sealed]) -> Vec<Sheet> {
    let root = Root { id: EvidenceId(1), sha256: [0; 32], name: Quote::from("x"), bytes: Arc::new(bytes.to_vec()) };
    let mut judge = Judge { context, sealed, sheets: Vec::new() };
    evidence::read(&root, &Settings::default(), None, &mut judge);
    judge.sheets
}

fn seen(sheet: &Sheet) -> BTreeSet<String> {
    sheet.lines.iter().chain(&sheet.against).map(|l| l.sign.clone()).collect()
}

/// The context in which a sign's example is read: a mailbox of two mails where it needs one.
fn context(sign: &str) -> (Context, Vec<Sealed>) {
    let mut context = Context::default();
    if matches!(sign, "first-contact" | "known-correspondent") {
        let mut history = History::default();
        let (me, ann) = (
            model::Address { name: "", address: "bo@two.example" },
            model::Address { name: "", address: "ann@one.example" },
        );
        let (to, from) = if sign == "first-contact" { (me, me) } else { (ann, me) };
        for n in 1..3 {
            let mail = model::Mail { from, to: &[to], when: model::When::from_unix(n), ..model::Mail::default() };
            triage::contacts(&mail).for_each(|c| history.add(c));
        }
        history.close();
        context.history = Some(history);
    }
    if sign == "protected-sender" {
        context.settings.protect.push("three.example".to_owned());
    }
    let sealed = (sign == "sealed-document").then(|| Sealed { document: "memo-7".into(), part: "0".into(), run: 120 });
    (context, sealed.into_iter().collect())
}

#[test]
fn every_sign_sees_its_example_and_not_its_twin() {
    for sign in SIGNS {
        let id = sign.card.id;
        let (context, sealed) = context(id);
        let example = sheets(sign.example.as_bytes(), &context, &sealed);
        assert_eq!(example.len(), 1, "{id}: the example is one mail");
        assert!(seen(&example[0]).contains(id), "{id} not seen in its example: {:#?}", example[0].lines);
        let twin = sheets(sign.twin.as_bytes(), &Context::default(), &[]);
        assert!(!seen(&twin[0]).contains(id), "{id} seen in its twin: {:#?}", twin[0].lines);
        assert!(sign.establishes.len() > 40 && sign.card.about.len() > 10 && !sign.card.about.ends_with('.'), "{id}");
    }
}

#[test]
fn spans_lie_inside_the_mail_and_hold_the_raw_value_where_it_stands_as_written() {
    for sign in SIGNS {
        for line in sheets(sign.example.as_bytes(), &Context::default(), &[]).iter().flat_map(|s| &s.lines) {
            let (from, len) = (line.span.at as usize, line.span.len as usize);
            assert!(
                line.span == model::Span::WHOLE || from + len <= sign.example.len(),
                "{}: {:?}",
                sign.card.id,
                line
            );
            if line.source.raw().starts_with("header") {
                assert!(sign.example.get(from..from + len).is_some_and(|t| t.contains(line.raw.raw())), "{line:?}");
            }
        }
    }
}

#[test]
fn torn_and_flipped_mails_upset_nobody() {
    for sign in SIGNS {
        let bytes = sign.example.as_bytes();
        for end in (0..bytes.len()).step_by(7) {
            sheets(&bytes[..end], &Context::default(), &[]);
            let mut flipped = bytes.to_vec();
            flipped[end] ^= 0x80;
            sheets(&flipped, &Context::default(), &[]);
        }
        assert_eq!(
            sheets(bytes, &Context::default(), &[]),
            sheets(bytes, &Context::default(), &[]),
            "{}",
            sign.card.id
        );
    }
}

#[test]
fn files_are_the_registry() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/src/signs");
    let name = |e: std::fs::DirEntry| e.file_name().to_string_lossy().trim_end_matches(".rs").replace('_', "-");
    let files: BTreeSet<String> = std::fs::read_dir(dir).expect("signs").map(|e| name(e.expect("an entry"))).collect();
    assert_eq!(files, SIGNS.iter().map(|s| s.card.id.to_owned()).collect());
    assert!(PURPOSES.iter().all(|p| !p.next.is_empty() && !p.overturn.is_empty()));
}

fn one(mail: &str) -> Sheet {
    sheets(mail.as_bytes(), &Context::default(), &[]).remove(0)
}

/// A consumer provider's account, all checks passed, plain text, no link, nothing enclosed, the excerpt inline.
const DISCLOSURE: &str = "Received: from out1.gmail.com (out1.gmail.com [192.0.2.1]) by mx.post.example; Thu, 3 Nov 2016 14:05:11 +0100\n\
Authentication-Results: mx.post.example; spf=pass smtp.mailfrom=gmail.com; dkim=pass header.d=gmail.com; dmarc=pass header.from=gmail.com\n\
From: A citizen <citizen4711@gmail.com>\nTo: bo@post.example\nSubject: please read\nDate: Thu, 3 Nov 2016 14:05:09 +0100\n\n\
Good evening,\n\nthis came to me from somebody inside the campaign and I cannot keep it to myself. I can send the rest.\n\n\
The committee has looked at the three sites in the north and holds that the second is too near to the river to be defended.\n";

#[test]
fn the_mail_this_was_made_for() {
    let sheet = one(DISCLOSURE);
    assert_eq!((&sheet.purpose[..], sheet.grade), ("unsolicited-disclosure", Grade::Supported), "{sheet:#?}");
    assert!(triage::page(&sheet).contains("that says nothing about who holds the account"));
    assert!(sheet.route.iter().all(|s| s.trusted));
}

#[test]
fn badly_forwarded_it_is_still_known_and_what_is_gone_is_said() {
    let body = DISCLOSURE.split("\n\n").skip(1).collect::<Vec<_>>().join("\n\n");
    let mail = format!(
        "From: Bo <bo@post.example>\nTo: desk@two.example\nSubject: Fwd: please read\nDate: Fri, 4 Nov 2016 14:05:09 +0100\n\nis this spam?\n\n\
         ---------- Forwarded message ---------\nFrom: A citizen <citizen4711@gmail.com>\nSubject: please read\nTo: bo@post.example\n\n{body}"
    );
    let sheet = one(&mail);
    assert_eq!(&sheet.purpose[..], "unsolicited-disclosure", "{sheet:#?}");
    assert_eq!(sheet.from.raw(), "citizen4711@gmail.com");
    let rescued = sheet.rescued.expect("what is left");
    assert!(!rescued.ask.is_empty() && rescued.lost.iter().any(|l| l.contains("Received")));
}

#[test]
fn what_a_program_saved_says_what_is_gone() {
    let saved = include_bytes!("../../evidence/examples/saved.msg");
    let sheets = sheets(saved, &Context::default(), &[]);
    let lost: Vec<usize> = sheets.iter().map(|s| s.rescued.as_ref().map_or(0, |r| r.lost.len())).collect();
    assert_eq!(lost, [2, 1], "the outer one has no header, the one enclosed has");
    assert!(triage::page(&sheets[0]).contains("WHAT IS LEFT OF IT"));
    assert!(one("From: a@one.example\nTo: b@two.example\n\nx").rescued.is_none());
}

#[test]
fn sealed_words_are_named() {
    for (mail, says) in [
        ("Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\n\nabc", "encrypted with PGP"),
        ("Content-Type: text/plain\n\n-----BEGIN PGP SIGNED MESSAGE-----\n\nabc", "PGP signature"),
        ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nabc", "S/MIME envelope"),
        (
            "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b\n\n--b\n\nabc\n--b--",
            "S/MIME signature",
        ),
    ] {
        let sheet = one(&format!("From: a@one.example\nTo: b@two.example\nMIME-Version: 1.0\n{mail}\n"));
        assert!(sheet.not_checked.iter().any(|n| n.contains(says)), "{says}: {:?}", sheet.not_checked);
    }
    let plain = one("From: a@one.example\nTo: b@two.example\n\nI like PGP and S/MIME.");
    assert!(!plain.not_checked.iter().any(|n| n.contains("PGP") || n.contains("S/MIME")));
}

#[test]
fn results_that_the_sender_wrote_do_not_count() {
    let forged = "Received: from a.far.example (a.far.example [192.0.2.1]) by mx.two.example; Thu, 3 Nov 2016 14:05:11 +0100\n\
        Received: from pc by a.far.example; Thu, 3 Nov 2016 14:05:09 +0100\n\
        Authentication-Results: mx.two.example; dkim=pass header.d=one.example\n\
        From: Ann <ann@one.example>\nTo: bo@two.example\nSubject: x\nDate: Thu, 3 Nov 2016 14:05:09 +0100\n\nx\n";
    let sheet = one(forged);
    assert!(!seen(&sheet).contains("confirmed-sender"), "{:#?}", sheet.checks);
    assert!(sheet.checks.iter().any(|c| c.according_to == "sender-side"));
    let moved = forged.replacen("Received: from pc", "X: y\nReceived: from pc", 1);
    assert!(!seen(&one(&moved)).contains("confirmed-sender"));
}

#[test]
fn twins_stay_quiet() {
    for (what, mail) in [
        (
            "a press office",
            "From: Press <press@ministry.example>\nTo: desk@two.example\nSubject: Press release\nDate: Thu, 3 Nov 2016 14:05:09 +0100\nList-Id: <press.ministry.example>\n\nFor immediate release. The internal review is published today. Press contact: Ann\n",
        ),
        (
            "a newsletter",
            "From: News <news@one.example>\nTo: bo@two.example\nSubject: no. 7\nDate: Thu, 3 Nov 2016 14:05:09 +0100\nList-Unsubscribe: <https://one.example/leave>\n\nThis week in the garden. https://one.example/7\n",
        ),
        (
            "a quotation",
            "From: Ann <ann@two.example>\nTo: bo@two.example\nSubject: the speech\nDate: Thu, 3 Nov 2016 14:05:09 +0100\n\nBo, here is what she said in the hall yesterday:\n\nThe river has always been the border of our patience and it will be the border of our ambition as well, for as long as it flows.\n",
        ),
        (
            "a first letter",
            "From: Cy <cy7@gmail.com>\nTo: bo@two.example\nSubject: the bridge\nDate: Thu, 3 Nov 2016 14:05:09 +0100\n\nDear editor,\n\nI read your piece on the bridge and I think you are wrong about the costs. Did you ask the builders?\n\nCy\n",
        ),
    ] {
        let sheet = one(mail);
        let loud = matches!(
            &sheet.purpose[..],
            "credential-theft" | "malware-lure" | "extortion-scam" | "unsolicited-disclosure"
        );
        assert!(!loud || sheet.grade <= Grade::Weak, "{what}: {} {:?}\n{:#?}", sheet.purpose, sheet.grade, sheet.lines);
    }
}

#[test]
fn bad_input_is_bounded() {
    let deep: String =
        (0..1_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    let head = "From: a@one.example\nTo: b@two.example\nSubject: x\n";
    let fields: String = (0..300_000).map(|n| format!("X-{n}: y\n")).collect();
    let endless = format!(
        "{head}Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n{}",
        "UEsD".repeat(1_000_000)
    );
    let lies = format!("{head}Content-Type: text/html; charset=utf-16\n\n<p>verify your account</p>\u{202e}");
    for mail in [format!("{head}{deep}x"), format!("{head}{fields}\nx"), endless, lies] {
        assert!(!sheets(mail.as_bytes(), &Context::default(), &[]).is_empty());
    }
}

#[test]
fn a_protected_mailbox_is_known_at_another_house() {
    let mut context = Context::default();
    context.settings.protect = vec!["anna.berg@party.example".to_owned(), "old.friend@gmail.com".to_owned()];
    let signs = |from: &str| {
        let mail = format!("From: {from}\nTo: bo@two.example\nSubject: Hello\n\nx\n");
        let sheet = sheets(mail.as_bytes(), &context, &[]).remove(0);
        sheet.lines.iter().chain(&sheet.against).any(|l| l.sign == "look-alike-sender")
    };
    for yes in ["anna.berg@box.example", "Anna <ANNA.BERG@gmail.com>", "x@partty.example", "old.fr1end@gmail.com"] {
        assert!(signs(yes), "{yes}");
    }
    for no in ["anna.berg@party.example", "ann@box.example", "somebody@gmail.com", "old.friend@gmail.com"] {
        assert!(!signs(no), "{no}");
    }
}
