//! The trace table of a case: segments merged, names turned into numbers that depend on nothing but the names.
//!
//! Actors are numbered by sort and name, objects by kind and id, so any split into segments gives the same table.
//! Up to [`IN_MEMORY`] traces stand in memory; beyond that they are spread over files by ranges of objects and read
//! back one range at a time. Either way the rest of the house sees the same [`model::Shares`].

mod names;
mod stored;

pub use stored::Stored;

use crate::Error;
use crate::columns::{self, Column};
use crate::segment::{ACTIVITY, EVIDENCE, NO_HOUR, TRACES, derived};
use model::{Activity, ActorInfo, ActorNo, EvidenceId, KindInfo, ObjectInfo, ObjectNo, Quote, Share, Shares, When};
use names::Numbers;
use parquet::data_type::ByteArray;
use std::path::{Path, PathBuf};
use stored::Spread;

/// Most traces held in memory at once.
pub const IN_MEMORY: usize = 6_000_000;

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
    /// Which row of which segment names which object.
    rows: Numbers,
}

impl Table {
    /// Goes over the words of all things touched, whether the table holds them or not; those wanted it holds afterwards.
    ///
    /// # Errors
    /// [`Error::Derived`].
    pub fn each_word(
        &mut self,
        segments: &[PathBuf],
        wanted: &mut dyn FnMut(ObjectNo, &ObjectInfo, &[u8]) -> bool,
    ) -> Result<(), Error> {
        names::each_value(segments, &mut self.objects, &self.rows, wanted)
    }
}

/// Merges segments. `scratch` is a folder for a table too large for memory.
///
/// # Errors
/// [`Error::Derived`], [`Error::Io`].
pub fn merge(segments: &[PathBuf], kinds: &[KindInfo], scratch: &Path, in_memory: usize) -> Result<Table, Error> {
    let mut collisions = Vec::new();
    let (mut actors, actor_no) = names::actors(segments, &mut collisions)?;
    let (mut objects, object_no) = names::objects(segments, kinds, &mut collisions)?;
    let Census { counts, evidence, places } = census(segments, &object_no, objects.len())?;
    let mut spread = Spread::new(counts, scratch, in_memory)?;
    for (s, segment) in segments.iter().enumerate() {
        let nos = Nos { actors: actor_no.of(s), objects: object_no.of(s), evidence: &places[s] };
        traces(&segment.join(TRACES.0), &nos, &mut |share| {
            actors[share.actor.0 as usize].traces += 1;
            spread.add(share);
        })?;
    }
    let shares = spread.settle()?;
    let mut who = Vec::new();
    shares.each_object(&mut |no, rows| describe(&mut objects[no.0 as usize], rows, &actors, &mut who));
    names::values(segments, kinds, &mut objects, &object_no)?;
    let activity = activity(segments, &actor_no, &mut actors)?;
    Ok(Table { actors, objects, evidence, activity, shares, collisions, rows: object_no })
}

/// What a first look over the traces tells.
struct Census {
    /// Traces of each object.
    counts: Vec<u32>,
    /// Ids of all evidence that left traces, sorted.
    evidence: Vec<EvidenceId>,
    /// The places in that list of each segment's rows.
    places: Vec<Vec<u32>>,
}

fn census(segments: &[PathBuf], numbers: &Numbers, objects: usize) -> Result<Census, Error> {
    let mut counts = vec![0_u32; objects];
    let mut rows: Vec<Vec<(EvidenceId, bool)>> = Vec::new();
    for (s, segment) in segments.iter().enumerate() {
        let mut of_segment = evidence(segment)?;
        count(&segment.join(TRACES.0), numbers.of(s), &mut counts, &mut of_segment)?;
        rows.push(of_segment);
    }
    let mut evidence: Vec<EvidenceId> = rows.iter().flatten().filter(|(_, left)| *left).map(|(id, _)| *id).collect();
    evidence.sort_unstable();
    evidence.dedup();
    let place = |(id, _): &(EvidenceId, bool)| evidence.binary_search(id).unwrap_or(0) as u32;
    let places = rows.iter().map(|ids| ids.iter().map(place).collect()).collect();
    Ok(Census { counts, evidence, places })
}

/// The evidence of a segment, none of which is known yet to have left a trace.
fn evidence(segment: &Path) -> Result<Vec<(EvidenceId, bool)>, Error> {
    let path = segment.join(EVIDENCE.0);
    let mut out = Vec::new();
    let each = &mut |n: &[Column], _: &[ByteArray]| {
        out.extend(n[0].wide().iter().map(|id| (EvidenceId(*id as u64), false)));
    };
    columns::read(&path, &[0], None, each).map_err(|e| derived(&path, &e))?;
    Ok(out)
}

