//! Acts: who did what in which message, when, as columns of whole numbers.
//!
//! The trace table holds things in canonical form. Methods that must agree with another tool to the last edge compare
//! what that tool compares, so their acts are coded from the strings as they stand.

use crate::Quote;

/// Acts of some kinds, and what the numbers in them mean.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Acts {
    /// Every account of the input, by number, sorted by its bytes; also those that did nothing of these kinds.
    pub accounts: Vec<Quote>,
    /// Hash of each message's id, by number.
    pub messages: Vec<u64>,
    /// Row of the input (from 0, over all inputs) in which each message stood first.
    pub rows: Vec<u32>,
    /// The acts, by kind.
    pub layers: Vec<Layer>,
    /// Words of the messages, where a method compares texts.
    pub tokens: Tokens,
    /// Texts of the layer `letters`, act by act, where a method compares letter by letter.
    pub letters: Vec<Quote>,
    /// What was left out, and rows that a reader must know of.
    pub remarks: Vec<crate::Remark>,
}

/// Acts of one kind, in the order of the input. All columns are of one length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layer {
    /// Id of the kind.
    pub kind: &'static str,
    /// Number of the account.
    pub who: Vec<u32>,
    /// Number of the thing.
    pub what: Vec<u32>,
    /// Number of the message.
    pub message: Vec<u32>,
    /// Microseconds since 1970.
    pub when: Vec<i64>,
    /// Hash of each thing's name, by number.
    pub things: Vec<u64>,
    /// Number of the thing without a name, where there is one.
    pub blank: Option<u32>,
}

/// Sets of words, one per message of the layer that was asked for; words are hashes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    /// Where each set begins in `words`, and the end of the last.
    pub starts: Vec<u32>,
    /// The words, distinct within a set, in no order.
    pub words: Vec<u64>,
}

impl Acts {
    /// The layer of a kind; an empty one where nothing of it was done.
    #[must_use]
    pub fn layer(&self, kind: &str) -> &Layer {
        static NONE: Layer = Layer {
            kind: "",
            who: Vec::new(),
            what: Vec::new(),
            message: Vec::new(),
            when: Vec::new(),
            things: Vec::new(),
            blank: None,
        };
        self.layers.iter().find(|l| l.kind == kind).unwrap_or(&NONE)
    }
}

impl Layer {
    /// How many acts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.who.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.who.is_empty()
    }
}

impl Tokens {
    /// The words of one set.
    #[must_use]
    pub fn of(&self, set: usize) -> &[u64] {
        let at = |n: usize| self.starts.get(n).map_or(self.words.len(), |s| *s as usize);
        if set + 1 >= self.starts.len() { &[] } else { &self.words[at(set)..at(set + 1)] }
    }
}
