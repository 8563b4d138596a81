//! One method on some posts, without a case: nothing is sealed, nothing kept.
//!
//! Inputs are read where they lie, one after the other, in the order given; of a folder, in the order of names.

use crate::segment::Recorder;
use crate::store::Sealed;
use crate::{Error, Inputs, Run, table, walk, windows};
use evidence::{Closed, Opened, Root, Sink};
use links::{Asked, Method};
use model::{Coordination, Edges, EvidenceId, KindInfo, Note, Place, Post, Quote, Record, Remark, Settings, hash64};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

/// What came of it.
pub struct Coordinated {
    /// What the method says.
    pub found: Coordination,
    /// What must be known of the inputs: name of the input, and the note.
    pub notes: Vec<(Quote, Note)>,
    /// What was understood of each table's columns: name, layout.
    pub layouts: Vec<(Quote, Quote)>,
    /// Posts read.
    pub posts: u64,
}

impl Coordinated {
    /// True where something was not read whole.
    #[must_use]
    pub fn incomplete(&self) -> bool {
        self.notes.iter().any(|(_, n)| n.code.incomplete())
    }
}

/// Runs a method on some posts.
///
/// # Errors
/// [`Error::Io`] when an input cannot be read or the scratch folder not written.
pub fn coordinate(
    inputs: Inputs<'_>,
    method: &Method,
    asked: &Asked,
    settings: &Settings,
    run: &Run<'_>,
) -> Result<Coordinated, Error> {
    match method.run {
        links::Run::Recipe(reads, work) => {
            let reads = reads(asked);
            let wanted = traces::Wanted {
                kinds: reads.kinds,
                as_written: reads.as_written,
                first_rows: reads.first_rows,
                by_id: reads.by_id,
                bare_seconds: reads.bare_seconds,
            };
            let mut taker = traces::Taker::new(wanted);
            let mut listener = Listener::new(|_, post| taker.post(post), None);
            read(inputs, settings, run, &mut listener)?;
            let heard = listener.heard;
            run.progress.stage("linking", 0);
            Ok(heard.with(work(&taker.finish(), asked)))
        }
        links::Run::Way => by_traces(inputs, settings, run),
    }
}

/// The default method: a trace table in a scratch folder, then the first way of linking.
fn by_traces(inputs: Inputs<'_>, settings: &Settings, run: &Run<'_>) -> Result<Coordinated, Error> {
    let scratch = tempfile::tempdir().map_err(Error::io("make", &std::env::temp_dir()))?;
    let kinds: Vec<KindInfo> = windows(traces::infos(), settings);
    let segment = scratch.path().join("segment");
    let mut names = Names::default();
    let recorder = Recorder::new(scratch.path().join("segment.part"), "", &kinds)?;
    let mut listener = Listener::new(|record, post| names.add(record, post), Some(recorder));
    read(inputs, settings, run, &mut listener)?;
    let heard = listener.heard;
    if let Some(recorder) = listener.recorder {
        recorder.finish(&segment)?;
    }
    run.progress.stage("linking", 0);
    let mut table = table::merge(&[segment], &kinds, &scratch.path().join("spread"), run.in_memory)?;
    let shares = links::Alike::of(&kinds, &mut table.objects, &table.shares);
    let input = links::Input {
        kinds: &kinds,
        actors: &table.actors,
        objects: &table.objects,
        evidence: &table.evidence,
        shares: &shares,
        settings: &settings.links,
    };
    let linked = links::WAYS.first().map(|way| (way.link)(&input)).unwrap_or_default();
    table.shares.whole()?;
    let found = names.coordination(&table, &linked);
    Ok(heard.with(found))
}

/// Accounts as the input writes them, by the name under which they are linked.
#[derive(Default)]
struct Names(BTreeMap<String, BTreeSet<String>>);

impl Names {
    fn add(&mut self, record: &Record<'_>, post: &Post<'_>) {
        let Some((_, linked)) = traces::who(record) else { return };
        let written = post.written.account.unwrap_or(post.account);
        match self.0.get_mut(linked.as_ref()) {
            Some(known) if known.contains(written) => {}
            Some(known) => drop(known.insert(written.to_owned())),
            None => drop(self.0.insert(linked.into_owned(), BTreeSet::from([written.to_owned()]))),
        }
    }

