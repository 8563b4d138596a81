//! Posts in Parquet, read column by column without Arrow.
//!
//! Only the columns that the plan uses are decoded, a batch of rows at a time, so memory follows the pages in use and
//! not the file. Lists of words are read as lists. Wrong for lists of lists and for maps: those columns are not used.
//! Hostile counts are bounded where pages are handed on; what the library itself refuses is noted. Source: Apache
//! Parquet format 2.x.

use crate::posts::columns::{Plan, Role, SAMPLE, Sample, some};
use crate::posts::{Clock, Lists, Row, Teller};
use crate::{Example, Format, Head, Out, ReadAt, Reading};
use ::parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use ::parquet::column::page::{Page, PageMetadata, PageReader};
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use ::parquet::data_type::DataType;
use ::parquet::errors::{ParquetError, Result};
use ::parquet::file::reader::{ChunkReader, FileReader, Length, RowGroupReader, SerializedFileReader};
use ::parquet::schema::types::{ColumnDescPtr, ColumnDescriptor};
use bytes::Bytes;
use model::{Card, Code, Span, When};
use std::borrow::Cow;
use std::io::{BufReader, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The drawer.
pub const PARQUET: Format = Format {
    card: Card {
        id: "parquet",
        about: "posts in a Parquet table, columns found by name and content",
        source: "Apache Parquet format 2.x, read by the parquet crate without Arrow",
    },
    recognise: |head: &Head<'_>| head.bytes.starts_with(b"PAR1"),
    read: Reading::Anywhere(read),
    risky: None,
    examples: EXAMPLES,
};

/// Rows decoded at once.
const BATCH: usize = 1024;
/// Most columns looked at.
const MOST_COLUMNS: usize = 300;

/// A library that meets hostile bytes may panic; that is the bytes' fault and must not look like ours.
fn read(bytes: &Arc<dyn ReadAt>, out: &mut Out<'_>) {
    let said = match catch_unwind(AssertUnwindSafe(|| table(bytes, out))) {
        Ok(Ok(())) => return,
        Ok(Err(e)) => e.to_string(),
        Err(_) => "its parts contradict each other".to_owned(),
    };
    let said: String = said.chars().take(200).collect();
    out.note(Code::Malformed, Span::WHOLE, format!("not whole or not well-formed Parquet: {said}"));
}

fn table(bytes: &Arc<dyn ReadAt>, out: &mut Out<'_>) -> Result<()> {
    let file = SerializedFileReader::new(Chunks(bytes.clone()))?;
    let schema = file.metadata().file_metadata().schema_descr_ptr();
    let leaves: Vec<Leaf> = schema.columns().iter().take(MOST_COLUMNS).map(Leaf::of).collect();
    let most = (bytes.len().saturating_mul(20)).saturating_add(1 << 20);
    let sample = sample(&file, &leaves, most)?;
    let plan = Plan::of(&sample, &out.settings().posts.columns);
    plan.complaints.iter().for_each(|c| out.note(Code::Malformed, Span::WHOLE, c.as_str()));
    let layout = plan.layout();
    if !plan.posts() {
        out.layout(layout);
        let text = format!(
            "a table, but not clearly one of posts: name its columns in posts.columns; there are: {}",
            some(&plan.names)
        );
        out.note(Code::Unrecognised, Span::WHOLE, text);
        return Ok(());
    }
    let time = plan.get(Role::Time).first().copied();
    let mut clock = Clock::of(time.iter().flat_map(|at| sample.values(*at)));
    if time.is_some_and(|at| leaves[at].unit.is_some_and(|(_, utc)| !utc)) {
        clock.without_zone();
    }
    let mut teller = Teller { plan, clock, platform: String::new() };
    let done = groups(&file, &leaves, most, &mut teller, out);
    let times = teller.clock.finish(out);
    out.layout(layout + &times);
    done
}

/// A column of scalars, or of lists of scalars.
struct Leaf {
    descriptor: ColumnDescPtr,
    name: String,
    list: bool,
    /// Microseconds per unit (0 for nanoseconds) where the column stores moments, and whether they are in UTC.
    unit: Option<(i64, bool)>,
}

impl Leaf {
    fn of(descriptor: &ColumnDescPtr) -> Self {
        let inner = ["list", "element", "item", "array", "bag", "array_element"];
        let parts = descriptor.path().parts();
        let list = descriptor.max_rep_level() > 0;
        let kept: Vec<&str> = parts
            .iter()
            .enumerate()
            .filter(|(at, part)| *at == 0 || !list || !inner.contains(&part.as_str()))
            .map(|(_, part)| part.as_str())
            .collect();
        Self { name: kept.join("."), list, unit: unit(descriptor), descriptor: descriptor.clone() }
    }
}

fn unit(descriptor: &ColumnDescriptor) -> Option<(i64, bool)> {
    let of = |unit: &TimeUnit| match unit {
        TimeUnit::MILLIS => 1000,
        TimeUnit::MICROS => 1,
        TimeUnit::NANOS => 0,
    };
    const DAY: i64 = 86_400 * When::SECOND;
    match (descriptor.logical_type_ref(), descriptor.converted_type()) {
        (Some(LogicalType::Timestamp(t)), _) => Some((of(&t.unit), t.is_adjusted_to_u_t_c)),
        (Some(LogicalType::Date), _) | (_, ConvertedType::DATE) => Some((DAY, false)),
        (_, ConvertedType::TIMESTAMP_MILLIS) => Some((1000, true)),
        (_, ConvertedType::TIMESTAMP_MICROS) => Some((1, true)),
        _ => None,
    }
}

/// The first rows of every column.
fn sample(file: &SerializedFileReader<Chunks>, leaves: &[Leaf], most: u64) -> Result<Sample> {
    let names: Vec<String> = leaves.iter().map(|l| l.name.clone()).collect();
    let mut sample = Sample::new(names, Vec::new(), true);
    let first = (0..file.num_row_groups()).find(|n| file.metadata().row_group(*n).num_rows() > 0);
    let Some(first) = first else { return Ok(sample) };
    let group = file.get_row_group(first)?;
    for (at, leaf) in leaves.iter().enumerate() {
        let mut column = Column::open(&*group, at, leaf, most)?;
        column.fill(SAMPLE)?;
        let cells = Batch::of(&column, leaf);
        sample.rows.resize_with(sample.rows.len().max(cells.rows.len()), Vec::new);
        for (row, of) in sample.rows.iter_mut().enumerate() {
            of.resize(at, String::new());
            let moment = cells.moment(row).map(When::iso);
            of.push(moment.unwrap_or_else(|| if leaf.list { String::new() } else { cells.cell(row).to_owned() }));
        }
    }
    Ok(sample)
}

fn groups(
    file: &SerializedFileReader<Chunks>,
    leaves: &[Leaf],
    most: u64,
    teller: &mut Teller,
    out: &mut Out<'_>,
) -> Result<()> {
    let used = teller.plan.columns();
    let (mut number, mut lists) = (0, Lists::default());
    for n in 0..file.num_row_groups() {
        let group = file.get_row_group(n)?;
        let open = |at: &usize| Ok((*at, Column::open(&*group, *at, &leaves[*at], most)?));
        let mut columns: Vec<(usize, Column)> = used.iter().map(open).collect::<Result<_>>()?;
        loop {
            for (_, column) in &mut columns {
                column.fill(BATCH)?;
            }
            let mut batches: Vec<Batch<'_>> = leaves.iter().map(|_| Batch::default()).collect();
            for (at, column) in &columns {
                batches[*at] = Batch::of(column, &leaves[*at]);
            }
            let rows = columns.iter().map(|(at, _)| batches[*at].rows.len());
            let (rows, uneven) = (rows.clone().min().unwrap_or(0), rows.max().unwrap_or(0));
            if rows != uneven {
                return Err(ParquetError::General("columns of different lengths".to_owned()));
            }
            for row in 0..rows {
                let span = Span::row(number);
                if out.wants(span) && !teller.post(&TableRow { batches: &batches, row }, span, &mut lists, out) {
                    out.note(Code::Malformed, span, "a row without account, id and words: skipped");
                }
                number += 1;
            }
            if batches.iter().any(|b| b.replaced) {
                out.note(
                    Code::Encoding,
                    Span::row(number - rows as u64),
                    "text that is not UTF-8: parts of it were replaced",
                );
            }
            if rows < BATCH {
                break;
            }
        }
    }
    let told = u64::try_from(file.metadata().file_metadata().num_rows()).unwrap_or(0);
    if told != number {
        out.note(Code::Truncated, Span::row(number), format!("the table says it has {told} rows, but holds {number}"));
    }
    Ok(())
}

/// A column of one row group while it is read.
struct Column {
    reader: ColumnReader,
    values: Values,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    deepest: i16,
    list: bool,
}

enum Values {
    Bool(Vec<bool>),
    I32(Vec<i32>),
    I64(Vec<i64>),
    I96(Vec<::parquet::data_type::Int96>),
    F32(Vec<f32>),
    F64(Vec<f64>),
    Bytes(Vec<::parquet::data_type::ByteArray>),
    Fixed(Vec<::parquet::data_type::FixedLenByteArray>),
}

impl Column {
    fn open(group: &dyn RowGroupReader, at: usize, leaf: &Leaf, most: u64) -> Result<Self> {
        let pages = Bounded { pages: group.get_column_page_reader(at)?, left: most, list: leaf.list };
        let reader = get_column_reader(leaf.descriptor.clone(), Box::new(pages));
        let values = match &reader {
            ColumnReader::BoolColumnReader(_) => Values::Bool(Vec::new()),
            ColumnReader::Int32ColumnReader(_) => Values::I32(Vec::new()),
            ColumnReader::Int64ColumnReader(_) => Values::I64(Vec::new()),
            ColumnReader::Int96ColumnReader(_) => Values::I96(Vec::new()),
            ColumnReader::FloatColumnReader(_) => Values::F32(Vec::new()),
            ColumnReader::DoubleColumnReader(_) => Values::F64(Vec::new()),
            ColumnReader::ByteArrayColumnReader(_) => Values::Bytes(Vec::new()),
            ColumnReader::FixedLenByteArrayColumnReader(_) => Values::Fixed(Vec::new()),
        };
        let (definitions, repetitions) = (Vec::new(), Vec::new());
        Ok(Self { reader, values, definitions, repetitions, deepest: leaf.descriptor.max_def_level(), list: leaf.list })
    }

    /// Decodes the next rows in place of those before.
    fn fill(&mut self, rows: usize) -> Result<()> {
        let Self { reader, values, definitions, repetitions, .. } = self;
        definitions.clear();
        repetitions.clear();
        match (reader, values) {
            (ColumnReader::BoolColumnReader(r), Values::Bool(v)) => fill(r, v, rows, definitions, repetitions),
            (ColumnReader::Int32ColumnReader(r), Values::I32(v)) => fill(r, v, rows, definitions, repetitions),
            (ColumnReader::Int64ColumnReader(r), Values::I64(v)) => fill(r, v, rows, definitions, repetitions),
            (ColumnReader::Int96ColumnReader(r), Values::I96(v)) => fill(r, v, rows, definitions, repetitions),
            (ColumnReader::FloatColumnReader(r), Values::F32(v)) => fill(r, v, rows, definitions, repetitions),
            (ColumnReader::DoubleColumnReader(r), Values::F64(v)) => fill(r, v, rows, definitions, repetitions),
            (ColumnReader::ByteArrayColumnReader(r), Values::Bytes(v)) => fill(r, v, rows, definitions, repetitions),
            (ColumnReader::FixedLenByteArrayColumnReader(r), Values::Fixed(v)) => {
                fill(r, v, rows, definitions, repetitions)
            }
            _ => Err(ParquetError::General("a column changed its type".to_owned())),
        }
    }

    /// Which values belong to which row, as ranges.
    fn rows(&self, values: usize) -> Vec<(u32, u32)> {
        let mut rows: Vec<(u32, u32)> = Vec::with_capacity(self.definitions.len().max(values));
        if self.deepest == 0 {
            rows.extend((0..values as u32).map(|n| (n, n + 1)));
            return rows;
        }
        let mut at = 0;
        for (n, definition) in self.definitions.iter().enumerate() {
            if !self.list || self.repetitions.get(n).is_none_or(|r| *r == 0) {
                rows.push((at, at));
            }
            if *definition == self.deepest {
                at += 1;
                if let Some(row) = rows.last_mut() {
                    row.1 = at;
                }
            }
        }
        rows
    }
}

fn fill<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    values: &mut Vec<T::T>,
    rows: usize,
    definitions: &mut Vec<i16>,
    repetitions: &mut Vec<i16>,
) -> Result<()> {
    values.clear();
    let mut left = rows;
    while left > 0 {
        let (read, ..) = reader.read_records(left, Some(definitions), Some(repetitions), values)?;
        if read == 0 {
            break;
        }
        left = left.saturating_sub(read);
    }
    Ok(())
}

