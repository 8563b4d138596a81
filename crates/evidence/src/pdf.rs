//! PDF documents: text by page, metadata, links.
//!
//! PDF libraries panic, overflow the stack and exhaust memory on hostile files, so they run apart (`pdf_apart.rs`),
//! in another process where there is one, and only JSON comes back, believed no more than the file. No text comes of
//! scanned pages: that is noted. Source: ISO 32000-2.

use crate::passages::Prose;
use crate::{Example, Format, Out, Reading, pdf_apart};
use model::{Card, Code, Span, When};

/// PDF.
pub const PDF: Format = Format {
    card: Card {
        id: "pdf",
        about: "PDF documents: text with page numbers, metadata, links",
        source: "ISO 32000-2 (PDF 2.0)",
    },
    recognise: |head| head.bytes[..head.bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-"),
    read: Reading::Whole(read),
    risky: Some(pdf_apart::apart),
    examples: &[
        Example {
            name: "two pages and a link",
            bytes: include_bytes!("../examples/memo.pdf"),
            says: &[
                "opened example as pdf",
                "  document all title=\"Campaign memo\" author=\"A. Writer\" producer=\"Office 9; Printer 1\" when=2000-01-01T00:00:00Z passages=[page 1: \"The plan for the last week.\\nSecond line.\", page 2: \"Page two says less.\"] links=[\"https://one.example/plan\"] sha256=\"0376c6e68eb9ba2dacceefaa92dd3c34a2c7b65650cc4dc32f1ef4defeaf6acc\"",
                "closed bytes=1994 records=1 children=0 layout=\"2 of 2 pages with text\"",
            ],
        },
        Example {
            name: "Cyrillic in an embedded font",
            bytes: include_bytes!("../examples/cyrillic.pdf"),
            says: &[
                "opened example as pdf",
                "  document all title=\"Письмо\" when=2026-10-01T08:00:00Z passages=[page 1: \"Выборы прошли\"] sha256=\"05f2f9607286ddb77301ab1e92526534b9720cbd76cf2972c4aa999cfc863c53\"",
                "closed bytes=7187 records=1 children=0 layout=\"1 of 1 pages with text\"",
            ],
        },
        Example {
            name: "encrypted",
            bytes: include_bytes!("../examples/locked.pdf"),
            says: &[
                "opened example as pdf",
                "  document all sha256=\"8b7986234a1ed0d2a9f4dcdcf4efe9d124b2b5f843fea4d5a61b1458f7f71432\"",
                "  note encrypted all encrypted with a password: not read ×1",
                "closed bytes=2009 records=1 children=0",
            ],
        },
        Example {
            name: "nothing but a first line",
            bytes: b"%PDF-1.7\n",
            says: &[
                "opened example as pdf",
                "  document all sha256=\"0716f9264c9fe19f5d7455276107f3ddcc1d3497f63d60689a73558ae8a1bf5e\"",
                "  note malformed all no PDF can be made out ×1",
                "closed bytes=9 records=1 children=0",
            ],
        },
    ],
};

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let Some(wrote) = out.risky(&PDF, bytes) else { return };
    let found: pdf_apart::Found = match serde_json::from_slice(&wrote) {
        Ok(found) => found,
        Err(_) => {
            return out.note(Code::Malformed, Span::WHOLE, "the reader's process answered nothing that makes sense");
        }
    };
    for (code, text) in &found.notes {
        out.note(*code, Span::WHOLE, text.as_str());
    }
    let mut prose = Prose::default();
    (prose.title, prose.author, prose.producer) = (found.title, found.author, found.producer);
    prose.changed(moment(&found.changed), out);
    for (page, text) in &found.pages {
        prose.passage(&format!("page {page}"), text);
    }
    for link in &found.links {
        prose.link(link);
    }
    if found.total > 0 {
        out.layout(format!("{} of {} pages with text", prose.len(), found.total));
    }
    if prose.len() == 0 && found.total > 0 {
        out.note(Code::Info, Span::WHOLE, "no text on any page: a scan, or drawn letters");
    }
    prose.record(out);
    pictures(bytes, out);
}

/// JPEG pictures stand in the file as they are; each becomes a child.
fn pictures(bytes: &[u8], out: &mut Out<'_>) {
    let find = |from: usize, what: &[u8]| bytes[from..].windows(what.len()).position(|w| w == what).map(|n| from + n);
    let mut at = 0;
    while let Some(start) = find(at, b"\xff\xd8\xff") {
        at = start + 3;
        let before = bytes[..start].strip_suffix(b"\n").or(bytes[..start].strip_suffix(b"\r")).unwrap_or_default();
        if !before.trim_ascii_end().ends_with(b"stream") {
            continue;
        }
        let end = find(at, b"endstream").unwrap_or(bytes.len());
        let span = Span::bytes(start as u64, (end - start) as u64);
        let picture = bytes[start..end].trim_ascii_end();
        if !out.child("picture", span, &mut &picture[..]) {
            return;
        }
        at = end;
    }
}

/// `D:20161007143000+02'00'`, of which everything after the year may be missing; and whether the zone was.
fn moment(text: &str) -> Option<(When, bool)> {
    let text = text.trim().trim_start_matches("D:");
    let digits = &text[..text.bytes().take(14).take_while(u8::is_ascii_digit).count()];
    let field = |from: usize, none: u32| digits.get(from..from + 2).and_then(|d| d.parse().ok()).unwrap_or(none);
    let year = digits.get(..4)?.parse().ok()?;
    let day = When::from_civil(year, field(4, 1), field(6, 1), field(8, 0), field(10, 0), field(12, 0))?;
    match crate::passages::offset(&text[digits.len()..]) {
        Some(minutes) => Some((When(day.0.checked_sub(i64::from(minutes) * 60 * When::SECOND)?), false)),
        None => Some((day, true)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        for (text, iso, guessed) in [
            ("D:20161007143000+02'00'", "2016-10-07T12:30:00Z", false),
            ("D:20161007143000Z00'00'", "2016-10-07T14:30:00Z", false),
            ("20161007143000", "2016-10-07T14:30:00Z", true),
            ("D:2016", "2016-01-01T00:00:00Z", true),
        ] {
            assert_eq!(moment(text).map(|(w, g)| (w.iso(), g)), Some((iso.to_owned(), guessed)), "{text}");
        }
        for bad in ["", "D:", "D:20161332", "é", "D:99"] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }
}
