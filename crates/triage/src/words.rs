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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        assert_eq!(fold("Ve\u{200b}rify  YOUR\n“Ａccount”\u{2019}s"), "verify your “account”'s");
    }
}