/// Counts the traces of one segment and marks the evidence that left them.
fn count(path: &Path, nos: &[u32], counts: &mut [u32], evidence: &mut [(EvidenceId, bool)]) -> Result<(), Error> {
    let mut strange = false;
    // By row of the segment first: its rows are in order of first sight, so neighbours in time lie close in memory.
    let mut by_row = vec![0_u32; nos.len()];
    let each = &mut |n: &[Column], _: &[ByteArray]| {
        for (row, from) in n[0].narrow().iter().zip(n[1].narrow()) {
            match (by_row.get_mut(*row as u32 as usize), evidence.get_mut(*from as u32 as usize)) {
                (Some(count), Some(from)) => {
                    *count = count.saturating_add(1);
                    from.1 = true;
                }
                _ => strange = true,
            }
        }
    };
    columns::read(path, &[0, 2], None, each).map_err(|e| derived(path, &e))?;
    for (no, count) in nos.iter().zip(by_row) {
        counts[*no as usize] = counts[*no as usize].saturating_add(count);
    }
    if strange { Err(unnamed(path)) } else { Ok(()) }
}

/// Numbers by row of one segment's tables.
struct Nos<'n> {
    actors: &'n [u32],
    objects: &'n [u32],
    evidence: &'n [u32],
}

/// The traces of one segment in the case's numbers.
fn traces(path: &Path, nos: &Nos<'_>, each: &mut dyn FnMut(Share)) -> Result<(), Error> {
    let mut strange = false;
    columns::read(path, &[0, 1, 2, 3, 4, 5], None, &mut |n, _| {
        let (objects, actors, evidence) = (n[0].narrow(), n[1].narrow(), n[2].narrow());
        let (micros, at, len) = (n[3].wide(), n[4].wide(), n[5].narrow());
        let no = |of: &[u32], row: i32| of.get(row as u32 as usize).copied();
        for i in 0..objects.len() {
            let named = (no(nos.objects, objects[i]), no(nos.actors, actors[i]), no(nos.evidence, evidence[i]));
            let (Some(object), Some(actor), Some(evidence)) = named else {
                strange = true;
                continue;
            };
            each(Share {
                object: ObjectNo(object),
                actor: ActorNo(actor),
                micros: micros[i],
                evidence,
                len: len[i] as u32,
                at: at[i] as u64,
            });
        }
    })
    .map_err(|e| derived(path, &e))?;
    if strange { Err(unnamed(path)) } else { Ok(()) }
}

fn unnamed(path: &Path) -> Error {
    Error::Derived { path: path.to_path_buf(), why: "a trace of something that its segment does not name".to_owned() }
}

/// `who` is room to work in.
fn describe(object: &mut ObjectInfo, rows: &[Share], actors: &[ActorInfo], who: &mut Vec<ActorNo>) {
    who.clear();
    who.extend(rows.iter().map(|r| r.actor));
    if who.len() > 1 {
        who.sort_unstable();
        who.dedup();
    }
    object.shares = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    object.actors = u32::try_from(who.len()).unwrap_or(u32::MAX);
    object.sorts = who.iter().fold(0, |bits, a| bits | actors[a.0 as usize].sort.bit());
    let mut known = rows.iter().map(|r| r.micros).filter(|m| *m != When::UNKNOWN);
    object.first = known.next().unwrap_or(When::UNKNOWN);
    object.last = known.next_back().unwrap_or(object.first);
}

fn activity(segments: &[PathBuf], numbers: &Numbers, actors: &mut [ActorInfo]) -> Result<Activity, Error> {
    let mut rows: Vec<(ActorNo, i32, u32)> = Vec::new();
    for (s, segment) in segments.iter().enumerate() {
        let path = segment.join(ACTIVITY.0);
        columns::read(&path, &[0, 1, 2], None, &mut |n, _| {
            for ((row, hour), records) in n[0].narrow().iter().zip(n[1].narrow()).zip(n[2].narrow()) {
                let Some(no) = numbers.of(s).get(*row as u32 as usize) else { continue };
                actors[*no as usize].records += u64::from(*records as u32);
                if *hour != NO_HOUR {
                    rows.push((ActorNo(*no), *hour, *records as u32));
                }
            }
        })
        .map_err(|e| derived(&path, &e))?;
    }
    rows.sort_unstable();
    rows.dedup_by(|later, kept| {
        let same = (later.0, later.1) == (kept.0, kept.1);
        kept.2 = if same { kept.2.saturating_add(later.2) } else { kept.2 };
        same
    });
    Ok(Activity { rows })
}
