//! Texts that are nearly the same, taken for one thing before anything is linked.
//!
//! Of kinds that say so ([`model::KindInfo::alike`]) an object's value is a bag of words, cut to those of smallest
//! hash. Bags whose resemblance (Jaccard, as far as both sketches reach) is at least [`ALIKE`] belong together, and so
//! does what hangs on them in a chain. Candidates share one of their rarest words: two bags that resemble each other
//! so much must (prefix filter), so nothing is missed but where a word is followed through its [`LAST`] latest bags
//! only. Every candidate is compared word by word.
//! Sources: Broder 1997, On the resemblance and containment of documents; Xiao et al. 2008 (PPJoin).

use model::{ActorNo, KindInfo, ObjectInfo, ObjectNo, Quote, Share, Shares, When, hash64};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// Least resemblance.
const ALIKE: f64 = 0.6;
/// Most bags with one rare word that are compared.
const LAST: usize = 24;
/// Most words of a bag: [`model`]'s values are cut, and so is a hostile one.
const WORDS: usize = 32;

/// A trace table in which objects that are alike are one: the one of the smallest number.
pub struct Alike<'a> {
    shares: &'a dyn Shares,
    /// Each object of a group and the one that stands for it, sorted.
    of: Vec<(ObjectNo, ObjectNo)>,
    rows: BTreeMap<ObjectNo, Vec<Share>>,
}

impl<'a> Alike<'a> {
    /// Groups the objects of `kinds` that ask for it, and describes what stands for a group anew. Values of objects
    /// that only one actor touched are dropped afterwards: nothing else asks for them.
    pub fn of(kinds: &[KindInfo], objects: &mut [ObjectInfo], shares: &'a dyn Shares) -> Self {
        let mut alike = Self { shares, of: vec![], rows: BTreeMap::new() };
        for (no, _) in kinds.iter().enumerate().filter(|(_, k)| k.alike) {
            let from = objects.partition_point(|o| usize::from(o.kind.0) < no);
            let to = objects.partition_point(|o| usize::from(o.kind.0) <= no);
            let bags = Bags::of(objects[from..to].iter().map(|o| o.value.raw()));
            for (at, first) in groups(&bags).into_iter().enumerate() {
                if first as usize != at {
                    let first = ObjectNo(from as u32 + first);
                    alike.of.extend([(first, first), (ObjectNo((from + at) as u32), first)]);
                }
            }
        }
        alike.of.sort_unstable();
        alike.of.dedup();
        alike.gather(objects);
        let asked = |o: &ObjectInfo| kinds.get(usize::from(o.kind.0)).is_some_and(|k| k.alike);
        objects.iter_mut().filter(|o| o.actors < 2 && asked(o)).for_each(|o| o.value = Quote::default());
        alike
    }

    fn gather(&mut self, objects: &mut [ObjectInfo]) {
        let wanted: Vec<ObjectNo> = self.of.iter().map(|(no, _)| *no).collect();
        for share in self.shares.of_objects(&wanted) {
            if let Some(object) = self.stands_for(share.object) {
                self.rows.entry(object).or_default().push(Share { object, ..share });
            }
        }
        let mut sorts: BTreeMap<ObjectNo, u8> = BTreeMap::new();
        for (no, first) in &self.of {
            let info = &mut objects[no.0 as usize];
            *sorts.entry(*first).or_default() |= info.sorts;
            (info.shares, info.actors, info.sorts) = (0, 0, 0);
        }
        for (no, rows) in &mut self.rows {
            rows.sort_unstable_by_key(Share::key);
            rows.dedup_by_key(|r| (r.micros, r.actor));
            let info = &mut objects[no.0 as usize];
            (info.shares, info.sorts) = (rows.len() as u32, sorts[no]);
            describe(info, rows);
        }
    }

