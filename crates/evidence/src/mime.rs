//! The structure of a mail: header fields and leaf parts with their places, decoded bytes, decoded text.
//!
//! Our own walk, one pass and no recursion: mail-parser's is quadratic where boundaries never come and drops nested
//! mails recursively. It still reads the fields' values. Wrong: text before the first and after the last boundary is
//! left out, as mail programs do; header fields without an empty line after them end at the first line that is none.
//! Source: RFC 5322; RFC 2045, 2046, 2183; tolerance after the malformed corpora of mail-parser and MimeKit.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use mail_parser::parsers::MessageStream;
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::ops::Range;

/// Most fields kept of a mail's header.
pub(crate) const MOST_FIELDS: usize = 5_000;
/// Most fields kept of a part's header.
const MOST_PART_FIELDS: usize = 100;
/// Most leaf parts of one mail.
pub(crate) const MOST_PARTS: usize = 10_000;
/// Deepest multipart that is opened.
pub(crate) const MOST_DEPTH: usize = 100;
/// Longest value that is parsed.
const MOST_VALUE: usize = 256 << 10;
/// Longest boundary believed; RFC 2046 allows 70.
const MOST_BOUNDARY: usize = 1_000;

/// A header field: bytes `at` in the mail, of which `value` is what follows the colon.
pub(crate) struct Field<'a> {
    pub name: Cow<'a, str>,
    pub at: Range<usize>,
    pub value: &'a [u8],
}

impl<'a> Field<'a> {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value for a parser, cut where it is absurdly long.
    pub(crate) fn stream(&self) -> MessageStream<'_> {
        MessageStream::new(&self.value[..self.value.len().min(MOST_VALUE)])
    }

    /// The raw value, unfolded; true beside it where bytes had to be replaced.
    pub(crate) fn unfolded(&self) -> (Cow<'a, str>, bool) {
        let value = self.value.trim_ascii();
        match String::from_utf8_lossy(value) {
            Cow::Borrowed(text) if !text.contains(['\r', '\n']) => (Cow::Borrowed(text), false),
            text => {
                let replaced = std::str::from_utf8(value).is_err();
                (Cow::Owned(text.replace(['\r', '\n'], "")), replaced)
            }
        }
    }
}

/// A header: its fields, and where the body begins.
#[derive(Default)]
pub(crate) struct Block<'a> {
    pub fields: Vec<Field<'a>>,
    pub body: usize,
    /// Fields beyond the most.
    pub left_out: u64,
    /// Lines that are no field.
    pub odd: u64,
}

impl<'a> Block<'a> {
    pub(crate) fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b Field<'a>> {
        self.fields.iter().filter(move |f| f.is(name))
    }

    pub(crate) fn first<'b>(&'b self, name: &'b str) -> Option<&'b Field<'a>> {
        self.all(name).next()
    }
}

/// Reads the mail's header at `from`; it ends at an empty line, or before a line that cannot belong to it.
pub(crate) fn block(bytes: &[u8], from: usize) -> Block<'_> {
    block_until(bytes, from, MOST_FIELDS, |_| false)
}

/// Reads at most `most` fields; the header ends before a line that `ends` it, too.
fn block_until(bytes: &[u8], from: usize, most: usize, ends: impl Fn(&[u8]) -> bool) -> Block<'_> {
    let mut block = Block { body: bytes.len(), ..Block::default() };
    let mut at = from;
    while at < bytes.len() {
        let line = line(bytes, at);
        let text = trimmed(line);
        if text.is_empty() || ends(text) {
            block.body = if text.is_empty() { at + line.len() } else { at };
            return block;
        }
        let Some(colon) = colon(text) else {
            block.odd += 1;
            let after = trimmed(self::line(bytes, at + line.len()));
            if colon(after).is_some() || starts_folded(after) {
                at += line.len();
                continue;
            }
            block.body = at;
            return block;
        };
        let end = folded_end(bytes, at + line.len());
        if block.fields.len() < most {
            let name = String::from_utf8_lossy(text[..colon].trim_ascii());
            block.fields.push(Field { name, at: at..end, value: &bytes[at + colon + 1..end] });
        } else {
            block.left_out += 1;
        }
        at = end;
    }
    block
}

