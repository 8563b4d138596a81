//! One walk over a text: its URLs, hashtags and mentions, as written.
//!
//! Hashtags end by UAX #31 "Hashtag identifiers" as platforms apply them (letters, marks, digits, `_`); none is taken
//! out of a URL. A URL that the platform cut with `…` is dropped: its end is unknown. Wrong for handles with a final
//! dot or in brackets, and for URLs with spaces.

use crate::host::under_known_suffix;
use unicode_normalization::char::is_combining_mark;

/// Longest URL taken, in bytes.
const LONGEST: usize = 4096;

/// Something found in a text, without its `#` or `@`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// With scheme, or beginning with `www.`.
    Url(&'a str),
    Tag(&'a str),
    Mention(&'a str),
}

/// Calls `found` for each in order.
pub(crate) fn scan<'a>(text: &'a str, mut found: impl FnMut(Token<'a>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(skip) = bytes[at..].iter().position(|b| BEGINS[usize::from(*b)]) {
        at += skip;
        let step = if anchor(bytes, at) { token(text, at) } else { None };
        let Some((token, end)) = step else {
            at += 1;
            continue;
        };
        if let Some(token) = token {
            found(token);
        }
        at = end.clamp(at + 1, bytes.len());
    }
}

/// Bytes at which a token may begin (or, for a scheme, end): the look that every byte of every post gets.
const BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut n = 0;
    while n < ANCHORS.len() {
        begins[ANCHORS[n] as usize] = true;
        n += 1;
    }
    begins
};
const ANCHORS: &[u8] = b"#@:wW\xef";

/// The second look.
fn anchor(bytes: &[u8], at: usize) -> bool {
    let next = |b: u8| bytes.get(at + 1).is_some_and(|n| n.to_ascii_lowercase() == b);
    match bytes[at] {
        b'#' | b'@' => true,
        b':' => next(b'/'),
        b'w' | b'W' => next(b'w'),
        0xef => next(0xbc),
        _ => false,
    }
}

/// What begins (or, for a scheme, ends) at this byte, and where to go on.
fn token(text: &str, at: usize) -> Option<(Option<Token<'_>>, usize)> {
    match text.as_bytes()[at] {
        b':' => {
            let start = scheme_start(text, at)?;
            let (url, end) = url(text, start, at + 3);
            Some((url.map(Token::Url), end))
        }
        b'w' | b'W' => {
            let start = text.get(at..at + 4)?.eq_ignore_ascii_case("www.") && boundary(text, at);
            let (url, end) = start.then(|| url(text, at, at + 4))?;
            let dotted = url.filter(|u| u[4..].split('/').next().is_some_and(|host| host.contains('.')));
            Some((dotted.map(Token::Url), end))
        }
        b'#' => tag(text, at, at + 1),
        b'@' => mention(text, at, at + 1),
        _ if text[at..].starts_with('＃') => tag(text, at, at + 3),
        _ if text[at..].starts_with('＠') => mention(text, at, at + 3),
        _ => None,
    }
}

fn scheme_start(text: &str, colon: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.get(colon..colon + 3)? != b"://" {
        return None;
    }
    let ends_with = |scheme: &str| {
        let start = colon.checked_sub(scheme.len())?;
        bytes[start..colon].eq_ignore_ascii_case(scheme.as_bytes()).then_some(start)
    };
    ends_with("https").or_else(|| ends_with("http"))
}

/// The URL that begins at `start`, of which the bytes before `from` are already known to belong, unless it was cut;
/// and where the text goes on.
pub(crate) fn url(text: &str, start: usize, from: usize) -> (Option<&str>, usize) {
    let end = from + url_length(&text[from..]);
    let cut = text[end..].starts_with('…');
    let trimmed = without_final_punctuation(&text[start..end]);
    let whole = !cut && start + trimmed.len() > from;
    (whole.then_some(trimmed), end)
}

/// Non-ASCII letters may stand in a host and in a path, but in a path not those of scripts that put no space between
/// words: there the sentence goes on (`https://one.example/xを見て`).
fn url_length(rest: &str) -> usize {
    let mut in_path = false;
    let rest = first(rest, LONGEST);
    for (i, c) in rest.char_indices() {
        let goes_on = match c {
            '/' | '?' => {
                in_path = true;
                true
            }
            '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' => false,
            '&' => !["&gt;", "&lt;", "&quot;", "&#"].iter().any(|e| rest[i..].starts_with(e)),
            c if c.is_ascii() => c.is_ascii_graphic(),
            c => alphanumeric(c) && !(in_path && unspaced(c)),
        };
        if !goes_on {
            return i;
        }
    }
    rest.len()
}

fn without_final_punctuation(url: &str) -> &str {
    let count = |c: char| url.matches(c).count();
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    url.trim_end_matches(|c| match c {
        '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '#' | '@' => true,
        ')' => one_fewer(&mut round),
        ']' => one_fewer(&mut square),
        _ => false,
    })
}

/// True, and one taken off, where there was one left.
fn one_fewer(left: &mut usize) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}

/// At most `most` bytes from the beginning, cut at a character.
pub(crate) fn first(text: &str, most: usize) -> &str {
    let cut = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..cut.unwrap_or(0)]
}

