//! A mail's bytes as signatures are over them: header fields and body, with the two ways of writing each.
//!
//! Files keep mails with bare line feeds; signatures were made over CRLF, so line ends are written as that.
//! Source: RFC 6376 section 3.4.

/// Most header fields, and bytes of them.
const MOST: (usize, usize) = (10_000, 4 << 20);

/// A header field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'m> {
    /// All of it, its line end included.
    pub raw: &'m [u8],
    /// Bytes of the name.
    name: usize,
}

/// A mail, taken apart for signatures.
pub(crate) struct Message<'m> {
    raw: &'m [u8],
    pub fields: Vec<Field<'m>>,
    body: &'m [u8],
}

impl<'m> Field<'m> {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.raw[..self.name].trim_ascii().eq_ignore_ascii_case(name.as_bytes())
    }

    pub(crate) fn value(&self) -> &'m [u8] {
        self.raw.get(self.name + 1..).unwrap_or_default()
    }

    /// As it is hashed, with its line end.
    pub(crate) fn written(&self, relaxed: bool) -> Vec<u8> {
        let mut out = if relaxed { relax(&self.raw[..self.name], self.value()) } else { crlf(trim_end(self.raw)) };
        out.extend_from_slice(b"\r\n");
        out
    }

    /// As it is hashed when it is the signature itself: without its `b=` and its line end.
    pub(crate) fn unsigned(&self, relaxed: bool) -> Vec<u8> {
        let value = without_signature(trim_end(self.value()));
        if relaxed {
            return relax(&self.raw[..self.name], &value);
        }
        let mut out = self.raw[..=self.name].to_vec();
        out.extend(crlf(&value));
        out
    }
}

impl<'m> Message<'m> {
    /// `None` where there are no bytes or no header.
    pub(crate) fn read(raw: &'m [u8]) -> Option<Self> {
        let (mut fields, mut at): (Vec<Field<'m>>, usize) = (Vec::new(), 0);
        let mut start = None;
        let line = |at: usize| memchr::memchr(b'\n', &raw[at..]).map_or(raw.len(), |n| at + n + 1);
        while at < raw.len() {
            let end = line(at);
            let text = &raw[at..end];
            let folded = matches!(text.first(), Some(b' ' | b'\t')) && start.is_some();
            if trim_end(text).is_empty() {
                break;
            }
            if !folded {
                start = Some(at);
                let name = memchr::memchr(b':', text);
                fields.push(Field { raw: text, name: name.unwrap_or(0) });
            } else if let (Some(from), Some(field)) = (start, fields.last_mut()) {
                field.raw = &raw[from..end];
            }
            if fields.len() > MOST.0 || end > MOST.1 {
                return None;
            }
            at = end;
        }
        fields.retain(|f| f.name > 0);
        let body = raw.get(line(at.min(raw.len()))..).unwrap_or_default();
        (!fields.is_empty()).then_some(Self { raw, fields, body })
    }

    /// Numbers of the fields of this name, from the top.
    pub(crate) fn named(&self, name: &'static str) -> impl Iterator<Item = usize> + '_ {
        (0..self.fields.len()).filter(move |n| self.fields[*n].is(name))
    }

    /// Where a piece of the mail begins.
    pub(crate) fn offset(&self, piece: &[u8]) -> usize {
        (piece.as_ptr() as usize).saturating_sub(self.raw.as_ptr() as usize)
    }

    /// The fields that a signature's `h=` names, each name from the bottom up, as they are hashed.
    pub(crate) fn signed(&self, names: &str, relaxed: bool, except: usize) -> Vec<u8> {
        let mut used = vec![false; self.fields.len()];
        used[except] = true;
        let mut out = Vec::new();
        for name in names.split(':').map(str::trim).take(MOST.0) {
            let found = (0..self.fields.len()).rev().find(|n| !used[*n] && self.fields[*n].is(name));
            if let Some(n) = found {
                used[n] = true;
                out.extend(self.fields[n].written(relaxed));
            }
            if out.len() > MOST.1 {
                break;
            }
        }
        out
    }

    /// The body as it is hashed, at most `len` bytes of it.
    pub(crate) fn body(&self, relaxed: bool, len: Option<u64>) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.body.len() + 64);
        let mut kept = 0;
        for line in self.body.split_inclusive(|b| *b == b'\n') {
            let text = trim_end(line);
            if relaxed {
                squeeze(text, &mut out)
            } else {
                out.extend_from_slice(text)
            }
            let empty = out.len() == kept_end(&out);
            out.extend_from_slice(b"\r\n");
            if !empty {
                kept = out.len();
            }
        }
        out.truncate(kept);
        if out.is_empty() && !relaxed {
            out.extend_from_slice(b"\r\n");
        }
        if let Some(len) = len.and_then(|l| usize::try_from(l).ok()) {
            out.truncate(len);
        }
        out
    }
}

/// Length up to the end of the last line: what is behind it is the line being written.
fn kept_end(out: &[u8]) -> usize {
    memchr::memrchr(b'\n', out).map_or(0, |n| n + 1)
}

/// Without its line end.
fn trim_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Blanks squeezed to one, none at the end.
fn squeeze(text: &[u8], out: &mut Vec<u8>) {
    let from = out.len();
    let mut blank = false;
    for b in text {
        match b {
            b' ' | b'\t' | b'\r' => blank = true,
            b => {
                if std::mem::take(&mut blank) {
                    out.push(b' ');
                }
                out.push(*b);
            }
        }
    }
    debug_assert!(out.len() >= from);
}

/// The relaxed form of a field, without its line end.
fn relax(name: &[u8], value: &[u8]) -> Vec<u8> {
    let mut out = name.trim_ascii().to_ascii_lowercase();
    out.push(b':');
    let unfolded: Vec<u8> = value.iter().map(|b| if *b == b'\n' { b' ' } else { *b }).collect();
    squeeze(unfolded.trim_ascii(), &mut out);
    out
}

/// Line ends as CRLF.
fn crlf(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 8);
    for (n, line) in text.split(|b| *b == b'\n').enumerate() {
        if n > 0 {
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
    }
    out
}

/// A signature's value with nothing behind its `b=`.
fn without_signature(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    for (n, tag) in value.split(|b| *b == b';').enumerate() {
        if n > 0 {
            out.push(b';');
        }
        let equals = memchr::memchr(b'=', tag);
        match equals.filter(|e| tag[..*e].trim_ascii() == b"b") {
            Some(e) => out.extend_from_slice(&tag[..=e]),
            None => out.extend_from_slice(tag),
        }
    }
    out
}

/// `a=b; c=d` as pairs, blanks inside values gone. Source: RFC 6376 section 3.2.
pub(crate) fn tags(text: &str) -> Vec<(String, String)> {
    let pair = |tag: &str| {
        let (name, value) = tag.split_once('=')?;
        Some((name.trim().to_owned(), value.chars().filter(|c| !c.is_whitespace()).collect()))
    };
    text.split(';').filter_map(pair).take(64).collect()
}
