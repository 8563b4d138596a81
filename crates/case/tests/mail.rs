//! Mails in a case: what is found in them, and their innocent twins, which are left alone.
#![allow(clippy::disallowed_methods)] // tests touch disk

use case::{Case, Inputs, Run};
use model::{Confidence, Dossier, Settings, When};
use std::path::Path;

const MEMO: &str = "The board agreed on Thursday to close the second branch office before the end of the quarter. Nobody \
                    outside this room hears of it until the tenants have been told in person, and the works council is to \
                    be informed on the day itself and not an hour earlier than that.";
const SPEECH: &str = "We will not be a party that closes the doors of its own houses, for a house without people in it is \
                      a pile of stones, and we have been builders in this valley for as long as anybody can remember.";

fn run() -> Run<'static> {
    Run::quiet(When(1_767_225_600_000_000))
}

fn key() -> leaks::Key {
    leaks::Key::new([7; 32])
}

/// A seal of the memo and of a speech that was given in public.
fn seal() -> Vec<u8> {
    let key = key();
    let mut sealer = leaks::Sealer::new(&key);
    sealer.background(SPEECH);
    sealer.add("branches", MEMO, &[]).expect("short");
    sealer.add("draft of the speech", SPEECH, &[]).expect("short");
    sealer.seal().seal.write(&key).expect("small")
}

/// A mail that reached `to` through that house's server, which found all checks passed.
fn mail(from: &str, to: &str, day: u32, extra: &str, subject: &str, words: &str) -> String {
    let house = |address: &str| address.trim_end_matches('>').rsplit('@').next().unwrap_or_default().to_owned();
    let (theirs, ours) = (house(from), house(to));
    format!(
        "Delivered-To: {to}\nReceived: from out.{theirs} (out.{theirs} [192.0.2.9]) by mx.{ours}; Mon, {day} Jun 2026 10:00:05 +0000\n\
         Authentication-Results: mx.{ours}; spf=pass smtp.mailfrom={theirs}; dkim=pass header.d={theirs}; dmarc=pass header.from={theirs}\n\
         From: {from}\nTo: {to}\nSubject: {subject}\nDate: Mon, {day} Jun 2026 10:00:00 +0000\nMessage-ID: <{day}.{}@{theirs}>\n{extra}\
         Content-Type: text/plain; charset=utf-8\n\n{words}\n",
        model::hex16(model::hash64(format!("{from}{to}{subject}").as_bytes()))
    )
}

fn investigate(mails: &[String], protect: &[&str], sealed: bool) -> (Dossier, tempfile::TempDir) {
    let dir = tempfile::tempdir().expect("a folder");
    let evidence = dir.path().join("evidence");
    std::fs::create_dir(&evidence).expect("made");
    for (n, mail) in mails.iter().enumerate() {
        std::fs::write(evidence.join(format!("{n:03}.eml")), mail).expect("written");
    }
    let mut settings = Settings::default();
    settings.mail.protect = protect.iter().map(|p| (*p).to_owned()).collect();
    let mut case = Case::make(&dir.path().join("case"), &settings, run().now).expect("a case");
    if sealed {
        case.hold(seal(), key()).expect("our seal");
    }
    (case.investigate(Inputs { paths: vec![evidence], stdin: None }, &run()).expect("a dossier"), dir)
}

fn kinds(dossier: &Dossier) -> Vec<&str> {
    dossier.findings.iter().map(|f| f.kind.as_str()).collect()
}

fn disclosure() -> String {
    let words = format!("Hello,\n\nthis came to me from somebody inside. Word for word:\n\n{MEMO}\n\nA citizen");
    mail("citizen77@box.example", "tips@paper.example", 9, "", "what they say", &words)
}

fn lure() -> String {
    let html = "<p>Dear user, your password expires today. Confirm your account now:</p>\
                <p><a href=\"http://party-login.test/renew?u=chair@party.example\">https://mail.party.example/</a></p>";
    mail("IT desk <it@partty.example>", "chair@party.example", 3, "", "Your password expires today", html)
        .replace("text/plain", "text/html")
}

