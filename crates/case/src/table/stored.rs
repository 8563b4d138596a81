//! The rows of a table: in memory, or spread over files by ranges of objects.

use crate::Error;
use model::{ActorNo, ObjectNo, Share, Shares};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Most traces in one file of a spread table.
const RANGE: usize = 2_000_000;

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

    /// Where the rows of each object of the range begin.
    fn starts(&self) -> Vec<u32> {
        let mut at = 0;
        let start = |count: &u32| {
            let start = at;
            at += count;
            start
        };
        self.counts.iter().map(start).collect()
    }

    /// Rows that stand by object, put in table order with exact repeats removed.
    fn settle(&mut self, rows: &mut Vec<Share>) {
        let (mut from, mut keep) = (0, 0);
        for count in &mut self.counts {
            let to = from + *count as usize;
            if *count > 1 {
                rows[from..to].sort_unstable_by_key(Share::key);
            }
            let first = keep;
            for i in from..to {
                let row = rows[i];
                let same = keep > first && (rows[keep - 1].micros, rows[keep - 1].actor) == (row.micros, row.actor);
                if !same {
                    rows[keep] = row;
                    keep += 1;
                }
            }
            *count = (keep - first) as u32;
            from = to;
        }
        rows.truncate(keep);
    }
}

/// A table being filled, traces in any order.
pub struct Spread {
    ranges: Vec<Range>,
    /// Where the next row of each object goes, as long as all stand in memory.
    next: Vec<u32>,
    /// One for each range, where they do not.
    files: Vec<BufWriter<File>>,
    trouble: Option<Error>,
}

impl Spread {
    /// Makes room for this many traces of each object: in memory, if there are no more than `in_memory`.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn new(counts: Vec<u32>, scratch: &Path, in_memory: usize) -> Result<Self, Error> {
        let total = counts.iter().fold(0_usize, |sum, count| sum.saturating_add(*count as usize));
        let mut out = Self { ranges: Vec::new(), next: Vec::new(), files: Vec::new(), trouble: None };
        if total <= in_memory {
            let nothing = Share { object: ObjectNo(0), actor: ActorNo(0), micros: 0, evidence: 0, len: 0, at: 0 };
            let range = Range { first: 0, counts, rows: Rows::Here(vec![nothing; total]) };
            out.next = range.starts();
            out.ranges.push(range);
            return Ok(out);
        }
        std::fs::create_dir_all(scratch).map_err(Error::io("make", scratch))?;
        out.ranges = ranges(&counts, RANGE.min(in_memory));
        for (i, range) in out.ranges.iter_mut().enumerate() {
            let path = scratch.join(format!("range-{i}"));
            let file = File::create(&path).map_err(Error::io("write", &path))?;
            out.files.push(BufWriter::with_capacity(1 << 16, file));
            range.rows = Rows::There(path);
        }
        Ok(out)
    }

    /// Takes a trace.
    pub fn add(&mut self, share: Share) {
        if let (Some(Range { rows: Rows::Here(rows), .. }), Some(next)) =
            (self.ranges.first_mut(), self.next.get_mut(share.object.0 as usize))
        {
            rows[*next as usize] = share;
            *next += 1;
            return;
        }
        let range = self.ranges.partition_point(|r| r.first <= share.object.0) - 1;
        if let Err(e) = write_row(&mut self.files[range], &share)
            && let Rows::There(path) = &self.ranges[range].rows
        {
            self.trouble.get_or_insert(Error::io("write", path)(e));
        }
    }

    /// Puts all in order.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn settle(mut self) -> Result<Stored, Error> {
        if let Some(e) = self.trouble.take() {
            return Err(e);
        }
        for (mut file, range) in self.files.drain(..).zip(&self.ranges) {
            if let Rows::There(path) = &range.rows {
                file.flush().map_err(Error::io("write", path))?;
            }
        }
        for range in &mut self.ranges {
            match std::mem::replace(&mut range.rows, Rows::Here(Vec::new())) {
                Rows::Here(mut rows) => {
                    range.settle(&mut rows);
                    range.rows = Rows::Here(rows);
                }
                Rows::There(path) => {
                    let mut rows = read_rows(&path).map_err(Error::io("read", &path))?;
                    rows.sort_unstable_by_key(|row| row.object);
                    range.settle(&mut rows);
                    write_rows(&path, &rows).map_err(Error::io("write", &path))?;
                    range.rows = Rows::There(path);
                }
            }
        }
        Ok(Stored { ranges: self.ranges, trouble: Mutex::new(None) })
    }
}

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

impl Drop for Stored {
    fn drop(&mut self) {
        for range in &self.ranges {
            if let Rows::There(path) = &range.rows {
                let _ = std::fs::remove_file(path);
                // Goes with its last file.
                let _ = path.parent().map(std::fs::remove_dir);
            }
        }
    }
}

fn write_rows(path: &Path, rows: &[Share]) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    rows.iter().try_for_each(|row| write_row(&mut out, row))?;
    out.flush()
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
