//! Words from evidence, which leave only by a door.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Text taken from evidence. It has no `Display`: a careless `{}` does not compile. It leaves through the method for
/// the place it goes to, and each of those makes it harmless there. `Debug` escapes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quote(String);

impl<T: Into<String>> From<T> for Quote {
    fn from(s: T) -> Self {
        Self(s.into())
    }
}

impl fmt::Debug for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// Characters that change how other characters are shown without being seen themselves: C0 and C1 controls, bidi
/// controls, zero-width and tag characters, line and paragraph separators.
fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn visible(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' | ' ' => out.push(' '),
            c if invisible(c) => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c => out.push(c),
        }
    }
}

impl Quote {
    /// The words as they stand. For computing with, never for printing.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// True when there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first `max` characters, with `…` where something was cut.
    #[must_use]
    pub fn short(&self, max: usize) -> Self {
        match self.0.char_indices().nth(max) {
            Some((cut, _)) => Self(format!("{}…", &self.0[..cut])),
            None => self.clone(),
        }
    }

    /// For a terminal or a log: one line, no control or bidi character survives, each shown as `\u{…}`.
    #[must_use]
    pub fn terminal(&self) -> String {
        let mut out = String::with_capacity(self.0.len());
        visible(&self.0, &mut out);
        out
    }

    /// For HTML text and quoted attributes: `& < > " '` escaped, invisible characters shown.
    #[must_use]
    pub fn html(&self) -> String {
        let mut out = String::with_capacity(self.0.len());
        for c in self.terminal().chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                c => out.push(c),
            }
        }
        out
    }

    /// For XML text and attributes: as [`Quote::html`], which leaves no character that XML 1.0 forbids but the two
    /// non-characters at the end of the plane, dropped here.
    #[must_use]
    pub fn xml(&self) -> String {
        self.html().replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
    }

    /// For Markdown: one line, every character that Markdown or HTML gives a meaning is escaped.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::with_capacity(self.0.len());
        for c in self.terminal().chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-' | '.' | '!' | '|'
                | '~' | ':' | '@' | '=' => {
                    out.push('\\');
                    out.push(c);
                }
                c => out.push(c),
            }
        }
        out
    }

    /// For a spreadsheet cell, before CSV quoting: text that a spreadsheet would run as a formula gets an apostrophe
    /// in front. Source: OWASP, "CSV Injection".
    #[must_use]
    pub fn cell(&self) -> String {
        let text = self.terminal();
        match text.trim_start().chars().next() {
            Some('=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠') => format!("'{text}"),
            _ => text,
        }
    }

    /// For a file name: letters, digits, `-`, `_` and single dots; at most 80 characters; never empty, never a path.
    #[must_use]
    pub fn file_name(&self) -> String {
        let mut out = String::new();
        for c in self.0.chars().take(80) {
            let ok =
                c.is_alphanumeric() || c == '-' || c == '_' || (c == '.' && !out.ends_with('.') && !out.is_empty());
            out.push(if ok { c } else { '_' });
        }
        let out = out.trim_end_matches('.').to_owned();
        if out.is_empty() { "_".to_owned() } else { out }
    }

    /// An address of the other side, made unclickable: see [`defang`].
    #[must_use]
    pub fn defanged(&self) -> Self {
        Self(defang(&self.0))
    }
}

/// `https://x.example/a` becomes `hxxps://x[.]example/a`, `a@b.example` becomes `a[@]b[.]example`. Words without a
/// scheme, an `@` or a dot between letters stay as they are.
#[must_use]
pub fn defang(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    let word = |i: usize| chars.get(i).is_some_and(|c| c.is_alphanumeric());
    let mut i = 0;
    while i < chars.len() {
        let between = i > 0 && word(i - 1) && word(i + 1);
        let rest: String = chars[i..].iter().take(8).collect::<String>().to_ascii_lowercase();
        if (i == 0 || !word(i - 1)) && (rest.starts_with("http://") || rest.starts_with("https://")) {
            out.push_str("hxxp");
            i += 4;
            continue;
        }
        match chars[i] {
            '.' if between => out.push_str("[.]"),
            '@' if between => out.push_str("[@]"),
            c => out.push(c),
        }
        i += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "\u{1b}[31m=cmd|' /C calc'!A0 \u{202e}<script>alert(1)</script>\u{200b}|\r\n# x";

    #[test]
    fn every_door_makes_harmless() {
        let q = Quote::from(HOSTILE);
        for out in [q.terminal(), q.html(), q.xml(), q.markdown(), q.cell(), q.file_name()] {
            assert!(!out.chars().any(invisible), "{out:?}");
        }
        assert!(!q.html().contains('<') && !q.xml().contains('<') && !q.markdown().contains('<'));
        assert!(!q.markdown().contains(" |") && !q.markdown().contains('\n'));
        assert!(Quote::from(" =1+1").cell().starts_with('\''));
        let name = Quote::from("../../etc/passwd").file_name();
        assert!(!name.contains('/') && !name.contains("..") && !name.starts_with('.'), "{name}");
    }

    #[test]
    fn defanging() {
        for (from, to) in [
            ("see HTTPS://www.One.example/x#top", "see hxxpS://www[.]One[.]example/x#top"),
            ("a@b.example", "a[@]b[.]example"),
            ("The end. Of it.", "The end. Of it."),
            ("3.14", "3[.]14"),
        ] {
            assert_eq!(defang(from), to);
        }
    }

    #[test]
    fn short_cuts_at_characters() {
        assert_eq!(Quote::from("äöü").short(2).raw(), "äö…");
        assert_eq!(Quote::from("äöü").short(3).raw(), "äöü");
    }
}
