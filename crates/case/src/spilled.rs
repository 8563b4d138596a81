//! Co-sharing over more touches than memory holds: which accounts meet how often, by things touched within a window.
//!
//! Touches are spread over files by thing, each file is sorted by thing and time and swept, the meetings found are spread
//! over files by pair of accounts, and each of those is sorted and counted. Memory follows the largest of the files,
//! not the input. What a viral thing would cost is bounded: where more than [`CROWD`] touches follow within a window,
//! meetings are not written out; they are added afterwards, exactly, to pairs that met anywhere else. A pair that met in
//! such crowds only is not seen, and how many touches stood in them is told.

use crate::Error;
use crate::columns::{self, Shape, Width};
use rustc_hash::FxHashMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Most touches within the window after a touch that are paired with it one by one.
pub const CROWD: usize = 256;
/// Files that touches, and meetings, are spread over.
const FILES: usize = 256;
/// Bytes that wait for each file.
const WAITING: usize = 1 << 15;

/// An account touched a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touched {
    /// Number of the thing.
    pub thing: u32,
    /// Microseconds since 1970.
    pub when: i64,
    /// Number of the account.
    pub account: u32,
}

impl Touched {
    /// Thing, time and account in one number that sorts as they do.
    #[must_use]
    pub fn key(self) -> u128 {
        let when = self.when as u64 ^ (1 << 63);
        u128::from(self.thing) << 96 | u128::from(when) << 32 | u128::from(self.account)
    }
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Met {
    /// Smaller account, larger account, pairs of touches of one thing within the window; sorted.
    pub pairs: Vec<(u32, u32, u32)>,
    /// Meetings written out.
    pub meetings: u64,
    /// Touches that stood in crowds.
    pub crowded: u64,
    /// Bytes written to scratch files.
    pub spilled: u64,
}

/// Counts meetings among touches that come in any order.
pub struct Spilled {
    scratch: PathBuf,
    window: i64,
    by_thing: Spread,
}

impl Spilled {
    /// With scratch files in this folder, for a window of so many microseconds.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be written.
    pub fn new(scratch: &Path, window: i64) -> Result<Self, Error> {
        let by_thing = Spread::new(scratch).map_err(Error::io("write", scratch))?;
        Ok(Self { scratch: scratch.to_path_buf(), window, by_thing })
    }

    /// Adds a touch.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn add(&mut self, touched: Touched) -> Result<(), Error> {
        let written = self.by_thing.write(mixed(u64::from(touched.thing)), &touched.key().to_le_bytes());
        written.map_err(|e| Error::io("write", &self.scratch)(e))
    }

    /// Sweeps all of it; pairs with at least `least` meetings are told.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn met(self, least: u32) -> Result<Met, Error> {
        let Self { scratch, window, by_thing } = self;
        let wrong = Error::io("read or write", &scratch);
        sweep(&scratch, window, by_thing, least).map_err(wrong)
    }
}

fn sweep(scratch: &Path, window: i64, by_thing: Spread, least: u32) -> std::io::Result<Met> {
    let mut meetings = Spread::new(scratch)?;
    let mut met = Met { spilled: by_thing.bytes, ..Met::default() };
    let mut crowds = Crowds::default();
    let mut rows: Vec<u128> = Vec::new();
    for file in by_thing.files()? {
        rows.clear();
        read(file, |bytes: [u8; 16]| rows.push(u128::from_le_bytes(bytes)))?;
        rows.sort_unstable();
        for thing in rows.chunk_by(|x, y| x >> 96 == y >> 96) {
            met.meetings += sweep_thing(thing, window, &mut meetings, &mut crowds)?;
        }
    }
    drop(rows);
    met.spilled += meetings.bytes;
    crowds.settle();
    met.crowded = crowds.acts.len() as u64;
    let mut pairs: Vec<u64> = Vec::new();
    for file in meetings.files()? {
        pairs.clear();
        read(file, |bytes: [u8; 8]| pairs.push(u64::from_le_bytes(bytes)))?;
        pairs.sort_unstable();
        for same in pairs.chunk_by(|x, y| x == y) {
            let (a, b) = ((same[0] >> 32) as u32, same[0] as u32);
            let count = same.len() as u64 + crowds.meetings(a, b, window);
            if count >= u64::from(least) {
                met.pairs.push((a, b, u32::try_from(count).unwrap_or(u32::MAX)));
            }
        }
    }
    met.pairs.sort_unstable();
    Ok(met)
}

fn time(row: u128) -> i64 {
    ((row >> 32) as u64 ^ 1 << 63) as i64
}