    fn coordination(&self, table: &table::Table, linked: &model::Linked) -> Coordination {
        let written: BTreeSet<&str> = self.0.values().flatten().map(String::as_str).collect();
        let accounts: Vec<Quote> = written.iter().map(|name| Quote::from(*name)).collect();
        let number = |name: &str| accounts.partition_point(|a| a.raw() < name);
        let of = |actor: model::ActorNo| -> Vec<usize> {
            let name = table.actors[actor.0 as usize].name.raw();
            self.0.get(name).into_iter().flatten().map(|w| number(w)).collect()
        };
        let (mut scores, mut networks) = (vec![0.0; accounts.len()], vec![0; accounts.len()]);
        for score in &linked.scores {
            of(score.actor).into_iter().for_each(|at| scores[at] = score.score);
        }
        for (at, network) in (1_u32..).zip(&linked.networks) {
            for member in &network.members {
                of(member.actor).into_iter().for_each(|account| networks[account] = at);
            }
        }
        let first = |actor| of(actor).first().map(|at| *at as u32);
        let edges = edges(linked, &first);
        let remarks = linked.remarks.iter().cloned().chain(checks(linked)).map(Remark::new);
        let unsaid =
            linked.insufficient.iter().map(|i| Remark::new(format!("insufficient data: {}: {}", i.what, i.why)));
        Coordination { edges, scores, networks, remarks: remarks.chain(unsaid).collect(), accounts }
    }
}

/// Most networks told one by one.
const TOLD: usize = 20;

/// What chance gives within each of the largest networks, by the null models and by shuffles.
fn checks(linked: &model::Linked) -> impl Iterator<Item = String> {
    (1..).zip(&linked.networks).take(TOLD).filter_map(|(number, network)| {
        let by = network.permuted?;
        let expected: f64 = network.links.iter().filter_map(|at| linked.links.get(*at)).map(|l| l.q).sum();
        Some(format!(
            "network {number}: {} accounts; expected false links: {expected:.1} of {} by the null models, {:.1} by shuffles.",
            network.members.len(),
            network.links.len(),
            by.accounts
        ))
    })
}

fn edges(linked: &model::Linked, number: &dyn Fn(model::ActorNo) -> Option<u32>) -> Edges {
    let kinds = traces::infos();
    let mut rows: Vec<(u32, u32, &model::Link)> = Vec::new();
    for link in &linked.links {
        if let (Some(a), Some(b)) = (number(link.a), number(link.b)) {
            rows.push((a.min(b), a.max(b), link));
        }
    }
    rows.sort_by_key(|r| (r.0, r.1));
    let mut edges = Edges::default();
    rows.iter().for_each(|(a, b, link)| edges.push(*a, *b, f64::from(link.weight())));
    let strongest = |link: &model::Link| link.strongest().map(|k| (k.expected, kinds[usize::from(k.kind.0)].card.id));
    let of_kind = |link: &model::Link| {
        let words = link.kinds.iter().map(|k| format!("{}:{}", kinds[usize::from(k.kind.0)].card.id, k.objects));
        words.collect::<Vec<_>>().join(" ")
    };
    let column = |name, values| model::Column { name, values };
    edges.more = vec![
        column("expected", model::Values::Real(rows.iter().map(|r| strongest(r.2).map_or(0.0, |s| s.0)).collect())),
        column("p", model::Values::Real(rows.iter().map(|r| r.2.p).collect())),
        column("q", model::Values::Real(rows.iter().map(|r| r.2.q).collect())),
        column("kinds", model::Values::Words(rows.iter().map(|r| of_kind(r.2)).collect())),
    ];
    edges
}

/// Hears what the inputs say.
struct Listener<'k, F> {
    each: F,
    recorder: Option<Recorder<'k>>,
    heard: Heard,
}

#[derive(Default)]
struct Heard {
    names: Vec<(EvidenceId, Quote)>,
    notes: Vec<(Quote, Note)>,
    layouts: Vec<(Quote, Quote)>,
    posts: u64,
}

impl Heard {
    fn with(self, found: Coordination) -> Coordinated {
        Coordinated { found, notes: self.notes, layouts: self.layouts, posts: self.posts }
    }

    fn name(&self, evidence: EvidenceId) -> Quote {
        self.names.iter().rev().find(|(id, _)| *id == evidence).map(|(_, name)| name.clone()).unwrap_or_default()
    }
}

impl<'k, F: FnMut(&Record<'_>, &Post<'_>)> Listener<'k, F> {
    fn new(each: F, recorder: Option<Recorder<'k>>) -> Self {
        Self { each, recorder, heard: Heard::default() }
    }
}

impl<F: FnMut(&Record<'_>, &Post<'_>)> Sink for Listener<'_, F> {
    fn opened(&mut self, opened: &Opened) {
        self.heard.names.push((opened.id, opened.name.clone()));
        if let Some(recorder) = &mut self.recorder {
            recorder.opened(opened);
        }
    }

    fn record(&mut self, place: Place, record: &Record<'_>) {
        if let Record::Post(post) = record {
            self.heard.posts += 1;
            (self.each)(record, post);
            if let Some(recorder) = &mut self.recorder {
                recorder.record(place, record);
            }
        }
    }

    fn note(&mut self, note: Note) {
        self.heard.notes.push((self.heard.name(note.evidence), note));
    }

    fn closed(&mut self, closed: &Closed) {
        if !closed.layout.is_empty() {
            self.heard.layouts.push((self.heard.name(closed.id), closed.layout.clone()));
        }
        self.heard.names.pop();
        if let Some(recorder) = &mut self.recorder {
            recorder.closed(closed);
        }
    }

    fn seals(&self) -> bool {
        false
    }
}

