//! Words made comparable: the same sentence, however it was dressed.
//!
//! NFKC, lower case, without URLs, mentions, invisible characters, apostrophes and Arabic stretching; every other
//! thing that is not letter, mark or digit is one space. Wrong where punctuation or an emoji is all that differs, and
//! blind to look-alike letters. Sources: UAX #15 (NFKC); the text folding of coordination-network-toolkit, taken further.

use crate::scan;
use memchr::memchr;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest normalised text, in bytes; what is equal up to there counts as equal.
const LONGEST: usize = 64 << 10;

/// A text made comparable, and how much of it there is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Normal {
    /// Words with single spaces between.
    pub text: String,
    /// Letters and digits.
    letters: usize,
    /// Of those, letters of scripts that put no space between words.
    unspaced: usize,
}

impl Normal {
    /// True where there is enough of it that two people would hardly write it by chance: 20 letters or digits in 4
    /// words, or 12 letters of a script without spaces.
    pub(crate) fn telling(&self) -> bool {
        self.unspaced >= 12 || (self.letters >= 20 && self.text.bytes().filter(|b| *b == b' ').count() >= 3)
    }

    /// ASCII letters and digits.
    fn plain(&mut self, run: &str) {
        let from = self.text.len();
        self.text.push_str(run);
        self.text[from..].make_ascii_lowercase();
        self.letters += run.len();
    }

    /// A letter of a script with spaces.
    fn letter(&mut self, c: char) {
        self.text.push(c);
        self.letters += 1;
    }

    fn push(&mut self, c: char) {
        self.letter(c);
        self.unspaced += usize::from(!c.is_ascii() && scan::unspaced(c));
    }

    /// A mark belongs to a letter, or is dropped.
    fn mark(&mut self, c: char) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(c);
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}

/// Makes a text comparable.
pub(crate) fn normal(text: &str) -> Normal {
    let text = composed(scan::first(text, 4 * LONGEST));
    let mut out = Normal { text: String::with_capacity(text.len().min(LONGEST)), ..Normal::default() };
    for word in text.split_whitespace() {
        if out.text.len() >= LONGEST {
            break;
        }
        words(word, &mut out);
        out.space();
    }
    let end = out.text.trim_end().len();
    out.text.truncate(end);
    out
}

/// NFKC, where it changes anything.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.chars().all(settled) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().collect())
}

/// Characters that NFKC leaves alone whatever stands beside them here: there are no combining marks among them.
fn settled(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{410}'..='\u{44f}' | 'ё' | 'Ё' | '\u{c0}'..='\u{131}' | '\u{4e00}'..='\u{9fff}'
            | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{ac00}'..='\u{d7a3}' | '\u{5d0}'..='\u{5ea}'
            | '\u{621}'..='\u{64a}' | '\u{388}'..='\u{3ce}' | '\u{450}'..='\u{481}' | '\u{200b}'..='\u{200f}'
            | '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201e}' | '\u{2022}' | '\u{2026}' | '«' | '»'
            | '\u{a0}' | '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{3000}'..='\u{3002}' | '\u{fe0f}'
            | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f300}'..='\u{1faff}')
}

/// One piece of text without white space.
fn words(word: &str, out: &mut Normal) {
    let mut rest = word;
    if (rest.starts_with('@') || rest.starts_with(".@")) && rest.len() > 1 {
        rest = rest.trim_start_matches(['.', '@']).trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    }
    while let Some((start, from)) = address(rest) {
        letters(&rest[..start], out);
        out.space();
        let (_, end) = scan::url(rest, start, from);
        rest = rest[end..].trim_start_matches('…');
    }
    letters(rest, out);
}

/// Where the first URL begins, and where what follows its scheme begins. The wrapped addresses of pictures, which are
/// written without a scheme, and addresses that the platform cut within the scheme count.
fn address(word: &str) -> Option<(usize, usize)> {
    let bytes = word.as_bytes();
    if let Some(colon) = memchr(b':', bytes).and_then(|first| colon_of_scheme(bytes, first)) {
        let scheme = |s: &str| {
            let start = colon.checked_sub(s.len())?;
            bytes[start..colon].eq_ignore_ascii_case(s.as_bytes()).then_some((start, colon + 3))
        };
        return scheme("https").or_else(|| scheme("http"));
    }
    let starts = |s: &str| bytes.get(..s.len()).is_some_and(|b| b.eq_ignore_ascii_case(s.as_bytes()));
    let bare = match bytes.first()? {
        b'w' | b'W' => starts("www."),
        b'p' => starts("pic.twitter.com/"),
        b'h' | b'H' => starts("http") && word.ends_with('…'),
        _ => false,
    };
    bare.then_some((0, 4))
}

