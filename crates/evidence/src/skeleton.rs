//! What a page is built like, without its words: class names, comments, and the paths of its elements.
//!
//! A path is an element with the two around it, each by tag and first class without digits, as a hash: pages of one
//! template share most of theirs, whatever they say. Tags that are never closed are forgiven.

use crate::html::Tag;
use std::collections::{BTreeSet, HashSet};

/// Most different classes, comments and paths kept of one page, each.
const MOST: usize = 2_000;
/// Deepest nesting followed.
const DEEP: usize = 64;
/// Longest class name or comment kept, in bytes.
const LONG: usize = 300;

/// Elements that are never closed.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// What is known of a page's build so far.
#[derive(Default)]
pub(crate) struct Skeleton {
    open: Vec<(String, u64)>,
    classes: HashSet<String>,
    paths: BTreeSet<u64>,
    comments: Vec<String>,
}

impl Skeleton {
    pub fn open(&mut self, tag: &Tag) {
        let class = tag.get("class").unwrap_or_default();
        let names = class.split_ascii_whitespace().filter(|c| c.len() <= LONG);
        for name in names.take(64) {
            if self.classes.len() < MOST && !self.classes.contains(name) {
                self.classes.insert(name.to_owned());
            }
        }
        let own = step(&tag.name, class.split_ascii_whitespace().next().unwrap_or_default());
        let around = self.open.iter().rev().take(2).fold(own, |h, (_, o)| h.rotate_left(21) ^ o.wrapping_mul(MIX));
        if self.paths.len() < MOST {
            self.paths.insert(around);
        }
        if !VOID.contains(&tag.name.as_str()) && self.open.len() < DEEP {
            self.open.push((tag.name.clone(), own));
        }
    }

    pub fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|(n, _)| n == name) {
            self.open.truncate(at);
        }
    }

    pub fn comment(&mut self, text: &str) {
        let text = text.trim();
        if (4..=LONG).contains(&text.len()) && self.comments.len() < 200 {
            self.comments.push(text.to_owned());
        }
    }

    /// Class names, sorted.
    pub fn classes(&self) -> Vec<&str> {
        let mut out: Vec<&str> = self.classes.iter().map(String::as_str).collect();
        out.sort_unstable();
        out
    }

    /// Comments in the order they stand.
    pub fn comments(&self) -> Vec<&str> {
        self.comments.iter().map(String::as_str).collect()
    }

    /// Hashes of paths, sorted.
    pub fn shape(&self) -> Vec<u64> {
        self.paths.iter().copied().collect()
    }
}

/// An odd constant, so that the order of steps counts (the 64-bit golden ratio).
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

fn step(tag: &str, class: &str) -> u64 {
    let letters: Vec<u8> = class.bytes().filter(|b| !b.is_ascii_digit()).take(40).collect();
    model::hash64(tag.as_bytes()) ^ model::hash64(&letters).wrapping_mul(MIX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::{Event, walk};

    fn of(html: &str) -> Skeleton {
        let mut s = Skeleton::default();
        walk(html, &mut |event| match event {
            Event::Open(tag) => s.open(tag),
            Event::Close(name) => s.close(name),
            Event::Comment(text) => s.comment(text),
            Event::Text(_) => {}
        });
        s
    }

    #[test]
    fn one_template_two_stories() {
        let page = |words: &str, id: u32| {
            format!(
                "<div class=\"wrap wrap-{id}\"><h1 class='h{id}'>{words}</h1><!-- built by desk --><p>{words}<br></div>"
            )
        };
        let (x, y) = (of(&page("one", 1)), of(&page("quite another", 22)));
        assert_eq!(x.shape(), y.shape());
        assert_eq!(x.comments(), ["built by desk"]);
        assert_eq!(x.classes(), ["h1", "wrap", "wrap-1"]);
        assert_ne!(x.shape(), of("<table><tr><td>one</table>").shape());
    }
}
