//! A new table of objects for a PDF whose own is torn off or wrong.
//!
//! Objects are found by the words that begin them (`12 0 obj`); the last of one number wins, as in a file that was
//! changed by appending. Wrong where such words stand inside a stream. Source: ISO 32000-2, 7.3.10 and 7.5.4.

use std::collections::BTreeMap;

/// Objects looked for.
const MOST_OBJECTS: usize = 1_000_000;

/// The bytes with a table of what is in them behind; `None` where no object is.
pub(crate) fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = bytes.windows(5).position(|w| w == b"%PDF-")?;
    let bytes = &bytes[start..];
    let objects = objects(bytes);
    let last = objects.keys().next_back()?;
    let mut mended = bytes.to_vec();
    mended.extend_from_slice(b"\nendstream\nendobj\n");
    let table = mended.len();
    mended.extend_from_slice(b"xref\n");
    for (number, (generation, at)) in &objects {
        mended.extend_from_slice(format!("{number} 1\n{at:010} {generation:05} n \n").as_bytes());
    }
    let trailer = format!("trailer\n<</Size {}{}>>\nstartxref\n{table}\n%%EOF\n", u64::from(*last) + 1, trailer(bytes));
    mended.extend_from_slice(trailer.as_bytes());
    Some(mended)
}

/// Generation and position by number.
fn objects(bytes: &[u8]) -> BTreeMap<u32, (u16, usize)> {
    let mut objects = BTreeMap::new();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|w| w == b" obj").map(|n| at + n) {
        at = found + 4;
        let Some((generation, rest)) = number_before(&bytes[..found]) else { continue };
        let Some((number, rest)) = rest.strip_suffix(b" ").and_then(number_before) else { continue };
        if let (Ok(number), Ok(generation)) = (number.parse(), generation.parse())
            && objects.len() < MOST_OBJECTS
            && number < u32::MAX - 8
        {
            objects.insert(number, (generation, rest.len()));
        }
    }
    objects
}

/// The digits that stand last, and what is before them.
fn number_before(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let digits = bytes.iter().rev().take(10).take_while(|b| b.is_ascii_digit()).count();
    let (rest, digits) = bytes.split_at(bytes.len() - digits);
    Some((std::str::from_utf8(digits).ok().filter(|d| !d.is_empty())?, rest))
}

/// What the file's own trailers point to, where one is left: the metadata and the lock.
fn trailer(bytes: &[u8]) -> String {
    let mut entries = String::new();
    for key in ["Root", "Info", "Encrypt"] {
        let name = format!("/{key} ");
        let found = bytes.windows(name.len()).rposition(|w| w == name.as_bytes());
        let value = found.map(|at| &bytes[at + name.len()..]).and_then(reference);
        if let Some(value) = value {
            entries += &format!("/{key} {value}");
        }
    }
    entries
}

/// `12 0 R` at the beginning.
fn reference(bytes: &[u8]) -> Option<String> {
    let words: Vec<&[u8]> = bytes[..bytes.len().min(24)].splitn(4, |b| *b == b' ').collect();
    let number = |word: &[u8]| std::str::from_utf8(word).ok()?.parse::<u32>().ok();
    match words[..] {
        [number_, generation, r, ..] if r.starts_with(b"R") => {
            Some(format!("{} {} R", number(number_)?, number(generation)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_what_is_there() {
        let torn =
            b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\nx obj\n12 3 obj\n<<>>\nendobj\n1 0 obj\n<</Info 12 3 R>>";
        assert_eq!(objects(torn), BTreeMap::from([(1, (0, 69)), (12, (3, 48))]));
        let mended = String::from_utf8(mended(torn).expect("objects")).expect("text");
        assert!(mended.ends_with("trailer\n<</Size 13/Info 12 3 R>>\nstartxref\n111\n%%EOF\n"), "{mended}");
        assert_eq!(super::mended(b"%PDF-1.4\nnothing"), None);
    }
}
