//! Opens feeds: files and standard input, plain, gzip or Zstandard by their first bytes, line by line.

use flate2::bufread::MultiGzDecoder;
use lookalikes::Feed;
use model::When;
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Bytes read at once.
const AT_ONCE: usize = 1 << 20;
/// Longest line that is read; a whole certificate log on one line is longer and is left out.
const LINE: usize = 64 << 20;

/// What a feed said that was no name.
#[derive(Debug, Default, Clone, Copy)]
pub struct Said {
    /// Lines.
    pub lines: u64,
    /// Lines not understood.
    pub odd: u64,
    /// Lines too long to be read.
    pub long: u64,
}

/// Reads a feed and tells its names; `-` is standard input. `after` is called after every line.
///
/// # Errors
/// The file cannot be opened or read, or is damaged as an archive.
pub fn read(path: &Path, tell: &mut dyn FnMut(&str, Option<When>) -> io::Result<()>) -> io::Result<Said> {
    if path == Path::new("-") {
        return lines(&mut unpacked(io::stdin().lock())?, tell);
    }
    lines(&mut unpacked(File::open(path)?)?, tell)
}

fn unpacked<'a>(raw: impl Read + 'a) -> io::Result<Box<dyn BufRead + 'a>> {
    let mut raw = BufReader::with_capacity(AT_ONCE, raw);
    let head = raw.fill_buf()?;
    Ok(match head {
        [0x1f, 0x8b, ..] => Box::new(BufReader::with_capacity(AT_ONCE, MultiGzDecoder::new(raw))),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            Box::new(BufReader::with_capacity(AT_ONCE, zstd::stream::read::Decoder::with_buffer(raw)?))
        }
        _ => Box::new(raw),
    })
}

fn lines(from: &mut dyn BufRead, tell: &mut dyn FnMut(&str, Option<When>) -> io::Result<()>) -> io::Result<Said> {
    let (mut feed, mut said, mut rest) = (Feed::new(), Said::default(), Vec::new());
    let mut broken = Ok(());
    loop {
        let bytes = from.fill_buf()?;
        let many = bytes.len();
        let mut at = 0;
        let mut line = |line: &[u8], said: &mut Said| {
            said.lines += 1;
            let mut tell = |name: &str, when| {
                if broken.is_ok() {
                    broken = tell(name, when);
                }
            };
            match leaves(line) {
                Some(entries) => said.odd += told(&entries, &mut tell),
                None => feed.line(line, &mut tell),
            }
        };
        for end in memchr::memchr_iter(b'\n', bytes) {
            if rest.is_empty() {
                line(&bytes[at..end], &mut said);
            } else {
                grow(&mut rest, &bytes[at..end], &mut said);
                line(&rest, &mut said);
                rest.clear();
            }
            at = end + 1;
        }
        if many == 0 {
            if !rest.is_empty() {
                line(&rest, &mut said);
            }
            break;
        }
        grow(&mut rest, &bytes[at..], &mut said);
        from.consume(many);
        if broken.is_err() {
            break;
        }
    }
    said.odd += feed.odd;
    broken.map(|()| said)
}

/// The JSON of a line with leaves of a certificate log, which only a reader of certificates can read.
fn leaves(line: &[u8]) -> Option<Value> {
    let json = matches!(line.trim_ascii_start(), [b'{' | b'[', ..]);
    let has = json && memchr::memmem::find(line, b"\"leaf_input\"").is_some();
    has.then(|| serde_json::from_slice(line.trim_ascii().strip_suffix(b",").unwrap_or(line)).ok())?
}

/// Tells the names of an entry, or of all inside; how many were none.
fn told(value: &Value, tell: &mut dyn FnMut(&str, Option<When>)) -> u64 {
    let inside = value["entries"].as_array().or_else(|| value.as_array());
    if let Some(entries) = inside {
        return entries.iter().map(|e| told(e, tell)).sum();
    }
    match value["leaf_input"].as_str().and_then(evidence::logged_names) {
        Some((names, when)) => {
            names.iter().for_each(|name| tell(name, when));
            0
        }
        None => 1,
    }
}

fn grow(rest: &mut Vec<u8>, more: &[u8], said: &mut Said) {
    if rest.len() + more.len() > LINE {
        said.long += u64::from(rest.len() <= LINE);
        rest.truncate(0);
        return;
    }
    rest.extend_from_slice(more);
}

/// What went wrong with a feed, with its name.
pub fn trouble(path: &Path, e: &io::Error) -> String {
    format!("cannot read {}: {e}", path.display())
}

/// The text of a small file, for lists people write.
///
/// # Errors
/// It cannot be read or is no text.
pub fn text(path: &PathBuf) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| trouble(path, &e))
}

/// The lines of a list of outlets, without comments.
///
/// # Errors
/// It cannot be read, or a line of it is not understood.
pub fn outlets(path: &PathBuf) -> Result<Vec<String>, String> {
    let text = text(path)?;
    lookalikes::Outlets::parse(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let lines = text.trim_start_matches('\u{feff}').lines();
    let lines = lines.map(|l| l.split('#').next().unwrap_or_default().trim());
    Ok(lines.filter(|l| !l.is_empty()).map(str::to_owned).collect())
}
