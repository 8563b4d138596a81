//! Words with what varies from copy to copy masked, so that two fillings of one form come out the same.

/// Character classes in place of characters: `h` for eight or more hex digits with a figure among them, `9` for figures,
/// `a` and `A` for letters, each however many; anything else stands as it is. `None` where that gives more than `most` bytes.
pub(crate) fn grammar(text: &str, most: usize) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (class, len) = run(rest, first);
        out.push(class);
        rest = &rest[len..];
        if out.len() > most {
            return None;
        }
    }
    Some(out)
}

/// The class of what stands first, and how many bytes belong to it.
fn run(rest: &str, first: char) -> (char, usize) {
    let len = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
    let hex = len(|c| c.is_ascii_hexdigit());
    if hex >= 8 && rest[..hex].bytes().any(|b| b.is_ascii_digit()) {
        return ('h', hex);
    }
    match first {
        c if c.is_numeric() => ('9', len(char::is_numeric)),
        c if c.is_uppercase() => ('A', len(char::is_uppercase)),
        c if c.is_alphabetic() => ('a', len(|c| c.is_alphabetic() && !c.is_uppercase())),
        c => (c, c.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_stand_for_what_varies() {
        for (text, masked) in [
            ("", ""),
            ("20240311.Abc-77", "h.Aa-9"),
            ("/invite/deadbeef01?id=12345678", "/a/h?a=h"),
            ("Rechnung_März_7.pdf", "Aa_Aa_9.a"),
            ("deadbeefcafe", "a"),
        ] {
            assert_eq!(grammar(text, 64).as_deref(), Some(masked), "{text}");
        }
        assert_eq!(grammar(&"a-".repeat(100), 64), None);
    }
}