/// Some rows of a column as words and moments.
#[derive(Default)]
struct Batch<'b> {
    texts: Vec<Cow<'b, str>>,
    moments: Vec<i64>,
    rows: Vec<(u32, u32)>,
    list: bool,
    replaced: bool,
}

impl<'b> Batch<'b> {
    fn of(column: &'b Column, leaf: &Leaf) -> Self {
        let mut batch = Self { list: leaf.list, ..Self::default() };
        fn texts<'b, T: ToString>(values: &[T]) -> Vec<Cow<'b, str>> {
            values.iter().map(|v| Cow::Owned(v.to_string())).collect()
        }
        let scale = |n: i64| match leaf.unit {
            Some((0, _)) => n.div_euclid(1000),
            Some((unit, _)) => n.checked_mul(unit).unwrap_or(When::UNKNOWN),
            None => When::UNKNOWN,
        };
        match &column.values {
            Values::I64(v) if leaf.unit.is_some() => batch.moments = v.iter().map(|n| scale(*n)).collect(),
            Values::I32(v) if leaf.unit.is_some() => batch.moments = v.iter().map(|n| scale(i64::from(*n))).collect(),
            Values::I96(v) => batch.moments = v.iter().map(moment).collect(),
            Values::Bool(v) => batch.texts = texts(v),
            Values::I32(v) => batch.texts = texts(v),
            Values::I64(v) => batch.texts = texts(v),
            Values::F32(v) => batch.texts = texts(v),
            Values::F64(v) => batch.texts = texts(v),
            Values::Bytes(v) => batch.texts = v.iter().map(|b| String::from_utf8_lossy(b.data())).collect(),
            Values::Fixed(v) => batch.texts = v.iter().map(|b| fixed(b.data())).collect(),
        }
        batch.replaced =
            matches!(&column.values, Values::Bytes(_)) && batch.texts.iter().any(|t| matches!(t, Cow::Owned(_)));
        batch.rows = column.rows(batch.texts.len().max(batch.moments.len()));
        batch
    }

