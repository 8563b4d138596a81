//! Holding a text against a seal.

use crate::chain::{self, Hit};
use crate::{GRAM, GUARANTEE, Key, Letters, Marker, Seal, WINDOW};

/// A run seen to be this long may be one of [`GUARANTEE`] letters: the marks at its ends lie up to a window inside it,
/// and a letter at either end may have melted into its neighbour outside (`rn`, `m`).
const ALWAYS: u32 = (GUARANTEE - 2 * (WINDOW - 1) - 2) as u32;
/// Fewest letters seen to be the same of an edited passage, whatever chance says.
const FEWEST: u32 = 2 * GRAM as u32 + 4;
/// Most accidental likenesses of this size expected in the text, for an edited passage to be called a match.
const ACCIDENTS: f64 = 0.05;

/// A passage that a text and a sealed document have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Characters `start .. end` of the text.
    pub start: u32,
    /// After its last character.
    pub end: u32,
    /// Number of the document.
    pub doc: usize,
    /// Characters of the document's text, as near as the marks tell.
    pub doc_start: u32,
    /// After its last character.
    pub doc_end: u32,
    /// Longest run of letters and digits seen to be the same.
    pub run: u32,
    /// Letters and digits seen to be the same.
    pub same: u32,
    /// Marks in common.
    pub marks: u32,
    /// Passages this much alike expected by accident in a text of this length and of the documents' genre.
    pub chance: f64,
    /// Letters and digits of the text.
    pub letters: u32,
    /// Other documents in which the same passage stands: versions of this one.
    pub also: Vec<usize>,
}

/// A seal with the means to hold texts against it.
pub struct Matcher<'s> {
    seal: &'s Seal,
    marker: Marker,
}

impl<'s> Matcher<'s> {
    /// For one seal.
    #[must_use]
    pub fn new(seal: &'s Seal, key: &Key) -> Self {
        Self { seal, marker: Marker::new(key) }
    }

    /// The passages of a text.
    #[must_use]
    pub fn check(&self, text: &str) -> Vec<Passage> {
        let letters = Letters::of(text);
        let (mut marks, mut hits) = (Vec::new(), Vec::new());
        self.marker.each(&letters, &mut |mark| marks.push(mark));
        // The table is larger than any cache: looked up in a row, the waits overlap.
        marks.retain(|mark| self.seal.table.perhaps(mark.hash));
        for mark in marks {
            self.seal.table.find(mark.hash, &mut |at| hits.push(Hit::new(mark, self.seal.place(at).0 as u32, at)));
        }
        let found = chain::chains(&letters, hits).iter().map(|c| self.passage(&letters, c)).collect();
        best(found)
    }

    fn passage(&self, text: &Letters, chain: &chain::Chain) -> Passage {
        let (start, end) = text.span(chain.mail.0 as usize, chain.mail.1 as usize);
        let doc = chain.doc as usize;
        let (first, of) = (self.seal.starts[doc], &self.seal.docs[doc]);
        // What stands before the first mark and after the last is not seen: as much as between two of them is likely.
        let letter = |at: u32| at.saturating_sub(first).min(of.letters);
        let (from, to) = (chain.place.0.saturating_sub(chain.gap).max(first), chain.place.1.saturating_add(chain.gap));
        Passage {
            start,
            end,
            doc,
            doc_start: of.char_of(letter(from)),
            doc_end: of.char_of(letter(to)),
            run: chain.run,
            same: chain.covered,
            marks: chain.hits,
            chance: self.seal.tail.expected(chain.covered.max(chain.run), text.len() as u64),
            letters: text.len() as u32,
            also: Vec::new(),
        }
    }
}

impl Passage {
    /// True where letters run on unbroken as far as the guarantee goes; else the words were edited.
    #[must_use]
    pub fn verbatim(&self) -> bool {
        self.run >= ALWAYS
    }

    /// True where it is called a match: a run that the guarantee speaks of, or more alike than chance allows.
    fn holds(&self) -> bool {
        self.verbatim() || (self.same >= FEWEST && self.chance <= ACCIDENTS)
    }

    /// True where most of the shorter one lies inside the other, in the text.
    fn covers(&self, other: &Self) -> bool {
        let both = self.end.min(other.end).saturating_sub(self.start.max(other.start));
        both * 2 > (self.end - self.start).min(other.end - other.start)
    }
}

/// The passages that hold, in order; where several documents claim the same words, the one most alike.
fn best(mut found: Vec<Passage>) -> Vec<Passage> {
    found.retain(Passage::holds);
    found.sort_by_key(|p| (std::cmp::Reverse((p.same, p.run)), p.doc, p.start));
    let mut kept: Vec<Passage> = Vec::new();
    for passage in found {
        match kept.iter_mut().find(|k| k.covers(&passage)) {
            None => kept.push(passage),
            Some(k) if k.doc != passage.doc && passage.same * 10 >= k.same * 9 => {
                k.also.push(passage.doc);
            }
            Some(_) => {}
        }
    }
    kept.sort_by_key(|p| (p.start, p.end, p.doc));
    kept
}
