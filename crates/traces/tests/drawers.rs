//! All kinds of trace at once: examples, registry, hostile words, the same twice.
#![allow(clippy::disallowed_methods)]

use model::{
    Address, Attachment, Document, Hop, Image, KindInfo, KindNo, Mail, Name, Page, Passage, Post, Record, Sort, Trace,
    When,
};
use std::collections::BTreeSet;
use traces::{KINDS, content, infos, trace, who};

/// Modules that are no drawers.
const HELPERS: &[&str] = &[
    "acts",
    "canonical",
    "content",
    "facts",
    "host",
    "lib",
    "masked",
    "normal",
    "reads",
    "redirect",
    "sample",
    "scan",
    "seen",
    "tags",
    "who",
];

type Row = (KindNo, Sort, String, String, Option<When>);

fn rows(record: &Record<'_>) -> Vec<Row> {
    let mut out = Vec::new();
    trace(record, &mut |t: Trace<'_>| out.push((t.kind, t.sort, t.actor.to_owned(), t.value.to_owned(), t.when)));
    out
}

#[test]
fn every_example_holds() {
    for (no, kind) in KINDS.iter().enumerate() {
        assert!(
            kind.examples.iter().any(|e| e.values.is_empty()) || kind.examples.len() > 3,
            "{}: no near miss",
            kind.card.id
        );
        for example in kind.examples {
            let rows = rows(&example.record);
            let mut got: Vec<&str> = rows.iter().filter(|r| usize::from(r.0.0) == no).map(|r| r.3.as_str()).collect();
            got.sort_unstable();
            assert_eq!(got, example.values, "{}: {}", kind.card.id, example.shows);
            let actor = who(&example.record).expect(example.shows);
            assert!(rows.iter().all(|r| (r.1, r.2.as_str()) == (actor.0, actor.1.as_ref())));
        }
    }
}

/// Whoever copies a post, at whatever time: the same content, so the same traces under another name. And no two of the
/// examples have one content unless they leave the same.
#[test]
fn one_content_leaves_the_same_traces() {
    type Left = Vec<(KindNo, String)>;
    let mut known: Vec<(Vec<u8>, Left)> = vec![];
    let left = |record: &Record<'_>| rows(record).into_iter().map(|r| (r.0, r.3)).collect::<Left>();
    for example in KINDS.iter().flat_map(|k| k.examples) {
        let (mut here, mut there) = (vec![], vec![]);
        let Record::Post(post) = example.record else {
            assert!(!content(&example.record, &mut here), "{}", example.shows);
            continue;
        };
        let copy = Post { account: "somebody_else", id: "77", when: Some(When(5_000_000)), ..*post };
        assert!(content(&Record::Post(post), &mut here) && content(&Record::Post(&copy), &mut there));
        assert_eq!(here, there, "{}", example.shows);
        assert_eq!(left(&Record::Post(post)), left(&Record::Post(&copy)), "{}", example.shows);
        for (content, traces) in &known {
            assert!(*content != here || *traces == left(&example.record), "{}", example.shows);
        }
        known.push((here, left(&example.record)));
    }
}

#[test]
fn the_registry_is_the_files() {
    let files: BTreeSet<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))
        .expect("the room's files")
        .map(|f| f.expect("a file").file_name().to_string_lossy().into_owned())
        .filter_map(|f| f.strip_suffix(".rs").map(|f| f.replace('_', "-")))
        .filter(|f| !HELPERS.contains(&f.as_str()))
        .collect();
    let ids: BTreeSet<String> = KINDS.iter().map(|k| k.card.id.to_owned()).collect();
    assert_eq!(files, ids);
    assert_eq!(ids.len(), KINDS.len(), "ids are unique");
    assert_eq!(infos().len(), KINDS.len());
    for kind in KINDS {
        assert!(!kind.card.about.is_empty() && !kind.card.about.ends_with('.') && !kind.card.source.is_empty());
        assert!(kind.window.is_none_or(|w| w > 0 || w == KindInfo::CROWDS));
    }
}

#[test]
fn nothing_comes_of_nothing() {
    let records = [
        Record::Post(&Post::default()),
        Record::Mail(&Mail::default()),
        Record::Page(&Page::default()),
        Record::Document(&Document::default()),
        Record::Image(&Image::default()),
        Record::Name(&Name::default()),
    ];
    for record in records {
        assert_eq!(rows(&record), [], "{record:?}");
        assert_eq!(who(&record), None, "{record:?}");
    }
}

