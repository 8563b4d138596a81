//! Words as they are compared: folded, in lower case, with nothing that is not seen.

use unicode_normalization::UnicodeNormalization;

/// Most characters of one mail's words that are looked at.
const MOST: usize = 200_000;

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

/// Most bytes from a quotation's beginning to words in it.
const QUOTATION: usize = 600;

/// True where what stands at `at` of folded words is within quotation marks: one that opens is nearer than one that closes.
pub(crate) fn quoted(folded: &str, at: usize) -> bool {
    let near = (at.saturating_sub(QUOTATION)..at).find(|n| folded.is_char_boundary(*n)).unwrap_or(at);
    let before = &folded[near..at];
    let last = |marks: &[char]| before.rfind(marks);
    // German closes with the mark that English opens with.
    let low = last(&['\u{201e}']).is_some_and(|open| !before[open..].contains(['\u{201c}', '\u{201d}']));
    let high = last(&['\u{201c}'])
        .is_some_and(|open| !before[open..].contains('\u{201d}') && !before[..open].contains('\u{201e}'));
    let angles = last(&['\u{ab}', '\u{bb}']).is_some_and(|open| {
        before[open..].chars().nth(1).is_some_and(|c| c != ' ')
            && before[..open].matches(['\u{ab}', '\u{bb}']).count().is_multiple_of(2)
    });
    low || high || angles || before.matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations() {
        for (text, is) in [
            ("they say \u{201c}it is x\u{201d}", true),
            ("they say \u{201c}no\u{201d} and x", false),
            ("er sagt \u{201e}es ist x\u{201c}", true),
            ("er sagt \u{201e}nein\u{201c} und x", false),
            ("il dit «il est x»", true),
            ("il dit «non» et x", false),
            ("\"no\" and \"x\"", true),
            ("\"no\" and x", false),
            ("x", false),
        ] {
            assert_eq!(quoted(text, text.find('x').expect("there")), is, "{text}");
        }
    }

    #[test]
    fn folding() {
        assert_eq!(fold("Ve\u{200b}rify  YOUR\n“Ａccount”\u{2019}s"), "verify your “account”'s");
    }
}
