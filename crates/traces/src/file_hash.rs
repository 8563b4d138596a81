//! The same bytes in other hands: SHA-256 of attachments, pictures and documents; of posts the ids or hashes of media as
//! the evidence names them, in lower case.
//!
//! Reposts and empty files are left out. A hash changes with one byte: re-encoded pictures do not meet here.

use crate::sample::{DOCUMENT, Example, IMAGE, MAIL, POST, SHA};
use crate::seen::MOST;
use crate::who::lower;
use crate::{Found, Kind, MINUTE, Reads};
use model::{Attachment, Card, Mail, Post, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card { id: "file-hash", about: "shared the same file", source: "FIPS 180-4" },
    reads: Reads::POSTS.and(Reads::MAILS).and(Reads::PAGES).and(Reads::DOCUMENTS).and(Reads::IMAGES),
    window: MINUTE,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "a picture's id beside a post",
            record: Record::Post(&Post { media: &["IMG_7", "img_7"], ..POST }),
            values: &["img_7"],
        },
        Example {
            shows: "a mail's attachments, one of them empty",
            record: Record::Mail(&Mail {
                attachments: &[
                    Attachment { name: "a.pdf", sha256: SHA, len: 4, ..Attachment::EMPTY },
                    Attachment { name: "b", sha256: "e3b0c442", len: 0, ..Attachment::EMPTY },
                ],
                ..MAIL
            }),
            values: &["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
        },
        Example {
            shows: "a document",
            record: Record::Document(&DOCUMENT),
            values: &["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
        },
        Example {
            shows: "a picture",
            record: Record::Image(&IMAGE),
            values: &["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
        },
        Example {
            shows: "a repost",
            record: Record::Post(&Post { media: &["img_7"], reposted: "1", ..POST }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    match record {
        Record::Post(post) if !found.seen().copied => each(post.media.iter().copied(), found),
        Record::Mail(mail) => enclosed(mail.attachments, found),
        Record::Page(page) => enclosed(page.attachments, found),
        Record::Document(document) => each([document.sha256].into_iter(), found),
        Record::Image(image) => each([image.sha256].into_iter(), found),
        Record::Post(_) | Record::Name(_) | Record::Facts(_) | Record::Listed(_) => {}
    }
}

fn enclosed(attachments: &[Attachment<'_>], found: &mut Found<'_>) {
    each(attachments.iter().filter(|a| a.len > 0).map(|a| a.sha256), found);
}

fn each<'a>(hashes: impl Iterator<Item = &'a str>, found: &mut Found<'_>) {
    let mut hashes: Vec<_> = hashes.take(MOST).map(|hash| lower(hash.trim())).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.iter().for_each(|hash| found.own(hash));
}