    /// What stands for an object of a group.
    fn stands_for(&self, object: ObjectNo) -> Option<ObjectNo> {
        let at = self.of.binary_search_by_key(&object, |(no, _)| *no).ok()?;
        Some(self.of[at].1)
    }
}

fn describe(info: &mut ObjectInfo, rows: &[Share]) {
    let mut actors: Vec<ActorNo> = rows.iter().map(|r| r.actor).collect();
    actors.sort_unstable();
    actors.dedup();
    info.actors = actors.len() as u32;
    let mut known = rows.iter().map(|r| r.micros).filter(|m| *m != When::UNKNOWN);
    info.first = known.next().unwrap_or(When::UNKNOWN);
    info.last = known.next_back().unwrap_or(info.first);
}

impl Shares for Alike<'_> {
    fn each_object(&self, f: &mut dyn FnMut(ObjectNo, &[Share])) {
        let mut of = self.of.iter().peekable();
        self.shares.each_object(&mut |object, rows| {
            while of.next_if(|(no, _)| *no < object).is_some() {}
            match of.next_if(|(no, _)| *no == object) {
                None => f(object, rows),
                Some((_, first)) if *first == object => f(object, &self.rows[first]),
                Some(_) => {}
            }
        });
    }

    fn of_objects(&self, objects: &[ObjectNo]) -> Vec<Share> {
        let (ours, theirs): (Vec<ObjectNo>, _) = objects.iter().partition(|o| self.stands_for(**o).is_some());
        let mut out = self.shares.of_objects(&theirs);
        out.extend(ours.iter().filter_map(|o| self.rows.get(o)).flatten());
        out.sort_by_key(Share::key);
        out
    }
}

/// Bags of words: hashes of the words of a value, sorted, the smallest [`WORDS`] of them. In one piece of memory.
#[derive(Default)]
struct Bags {
    words: Vec<u32>,
    ends: Vec<usize>,
}

impl Bags {
    fn of<'v>(values: impl Iterator<Item = &'v str>) -> Self {
        let (mut bags, mut bag) = (Self::default(), vec![]);
        for value in values {
            bag.clear();
            let words = value.as_bytes().split(|b| *b == b' ').filter(|w| !w.is_empty());
            bag.extend(words.map(|w| hash64(w) as u32));
            bag.sort_unstable();
            bag.dedup();
            bag.truncate(WORDS);
            bags.push(&bag);
        }
        bags
    }

    fn push(&mut self, bag: &[u32]) {
        self.words.extend_from_slice(bag);
        self.ends.push(self.words.len());
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, at: usize) -> &[u32] {
        &self.words[self.places(at)]
    }

    fn places(&self, at: usize) -> Range<usize> {
        at.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[at]
    }
}

/// What a first look at a bag needs, kept where the bag is found by a word: most candidates are dismissed by it.
#[derive(Clone, Copy)]
struct Outline {
    /// Which bag.
    at: u32,
    /// How many words it has.
    len: u32,
    /// A bit for each word, chosen by its hash; words may fall on one bit.
    bits: u64,
}

impl Outline {
    fn of(at: usize, bag: &[u32]) -> Self {
        Self { at: at as u32, len: bag.len() as u32, bits: bag.iter().fold(0, |bits, w| bits | 1 << (w & 63)) }
    }

    /// False where two bags cannot resemble each other enough: each bit of one that the other has not is a word of
    /// which the same is true. Bags that were cut are compared by parts of theirs, so nothing is known of them here.
    fn may_be_alike(&self, other: &Self) -> bool {
        let common = |x: &Self, y: &Self| x.len - (x.bits & !y.bits).count_ones();
        let both = common(self, other).min(common(other, self));
        // both ≥ 0.6·(all − both), in whole numbers.
        self.len.max(other.len) as usize == WORDS || 8 * both >= 3 * (self.len + other.len)
    }
}