    fn range(&self, row: usize) -> std::ops::Range<usize> {
        self.rows.get(row).map_or(0..0, |(from, to)| *from as usize..*to as usize)
    }

    fn cell(&self, row: usize) -> &str {
        self.texts.get(self.range(row)).and_then(<[_]>::first).map_or("", |t| t)
    }

    fn moment(&self, row: usize) -> Option<When> {
        let micros = self.moments.get(self.range(row))?.first().copied()?;
        (micros != When::UNKNOWN).then_some(When(micros))
    }
}

/// Nanoseconds of a day and a Julian day number, as Impala wrote moments. 2440588 is 1970-01-01.
fn moment(v: &::parquet::data_type::Int96) -> i64 {
    let [low, high, day] = [0, 1, 2].map(|n| v.data().get(n).copied().unwrap_or_default());
    let nanos = (i64::from(high) << 32) | i64::from(low);
    let days = (i64::from(day) - 2_440_588) * 86_400 * When::SECOND;
    days.checked_add(nanos.div_euclid(1000)).unwrap_or(When::UNKNOWN)
}

/// Bytes of fixed length: words where they are, else hexadecimal.
fn fixed(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(char::is_control) => Cow::Borrowed(text),
        _ => Cow::Owned(crate::read::hex(bytes)),
    }
}

