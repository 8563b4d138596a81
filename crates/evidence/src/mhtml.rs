//! A web page saved with its pictures as one MIME message: the page, and what it holds as children.
//!
//! Told from a mail by who says it saved it, by its snapshot address, or by the lack of anyone who sent it. The first
//! HTML part is the page; frames and pictures are children. Wrong: style sheets and scripts are left out, with a note.
//! Source: RFC 2557; headers as written by Chromium, Internet Explorer and Word.

use crate::mime::{self, Block, Leaf};
use crate::{Example, Format, Head, Out, Reading, dates, icon, mail, page};
use model::{Card, Code};

/// The drawer.
pub const MHTML: Format = Format {
    card: Card { id: "mhtml", about: "A web page saved with its pictures (.mhtml, .mht)", source: "RFC 2557" },
    recognise,
    read: Reading::Whole(read),
    risky: None,
    examples: &[Example {
        name: "as Chromium saves it",
        bytes: include_bytes!("../examples/saved.mhtml"),
        says: &[
            "opened example as mhtml",
            "  page bytes 402-496 url=\"https://saved.example/page?x=1\" title=\"Saved\" text=\"Short words of a saved page.\" kept=2016-11-03T13:05:09Z paths=5",
            "  opened https://saved.example/dot.png as nothing known",
            "    note unrecognised all no format recognised this: sealed and listed, not read ×1",
            "  closed bytes=12 records=0 children=0",
            "  note info bytes 581-597 a style sheet or script of the saved page: left out ×1",
            "closed bytes=786 records=1 children=1",
        ],
    }],
};

fn recognise(head: &Head<'_>) -> bool {
    let looks = head.bytes.first().is_some_and(u8::is_ascii_alphabetic);
    if !looks || memchr::memmem::find(head.bytes, b"ultipart/related").is_none() {
        return false;
    }
    let top = mime::block(head.bytes, 0);
    let is = |name: &str, words: &str| top.first(name).is_some_and(|f| f.unfolded().0.contains(words));
    let sent = ["From", "To", "Received", "Message-ID", "Subject"].iter().any(|n| top.first(n).is_some());
    let related = is("Content-Type", "multipart/related");
    related && (is("From", "<Saved by") || is("Snapshot-Content-Location", ":") || (!sent && is("MIME-Version", "1.0")))
}

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let top = mime::block(bytes, 0);
    mail::note_header(&top, out);
    let known = location(&top, "Snapshot-Content-Location");
    out.kept = top.first("Date").and_then(|f| dates::rfc5322(f.unfolded().0.as_bytes())).or(out.kept);
    let parts = mime::parts(bytes, top);
    mail::note_parts(&parts, bytes, out);
    let page = parts.leaves.iter().position(|l| l.kind == "text/html");
    if let Some(leaf) = page.map(|i| &parts.leaves[i]) {
        let url = if known.is_empty() { location(&leaf.fields, "Content-Location") } else { known };
        let decoded = leaf.decoded(bytes).0;
        let (text, decoding) = mime::text(&decoded, &leaf.charset);
        if decoding == mime::Decoding::Doubtful {
            out.note(Code::Encoding, mail::span(&leaf.at), "text not in the charset it claims, or in one not known");
        }
        page::read_page(&text, &url, mail::span(&leaf.at), out);
    }
    for (i, leaf) in parts.leaves.iter().enumerate().filter(|(i, _)| Some(*i) != page) {
        if matches!(&leaf.kind[..], "text/css" | "text/javascript" | "application/javascript") {
            out.note(Code::Info, mail::span(&leaf.at), "a style sheet or script of the saved page: left out");
        } else if !child(leaf, i, bytes, out) {
            return;
        }
    }
}

fn child(leaf: &Leaf<'_>, i: usize, bytes: &[u8], out: &mut Out<'_>) -> bool {
    let name = location(&leaf.fields, "Content-Location");
    let name = if name.is_empty() { format!("part {}", i + 1) } else { name };
    let (decoded, broken) = leaf.decoded(bytes);
    if broken {
        out.note(Code::Malformed, mail::span(&leaf.at), "base64 with bytes that do not belong there");
    }
    icon::tell(&name, &leaf.kind, &decoded, mail::span(&leaf.at), out)
        || out.child(&name, mail::span(&leaf.at), &mut &decoded[..])
}

fn location(header: &Block<'_>, name: &str) -> String {
    header.first(name).map(|f| f.unfolded().0.trim().to_owned()).unwrap_or_default()
}
