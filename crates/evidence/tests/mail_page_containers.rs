//! Mail, pages and containers: real data is read without a bug, and bytes made to exhaust a reader do not.
#![allow(clippy::disallowed_methods)]

use evidence::{Closed, Opened, Root, Sink, read};
use model::{Code, EvidenceId, Note, Place, Quote, Record, Settings};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const MINE: &[&str] = &["gzip", "zstd", "zip", "tar", "mbox", "mhtml", "mail", "page"];

/// What a run tells, in short.
#[derive(Default)]
struct Seen {
    opened: u64,
    closed: u64,
    formats: Vec<&'static str>,
    names: Vec<String>,
    notes: Vec<(Code, String)>,
    bugs: Vec<String>,
    mails: Vec<Told>,
    pages: u64,
    unpacked: u64,
}

/// A mail's facts.
#[derive(Debug, Default, PartialEq)]
struct Told {
    from: String,
    subject: String,
    hops: usize,
    steps: usize,
    dated: usize,
    attachments: usize,
    text: String,
    links: usize,
    mailbox: String,
}

impl Seen {
    fn of(bytes: &[u8], settings: &Settings) -> Self {
        let sha256: [u8; 32] = Sha256::digest(bytes).into();
        let bytes: Arc<Vec<u8>> = Arc::new(bytes.to_vec());
        let root = Root { id: EvidenceId::of_root(&sha256), sha256, name: Quote::from("x"), bytes };
        let mut seen = Self::default();
        read(&root, settings, None, &mut seen);
        seen
    }

    fn has(&self, code: Code, words: &str) -> bool {
        self.notes.iter().any(|(c, t)| *c == code && t.contains(words))
    }
}

impl Sink for Seen {
    fn opened(&mut self, opened: &Opened) {
        self.opened += 1;
        self.formats.push(opened.format);
        self.names.push(opened.name.raw().to_owned());
    }

    fn record(&mut self, _: Place, record: &Record<'_>) {
        match record {
            Record::Mail(m) => self.mails.push(Told {
                from: m.from.address.to_owned(),
                subject: m.subject.to_owned(),
                hops: m.received.len(),
                steps: m.received.iter().filter(|h| !h.from.is_empty() || !h.by.is_empty()).count(),
                dated: m.received.iter().filter(|h| h.when.is_some()).count(),
                attachments: m.attachments.len(),
                text: m.text.to_owned(),
                links: m.links.len(),
                mailbox: m.mailbox.to_owned(),
            }),
            Record::Page(_) => self.pages += 1,
            _ => {}
        }
    }

    fn note(&mut self, note: Note) {
        let text = note.text.raw().to_owned();
        if note.code == Code::Bug {
            self.bugs.push(text.clone());
        }
        self.notes.push((note.code, text));
    }

    fn closed(&mut self, closed: &Closed) {
        self.closed += 1;
        self.unpacked += closed.sha256.map_or(0, |_| closed.bytes);
    }
}

/// The shared data, or `None` after saying so.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(folder);
    if !path.exists() {
        eprintln!("SKIPPED: ../shared/data is not here");
        return None;
    }
    Some(path)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").path()) {
            if entry.is_dir() { folders.push(entry) } else { found.push(entry) }
        }
    }
    found.sort();
    found
}

#[test]
fn real_and_malformed_mail_is_read_without_a_bug() {
    let Some(folder) = shared("mail-dev/mail") else { return };
    let mut formats = std::collections::BTreeMap::<_, u64>::new();
    for path in files(&folder) {
        let seen = Seen::of(&std::fs::read(&path).expect("readable"), &Settings::default());
        assert!(seen.bugs.is_empty(), "{}: {:?}", path.display(), seen.bugs);
        *formats.entry(seen.formats[0]).or_default() += 1;
        let real = path.to_string_lossy().contains("phishing_pot/email") || path.to_string_lossy().contains("/eml/");
        if real && path.extension().is_some_and(|e| e == "eml") && seen.formats[0] != "mail" {
            eprintln!("read as {:?}: {}", seen.formats[0], path.display());
        }
    }
    eprintln!("{formats:?}");
    assert!(formats["mail"] + formats["mbox"] > 1_200, "{formats:?}");
}

