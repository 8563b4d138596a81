//! Rows of CSV that a spreadsheet shows and never runs: every text is quoted and leaves by `Quote::cell`.
//! Source: RFC 4180; OWASP, "CSV Injection".

use model::{Quote, When};
use std::io::{self, Write};

/// A cell.
pub enum Cell {
    /// Words, ours or theirs.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A measured number; not finite stays empty.
    Number(f64),
}

impl Cell {
    /// Words of evidence.
    pub fn quote(q: &Quote) -> Self {
        Self::Text(q.cell())
    }

    /// Our words, which may carry words of evidence that left by another door.
    pub fn text(s: impl Into<String>) -> Self {
        Self::Text(Quote::from(s).cell())
    }

    /// A moment where one is known.
    pub fn moment(when: Option<When>) -> Self {
        Self::text(when.map(When::iso).unwrap_or_default())
    }

    /// A number where there is one.
    pub fn maybe(x: Option<f64>) -> Self {
        Self::Number(x.unwrap_or(f64::NAN))
    }
}

/// Writes a table: the names of its columns, then its rows. A last column `synthetic` says `yes` or `no` in each row.
pub fn table(
    out: &mut dyn Write,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Cell>>,
    synthetic: bool,
) -> io::Result<()> {
    write!(out, "{},synthetic\r\n", columns.join(","))?;
    for row in rows {
        debug_assert_eq!(row.len(), columns.len());
        for cell in row {
            write_cell(out, &cell)?;
            out.write_all(b",")?;
        }
        write!(out, "{}\r\n", if synthetic { "yes" } else { "no" })?;
    }
    Ok(())
}

fn write_cell(out: &mut dyn Write, cell: &Cell) -> io::Result<()> {
    match cell {
        Cell::Text(s) => write!(out, "\"{}\"", s.replace('"', "\"\"")),
        Cell::Count(n) => write!(out, "{n}"),
        Cell::Number(x) if x.is_finite() => write!(out, "{x}"),
        Cell::Number(_) => Ok(()),
    }
}
