//! Nearly the same words, in whatever order: each post's words as a set, so that texts with a word changed, left out or
//! moved can be found to be alike ([`model::KindInfo::alike`]: links group them, comparing word by word).
//!
//! The value is the text's distinct words in order of a hash, as many as [`MOST`] and [`LONGEST`] allow: of longer texts
//! the words of smallest hash, a fair sample that is the same for every text (a bottom-k sketch). Scripts without
//! spaces count pairs of letters. Blind to synonyms throughout, and to texts of a few words.
//! Source: Broder 1997, On the resemblance and containment of documents.

use crate::sample::{Example, MAIL, POST};
use crate::{Found, Kind, MINUTE, Reads, scan};
use model::{Card, Mail, Post, Record, hash64};

/// Most words.
const MOST: usize = 32;
/// Most bytes: values are cut at 240.
const LONGEST: usize = 230;

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "similar-text",
        about: "wrote nearly the same words",
        source: "Broder 1997, On the resemblance and containment of documents",
    },
    reads: Reads::POSTS,
    window: MINUTE,
    alike: true,
    ownership: model::Ownership::None,
    find,
    examples: &[
        Example {
            shows: "They DON'T want you to know! https://one.example",
            record: Record::Post(&Post { text: "They DON'T want you to know! https://one.example", ..POST }),
            values: &["want to dont you they know"],
        },
        Example {
            shows: "the same in another order",
            record: Record::Post(&Post { text: "@bob know they don't want you to know", ..POST }),
            values: &["want to dont you they know"],
        },
        Example {
            shows: "明日の選挙は投票しましょう！",
            record: Record::Post(&Post { text: "明日の選挙は投票しましょう！", ..POST }),
            values: &["挙は 明日 投票 選挙 まし しま 日の の選 しょ ょう 票し は投"],
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
        Example {
            shows: "a mail: paragraphs say more of those",
            record: Record::Mail(&Mail { text: "Dear voter,\n\nyour polling place has moved.", ..MAIL }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Post(post) = record else { return };
    if found.seen().copied {
        return;
    }
    let text = found.seen().comparable(post.text);
    if text.telling() {
        found.own(&sketch(&text.text));
    }
}

fn sketch(text: &str) -> String {
    let mut words: Vec<(u32, &str)> = vec![];
    for word in text.split_ascii_whitespace() {
        pieces(word, &mut |piece| words.push((hash64(piece.as_bytes()) as u32, piece)));
    }
    words.sort_unstable();
    words.dedup();
    let mut out = String::with_capacity(LONGEST);
    for (_, word) in words.into_iter().take(MOST) {
        if out.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The word, or each two neighbouring letters of one in a script without spaces.
fn pieces<'t>(word: &'t str, each: &mut dyn FnMut(&'t str)) {
    if word.is_ascii() || !word.chars().any(scan::unspaced) {
        return each(word);
    }
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    if ends.len() < 4 {
        return each(word);
    }
    ends.windows(3).for_each(|w| each(&word[w[0]..w[2]]));
}