/// Fields of a CSV, quotes and all.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field).trim_end_matches('\r').to_owned());
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    rows
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn facts_of_real_phishing_agree_with_another_reader() {
    let Some(folder) = shared("mail-dev") else { return };
    let bytes = std::fs::read(folder.join("eval-mail/manifest_share.csv")).expect("readable");
    let rows = csv(&String::from_utf8_lossy(&bytes));
    let at = |name: &str| rows[0].iter().position(|c| c == name).expect("a column");
    let (path, source) = (at("path"), at("source"));
    let (domain, subject, received) = (at("from_domain"), at("subject"), at("n_received"));
    let (mut all, mut compared, mut agree, mut hops, mut steps, mut dated) = (0, [0; 3], [0; 3], 0, 0, 0);
    for row in rows[1..].iter().filter(|r| r[source] == "phishing_pot") {
        let bytes = std::fs::read(folder.join(&row[path])).expect("readable");
        let seen = Seen::of(&bytes, &Settings::default());
        let mail = seen.mails.first().expect("a mail");
        let pairs = [
            (mail.from.rsplit('@').next().unwrap_or_default().to_lowercase(), row[domain].to_lowercase()),
            (folded(&mail.subject), folded(&row[subject])),
            (mail.hops.to_string(), row[received].clone()),
        ];
        // The manifest's reader gave up on some: no domain but a word, encoded words left as they are, bytes replaced.
        let replaced = |column: usize| row[column].contains('\u{fffd}');
        let given_up =
            [!row[domain].contains('.') || replaced(domain), row[subject].contains("=?") || replaced(subject), false];
        all += 1;
        for (i, (ours, theirs)) in pairs.iter().enumerate().filter(|(i, _)| !given_up[*i]) {
            compared[i] += 1;
            let same = ours == theirs || (i == 1 && theirs.chars().count() >= 119 && ours.starts_with(theirs.as_str()));
            agree[i] += usize::from(same);
            if !same {
                eprintln!("{}: {ours:?} but the manifest says {theirs:?}", row[path]);
            }
        }
        hops += mail.hops;
        steps += mail.steps;
        dated += mail.dated;
    }
    eprintln!(
        "{all} mails; domain, subject, hops: {agree:?} of {compared:?} agree; {steps} of {hops} hops say from or by, {dated} a time"
    );
    assert!(all >= 350 && compared[0] >= 250 && compared[1] >= 200, "{all} {compared:?}");
    for (agree, compared) in agree.iter().zip(compared) {
        assert!(agree * 100 >= compared * 98, "{agree} of {compared}");
    }
    assert!(steps * 100 >= hops * 97 && dated * 100 >= hops * 97, "{steps} {dated} of {hops}");
}

#[test]
fn planted_leaks_come_out_of_mails() {
    let Some(folder) = shared("leak-dev/eval-leak/mails") else { return };
    let (mut mails, mut enclosed, mut with_words) = (0, 0, 0);
    for path in files(&folder).iter().filter(|p| p.extension().is_some_and(|e| e == "eml")) {
        let seen = Seen::of(&std::fs::read(path).expect("readable"), &Settings::default());
        assert!(seen.bugs.is_empty(), "{}: {:?}", path.display(), seen.bugs);
        assert_eq!(seen.mails.len(), 1, "{}", path.display());
        mails += 1;
        with_words += usize::from(!seen.mails[0].text.is_empty());
        let files = seen.names[1..].iter().filter(|n| n.ends_with(".txt") || n.ends_with(".docx")).count();
        assert_eq!(files, seen.mails[0].attachments, "{}: {:?}", path.display(), seen.names);
        enclosed += files;
    }
    eprintln!("{mails} mails, {with_words} with words, {enclosed} documents enclosed");
    assert!(mails > 500 && enclosed > 50 && with_words > 500, "{mails} {enclosed} {with_words}");
}

#[test]
fn real_mailboxes_are_split() {
    let Some(folder) = shared("mail-dev/mail/mimekit/UnitTests/TestData/mbox") else { return };
    for (name, least) in [("simple.mbox.txt", 3), ("unmunged.mbox.txt", 1), ("issue1189.mbox.txt", 4)] {
        let seen = Seen::of(&std::fs::read(folder.join(name)).expect("readable"), &Settings::default());
        eprintln!("{name}: {} children, {} mails", seen.opened - 1, seen.mails.len());
        assert_eq!(seen.formats[0], "mbox", "{name}");
        assert!(seen.mails.len() >= least, "{name}: {}", seen.mails.len());
    }
}