/// The line at `at` with its end.
fn line(bytes: &[u8], at: usize) -> &[u8] {
    let rest = &bytes[at.min(bytes.len())..];
    &rest[..memchr(b'\n', rest).map_or(rest.len(), |n| n + 1)]
}

fn trimmed(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Where the colon stands, if the line looks like a field.
pub(crate) fn colon(line: &[u8]) -> Option<usize> {
    let colon = memchr(b':', &line[..line.len().min(1_000)])?;
    let name = line[..colon].trim_ascii_end();
    (!name.is_empty() && name.iter().all(|b| b.is_ascii_graphic() || *b >= 0x80)).then_some(colon)
}

fn starts_folded(line: &[u8]) -> bool {
    line.first().is_some_and(|b| matches!(b, b' ' | b'\t')) && !line.trim_ascii().is_empty()
}

/// The end of a field whose first line ends at `at`.
fn folded_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        let next = line(bytes, at);
        if !starts_folded(next) {
            return at;
        }
        at += next.len();
    }
}

/// A part that holds no parts.
pub(crate) struct Leaf<'a> {
    pub fields: Block<'a>,
    pub at: Range<usize>,
    /// `type/subtype` in lower case.
    pub kind: String,
    pub charset: String,
    /// File name as given; empty where none is.
    pub name: String,
    /// Marked as an attachment.
    pub attached: bool,
}

/// What a mail is made of.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    pub leaves: Vec<Leaf<'a>>,
    /// A multipart did not end.
    pub unclosed: bool,
    /// Multiparts too deep to be opened.
    pub too_deep: u64,
    /// Fields beyond the most of a part's header.
    pub fields_left_out: u64,
    /// Parts beyond [`MOST_PARTS`].
    pub left_out: u64,
}

/// A multipart that is open.
struct Open {
    boundary: Vec<u8>,
    digest: bool,
    body: usize,
    seen: bool,
}

/// A boundary's line: where the part before it ends, where the line ends, which multipart it belongs to.
struct Delimiter {
    before: usize,
    after: usize,
    of: usize,
    closes: bool,
}

/// Walks the mail whose header is `top`.
pub(crate) fn parts<'a>(bytes: &'a [u8], top: Block<'a>) -> Parts<'a> {
    let mut parts = Parts::default();
    let mut open: Vec<Open> = Vec::new();
    let mut at = enter(top, false, bytes, &mut open, &mut parts);
    while !open.is_empty() {
        let Some(found) = delimiter(bytes, at, &open) else {
            parts.unclosed = true;
            end(&mut parts, bytes.len());
            leave(bytes, &mut open, 0, bytes.len(), &mut parts);
            return parts;
        };
        end(&mut parts, found.before);
        leave(bytes, &mut open, found.of + 1, found.before, &mut parts);
        at = found.after.saturating_sub(1);
        if found.closes {
            open.truncate(found.of);
            continue;
        }
        let digest = open[found.of].digest;
        open[found.of].seen = true;
        let header = block_until(bytes, found.after, MOST_PART_FIELDS, |line| of_open(line, &open).is_some());
        parts.fields_left_out += header.left_out;
        at = enter(header, digest, bytes, &mut open, &mut parts);
    }
    parts
}

