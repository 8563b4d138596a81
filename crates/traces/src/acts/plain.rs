//! A text as coordination-network-toolkit 1.5.2 compares it: lower case, without whatever follows an `@` up to the next
//! white space (mentions, but also the domains of mail addresses), white space folded. URLs and hashtags stay.

/// White space to Python's `str.split`, which counts four separators that Unicode does not.
pub(super) fn space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// Lower case without mentions, into `out`.
pub(super) fn lower(text: &str, out: &mut String) {
    out.clear();
    if text.is_ascii() {
        out.push_str(text);
        out.make_ascii_lowercase();
    } else {
        out.push_str(&text.to_lowercase());
    }
    if memchr::memchr(b'@', out.as_bytes()).is_some() {
        *out = without_mentions(out);
    }
}

fn without_mentions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('@') {
        out.push_str(before);
        rest = after.find(char::is_whitespace).map_or("", |end| &after[end..]);
    }
    out.push_str(rest);
    out
}

/// True where an `@` stands behind a letter or digit, as in a mail address: what is cut there is no mention.
pub(super) fn cuts_address(text: &str) -> bool {
    memchr::memchr_iter(b'@', text.as_bytes()).any(|at| text[..at].ends_with(char::is_alphanumeric))
}

/// The form in which two texts are the same.
pub(super) fn normal(text: &str, out: &mut String) {
    lower(text, out);
    if folded(out) {
        return;
    }
    let mut folded = String::with_capacity(out.len());
    for word in out.split(space).filter(|w| !w.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    *out = folded;
}

/// True where folding would change nothing: single spaces between words, none at the ends.
fn folded(text: &str) -> bool {
    let b = text.as_bytes();
    let odd = |c: &u8| *c < b' ' || *c >= 0x80;
    !b.iter().any(odd) && !b.starts_with(b" ") && !b.ends_with(b" ") && memchr::memmem::find(b, b"  ").is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_no_mentions() {
        for (text, cut) in [("info@one.example", true), ("@ann и@б", true), ("@ann @bob", false), ("", false)] {
            assert_eq!(cuts_address(text), cut, "{text}");
        }
    }

    #[test]
    fn the_same_text_to_the_toolkit() {
        for (text, expected) in [
            ("@Ann  Vote\n NOW", "vote now"),
            ("write to info@one.example today", "write to info today"),
            ("@a@b c", "c"),
            ("@only", ""),
            ("", ""),
            ("ΣΟΦΟΣ #Tag https://One.example/A", "σοφος #tag https://one.example/a"),
            ("a\u{1c}b\u{a0}c", "a b c"),
            ("x @a\u{1c}b c", "x c"),
            (" plain ", "plain"),
        ] {
            let mut out = String::new();
            normal(text, &mut out);
            assert_eq!(out, expected, "{text:?}");
        }
    }
}
