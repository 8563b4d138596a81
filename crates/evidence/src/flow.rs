//! Words of an office document as they come: paragraphs inside notes inside paragraphs, with what was deleted beside
//! what stands. Shared by the formats of office programs; what is open is bounded, not recursed on.

use crate::passages::Prose;
use std::collections::{BTreeMap, BTreeSet};

/// Paragraphs open inside one another; words of deeper ones join the deepest.
const MOST_OPEN: usize = 64;

/// Takes words and makes passages of them.
#[derive(Default)]
pub(crate) struct Flow {
    /// The document so far.
    pub prose: Prose,
    open: Vec<Paragraph>,
    deeper: u64,
    count: BTreeMap<&'static str, u64>,
    begun: BTreeSet<&'static str>,
}

struct Paragraph {
    sort: &'static str,
    text: String,
    deleted: String,
}

impl Flow {
    /// A note or comment begins: its paragraphs share one number.
    pub fn unit(&mut self, sort: &'static str) {
        self.begun.insert(sort);
    }

    /// A paragraph begins, in the body (`paragraph`) or in a unit of another sort.
    pub fn begin(&mut self, sort: &'static str) {
        if self.open.len() < MOST_OPEN {
            self.open.push(Paragraph { sort, text: String::new(), deleted: String::new() });
        } else {
            self.deeper += 1;
        }
    }

    /// Words of the innermost paragraph that is open; without one they are lost, as office programs lose them.
    pub fn words(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    /// Words that were deleted from it but are still in the file.
    pub fn deleted(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.deleted.push_str(text);
        }
    }

    /// The innermost paragraph ends.
    pub fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return self.words("\n");
        }
        let Some(Paragraph { sort, text, deleted }) = self.open.pop() else { return };
        if text.trim().is_empty() && deleted.trim().is_empty() {
            return;
        }
        let label = format!("{sort} {}", self.number(sort));
        self.prose.passage(&label, &text);
        self.prose.passage(&format!("{label} (deleted)"), &deleted);
    }

    /// All that is open ends.
    pub fn end_all(&mut self) {
        self.deeper = 0;
        while !self.open.is_empty() {
            self.end();
        }
    }

    /// Who wrote the unit of this sort that just began.
    pub fn author(&mut self, sort: &'static str, name: &str) {
        if !name.trim().is_empty() {
            let label = format!("{sort} {} author", self.number(sort));
            self.prose.passage(&label, name);
        }
    }

    fn number(&mut self, sort: &'static str) -> u64 {
        let count = self.count.entry(sort).or_insert(0);
        if sort == BODY || self.begun.remove(sort) || *count == 0 {
            *count += 1;
        }
        *count
    }
}

/// The sort of paragraph that is numbered one by one.
pub(crate) const BODY: &str = "paragraph";

/// The address in a field instruction: `HYPERLINK "https://one.example/" \o "tip"`.
pub(crate) fn hyperlink(instruction: &str) -> Option<&str> {
    let rest = instruction.trim_start();
    let rest = rest.get(..9).filter(|w| w.eq_ignore_ascii_case("HYPERLINK")).and(rest.get(9..))?.trim_start();
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next().filter(|w| !w.starts_with('\\')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_instructions() {
        for (text, link) in [
            (" HYPERLINK \"https://one.example/a b\" \\o \"tip\"", Some("https://one.example/a b")),
            ("hyperlink https://one.example/", Some("https://one.example/")),
            ("HYPERLINK \\l \"bookmark\"", None),
            ("PAGE", None),
            ("HYPERLINÜ", None),
        ] {
            assert_eq!(hyperlink(text), link, "{text}");
        }
    }
}
