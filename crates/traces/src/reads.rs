//! Which sorts of records a kind looks at: what it is not shown costs nothing.

use crate::KINDS;
use model::{KindNo, Record};

/// Sorts of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reads(u8);

impl Reads {
    /// Posts.
    pub const POSTS: Self = Self(1);
    /// Mails.
    pub const MAILS: Self = Self(1 << 1);
    /// Pages.
    pub const PAGES: Self = Self(1 << 2);
    /// Documents.
    pub const DOCUMENTS: Self = Self(1 << 3);
    /// Pictures.
    pub const IMAGES: Self = Self(1 << 4);
    /// Names in lists.
    pub const NAMES: Self = Self(1 << 5);
    /// Facts of registers, resolvers and servers.
    pub const FACTS: Self = Self(1 << 6);
    /// Things on published lists.
    pub const LISTED: Self = Self(1 << 7);

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The sort of this record.
    #[must_use]
    pub fn of(record: &Record<'_>) -> Self {
        match record {
            Record::Post(_) => Self::POSTS,
            Record::Mail(_) => Self::MAILS,
            Record::Page(_) => Self::PAGES,
            Record::Document(_) => Self::DOCUMENTS,
            Record::Image(_) => Self::IMAGES,
            Record::Name(_) => Self::NAMES,
            Record::Facts(_) => Self::FACTS,
            Record::Listed(_) => Self::LISTED,
        }
    }

    /// True where one of its sorts is one of the other's.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// For each sort of record a bit for each kind that reads it.
const READERS: [u64; 8] = {
    let mut readers = [0; 8];
    let mut sort = 0;
    while sort < 8 {
        let mut no = 0;
        while no < KINDS.len() {
            if KINDS[no].reads.meets(Reads(1 << sort)) {
                readers[sort] |= 1 << no;
            }
            no += 1;
        }
        sort += 1;
    }
    readers
};

/// The kinds that read this record, in order.
pub(crate) fn readers(record: &Record<'_>) -> impl Iterator<Item = KindNo> + use<> {
    let mut left = READERS[Reads::of(record).0.trailing_zeros() as usize];
    std::iter::from_fn(move || {
        let next = (left != 0).then_some(KindNo(left.trailing_zeros() as u8));
        left &= left.wrapping_sub(1);
        next
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Found, seen::Seen};

    /// Whatever a kind takes from anyone's example, it says it reads: else the taking would never be asked of it.
    #[test]
    fn kinds_say_what_they_read() {
        let records: Vec<Record<'_>> = KINDS.iter().flat_map(|k| k.examples).map(|e| e.record).collect();
        let mut taken = 0;
        for (kind, record) in KINDS.iter().flat_map(|k| records.iter().map(move |r| (k, r))) {
            let (seen, mut any) = (Seen::of(record), false);
            (kind.find)(record, &mut Found { seen: &seen, emit: &mut |_, _, _| any = true });
            assert!(!any || kind.reads.meets(Reads::of(record)), "{}: {record:?}", kind.card.id);
            taken += usize::from(any);
        }
        assert!(taken > KINDS.len());
    }
}
