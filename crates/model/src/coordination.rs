//! What a method says of the accounts of an input: edges, scores, networks, and what to beware of.

use crate::Quote;

/// The outcome of one method.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coordination {
    /// Every account of the input, sorted by its bytes.
    pub accounts: Vec<Quote>,
    /// The edges, sorted by source and target.
    pub edges: Edges,
    /// The method's score of each account; 0 for one without an edge.
    pub scores: Vec<f64>,
    /// Network of each account, from 1, largest first; 0 for none.
    pub networks: Vec<u32>,
    /// What a reader must know.
    pub remarks: Vec<Remark>,
}

/// Edges in columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edges {
    /// True where source and target are not alike.
    pub directed: bool,
    /// Number of an account.
    pub source: Vec<u32>,
    /// Number of an account.
    pub target: Vec<u32>,
    /// How strong; its unit is the method's.
    pub weight: Vec<f64>,
    /// What else the method knows of each edge.
    pub more: Vec<Column>,
}

/// A named column of edges.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// One value per edge.
    pub values: Values,
}

/// Values of one sort.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Whole numbers.
    Whole(Vec<i64>),
    /// Real numbers.
    Real(Vec<f64>),
    /// Words of ours, never of the evidence.
    Words(Vec<String>),
}

/// Something a reader must know, and where to look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remark {
    /// In words.
    pub text: String,
    /// Rows of the input concerned (from 0, over all inputs, headings not counted), the first few.
    pub rows: Vec<u32>,
    /// How many rows there are in all.
    pub all: u64,
}

impl Remark {
    /// Most rows named.
    pub const NAMED: usize = 10;

    /// Without rows.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Of these rows; `None` where there are none.
    #[must_use]
    pub fn of_rows(text: impl Into<String>, rows: impl IntoIterator<Item = u32>) -> Option<Self> {
        let mut remark = Self::new(text);
        rows.into_iter().for_each(|row| remark.row(row));
        (remark.all > 0).then_some(remark)
    }

    /// Counts one more row.
    pub fn row(&mut self, row: u32) {
        self.all += 1;
        if self.rows.len() < Self::NAMED {
            self.rows.push(row);
        }
    }
}

impl Edges {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// Adds one; the columns in `more` are the caller's to fill.
    pub fn push(&mut self, source: u32, target: u32, weight: f64) {
        self.source.push(source);
        self.target.push(target);
        self.weight.push(weight);
    }
}