/// Opens a multipart or begins a leaf (whose end is not known yet); where to go on.
fn enter<'a>(header: Block<'a>, digest: bool, bytes: &'a [u8], open: &mut Vec<Open>, parts: &mut Parts<'a>) -> usize {
    let body = header.body;
    let (kind, charset, name, boundary) = content_type(&header, digest);
    // A part may end before its first byte: the delimiter is looked for from the line break before it.
    let next = body.saturating_sub(1);
    if kind.starts_with("multipart/") && !boundary.is_empty() && boundary.len() <= MOST_BOUNDARY {
        if open.len() < MOST_DEPTH {
            open.push(Open { boundary, digest: kind == "multipart/digest", body, seen: false });
            return next;
        }
        parts.too_deep += 1;
    }
    if parts.leaves.len() >= MOST_PARTS {
        parts.left_out += 1;
        return next;
    }
    let (attached, given) = disposition(&header);
    let name = if given.is_empty() { name } else { given };
    parts.leaves.push(Leaf { fields: header, at: body..UNKNOWN, kind, charset, name, attached });
    if open.is_empty() {
        end(parts, bytes.len());
    }
    next
}

/// Stands for an end not known yet.
const UNKNOWN: usize = usize::MAX;

/// The last leaf ends here, if it had no end.
fn end(parts: &mut Parts<'_>, at: usize) {
    if let Some(leaf) = parts.leaves.last_mut().filter(|l| l.at.end == UNKNOWN) {
        leaf.at.end = at.max(leaf.at.start);
    }
}

/// Closes multiparts down to `keep`. One in which no boundary ever came is read as text, so that nothing is lost.
fn leave(bytes: &[u8], open: &mut Vec<Open>, keep: usize, end: usize, parts: &mut Parts<'_>) {
    for lost in open.drain(keep.min(open.len())..).filter(|o| !o.seen) {
        let at = lost.body..end.max(lost.body);
        if parts.leaves.len() >= MOST_PARTS || bytes[at.clone()].trim_ascii().is_empty() {
            continue;
        }
        let kind = "text/plain".to_owned();
        let fields = Block::default();
        parts.leaves.push(Leaf { fields, at, kind, charset: String::new(), name: String::new(), attached: false });
    }
}

/// The next boundary line at or after the line break at `from`.
fn delimiter(bytes: &[u8], from: usize, open: &[Open]) -> Option<Delimiter> {
    let mut from = from;
    loop {
        let start = match from {
            0 if bytes.starts_with(b"--") => 0,
            _ => from + memmem::find(&bytes[from..], b"\n--")? + 1,
        };
        let line = line(bytes, start);
        if let Some((of, closes)) = of_open(trimmed(line), open) {
            let before = bytes[..start].strip_suffix(b"\n").map_or(start, <[u8]>::len);
            let before = bytes[..before].strip_suffix(b"\r").map_or(before, <[u8]>::len);
            return Some(Delimiter { before, after: start + line.len(), of, closes });
        }
        from = start + 1;
    }
}

/// Which open multipart this boundary line belongs to, innermost first, and whether it closes it.
fn of_open(line: &[u8], open: &[Open]) -> Option<(usize, bool)> {
    let line = line.strip_prefix(b"--")?;
    open.iter().enumerate().rev().find_map(|(i, o)| match line.strip_prefix(&o.boundary[..])?.trim_ascii_end() {
        b"" => Some((i, false)),
        b"--" => Some((i, true)),
        _ => None,
    })
}

/// Kind, charset, name and boundary.
fn content_type(header: &Block<'_>, digest: bool) -> (String, String, String, Vec<u8>) {
    let fallback = if digest { "message/rfc822" } else { "text/plain" };
    let value = header.first("Content-Type").and_then(|f| f.stream().parse_content_type().into_content_type());
    let Some(ct) = value else { return (fallback.to_owned(), String::new(), String::new(), Vec::new()) };
    let kind = match ct.subtype() {
        Some(subtype) => format!("{}/{subtype}", ct.ctype()).to_ascii_lowercase(),
        None if ct.ctype().eq_ignore_ascii_case("text") => "text/plain".to_owned(),
        None => ct.ctype().to_ascii_lowercase(),
    };
    let get = |name| ct.attribute(name).unwrap_or_default().to_owned();
    (kind, get("charset"), get("name"), get("boundary").trim_end().as_bytes().to_vec())
}