/// The touches of one thing, earliest first. How many meetings were written.
fn sweep_thing(rows: &[u128], window: i64, meetings: &mut Spread, crowds: &mut Crowds) -> std::io::Result<u64> {
    let (mut end, mut written, mut told) = (0, 0, 0);
    for (at, row) in rows.iter().enumerate() {
        let last = time(*row).saturating_add(window);
        end = end.max(at + 1);
        while end < rows.len() && time(rows[end]) <= last {
            end += 1;
        }
        if end - at - 1 > CROWD {
            // Whoever stands in this crowd and was not yet put down; the first row leads it.
            crowds.add(rows, at.max(told)..end, at);
            told = end;
            continue;
        }
        let account = *row as u32;
        for other in &rows[at + 1..end] {
            let other = *other as u32;
            if other != account {
                let pair = u64::from(account.min(other)) << 32 | u64::from(account.max(other));
                meetings.write(mixed(pair), &pair.to_le_bytes())?;
                written += 1;
            }
        }
    }
    Ok(written)
}

/// Touches that stood in crowds.
#[derive(Default)]
struct Crowds {
    /// Account, thing, time, and whether the touches after it were passed over.
    acts: Vec<(u32, u32, i64, bool)>,
    /// Where each account's acts lie.
    of: FxHashMap<u32, (u32, u32)>,
}

impl Crowds {
    /// Puts down the rows of a range, of which `leads` is one whose followers are passed over.
    fn add(&mut self, rows: &[u128], range: std::ops::Range<usize>, leads: usize) {
        let first = range.start;
        let before = self.acts.len();
        self.acts.extend(rows[range].iter().map(|r| (*r as u32, (r >> 96) as u32, time(*r), false)));
        // A row put down earlier as a follower of another leads now.
        let place = if leads >= first { before + (leads - first) } else { before - (first - leads) };
        self.acts[place].3 = true;
    }

    fn settle(&mut self) {
        self.acts.sort_unstable();
        let mut from = 0;
        for own in self.acts.chunk_by(|x, y| x.0 == y.0) {
            self.of.insert(own[0].0, (from, from + own.len() as u32));
            from += own.len() as u32;
        }
    }

    /// Meetings of two accounts that were passed over.
    fn meetings(&self, a: u32, b: u32, window: i64) -> u64 {
        let (Some(a), Some(b)) = (self.of.get(&a), self.of.get(&b)) else { return 0 };
        let (a, b) = (&self.acts[a.0 as usize..a.1 as usize], &self.acts[b.0 as usize..b.1 as usize]);
        let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        few.iter().map(|act| passed_over(act, many, window)).sum()
    }
}

/// Of another account's acts, those that met this one where the earlier of the two led a crowd.
fn passed_over(act: &(u32, u32, i64, bool), others: &[(u32, u32, i64, bool)], window: i64) -> u64 {
    let from = others.partition_point(|o| (o.1, o.2) < (act.1, act.2.saturating_sub(window)));
    let close = others[from..].iter().take_while(|o| o.1 == act.1 && o.2 <= act.2.saturating_add(window));
    let earlier = |o: &(u32, u32, i64, bool)| if (o.2, o.0) < (act.2, act.0) { o.3 } else { act.3 };
    close.filter(|o| earlier(o)).count() as u64
}

/// Records over many files.
struct Spread {
    files: Vec<BufWriter<File>>,
    bytes: u64,
}

impl Spread {
    fn new(scratch: &Path) -> std::io::Result<Self> {
        let file = || tempfile::tempfile_in(scratch).map(|file| BufWriter::with_capacity(WAITING, file));
        Ok(Self { files: (0..FILES).map(|_| file()).collect::<Result<_, _>>()?, bytes: 0 })
    }

    fn write(&mut self, hash: u64, record: &[u8]) -> std::io::Result<()> {
        self.bytes += record.len() as u64;
        self.files[(hash >> 56) as usize % FILES].write_all(record)
    }

    fn files(self) -> std::io::Result<Vec<File>> {
        let rewound = |file: BufWriter<File>| {
            let mut file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
            file.rewind()?;
            Ok(file)
        };
        self.files.into_iter().map(rewound).collect()
    }
}

/// Calls `f` with each record of a file.
fn read<const N: usize>(file: File, mut f: impl FnMut([u8; N])) -> std::io::Result<()> {
    let mut file = BufReader::with_capacity(1 << 18, file);
    let mut record = [0; N];
    loop {
        match file.read_exact(&mut record) {
            Ok(()) => f(record),
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(e) => return Err(e),
        }
    }
}

