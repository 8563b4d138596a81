//! The words of a text as coordination-network-toolkit 1.5.2 has them: what stands between the word boundaries of
//! UAX #29, punctuation too, without the spaces and the one apostrophe that may follow a boundary.
//!
//! Texts of the commonest scripts are cut here; any other goes to the library, which knows all of Unicode.
//! Source: the toolkit's tokeniser; Unicode Standard Annex #29.

use super::plain;
use model::hash64;
use unicode_segmentation::UnicodeSegmentation;

/// Hashes of the different words, sorted, into `words`; `text` is scratch.
pub(super) fn of(message: &str, text: &mut String, words: &mut Vec<u64>) {
    plain::lower(message, text);
    words.clear();
    if !simple(text, words) {
        words.clear();
        by_library(text, words);
    }
    words.sort_unstable();
    words.dedup();
}

fn by_library(text: &str, words: &mut Vec<u64>) {
    let starts = text.split_word_bound_indices().map(|(at, _)| at).chain([text.len()]);
    let mut from = 0;
    for at in starts {
        if at >= from {
            word(&text[from..at], words);
            from = skip(text, at);
        }
    }
}

/// Where what a boundary swallows ends: spaces, then one apostrophe.
fn skip(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(spacer);
    text.len() - rest.strip_prefix('\'').unwrap_or(rest).len()
}

/// Word_Break = WSegSpace.
fn spacer(c: char) -> bool {
    matches!(c, ' ' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{3000}')
}

/// A piece between boundaries; white space within it parts it further.
fn word(piece: &str, words: &mut Vec<u64>) {
    if !piece.is_empty() {
        words.extend(piece.split(plain::space).filter(|w| !w.is_empty()).map(|w| hash64(w.as_bytes())));
    }
}

/// Word_Break of a character, as far as it is known here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// ExtendNumLet.
    Joiner,
    /// MidLetter.
    InWord,
    /// MidNum.
    InNumber,
    /// MidNumLet and Single_Quote.
    InBoth,
    Space,
    /// White space of other sorts.
    Blank,
    Other,
}

fn class(c: char) -> Option<Class> {
    Some(match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        ' ' => Class::Space,
        '0'..='9' => Class::Digit,
        '_' => Class::Joiner,
        ':' => Class::InWord,
        ',' | ';' => Class::InNumber,
        '.' | '\'' | '‘' | '’' => Class::InBoth,
        '\t'..='\r' => Class::Blank,
        '!'..='~' => Class::Other,
        'а'..='я' | 'ё' | 'А'..='Я' => Class::Letter,
        'à'..='ö' | 'ø'..='ÿ' | 'ß' => Class::Letter,
        '“' | '”' | '«' | '»' | '–' | '—' | '…' | '№' | '•' => Class::Other,
        _ => return None,
    })
}

/// False where a character is not known here: then nothing of `words` holds.
fn simple(text: &str, words: &mut Vec<u64>) -> bool {
    let mut at = 0;
    while at < text.len() {
        let after = skip(text, at);
        if after > at {
            at = after;
            continue;
        }
        let Some((first, mut class)) = next(text, at) else { return false };
        let mut end = at + first;
        if wordy(class) {
            while let Some((len, after)) = next(text, end) {
                let step = if wordy(after) { Some((len, after)) } else { across(text, end + len, class, after) };
                let Some((len_of_next, of_next)) = step else { break };
                end += if wordy(after) { len } else { len + len_of_next };
                class = of_next;
            }
            if end < text.len() && next(text, end).is_none() {
                return false;
            }
        }
        if class != Class::Blank {
            words.push(hash64(&text.as_bytes()[at..end]));
        }
        at = end;
    }
    true
}

fn wordy(class: Class) -> bool {
    matches!(class, Class::Letter | Class::Digit | Class::Joiner)
}

/// The class of the character at a place, and its length.
fn next(text: &str, at: usize) -> Option<(usize, Class)> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 0x80 {
        return class(byte as char).map(|class| (1, class));
    }
    let c = text[at..].chars().next()?;
    class(c).map(|class| (c.len_utf8(), class))
}

/// The character after a mark that may stand within a word (WB6, WB7) or a number (WB11, WB12).
fn across(text: &str, after: usize, before: Class, mark: Class) -> Option<(usize, Class)> {
    let (len, class) = next(text, after)?;
    let joins = match mark {
        Class::InWord => before == Class::Letter && class == Class::Letter,
        Class::InNumber => before == Class::Digit && class == Class::Digit,
        Class::InBoth => before == class && matches!(class, Class::Letter | Class::Digit),
        _ => false,
    };
    joins.then_some((len, class))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pieces: &[&str]) -> Vec<u64> {
        let mut words: Vec<u64> = pieces.iter().map(|p| hash64(p.as_bytes())).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// What the toolkit's own tokeniser gives.
    #[test]
    fn as_the_toolkit_cuts() {
        for (text, pieces) in [
            ("'orange' is", &["orange", "is"][..]),
            ("hello  world\n\tx", &["hello", "world", "x"]),
            ("Don't", &["don't"]),
            (
                "a.b 3,4 #vote http://x.co/a_b?c=1 ''q",
                &["a.b", "3,4", "#", "vote", "http", ":", "/", "x.co", "a_b", "?", "c", "=", "1", "q"],
            ),
            (
                "привет, мир! 日本語 ok 👍🏽👍 e\u{301}a",
                &["привет", ",", "мир", "!", "日", "本", "語", "ok", "👍🏽", "👍", "e\u{301}a"],
            ),
            ("x 'y'", &["x", "y"]),
            ("@ann only @bob", &["only"]),
            ("", &[]),
            ("@ann", &[]),
        ] {
            let (mut scratch, mut got) = (String::new(), Vec::new());
            of(text, &mut scratch, &mut got);
            assert_eq!(got, words(pieces), "{text:?}");
        }
    }

    /// The quick way cuts whatever it takes on as the library does.
    #[test]
    fn quick_and_library_agree() {
        let alphabet: Vec<char> = "ab1_ :;,.'‘’\t\n\"#/@-я жé“…".chars().collect();
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        for round in 0..40_000 {
            let mut text = String::new();
            for _ in 0..1 + round % 12 {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                text.push(alphabet[(seed % alphabet.len() as u64) as usize]);
            }
            let (mut quick, mut slow) = (Vec::new(), Vec::new());
            assert!(simple(&text, &mut quick), "{text:?}");
            by_library(&text, &mut slow);
            assert_eq!(quick, slow, "{text:?}");
        }
    }
}
