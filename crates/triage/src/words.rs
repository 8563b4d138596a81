//! Words as they are compared: folded, in lower case, with nothing that is not seen.

use regex::{Regex, RegexSet};
use unicode_normalization::UnicodeNormalization;

/// Most characters of one mail's words that are looked at.
const MOST: usize = 200_000;

/// Compatibility forms folded, lower case, invisible characters left out, white space as single spaces.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MOST));
    let seen = |c: &char| !unseen(*c);
    for c in text.chars().take(MOST).filter(seen).nfkc().flat_map(char::to_lowercase) {
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
    out
}

/// Characters that a reader does not see and that keep words apart for a machine.
pub(crate) fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Phrases of one meaning in several languages.
pub(crate) struct Phrases {
    any: RegexSet,
    each: Vec<Regex>,
}

impl Phrases {
    /// From patterns over folded words. A pattern that is none is left out; the room's tests compile all of them.
    pub(crate) fn new(patterns: &[&str]) -> Self {
        let each: Vec<Regex> = patterns.iter().filter_map(|p| Regex::new(p).ok()).collect();
        Self { any: RegexSet::new(each.iter().map(Regex::as_str)).unwrap_or_default(), each }
    }

    /// The first words that match each of the patterns that match at all.
    pub(crate) fn find<'t>(&self, folded: &'t str) -> Vec<&'t str> {
        let hits = self.any.matches(folded);
        hits.into_iter().filter_map(|i| self.each[i].find(folded)).map(|m| m.as_str()).collect()
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
    fn folding() {
        assert_eq!(fold("Ve\u{200b}rify  YOUR\n“Ａccount”\u{2019}s"), "verify your “account”'s");
    }
}
