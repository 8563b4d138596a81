//! A segment: the traces of some sealed files, made once and kept until the files, the settings or the tool change.
//!
//! Parquet tables (see `tables`), the words that reports may quote and a JSON page in a folder that is put in place by
//! a rename, so that a killed run leaves either the whole segment or none of it. How files are spread over segments
//! never shows in any result.

mod copies;
mod known;
mod tables;

pub use tables::{ACTIVITY, ACTORS, CONTACTS, EVIDENCE, NO_HOUR, OBJECTS, TRACES, contact};

use crate::Error;
use crate::columns::{Shape, Writer};
use copies::Copies;
use evidence::{Closed, Opened, Sink};
use model::{
    Code, EvidenceId, EvidenceLine, Hashed, KindInfo, KindNo, Note, Ownership, Place, Quote, Record, Sort, Span, Trace,
    When,
};
use parquet::errors::ParquetError;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use tables::{Names, contact_row, cut};

/// Containers with more children than this list only those with notes.
const LISTED: usize = 400;

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
    /// Ids of the inputs in which mails were read.
    pub mails: Vec<String>,
}

/// A segment being made: listens while evidence is read.
pub struct Recorder<'a> {
    kinds: &'a [KindInfo],
    dir: PathBuf,
    rows: Writer,
    actors: Names,
    objects: Names,
    evidence: Writer,
    contacts: Writer,
    words: crate::words::Writer,
    texts: crate::pages::Gatherer,
    articles: crate::articles::Gatherer,
    /// The actor met last: most traces of a record are of one actor.
    last: (Option<Sort>, String, u32),
    held: Holding,
    /// The menu that the page being read was copied with, if any.
    menu: String,
    copies: Copies,
    /// Records by actor (row in this segment) and hour.
    activity: FxHashMap<(u32, i32), u32>,
    /// What is being read, the input first.
    open: Vec<Open>,
    /// Pieces of evidence opened so far.
    opened: u32,
    page: Page,
    traces_taken: u64,
    trouble: Option<ParquetError>,
}

/// The traces of the record being read.
#[derive(Default)]
struct Holding {
    traces: Vec<Held>,
    /// What they touched, one behind the other.
    values: String,
}

/// A trace whose thing is to be numbered.
struct Held {
    actor: u32,
    kind: KindNo,
    hashed: Hashed,
    /// Where its value ends.
    to: usize,
    /// The number of what it touched, once it has one.
    object: u32,
    when: Option<When>,
}

impl Holding {
    fn emptied(mut self) -> Self {
        self.traces.clear();
        self.values.clear();
        self
    }
}

