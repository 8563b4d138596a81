//! A document being read: its passages in order, its links, what it says of itself.
//!
//! Shared by every format of documents. Bounded: beyond [`MOST_PASSAGES`] passages the words go on in the last one, so
//! that nothing is lost and sixty million empty-looking paragraphs cost no more than their words.

use crate::Out;
use model::{Code, Document, Passage, Record, Span, When};
use std::collections::BTreeSet;

/// Passages that stand alone.
pub(crate) const MOST_PASSAGES: usize = 50_000;
/// Distinct links kept.
const MOST_LINKS: usize = 20_000;

/// What was read so far.
#[derive(Default)]
pub(crate) struct Prose {
    /// Title from the metadata.
    pub title: String,
    /// Author from the metadata.
    pub author: String,
    /// Program that made it.
    pub producer: String,
    /// Last change.
    pub when: Option<When>,
    passages: Vec<(String, String)>,
    links: Vec<String>,
    seen: BTreeSet<String>,
}

impl Prose {
    /// Adds a passage, trimmed; says whether there were any words in it.
    pub fn passage(&mut self, label: &str, text: &str) -> bool {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        if text.is_empty() {
            return false;
        }
        let full = self.passages.len() >= MOST_PASSAGES;
        match self.passages.last_mut() {
            Some(last) if full => {
                if !last.0.ends_with("and on") {
                    last.0.push_str(" and on");
                }
                last.1.push('\n');
                last.1.push_str(text);
            }
            _ => self.passages.push((label.to_owned(), text.to_owned())),
        }
        true
    }

    /// Adds the target of a link once.
    pub fn link(&mut self, target: &str) {
        let target = target.trim();
        if !target.is_empty() && self.links.len() < MOST_LINKS && self.seen.insert(target.to_owned()) {
            self.links.push(target.to_owned());
        }
    }

    /// It was last changed then; said aloud where the zone was a guess (see [`moment`]).
    pub fn changed(&mut self, moment: Option<(When, bool)>, out: &mut Out<'_>) {
        if moment.is_some_and(|(_, guessed)| guessed) {
            out.note(Code::Info, Span::WHOLE, "the time of the last change names no zone: read as UTC");
        }
        self.when = moment.map(|(when, _)| when);
    }

    /// How many passages there are.
    pub fn len(&self) -> usize {
        self.passages.len()
    }

    /// Hands the document over.
    pub fn record(&self, out: &mut Out<'_>) {
        let sha256 = out.sha256_hex();
        let passages: Vec<_> = self.passages.iter().map(|(label, text)| Passage { label, text }).collect();
        let links: Vec<&str> = self.links.iter().map(String::as_str).collect();
        let document = Document {
            title: self.title.trim(),
            author: self.author.trim(),
            producer: self.producer.trim(),
            when: self.when,
            passages: &passages,
            links: &links,
            sha256: &sha256,
        };
        out.record(Span::WHOLE, Record::Document(&document));
    }
}

/// A moment as documents write it in their metadata: `2016-05-04T09:30:00Z`, with a zone, a fraction or neither; the
/// second part is true where no zone was given and it was taken as UTC.
pub(crate) fn moment(text: &str) -> Option<(When, bool)> {
    let bytes = text.trim().as_bytes();
    let digits = |from: usize, n: usize| -> Option<u32> {
        let part = bytes.get(from..from + n)?;
        part.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(part).ok()?.parse().ok()).flatten()
    };
    let (y, mo, d) = (digits(0, 4)?, digits(5, 2)?, digits(8, 2)?);
    let (h, mi) = (digits(11, 2).unwrap_or(0), digits(14, 2).unwrap_or(0));
    let day = When::from_civil(y.into(), mo, d, h, mi, digits(17, 2).unwrap_or(0))?;
    let rest =
        text.trim().get(11..).unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_digit() || ":.,".contains(c));
    match offset(rest) {
        Some(minutes) => Some((When(day.0.checked_sub(i64::from(minutes) * 60 * When::SECOND)?), false)),
        None => Some((day, true)),
    }
}

/// Minutes east of UTC: `Z`, `+02:00`, `-0530`, and `+02'00'` as PDF writes it.
pub(crate) fn offset(text: &str) -> Option<i32> {
    let text = text.trim();
    if text.starts_with(['Z', 'z']) {
        return Some(0);
    }
    let sign = match text.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text.chars().filter(char::is_ascii_digit).take(4).collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |m| m.parse().ok())?;
    (hours <= 15 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        for (text, iso, guessed) in [
            ("2016-05-04T09:30:00Z", "2016-05-04T09:30:00Z", false),
            ("2016-05-04T09:30:00.123+03:00", "2016-05-04T06:30:00Z", false),
            ("2016-05-04T09:30:00.123456789", "2016-05-04T09:30:00Z", true),
            ("2016-05-04", "2016-05-04T00:00:00Z", true),
            ("2016:05:04 09:30:00", "2016-05-04T09:30:00Z", true),
        ] {
            assert_eq!(moment(text).map(|(w, g)| (w.iso(), g)), Some((iso.to_owned(), guessed)), "{text}");
        }
        for bad in ["", "2016", "2016-13-01", "0000:00:00 00:00:00", "é016-05-04", "2016-05-0é"] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }

    #[test]
    fn words_beyond_the_bound_are_kept() {
        let mut prose = Prose::default();
        for n in 0..MOST_PASSAGES + 2 {
            prose.passage(&format!("paragraph {n}"), &format!("w{n}"));
        }
        assert_eq!(prose.len(), MOST_PASSAGES);
        let last = prose.passages.last().expect("some");
        assert!(last.0.ends_with("and on") && last.1.ends_with(&format!("w{}", MOST_PASSAGES + 1)));
    }
}