#[test]
fn mails_made_to_exhaust_a_reader() {
    let deep: String = (0..20_000)
        .map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"))
        .collect::<Vec<_>>()
        .concat();
    let nested = "Content-Type: message/rfc822\n\n".repeat(200_000);
    let never = format!(
        "Content-Type: multipart/mixed; boundary=x\n\n{}",
        "--x\nContent-Type: multipart/mixed; boundary=never\n\n".repeat(200_000)
    );
    let parts = format!("Content-Type: multipart/mixed; boundary=x\n\n{}", "--x\n\na\n".repeat(1_000_000));
    let base64 = format!("Content-Transfer-Encoding: base64\n\n{}", "AAAA".repeat(10_000_000));
    let html = |unit: &str| format!("Content-Type: text/html\n\n{}", unit.repeat(300_000));
    for (name, rest, note) in [
        ("multiparts in multiparts", deep, Some((Code::Limit, "nested more than 100 deep"))),
        ("mails in mails", nested, None),
        ("boundaries that never come", never, Some((Code::Truncated, "not closed"))),
        ("a million parts", parts, Some((Code::Limit, "only the first 10000 parts"))),
        ("base64 without end", base64, None),
        ("ten million header lines", "A:\n".repeat(10_000_000), Some((Code::Limit, "header fields"))),
        ("one endless header", format!("X: {}\n", "=?utf-8?q?".repeat(3_000_000)), None),
        ("an endless subject", format!("Subject: {}\n", "=?utf-8?b?".repeat(3_000_000)), None),
        ("recipients without end", "To: a@b.example,c@d.example,\n".repeat(4_000), None),
        ("a million commas", format!("To: {}\n", ",a".repeat(1_000_000)), Some((Code::Limit, "recipients"))),
        (
            "parentheses",
            format!("Received: from {} by x; y\nTo: {}\n", "(".repeat(3_000_000), "(".repeat(3_000_000)),
            None,
        ),
        ("open elements", html("<div><a href=x>"), Some((Code::Limit, "links"))),
        ("closing elements", html("</div></svg>"), None),
        ("half tags", html("<a <!-- &#x"), None),
        ("attributes", format!("Content-Type: text/html\n\n<a {}>", "b=c ".repeat(1_000_000)), None),
    ] {
        let mail = format!("From: a@one.example\nSubject: x\nDate: Thu, 3 Nov 2016 14:05:09 +0100\n{rest}");
        let seen = Seen::of(mail.as_bytes(), &Settings::default());
        assert!(seen.bugs.is_empty(), "{name}: {:?}", seen.bugs);
        assert_eq!((seen.formats[0], seen.opened), ("mail", seen.closed), "{name}");
        if let Some((code, words)) = note {
            assert!(seen.has(code, words), "{name}: {:?}", seen.notes);
        }
    }
}

#[test]
fn pages_made_to_exhaust_a_reader() {
    for (name, unit) in [
        ("open elements", "<div class='a b c'><a href=x>y"),
        ("menus", "<nav>"),
        ("headlines", "<h1>x</h1>"),
        ("titles", "<title>x</title>"),
        ("pictures", "<img src='data:image/png;base64,AAAA'>"),
        ("styles", "<style>data:image/data:image/</style>"),
        ("meta tags", "<meta name=a content=b><script src=c></script>"),
        ("comments", "<!-- saved from url=(0001) -->"),
        ("half tags", "<a <!-- &#x"),
    ] {
        let page = format!("<!doctype html>{}", unit.repeat(200_000));
        let seen = Seen::of(page.as_bytes(), &Settings::default());
        assert!(seen.bugs.is_empty(), "{name}: {:?}", seen.bugs);
        assert_eq!((seen.formats[0], seen.pages), ("page", 1), "{name}");
    }
}

