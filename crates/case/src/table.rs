//! The trace table of a case: segments merged, names turned into numbers that depend on nothing but the names.
//!
//! Actors are numbered by sort and name, objects by kind and id, so any split into segments gives the same table.
//! Up to [`IN_MEMORY`] traces stand in memory; beyond that they are spread over files by ranges of objects and read
//! back one range at a time. Either way the rest of the house sees the same [`Shares`].

use crate::Error;
use crate::columns;
use crate::segment::{NO_HOUR, OBJECTS, UNPACKED, derived};
use model::{
    Activity, ActorInfo, ActorNo, EvidenceId, KindInfo, KindNo, ObjectInfo, ObjectNo, Quote, Share, Shares, Sort, When,
};
use parquet::data_type::ByteArray;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Most traces held in memory at once.
pub const IN_MEMORY: usize = 6_000_000;
/// Most traces in one file of a spread table.
const RANGE: usize = 2_000_000;

/// A merged table.
pub struct Table {
    /// By [`ActorNo`].
    pub actors: Vec<ActorInfo>,
    /// By [`ObjectNo`]. Values only of objects that more than one actor touched.
    pub objects: Vec<ObjectInfo>,
    /// By [`Share::evidence`].
    pub evidence: Vec<EvidenceId>,
    /// Records by actor and hour.
    pub activity: Activity,
    /// The traces.
    pub shares: Stored,
    /// Names that hash to one id.
    pub collisions: Vec<Quote>,
}

/// Traces in order, in memory or on disk.
pub struct Stored {
    ranges: Vec<Range>,
    trouble: Mutex<Option<Error>>,
}

struct Range {
    first: u32,
    /// Number of traces of each object of the range.
    counts: Vec<u32>,
    rows: Rows,
}

enum Rows {
    Here(Vec<Share>),
    There(PathBuf),
}

impl Shares for Stored {
    fn each_object(&self, f: &mut dyn FnMut(ObjectNo, &[Share])) {
        for range in &self.ranges {
            range.each(&self.rows(range), f);
        }
    }

    fn of_objects(&self, objects: &[ObjectNo]) -> Vec<Share> {
        let mut out = Vec::new();
        for range in &self.ranges {
            let last = range.first as usize + range.counts.len();
            let from = objects.partition_point(|o| o.0 < range.first);
            let to = objects.partition_point(|o| (o.0 as usize) < last);
            let mut wanted = objects[from..to].iter().peekable();
            if wanted.peek().is_some() {
                range.each(&self.rows(range), &mut |no, rows| {
                    while wanted.next_if(|o| **o < no).is_some() {}
                    if wanted.peek() == Some(&&no) {
                        out.extend_from_slice(rows);
                    }
                });
            }
        }
        out
    }
}

impl Stored {
    fn rows<'s>(&'s self, range: &'s Range) -> Cow<'s, [Share]> {
        match &range.rows {
            Rows::Here(rows) => Cow::Borrowed(rows),
            Rows::There(path) => Cow::Owned(read_rows(path).unwrap_or_else(|e| {
                let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
                trouble.get_or_insert(Error::io("read", path)(e));
                Vec::new()
            })),
        }
    }

    /// What went wrong while the table was read. Must be asked for before anything computed from it is believed.
    ///
    /// # Errors
    /// [`Error::Io`] when part of a spread table could not be read back.
    pub fn whole(&self) -> Result<(), Error> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }
}

impl Range {
    fn each(&self, rows: &[Share], f: &mut dyn FnMut(ObjectNo, &[Share])) {
        let mut at = 0;
        for (i, count) in self.counts.iter().enumerate() {
            let end = (at + *count as usize).min(rows.len());
            if end > at {
                f(ObjectNo(self.first + i as u32), &rows[at..end]);
            }
            at = end;
        }
    }

