//! Files in, their texts out: everything `unspool` reads, whatever lies inside it.

use crate::Trouble;
use evidence::{Closed, Opened, Root, Sink};
use model::{EvidenceId, Note, Place, Quote, Record, Settings, Span};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Listens for texts.
struct Listener<'f> {
    /// Name and format of what is open, the file itself first.
    open: Vec<(String, &'static str)>,
    notes: Vec<Note>,
    path: &'f Path,
    f: &'f mut dyn FnMut(&str, &leaks::Text<'_>),
}

impl Listener<'_> {
    /// The words of a plain text file as they stand, so that positions are those of the file.
    fn as_it_stands(&self) -> Option<String> {
        let plain = self.open.len() == 1 && self.open[0].1 == "text";
        plain.then(|| std::fs::read_to_string(self.path).ok()).flatten()
    }
}

impl Sink for Listener<'_> {
    fn opened(&mut self, opened: &Opened) {
        self.open.push((opened.name.raw().to_owned(), opened.format));
    }

    fn record(&mut self, place: Place, record: &Record<'_>) {
        if let Some(words) = self.as_it_stands() {
            return (self.f)("text", &leaks::Text { part: "text".to_owned(), words: words.into(), pages: Vec::new() });
        }
        let format = self.open.last().map_or("", |o| o.1);
        for text in leaks::texts(record, if format == "text" { "\n\n" } else { "\n" }) {
            let mut inside: Vec<&str> = self.open.iter().skip(1).map(|o| o.0.as_str()).collect();
            let row = format!("row {}", place.span.at.saturating_add(1));
            match (place.span.len, text.part.as_str()) {
                (Span::ROW, _) => inside.push(&row),
                (_, "text") if !inside.is_empty() => {}
                (_, part) => inside.push(part),
            }
            (self.f)(&inside.join("/"), &text);
        }
    }

    fn note(&mut self, note: Note) {
        if note.code.incomplete() {
            self.notes.push(note);
        }
    }

    fn closed(&mut self, _: &Closed) {
        self.open.pop();
    }

    fn seals(&self) -> bool {
        false
    }
}

/// A file being read.
struct Bytes(File, u64);

impl evidence::ReadAt for Bytes {
    fn len(&self) -> u64 {
        self.1
    }

    fn read_at(&self, buf: &mut [u8], at: u64) -> std::io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.0, buf, at)
    }
}

/// Hands every text of a file to `f`, with where in the file it stands; returns what could not be read whole.
pub fn texts(path: &Path, f: &mut dyn FnMut(&str, &leaks::Text<'_>)) -> Result<Vec<Note>, Trouble> {
    let file = File::open(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    let len = file.metadata()?.len();
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let root = Root { id: EvidenceId(1), sha256: [0; 32], name: Quote::from(name), bytes: Arc::new(Bytes(file, len)) };
    let mut listener = Listener { open: Vec::new(), notes: Vec::new(), path, f };
    evidence::read(&root, &Settings::default(), Some(&crate::isolate::Process), &mut listener);
    Ok(listener.notes)
}

/// The files meant by arguments: themselves, and everything below folders in order of name. Links are not followed.
pub fn files(arguments: &[PathBuf]) -> Result<Vec<PathBuf>, Trouble> {
    let mut out = Vec::new();
    for argument in arguments {
        let meta = std::fs::metadata(argument).map_err(|e| format!("cannot read {}: {e}", argument.display()))?;
        if meta.is_dir() {
            folder(argument, &mut out)?;
        } else {
            out.push(argument.clone());
        }
    }
    Ok(out)
}

fn folder(top: &Path, out: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    let mut open = vec![top.to_path_buf()];
    let from = out.len();
    while let Some(dir) = open.pop() {
        let entries = std::fs::read_dir(&dir).map_err(|e| format!("cannot read {}: {e}", dir.display()))?;
        for entry in entries {
            let entry = entry?;
            match entry.file_type()? {
                t if t.is_dir() => open.push(entry.path()),
                t if t.is_file() => out.push(entry.path()),
                _ => eprintln!(
                    "note: {}: not a regular file, not read",
                    Quote::from(entry.path().to_string_lossy()).terminal()
                ),
            }
        }
    }
    out[from..].sort();
    Ok(())
}

/// Runs `f` over files on several threads; results in the order of the files.
pub fn each<T: Send>(threads: usize, files: &[PathBuf], f: impl Fn(&Path) -> T + Sync) -> Vec<T> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let done = std::sync::Mutex::new(Vec::with_capacity(files.len()));
    let work = || {
        loop {
            let n = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(file) = files.get(n) else { return };
            let made = f(file);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((n, made));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(files.len()) {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|d| d.0);
    done.into_iter().map(|d| d.1).collect()
}

/// Says what could not be read whole; true where there was something.
pub fn noted(path: &Path, notes: &[Note]) -> bool {
    let name = Quote::from(path.to_string_lossy()).terminal();
    for note in notes {
        eprintln!("note: {name}: {} ({})", note.text.terminal(), note.span);
    }
    !notes.is_empty()
}
