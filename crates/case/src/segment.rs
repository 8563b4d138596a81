//! A segment: the traces of some sealed files, made once and kept until the files, the settings or the tool change.
//!
//! Three Parquet tables, the words that reports may quote and a JSON page in a folder that is put in place by a rename, so that a killed run leaves
//! either the whole segment or none of it. How files are spread over segments never shows in any result.

use crate::Error;
use crate::columns::{Shape, Writer};
use evidence::{Closed, Opened, Sink};
use model::{Code, EvidenceId, EvidenceLine, Hashed, KindInfo, Note, Place, Quote, Record, Sort, Span, Trace, When};
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};

/// Rows held in memory before they are written.
const ROWS: usize = 1 << 18;
/// Longest value kept in the dictionary, in bytes.
const VALUE: usize = 240;
/// Containers with more children than this list only those with notes.
const LISTED: usize = 400;

/// Traces: who touched what, when, and where it stands.
pub const TRACES: Shape = Shape {
    numbers: &[
        ("kind", true),
        ("object", false),
        ("actor", true),
        ("micros", false),
        ("evidence", true),
        ("at", false),
        ("len", false),
    ],
    bytes: None,
};

/// Names: what the ids stand for. `space` says whose: an actor's sort, 16 + an object's kind, or 255 for unpacked
/// evidence, whose `check` is the id of the input it lies in.
pub const NAMES: Shape = Shape { numbers: &[("id", false), ("check", false), ("space", true)], bytes: Some("name") };

/// Records by actor and hour since 1970; [`NO_HOUR`] where the time is not known.
pub const ACTIVITY: Shape = Shape { numbers: &[("actor", false), ("hour", true), ("records", true)], bytes: None };

/// The hour of records without a time.
pub const NO_HOUR: i64 = i64::MIN;
/// First space of objects' kinds in [`NAMES`].
pub const OBJECTS: i64 = 16;
/// Space of unpacked evidence in [`NAMES`].
pub const UNPACKED: i64 = 255;

/// What a segment says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// What must be the same for it to be used again: tool version and reading settings.
    pub key: String,
    /// Ids of the inputs read into it, hex.
    pub roots: Vec<String>,
    /// Lines of the list of evidence.
    pub evidence: Vec<EvidenceLine>,
    /// Notes.
    pub notes: Vec<Note>,
    /// Traces by kind.
    pub kinds: Vec<u64>,
    /// Records.
    pub records: u64,
}

/// Names by id, with the words in one piece of memory.
#[derive(Default)]
struct Names {
    /// Id to check.
    known: FxHashMap<u64, u64>,
    rows: Vec<Named>,
    words: Vec<u8>,
    collided: Option<String>,
}

/// A name, in order of first sight.
struct Named {
    hashed: Hashed,
    space: u8,
    len: u16,
    at: u64,
}

impl Names {
    fn add(&mut self, hashed: Hashed, space: u8, name: &str) {
        match self.known.entry(hashed.id) {
            Entry::Occupied(e) => {
                if *e.get() != hashed.check {
                    self.collided.get_or_insert_with(|| name.to_owned());
                }
            }
            Entry::Vacant(e) => {
                e.insert(hashed.check);
                let cut = cut(name);
                self.rows.push(Named { hashed, space, len: cut.len() as u16, at: self.words.len() as u64 });
                self.words.extend_from_slice(cut.as_bytes());
            }
        }
    }
}

/// At most [`VALUE`] bytes, cut at a character.
fn cut(name: &str) -> &str {
    if name.len() <= VALUE {
        return name;
    }
    let mut end = VALUE;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

/// Traces in columns, until they are written.
#[derive(Default)]
struct Rows([Vec<i64>; 7]);

/// A segment being made: listens while evidence is read.
pub struct Recorder<'a> {
    kinds: &'a [KindInfo],
    dir: PathBuf,
    traces: Writer,
    words: crate::words::Writer,
    rows: Rows,
    actors: Names,
    objects: Names,
    last: (Option<Sort>, String, Hashed),
    unpacked: Vec<(EvidenceId, EvidenceId, Quote)>,
    activity: FxHashMap<(u64, i64), i64>,
    /// What is being read, the input first.
    open: Vec<Open>,
    page: Page,
    traces_taken: u64,
    trouble: Option<ParquetError>,
}

struct Open {
    line: EvidenceLine,
    id: EvidenceId,
    noted: bool,
    children: Vec<(EvidenceLine, bool)>,
}

