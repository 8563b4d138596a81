//! Web archives in the states they come in: packed by record, as a whole, misnamed, with damaged members and lying lengths.

use evidence::transcript;
use flate2::{Compression, write::GzEncoder};
use model::Settings;
use std::io::Write;

fn record(address: &str, body: &str) -> Vec<u8> {
    let block = format!("HTTP/1.1 200 OK\r\nServer: desk\r\nContent-Type: text/html\r\n\r\n{body}");
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-09-01T10:00:00Z\r\n\
         Content-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
    .into_bytes()
}

fn page(words: &str) -> String {
    format!("<html><title>{words}</title><p>{words} of a page that somebody kept.</p></html>")
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

fn says(bytes: &[u8]) -> Vec<String> {
    transcript(bytes, &Settings::default())
}

/// Titles of the pages read, in order.
fn titles(lines: &[String]) -> Vec<String> {
    let pages = lines.iter().filter(|l| l.trim_start().starts_with("page "));
    pages.filter_map(|l| Some(l.split("title=\"").nth(1)?.split('"').next()?.to_owned())).collect()
}

fn noted(lines: &[String], words: &str) -> bool {
    lines.iter().any(|l| l.trim_start().starts_with("note ") && l.contains(words))
}

fn three() -> Vec<Vec<u8>> {
    ["One", "Two", "Three"].iter().map(|w| record(&format!("https://{w}.example/"), &page(w))).collect()
}

#[test]
fn an_archive_says_the_same_however_it_is_packed() {
    let plain = says(&three().concat());
    assert_eq!(titles(&plain), ["One", "Two", "Three"]);
    let by_record: Vec<u8> = three().iter().flat_map(|r| gz(r)).collect();
    // Only how many bytes there are differs.
    let but_for_length = |lines: &[String]| lines[..lines.len() - 1].to_vec();
    assert_eq!(but_for_length(&says(&by_record)), but_for_length(&plain));
    assert_eq!(but_for_length(&says(&gz(&three().concat()))), but_for_length(&plain));
}

#[test]
fn a_damaged_member_costs_itself() {
    let mut members: Vec<Vec<u8>> = three().iter().map(|r| gz(r)).collect();
    let middle = members[1].len() / 2;
    members[1][middle..middle + 8].fill(0xff);
    let lines = says(&members.concat());
    assert_eq!(titles(&lines), ["One", "Three"], "{lines:#?}");
    assert!(noted(&lines, "a damaged member"));
    members[2].truncate(40);
    let lines = says(&members.concat());
    assert_eq!(titles(&lines), ["One"]);
    assert!(noted(&lines, "a damaged member") || noted(&lines, "ends inside"), "{lines:#?}");
}

#[test]
fn padding_between_members_is_passed() {
    let padded: Vec<u8> = three().iter().flat_map(|r| [gz(r), vec![0; 512]].concat()).collect();
    assert_eq!(titles(&says(&padded)), ["One", "Two", "Three"]);
}

#[test]
fn lengths_that_lie_and_headers_that_are_none_are_told() {
    let mut lying = record("https://one.example/", &page("One"));
    let text = String::from_utf8(lying.clone()).expect("text").replace("Content-Length: ", "Content-Length: 9");
    lying = text.into_bytes();
    let lines = says(&lying);
    assert!(noted(&lines, "ends inside a record"), "{lines:#?}");
    let nothing = b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec();
    let lines = says(&[nothing, record("https://two.example/", &page("Two"))].concat());
    assert_eq!(titles(&lines), ["Two"]);
    assert!(noted(&lines, "no record"));
    let huge = b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\nx".to_vec();
    assert!(noted(&says(&huge), "no record"));
}

#[test]
fn a_record_longer_than_may_be_held_is_cut_and_the_next_is_read() {
    let mut settings = Settings::default();
    settings.limits.whole = 2_000;
    let long = record("https://one.example/", &page(&"words ".repeat(2_000)));
    let lines = transcript(&[long, record("https://two.example/", &page("Two"))].concat(), &settings);
    assert!(noted(&lines, "limits.whole"), "{lines:#?}");
    assert_eq!(titles(&lines).last().map(String::as_str), Some("Two"));
}

#[test]
fn bodies_are_unpacked_and_dechunked_whatever_the_archive_left_of_it() {
    let body = page("Packed");
    let packed = gz(body.as_bytes());
    let chunks = [format!("{:x}\r\n", packed.len()).into_bytes(), packed, b"\r\n0\r\n\r\n".to_vec()].concat();
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
    for block in [[head.as_bytes(), &chunks].concat(), [head.as_bytes(), body.as_bytes()].concat()] {
        assert_eq!(titles(&says(&block)), ["Packed"]);
    }
}

/// An imitator's page often calls the outlet's its canonical one: where it was kept from counts.
#[test]
fn the_address_kept_is_believed_over_the_pages_own_word() {
    let html = "<html><link rel=canonical href=https://paper.example/a><title>x</title><p>Words.</p></html>";
    let lines = says(&record("https://papper.test/a", html));
    assert!(lines.iter().any(|l| l.contains("url=\"https://papper.test/a\"")), "{lines:#?}");
}

#[test]
fn nobody_behind_a_domain_is_taken() {
    for example in evidence::FORMATS.iter().filter(|f| ["whois", "rdap", "certificate-log"].contains(&f.card.id)) {
        for sample in example.examples {
            let all = says(sample.bytes).join("\n");
            assert!(!all.contains("A Person") && !all.contains("person@"), "{}", example.card.id);
        }
    }
}
