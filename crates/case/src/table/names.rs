//! Dictionaries merged: the names of all segments get numbers that depend on nothing but the names.

use crate::Error;
use crate::columns::{self, Column};
use crate::segment::{ACTORS, OBJECTS, derived};
use model::{ActorInfo, KindInfo, KindNo, ObjectInfo, ObjectNo, Quote, Sort, When};
use parquet::data_type::ByteArray;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};

/// The numbers that the rows of the segments' dictionaries got.
#[derive(Default)]
pub struct Numbers {
    /// By row, the segments one behind the other.
    numbers: Vec<u32>,
    /// Where each segment's rows begin.
    starts: Vec<usize>,
}

impl Numbers {
    /// The numbers of one segment's rows.
    pub fn of(&self, segment: usize) -> &[u32] {
        let from = self.starts.get(segment).copied().unwrap_or(self.numbers.len());
        &self.numbers[from..self.starts.get(segment + 1).copied().unwrap_or(self.numbers.len())]
    }
}

/// Merges actors: by sort, then name. Names that hash to one id go to `collisions` and are taken for one.
pub fn actors(segments: &[PathBuf], collisions: &mut Vec<Quote>) -> Result<(Vec<ActorInfo>, Numbers), Error> {
    let mut merging = Merging::default();
    for segment in segments {
        merging.numbers.starts.push(merging.numbers.numbers.len());
        read(&segment.join(ACTORS.0), Some(3), &mut |n, words| {
            for (i, word) in words.iter().enumerate() {
                merging.actor(n[0].wide()[i] as u64, n[1].wide()[i] as u64, n[2].narrow()[i], word, collisions);
            }
        })?;
    }
    Ok(merging.ranked())
}

#[derive(Default)]
struct Merging {
    /// Id to check and place in `list`.
    known: FxHashMap<u64, (u64, u32)>,
    list: Vec<ActorInfo>,
    numbers: Numbers,
}

impl Merging {
    fn actor(&mut self, id: u64, check: u64, sort: i32, word: &ByteArray, collisions: &mut Vec<Quote>) {
        let name = || quote(word);
        let next = self.list.len() as u32;
        let (known, no) = match self.known.entry(id) {
            Entry::Occupied(e) => *e.get(),
            Entry::Vacant(e) => {
                let sort = u8::try_from(sort).ok().and_then(Sort::from_u8).unwrap_or(Sort::File);
                self.list.push(ActorInfo { id, sort, name: name(), traces: 0, records: 0 });
                *e.insert((check, next))
            }
        };
        if known != check {
            collisions.push(name());
        }
        self.numbers.numbers.push(no);
    }

    fn ranked(self) -> (Vec<ActorInfo>, Numbers) {
        let Self { list, mut numbers, .. } = self;
        let mut order: Vec<u32> = (0..list.len() as u32).collect();
        let key = |no: &u32| (list[*no as usize].sort, &list[*no as usize].name, list[*no as usize].id);
        order.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        let mut rank = vec![0_u32; list.len()];
        order.iter().enumerate().for_each(|(at, no)| rank[*no as usize] = at as u32);
        numbers.numbers.iter_mut().for_each(|no| *no = rank[*no as usize]);
        let mut list: Vec<(u32, ActorInfo)> = rank.into_iter().zip(list).collect();
        list.sort_unstable_by_key(|(rank, _)| *rank);
        (list.into_iter().map(|(_, actor)| actor).collect(), numbers)
    }
}