impl<'a> Recorder<'a> {
    /// Begins a segment in a folder that is not in place yet.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Derived`].
    pub fn new(dir: PathBuf, key: &str, kinds: &'a [KindInfo]) -> Result<Self, Error> {
        std::fs::create_dir_all(&dir).map_err(Error::io("make", &dir))?;
        let traces = Writer::new(&dir.join("traces.parquet"), &TRACES).map_err(|e| derived(&dir, &e))?;
        let words = crate::words::Writer::new(&dir.join("words"))?;
        let page = Page {
            key: key.to_owned(),
            roots: Vec::new(),
            evidence: Vec::new(),
            notes: Vec::new(),
            kinds: vec![0; kinds.len()],
            records: 0,
        };
        Ok(Self {
            kinds,
            dir,
            traces,
            words,
            rows: Rows::default(),
            actors: Names::default(),
            objects: Names::default(),
            last: (None, String::new(), Hashed { id: 0, check: 0 }),
            unpacked: Vec::new(),
            activity: FxHashMap::default(),
            open: Vec::new(),
            page,
            traces_taken: 0,
            trouble: None,
        })
    }

    fn flush(&mut self) {
        if self.rows.0[0].is_empty() || self.trouble.is_some() {
            return;
        }
        let columns: Vec<&[i64]> = self.rows.0.iter().map(Vec::as_slice).collect();
        if let Err(e) = self.traces.rows(&columns, None) {
            self.trouble = Some(e);
        }
        self.rows.0.iter_mut().for_each(Vec::clear);
    }

    fn trace(&mut self, place: Place, trace: &Trace<'_>) {
        let actor = self.actor(trace.sort, trace.actor);
        let kind = usize::from(trace.kind.0);
        let object = Hashed::of(self.kinds[kind].card.id.as_bytes(), trace.value.as_bytes());
        self.objects.add(object, OBJECTS as u8 + trace.kind.0, trace.value);
        self.page.kinds[kind] += 1;
        self.traces_taken += 1;
        let row = [
            kind as i64,
            object.id as i64,
            actor.id as i64,
            trace.when.map_or(When::UNKNOWN, |w| w.0),
            place.evidence.0 as i64,
            place.span.at as i64,
            i64::from(place.span.len),
        ];
        for (column, value) in self.rows.0.iter_mut().zip(row) {
            column.push(value);
        }
        if self.rows.0[0].len() >= ROWS {
            self.flush();
        }
    }

    /// An actor's id. Most traces of a record are of one actor, so the last one is remembered.
    fn actor(&mut self, sort: Sort, name: &str) -> Hashed {
        if self.last.0 == Some(sort) && self.last.1 == name {
            return self.last.2;
        }
        let actor = Hashed::of(&[sort as u8], name.as_bytes());
        self.actors.add(actor, sort as u8, name);
        self.last.0 = Some(sort);
        self.last.1.clear();
        self.last.1.push_str(name);
        self.last.2 = actor;
        actor
    }

    fn active(&mut self, record: &Record<'_>) {
        if let Some((sort, name)) = traces::who(record) {
            let actor = self.actor(sort, &name);
            let hour = record.when().map_or(NO_HOUR, |w| w.0.div_euclid(model::HOUR));
            *self.activity.entry((actor.id, hour)).or_default() += 1;
        }
    }

    /// Writes everything down and puts the segment in place.
    ///
    /// # Errors
    /// [`Error::Derived`], [`Error::Io`].
    pub fn finish(mut self, to: &Path) -> Result<(), Error> {
        self.flush();
        self.words.flush()?;
        self.page.roots.sort();
        for (what, names) in [("actors", &self.actors), ("things", &self.objects)] {
            if let (Some(name), Some(root)) = (&names.collided, self.page.roots.first()) {
                let text = format!("two {what} hash to one id and were taken for one: {name}");
                let evidence = root.parse().unwrap_or(EvidenceId(0));
                let code = Code::Collision;
                self.page.notes.push(Note { evidence, code, span: Span::WHOLE, text: text.into(), times: 1 });
            }
        }
        let dir = self.dir.clone();
        self.write().map_err(|e| derived(&dir, &e))?;
        if to.exists() {
            std::fs::remove_dir_all(to).map_err(Error::io("write", to))?;
        }
        std::fs::rename(&dir, to).map_err(Error::io("write", to))
    }

