//! The tags of a piece of markup, one after the other: names and names of attributes, without any value.
//!
//! One pass without a tree, linear however broken the markup. Contents of comments, scripts and style sheets are passed
//! over. Wrong: a `<` that a mail program would show as text is taken for a tag.

/// Calls `f` with the name of each tag (`/name` for a closing one) and of its attributes, as written.
pub(crate) fn tags(html: &str, mut f: impl FnMut(&str, &[&str])) {
    let mut rest = html;
    let mut attributes = Vec::new();
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let slash = usize::from(rest.starts_with('/'));
        let letters = rest[slash..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len() - slash);
        if letters == 0 {
            continue;
        }
        let name = &rest[..slash + letters];
        rest = attributes_of(&rest[name.len()..], &mut attributes);
        f(name, &attributes);
        let raw = ["script", "style"].iter().find(|n| n.eq_ignore_ascii_case(name));
        if raw.is_some() {
            rest = rest.find("</").map_or("", |end| &rest[end..]);
        }
    }
}

/// Collects names of attributes up to the end of the tag; gives what follows the tag.
fn attributes_of<'a>(mut rest: &'a str, names: &mut Vec<&'a str>) -> &'a str {
    names.clear();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<')).unwrap_or(rest.len());
        let name = &rest[..end];
        rest = &rest[end..];
        if !name.is_empty() && names.len() < 32 {
            names.push(name);
        }
        match rest.chars().next() {
            Some('=') => rest = value(rest[1..].trim_start()),
            Some('>') => return &rest[1..],
            None | Some('<') => return rest,
            Some(_) => {}
        }
    }
}

/// What follows a value.
fn value(rest: &str) -> &str {
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].find(quote).map_or("", |end| &rest[end + 2..]),
        _ => &rest[rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len())..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_values() {
        for (html, seen) in [
            ("", ""),
            ("plain < text", ""),
            ("<a href='x>y' class=z>word</a>", "a(href,class) /a()"),
            ("<!-- <b> --><br/><img src=\"a\" alt>", "br() img(src,alt)"),
            ("<style>p > a { }</style><p", "style() /style() p()"),
            ("<a href=\"never closed", "a(href)"),
            ("<i<b>", "i() b()"),
        ] {
            let mut out = Vec::new();
            tags(html, |name, attributes| out.push(format!("{name}({})", attributes.join(","))));
            assert_eq!(out.join(" "), seen, "{html}");
        }
    }
}
