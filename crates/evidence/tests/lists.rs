//! Published lists at the edges: what is malformed, cyclic, huge, doubled or of another version is named and loses
//! nothing else.
#![allow(missing_docs)]

use evidence::transcript;
use model::{Limits, Settings};

fn indicator(n: u32, more: &str) -> String {
    format!(
        r#"{{"type":"indicator","spec_version":"2.1","id":"indicator--{n}","pattern":"[domain-name:value = 'evil{n}.example']","pattern_type":"stix"{more}}}"#
    )
}

fn bundle(objects: &[String]) -> String {
    format!(r#"{{"type":"bundle","id":"bundle--1","objects":[{}]}}"#, objects.join(","))
}

/// Things listed, and the notes.
fn read(text: &str) -> (usize, String) {
    let settings = Settings { limits: Limits { row: 2000, ..Limits::default() }, ..Settings::default() };
    let lines = transcript(text.as_bytes(), &settings);
    assert!(lines[0].ends_with("as stix") || lines[0].ends_with("as misp"), "{}", lines[0]);
    let listed = lines.iter().filter(|l| l.trim_start().starts_with("listed ")).count();
    (
        listed,
        lines
            .iter()
            .filter(|l| l.contains(" note ") || l.starts_with("  note"))
            .cloned()
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

#[test]
fn what_is_wrong_is_named_and_the_rest_is_read() {
    let (one, two) = (indicator(1, ""), indicator(2, ""));
    let long = indicator(1, &format!(r#","description":"{}""#, "x".repeat(3000)));
    let whole = bundle(&[one.clone(), two.clone(), indicator(3, "")]);
    let cases = [
        (bundle(&[one.clone(), one.clone(), two.clone()]), 3, "indicator--1 is there twice: both were taken"),
        (
            bundle(&[indicator(1, r#","spec_version":"3.7""#), two.clone()]),
            2,
            r#"indicator--1 says that it is STIX "3.7""#,
        ),
        (bundle(&[long, two.clone()]), 1, "object number 1 is longer than 2000 bytes"),
        (
            bundle(&[one.clone(), r#"{"type":"indicator",,}"#.to_owned(), two.clone()]),
            2,
            "object number 2 is not well formed",
        ),
        (
            bundle(&[r#"{"type":"indicator","pattern":"[domain-name:value = 'a.example']"}"#.to_owned(), two.clone()]),
            2,
            "no id of its type",
        ),
        (whole[..whole.len() - 60].to_owned(), 2, "the document ends in the middle, after 2 objects"),
        (whole.replacen("},{", "}]]},{", 1), 1, "no JSON from here on, after 1 objects"),
        (
            bundle(&[one.clone(), format!("{}1{}", r#"{"a":"#.repeat(300), "}".repeat(300))]),
            1,
            "no JSON from here on, after 1 objects",
        ),
        (bundle(&[indicator(1, r#","revoked":true"#), two.clone()]), 1, "its producer revoked"),
    ];
    for (text, listed, said) in cases {
        let (n, notes) = read(&text);
        assert_eq!(n, listed, "{said}: {notes}");
        assert!(notes.contains(said), "{said}: {notes}");
    }
}

/// References are not followed: who made whom may go round.
#[test]
fn cycles_lead_nowhere() {
    let text = bundle(&[
        indicator(1, r#","created_by_ref":"identity--a""#),
        r#"{"type":"identity","id":"identity--a","created_by_ref":"identity--a","name":"X"}"#.to_owned(),
        r#"{"type":"relationship","id":"relationship--1","source_ref":"relationship--2","target_ref":"relationship--2"}"#.to_owned(),
        r#"{"type":"relationship","id":"relationship--2","source_ref":"relationship--1","target_ref":"relationship--1"}"#.to_owned(),
    ]);
    assert_eq!(read(&text), (1, String::new()));
}

#[test]
fn versions_and_shapes() {
    let observed = r#"{"type":"observed-data","id":"observed-data--1","objects":{"0":{"type":"domain-name","value":"b.example"},"1":{"type":"file","hashes":{"MD5":"aa","SHA-256":"bb"}}}}"#;
    for (text, listed) in [
        (format!(r#"{{"type":"bundle","spec_version":"2.0","objects":[{observed}]}}"#), 3),
        (format!("[{},{}]", indicator(1, ""), indicator(2, "")), 2),
        (format!(r#"{{"more":false,"objects":[{}]}}"#, indicator(1, "")), 1),
        (r#"{"response":[{"Event":{"info":"one","Attribute":[{"type":"ip-src|port","value":"192.0.2.1|80"}]}},{"Event":{"info":"two","Attribute":[{"type":"domain|ip","value":"a.example|192.0.2.2"}]}}]}"#.to_owned(), 3),
        (r#"[{"Event":{"info":"one","Attribute":[{"type":"md5","value":"aa"}]}}]"#.to_owned(), 1),
    ] {
        let (n, notes) = read(&text);
        assert_eq!(n, listed, "{text}: {notes}");
    }
}
