//! Arbitrary words in every field of every record: nothing panics, and the same comes twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::{Address, Attachment, Document, Hop, Image, Mail, Name, Page, Passage, Post, Record};
use traces::trace;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let words: Vec<&str> = text.split('\u{1}').collect();
    let word = |n: usize| words.get(n).copied().unwrap_or("");
    let address = |n: usize| Address { name: word(n), address: word(n + 1) };
    let pairs: Vec<(&str, &str)> = words.windows(2).map(|p| (p[0], p[1])).collect();
    let enclosed = [Attachment { name: word(1), sha256: word(2), len: 1, kind: word(3), bytes, ..Attachment::EMPTY }];
    let post = Post {
        platform: word(0),
        account: word(1),
        id: word(2),
        when: None,
        text: word(3),
        reposted: word(4),
        reply_to: word(5),
        urls: &words,
        hashtags: &words,
        mentions: &words,
        media: &words,
        object: word(6),
        ..Post::default()
    };
    let to = [address(2), address(4)];
    let hops = [Hop { from: word(0), by: word(1), ip: word(2), when: None }];
    let mail = Mail {
        message_id: word(0),
        from: address(1),
        reply_to: address(3),
        to: &to,
        mailbox: word(5),
        subject: word(6),
        received: &hops,
        text: word(7),
        links: &words,
        attachments: &enclosed,
        ..Mail::default()
    };
    let page = Page {
        url: word(0),
        title: word(1),
        text: word(2),
        links: &words,
        meta: &pairs,
        loads: &words,
        code: &text,
        attachments: &enclosed,
        ..Page::default()
    };
    let passages = [Passage { label: word(0), text: word(1) }, Passage { label: word(2), text: word(3) }];
    let document = Document { passages: &passages, links: &words, sha256: word(4), ..Document::default() };
    for record in [
        Record::Post(&post),
        Record::Post(&Post { account: "a", text: &text, ..Post::default() }),
        Record::Mail(&mail),
        Record::Page(&page),
        Record::Document(&document),
        Record::Image(&Image { sha256: word(0), ..Image::default() }),
        Record::Name(&Name { domain: word(0), when: None }),
    ] {
        let mut first = Vec::new();
        trace(&record, &mut |t| first.push((t.kind, t.sort, t.actor.to_owned(), t.value.to_owned())));
        let mut again = first.iter();
        trace(&record, &mut |t| {
            let row = (t.kind, t.sort, t.actor.to_owned(), t.value.to_owned());
            assert_eq!(again.next(), Some(&row));
        });
        assert!(again.next().is_none());
    }
});