    /// Rows in any order, put in table order with exact repeats removed.
    fn settle(&mut self, rows: Vec<Share>) -> Vec<Share> {
        let mut starts = Vec::with_capacity(self.counts.len());
        let mut at = 0_usize;
        for count in &self.counts {
            starts.push(at);
            at += *count as usize;
        }
        let mut out = rows.clone();
        let mut next = starts.clone();
        for row in rows {
            let slot = &mut next[(row.object.0 - self.first) as usize];
            out[*slot] = row;
            *slot += 1;
        }
        let mut keep = 0;
        for (start, count) in starts.into_iter().zip(&mut self.counts) {
            let end = start + *count as usize;
            out[start..end].sort_unstable_by_key(Share::key);
            let mut kept = 0;
            for i in start..end {
                let row = out[i];
                let same =
                    kept > 0 && (out[keep + kept - 1].micros, out[keep + kept - 1].actor) == (row.micros, row.actor);
                if !same {
                    out[keep + kept] = row;
                    kept += 1;
                }
            }
            keep += kept;
            *count = kept as u32;
        }
        out.truncate(keep);
        out
    }
}

/// Merges segments. `scratch` is a folder for a table too large for memory.
///
/// # Errors
/// [`Error::Derived`], [`Error::Io`].
pub fn merge(segments: &[PathBuf], kinds: &[KindInfo], scratch: &Path, in_memory: usize) -> Result<Table, Error> {
    let mut names = Names::default();
    for segment in segments {
        names.read(&segment.join("names.parquet"))?;
    }
    let mut collisions: Vec<Quote> = names.collisions.iter().map(|n| Quote::from(n.as_str())).collect();
    let (mut actors, actor_no) = names.actors();
    let (mut objects, object_no) = names.objects(kinds, &mut collisions);
    let census = census(segments, &object_no, objects.len(), in_memory)?;
    let evidence = census.evidence.clone();
    let mut shares = fill(segments, census, &actor_no, &object_no, &mut actors, scratch, in_memory)?;
    shares.settle()?;
    shares.each_object(&mut |no, rows| describe(&mut objects[no.0 as usize], rows, &actors));
    values(segments, kinds, &mut objects, &object_no)?;
    let activity = activity(segments, &actor_no, &mut actors)?;
    Ok(Table { actors, objects, evidence, activity, shares, collisions })
}

#[derive(Default)]
struct Names {
    actors: FxHashMap<u64, (u64, u8, String)>,
    objects: Vec<(i64, u64, u64)>,
    collisions: Vec<String>,
}

impl Names {
    fn read(&mut self, path: &Path) -> Result<(), Error> {
        // Only actors' words are wanted here, and they come first in each file, but Parquet reads whole columns: the
        // words of objects are skipped by the second, number-only pass below.
        columns::read(path, &[0, 1, 2], None, &mut |n, _| {
            for ((id, check), space) in n[0].iter().zip(&n[1]).zip(&n[2]) {
                if (OBJECTS..UNPACKED).contains(space) {
                    self.objects.push((space - OBJECTS, *id as u64, *check as u64));
                }
            }
        })
        .map_err(|e| derived(path, &e))?;
        columns::read_some(path, &[0, 1, 2], 3, &|n| n[2].first().is_some_and(|s| *s < OBJECTS), &mut |n, words| {
            for (i, word) in words.iter().enumerate() {
                self.actor(n[0][i] as u64, n[1][i] as u64, n[2][i], word);
            }
        })
        .map_err(|e| derived(path, &e))
    }

    fn actor(&mut self, id: u64, check: u64, space: i64, word: &ByteArray) {
        if space >= OBJECTS {
            return;
        }
        let name = String::from_utf8_lossy(word.data()).into_owned();
        match self.actors.entry(id) {
            std::collections::hash_map::Entry::Occupied(e) if e.get().0 != check => self.collisions.push(name),
            std::collections::hash_map::Entry::Occupied(_) => {}
            std::collections::hash_map::Entry::Vacant(e) => {
                e.insert((check, space as u8, name));
            }
        }
    }