struct TableRow<'b> {
    batches: &'b [Batch<'b>],
    row: usize,
}

impl<'b> Row<'b> for TableRow<'b> {
    fn cell(&self, column: usize) -> &'b str {
        self.batches.get(column).map_or("", |b| b.cell(self.row))
    }

    fn list(&self, column: usize, items: &mut Vec<&'b str>) {
        match self.batches.get(column) {
            Some(batch) if batch.list => {
                let texts = batch.texts.get(batch.range(self.row)).unwrap_or_default();
                items.extend(texts.iter().map(|t| &**t).filter(|t| !t.is_empty()));
            }
            _ => crate::posts::items_of(self.cell(column), items),
        }
    }

    fn listed(&self, column: usize) -> bool {
        self.batches.get(column).is_some_and(|b| b.list)
    }

    fn moment(&self, column: usize) -> Option<When> {
        self.batches.get(column)?.moment(self.row)
    }
}

/// Pages that may not claim more list items than a file of this length can honestly hold: one record of a list column
/// is decoded whole, and a few bytes can claim billions.
struct Bounded {
    pages: Box<dyn PageReader>,
    left: u64,
    list: bool,
}

impl Iterator for Bounded {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Bounded {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        if let Some(page) = page.as_ref().filter(|_| self.list) {
            let left = self.left.checked_sub(u64::from(page.num_values()));
            self.left = left.ok_or_else(|| ParquetError::General("lists longer than the file can hold".to_owned()))?;
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}

/// The evidence as the library wants it.
struct Chunks(Arc<dyn ReadAt>);

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.0.len()
    }
}

