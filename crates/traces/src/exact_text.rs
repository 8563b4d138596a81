//! The same words, however dressed (see `normal`): posts but no reposts, mails, pages, whole documents.
//!
//! Only where there are enough words that chance is unlikely; greetings and one-word cheers leave no trace. Blind to
//! paraphrase, and to texts that begin alike but are longer than 64 KiB.

use crate::sample::{Example, MAIL, POST};
use crate::{Found, Kind, MINUTE, Reads};
use model::{Card, Document, Mail, Post, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "exact-text",
        about: "wrote the same words",
        source: "coordination-network-toolkit (QUT), co_tweet; UAX 15",
    },
    reads: Reads::POSTS.and(Reads::MAILS).and(Reads::PAGES).and(Reads::DOCUMENTS),
    window: MINUTE,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "@bob They DON'T want you to know! https://one.example",
            record: Record::Post(&Post { text: "@bob They DON'T want you to know! https://one.example", ..POST }),
            values: &["they dont want you to know"],
        },
        Example {
            shows: "明日の選挙は投票しましょう！",
            record: Record::Post(&Post { text: "明日の選挙は投票しましょう！", ..POST }),
            values: &["明日の選挙は投票しましょう"],
        },
        Example {
            shows: "a mail",
            record: Record::Mail(&Mail { text: "Dear voter,\n\nyour polling place has moved.", ..MAIL }),
            values: &["dear voter your polling place has moved"],
        },
        Example {
            shows: "Good morning @all",
            record: Record::Post(&Post { text: "Good morning @all", ..POST }),
            values: &[],
        },
        Example {
            shows: "RT @bob: They don't want you to know",
            record: Record::Post(&Post { text: "RT @bob: They don't want you to know", ..POST }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let joined;
    let text = match record {
        Record::Post(post) if !found.seen().copied => post.text,
        Record::Mail(mail) => mail.text,
        Record::Page(page) => page.text,
        Record::Document(document) => {
            joined = beginning(document);
            &joined
        }
        _ => return,
    };
    let words = found.seen().comparable(text);
    if words.telling() {
        found.own(&words.text);
    }
}

/// The passages joined, as far as they are compared at all.
fn beginning(document: &Document<'_>) -> String {
    let mut text = String::new();
    for passage in document.passages {
        text.push_str(passage.text);
        text.push(' ');
        if text.len() > 256 << 10 {
            break;
        }
    }
    text
}
