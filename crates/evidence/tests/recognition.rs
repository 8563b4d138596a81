//! Which drawer takes which bytes, now that all of them are asked.
#![allow(missing_docs)]

use evidence::{FORMATS, Head, recognise, transcript};
use model::Settings;

/// Id of the format that takes these bytes; empty where none does.
fn taken(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(Head::SIZE)];
    recognise(&Head::new(head, head.len() == bytes.len())).map_or("", |f| f.card.id)
}

#[test]
fn every_example_is_taken_by_its_own_drawer() {
    for format in FORMATS {
        for example in format.examples {
            assert_eq!(taken(example.bytes), format.card.id, "{}", example.name);
        }
    }
}

/// Bytes that more than one drawer could want, and the one that must have them.
const TRICKY: &[(&str, &str, &str)] = &[
    ("nothing", "", ""),
    ("white space", " \r\n\t\n", ""),
    ("NULs", "\0\0\0\0", ""),
    ("one word", "hello", "text"),
    ("a name", "one.example\n", "name-list"),
    (
        "a table with the names of mail's fields",
        "From,To,Subject,Date\na@one.example,b@one.example,Vote,2016-11-03\nb@one.example,a@one.example,No,2016-11-04\n",
        "posts-csv",
    ),
    (
        "a table whose cells look like mail's fields",
        "account,id,time,text\nanna,1,2016-11-03T14:05:09Z,\"From: a@one.example\nTo: b@one.example\nSubject: x\"\n",
        "posts-csv",
    ),
    (
        "a mail whose body is a table",
        "From: a@one.example\nSubject: the table\n\naccount,id,time,text\nanna,1,2016-11-03T14:05:09Z,Vote\n",
        "mail",
    ),
    (
        "a mail whose body is JSON",
        "From: a@one.example\nTo: b@one.example\n\n{\"account\":\"anna\",\"text\":\"Vote\"}\n",
        "mail",
    ),
    (
        "a mail whose body is a page",
        "From: a@one.example\nDate: Thu, 3 Nov 2016 14:05:09 +0100\nContent-Type: text/html\n\n<!doctype html><p>x",
        "mail",
    ),
    ("a page about a mail", "<!doctype html><pre>From: a@one.example\nSubject: x\n\n</pre>", "page"),
    (
        "markup from the middle of a mail",
        "<div dir=\"ltr\">Vote <a href=\"https://one.example/\">here</a><br></div>\n",
        "page",
    ),
    ("a table as markup", "<table border=0>\n<tr><td>Vote</td></tr>\n</table>", "page"),
    ("a comparison", "<3 you all, a < b and b > c", "text"),
    ("an address in angle brackets", "<a@one.example> wrote:\n> Vote\n", "text"),
    ("rich text behind an empty line", "\r\n{\\rtf1\\ansi Vote\\par}", "rtf"),
    (
        "a manifest",
        "{\n  \"name\": \"x\",\n  \"version\": \"1.0.0\",\n  \"description\": \"a tool that does it\",\n  \"author\": \"anna\",\n  \"scripts\": {\"test\": \"y\"},\n  \"contributors\": [{\"name\": \"bertil\", \"email\": \"b@one.example\"}]\n}\n",
        "text",
    ),
    ("a configuration on one line", "{\"compilerOptions\":{\"strict\":true},\"include\":[\"src\"]}", "text"),
    ("a post by itself", "{\"account\":\"anna\",\"id\":\"1\",\"text\":\"Vote\"}", "posts-jsonl"),
    (
        "posts on lines",
        "{\"account\":\"anna\",\"text\":\"Vote\"}\n{\"account\":\"bertil\",\"text\":\"No\"}\n",
        "posts-jsonl",
    ),
    ("an array of posts", "[{\"account\":\"anna\",\"text\":\"Vote\"}]", "posts-json"),
    ("posts within an object", "{\"posts\":[{\"account\":\"anna\",\"id\":\"1\",\"text\":\"Vote\"}]}", "posts-json"),
    ("an array of words", "[\"a\", \"b\"]", "text"),
    ("names on JSON lines", "{\"domain\":\"one.example\"}\n{\"domain\":\"two.example\"}\n", "name-list"),
    ("braces in words", "{this is no JSON}", "text"),
    (
        "Markdown",
        "# x\n\n[![build](https://one.example/x.svg)](https://one.example/)\n\n## Use\n\n* one\n* two, three\n",
        "text",
    ),
    ("Markdown with fields in front", "---\ntitle: x\ndate: 2016-11-03\nauthor: anna\n---\n\n# x\n", "text"),
    (
        "a licence",
        "MIT License\n\nCopyright (c) 2016 anna\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\nof this software, to deal, without restriction, in it\n",
        "text",
    ),
    (
        "an appointment",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Vote\r\nDTSTART:20161108T080000Z\r\nORGANIZER:mailto:a@one.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        "text",
    ),
    ("a card", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nEMAIL:a@one.example\r\nEND:VCARD\r\n", "text"),
    (
        "settings of a telephone",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict><key>URL</key><string>https://one.example/</string></dict></plist>\n",
        "text",
    ),
    ("XML", "<?xml version='1.0'?><rss><title>x</title></rss>", "text"),
    (
        "a signature",
        "-----BEGIN PGP SIGNATURE-----\nVersion: GnuPG v1.0.7 (GNU/Linux)\nComment: For info see https://one.example\n\niD8DBQE9fY0jQ3BYPz1LcfoRAnGZAJ9Yc8Xk3c\n=LxRs\n-----END PGP SIGNATURE-----\n",
        "text",
    ),
    (
        "a signed message",
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nVote\n-----BEGIN PGP SIGNATURE-----\n",
        "text",
    ),
    (
        "a report of delivery",
        "Reporting-MTA: dns; one.example\n\nFinal-Recipient: rfc822; a@one.example\nAction: failed\nStatus: 5.1.1\n",
        "text",
    ),
    ("a log", "2016-11-03 14:05:09 INFO started\n2016-11-03 14:05:10 WARN late, very late\n", "text"),
    ("a letter", "Dear all,\n\nplease vote, early, and often.\n\nAnna\n", "text"),
    ("a letter of even commas", "one, two, three\nfour, five, six\nseven, eight, nine\n", "posts-csv"),
    ("a programme", "import os, sys\n\ndef main(a, b):\n    return a + b\n", "text"),
    ("a patch", "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b\n", "text"),
];

#[test]
fn tricky_bytes_go_where_they_belong() {
    let found: Vec<_> = TRICKY.iter().map(|(name, bytes, _)| (*name, taken(bytes.as_bytes()))).collect();
    let wrong: Vec<_> = found.iter().zip(TRICKY).filter(|(found, (.., wanted))| found.1 != *wanted).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_empty_is_read_whole() {
    let says = transcript(b"", &Settings::default());
    assert_eq!(says[1], "  note info all empty ×1");
    let says = transcript(b"\0\x01", &Settings::default());
    assert_eq!(says[1], "  note unrecognised all no format recognised this: sealed and listed, not read ×1");
}
