//! Tables of whole numbers and words in Parquet, without a data-frame library.
//!
//! Ours have a handful of required INT64 columns and at most one of bytes; written plain (ids are hashes and do not
//! compress), with a dictionary only where a column repeats itself. Any Parquet reader opens them.

use parquet::basic::{Encoding, Repetition, Type as Physical};
use parquet::column::reader::ColumnReader;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Takes one group of rows: its number columns, and its bytes column where that was read.
pub type Each<'a> = dyn FnMut(&[Vec<i64>], &[ByteArray]) + 'a;

/// A table being written.
pub struct Writer {
    file: SerializedFileWriter<File>,
}

/// The shape of a table: names of the whole-number columns (with `true` where values repeat), and of the one column
/// of bytes, if any.
pub struct Shape {
    /// Whole numbers.
    pub numbers: &'static [(&'static str, bool)],
    /// Bytes.
    pub bytes: Option<&'static str>,
}

impl Shape {
    fn schema(&self) -> Result<Type, ParquetError> {
        let column = |name: &str, physical| {
            Type::primitive_type_builder(name, physical).with_repetition(Repetition::REQUIRED).build().map(Arc::new)
        };
        let mut fields = Vec::new();
        for (name, _) in self.numbers {
            fields.push(column(name, Physical::INT64)?);
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
        for (name, _) in self.numbers.iter().filter(|(_, repeats)| *repeats) {
            p = p.set_column_dictionary_enabled(ColumnPath::from(*name), true);
        }
        p.build()
    }
}

impl Writer {
    /// Begins a table.
    pub fn new(path: &Path, shape: &Shape) -> Result<Self, ParquetError> {
        let file = File::create(path)?;
        let file = SerializedFileWriter::new(file, Arc::new(shape.schema()?), Arc::new(shape.properties()))?;
        Ok(Self { file })
    }

    /// Writes rows: the number columns in order, then the bytes column. All of the same length.
    pub fn rows(&mut self, numbers: &[&[i64]], bytes: Option<&[ByteArray]>) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for values in numbers {
            let Some(mut column) = group.next_column()? else { break };
            column.typed::<Int64Type>().write_batch(values, None, None)?;
            column.close()?;
        }
        if let Some(values) = bytes
            && let Some(mut column) = group.next_column()?
        {
            column.typed::<ByteArrayType>().write_batch(values, None, None)?;
            column.close()?;
        }
        group.close().map(|_| ())
    }

    /// Ends it.
    pub fn close(self) -> Result<(), ParquetError> {
        self.file.close().map(|_| ())
    }
}

/// Reads a table back group by group: the wanted number columns, by index, then the bytes column if `bytes` gives its
/// index.
pub fn read(path: &Path, numbers: &[usize], bytes: Option<usize>, each: &mut Each<'_>) -> Result<(), ParquetError> {
    read_groups(path, numbers, bytes, &|_| true, each)
}

/// As [`read`], but the bytes column is read only in groups whose numbers `wants` it.
pub fn read_some(
    path: &Path,
    numbers: &[usize],
    bytes: usize,
    wants: &dyn Fn(&[Vec<i64>]) -> bool,
    each: &mut Each<'_>,
) -> Result<(), ParquetError> {
    read_groups(path, numbers, Some(bytes), wants, each)
}

fn read_groups(
    path: &Path,
    numbers: &[usize],
    bytes: Option<usize>,
    wants: &dyn Fn(&[Vec<i64>]) -> bool,
    each: &mut Each<'_>,
) -> Result<(), ParquetError> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    let mut columns: Vec<Vec<i64>> = vec![Vec::new(); numbers.len()];
    for g in 0..reader.num_row_groups() {
        let group = reader.get_row_group(g)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        for (values, index) in columns.iter_mut().zip(numbers) {
            values.clear();
            if let ColumnReader::Int64ColumnReader(mut column) = group.get_column_reader(*index)? {
                column.read_records(rows, None, None, values)?;
            }
        }
        let mut words = Vec::new();
        let wanted = bytes.filter(|_| wants(&columns));
        if let Some(index) = wanted
            && let ColumnReader::ByteArrayColumnReader(mut column) = group.get_column_reader(index)?
        {
            column.read_records(rows, None, None, &mut words)?;
        }
        if columns.iter().any(|c| c.len() != rows) || (wanted.is_some() && words.len() != rows) {
            return Err(ParquetError::General("a column is shorter than its table".to_owned()));
        }
        each(&columns, &words);
    }
    Ok(())
}
