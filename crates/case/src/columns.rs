//! Tables of whole numbers and words in Parquet, without a data-frame library.
//!
//! Ours have a handful of required INT32 and INT64 columns and at most one of bytes, behind them; written plain (ids
//! are hashes and do not compress), with a dictionary only where a column repeats itself. Any Parquet reader opens
//! them. Unsigned numbers keep their bits: what is above 2^31 or 2^63 looks negative to other readers.

use parquet::basic::{Encoding, Repetition, Type as Physical};
use parquet::column::reader::ColumnReader;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Takes one group of rows: its number columns, and its bytes column where that was read.
pub type Each<'a> = dyn FnMut(&[Column], &[ByteArray]) + 'a;

/// How a column of whole numbers is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 32 bits.
    Narrow,
    /// 64 bits.
    Wide,
    /// 32 bits, the same few numbers again and again.
    Repeating,
}

/// The shape of a table: its whole-number columns, and its one column of bytes, if any.
pub struct Shape {
    /// Whole numbers: name and width.
    pub numbers: &'static [(&'static str, Width)],
    /// Bytes.
    pub bytes: Option<&'static str>,
}

/// Numbers of one column.
#[derive(Debug, Clone)]
pub enum Column {
    /// Of 32 bits.
    Narrow(Vec<i32>),
    /// Of 64 bits.
    Wide(Vec<i64>),
}

impl Column {
    fn new(width: Width) -> Self {
        if width == Width::Wide { Self::Wide(Vec::new()) } else { Self::Narrow(Vec::new()) }
    }

    /// Its numbers, where they are of 32 bits.
    pub fn narrow(&self) -> &[i32] {
        if let Self::Narrow(numbers) = self { numbers } else { &[] }
    }

    /// Its numbers, where they are of 64 bits.
    pub fn wide(&self) -> &[i64] {
        if let Self::Wide(numbers) = self { numbers } else { &[] }
    }

    fn len(&self) -> usize {
        match self {
            Self::Narrow(numbers) => numbers.len(),
            Self::Wide(numbers) => numbers.len(),
        }
    }
}

impl Shape {
    fn schema(&self) -> Result<Type, ParquetError> {
        let column = |name: &str, physical| {
            Type::primitive_type_builder(name, physical).with_repetition(Repetition::REQUIRED).build().map(Arc::new)
        };
        let mut fields = Vec::new();
        for (name, width) in self.numbers {
            fields.push(column(name, if *width == Width::Wide { Physical::INT64 } else { Physical::INT32 })?);
        }
        if let Some(name) = self.bytes {
            fields.push(column(name, Physical::BYTE_ARRAY)?);
        }
        Type::group_type_builder("unspool").with_fields(fields).build()
    }

    fn properties(&self) -> WriterProperties {
        let mut p = WriterProperties::builder()
            .set_statistics_enabled(EnabledStatistics::None)
            .set_dictionary_enabled(false)
            .set_encoding(Encoding::PLAIN)
            .set_created_by("unspool".to_owned());
        for (name, _) in self.numbers.iter().filter(|(_, width)| *width == Width::Repeating) {
            p = p.set_column_dictionary_enabled(ColumnPath::from(*name), true);
        }
        p.build()
    }
}

/// A table being written, with the rows that wait to be.
pub struct Writer {
    file: SerializedFileWriter<File>,
    columns: Vec<Column>,
    words: Words,
}

/// Words that wait to be written, in one piece of memory.
#[derive(Default)]
struct Words {
    wanted: bool,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// Rows that wait at most.
const WAITING: usize = 1 << 16;

impl Writer {
    /// Begins a table.
    pub fn new(path: &Path, shape: &Shape) -> Result<Self, ParquetError> {
        let file = File::create(path)?;
        let file = SerializedFileWriter::new(file, Arc::new(shape.schema()?), Arc::new(shape.properties()))?;
        let columns = shape.numbers.iter().map(|(_, width)| Column::new(*width)).collect();
        Ok(Self { file, columns, words: Words { wanted: shape.bytes.is_some(), ..Words::default() } })
    }