fn read(inputs: Inputs<'_>, settings: &Settings, run: &Run<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
    let mut number = 0_u64;
    let mut one = |file: File, name: Quote, path: &Path| -> Result<(), Error> {
        let bytes = Sealed::of(file).map_err(Error::io("read", path))?;
        let id = EvidenceId(hash64(&number.to_le_bytes()));
        number += 1;
        let root = Root { id, sha256: [0; 32], name, bytes: Arc::new(bytes) };
        evidence::read(&root, settings, run.isolate, sink);
        Ok(())
    };
    for path in &inputs.paths {
        let files = if path.is_dir() { walk::walk(std::slice::from_ref(path), Path::new(""))? } else { Vec::new() };
        if files.is_empty() {
            let file = File::open(path).map_err(Error::io("read", path))?;
            one(file, Quote::from(path.to_string_lossy()), path)?;
        }
        for file in files {
            let opened = File::open(&file.path).map_err(Error::io("read", &file.path))?;
            one(opened, file.name, &file.path)?;
        }
    }
    if let Some(stdin) = inputs.stdin {
        let dash = Path::new("-");
        one(spool(stdin).map_err(Error::io("read", dash))?, Quote::from("-"), dash)?;
    }
    Ok(())
}

/// Standard input cannot be read at any place, so it goes to a file without a name first.
fn spool(from: &mut dyn Read) -> std::io::Result<File> {
    let mut file = tempfile::tempfile()?;
    std::io::copy(from, &mut file)?;
    file.flush()?;
    Ok(file)
}

/// Writes the edges as Parquet.
///
/// # Errors
/// [`Error::Io`], [`Error::Derived`].
pub fn write_edges_parquet(c: &Coordination, path: &Path) -> Result<(), Error> {
    let wrong = |e: parquet::errors::ParquetError| Error::Derived { path: path.to_path_buf(), why: e.to_string() };
    let file = File::create(path).map_err(Error::io("write", path))?;
    edges_parquet(c, file).map_err(wrong)
}

fn edges_parquet(c: &Coordination, file: File) -> Result<(), parquet::errors::ParquetError> {
    use parquet::schema::types::Type;
    let word = |name: &str| {
        let of = Type::primitive_type_builder(name, Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String));
        of.with_repetition(Repetition::REQUIRED).build().map(Arc::new)
    };
    let number = |name: &str, sort| {
        Type::primitive_type_builder(name, sort).with_repetition(Repetition::REQUIRED).build().map(Arc::new)
    };
    let mut fields = vec![word("source")?, word("target")?, number("weight", Physical::DOUBLE)?];
    for column in &c.edges.more {
        fields.push(match column.values {
            model::Values::Whole(_) => number(column.name, Physical::INT64)?,
            model::Values::Real(_) => number(column.name, Physical::DOUBLE)?,
            model::Values::Words(_) => word(column.name)?,
        });
    }
    let schema = Type::group_type_builder("edges").with_fields(fields).build()?;
    let properties = WriterProperties::builder().set_created_by("unspool".to_owned());
    let properties = properties.set_compression(Compression::SNAPPY).build();
    let mut out = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))?;
    let mut group = out.next_row_group()?;
    let names = |ends: &[u32]| ends.iter().map(|n| ByteArray::from(c.accounts[*n as usize].raw())).collect::<Vec<_>>();
    let mut columns = vec![
        Cells::Words(names(&c.edges.source)),
        Cells::Words(names(&c.edges.target)),
        Cells::Real(c.edges.weight.clone()),
    ];
    columns.extend(c.edges.more.iter().map(|column| match &column.values {
        model::Values::Whole(v) => Cells::Whole(v.clone()),
        model::Values::Real(v) => Cells::Real(v.clone()),
        model::Values::Words(v) => Cells::Words(v.iter().map(|w| ByteArray::from(w.as_str())).collect()),
    }));
    for cells in columns {
        if let Some(mut column) = group.next_column()? {
            match cells {
                Cells::Whole(v) => column.typed::<Int64Type>().write_batch(&v, None, None)?,
                Cells::Real(v) => column.typed::<DoubleType>().write_batch(&v, None, None)?,
                Cells::Words(v) => column.typed::<ByteArrayType>().write_batch(&v, None, None)?,
            };
            column.close()?;
        }
    }
    group.close()?;
    out.close().map(|_| ())
}

enum Cells {
    Whole(Vec<i64>),
    Real(Vec<f64>),
    Words(Vec<ByteArray>),
}
