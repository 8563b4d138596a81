//! Percent-encoding, made uniform and undone. Source: RFC 3986 section 2 and section 6.2.2.

use std::borrow::Cow;

/// Appends with percent-encoding made uniform: unreserved characters plain, all else that RFC 3986 forbids encoded,
/// hex digits upper case; in a query `+` is a space.
pub(super) fn percent(text: &str, in_query: bool, out: &mut String) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let stands = |b: &u8| may_stand(*b) && !(in_query && *b == b'+');
        let run = bytes[at..].iter().take_while(|b| stands(b)).count();
        if run > 0 {
            out.push_str(&text[at..at + run]);
            at += run;
            continue;
        }
        let (value, width) = match bytes[at] {
            b'%' => encoded(&bytes[at + 1..]).map_or((b'%', 1), |v| (v, 3)),
            b'+' => (b' ', 1),
            b => (b, 1),
        };
        push_encoded(value, out);
        at += width;
    }
}

fn may_stand(b: u8) -> bool {
    b.is_ascii_alphanumeric()
        || matches!(b, b'-' | b'.' | b'_' | b'~' | b'/' | b'=' | b':' | b'@' | b'!' | b'$')
        || matches!(b, b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'?' | b'[' | b']')
}

fn encoded(after: &[u8]) -> Option<u8> {
    let digit = |n: usize| char::from(*after.get(n)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

fn push_encoded(value: u8, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    if value.is_ascii_alphanumeric() || matches!(value, b'-' | b'.' | b'_' | b'~') {
        out.push(char::from(value));
    } else {
        out.extend(['%', char::from(HEX[usize::from(value >> 4)]), char::from(HEX[usize::from(value & 15)])]);
    }
}

/// Undoes percent-encoding once; what is then not UTF-8 is replaced.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| encoded(&bytes[at + 1..])).flatten();
        out.push(escape.unwrap_or(bytes[at]));
        at += if escape.is_some() { 3 } else { 1 };
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}