fn disposition(header: &Block<'_>) -> (bool, String) {
    let value = header.first("Content-Disposition").and_then(|f| f.stream().parse_content_type().into_content_type());
    value.map_or((false, String::new()), |d| {
        (d.ctype().eq_ignore_ascii_case("attachment"), d.attribute("filename").unwrap_or_default().to_owned())
    })
}

impl Leaf<'_> {
    /// The part's bytes with their transfer encoding taken off; true beside them where it was broken.
    pub(crate) fn decoded<'b>(&self, bytes: &'b [u8]) -> (Cow<'b, [u8]>, bool) {
        let body = &bytes[self.at.clone()];
        let encoding = self.fields.first("Content-Transfer-Encoding").map_or(&b""[..], |f| f.value.trim_ascii());
        let encoding = encoding.split(|b| matches!(b, b';' | b' ' | b'(')).next().unwrap_or_default();
        match encoding {
            e if e.eq_ignore_ascii_case(b"base64") => {
                let (decoded, broken) = base64(body);
                (Cow::Owned(decoded), broken)
            }
            e if e.eq_ignore_ascii_case(b"quoted-printable") => (Cow::Owned(quoted_printable(body)), false),
            _ => (Cow::Borrowed(body), false),
        }
    }
}

/// Base64, whatever stands between its letters left out; true where that was more than white space.
pub(crate) fn base64(bytes: &[u8]) -> (Vec<u8>, bool) {
    const OTHER: u8 = 64;
    const TABLE: [u8; 256] = {
        let mut table = [OTHER; 256];
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut i = 0;
        while i < 64 {
            table[letters[i] as usize] = i as u8;
            i += 1;
        }
        table[b'-' as usize] = 62;
        table[b'_' as usize] = 63;
        table
    };
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let (mut group, mut have, mut broken) = (0_u32, 0, false);
    for b in bytes {
        let six = TABLE[usize::from(*b)];
        if six != OTHER {
            group = group << 6 & 0xff_ffff | u32::from(six);
            have += 1;
            if have == 4 {
                out.extend_from_slice(&group.to_be_bytes()[1..]);
                have = 0;
            }
        } else if *b == b'=' {
            flush(&mut out, group, have);
            have = 0;
        } else {
            broken |= !b.is_ascii_whitespace();
        }
    }
    flush(&mut out, group, have);
    (out, broken)
}

/// The bytes of an unfinished group of `have` letters.
fn flush(out: &mut Vec<u8>, group: u32, have: u32) {
    match have {
        2 => out.push((group >> 4) as u8),
        3 => out.extend_from_slice(&(group >> 2).to_be_bytes()[2..]),
        _ => {}
    }
}

/// Quoted-printable; what is no escape stays as it stands.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let hex = |b: Option<&u8>| b.and_then(|b| (*b as char).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(i) = memchr(b'=', rest) {
        out.extend_from_slice(&rest[..i]);
        rest = &rest[i + 1..];
        if let (Some(high), Some(low)) = (hex(rest.first()), hex(rest.get(1))) {
            out.push((high * 16 + low) as u8);
            rest = &rest[2..];
            continue;
        }
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        match rest.get(blanks) {
            Some(b'\n') => rest = &rest[blanks + 1..],
            None => rest = &rest[blanks..],
            Some(_) => out.push(b'='),
        }
    }
    out.extend_from_slice(rest);
    out
}

/// How text came out of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decoding {
    /// As declared.
    Sound,
    /// Some bytes were replaced, or the declared name is unknown.
    Doubtful,
}