/// For each bag the first of those it belongs with: its own number where with none before it.
fn groups(bags: &Bags) -> Vec<u32> {
    let (numbers, often) = numbered(&bags.words);
    let mut first: Vec<u32> = (0..bags.len() as u32).collect();
    let (mut near, mut rare) = (Near::new(&often), vec![]);
    for at in 0..bags.len() {
        let bag = bags.get(at);
        let outline = Outline::of(at, bag);
        rarest(bag, &numbers[bags.places(at)], &often, &mut rare);
        for (_, _, word) in rare.iter().filter(|(n, ..)| *n > 1) {
            for other in near.latest(*word).filter(|o| outline.may_be_alike(o)) {
                let (x, y) = (root(&mut first, at as u32), root(&mut first, other.at));
                if x != y && alike(bag, bags.get(other.at as usize)) {
                    first[x.max(y) as usize] = x.min(y);
                }
            }
            near.put(*word, outline);
        }
    }
    (0..bags.len() as u32).map(|at| root(&mut first, at)).collect()
}

/// The [`LAST`] latest bags that had each word among their rarest, in one piece of memory: a ring for each word.
struct Near {
    outlines: Vec<Outline>,
    /// Where each word's ring begins, and where the last one ends.
    starts: Vec<u32>,
    /// How many bags were put into each.
    put: Vec<u32>,
}

impl Near {
    /// Room for as many as a word can need; none for one that is met once.
    fn new(often: &[u32]) -> Self {
        let mut end = 0;
        let room = |n: &u32| if *n > 1 { (*n).min(LAST as u32) } else { 0 };
        let mut starts = vec![0];
        starts.extend(often.iter().map(|n| {
            end += room(n);
            end
        }));
        let nobody = Outline { at: 0, len: 0, bits: 0 };
        Self { outlines: vec![nobody; end as usize], starts, put: vec![0; often.len()] }
    }

    fn ring(&self, word: u32) -> Range<usize> {
        self.starts[word as usize] as usize..self.starts[word as usize + 1] as usize
    }

    fn latest(&self, word: u32) -> impl Iterator<Item = &Outline> {
        let ring = &self.outlines[self.ring(word)];
        ring[..ring.len().min(self.put[word as usize] as usize)].iter()
    }

    fn put(&mut self, word: u32, outline: Outline) {
        let ring = self.ring(word);
        let put = &mut self.put[word as usize];
        self.outlines[ring.start + *put as usize % ring.len()] = outline;
        *put += 1;
    }
}

/// The words numbered in order of first sight, and how often each is met.
fn numbered(words: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut known: FxHashMap<u32, u32> = FxHashMap::default();
    let mut often = vec![];
    let number = |word: &u32| {
        let no = *known.entry(*word).or_insert(often.len() as u32);
        match often.get_mut(no as usize) {
            Some(n) => *n += 1,
            None => often.push(1),
        }
        no
    };
    (words.iter().map(number).collect(), often)
}

/// The rarest words of a bag, each with how often it is and its number: of n words at least ALIKE·n must be common, so
/// one of the n − ⌈ALIKE·n⌉ + 1 rarest is. None of a bag of none.
fn rarest(bag: &[u32], numbers: &[u32], often: &[u32], rare: &mut Vec<(u32, u32, u32)>) {
    rare.clear();
    rare.extend(bag.iter().zip(numbers).map(|(word, no)| (often[*no as usize], *word, *no)));
    rare.sort_unstable();
    rare.truncate((bag.len() + 1).saturating_sub((ALIKE * bag.len() as f64).ceil() as usize));
}

fn root(first: &mut [u32], mut at: u32) -> u32 {
    while first[at as usize] != at {
        first[at as usize] = first[first[at as usize] as usize];
        at = first[at as usize];
    }
    at
}

