//! Making a seal: documents in, the marks that tell them from all else out.
//!
//! A mark that stands in several documents says little about any of them, and one that stands in public text says
//! nothing: both are dropped. Versions of one document would so drop each other; documents that share a good part of
//! their marks are therefore one *family* and count as one. How far likeness goes by accident is taken from the documents
//! themselves: each is held against the others as a stranger's text would be.

use crate::seal::{Doc, STEP};
use crate::table::Table;
use crate::{Error, Key, Letters, MOST, Marker, Seal, Tail, chain};
use rustc_hash::{FxHashMap, FxHashSet};

/// Part of the smaller document's marks that makes two documents versions of one.
const VERSIONS: f64 = 0.25;
/// Most places kept of one mark.
const PLACES: usize = 4;
/// Part of a document's marks that must not stand in the public background.
const PUBLIC: f64 = 0.5;
/// Letters of documents that are kept to measure accidents on, and most of one document.
const SAMPLE: (usize, usize) = (600_000, 4_000);

/// Documents being sealed.
pub struct Sealer<'k> {
    key: &'k Key,
    marker: Marker,
    public: FxHashSet<u64>,
    docs: Vec<Doc>,
    starts: Vec<u32>,
    letters: u32,
    /// Hash and place.
    marks: Vec<(u64, u32)>,
    /// Pieces from the middle of documents (beginnings are alike by custom), by number, of every `stride`th document.
    sample: Vec<(usize, Letters)>,
    stride: usize,
}

/// A seal, and what a reader must know about it.
pub struct Sealed {
    /// The seal.
    pub seal: Seal,
    /// Part of all marks that was dropped because it stands in several documents or in public text.
    pub dropped: f64,
    /// Documents of which most is public text: their names. Little or nothing of them can be recognised.
    pub public: Vec<String>,
    /// Documents with less than [`crate::GUARANTEE`] letters: their names. Nothing is promised for them.
    pub short: Vec<String>,
    /// Groups of documents that are versions of one another.
    pub families: usize,
}

impl<'k> Sealer<'k> {
    /// Nothing sealed yet.
    #[must_use]
    pub fn new(key: &'k Key) -> Self {
        Self {
            key,
            marker: Marker::new(key),
            public: FxHashSet::default(),
            docs: Vec::new(),
            starts: Vec::new(),
            letters: 0,
            marks: Vec::new(),
            sample: Vec::new(),
            stride: 1,
        }
    }

    /// Public text, whose marks are dropped from every document.
    pub fn background(&mut self, text: &str) {
        self.public.extend(self.marker.all(&Letters::of(text)).iter().map(|m| m.hash));
    }

    /// A document; `pages` are the first characters of its pages, where it has any.
    ///
    /// # Errors
    /// [`Error::TooMuch`].
    pub fn add(&mut self, name: &str, text: &str, pages: &[u32]) -> Result<(), Error> {
        let letters = Letters::of(text);
        let start = self.letters;
        let len = u32::try_from(letters.len()).map_err(|_| Error::TooMuch)?;
        self.letters = start.checked_add(len).filter(|n| *n <= MOST).ok_or(Error::TooMuch)?;
        self.marks.extend(self.marker.all(&letters).iter().map(|m| (m.hash, start + m.from)));
        self.starts.push(start);
        self.docs.push(Doc {
            name: name.to_owned(),
            chars: letters.chars,
            letters: len,
            pages: pages.to_vec(),
            map: letters.at.iter().copied().step_by(STEP).collect(),
        });
        self.keep(&letters);
        Ok(())
    }

    /// Keeps a piece of the document added last, if its turn has come; of too many every second goes.
    fn keep(&mut self, letters: &Letters) {
        let doc = self.docs.len() - 1;
        if doc.is_multiple_of(self.stride) {
            self.sample.push((doc, letters.middle(SAMPLE.1)));
        }
        if self.sample.len() * SAMPLE.1 > SAMPLE.0 {
            self.stride *= 2;
            self.sample.retain(|(doc, _)| doc % self.stride == 0);
        }
    }