/// Merges things touched: by kind, then id. Their words are left out: [`values`] fills in those that matter.
pub fn objects(
    segments: &[PathBuf],
    kinds: &[KindInfo],
    collisions: &mut Vec<Quote>,
) -> Result<(Vec<ObjectInfo>, Numbers), Error> {
    // One number for kind, id and row sorts much faster than a tuple of them.
    let (mut keys, mut checks, mut starts): (Vec<u128>, Vec<i64>, _) = (Vec::new(), Vec::new(), Vec::new());
    for segment in segments {
        starts.push(keys.len());
        read(&segment.join(OBJECTS.0), None, &mut |n, _| {
            for (id, kind) in n[0].wide().iter().zip(n[2].narrow()) {
                keys.push(u128::from(*kind as u32) << 96 | u128::from(*id as u64) << 32 | keys.len() as u128);
            }
            checks.extend_from_slice(n[1].wide());
        })?;
    }
    keys.sort_unstable();
    let mut numbers = vec![0; keys.len()];
    let mut list: Vec<ObjectInfo> = Vec::with_capacity(keys.len());
    let mut first = None;
    for key in keys {
        let (what, row) = (key >> 32, key as u32 as usize);
        match first {
            Some((same, check)) if same == what => {
                if check != checks[row] {
                    collisions.push(Quote::from(format!("t:{}", model::hex16(what as u64))));
                }
            }
            _ => {
                first = Some((what, checks[row]));
                list.push(object(what as u64, (what >> 64) as u8, kinds));
            }
        }
        numbers[row] = list.len() as u32 - 1;
    }
    Ok((list, Numbers { numbers, starts }))
}

fn object(id: u64, kind: u8, kinds: &[KindInfo]) -> ObjectInfo {
    let kind = KindNo(kind.min(kinds.len().saturating_sub(1) as u8));
    let (first, last) = (When::UNKNOWN, When::UNKNOWN);
    ObjectInfo { id, kind, value: Quote::default(), shares: 0, actors: 0, sorts: 0, first, last }
}

/// The words of objects that more than one actor touched, of those whose words say what they are alike to, and, where
/// the case has published lists, of what they name.
pub fn values(
    segments: &[PathBuf],
    kinds: &[KindInfo],
    objects: &mut [ObjectInfo],
    numbers: &Numbers,
) -> Result<(), Error> {
    let number = |id: &str| kinds.iter().position(|k| k.card.id == id).map(|at| KindNo(at as u8));
    let (listed, listed_as) = (number("listed"), number("listed-as"));
    let mut named = FxHashSet::default();
    each_value(segments, objects, numbers, &mut |_, object, word| {
        let on_list = Some(object.kind) == listed;
        if on_list {
            named.insert(model::hash64(before_after(word, b':').map_or(word, |w| w.1)));
        }
        on_list || Some(object.kind) == listed_as || object.actors > 1 || kinds[usize::from(object.kind.0)].alike
    })?;
    if named.is_empty() {
        return Ok(());
    }
    // A listed host is met in the addresses under it.
    let is = |word: &[u8]| named.contains(&model::hash64(word));
    each_value(segments, objects, numbers, &mut |_, _, word| {
        is(word) || before_after(word, b'/').is_some_and(|w| is(w.0))
    })
}

fn before_after(word: &[u8], mark: u8) -> Option<(&[u8], &[u8])> {
    let at = word.iter().position(|b| *b == mark)?;
    Some((&word[..at], &word[at + 1..]))
}

/// Goes over the words of all objects, some of them more than once, and keeps those that are wanted.
pub fn each_value(
    segments: &[PathBuf],
    objects: &mut [ObjectInfo],
    numbers: &Numbers,
    wanted: &mut dyn FnMut(ObjectNo, &ObjectInfo, &[u8]) -> bool,
) -> Result<(), Error> {
    for (s, segment) in segments.iter().enumerate() {
        let mut rows = numbers.of(s).iter();
        read(&segment.join(OBJECTS.0), Some(3), &mut |_, words| {
            for (word, no) in words.iter().zip(rows.by_ref()) {
                let object = &mut objects[*no as usize];
                if wanted(ObjectNo(*no), object, word.data()) && object.value.is_empty() {
                    object.value = quote(word);
                }
            }
        })?;
    }
    Ok(())
}

/// A word as it was written; what is no UTF-8 any more shows as such.
fn quote(word: &ByteArray) -> Quote {
    let lossy = |_| String::from_utf8_lossy(word.data()).into_owned();
    Quote::from(std::str::from_utf8(word.data()).map_or_else(lossy, str::to_owned))
}

/// Id, check and space of a dictionary, with its words if wanted.
fn read(path: &Path, words: Option<usize>, each: &mut dyn FnMut(&[Column], &[ByteArray])) -> Result<(), Error> {
    columns::read(path, &[0, 1, 2], words, each).map_err(|e| derived(path, &e))
}