    fn write(self) -> Result<(), ParquetError> {
        if let Some(e) = self.trouble {
            return Err(e);
        }
        self.traces.close()?;
        let mut out = Writer::new(&self.dir.join("names.parquet"), &NAMES)?;
        for names in [self.actors, self.objects] {
            write_names(&mut out, names)?;
        }
        let ids: Vec<i64> = self.unpacked.iter().map(|u| u.0.0 as i64).collect();
        let roots: Vec<i64> = self.unpacked.iter().map(|u| u.1.0 as i64).collect();
        let names: Vec<ByteArray> = self.unpacked.iter().map(|u| ByteArray::from(cut(u.2.raw()))).collect();
        out.rows(&[&ids, &roots, &vec![UNPACKED; ids.len()]], Some(&names))?;
        out.close()?;
        let mut rows: Vec<(i64, i64, i64)> = self.activity.into_iter().map(|((a, h), n)| (a as i64, h, n)).collect();
        rows.sort_unstable();
        let column = |f: fn(&(i64, i64, i64)) -> i64| rows.iter().map(f).collect::<Vec<i64>>();
        let mut out = Writer::new(&self.dir.join("activity.parquet"), &ACTIVITY)?;
        out.rows(&[&column(|r| r.0), &column(|r| r.1), &column(|r| r.2)], None)?;
        out.close()?;
        let page = serde_json::to_vec(&self.page).map_err(|e| ParquetError::General(e.to_string()))?;
        std::fs::write(self.dir.join("segment.json"), page)?;
        Ok(())
    }
}

fn write_names(out: &mut Writer, names: Names) -> Result<(), ParquetError> {
    let words = bytes::Bytes::from(names.words);
    for rows in names.rows.chunks(ROWS) {
        let column = |f: fn(&Named) -> i64| rows.iter().map(f).collect::<Vec<i64>>();
        let word = |n: &Named| ByteArray::from(words.slice(n.at as usize..n.at as usize + usize::from(n.len)));
        let values: Vec<ByteArray> = rows.iter().map(word).collect();
        let (ids, checks) = (column(|n| n.hashed.id as i64), column(|n| n.hashed.check as i64));
        out.rows(&[&ids, &checks, &column(|n| i64::from(n.space))], Some(&values))?;
    }
    Ok(())
}

impl Sink for Recorder<'_> {
    fn opened(&mut self, opened: &Opened) {
        if opened.parent.is_none() {
            self.page.roots.push(opened.id.to_string());
        } else if let Some(root) = self.open.first() {
            self.unpacked.push((opened.id, root.id, opened.name.clone()));
        }
        let line = EvidenceLine {
            id: opened.id.to_string(),
            parent: opened.parent.map(|p| p.to_string()),
            names: vec![opened.name.clone()],
            bytes: 0,
            sha256: String::new(),
            format: opened.format.to_owned(),
            records: 0,
            traces: 0,
            children: 0,
            layout: Quote::default(),
        };
        self.open.push(Open { line, id: opened.id, noted: false, children: Vec::new() });
    }

    fn record(&mut self, place: Place, record: &Record<'_>) {
        let before = self.traces_taken;
        traces::trace(record, &mut |trace| self.trace(place, &trace));
        self.active(record);
        self.words.write(place, record);
        self.page.records += 1;
        if let Some(open) = self.open.last_mut() {
            open.line.records += 1;
            open.line.traces += self.traces_taken - before;
        }
    }

    fn note(&mut self, note: Note) {
        if let Some(open) = self.open.iter_mut().rev().find(|o| o.id == note.evidence) {
            open.noted = true;
        }
        self.page.notes.push(note);
    }

    fn closed(&mut self, closed: &Closed) {
        let Some(mut done) = self.open.pop() else { return };
        done.line.bytes = closed.bytes;
        done.line.sha256 = closed.sha256.map(|h| crate::hex(&h)).unwrap_or_default();
        done.line.children = closed.children;
        done.line.layout = closed.layout.clone();
        let many = done.children.len() > LISTED;
        let mut lines = vec![(done.line, done.noted)];
        lines.extend(done.children.into_iter().filter(|(_, noted)| *noted || !many));
        match self.open.last_mut() {
            Some(parent) => {
                parent.line.records += lines[0].0.records;
                parent.line.traces += lines[0].0.traces;
                parent.children.extend(lines);
            }
            None => self.page.evidence.extend(lines.into_iter().map(|l| l.0)),
        }
    }
}

/// Trouble with derived work.
pub fn derived(path: &Path, e: &ParquetError) -> Error {
    Error::Derived { path: path.to_path_buf(), why: e.to_string() }
}