/// What hostile or merely odd evidence is made of.
const PIECES: &[&str] = &[
    "",
    " ",
    "\0",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{200b}",
    "\u{301}",
    "é",
    "İ",
    "ß",
    "ﷺ",
    "🙈",
    "#",
    "＃",
    "@",
    "＠",
    "#️⃣",
    "選挙",
    "http://",
    "https://",
    "www.",
    "://",
    "//",
    "/",
    "\\",
    "?",
    "&amp;",
    "&",
    "=",
    "%",
    "%F",
    "%ff",
    "+",
    ";",
    ":",
    "..",
    "/../",
    "[",
    "]",
    "(",
    ")",
    "<script>",
    "=cmd|' /C calc'!A0",
    "one.example",
    "co.uk",
    "xn--",
    "xn--a",
    "рф",
    "192.0.2.1",
    "0x7f.1",
    "[::1]",
    "localhost",
    "google.com/url?q=",
    "https://l.facebook.com/l.php?u=",
    "https://urldefense.com/v3/__",
    "https://urldefense.proofpoint.com/v2/url?u=",
    "youtu.be/",
    "utm_source=",
    "RT @ann",
    "rt @",
    "Re: ",
    "…",
    "UA-1234567-1",
    "ca-pub-",
    "fbq('init'",
    "setSiteId",
    "//x.",
    "mailto:",
    "tel:",
    "+49",
    "00",
    "1",
    "123456789",
    "a@b.example",
    "\u{e0041}",
    "\u{fdfa}",
    "A",
    "word",
    "\n",
    "IPv6:",
    "e3b0c4",
    ".",
    "-",
    "_",
    "'",
];

/// Deterministic and dull: xorshift64*.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n
    }

    fn words(&mut self) -> String {
        (0..self.below(12)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}

#[test]
fn hostile_words_in_every_field() {
    let mut dice = Dice(0x5eed);
    for _ in 0..8_000 {
        let w: Vec<String> = (0..14).map(|_| dice.words()).collect();
        for_each_record(&w, &mut |record| {
            let once = rows(record);
            assert_eq!(once, rows(record));
            let distinct: BTreeSet<_> = once.iter().map(|r| (r.0, &r.2, &r.3)).collect();
            assert_eq!(distinct.len(), once.len(), "each thing once per kind: {once:?}");
        });
    }
}

fn for_each_record(w: &[String], f: &mut dyn FnMut(&Record<'_>)) {
    let list: Vec<&str> = w.iter().skip(3).map(String::as_str).collect();
    let pairs: Vec<(&str, &str)> = list.windows(2).map(|p| (p[0], p[1])).collect();
    let (a, b, c) = (w[0].as_str(), w[1].as_str(), w[2].as_str());
    let address = Address { name: a, address: b };
    let hops = [Hop { from: a, by: b, ip: c, when: None }];
    let enclosed = [Attachment { name: a, sha256: b, len: 9, ..Attachment::EMPTY }];
    let when = Some(When(1));
    f(&Record::Post(&Post {
        platform: a,
        account: b,
        id: c,
        when,
        text: list[0],
        reposted: list[1],
        reply_to: list[2],
        urls: &list,
        hashtags: &list,
        mentions: &list,
        media: &list,
        object: list[3],
        client: list[0],
        ..Post::default()
    }));
    f(&Record::Post(&Post { account: a, text: &w.join(" "), ..Post::default() }));
    f(&Record::Mail(&Mail {
        message_id: c,
        from: address,
        reply_to: Address { name: b, address: c },
        to: &[address],
        mailbox: list[0],
        subject: list[1],
        when,
        received: &hops,
        headers: &[],
        text: list[2],
        parts: &[],
        links: &list,
        attachments: &enclosed,
        raw: b"",
    }));
    f(&Record::Page(&Page {
        url: a,
        title: b,
        when,
        text: list[4],
        links: &list,
        meta: &pairs,
        loads: &list,
        code: &w.concat(),
        attachments: &enclosed,
        ..Page::default()
    }));
    let passages = [Passage { label: a, text: b }, Passage { label: c, text: list[0] }];
    f(&Record::Document(&Document { passages: &passages, links: &list, sha256: c, ..Document::default() }));
    f(&Record::Image(&Image { sha256: a, ..Image::default() }));
    f(&Record::Name(&Name { domain: b, when }));
}

#[test]
fn long_hostile_texts_stay_bounded() {
    for piece in [
        "#a1 ",
        "@a@a.b ",
        "https://a.example/(((( ",
        "@",
        "a@",
        "((((",
        "https://",
        "www.a.b)",
        "＃",
        "+1",
        "%",
        "e\u{301}",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let list = [text.as_str()];
        let post =
            Post { account: "ann", text: &text, urls: &list, mentions: &list, hashtags: &list, ..Post::default() };
        assert!(rows(&Record::Post(&post)).len() < 1300, "{piece}");
        let page = Page {
            url: "https://one.example",
            text: &text,
            links: &list,
            loads: &list,
            code: &text,
            ..Page::default()
        };
        assert!(rows(&Record::Page(&page)).len() < 1300, "{piece}");
    }
}
