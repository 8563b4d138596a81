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

/// Bits of a hash by which marks are sorted roughly while they come.
const FIRST: u32 = 7;

/// Documents being sealed.
pub struct Sealer<'k> {
    key: &'k Key,
    marker: Marker,
    public: FxHashSet<u64>,
    docs: Vec<Doc>,
    starts: Vec<u32>,
    letters: u32,
    /// By the first [`FIRST`] bits of their hash, so that each lot is sorted within the processor's cache.
    lots: Vec<Vec<Held>>,
    /// Pieces from the middle of documents (beginnings are alike by custom), by number, of every `stride`th document.
    sample: Vec<(usize, Letters)>,
    stride: usize,
}

/// A mark of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    hash: u64,
    /// The letter of all documents that it begins with.
    at: u32,
    /// Number of the document.
    doc: u32,
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
            lots: vec![Vec::new(); 1 << FIRST],
            sample: Vec::new(),
            stride: 1,
        }
    }

    /// Public text, whose marks are dropped from every document.
    pub fn background(&mut self, text: &str) {
        self.marker.each(&Letters::of(text), &mut |m| {
            self.public.insert(m.hash);
        });
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
        let doc = self.docs.len() as u32;
        self.marker.each(&letters, &mut |m| {
            self.lots[lot(m.hash)].push(Held { hash: m.hash, at: start + m.from, doc });
        });
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
        for lot in &mut self.lots {
            lot.sort_unstable();
            lot.dedup();
        }
        let all: usize = self.lots.iter().map(Vec::len).sum();
        let per_doc = self.count();
        if !self.public.is_empty() {
            self.lots.iter_mut().for_each(|lot| lot.retain(|m| !self.public.contains(&m.hash)));
        }
        let left = self.count();
        let public = |d: &usize| per_doc[*d] > 0 && f64::from(left[*d]) < f64::from(per_doc[*d]) * (1.0 - PUBLIC);
        let names = |docs: Vec<usize>| docs.into_iter().map(|d| self.docs[d].name.clone()).collect::<Vec<String>>();
        let public = names((0..self.docs.len()).filter(public).collect());
        let short = |d: &usize| (self.docs[*d].letters as usize) < crate::GUARANTEE;
        let short = names((0..self.docs.len()).filter(short).collect());
        let family = self.families(&left);
        let tail = self.accidents(&family);
        self.lots.iter_mut().for_each(|lot| keep_telling(lot, &family));
        let left: usize = self.lots.iter().map(Vec::len).sum();
        let dropped = 1.0 - left as f64 / all.max(1) as f64;
        let table = Table::new(left, self.lots.iter().flatten().map(|m| (m.hash, m.at)), u64::from(self.letters));
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

    /// Marks of each document.
    fn count(&self) -> Vec<u32> {
        let mut counts = vec![0; self.docs.len()];
        self.lots.iter().flatten().for_each(|m| counts[m.doc as usize] += 1);
        counts
    }

    /// The family of each document, as the number of its first member. Only neighbours in a mark's list of documents are
    /// compared, which is enough for versions of one text and never more work than there are marks.
    fn families(&self, marks: &[u32]) -> Vec<usize> {
        let mut shared: FxHashMap<(usize, usize), u32> = FxHashMap::default();
        for group in self.groups().filter(|g| g.len() > 1) {
            for pair in group.windows(2) {
                let (x, y) = (pair[0].doc as usize, pair[1].doc as usize);
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

    /// Marks by hash, in order.
    fn groups(&self) -> impl Iterator<Item = &[Held]> {
        self.lots.iter().flat_map(|lot| lot.chunk_by(|x, y| x.hash == y.hash))
    }

    /// Holds documents against those of other families, as if they were mails: what is alike then is so by accident, or
    /// is what such documents have in common.
    fn accidents(&self, family: &[usize]) -> Tail {
        let (mut tail, mut letters) = (Tail::default(), 0_u64);
        for ((_, text), hits) in self.sample.iter().zip(self.hits(family)) {
            letters += text.len() as u64;
            chain::chains(text, hits).iter().for_each(|c| tail.add(c));
        }
        tail.fit(letters, u64::from(self.letters))
    }

    /// For each piece of the sample, its marks that stand in one other family.
    fn hits(&self, family: &[usize]) -> Vec<Vec<chain::Hit>> {
        let mut marks = Vec::new();
        for (n, (_, text)) in self.sample.iter().enumerate() {
            self.marker.each(text, &mut |mark| marks.push((mark, n)));
        }
        marks.sort_unstable_by_key(|(mark, _)| mark.hash);
        let mut hits = vec![Vec::new(); self.sample.len()];
        let mut groups = self.groups().peekable();
        for (mark, n) in marks {
            while groups.next_if(|g| g[0].hash < mark.hash).is_some() {}
            let Some(group) = groups.peek().filter(|g| g[0].hash == mark.hash) else { continue };
            let others = || group.iter().filter(|m| family[m.doc as usize] != family[self.sample[n].0]);
            let Some(one) = others().next().map(|m| family[m.doc as usize]) else { continue };
            if others().all(|m| family[m.doc as usize] == one) {
                hits[n].extend(others().take(PLACES).map(|m| chain::Hit::new(mark, m.doc, m.at)));
            }
        }
        hits
    }
}

/// Which lot a mark goes into.
fn lot(hash: u64) -> usize {
    (hash >> (64 - FIRST)) as usize
}

/// Keeps marks (sorted) of one family only, and of each only some places.
fn keep_telling(marks: &mut Vec<Held>, family: &[usize]) {
    let (mut from, mut kept) = (0, 0);
    while let Some(first) = marks.get(from).copied() {
        let len = marks[from..].iter().take_while(|m| m.hash == first.hash).count();
        let one = marks[from..from + len].iter().all(|m| family[m.doc as usize] == family[first.doc as usize]);
        let most = if one { len.min(PLACES) } else { 0 };
        marks.copy_within(from..from + most, kept);
        kept += most;
        from += len;
    }
    marks.truncate(kept);
}

/// The first member of a document's family so far.
fn head(family: &mut [usize], mut doc: usize) -> usize {
    while family[doc] != doc {
        family[doc] = family[family[doc]];
        doc = family[doc];
    }
    doc
}