/// At most `most` bytes from the end, cut at a character.
pub(crate) fn last(text: &str, most: usize) -> &str {
    let from = text.len().saturating_sub(most);
    let cut = (from..=text.len()).find(|at| text.is_char_boundary(*at));
    &text[cut.unwrap_or(from)..]
}

/// As the standard asks of letters, without its tables for those that most posts are written in.
pub(crate) fn alphabetic(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{410}'..='\u{44f}') || (!c.is_ascii() && c.is_alphabetic())
}

/// The same of letters and digits.
pub(crate) fn alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{410}'..='\u{44f}') || (!c.is_ascii() && c.is_alphanumeric())
}

/// Scripts written without spaces between words.
pub(crate) fn unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn boundary(text: &str, at: usize) -> bool {
    before(text, at).is_none_or(|c| !alphanumeric(c) && !matches!(c, '_' | '@' | '.' | '-' | '/' | '&'))
}

fn in_tag(c: char) -> bool {
    alphanumeric(c)
        || matches!(c, '_' | '\u{200c}' | '\u{200d}' | '·' | '・')
        || (!c.is_ascii() && is_combining_mark(c))
}

fn tag(text: &str, at: usize, from: usize) -> Option<(Option<Token<'_>>, usize)> {
    if before(text, at).is_some_and(|c| alphanumeric(c) || matches!(c, '_' | '&' | '/')) {
        return None;
    }
    let tag = leading(text, from, 140, in_tag);
    let good = tag.chars().next().is_some_and(|c| alphanumeric(c) || c == '_') && tag.chars().any(alphabetic);
    good.then_some((Some(Token::Tag(tag)), from + tag.len()))
}

/// `@ann`, `@ann@host.example` (Fediverse) and `@ann.host.example` (AT protocol, where the suffix is known).
fn mention(text: &str, at: usize, from: usize) -> Option<(Option<Token<'_>>, usize)> {
    if !boundary(text, at) {
        return None;
    }
    let handle = leading(text, from, 60, |c| alphanumeric(c) || c == '_');
    if handle.is_empty() {
        return None;
    }
    let mut end = from + handle.len();
    if matches!(text.as_bytes().get(end), Some(b'@' | b'.')) {
        let host =
            leading(text, end + 1, 253, |c| c.is_ascii_alphanumeric() || c == '-' || c == '.').trim_end_matches('.');
        let all = &text[from..end + 1 + host.len()];
        let name = if text.as_bytes()[end] == b'@' { host } else { all };
        if !host.is_empty() && under_known_suffix(&name.to_ascii_lowercase()) {
            end = from + all.len();
        }
    }
    Some((Some(Token::Mention(&text[from..end])), end))
}

/// The longest piece from here, of at most `most` characters, that `belongs`.
fn leading(text: &str, from: usize, most: usize, belongs: impl Fn(char) -> bool) -> &str {
    let rest = &text[from..];
    let end = rest.char_indices().take(most).find(|(_, c)| !belongs(*c)).map(|(i, _)| i);
    let all = || rest.char_indices().nth(most).map_or(rest.len(), |(i, _)| i);
    &rest[..end.unwrap_or_else(all)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_in_texts() {
        for (text, expected) in [
            ("see HTTPS://www.One.example/x#top.", &["u HTTPS://www.One.example/x#top"][..]),
            ("(http://one.example/a_(b)), then", &["u http://one.example/a_(b)"]),
            ("(see https://one.example/x)", &["u https://one.example/x"]),
            ("a www.one.example, b", &["u www.one.example"]),
            ("awww.one.example www.word www", &[]),
            ("cut https://t.co/abc… end", &[]),
            ("https://one.example/xを見て", &["u https://one.example/x"]),
            ("http://пример.рф/путь да", &["u http://пример.рф/путь"]),
            (
                "&lt;https://one.example/x&gt; https://one.example/?a=1&amp;b=2",
                &["u https://one.example/x", "u https://one.example/?a=1&amp;b=2"],
            ),
            ("http://a.example/1http://b.example/2", &["u http://a.example/1http://b.example/2"]),
            (
                "#выборы, ＃選挙。#élection! #a1 #2026 #_x &#39; a#b",
                &["t выборы", "t 選挙", "t élection", "t a1", "t _x"],
            ),
            ("https://one.example/#frag #tag", &["u https://one.example/#frag", "t tag"]),
            ("#हिन्दी #می\u{200c}خواهم", &["t हिन्दी", "t می\u{200c}خواهم"]),
            ("#️⃣ # ##x", &["t x"]),
            (
                "@ann: .@bob mail@one.example @ann@social.example @c.bsky.social. @d.Then",
                &["m ann", "m ann@social.example", "m c.bsky.social", "m d"],
            ),
            ("://x http:// https:// @ #", &[]),
        ] {
            let mut got = Vec::new();
            scan(text, |t| {
                got.push(match t {
                    Token::Url(u) => format!("u {u}"),
                    Token::Tag(t) => format!("t {t}"),
                    Token::Mention(m) => format!("m {m}"),
                });
            });
            assert_eq!(got, expected, "{text}");
        }
    }
}
