//! DEFLATE, its zlib and gzip wrappings, CRC-32, Adler-32 and base64: just enough to make pictures and parcels.
//!
//! Of our own because compressors promise no particular bytes between versions and processors, and the demo's hashes
//! must be the same everywhere. Fixed Huffman codes and a one-entry match table: small, not tight.
//! Sources: RFC 1950, 1951, 1952, 4648.

const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// Bits, least significant first.
#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    hold: u64,
    have: u32,
}

impl Bits {
    fn put(&mut self, value: u32, bits: u32) {
        self.hold |= u64::from(value) << self.have;
        self.have += bits;
        while self.have >= 8 {
            self.out.push(self.hold as u8);
            self.hold >>= 8;
            self.have -= 8;
        }
    }

    /// Huffman codes stand with their first bit first.
    fn code(&mut self, value: u32, bits: u32) {
        self.put(value.reverse_bits() >> (32 - bits), bits);
    }

    fn symbol(&mut self, s: u32) {
        match s {
            0..=143 => self.code(0x30 + s, 8),
            144..=255 => self.code(0x190 + s - 144, 9),
            256..=279 => self.code(s - 256, 7),
            _ => self.code(0xc0 + s - 280, 8),
        }
    }

    fn length(&mut self, len: usize) {
        let at = LENGTHS.iter().rposition(|(base, _)| usize::from(*base) <= len).unwrap_or(0);
        let (base, extra) = LENGTHS[at];
        self.symbol(257 + at as u32);
        self.put(len as u32 - u32::from(base), u32::from(extra));
    }

    fn distance(&mut self, distance: usize) {
        let d = distance as u32 - 1;
        if d < 4 {
            return self.code(d, 5);
        }
        let top = 31 - d.leading_zeros();
        self.code(2 * top + (d >> (top - 1) & 1), 5);
        self.put(d & ((1 << (top - 1)) - 1), top - 1);
    }
}

/// Raw DEFLATE data: one block of fixed codes.
pub fn deflate(data: &[u8]) -> Vec<u8> {
    let mut bits = Bits::default();
    let mut last = vec![usize::MAX; 1 << 13];
    bits.put(0b011, 3);
    let mut at = 0;
    while at < data.len() {
        match earlier(data, at, &mut last) {
            Some((distance, len)) => {
                bits.length(len);
                bits.distance(distance);
                at += len;
            }
            None => {
                bits.symbol(u32::from(data[at]));
                at += 1;
            }
        }
    }
    bits.symbol(256);
    bits.put(0, 7);
    bits.out
}

/// Where these bytes stood before (distance, length), if the table knows.
fn earlier(data: &[u8], at: usize, last: &mut [usize]) -> Option<(usize, usize)> {
    let three = data.get(at..at + 3)?;
    let mix = three.iter().fold(0_u32, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x9e37_79b1));
    let before = std::mem::replace(&mut last[(mix >> 19) as usize], at);
    if before == usize::MAX || at - before > 32_768 {
        return None;
    }
    let most = (data.len() - at).min(258);
    let len = (0..most).take_while(|i| data[before + i] == data[at + i]).count();
    (len >= 3).then_some((at - before, len))
}

/// zlib (RFC 1950), as inside PNG.
pub fn zlib(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    out.extend(deflate(data));
    out.extend(adler32(data).to_be_bytes());
    out
}

/// gzip (RFC 1952) with a comment in its header.
pub fn gzip(data: &[u8], comment: &str) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0x10, 0, 0, 0, 0, 0, 255];
    out.extend(comment.bytes().filter(|b| *b != 0));
    out.push(0);
    out.extend(deflate(data));
    out.extend(crc32(data).to_le_bytes());
    out.extend((data.len() as u32).to_le_bytes());
    out
}

/// CRC-32 as in PNG, zip and gzip.
pub fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0_u32, |crc, b| {
        (0..8).fold(crc ^ u32::from(*b), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
    })
}

fn adler32(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1_u32, 0_u32), |(a, b), x| {
        let a = (a + u32::from(*x)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}

/// Base64 in one line.
pub fn base64(data: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in data.chunks(3) {
        let n = three.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for i in 0..4 {
            let letter = char::from(ALPHABET[(n >> (18 - 6 * i) & 63) as usize]);
            out.push(if i <= three.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn another_reader_reads_it() {
        let mut rng = crate::rng::Rng::new(5);
        let noise: Vec<u8> = (0..70_000).map(|_| rng.next() as u8).collect();
        let words = b"the same words again and again, ".repeat(3000);
        for data in [&b""[..], b"a", b"aaaaaaaaaaaaaaaa", &noise, &words] {
            let mut back = Vec::new();
            flate2::read::ZlibDecoder::new(&zlib(data)[..]).read_to_end(&mut back).expect("zlib");
            assert_eq!(back, data);
            back.clear();
            flate2::read::GzDecoder::new(&gzip(data, "note")[..]).read_to_end(&mut back).expect("gzip");
            assert_eq!(back, data);
        }
        assert!(zlib(&words).len() < words.len() / 20);
    }

    #[test]
    fn sums_and_base64() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