    fn actors(&mut self) -> (Vec<ActorInfo>, FxHashMap<u64, u32>) {
        let mut list: Vec<(u8, String, u64)> =
            std::mem::take(&mut self.actors).into_iter().map(|(id, (_, sort, name))| (sort, name, id)).collect();
        list.sort_unstable();
        let numbers = list.iter().enumerate().map(|(no, (_, _, id))| (*id, no as u32)).collect();
        let info = |(sort, name, id): (u8, String, u64)| ActorInfo {
            id,
            sort: Sort::from_u8(sort).unwrap_or(Sort::File),
            name: Quote::from(name),
            traces: 0,
            records: 0,
        };
        (list.into_iter().map(info).collect(), numbers)
    }

    fn objects(&mut self, kinds: &[KindInfo], collisions: &mut Vec<Quote>) -> (Vec<ObjectInfo>, FxHashMap<u64, u32>) {
        let mut list = std::mem::take(&mut self.objects);
        list.sort_unstable();
        list.dedup_by(|later, first| {
            let same = (later.0, later.1) == (first.0, first.1);
            if same && later.2 != first.2 {
                collisions.push(Quote::from(format!("t:{}", model::hex16(later.1))));
            }
            same
        });
        let mut numbers = FxHashMap::with_capacity_and_hasher(list.len(), rustc_hash::FxBuildHasher);
        let mut out = Vec::with_capacity(list.len());
        for (no, (kind, id, _)) in list.into_iter().enumerate() {
            if numbers.insert(id, no as u32).is_some() {
                collisions.push(Quote::from(format!("t:{}", model::hex16(id))));
            }
            let kind = KindNo(u8::try_from(kind).unwrap_or(u8::MAX).min(kinds.len().saturating_sub(1) as u8));
            let (first, last) = (When::UNKNOWN, When::UNKNOWN);
            out.push(ObjectInfo { id, kind, value: Quote::default(), shares: 0, actors: 0, sorts: 0, first, last });
        }
        (out, numbers)
    }
}

/// A first look over the traces.
struct Census {
    /// Traces of each object.
    counts: Vec<u32>,
    /// All evidence ids, sorted.
    evidence: Vec<EvidenceId>,
    /// The object of each trace in order of reading, as long as the table fits in memory.
    objects: Vec<u32>,
}

fn census(
    segments: &[PathBuf],
    object_no: &FxHashMap<u64, u32>,
    objects: usize,
    in_memory: usize,
) -> Result<Census, Error> {
    let mut out = Census { counts: vec![0; objects], evidence: Vec::new(), objects: Vec::new() };
    let mut evidence = BTreeSet::new();
    for segment in segments {
        let path = segment.join("traces.parquet");
        let mut last = None;
        columns::read(&path, &[1, 4], None, &mut |n, _| {
            for (object, from) in n[0].iter().zip(&n[1]) {
                let no = object_no.get(&(*object as u64)).copied().unwrap_or(NOWHERE);
                if let Some(count) = out.counts.get_mut(no as usize) {
                    *count = count.saturating_add(1);
                }
                if out.objects.len() <= in_memory {
                    out.objects.push(no);
                }
                if last != Some(*from) {
                    evidence.insert(EvidenceId(*from as u64));
                    last = Some(*from);
                }
            }
        })
        .map_err(|e| derived(&path, &e))?;
    }
    out.evidence = evidence.into_iter().collect();
    Ok(out)
}

/// Stands for an object that no dictionary names.
const NOWHERE: u32 = u32::MAX;

/// Cuts objects into ranges of at most `most` traces (an object more popular than that has a range of its own).
fn ranges(counts: &[u32], most: usize) -> Vec<Range> {
    let mut out: Vec<Range> = Vec::new();
    let mut held = 0_usize;
    for (no, count) in counts.iter().enumerate() {
        if out.is_empty() || (held > 0 && held + *count as usize > most) {
            out.push(Range { first: no as u32, counts: Vec::new(), rows: Rows::Here(Vec::new()) });
            held = 0;
        }
        held += *count as usize;
        if let Some(range) = out.last_mut() {
            range.counts.push(*count);
        }
    }
    out
}

