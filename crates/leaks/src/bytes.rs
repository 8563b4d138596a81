//! Reading bytes that may lie.

use crate::Error;

/// The first `n` bytes; `from` is moved on.
pub(crate) fn take<'b>(from: &mut &'b [u8], n: usize) -> Result<&'b [u8], Error> {
    let (taken, rest) = from.split_at_checked(n).ok_or(Error::Damaged)?;
    *from = rest;
    Ok(taken)
}

/// Writes a number in as few bytes as it needs (LEB128).
pub(crate) fn put(mut n: u64, out: &mut Vec<u8>) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Reads what [`put`] wrote.
pub(crate) fn get(from: &mut &[u8]) -> Result<u64, Error> {
    let mut n = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = take(from, 1)?[0];
        n |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(n);
        }
    }
    Err(Error::Damaged)
}

/// Reads a number of bytes or things that must fit into what is left.
pub(crate) fn count(from: &mut &[u8]) -> Result<usize, Error> {
    let n = usize::try_from(get(from)?).map_err(|_| Error::Damaged)?;
    if n > from.len() { Err(Error::Damaged) } else { Ok(n) }
}