#[test]
fn an_excerpt_that_nobody_asked_for_is_found_with_the_seal() {
    let (dossier, dir) = investigate(&[disclosure()], &["party.example"], true);
    let of = |kind: &str| dossier.findings.iter().find(|f| f.kind == kind);
    let excerpt = of("sealed-excerpt").expect("the excerpt");
    assert_eq!(excerpt.confidence, Confidence::High, "{excerpt:#?}");
    assert!(excerpt.witnesses.get()[0].quote.raw().contains("close the second branch office"));
    let disclosed = of("unsolicited-disclosure").expect("the disclosure");
    assert!(disclosed.confidence >= Confidence::Moderate && !disclosed.tables.is_empty(), "{disclosed:#?}");
    assert!(of("phish").is_none() && of("look-alike-sender").is_none(), "{:?}", kinds(&dossier));

    // Whoever has the case but neither seal nor key can make all of it again.
    let case = Case::open(&dir.path().join("case")).expect("the case");
    let verified = case.verify(&run()).expect("verified");
    assert!(verified.holds(), "{:?}", verified.checks);
    let ledger = std::fs::read_to_string(dir.path().join("case/ledger.jsonl")).expect("the ledger");
    assert!(!ledger.contains(key().write().trim()));
}

#[test]
fn a_phish_from_a_like_name_is_two_findings() {
    let (dossier, _dir) = investigate(&[lure()], &[], false);
    let kinds = kinds(&dossier);
    assert!(kinds.contains(&"phish") && kinds.contains(&"look-alike-sender"), "{kinds:?}");
    let phish = dossier.findings.iter().find(|f| f.kind == "phish").expect("the phish");
    let title = |t: &str| phish.tables.iter().any(|table| table.title == t);
    for heading in ["The mails", "Evidence in the first of them", "Not checked", "What would overturn it"] {
        assert!(title(heading), "no table {heading}");
    }
}

#[test]
fn a_mail_of_a_case_has_a_sheet() {
    let (dossier, dir) = investigate(&[disclosure(), lure()], &[], true);
    let case = Case::look(&dir.path().join("case")).expect("the case");
    let phish = dossier.findings.iter().find(|f| f.kind == "phish").expect("the phish");
    let mail = phish.witnesses.get()[0].place.evidence.to_string();
    let shown = case.show(&mail, &run()).expect("shown");
    assert_eq!(shown.sheets.iter().map(|s| s.purpose.as_str()).collect::<Vec<_>>(), ["credential-theft"]);
    let id = shown.sheets[0].message_id.raw().to_owned();
    let by_id = case.show(&format!("<{id}>"), &run()).expect("shown by its Message-ID");
    assert_eq!(by_id.sheets, shown.sheets);
    let disclosed = case.show("e:", &run());
    assert!(disclosed.is_err(), "a beginning that two share");
    assert!(case.show("nobody@nowhere.example", &run()).is_err());
}

#[test]
fn a_seal_taken_later_counts_and_can_be_taken_back() {
    let (dossier, dir) = investigate(&[disclosure()], &[], false);
    assert!(!kinds(&dossier).contains(&"sealed-excerpt"));
    let mut case = Case::open(&dir.path().join("case")).expect("the case");
    case.hold(seal(), key()).expect("our seal");
    let dossier = case.investigate(Inputs::default(), &run()).expect("a dossier");
    assert!(kinds(&dossier).contains(&"sealed-excerpt"));
    let lines = case.ledger().lines().len();
    case.hold(seal(), key()).expect("our seal");
    case.investigate(Inputs::default(), &run()).expect("the same again");
    assert_eq!(case.ledger().lines().len(), lines, "nothing new was done");
    case.undo(&run()).expect("the check is taken back");
    assert!(!kinds(&case.dossier().expect("a dossier")).contains(&"sealed-excerpt"));
    assert!(case.hold(seal(), leaks::Key::new([8; 32])).is_err(), "another key");
}

#[test]
fn evidence_that_came_after_the_check_is_said_not_to_have_been_checked() {
    let (_, dir) = investigate(&[disclosure()], &[], true);
    let more = dir.path().join("more.eml");
    std::fs::write(&more, mail("a@b.example", "tips@paper.example", 11, "", "hello", "nothing much")).expect("written");
    let mut case = Case::open(&dir.path().join("case")).expect("the case");
    let dossier = case.investigate(Inputs { paths: vec![more], stdin: None }, &run()).expect("a dossier");
    assert!(kinds(&dossier).contains(&"sealed-excerpt"), "what was checked still counts");
    assert!(
        dossier.method.remarks.iter().any(|r| r.contains("not held against the leak seal")),
        "{:?}",
        dossier.method.remarks
    );
}