fn fill(
    segments: &[PathBuf],
    census: Census,
    actor_no: &FxHashMap<u64, u32>,
    object_no: &FxHashMap<u64, u32>,
    actors: &mut [ActorInfo],
    scratch: &Path,
    in_memory: usize,
) -> Result<Stored, Error> {
    let total: usize = census.counts.iter().map(|c| *c as usize).sum();
    let spread = census.objects.len() > in_memory;
    let mut ranges = ranges(&census.counts, if spread { RANGE.min(in_memory) } else { usize::MAX });
    let mut files = Vec::new();
    if spread {
        std::fs::create_dir_all(scratch).map_err(Error::io("make", scratch))?;
        for (i, range) in ranges.iter_mut().enumerate() {
            let path = scratch.join(format!("range-{i}"));
            files.push(BufWriter::with_capacity(1 << 16, File::create(&path).map_err(Error::io("write", &path))?));
            range.rows = Rows::There(path);
        }
    } else if let Some(Range { rows: Rows::Here(rows), .. }) = ranges.first_mut() {
        rows.reserve_exact(total);
    }
    let firsts: Vec<u32> = ranges.iter().map(|r| r.first).collect();
    let mut known = census.objects.iter().copied();
    for segment in segments {
        let path = segment.join("traces.parquet");
        let mut trouble = None;
        let mut last = (0_i64, u32::MAX);
        columns::read(&path, &[1, 2, 3, 4, 5, 6], None, &mut |n, _| {
            for (i, id) in n[0].iter().enumerate() {
                let object = match spread {
                    true => object_no.get(&(*id as u64)).copied(),
                    false => known.next(),
                };
                let (Some(object), Some(actor)) = (object, actor_no.get(&(n[1][i] as u64))) else { continue };
                if object == NOWHERE {
                    continue;
                }
                if last.1 == u32::MAX || last.0 != n[3][i] {
                    let no = census.evidence.binary_search(&EvidenceId(n[3][i] as u64)).unwrap_or(0);
                    last = (n[3][i], no as u32);
                }
                actors[*actor as usize].traces += 1;
                let share = Share {
                    object: ObjectNo(object),
                    actor: ActorNo(*actor),
                    micros: n[2][i],
                    evidence: last.1,
                    len: n[5][i] as u32,
                    at: n[4][i] as u64,
                };
                let range = firsts.partition_point(|f| *f <= object) - 1;
                match &mut ranges[range].rows {
                    Rows::Here(rows) => rows.push(share),
                    Rows::There(_) => trouble = write_row(&mut files[range], &share).err().or(trouble.take()),
                }
            }
        })
        .map_err(|e| derived(&path, &e))?;
        if let Some(e) = trouble {
            return Err(Error::io("write", scratch)(e));
        }
    }
    for mut file in files {
        file.flush().map_err(Error::io("write", scratch))?;
    }
    Ok(Stored { ranges, trouble: Mutex::new(None) })
}

impl Stored {
    fn settle(&mut self) -> Result<(), Error> {
        for range in &mut self.ranges {
            match std::mem::replace(&mut range.rows, Rows::Here(Vec::new())) {
                Rows::Here(rows) => range.rows = Rows::Here(range.settle(rows)),
                Rows::There(path) => {
                    let rows = read_rows(&path).map_err(Error::io("read", &path))?;
                    let rows = range.settle(rows);
                    let mut out = BufWriter::new(File::create(&path).map_err(Error::io("write", &path))?);
                    for row in &rows {
                        write_row(&mut out, row).map_err(Error::io("write", &path))?;
                    }
                    out.flush().map_err(Error::io("write", &path))?;
                    range.rows = Rows::There(path);
                }
            }
        }
        Ok(())
    }
}

