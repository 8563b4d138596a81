//! The whole dossier as one JSON object, its shape described in `docs/reference/dossier.schema.json`.
//!
//! Keys come in the order of the nouns. Words from evidence are kept whole, with every character that could act on a
//! terminal or a page written as `\u….`: a reader of JSON gets the same words back. Source: RFC 8259, section 7.

use crate::Export;
use model::{Card, Dossier, SCHEMA};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card { id: "json", about: "the whole case as one JSON object of a documented shape", source: "RFC 8259" },
    extension: "json",
    write,
};

#[derive(Serialize)]
struct Versioned<'a> {
    schema: u32,
    #[serde(flatten)]
    dossier: &'a Dossier,
}

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    pretty(&Versioned { schema: SCHEMA, dossier: d }, out)
}

/// Writes one value over several lines, as [`Harmless`] does.
pub fn pretty<T: Serialize>(value: &T, out: &mut dyn Write) -> io::Result<()> {
    let form = Harmless { inner: PrettyFormatter::with_indent(b" ") };
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, form))?;
    out.write_all(b"\n")
}

/// Writes one object on one line, with harmful characters in strings as escapes.
pub fn line<T: Serialize>(value: &T, out: &mut dyn Write) -> io::Result<()> {
    let form = Harmless { inner: serde_json::ser::CompactFormatter };
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, form))?;
    out.write_all(b"\n")
}

/// Writes JSON as `inner` does, with harmful characters in strings as escapes.
struct Harmless<F> {
    inner: F,
}

/// Characters that change how others are shown, and the three that open markup.
fn harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '<' | '>' | '&' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

impl<F: Formatter> Formatter for Harmless<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| harmful(*c)) {
            out.write_all(&text.as_bytes()[from..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        out.write_all(&text.as_bytes()[from..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.inner.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.inner.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.inner.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.inner.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.inner.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.inner.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.inner.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.inner.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.inner.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Quote;

    #[test]
    fn every_character_comes_back_and_none_acts() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let shown = Quote::from(c.to_string()).terminal();
            let acts = shown.starts_with("\\u") || matches!(c, '\n' | '\r' | '\t');
            assert!(!acts || harmful(c), "U+{:04X}", c as u32);
            if harmful(c) || acts {
                let mut out = Vec::new();
                line(&c, &mut out).expect("a vector takes it");
                assert!(!String::from_utf8_lossy(&out).trim_end().contains(c), "U+{:04X}", c as u32);
                assert_eq!(serde_json::from_slice::<char>(&out).expect("JSON"), c);
            }
        }
    }
}