struct Open {
    line: EvidenceLine,
    id: EvidenceId,
    /// Row in this segment's table of evidence.
    no: u32,
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
        let table = |of: &(&str, Shape)| Writer::new(&dir.join(of.0), &of.1).map_err(|e| derived(&dir, &e));
        let names = |of| Names::new(&dir, of).map_err(|e| derived(&dir, &e));
        let page = Page {
            key: key.to_owned(),
            roots: Vec::new(),
            evidence: Vec::new(),
            notes: Vec::new(),
            kinds: vec![0; kinds.len()],
            records: 0,
            mails: Vec::new(),
        };
        Ok(Self {
            kinds,
            rows: table(&TRACES)?,
            actors: names(&ACTORS)?,
            objects: names(&OBJECTS)?,
            evidence: table(&EVIDENCE)?,
            contacts: table(&CONTACTS)?,
            words: crate::words::Writer::new(&dir.join("words"))?,
            texts: crate::pages::Gatherer::default(),
            articles: crate::articles::Gatherer::new(&dir)?,
            dir,
            last: (None, String::new(), 0),
            held: Holding::default(),
            menu: String::new(),
            copies: Copies::new(),
            activity: FxHashMap::default(),
            open: Vec::new(),
            opened: 0,
            page,
            traces_taken: 0,
            trouble: None,
        })
    }

    /// Keeps a trace until its record is read to the end.
    fn hold(&mut self, trace: &Trace<'_>) -> Result<(), ParquetError> {
        let actor = self.actor(trace.sort, trace.actor)?;
        let kind = trace.kind;
        let hashed = Hashed::of(self.kinds[usize::from(kind.0)].card.id.as_bytes(), trace.value.as_bytes());
        if self.kinds[usize::from(kind.0)].ownership == Ownership::CopiedFrom {
            trace.value.clone_into(&mut self.menu);
        }
        self.held.values.push_str(trace.value);
        let to = self.held.values.len();
        self.held.traces.push(Held { actor, kind, hashed, to, when: trace.when, object: 0 });
        Ok(())
    }

    /// Writes down the traces of a record. What they touch is numbered all together, for the memory's sake.
    fn write_held(&mut self, place: Place, copyable: bool) -> Result<(), ParquetError> {
        let mut held = std::mem::take(&mut self.held);
        self.objects.foresee(held.traces.iter().map(|t| t.hashed));
        let mut from = 0;
        for trace in &mut held.traces {
            trace.object = self.objects.number(trace.hashed, trace.kind.0, &held.values[from..trace.to])?;
            from = trace.to;
        }
        if copyable {
            self.copies.remember(held.traces.iter().map(|t| (t.kind, t.object)));
        }
        for trace in &held.traces {
            self.row(place, trace.when, (trace.actor, trace.kind, trace.object))?;
        }
        self.held = held.emptied();
        Ok(())
    }

    /// The traces of a post whose like was read before. False where it was not, or is forgotten.
    fn copy(
        &mut self,
        place: Place,
        record: &Record<'_>,
        who: Option<&(Sort, Cow<'_, str>)>,
    ) -> Result<bool, ParquetError> {
        let Some((sort, name)) = who else { return Ok(false) };
        let Some(left) = self.copies.take() else { return Ok(false) };
        let actor = self.actor(*sort, name)?;
        for (kind, object) in &left {
            self.row(place, record.when(), (actor, *kind, *object))?;
        }
        self.copies.give_back(left);
        Ok(true)
    }

    fn row(
        &mut self,
        place: Place,
        when: Option<When>,
        (actor, kind, object): (u32, KindNo, u32),
    ) -> Result<(), ParquetError> {
        self.page.kinds[usize::from(kind.0)] += 1;
        self.traces_taken += 1;
        let open = self.open.iter().rev().find(|o| o.id == place.evidence).map(|o| o.no);
        let open = open.ok_or_else(|| ParquetError::General("a trace in evidence that is not open".to_owned()))?;
        let (micros, span) = (when.map_or(When::UNKNOWN, |w| w.0), place.span);
        self.rows.row([object.into(), actor.into(), open.into(), micros, span.at as i64, span.len.into()], &[])
    }

    /// Takes the traces of a record, and says whose it is.
    fn traces<'r>(&mut self, place: Place, record: &Record<'r>) -> Option<(Sort, Cow<'r, str>)> {
        self.menu.clear();
        let copyable = traces::content(record, &mut self.copies.content);
        if copyable {
            let who = traces::who(record);
            match self.copy(place, record, who.as_ref()) {
                Ok(false) => {}
                Ok(true) => return who,
                Err(e) => self.tried(Err(e)),
            }
        }
        let who = traces::trace(record, &mut |trace| {
            let held = self.hold(&trace);
            self.tried(held);
        });
        let written = self.write_held(place, copyable);
        self.tried(written);
        who
    }

    /// True within a mail: what is enclosed is not published.
    fn in_mail(&self) -> bool {
        self.open.iter().any(|o| evidence::is_mail(&o.line.format))
    }

    fn actor(&mut self, sort: Sort, name: &str) -> Result<u32, ParquetError> {
        if self.last.0 == Some(sort) && self.last.1 == name {
            return Ok(self.last.2);
        }
        let no = self.actors.number(Hashed::of(&[sort as u8], name.as_bytes()), sort as u8, name)?;
        self.last.0 = Some(sort);
        self.last.1.clear();
        self.last.1.push_str(name);
        self.last.2 = no;
        Ok(no)
    }

    fn active(&mut self, sort: Sort, name: &str, when: Option<When>) -> Result<(), ParquetError> {
        let actor = self.actor(sort, name)?;
        let hour = when.and_then(|w| i32::try_from(w.0.div_euclid(model::HOUR)).ok()).unwrap_or(NO_HOUR);
        let records = self.activity.entry((actor, hour)).or_default();
        *records = records.saturating_add(1);
        Ok(())
    }

    /// Keeps the first thing that went wrong; there is no way to stop a reading from here.
    fn tried(&mut self, done: Result<(), ParquetError>) {
        if let Err(e) = done {
            self.trouble.get_or_insert(e);
        }
    }

    /// Writes everything down and puts the segment in place.
    ///
    /// # Errors
    /// [`Error::Derived`], [`Error::Io`].
    pub fn finish(mut self, to: &Path) -> Result<(), Error> {
        self.words.flush()?;
        self.articles.flush()?;
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
        self.rows.close()?;
        self.actors.close()?;
        self.objects.close()?;
        self.evidence.close()?;
        self.contacts.close()?;
        self.texts.write(&self.dir)?;
        let mut rows: Vec<((u32, i32), u32)> = self.activity.into_iter().collect();
        rows.sort_unstable();
        let mut out = Writer::new(&self.dir.join(ACTIVITY.0), &ACTIVITY.1)?;
        for ((actor, hour), records) in rows {
            out.row([actor.into(), hour.into(), records.into()], &[])?;
        }
        out.close()?;
        let page = serde_json::to_vec(&self.page).map_err(|e| ParquetError::General(e.to_string()))?;
        std::fs::write(self.dir.join("segment.json"), page)?;
        Ok(())
    }
}

impl Sink for Recorder<'_> {
    fn opened(&mut self, opened: &Opened) {
        if opened.parent.is_none() {
            self.page.roots.push(opened.id.to_string());
        }
        let root = self.open.first().map_or(opened.id, |o| o.id);
        let written = self.evidence.row([opened.id.0 as i64, root.0 as i64], cut(opened.name.raw()).as_bytes());
        self.tried(written);
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
        self.open.push(Open { line, id: opened.id, no: self.opened, noted: false, children: Vec::new() });
        self.opened += 1;
    }

    fn record(&mut self, place: Place, record: &Record<'_>) {
        let before = self.traces_taken;
        let who = self.traces(place, record);
        if let Some((sort, name)) = who {
            let active = self.active(sort, &name, record.when());
            self.tried(active);
            if sort == Sort::Site && !self.in_mail() {
                self.articles.take(place, &name, &self.menu, record);
            }
        }
        if self.traces_taken > before {
            self.words.write(place, record);
        }
        self.page.records += 1;
        if let Record::Mail(mail) = record {
            let written = triage::contacts(mail).try_for_each(|c| self.contacts.row(contact_row(c), &[]));
            self.tried(written);
            let root = self.open.first().filter(|root| self.page.mails.last() != Some(&root.line.id));
            self.page.mails.extend(root.map(|root| root.line.id.clone()));
        }
        if let Some(open) = self.open.last().filter(|_| !self.in_mail()) {
            self.texts.take(place.evidence, &open.line.names[0], record);
        }
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