impl Drop for Stored {
    fn drop(&mut self) {
        for range in &self.ranges {
            if let Rows::There(path) = &range.rows {
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

fn write_row(out: &mut dyn Write, s: &Share) -> std::io::Result<()> {
    let mut row = [0_u8; 32];
    row[..4].copy_from_slice(&s.object.0.to_le_bytes());
    row[4..8].copy_from_slice(&s.actor.0.to_le_bytes());
    row[8..16].copy_from_slice(&s.micros.to_le_bytes());
    row[16..20].copy_from_slice(&s.evidence.to_le_bytes());
    row[20..24].copy_from_slice(&s.len.to_le_bytes());
    row[24..].copy_from_slice(&s.at.to_le_bytes());
    out.write_all(&row)
}

fn read_rows(path: &Path) -> std::io::Result<Vec<Share>> {
    let file = File::open(path)?;
    let mut rows = Vec::with_capacity(usize::try_from(file.metadata()?.len() / 32).unwrap_or(0));
    let mut file = BufReader::with_capacity(1 << 16, file);
    let mut row = [0_u8; 32];
    let four = |row: &[u8; 32], at: usize| u32::from_le_bytes([row[at], row[at + 1], row[at + 2], row[at + 3]]);
    let eight = |row: &[u8; 32], at: usize| u64::from(four(row, at)) | u64::from(four(row, at + 4)) << 32;
    loop {
        match file.read_exact(&mut row) {
            Ok(()) => rows.push(Share {
                object: ObjectNo(four(&row, 0)),
                actor: ActorNo(four(&row, 4)),
                micros: eight(&row, 8) as i64,
                evidence: four(&row, 16),
                len: four(&row, 20),
                at: eight(&row, 24),
            }),
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(rows),
            Err(e) => return Err(e),
        }
    }
}

fn describe(object: &mut ObjectInfo, rows: &[Share], actors: &[ActorInfo]) {
    let mut who: Vec<ActorNo> = rows.iter().map(|r| r.actor).collect();
    who.sort_unstable();
    who.dedup();
    object.shares = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    object.actors = u32::try_from(who.len()).unwrap_or(u32::MAX);
    object.sorts = who.iter().fold(0, |bits, a| bits | actors[a.0 as usize].sort.bit());
    let mut known = rows.iter().map(|r| r.micros).filter(|m| *m != When::UNKNOWN);
    object.first = known.next().unwrap_or(When::UNKNOWN);
    object.last = known.next_back().unwrap_or(object.first);
}

/// The words of objects that more than one actor touched.
/// The words of objects that more than one actor touched, and of those whose words say what they are alike to.
fn values(
    segments: &[PathBuf],
    kinds: &[KindInfo],
    objects: &mut [ObjectInfo],
    object_no: &FxHashMap<u64, u32>,
) -> Result<(), Error> {
    for segment in segments {
        let path = segment.join("names.parquet");
        columns::read(&path, &[0, 2], Some(3), &mut |n, words| {
            for (i, word) in words.iter().enumerate() {
                let ours = (OBJECTS..UNPACKED).contains(&n[1][i]);
                if let Some(no) = object_no.get(&(n[0][i] as u64)).filter(|_| ours) {
                    let object = &mut objects[*no as usize];
                    let wanted = object.actors > 1 || kinds[usize::from(object.kind.0)].alike;
                    if wanted && object.value.is_empty() {
                        object.value = Quote::from(String::from_utf8_lossy(word.data()).into_owned());
                    }
                }
            }
        })
        .map_err(|e| derived(&path, &e))?;
    }
    Ok(())
}

fn activity(segments: &[PathBuf], actor_no: &FxHashMap<u64, u32>, actors: &mut [ActorInfo]) -> Result<Activity, Error> {
    let mut rows: BTreeMap<(ActorNo, i32), u32> = BTreeMap::new();
    for segment in segments {
        let path = segment.join("activity.parquet");
        columns::read(&path, &[0, 1, 2], None, &mut |n, _| {
            for ((id, hour), records) in n[0].iter().zip(&n[1]).zip(&n[2]) {
                let Some(no) = actor_no.get(&(*id as u64)) else { continue };
                actors[*no as usize].records += *records as u64;
                if let (true, Ok(hour)) = (*hour != NO_HOUR, i32::try_from(*hour)) {
                    let count = rows.entry((ActorNo(*no), hour)).or_default();
                    *count = count.saturating_add(u32::try_from(*records).unwrap_or(u32::MAX));
                }
            }
        })
        .map_err(|e| derived(&path, &e))?;
    }
    Ok(Activity { rows: rows.into_iter().map(|((a, h), n)| (a, h, n)).collect() })
}