    /// Adds a row: its numbers in order, then its word where the table has any. Narrow columns keep the low 32 bits.
    pub fn row<const N: usize>(&mut self, numbers: [i64; N], word: &[u8]) -> Result<(), ParquetError> {
        for (column, number) in self.columns.iter_mut().zip(numbers) {
            match column {
                Column::Narrow(column) => column.push(number as i32),
                Column::Wide(column) => column.push(number),
            }
        }
        if self.words.wanted {
            self.words.bytes.extend_from_slice(word);
            self.words.ends.push(self.words.bytes.len());
        }
        if self.columns[0].len() >= WAITING { self.group() } else { Ok(()) }
    }

    /// Writes the rows that wait.
    fn group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for values in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            match values {
                Column::Narrow(values) => column.typed::<Int32Type>().write_batch(values, None, None)?,
                Column::Wide(values) => column.typed::<Int64Type>().write_batch(values, None, None)?,
            };
            column.close()?;
            match values {
                Column::Narrow(values) => values.clear(),
                Column::Wide(values) => values.clear(),
            }
        }
        if self.words.wanted
            && let Some(mut column) = group.next_column()?
        {
            column.typed::<ByteArrayType>().write_batch(&self.words.take(), None, None)?;
            column.close()?;
        }
        group.close().map(|_| ())
    }

    /// Ends it.
    pub fn close(mut self) -> Result<(), ParquetError> {
        if self.columns[0].len() > 0 {
            self.group()?;
        }
        self.file.close().map(|_| ())
    }
}

impl Words {
    fn take(&mut self) -> Vec<ByteArray> {
        let bytes = bytes::Bytes::from(std::mem::take(&mut self.bytes));
        let mut from = 0;
        let word = |to: usize| {
            let word = bytes.slice(from..to);
            from = to;
            ByteArray::from(word)
        };
        self.ends.drain(..).map(word).collect()
    }
}

/// Reads a table back group by group: the wanted number columns, by index, then the bytes column if `bytes` gives its
/// index.
pub fn read(path: &Path, numbers: &[usize], bytes: Option<usize>, each: &mut Each<'_>) -> Result<(), ParquetError> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let narrow = |index: &usize| schema.columns().get(*index).is_some_and(|c| c.physical_type() == Physical::INT32);
    let width = |index| if narrow(index) { Width::Narrow } else { Width::Wide };
    let mut columns: Vec<Column> = numbers.iter().map(|index| Column::new(width(index))).collect();
    let mut words = Vec::new();
    for g in 0..reader.num_row_groups() {
        let group = reader.get_row_group(g)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        for (values, index) in columns.iter_mut().zip(numbers) {
            number_column(group.get_column_reader(*index)?, rows, values)?;
        }
        words.clear();
        if let Some(index) = bytes
            && let ColumnReader::ByteArrayColumnReader(mut column) = group.get_column_reader(index)?
        {
            column.read_records(rows, None, None, &mut words)?;
        }
        if columns.iter().any(|c| c.len() != rows) || (bytes.is_some() && words.len() != rows) {
            return Err(ParquetError::General("a column is shorter than its table".to_owned()));
        }
        each(&columns, &words);
    }
    Ok(())
}

fn number_column(reader: ColumnReader, rows: usize, values: &mut Column) -> Result<(), ParquetError> {
    match (values, reader) {
        (Column::Narrow(values), ColumnReader::Int32ColumnReader(mut column)) => {
            values.clear();
            column.read_records(rows, None, None, values)?;
        }
        (Column::Wide(values), ColumnReader::Int64ColumnReader(mut column)) => {
            values.clear();
            column.read_records(rows, None, None, values)?;
        }
        _ => return Err(ParquetError::General("a column is not of the kind this version writes".to_owned())),
    }
    Ok(())
}
