//! Plain text and Markdown: the last guess of all, so a careful one.
//!
//! Paragraphs are what stands between blank lines; Markdown's marks are left in, they are words too. Wrong where a
//! file in an eight-bit encoding is neither Western nor Cyrillic: it says which page it took.

use crate::passages::Prose;
use crate::{Example, Format, Head, Out, Reading, decode};
use model::Card;

/// Text, Markdown.
pub const TEXT: Format = Format {
    card: Card {
        id: "text",
        about: "Plain text and Markdown, in paragraphs",
        source: "ours: bytes that hold words and no control characters, in no format known better",
    },
    recognise: |head| decode::wordy(whole_units(head)),
    read: Reading::Whole(read),
    risky: None,
    examples: &[
        Example {
            name: "two paragraphs",
            bytes: b"# Notes\nfirst line\n\n \nSecond, see https://one.example/x\n",
            says: &[
                "opened example as text",
                "  document all passages=[paragraph 1: \"# Notes\\nfirst line\", paragraph 2: \"Second, see https://one.example/x\"] sha256=\"be28a3ed13144ff8174478cb8b222b28583310769478f724ac5d989cdadf5ba8\"",
                "closed bytes=56 records=1 children=0",
            ],
        },
        Example {
            name: "an eight-bit page",
            bytes: b"caf\xe9\r\n\r\nd\xe9j\xe0 vu",
            says: &[
                "opened example as text",
                "  document all passages=[paragraph 1: \"café\", paragraph 2: \"déjà vu\"] sha256=\"14ad808c87d378ef2d924de02eced60e569126937b61e8ea941fd00080d8ff55\"",
                "  note encoding bytes 3-4 not UTF-8 and without a mark: read as windows-1252 ×1",
                "closed bytes=15 records=1 children=0",
            ],
        },
        Example {
            name: "UTF-16",
            bytes: b"\xff\xfeA\0\n\0\n\0\xe9\0",
            says: &[
                "opened example as text",
                "  document all passages=[paragraph 1: \"A\", paragraph 2: \"é\"] sha256=\"0612f3602d86bc7ab73510c8cba51f917cdf119b9a4fb637b6566d3fba97460f\"",
                "closed bytes=10 records=1 children=0",
            ],
        },
    ],
};

/// The head, without half a character of UTF-16 at its end.
fn whole_units<'a>(head: &Head<'a>) -> &'a [u8] {
    &head.bytes[..head.bytes.len() - usize::from(!head.all && head.bytes.len() % 2 == 1)]
}

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let text = decode::text(bytes, out);
    let mut prose = Prose::default();
    paragraphs(&text, &mut prose);
    prose.record(out);
}

/// Splits at blank lines; numbers what has words, from 1.
pub(crate) fn paragraphs(text: &str, prose: &mut Prose) {
    let (mut start, mut at, mut number) = (0, 0, 1);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            number += u64::from(prose.passage(&format!("paragraph {number}"), &text[start..at]));
            start = at + line.len();
        }
        at += line.len();
    }
    prose.passage(&format!("paragraph {number}"), &text[start..]);
}
