//! The table of a seal: which mark stands where, in as few bytes as it can be looked up in.
//!
//! Marks are sorted into buckets by the first bits of their hash; a record holds as many of the next bits as fit beside
//! the place, in five or six whole bytes. A place is a letter of all sealed texts laid end to end. Where the bits kept
//! agree by accident (once in some thousands of look-ups) a false hit comes out, alone; the matcher believes several.

use crate::Error;

/// Marks in a bucket, on the average.
const FULL: u64 = 24;
/// Words of a bucket in the filter.
const WORDS: usize = FULL as usize * 16 / 64;
/// Bytes after the last record.
const SPARE: usize = 8;
/// Fewest bits of the hash in a record.
const FEWEST: u32 = 12;

/// The word of the filter, and the two bits in it, of a mark with these bits of its hash in this bucket.
fn bits(bucket: usize, rest: u64) -> (usize, u64) {
    let mixed = rest.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let word = (mixed >> 32) as usize % WORDS;
    (bucket * WORDS + word, 1 << (mixed >> 58) | 1 << (mixed >> 52 & 63))
}

/// Marks by hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Bits of the hash that choose the bucket.
    bucket: u32,
    /// Bits of a place.
    place: u32,
    /// Bytes of a record.
    width: usize,
    /// First record of each bucket, and one more.
    starts: Vec<u32>,
    records: Vec<u8>,
    /// Sixteen bits a mark, of which its hash sets two in one word (Putze, Sanders & Singler, Cache-, Hash- and
    /// Space-Efficient Bloom Filters, 2007): most marks of a mail are in no document, and all but one in fifty of those
    /// are turned away here. Made anew from the records, never written.
    seen: Vec<u64>,
}

impl Table {
    /// A table of `len` marks (hash, place), sorted, places below `places`.
    #[must_use]
    pub fn new(len: usize, marks: impl Iterator<Item = (u64, u32)>, places: u64) -> Self {
        let bucket = (len as u64 / FULL).max(1).ilog2();
        let place = places.max(2).ilog2() + 1;
        let width = (place + FEWEST).div_ceil(8) as usize;
        let mut table = Self { bucket, place, width, starts: Vec::new(), records: Vec::new(), seen: Vec::new() };
        table.starts.reserve((1 << bucket) + 1);
        table.records.reserve(len * width + SPARE);
        for (n, (hash, at)) in marks.enumerate() {
            while table.starts.len() <= table.bucket_of(hash) {
                table.starts.push(n as u32);
            }
            let record = table.rest(hash) << place | u64::from(at);
            table.records.extend_from_slice(&record.to_le_bytes()[..width]);
        }
        table.starts.resize((1 << bucket) + 1, len as u32);
        table.records.extend_from_slice(&[0; SPARE]);
        table.see();
        table
    }

    /// Fills the bits that turn marks away.
    fn see(&mut self) {
        self.seen = vec![0; (self.starts.len() - 1) * WORDS];
        let own = u64::MAX >> (64 - self.width * 8);
        for bucket in 0..self.starts.len() - 1 {
            for n in self.starts[bucket] as usize..self.starts[bucket + 1] as usize {
                let (word, bits) = bits(bucket, (self.eight(n) & own) >> self.place);
                self.seen[word] |= bits;
            }
        }
    }

    /// Eight bytes from the beginning of a record, where a record has fewer: the table ends with spare ones.
    fn eight(&self, n: usize) -> u64 {
        let at = n * self.width;
        let eight = self.records.get(at..at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok());
        eight.map_or(0, u64::from_le_bytes)
    }

    /// How many marks.
    #[must_use]
    pub fn len(&self) -> usize {
        (self.records.len() - SPARE) / self.width
    }

    fn bucket_of(&self, hash: u64) -> usize {
        (hash >> 1 >> (63 - self.bucket)) as usize
    }

    /// The bits after those of the bucket, as many as a record holds.
    fn rest(&self, hash: u64) -> u64 {
        let bits = self.width as u32 * 8 - self.place;
        (hash << self.bucket) >> (64 - bits)
    }

    /// False where this mark stands nowhere; true where it mostly does.
    pub fn perhaps(&self, hash: u64) -> bool {
        let (word, bits) = bits(self.bucket_of(hash), self.rest(hash));
        self.seen[word] & bits == bits
    }

    /// The places at which this mark stands.
    pub fn find(&self, hash: u64, f: &mut dyn FnMut(u32)) {
        let (bucket, wanted) = (self.bucket_of(hash), self.rest(hash));
        let own = u64::MAX >> (64 - self.width * 8);
        for n in self.starts[bucket] as usize..self.starts[bucket + 1] as usize {
            let all = self.eight(n) & own;
            if all >> self.place == wanted {
                f((all & ((1 << self.place) - 1)) as u32);
            }
        }
    }

    /// Writes it.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&[self.bucket as u8, self.place as u8, self.width as u8]);
        out.extend_from_slice(&(self.len() as u32).to_le_bytes());
        self.starts.iter().for_each(|s| out.extend_from_slice(&s.to_le_bytes()));
        out.extend_from_slice(&self.records[..self.len() * self.width]);
    }

    /// Reads what [`Table::write`] wrote, from the beginning of `bytes`, which is moved on.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn read(bytes: &mut &[u8]) -> Result<Self, Error> {
        let head = crate::bytes::take(bytes, 7)?;
        let (bucket, place, width) = (u32::from(head[0]), u32::from(head[1]), usize::from(head[2]));
        let len = u32::from_le_bytes([head[3], head[4], head[5], head[6]]) as usize;
        if bucket > 28 || !(1..=32).contains(&place) || width > 7 || (width * 8) < (place + FEWEST) as usize {
            return Err(Error::Damaged);
        }
        let starts: Vec<u32> = crate::bytes::take(bytes, ((1 << bucket) + 1) * 4)?
            .chunks_exact(4)
            .map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
            .collect();
        let sorted = starts.windows(2).all(|w| w[0] <= w[1]) && starts.last() == Some(&(len as u32));
        if !sorted {
            return Err(Error::Damaged);
        }
        let mut records = crate::bytes::take(bytes, len.checked_mul(width).ok_or(Error::Damaged)?)?.to_vec();
        records.extend_from_slice(&[0; SPARE]);
        let mut table = Self { bucket, place, width, starts, records, seen: Vec::new() };
        table.see();
        Ok(table)
    }
}
