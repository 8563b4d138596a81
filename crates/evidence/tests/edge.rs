//! Posts and name lists at the edges: giant lines, torn quotes, millions of accounts, hostile words, settings.
#![allow(missing_docs)]

use evidence::{Closed, Opened, ReadAt, Root, Sink, read, transcript};
use model::{Code, EvidenceId, Note, Place, Quote, Record, Settings};
use std::io;
use std::sync::Arc;

/// Counts and keeps nothing but notes.
#[derive(Default)]
struct Count {
    records: u64,
    timed: u64,
    last: String,
    notes: Vec<(Code, u64)>,
    layout: String,
}

impl Sink for Count {
    fn opened(&mut self, _: &Opened) {}
    fn record(&mut self, _: Place, record: &Record<'_>) {
        self.records += 1;
        self.timed += u64::from(record.when().is_some());
        if let Record::Post(post) = record {
            self.last.clear();
            self.last.push_str(post.account);
        }
    }
    fn note(&mut self, note: Note) {
        self.notes.push((note.code, note.times));
    }
    fn closed(&mut self, closed: &Closed) {
        self.layout = closed.layout.terminal();
    }
}

impl Count {
    fn times(&self, code: Code) -> u64 {
        self.notes.iter().filter(|n| n.0 == code).map(|n| n.1).sum()
    }
}

fn count(bytes: Arc<dyn ReadAt>, settings: &Settings) -> Count {
    let root = Root { id: EvidenceId(1), sha256: [0; 32], name: Quote::from("x"), bytes };
    let mut sink = Count::default();
    read(&root, settings, None, &mut sink);
    sink
}

fn counted(text: &str) -> Count {
    count(Arc::new(text.as_bytes().to_vec()), &Settings::default())
}

/// A table of rows of one length, made as it is read: row `n` is `make(n)`, 40 bytes with its newline.
struct Made {
    header: &'static [u8],
    rows: u64,
    make: fn(u64, &mut [u8; 40]),
}

impl ReadAt for Made {
    fn len(&self) -> u64 {
        self.header.len() as u64 + self.rows * 40
    }

    fn read_at(&self, buf: &mut [u8], at: u64) -> io::Result<usize> {
        let (mut at, mut done, mut row) = (at, 0, [0; 40]);
        while done < buf.len() && at < self.len() {
            let rest = match at.checked_sub(self.header.len() as u64) {
                None => &self.header[at as usize..],
                Some(within) => {
                    (self.make)(within / 40, &mut row);
                    &row[(within % 40) as usize..]
                }
            };
            let n = rest.len().min(buf.len() - done);
            buf[done..done + n].copy_from_slice(&rest[..n]);
            done += n;
            at += n as u64;
        }
        Ok(done)
    }
}

fn digits(mut n: u64, into: &mut [u8]) {
    for digit in into.iter_mut().rev() {
        *digit = b'0' + (n % 10) as u8;
        n /= 10;
    }
}

const HEADER: &[u8] = b"account,id,time,text\n";

#[test]
fn two_million_accounts_with_one_post_each() {
    let make = |n: u64, row: &mut [u8; 40]| {
        row.copy_from_slice(b"a0000000,p0000000,1790841600,words    \r\n");
        digits(n, &mut row[1..8]);
        digits(n, &mut row[10..17]);
    };
    let seen = count(Arc::new(Made { header: HEADER, rows: 2_000_000, make }), &Settings::default());
    assert_eq!((seen.records, seen.timed, seen.last.as_str()), (2_000_000, 2_000_000, "a1999999"));
}

#[test]
fn one_account_with_two_million_posts() {
    let make = |n: u64, row: &mut [u8; 40]| {
        row.copy_from_slice(b"anna    ,p0000000,1790841600,\"words\"  \r\n");
        row[29..39].copy_from_slice(b"\"say, yes\"");
        row[39] = b'\n';
        digits(n, &mut row[10..17]);
    };
    let seen = count(Arc::new(Made { header: HEADER, rows: 2_000_000, make }), &Settings::default());
    assert_eq!((seen.records, seen.times(Code::Malformed)), (2_000_000, 0));
}