/// Fibonacci hashing: neighbours far apart.
fn mixed(n: u64) -> u64 {
    n.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

const SHAPE: Shape =
    Shape { numbers: &[("thing", Width::Narrow), ("account", Width::Narrow), ("when", Width::Wide)], bytes: None };

/// Takes a touch.
pub type Take<'a> = dyn FnMut(Touched) + 'a;

/// Writes touches as Parquet: `fill` is handed a function that takes each.
///
/// # Errors
/// [`Error::Derived`].
pub fn write_touches(path: &Path, fill: &mut dyn FnMut(&mut Take<'_>)) -> Result<(), Error> {
    let wrong = |e: parquet::errors::ParquetError| Error::Derived { path: path.to_path_buf(), why: e.to_string() };
    let mut writer = columns::Writer::new(path, &SHAPE).map_err(wrong)?;
    let mut failed = None;
    fill(&mut |t| {
        if failed.is_none() {
            failed = writer.row([i64::from(t.thing), i64::from(t.account), t.when], &[]).err();
        }
    });
    match failed {
        Some(e) => Err(wrong(e)),
        None => writer.close().map_err(wrong),
    }
}

/// Reads such a table back, group by group.
///
/// # Errors
/// [`Error::Derived`].
pub fn read_touches(path: &Path, each: &mut Take<'_>) -> Result<(), Error> {
    let wrong = |e: parquet::errors::ParquetError| Error::Derived { path: path.to_path_buf(), why: e.to_string() };
    let rows = &mut |columns: &[columns::Column], _: &[parquet::data_type::ByteArray]| {
        let (things, accounts) = (columns[0].narrow(), columns[1].narrow());
        for ((thing, account), when) in things.iter().zip(accounts).zip(columns[2].wide()) {
            each(Touched { thing: *thing as u32, account: *account as u32, when: *when });
        }
    };
    columns::read(path, &[0, 1, 2], None, rows).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn by_comparing_all(rows: &[Touched], window: i64) -> BTreeMap<(u32, u32), u32> {
        let mut met = BTreeMap::new();
        for (at, x) in rows.iter().enumerate() {
            for y in &rows[at + 1..] {
                if x.thing == y.thing && x.account != y.account && x.when.abs_diff(y.when) <= window as u64 {
                    *met.entry((x.account.min(y.account), x.account.max(y.account))).or_default() += 1;
                }
            }
        }
        met
    }

    fn swept(rows: &[Touched], window: i64, least: u32) -> Met {
        let scratch = tempfile::tempdir().expect("scratch");
        let mut spilled = Spilled::new(scratch.path(), window).expect("files");
        rows.iter().for_each(|row| spilled.add(*row).expect("written"));
        spilled.met(least).expect("swept")
    }

    fn rows(count: u64, things: u64, accounts: u64, span: u64) -> Vec<Touched> {
        let mut seed = 5_u64;
        let mut roll = |n: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % n
        };
        (0..count)
            .map(|_| Touched {
                thing: roll(things) as u32,
                account: roll(accounts) as u32,
                when: roll(span) as i64 - 50,
            })
            .collect()
    }

    #[test]
    fn as_comparing_all() {
        for (count, things, accounts, span, window) in [(400, 20, 15, 200, 10), (300, 1, 40, 5000, 7), (0, 1, 1, 1, 1)]
        {
            let rows = rows(count, things, accounts, span);
            let expected = by_comparing_all(&rows, window);
            let found = swept(&rows, window, 1);
            let pairs: Vec<(u32, u32, u32)> = expected.iter().map(|((a, b), n)| (*a, *b, *n)).collect();
            assert_eq!((&found.pairs, found.crowded), (&pairs, 0));
            let often: Vec<(u32, u32, u32)> = pairs.into_iter().filter(|p| p.2 >= 3).collect();
            assert_eq!(swept(&rows, window, 3).pairs, often);
        }
    }

    /// A thing that everybody touches at once beside a few that few touch: pairs that met in one of the few are counted in
    /// the crowd too, to the last meeting; the crowd's own pairs are not written out.
    #[test]
    fn crowds_are_counted_without_their_pairs() {
        let mut rows = rows(2000, 1, 700, 60);
        rows.extend(self::rows(300, 40, 700, 400).into_iter().map(|r| Touched { thing: r.thing + 1, ..r }));
        let window = 20;
        let rare: Vec<Touched> = rows.iter().copied().filter(|r| r.thing > 0).collect();
        let also = by_comparing_all(&rare, window);
        let all = by_comparing_all(&rows, window);
        let found = swept(&rows, window, 1);
        assert!(found.crowded >= 1900 && found.meetings < 200_000, "{} {}", found.crowded, found.meetings);
        for (ends, n) in &also {
            let told = found.pairs.binary_search_by_key(ends, |p| (p.0, p.1)).map(|at| found.pairs[at].2);
            assert_eq!(told, Ok(all[ends]), "{ends:?} {n}");
        }
    }

    #[test]
    fn parquet_keeps_every_bit() {
        let scratch = tempfile::tempdir().expect("scratch");
        let path = scratch.path().join("touches.parquet");
        let rows = [
            Touched { thing: u32::MAX, account: 7, when: i64::MIN },
            Touched { thing: 0, account: u32::MAX, when: -1 },
        ];
        write_touches(&path, &mut |take| rows.iter().for_each(|r| take(*r))).expect("written");
        let mut back = Vec::new();
        read_touches(&path, &mut |row| back.push(row)).expect("read");
        assert_eq!(back, rows);
        assert_eq!(swept(&rows, i64::MAX, 1), Met { spilled: 32, ..Met::default() });
    }
}
