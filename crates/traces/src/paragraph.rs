//! A paragraph carried over: mails, pages and documents that share one although the rest of their words differ.
//!
//! Normalised as texts are (see `normal`), signs of quoting taken off; only from 60 letters or digits on, the first 60
//! of a record. Paragraphs end at an empty line; a line of over 100 bytes and a line of a page is one by itself, as
//! wrapped text has shorter lines. Blind to a word changed. Footers are paragraphs too: how common one is, findings ask.

use crate::normal::normal;
use crate::sample::{DOCUMENT, Example, MAIL, PAGE};
use crate::{Found, Kind, Reads, scan};
use model::{Card, Mail, Page, Passage, Record};
use std::collections::BTreeSet;

/// Most paragraphs of one record.
const MOST: usize = 60;
/// Fewest letters or digits.
const LEAST: usize = 60;
/// Most bytes of a paragraph; what is equal up to there counts as equal.
const LONGEST: usize = 4 << 10;
/// A line longer than this was not wrapped.
const WRAPPED: usize = 100;

const LEAK: &str = "we agreed to keep the harbour plan out of sight until the votes are counted in all places";

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "paragraph",
        about: "carried the same paragraph",
        source: "ours; after Broder, On the Resemblance and Containment of Documents, 1997",
    },
    reads: Reads::MAILS.and(Reads::PAGES).and(Reads::DOCUMENTS),
    window: None,
    ownership: model::Ownership::None,
    alike: false,
    find,
    examples: &[
        Example {
            shows: "a wrapped paragraph of a mail, in words of the sender's own",
            record: Record::Mail(&Mail {
                text: "Hello,\n\nread this:\n\nWe agreed to keep the harbour plan out of sight\nuntil the votes are counted, in all places.\n\nA friend",
                ..MAIL
            }),
            values: &[LEAK],
        },
        Example {
            shows: "the same, passed on",
            record: Record::Mail(&Mail {
                text: "Look!\n> Hello,\n>\n> We agreed to keep the harbour plan out of sight\n> until the votes are counted, in all places.\n>\n> A friend",
                ..MAIL
            }),
            values: &[LEAK],
        },
        Example {
            shows: "lines of a page",
            record: Record::Page(&Page {
                text: "The plan\nWe agreed to keep the harbour plan out of sight until the votes are counted in all places\nMore",
                ..PAGE
            }),
            values: &[LEAK],
        },
        Example {
            shows: "a passage of a document, twice",
            record: Record::Document(&model::Document {
                passages: &[
                    Passage { label: "paragraph 1", text: "Note" },
                    Passage {
                        label: "paragraph 2",
                        text: "We agreed to keep the harbour plan out of sight until the votes are counted in all places.",
                    },
                    Passage {
                        label: "paragraph 3",
                        text: "We agreed to keep the harbour plan out of sight until the votes are counted in all places!",
                    },
                ],
                ..DOCUMENT
            }),
            values: &[LEAK],
        },
        Example {
            shows: "short lines",
            record: Record::Mail(&Mail { text: "Hello,\n\nsee you on Monday.\n\nAnn", ..MAIL }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let mut taken = Taken::default();
    match record {
        Record::Mail(mail) => taken.wrapped(mail.text),
        Record::Page(page) => taken.lines(page.text),
        Record::Document(document) => document.passages.iter().for_each(|p| taken.wrapped(p.text)),
        Record::Post(_) | Record::Image(_) | Record::Name(_) | Record::Facts(_) | Record::Listed(_) => {}
    }
    taken.texts.iter().for_each(|text| found.own(text));
}

/// Paragraphs of a record so far.
#[derive(Default)]
struct Taken {
    texts: BTreeSet<String>,
    seen: usize,
}

impl Taken {
    /// Text whose lines are paragraphs.
    fn lines(&mut self, text: &str) {
        for line in text.lines() {
            if !self.take(line) {
                return;
            }
        }
    }

    /// Text whose lines may be wrapped.
    fn wrapped(&mut self, text: &str) {
        let mut open = String::new();
        for line in text.lines().map(|l| l.trim_start_matches(['>', ' ', '\t']).trim_end()) {
            let whole = line.len() > WRAPPED;
            if (line.is_empty() || whole) && !self.take(&std::mem::take(&mut open)) {
                return;
            }
            if whole {
                self.take(line);
            } else if open.len() < LONGEST {
                open.push_str(line);
                open.push(' ');
            }
        }
        self.take(&open);
    }

    /// One paragraph; false when there are enough.
    fn take(&mut self, paragraph: &str) -> bool {
        if self.seen < MOST && paragraph.len() >= LEAST {
            let words = normal(scan::first(paragraph, LONGEST));
            if words.text.chars().filter(|c| c.is_alphanumeric()).take(LEAST).count() == LEAST {
                self.seen += 1;
                self.texts.insert(words.text);
            }
        }
        self.seen < MOST
    }
}
