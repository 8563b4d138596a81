//! Telephone numbers a page shows or links to, as digits with `+` kept.
//!
//! From `tel:` and messenger links; in the words only what is written internationally (`+49 30 123456`, `0049 …`) or stands
//! after a word for telephone: other rows of digits are dates and sums. National and international forms of one
//! number do not meet.

use crate::sample::{Example, PAGE};
use crate::scan::last;
use crate::seen::MOST;
use crate::{Found, Kind, Reads};
use model::{Card, Page, Record};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card { id: "page-phone", about: "shows the same telephone number", source: "ITU-T E.164; RFC 3966" },
    reads: Reads::PAGES,
    window: None,
    ownership: model::Ownership::Shared(model::Tie {
        family: "contact",
        same: 50,
        copyable: true,
        floor: 50_000,
        common: &[],
    }),
    alike: false,
    find,
    examples: &[
        Example {
            shows: "+49 (0)30 1234-567 or 0049 30 7654321",
            record: Record::Page(&Page { text: "+49 (0)30 1234-567 or 0049 30 7654321", ..PAGE }),
            values: &["+49301234567", "+49307654321"],
        },
        Example {
            shows: "Tel.: (030) 555 0199",
            record: Record::Page(&Page { text: "Tel.: (030) 555 0199", links: &["tel:+1-202-555-0123"], ..PAGE }),
            values: &["+12025550123", "0305550199"],
        },
        Example {
            shows: "dates and sums",
            record: Record::Page(&Page { text: "2026-11-03 14:05, 12345678 votes, 1.234.567,89, 00010082202", ..PAGE }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Page(page) = record else { return };
    let mut numbers: Vec<String> = page.links.iter().filter_map(|link| linked(link)).take(MOST).collect();
    within(page.text, &mut numbers);
    numbers.sort_unstable();
    numbers.dedup();
    numbers.iter().for_each(|number| found.own(number));
}

/// The number that a `tel:` or messenger link dials.
fn linked(link: &str) -> Option<String> {
    let link = link.trim();
    if link.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("tel:")) {
        return number(&link[4..]).map(|(number, _)| number);
    }
    let messenger = ["https://wa.me/", "https://api.whatsapp.com/send?phone=", "https://api.whatsapp.com/send/?phone="];
    let digits = messenger.iter().find_map(|m| link.strip_prefix(m))?.trim_start_matches('+');
    let digits = &digits[..digits.bytes().take_while(u8::is_ascii_digit).count()];
    (8..=15).contains(&digits.len()).then(|| ["+", digits].concat())
}

fn within(text: &str, out: &mut Vec<String>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && out.len() < 2 * MOST {
        let starts = matches!(bytes[at], b'+' | b'(' | b'0'..=b'9');
        let inside = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || b"+/.,-=&#".contains(&bytes[at - 1]));
        if !starts || inside {
            at += 1;
            continue;
        }
        let Some((number, len)) = number(&text[at..]) else {
            at += 1 + bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
            continue;
        };
        if number.starts_with('+') || announced(&text[..at]) {
            out.push(number);
        }
        at += len;
    }
}

/// True where a word for telephone stands just before.
fn announced(before: &str) -> bool {
    const WORDS: [&str; 12] =
        ["tel", "phone", "fon", "fax", "call", "mobile", "whatsapp", "тел", "телефон", "☎", "📞", "電話"];
    let near = last(before, 24).to_lowercase();
    let near = near.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || c == '：');
    WORDS.iter().any(|word| near.ends_with(word))
}

/// The telephone number a text begins with, and the bytes it takes: 8 to 15 digits, single separators between.
fn number(text: &str) -> Option<(String, usize)> {
    let (mut number, mut len, mut gap) = (String::new(), 0, 0);
    for (i, b) in text.bytes().enumerate().take(40) {
        match b {
            b'+' if number.is_empty() => number.push('+'),
            b'0'..=b'9' => {
                number.push(char::from(b));
                (len, gap) = (i + 1, 0);
            }
            b' ' | b'-' | b'.' | b'/' | b'(' | b')' if gap < 3 => gap += 1,
            _ => break,
        }
    }
    let national = text[..len].replace("(0)", "");
    if national.len() < len {
        number.retain(|c| c == '+');
        number.extend(national.chars().filter(char::is_ascii_digit));
    }
    if let Some(abroad) = number.strip_prefix("00") {
        number = ["+", abroad].concat();
    }
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    ((8..=15).contains(&digits) && !number.starts_with("+0")).then_some((number, len))
}