    /// The seal.
    #[must_use]
    pub fn seal(mut self) -> Sealed {
        self.marks.sort_unstable();
        self.marks.dedup();
        let all = self.marks.len();
        let per_doc = self.count();
        self.marks.retain(|m| !self.public.contains(&m.0));
        let left = self.count();
        let public = |d: &usize| per_doc[*d] > 0 && f64::from(left[*d]) < f64::from(per_doc[*d]) * (1.0 - PUBLIC);
        let names = |docs: Vec<usize>| docs.into_iter().map(|d| self.docs[d].name.clone()).collect::<Vec<String>>();
        let public = names((0..self.docs.len()).filter(public).collect());
        let short = |d: &usize| (self.docs[*d].letters as usize) < crate::GUARANTEE;
        let short = names((0..self.docs.len()).filter(short).collect());
        let family = self.families(&left);
        let tail = self.accidents(&family);
        let kept = self.telling(&family);
        let table = Table::new(&kept, u64::from(self.letters));
        let dropped = 1.0 - kept.len() as f64 / all.max(1) as f64;
        let mut heads = family.clone();
        heads.sort_unstable();
        let families = heads.chunk_by(|x, y| x == y).filter(|g| g.len() > 1).count();
        let seal = Seal {
            key_id: self.key.id(),
            recipient: self.key.recipient().to_owned(),
            docs: self.docs,
            tail,
            starts: self.starts,
            table,
        };
        Sealed { seal, dropped, public, short, families }
    }

    fn doc(&self, at: u32) -> usize {
        self.starts.partition_point(|s| *s <= at).saturating_sub(1)
    }

    /// Marks of each document.
    fn count(&self) -> Vec<u32> {
        let mut counts = vec![0; self.docs.len()];
        self.marks.iter().for_each(|m| counts[self.doc(m.1)] += 1);
        counts
    }

    /// The family of each document, as the number of its first member. Only neighbours in a mark's list of documents are
    /// compared, which is enough for versions of one text and never more work than there are marks.
    fn families(&self, marks: &[u32]) -> Vec<usize> {
        let mut shared: FxHashMap<(usize, usize), u32> = FxHashMap::default();
        for group in self.marks.chunk_by(|x, y| x.0 == y.0).filter(|g| g.len() > 1) {
            for pair in group.windows(2) {
                let (x, y) = (self.doc(pair[0].1), self.doc(pair[1].1));
                if x != y {
                    *shared.entry((x, y)).or_default() += 1;
                }
            }
        }
        let mut pairs: Vec<((usize, usize), u32)> = shared.into_iter().collect();
        pairs.sort_unstable();
        let mut family: Vec<usize> = (0..self.docs.len()).collect();
        for ((x, y), n) in pairs {
            if f64::from(n) >= f64::from(marks[x].min(marks[y])) * VERSIONS {
                let (x, y) = (head(&mut family, x), head(&mut family, y));
                family[x.max(y)] = x.min(y);
            }
        }
        (0..family.len()).map(|d| head(&mut family, d)).collect()
    }

    /// Marks of one family only.
    fn telling(&self, family: &[usize]) -> Vec<(u64, u32)> {
        let mut kept = Vec::with_capacity(self.marks.len());
        for group in self.marks.chunk_by(|x, y| x.0 == y.0) {
            let first = family[self.doc(group[0].1)];
            if group.iter().all(|m| family[self.doc(m.1)] == first) {
                kept.extend_from_slice(&group[..group.len().min(PLACES)]);
            }
        }
        kept
    }

    /// Holds documents against those of other families, as if they were mails: what is alike then is so by accident, or
    /// is what such documents have in common.
    fn accidents(&self, family: &[usize]) -> Tail {
        let (mut tail, mut letters) = (Tail::default(), 0_u64);
        for (doc, text) in &self.sample {
            letters += text.len() as u64;
            let mut hits = Vec::new();
            for mark in self.marker.all(text) {
                let from = self.marks.partition_point(|m| m.0 < mark.hash);
                let group = self.marks[from..].iter().take_while(|m| m.0 == mark.hash);
                let others: Vec<u32> = group.map(|m| m.1).filter(|at| family[self.doc(*at)] != family[*doc]).collect();
                let Some(one) = others.first().map(|at| family[self.doc(*at)]) else { continue };
                if others.iter().all(|at| family[self.doc(*at)] == one) {
                    let place = |at: &u32| chain::Hit::new(mark, self.doc(*at) as u32, *at);
                    hits.extend(others.iter().take(PLACES).map(place));
                }
            }
            chain::chains(text, hits).iter().for_each(|c| tail.add(c));
        }
        tail.fit(letters, u64::from(self.letters))
    }
}

/// The first member of a document's family so far.
fn head(family: &mut [usize], mut doc: usize) -> usize {
    while family[doc] != doc {
        family[doc] = family[family[doc]];
        doc = family[doc];
    }
    doc
}