#[test]
fn lines_without_end() {
    let mut settings = Settings::default();
    settings.limits.row = 1 << 16;
    let giant = "x".repeat(1 << 20);
    let csv = format!("account,id,time,text\nanna,1,1790841600,a\nbertil,2,1790841600,{giant}\ndora,3,1790841600,b\n");
    let json = format!(
        "{{\"account\":\"anna\",\"id\":1,\"text\":\"a\"}}\n{{\"account\":\"bertil\",\"id\":2,\"text\":\"{giant}\"}}\n{{\"account\":\"dora\",\"id\":3,\"text\":\"b\"}}\n"
    );
    let array = format!("[{}]", json.trim_end().replace('\n', ","));
    let names = format!("one.example\n{giant}\ntwo.example\n");
    for text in [csv, json, array, names] {
        let seen = count(Arc::new(text.into_bytes()), &settings);
        assert_eq!((seen.records, seen.times(Code::Limit)), (2, 1), "{:?}", seen.notes);
    }
}

#[test]
fn a_torn_quote_costs_its_line_at_most() {
    let row = |n: usize| format!("\"a{n}\",\"p{n}\",1790841600,\"words, {n}\"\n");
    let rows = |from: usize, to: usize| (from..to).map(row).collect::<String>();
    for torn in ["\"b\",\"q\",1790841600,\"torn\n", "b,q,1790841600,\"torn\n", "\"b,q,1790841600,torn\n", "\"\n"] {
        let seen = counted(&format!("account,id,time,text\n{}{torn}{}", rows(0, 500), rows(500, 1000)));
        assert!((1000..=1001).contains(&seen.records), "{torn:?}: {} {:?}", seen.records, seen.notes);
        assert!(seen.times(Code::Malformed) >= 1, "{torn:?}");
    }
}

#[test]
fn a_torn_quote_among_rows_without_quotes() {
    let mut settings = Settings::default();
    settings.limits.row = 1 << 14;
    let rows: String = (0..5000).map(|n| format!("a{n},p{n},1790841600,words {n}\n")).collect();
    let text = format!("account,id,time,text\n{rows}b,q,1790841600,\"torn\n{rows}");
    let seen = count(Arc::new(text.into_bytes()), &settings);
    assert_eq!((seen.records, seen.last.as_str()), (10_001, "a4999"), "{:?}", seen.notes);
}

/// Quotes set so that every line seems to open one that the next seems to close: must stay linear.
#[test]
fn quotes_that_never_settle_stay_cheap() {
    let text = format!("account,id,time,text\nanna,1,1790841600,a\n{}", "a\",1,\"c\n".repeat(2_000_000));
    assert!(counted(&text).times(Code::Malformed) > 0);
    let text = format!("account,id,time,text\nanna,1,1790841600,\"{}", "a\"b".repeat(2_000_000));
    assert!(counted(&text).records >= 1 || counted(&text).times(Code::Limit) > 0);
}

#[test]
fn nothing_but_nul_or_blank() {
    for bytes in
        [vec![0; 100_000], b"\n".repeat(1000), b" ".repeat(100), b"\xef\xbb\xbf".to_vec(), b"\xff\xfe".to_vec()]
    {
        let seen = count(Arc::new(bytes), &Settings::default());
        assert_eq!((seen.records, seen.times(Code::Unrecognised)), (0, 1), "{:?}", seen.notes);
    }
    // A table whose end was never written: the disk filled it with NULs.
    let text = format!("account,id,time,text\nanna,1,1790841600,a\n{}", "\0".repeat(100_000));
    let bytes = text.into_bytes();
    let seen = count(Arc::new(bytes), &Settings::default());
    assert!(seen.times(Code::Unrecognised) + seen.times(Code::Malformed) > 0, "{:?}", seen.notes);
}

#[test]
fn deep_nesting() {
    for text in [
        format!(
            "{{\"account\":\"a\",\"id\":\"1\",\"text\":{}}}\n{{\"account\":\"b\",\"id\":\"2\",\"text\":\"x\"}}\n",
            "[".repeat(500_000)
        ),
        format!("[{{\"account\":\"a\",\"id\":{}", "{\"a\":".repeat(300_000)),
        format!("{{\"posts\":[{{\"account\":\"a\",\"text\":\"x\"}}],\"x\":{}", "[".repeat(300_000)),
        format!("{{\"a\":{}", "{\"a\":".repeat(300_000)),
    ] {
        let seen = counted(&text);
        let noted = seen.notes.iter().filter(|n| n.0.incomplete()).count();
        assert!(noted > 0 && seen.times(Code::Bug) == 0, "{:?}", seen.notes);
    }
}

