//! The tables of a segment: what their columns mean, and the dictionaries that number names as they are first seen.
//!
//! A trace names its actor, its object and its evidence by their row in the segment's own tables (from 0), so merging
//! segments looks up every name once and no trace at all.

use super::known::{Known, Seen};
use crate::columns::{Shape, Width, Writer};
use model::Hashed;
use parquet::errors::ParquetError;
use std::path::Path;
use triage::Contact;

/// Longest value kept in the dictionary, in bytes.
const VALUE: usize = 240;

/// Traces: who touched what, when, and where it stands. Times in microseconds since 1970.
pub const TRACES: (&str, Shape) = (
    "traces.parquet",
    Shape {
        numbers: &[
            ("object", Width::Narrow),
            ("actor", Width::Narrow),
            ("evidence", Width::Repeating),
            ("micros", Width::Wide),
            ("at", Width::Wide),
            ("len", Width::Narrow),
        ],
        bytes: None,
    },
);

/// Actors: stateless id, what tells a collision, and their sort.
pub const ACTORS: (&str, Shape) = (
    "actors.parquet",
    Shape { numbers: &[("id", Width::Wide), ("check", Width::Wide), ("sort", Width::Repeating)], bytes: Some("name") },
);

/// Things touched: stateless id, what tells a collision, and their kind.
pub const OBJECTS: (&str, Shape) = (
    "objects.parquet",
    Shape { numbers: &[("id", Width::Wide), ("check", Width::Wide), ("kind", Width::Repeating)], bytes: Some("name") },
);

/// Evidence: id, and the id of the input in which it lies (its own for an input).
pub const EVIDENCE: (&str, Shape) =
    ("evidence.parquet", Shape { numbers: &[("id", Width::Wide), ("root", Width::Wide)], bytes: Some("name") });

/// Records by actor and hour since 1970; [`NO_HOUR`] where the time is not known.
pub const ACTIVITY: (&str, Shape) = (
    "activity.parquet",
    Shape { numbers: &[("actor", Width::Narrow), ("hour", Width::Narrow), ("records", Width::Narrow)], bytes: None },
);

/// Who wrote to whom: role (0 from, 1 to, 2 id), the hash of an address or Message-ID, the time of the mail in microseconds or [`NO_TIME`].
pub const CONTACTS: (&str, Shape) = (
    "contacts.parquet",
    Shape { numbers: &[("role", Width::Repeating), ("key", Width::Wide), ("micros", Width::Wide)], bytes: None },
);

/// The time of mails without one.
const NO_TIME: i64 = i64::MIN;

/// A contact as a row of [`CONTACTS`].
pub fn contact_row(contact: Contact) -> [i64; 3] {
    match contact {
        Contact::From(who, at) => [0, who as i64, at.unwrap_or(NO_TIME)],
        Contact::To(who, at) => [1, who as i64, at.unwrap_or(NO_TIME)],
        Contact::Id(id) => [2, id as i64, NO_TIME],
    }
}

/// The contact of a row.
pub fn contact(role: i32, key: i64, micros: i64) -> Contact {
    let at = (micros != NO_TIME).then_some(micros);
    match role {
        0 => Contact::From(key as u64, at),
        1 => Contact::To(key as u64, at),
        _ => Contact::Id(key as u64),
    }
}

/// The hour of records without a time.
pub const NO_HOUR: i32 = i32::MIN;

/// Numbers names in order of first sight and writes them down.
pub struct Names {
    known: Known,
    out: Writer,
    /// The first name that met another of the same id.
    pub collided: Option<String>,
}

impl Names {
    /// Begins a dictionary in this folder.
    pub fn new(dir: &Path, (file, shape): &(&str, Shape)) -> Result<Self, ParquetError> {
        Ok(Self { known: Known::new(), out: Writer::new(&dir.join(file), shape)?, collided: None })
    }

    /// Looks where these names will be sought, all at once: the processor waits for its memory once, not once for each.
    pub fn foresee(&self, names: impl Iterator<Item = Hashed>) {
        std::hint::black_box(names.fold(0, |seen, hashed| seen ^ self.known.glance(hashed.id)));
    }

    /// The number of a name.
    pub fn number(&mut self, hashed: Hashed, space: u8, name: &str) -> Result<u32, ParquetError> {
        let check = hashed.check as u32;
        match self.known.number(hashed.id, check) {
            Seen::Before { no, check: known } => {
                if known != check {
                    self.collided.get_or_insert_with(|| name.to_owned());
                }
                Ok(no)
            }
            Seen::First(no) => {
                let numbers = [hashed.id as i64, hashed.check as i64, i64::from(space)];
                self.out.row(numbers, cut(name).as_bytes())?;
                Ok(no)
            }
        }
    }

    /// Ends it.
    pub fn close(self) -> Result<(), ParquetError> {
        self.out.close()
    }
}

/// At most [`VALUE`] bytes, cut at a character.
pub fn cut(name: &str) -> &str {
    if name.len() <= VALUE {
        return name;
    }
    let mut end = VALUE;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}
