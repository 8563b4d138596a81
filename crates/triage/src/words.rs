//! Words as they are compared: folded, in lower case, with nothing that is not seen.

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Most characters of one mail's words that are looked at.
const MOST: usize = 200_000;
/// Bytes that compiled patterns may take.
const LARGEST: usize = 32 << 20;

/// Compatibility forms folded, lower case, invisible characters left out, white space as single spaces.
pub(crate) fn fold(text: &str) -> String {
    let text = text.char_indices().nth(MOST).map_or(text, |(end, _)| &text[..end]);
    let mut out = String::with_capacity(text.len());
    // Nothing composes across the end of a line, and most lines are plain.
    for line in text.split_inclusive('\n') {
        if line.is_ascii() {
            line.bytes().for_each(|b| folded(char::from(b.to_ascii_lowercase()), &mut out));
        } else {
            line.chars().filter(|c| !unseen(*c)).nfkc().flat_map(char::to_lowercase).for_each(|c| folded(c, &mut out));
        }
    }
    out
}

fn folded(c: char, out: &mut String) {
    match c {
        c if c.is_whitespace() => {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        '\u{2018}' | '\u{2019}' | '\u{2032}' | '`' | '\u{b4}' => out.push('\''),
        '\u{2010}'..='\u{2015}' => out.push('-'),
        c => out.push(c),
    }
}

/// Characters that a reader does not see and that keep words apart for a machine.
pub(crate) fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Phrases of one meaning in several languages.
pub(crate) struct Phrases {
    any: RegexSet,
    each: Vec<Regex>,
    #[cfg_attr(not(test), allow(dead_code))]
    whole: bool,
}

impl Phrases {
    /// From patterns over folded words. `\w` stands for anything but blanks and closing marks, `\W` for those, `\b` for the
    /// edge of an ASCII word: the full Unicode classes cost a hundred times as much and tell no more here. A pattern that
    /// is none is left out; the room's tests compile all of them.
    pub(crate) fn new(patterns: &[&str]) -> Self {
        let plain = |p: &&str| {
            p.replace(r"[\w", r"[a-z0-9_")
                .replace(r"\w", r"[^ .,;:!?]")
                .replace(r"\W", r"[ .,;:!?]")
                .replace(r"\b", r"(?-u:\b)")
                .replace(r"\d", "[0-9]")
                .replace(r"\s", " ")
        };
        let plain: Vec<String> = patterns.iter().map(plain).collect();
        let each: Vec<Regex> =
            plain.iter().filter_map(|p| RegexBuilder::new(p).size_limit(LARGEST).build().ok()).collect();
        let any =
            RegexSetBuilder::new(each.iter().map(Regex::as_str)).size_limit(LARGEST).dfa_size_limit(LARGEST).build();
        Self { whole: any.is_ok() && each.len() == patterns.len(), any: any.unwrap_or_default(), each }
    }

    /// True where every pattern was understood.
    #[cfg(test)]
    pub(crate) fn whole(&self) -> bool {
        self.whole
    }

    /// Where the first words stand that match each of the patterns that match at all.
    pub(crate) fn find(&self, folded: &str) -> Vec<Range<usize>> {
        let hits = self.any.matches(folded);
        hits.into_iter().filter_map(|i| self.each[i].find(folded)).map(|m| m.range()).collect()
    }
}

/// Patterns compiled once.
macro_rules! phrases {
    ($vis:vis $name:ident, $($pattern:expr),+ $(,)?) => {
        $vis static $name: std::sync::LazyLock<$crate::words::Phrases> =
            std::sync::LazyLock::new(|| $crate::words::Phrases::new(&[$($pattern),+]));
    };
}
pub(crate) use phrases;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_understood() {
        use crate::signs::ALL_PHRASES;
        for (name, phrases) in ALL_PHRASES {
            assert!(phrases.whole(), "{name}");
        }
    }

    #[test]
    fn folding() {
        assert_eq!(fold("Ve\u{200b}rify  YOUR\n“Ａccount”\u{2019}s"), "verify your “account”'s");
    }
}