#[test]
fn only_what_is_mail_is_taken_for_mail() {
    for (text, format) in [
        ("From: a@one.example\nSubject: x\n\nbody", "mail"),
        ("Received: from x by y\nReceived: from y by z\n\n", "mail"),
        ("\r\nReturn-Path: <a@one.example>\r\nX-Spam: no\r\nDate: today\r\n", "mail"),
        ("Subject: x\nTo: y\nDate: z\n", "mail"),
        ("From a@one.example Thu Nov  3 14:05:09 2016\nFrom: a@one.example\n\n", "mbox"),
        ("From a@one.example Thu Nov  3 14:05:09 2016\nno header\n", ""),
        ("From - \nFrom: a@one.example\n\n", "mbox"),
        ("From 1@xxx\r\nDate: x\r\n\r\n", "mbox"),
        ("Content-Type: multipart/mixed; boundary=x\n\n--x\n", "mail"),
        ("From here on, in 2016 and later, the story: goes on\nand: on", ""),
        ("Note: this is a text\nDate: today\n\n", ""),
        ("from,to,subject,date\na,b,c,2016-11-03T14:05:09Z\n", ""),
        ("HTTP/1.1 200 OK\nDate: Thu, 3 Nov 2016 14:05:09 GMT\nContent-Type: text/html\n\n", ""),
        ("Date: Thu, 3 Nov 2016 14:05:09 GMT\nServer: x\nContent-Type: text/html\n\n", ""),
        ("---\ntitle: x\ndate: 2016-11-03\nfrom: y\n---\n", ""),
        ("{\"from\": \"a\", \"subject\": \"b\"}", ""),
        ("<!-- a comment --> <!DOCTYPE HTML PUBLIC><p>x", "page"),
        ("\u{feff}<html>", "page"),
        ("<?xml version='1.0'?><rss>", ""),
        ("a < b and <html> is a tag", ""),
    ] {
        let seen = Seen::of(text.as_bytes(), &Settings::default());
        let as_ours = if MINE.contains(&seen.formats[0]) { seen.formats[0] } else { "" };
        assert_eq!(as_ours, format, "{text:?}");
    }
}

#[test]
fn a_long_mailbox_with_a_torn_mail_reads_on() {
    let mail = |n: u32| {
        format!(
            "From a@one.example Thu Nov  3 14:05:09 2016\nFrom: a@one.example\nSubject: number {n}\n\n{}\n\n",
            "words and more words\n".repeat(200)
        )
    };
    let torn = "From b@one.example Thu Nov  3 14:05:09 2016\nFrom: b@one.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nConte\n";
    let mut mbox: String = (0..3_000).map(mail).collect();
    mbox.push_str(torn);
    mbox.extend((3_000..6_000).map(mail));
    let seen = Seen::of(mbox.as_bytes(), &Settings::default());
    assert_eq!(seen.mails.len(), 6_001);
    assert_eq!(seen.mails.last().map(|m| m.subject.as_str()), Some("number 5999"));
    // One mail longer than what is held at once does not swallow the next.
    let huge = format!("{}{}{}", mail(1), mail(2).replace("more words\n", &"more ".repeat(20_000)), mail(3));
    let mut settings = Settings::default();
    settings.limits.whole = 1 << 20;
    let seen = Seen::of(huge.as_bytes(), &settings);
    assert_eq!(seen.mails.iter().map(|m| &m.subject[..]).collect::<Vec<_>>(), ["number 1", "number 2", "number 3"]);
    assert!(seen.has(Code::Limit, "limits.whole"));
    assert!(seen.unpacked > 10 << 20, "{}", seen.unpacked);
}

#[test]
fn a_source_that_was_pasted_is_a_mail_of_its_own() {
    let source = "Received: from a by b; Thu, 3 Nov 2016 14:05:11 +0100\nFrom: Cy <cy@three.example>\nDate: Thu, 3 Nov 2016 14:05:09 +0100\nSubject: Papers\n\nRead this.";
    let mail = |body: &str| {
        format!("From: bo@two.example\nTo: desk@four.example\nDate: Fri, 4 Nov 2016 14:05:09 +0100\n\n{body}\n")
    };
    let seen = Seen::of(mail(&format!("You asked for the source:\n\n{source}")).as_bytes(), &Settings::default());
    let from: Vec<&str> = seen.mails.iter().map(|m| &m.from[..]).collect();
    assert_eq!(from, ["bo@two.example", "cy@three.example"]);
    assert!(seen.names.iter().any(|n| n == "pasted source") && seen.has(Code::Info, "source of a mail"));
    for body in [
        "The line is called\nReceived: from a by b\nand stands above.",
        "From: Cy\nSent: Thursday\nSubject: Papers\n\nhello",
    ] {
        assert_eq!(Seen::of(mail(body).as_bytes(), &Settings::default()).mails.len(), 1, "{body}");
    }
}