/// Mail that shares something with the guilty ones and is innocent.
fn twins() -> Vec<(&'static str, Vec<String>)> {
    let letter =
        "List-Unsubscribe: <https://weekly.example/leave>\nList-Id: <letter.weekly.example>\nPrecedence: bulk\n";
    let list = "List-Id: <builders.lists.example>\nList-Post: <mailto:builders@lists.example>\nPrecedence: list\n";
    let asked =
        mail("desk@paper.example", "ann@union.example", 4, "", "the branch office", "Could you send me the minutes?");
    let id = asked.split("Message-ID: ").nth(1).and_then(|r| r.lines().next()).unwrap_or_default().to_owned();
    let answer = format!("In-Reply-To: {id}\nReferences: {id}\n");
    vec![
        (
            "newsletter",
            vec![mail(
                "Weekly <news@weekly.example>",
                "chair@party.example",
                1,
                letter,
                "Weekly no. 12",
                "This week: what the board said, what the council decided. Read on: https://weekly.example/issues/12\nLeave: https://weekly.example/leave",
            )],
        ),
        (
            "press office",
            vec![mail(
                "Press office <press@ministry.example>",
                "desk@paper.example",
                2,
                "",
                "Press release: minister opens bridge",
                "FOR IMMEDIATE RELEASE\n\nThe minister opened the bridge today. Documents are enclosed on our site.\n\nPress contact: +1 555 0100",
            )],
        ),
        (
            "mailing list",
            vec![mail(
                "Bo <bo@home.example>",
                "builders@lists.example",
                3,
                list,
                "[builders] minutes of the meeting",
                "Below are the minutes that were passed round on Thursday, confidential until the next meeting.",
            )],
        ),
        (
            "forwarded thread",
            vec![
                asked,
                mail(
                    "ann@union.example",
                    "desk@paper.example",
                    5,
                    &answer,
                    "Re: the branch office",
                    "As asked, the minutes in confidence:\n\n---------- Forwarded message ----------\nFrom: Cy <cy@union.example>\nSubject: minutes\n\nThe internal minutes of the board, strictly confidential.",
                ),
            ],
        ),
        (
            "a colleague who quotes a public speech",
            vec![mail(
                "bo@paper.example",
                "desk@paper.example",
                6,
                "",
                "for tomorrow",
                &format!("From the chair's speech of last night:\n\n> {SPEECH}\n\nWorth a line?"),
            )],
        ),
        (
            "an authorised tip",
            vec![mail(
                "Press <press@party.example>",
                "tips@paper.example",
                7,
                "",
                "for your report",
                &format!("As agreed on the phone, the decision in full, cleared by the board:\n\n{MEMO}"),
            )],
        ),
    ]
}

#[test]
fn twins_are_left_alone() {
    for (name, mails) in twins() {
        let (dossier, _dir) = investigate(&mails, &["party.example"], true);
        let told = ["phish", "look-alike-sender", "unsolicited-disclosure", "sealed-excerpt"];
        let loud: Vec<_> = dossier.findings.iter().filter(|f| told.contains(&f.kind.as_str())).collect();
        assert!(loud.is_empty(), "{name}: {loud:#?}");
    }
}

#[test]
fn a_post_and_a_page_that_carry_it_are_found() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = |name: &str, words: String| std::fs::write(Path::new(dir.path()).join(name), words).expect("written");
    let quoted = &MEMO[..180];
    file(
        "posts.csv",
        format!(
            "account,time,text\nann,2026-06-09T10:00:00Z,\"{quoted}\"\nbo,2026-06-09T11:00:00Z,\"nothing of it\"\n"
        ),
    );
    file(
        "page.html",
        format!(
            "<html><head><link rel=canonical href=\"https://odd-news.example/a\"></head><body><article><h1>Doors</h1><p>{MEMO}</p><p>{SPEECH}</p></article></body></html>"
        ),
    );
    file("branches.txt", MEMO.to_owned());
    let case_dir = tempfile::tempdir().expect("a folder");
    let mut case = Case::make(&case_dir.path().join("case"), &Settings::default(), run().now).expect("a case");
    case.hold(seal(), key()).expect("our seal");
    let inputs = Inputs { paths: vec![dir.path().to_path_buf()], stdin: None };
    let dossier = case.investigate(inputs, &run()).expect("a dossier");
    let found = dossier.findings.iter().find(|f| f.kind == "sealed-excerpt").expect("the excerpt");
    assert!(found.title.contains("1 post") && found.title.contains("1 page"), "{}", found.title);
    assert!(!found.title.contains("1 document"), "{}", found.title);
    assert!(found.observed.contains("left out"), "the owner's own copy: {}", found.observed);
}