#[test]
fn absurd_times_keep_their_posts() {
    let times = [
        "",
        "0",
        "-5",
        "yesterday",
        "1812-06-24",
        "2999-01-01T00:00:00Z",
        "1e308",
        "NaN",
        "2026-02-30",
        "99999999999999",
    ];
    let rows: String = times.iter().enumerate().map(|(n, t)| format!("anna,p{n},{t},words\n")).collect();
    let good: String = (0..20).map(|n| format!("anna,q{n},2026-10-01T08:00:00Z,words\n")).collect();
    let seen = counted(&format!("account,id,time,text\n{good}{rows}"));
    assert_eq!((seen.records, seen.timed, seen.times(Code::Time)), (30, 20, times.len() as u64));
}

const HOSTILE: &str = "\u{1b}[31m=cmd|' /C calc'!A0 \u{202e}<script>alert(1)</script>| # x";

#[test]
fn hostile_words_in_every_field() {
    let json = serde_json::json!({"account": HOSTILE, "id": HOSTILE, "time": HOSTILE, "text": HOSTILE, "urls": [HOSTILE], "platform": HOSTILE});
    let csv = format!("account,id,time,text,urls,platform\n{}\n", [HOSTILE; 6].join(","));
    for text in [csv, format!("{json}\n{json}\n"), format!("[{json}]")] {
        let says = transcript(text.as_bytes(), &Settings::default());
        assert!(says.iter().any(|l| l.trim_start().starts_with("post ") && l.contains("<script>")), "{says:?}");
        assert!(!says.iter().any(|l| l.contains('\u{1b}') || l.contains('\u{202e}')), "{says:?}");
    }
}

#[test]
fn settings_name_the_columns() {
    let mut settings = Settings::default();
    settings.posts.columns.account = "x1".to_owned();
    settings.posts.columns.text = "X3".to_owned();
    let csv = b"x1,x2,x3\nanna,1,words here\nbertil,2,more words\n".to_vec();
    let seen = count(Arc::new(csv.clone()), &settings);
    assert_eq!((seen.records, seen.last.as_str()), (2, "bertil"), "{:?}", seen.notes);
    assert!(seen.layout.starts_with("account = x1, text = x3"), "{}", seen.layout);
    settings.posts.columns.account = "nobody".to_owned();
    let says = transcript(&csv, &settings);
    let told =
        says.iter().find(|l| l.contains("no column \"nobody\" for account (posts.columns); there are: x1, x2, x3"));
    assert!(told.is_some_and(|l| l.contains("note malformed")), "{says:?}");
}

#[test]
fn settings_name_paths_in_json() {
    let mut settings = Settings::default();
    settings.posts.columns.account = "who.nick".to_owned();
    settings.posts.columns.text = "said".to_owned();
    let lines = "{\"who\":{\"nick\":\"anna\"},\"said\":\"yes\"}\n{\"who\":{\"nick\":\"bertil\"},\"said\":\"no\"}\n";
    let seen = count(Arc::new(lines.as_bytes().to_vec()), &settings);
    assert_eq!((seen.records, seen.last.as_str()), (2, "bertil"), "{:?}", seen.notes);
    // On top of a shape that is known.
    settings.posts.columns.account = "user.name".to_owned();
    settings.posts.columns.text = String::new();
    let tweet = "{\"id_str\":\"1\",\"text\":\"x\",\"created_at\":\"Wed Oct 10 20:20:19 +0000 2018\",\"user\":{\"screen_name\":\"a\",\"name\":\"Anna\"}}\n";
    assert_eq!(count(Arc::new(tweet.as_bytes().to_vec()), &settings).last, "Anna");
    settings.posts.columns.account = "user.nobody".to_owned();
    let says = transcript(tweet.as_bytes(), &settings);
    assert!(says.iter().any(|l| l.contains("note malformed") && l.contains("no path \"user.nobody\"")), "{says:?}");
}

/// Other sorts of text must be left to other formats.
#[test]
fn what_is_neither_posts_nor_names() {
    for text in [
        "Dear all,\nthe meeting is at 10:00, bring cake, tea, and milk.\nYours,\nAnna\n",
        "From: anna@one.example\nTo: bertil@two.example\nSubject: cake, tea\n\nHello\n",
        "<html><head><title>x</title></head><body>one, two, three</body></html>\n",
        "# Title\n\nSome words, and some more.\n\n- one\n- two\n",
        "just one line of words",
        "{not json at all}",
        "[1, 2, 3]",
        "key = \"value\"\nother = [1, 2]\n",
    ] {
        let says = transcript(text.as_bytes(), &Settings::default());
        let ours = ["posts-csv", "posts-json", "posts-jsonl", "name-list"];
        assert!(!ours.iter().any(|id| says[0].ends_with(&format!("as {id}"))), "{text:?}: {}", says[0]);
    }
}
