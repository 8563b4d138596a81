//! Phrases of one meaning in several languages, listened for all at once.
//!
//! One pass over the words finds where any phrase may begin; only those are then looked for in full. That is what makes a
//! hundred patterns affordable for every mail.

use crate::signs::ALL_PHRASES;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::literal::Extractor;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

/// Patterns over folded words. `\w` stands for anything but blanks and closing marks, `\W` for those, `\b` for the edge of an
/// ASCII word: the full Unicode classes cost a hundred times as much and tell no more here.
pub(crate) struct Phrases(pub &'static [&'static str]);

/// Names a list of patterns.
macro_rules! phrases {
    ($vis:vis $name:ident, $($pattern:expr),+ $(,)?) => {
        $vis static $name: $crate::phrases::Phrases = $crate::phrases::Phrases(&[$($pattern),+]);
    };
}
pub(crate) use phrases;

/// Bytes that a compiled pattern may take.
const LARGEST: usize = 32 << 20;
/// Bytes of a beginning that are looked for, and beginnings of one pattern.
const BEGINNING: usize = 8;
const BEGINNINGS: usize = 200;

/// Bytes of words that a phrase may take, and places where one pattern is tried: a bound for hostile words.
const LONGEST: usize = 1_000;
const MOST: usize = 20_000;

/// All phrases of all signs.
static ALL: LazyLock<Screen> = LazyLock::new(Screen::new);

struct Screen {
    patterns: Vec<Pattern>,
    /// Which patterns begin with the automaton's words.
    owners: Vec<Vec<usize>>,
    beginnings: Option<AhoCorasick>,
}

struct Pattern {
    list: usize,
    text: String,
    /// Made when it is first needed; `None` where it is no pattern, which the room's tests exclude.
    regex: OnceLock<Option<Regex>>,
}

/// What was heard: for each list of [`ALL_PHRASES`], the ranges of the first words that match each of its patterns.
pub(crate) fn heard(folded: &str) -> Vec<Vec<Range<usize>>> {
    let mut out = vec![Vec::new(); ALL_PHRASES.len()];
    for (at, starts) in ALL.may_begin(folded) {
        let pattern = &ALL.patterns[at];
        out[pattern.list].extend(starts.into_iter().find_map(|from| pattern.match_at(folded, from)));
    }
    out
}

/// The place of a list in [`ALL_PHRASES`].
pub(crate) fn number(phrases: &'static Phrases) -> Option<usize> {
    ALL_PHRASES.iter().position(|known| std::ptr::eq(*known, phrases))
}

impl Screen {
    fn new() -> Self {
        let lists = ALL_PHRASES.iter().enumerate();
        let patterns: Vec<Pattern> =
            lists.flat_map(|(list, p)| p.0.iter().map(move |p| Pattern::new(list, p))).collect();
        let mut by_beginning = BTreeMap::<Vec<u8>, Vec<usize>>::new();
        for (at, pattern) in patterns.iter().enumerate() {
            for beginning in pattern.beginnings().unwrap_or_default() {
                by_beginning.entry(beginning).or_default().push(at);
            }
        }
        let kind = Some(AhoCorasickKind::DFA);
        let beginnings = AhoCorasick::builder().kind(kind).build(by_beginning.keys()).ok();
        Self { patterns, owners: by_beginning.into_values().collect(), beginnings }
    }

    /// Patterns that may match, in order, and where, in order.
    fn may_begin(&self, folded: &str) -> BTreeMap<usize, Vec<usize>> {
        let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let found = self.beginnings.iter().flat_map(|b| b.find_overlapping_iter(folded));
        for (found, owner) in found.flat_map(|f| self.owners[f.pattern().as_usize()].iter().map(move |o| (f, *o))) {
            let starts = out.entry(owner).or_default();
            if starts.last() != Some(&found.start()) && starts.len() < MOST {
                starts.push(found.start());
            }
        }
        out.values_mut().for_each(|starts| starts.sort_unstable());
        out
    }
}

impl Pattern {
    fn new(list: usize, pattern: &str) -> Self {
        let text = pattern
            .replace(r"[\w", r"[a-z0-9_")
            .replace(r"\w", r"[^ .,;:!?]")
            .replace(r"\W", r"[ .,;:!?]")
            .replace(r"\b", r"(?-u:\b)")
            .replace(r"\d", "[0-9]")
            .replace(r"\s", " ");
        Self { list, text, regex: OnceLock::new() }
    }

    fn regex(&self) -> Option<&Regex> {
        let limits = Regex::config().nfa_size_limit(Some(LARGEST));
        self.regex.get_or_init(|| Regex::builder().configure(limits).build(&self.text).ok()).as_ref()
    }

    /// Its match that begins exactly there.
    fn match_at(&self, folded: &str, from: usize) -> Option<Range<usize>> {
        let to = folded.len().min(from + LONGEST);
        let found = self.regex()?.search_half(&Input::new(folded).range(from..to).anchored(Anchored::Yes))?;
        Some(from..found.offset())
    }

    /// What its matches begin with; `None` where that may be anything, which the room's tests exclude.
    fn beginnings(&self) -> Option<Vec<Vec<u8>>> {
        let parsed = regex_syntax::parse(&self.text).ok()?;
        let mut found = Extractor::new().limit_total(BEGINNINGS).extract(&parsed);
        found.keep_first_bytes(BEGINNING);
        found.dedup();
        let words: Vec<Vec<u8>> = found.literals()?.iter().map(|l| l.as_bytes().to_vec()).collect();
        words.iter().all(|w| !w.is_empty()).then_some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    #[test]
    fn every_phrase_is_understood_and_begins_with_something() {
        for pattern in &ALL.patterns {
            assert!(pattern.regex().is_some(), "{}", pattern.text);
            assert!(pattern.beginnings().is_some(), "may begin with anything: {}", pattern.text);
        }
        assert!(ALL.beginnings.is_some());
    }

    #[test]
    fn nothing_is_missed() {
        let mut mails: Vec<&str> = crate::SIGNS.iter().flat_map(|s| [s.example, s.twin]).collect();
        let all = mails.join("\n");
        mails.push(&all);
        let mut heard_of = 0;
        for mail in mails {
            let folded = fold(mail);
            let mut each = vec![Vec::new(); ALL_PHRASES.len()];
            for pattern in &ALL.patterns {
                let found = pattern.regex().and_then(|r| r.find(&folded[..])).map(|m| m.range());
                each[pattern.list].extend(found);
            }
            assert_eq!(heard(&folded), each, "{mail}");
            heard_of += each.iter().filter(|e| !e.is_empty()).count();
        }
        assert!(heard_of > 20, "{heard_of}");
    }
}