#[test]
fn threats_to_one_account_belong_together_and_innocent_talk_of_money_is_left_alone() {
    // Made of bytes 7 throughout: nobody's.
    let wallet = "1eA9ctCNq41iLLnQErtTUVdxpRyZ9hZmW";
    let threat = format!(
        "I have hacked your device and recorded you. You have 48 hours to pay 900 USD to my bitcoin wallet {wallet}. \
         Otherwise I will send the video to all your contacts."
    );
    let invoice = format!(
        "Our invoice over 0.02 BTC is attached. Payment within 14 days to bitcoin address {wallet}. Kindly contact our \
         accounts officer for the bank account details. The total is EUR 12,400.00."
    );
    let appeal = format!(
        "Dear friend, with the United Nations we raised 2 million dollars for orphans. Give by wire transfer or to {wallet}; \
         for a receipt send your full name and home address. God bless you."
    );
    let paper = format!(
        "Hundreds of readers got mails that say \u{201c}I have hacked your device\u{201d} and demand 900 dollars in bitcoin. The \
         senders claim to have intimate videos and threaten to send the video to all contacts. Do not pay. The wallet {wallet} \
         has received 3 bitcoin so far. The late client of another victim left 12 million dollars to no next of kin."
    );
    let to = "ann@paper.example";
    let mails = [
        mail("a@box.example", to, 1, "", "your account", &threat),
        mail("b@post.example", to, 2, "", "payment", &threat),
        mail("accounts@supplier.example", to, 3, "", "Invoice 771", &invoice),
        mail("appeal@relief.example", to, 4, "", "Winter appeal", &appeal),
        mail("desk@daily.example", to, 5, "", "A wave of threats", &paper),
    ];
    let (dossier, _dir) = investigate(&mails, &[], false);
    let found: Vec<_> = dossier.findings.iter().filter(|f| f.kind == "extortion").collect();
    assert_eq!(found.len(), 1, "{:?}", kinds(&dossier));
    assert_eq!((found[0].actors.len(), found[0].confidence), (2, Confidence::High), "{}", found[0].because);
}

#[test]
fn senders_are_verified_again_with_records_that_somebody_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    let (eml, dns) = (dir.path().join("a.eml"), dir.path().join("kept.txt"));
    let words = "Hello, I write about the meeting.";
    let written = mail("ann@box.example", "bo@paper.example", 9, "Return-Path: <ann@box.example>\n", "hello", words);
    std::fs::write(&eml, written.replace("spf=pass", "spf=none")).expect("written");
    std::fs::write(&dns, "box.example TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n").expect("written");
    let mut case = Case::make(&dir.path().join("case"), &Settings::default(), run().now).expect("a case");
    let word = dir.path().join("word.txt");
    std::fs::write(&word, "word\n").expect("written");
    let bad = case.verify_senders_with(std::slice::from_ref(&word)).expect_err("no archive");
    assert!(bad.to_string().contains("word.txt"), "{bad}");
    case.verify_senders_with(std::slice::from_ref(&dns)).expect("an archive");
    let early = case.investigate(Inputs { paths: vec![eml.clone()], stdin: None }, &run()).expect_err("not sealed yet");
    assert!(early.to_string().contains("[mail] dns"), "{early}");
    let dossier = case.investigate(Inputs { paths: vec![eml, dns], stdin: None }, &run()).expect("a dossier");
    let line = dossier.evidence.iter().find(|e| e.format == "mail").expect("read as a mail");
    let shown = case.show(&line.id, &run()).expect("shown");
    let sheet = &shown.sheets[0];
    let spf = sheet.checks.iter().find(|c| c.method == "spf" && c.according_to == "dns-archive");
    assert_eq!(spf.map(|c| c.result.as_str()), Some("pass"), "{:?}", sheet.checks);
    assert!(case.verify(&run()).expect("verified").holds());
}