/// The first colon with two slashes after it, from this one on.
fn colon_of_scheme(word: &[u8], first: usize) -> Option<usize> {
    word[first..].windows(3).position(|w| w == b"://").map(|at| first + at)
}

fn letters(piece: &str, out: &mut Normal) {
    let mut rest = piece;
    loop {
        let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if run > 0 {
            out.plain(&rest[..run]);
            rest = &rest[run..];
        }
        let Some(c) = rest.chars().next() else { return };
        rest = match c {
            '&' => entity(rest, out),
            c => {
                other(c, out);
                &rest[c.len_utf8()..]
            }
        };
    }
}

/// A character as web pages write it: an apostrophe is nothing, any other is a space, as is `&` alone.
fn entity<'a>(rest: &'a str, out: &mut Normal) -> &'a str {
    if let Some(after) = ["&#39;", "&apos;"].iter().find_map(|e| rest.strip_prefix(e)) {
        return after;
    }
    out.space();
    ["&amp;", "&lt;", "&gt;", "&quot;", "&"].iter().find_map(|e| rest.strip_prefix(e)).unwrap_or("")
}

fn other(c: char, out: &mut Normal) {
    match c {
        '\u{430}'..='\u{44f}' => out.letter(c),
        '\u{410}'..='\u{42f}' => out.letter(char::from_u32(c as u32 + 32).unwrap_or(c)),
        '\'' | '’' | '‘' | 'ʼ' | 'ـ' => {}
        c if c.is_ascii() => out.space(),
        c if c.is_alphanumeric() => c.to_lowercase().for_each(|l| out.push(l)),
        c if unseen(c) => {}
        c if is_combining_mark(c) => out.mark(c),
        _ => out.space(),
    }
}

/// Characters that are not seen: zero-width, bidi controls, variation selectors, tags.
pub(crate) fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_many() {
        for (form, texts) in [
            (
                "they dont want you to know",
                &[
                    "They DON'T want you to know!!!",
                    "@ann they don’t want   you to know https://t.co/abc",
                    "they dont want you to know https://t.co/ab…",
                    "t\u{200b}hey d\u{ad}ont \u{202e}want you to know 🙈",
                    "ｔｈｅｙ dont want you to ｋｎｏｗ",
                    ".@Ann: They don't want... you to know, www.one.example/x pic.twitter.com/abc",
                    "&quot;They don&#39;t want you&quot; &gt; to &amp; know",
                ][..],
            ),
            ("выборы завтра", &["ВЫБОРЫ  завтра!", "выборы, завтра https://one.example/путь"]),
            ("élection", &["ÉLECTION", "e\u{301}lection"]),
            ("選挙は明日", &["選挙は明日。https://one.example/x", "@ann選挙は明日"]),
            ("見て はい", &["見てhttps://one.example/xはい"]),
            ("hash tag", &["#hash #tag"]),
            ("مرحبا", &["مرحـــبا"]),
            ("", &["", "@ann", "https://one.example/x", "!!! 🙈 …", "@"]),
        ] {
            for text in texts {
                let got = normal(text).text;
                assert_eq!(got, form, "{text}");
            }
        }
    }

    #[test]
    fn settled_characters_are() {
        for c in (0..0x20000).filter_map(char::from_u32).filter(|c| settled(*c) && *c != '…' && !c.is_whitespace()) {
            assert!(c.nfkc().eq([c]) && !is_combining_mark(c) || c == '\u{fe0f}', "{c:?}");
        }
    }

    #[test]
    fn enough_to_tell() {
        for (text, telling) in [
            ("good morning", false),
            ("good morning everyone out there", true),
            ("Donaudampfschifffahrtsgesellschaft", false),
            ("a b c d e f g", false),
            ("明日の選挙は投票しましょう", true),
            ("おはよう", false),
            ("@a @b @c @d @e @f https://one.example/very/long/path", false),
        ] {
            assert_eq!(normal(text).telling(), telling, "{text}");
        }
    }

    #[test]
    fn long_texts_are_cut() {
        let got = normal(&"word and word ".repeat(100_000));
        assert!(got.text.len() < LONGEST + 64, "{}", got.text.len());
    }
}