impl ChunkReader for Chunks {
    type T = BufReader<crate::Cursor>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(BufReader::new({
            let mut cursor = crate::Cursor::new(self.0.clone());
            cursor.seek(SeekFrom::Start(start))?;
            cursor
        }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let end = start.checked_add(length as u64).filter(|end| *end <= self.0.len());
        end.ok_or_else(|| ParquetError::EOF(format!("{length} bytes at {start} are beyond the end")))?;
        let mut bytes = vec![0; length];
        let mut got = 0;
        while got < length {
            match self.0.read_at(&mut bytes[got..], start + got as u64)? {
                0 => return Err(ParquetError::EOF(format!("ends at {}", start + got as u64))),
                n => got += n,
            }
        }
        Ok(bytes.into())
    }
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "lists, moments and nulls",
        bytes: include_bytes!("../samples/posts.parquet"),
        says: &[
            "opened example as parquet",
            "  post row 0 account=\"anna\" id=\"p1\" when=2026-10-01T08:00:00Z text=\"Vote on Tuesday\" urls=[\"https://one.example/a\"] hashtags=[\"vote\", \"tuesday\"]",
            "  post row 1 account=\"bertil\" id=\"p2\" when=2026-10-01T08:00:05Z text=\"Vote on Tuesday\" reposted=\"p1\"",
            "  post row 2 account=\"anna\" id=\"p3\"",
            "  note time row 2 a time is missing, unreadable or outside 1990-2100: the post was kept without it ×1",
            "  note info all times are written without a zone: taken as UTC ×1",
            "closed bytes=1895 records=3 children=0 layout=\"account = account_id, post = post_id, time = timestamp, text = text, reposted = retweeted_id, urls = urls, hashtags = hashtags; not used: is_retweet; times: whole seconds\"",
        ],
    },
    Example {
        name: "CooRTweet's four columns, ids as numbers",
        bytes: include_bytes!("../samples/coortweet.parquet"),
        says: &[
            "opened example as parquet",
            "  post row 0 account=\"7\" id=\"11\" when=2026-10-01T08:00:00Z object=\"o1\"",
            "  post row 1 account=\"8\" id=\"12\" when=2026-10-01T08:00:05Z object=\"o1\"",
            "closed bytes=970 records=2 children=0 layout=\"account = account_id, post = content_id, time = timestamp_share, object = object_id; times: whole seconds\"",
        ],
    },
];