/// Whether two bags resemble each other enough. Where a bag was cut, only words as small as its largest are compared.
fn alike(x: &[u32], y: &[u32]) -> bool {
    let reach = |bag: &[u32]| if bag.len() == WORDS { bag[WORDS - 1] } else { u32::MAX };
    let most = reach(x).min(reach(y));
    let [x, y] = [x, y].map(|bag| &bag[..bag.partition_point(|w| *w <= most)]);
    let (small, large) = if x.len() < y.len() { (x.len(), y.len()) } else { (y.len(), x.len()) };
    if (small as f64) < ALIKE * large as f64 {
        return false;
    }
    let both = in_common(x, y);
    both as f64 >= ALIKE * (x.len() + y.len() - both) as f64
}

/// How many two sorted lists without repeats have in common.
pub(crate) fn in_common<T: Ord>(x: &[T], y: &[T]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < x.len() && j < y.len() {
        let order = x[i].cmp(&y[j]);
        both += usize::from(order.is_eq());
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Dice, Table};
    use model::KindNo;

    fn of(texts: &[&str]) -> Vec<u32> {
        groups(&Bags::of(texts.iter().copied()))
    }

    #[test]
    fn nearly_the_same_words() {
        let texts = [
            "they say the harbour vote was bought with foreign money",
            "a fine day for a walk along the river with friends",
            "with foreign money the harbour vote was bought say",
            "they say the harbour vote was bought foreign money truth",
            "the harbour is closed today they say",
            "",
            "",
        ];
        assert_eq!(of(&texts), [0, 1, 0, 0, 4, 5, 6]);
        assert_eq!(of(&["выборы в гавани куплены на чужие деньги", "куплены выборы в гавани на чужие деньги"]), [0, 0]);
    }

    #[test]
    fn exactly_where_no_word_is_crowded() {
        let mut dice = Dice(4);
        let mut bags: Vec<Vec<u32>> = (0..300).map(|_| (0..12).map(|_| dice.below(4000) as u32).collect()).collect();
        for n in 0..300 {
            let mut near: Vec<u32> = bags[n].clone();
            near.truncate(12 - dice.below(7) as usize);
            bags.push(near);
        }
        bags.iter_mut().for_each(|b| b.sort_unstable());
        bags.iter_mut().for_each(|b| b.dedup());
        let mut laid = Bags::default();
        bags.iter().for_each(|b| laid.push(b));
        let found = groups(&laid);
        for (i, x) in bags.iter().enumerate() {
            for (j, y) in bags.iter().enumerate().take(i).filter(|(_, y)| alike(x, y)) {
                assert_eq!(found[i], found[j], "{x:?} {y:?}");
            }
        }
    }

    /// A million bags that all share their words would be a square; each is compared with a few.
    #[test]
    fn one_thing_stands_for_many() {
        let touches: Vec<_> = (0..6).map(|o| (o, o % 4, i64::from(o) * 10)).collect();
        let mut table = Table::new(60, &touches);
        table.kinds[0].alike = true;
        for (object, text) in
            table.objects.iter_mut().zip(["a b c d e", "b c d e f", "x y z u v", "a b c d f", "q", ""])
        {
            object.value = Quote::from(text);
        }
        let mut objects = table.objects.clone();
        let alike = Alike::of(&table.kinds, &mut objects, &table);
        let mut seen = vec![];
        alike.each_object(&mut |no, rows| seen.push((no.0, rows.iter().map(|r| r.actor.0).collect::<Vec<_>>())));
        assert_eq!(seen, [(0, vec![0, 1, 3]), (2, vec![2]), (4, vec![0]), (5, vec![1])]);
        assert_eq!((objects[0].shares, objects[0].actors, objects[1].shares), (3, 3, 0));
        assert_eq!((objects[0].first, objects[0].last), (0, 30 * When::SECOND));
        assert_eq!(alike.of_objects(&[ObjectNo(0), ObjectNo(2)]).len(), 4);
        assert_eq!(objects[2].value, Quote::default());
        assert_eq!(objects[0].kind, KindNo(0));
    }
}