/// Text in the named charset; UTF-8 that is called ASCII, Latin-1 or nothing is read as UTF-8.
pub(crate) fn text<'a>(bytes: &'a [u8], charset: &str) -> (Cow<'a, str>, Decoding) {
    let known = Encoding::for_label(charset.trim().as_bytes());
    if (known.is_none_or(|k| k == WINDOWS_1252) || known == Some(UTF_8))
        && let Ok(text) = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        && !charset.to_ascii_lowercase().starts_with("utf-7")
    {
        return (Cow::Borrowed(text), Decoding::Sound);
    }
    if let Some(encoding) = known {
        let (text, _, replaced) = encoding.decode(bytes);
        return (text, if replaced { Decoding::Doubtful } else { Decoding::Sound });
    }
    if let Some(decode) = mail_parser::decoders::charsets::map::charset_decoder(charset.trim().as_bytes()) {
        return (Cow::Owned(decode(bytes)), Decoding::Sound);
    }
    (WINDOWS_1252.decode(bytes).0, Decoding::Doubtful)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_in_any_state() {
        for (text, bytes, broken) in [
            ("aGVsbG8=", &b"hello"[..], false),
            ("aGVs\r\nbG8", b"hello", false),
            ("aGVs!bG8=", b"hello", true),
            ("aGk=aGk=", b"hihi", false),
            ("_-8", b"\xff\xef", false),
            ("a", b"", false),
            ("", b"", false),
        ] {
            assert_eq!(base64(text.as_bytes()), (bytes.to_vec(), broken), "{text}");
        }
    }

    #[test]
    fn quoted_printable_in_any_state() {
        for (text, bytes) in [("a=3Db=\r\nc= \nd=zz=4=", "a=bcd=zz=4"), ("=C3=A4=c3=a4", "ää"), ("plain", "plain")] {
            assert_eq!(quoted_printable(text.as_bytes()), bytes.as_bytes(), "{text}");
        }
    }

    #[test]
    fn charsets() {
        for (bytes, charset, text_, decoding) in [
            (&b"\xe4"[..], "iso-8859-1", "ä", Decoding::Sound),
            ("ä".as_bytes(), "us-ascii", "ä", Decoding::Sound),
            (b"\xcf\xf0\xe8", "windows-1251", "При", Decoding::Sound),
            (b"\xe4", "utf-8", "\u{fffd}", Decoding::Doubtful),
            (b"\xe4", "x-unheard-of", "ä", Decoding::Doubtful),
            (b"\xe4", "", "ä", Decoding::Doubtful),
            (b"+ZYeB9FH6ckh5Pg-", "utf-7", "文致出版社", Decoding::Sound),
        ] {
            assert_eq!(text(bytes, charset), (Cow::Borrowed(text_), decoding), "{charset}");
        }
    }

    fn leaves(mail: &str) -> Vec<(String, &str)> {
        let top = block(mail.as_bytes(), 0);
        parts(mail.as_bytes(), top).leaves.iter().map(|l| (l.kind.clone(), &mail[l.at.clone()])).collect()
    }

    #[test]
    fn structures() {
        let plain = "text/plain".to_owned();
        assert_eq!(leaves("A: b\n\nbody\n"), [(plain.clone(), "body\n")]);
        assert_eq!(leaves("no header"), [(plain.clone(), "no header")]);
        let multi = "Content-Type: multipart/mixed; boundary=x\n\npreamble\n--x\n\none\n--x\nContent-Type: text/html\n\ntwo\n--x--\nepilogue";
        assert_eq!(leaves(multi), [(plain.clone(), "one"), ("text/html".to_owned(), "two")]);
        // An inner multipart whose boundary never comes, inside one that goes on.
        let lost = "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/mixed; boundary=y\n\nlost\n--x\n\nfound\n--x--\n";
        assert_eq!(leaves(lost), [(plain.clone(), "lost"), (plain.clone(), "found")]);
        let empty = "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n--x\n--x--";
        assert_eq!(leaves(empty), [(plain.clone(), ""), (plain.clone(), "")]);
        let digest = "Content-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: a\n\nb\n--x--";
        assert_eq!(leaves(digest), [("message/rfc822".to_owned(), "Subject: a\n\nb")]);
    }
}
