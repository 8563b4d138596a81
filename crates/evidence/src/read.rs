//! Reading evidence and whatever is inside it, within bounds.
//!
//! A format that panics is a bug of ours, not the end of the run: it is caught per piece of evidence and noted. Bounds
//! count over a whole input, so that a bomb of many small things is stopped as well as one of one big thing.

use crate::{Format, Head, Opened, Out, ReadAt, Reading, Sink, format};
use model::{Code, EvidenceId, Limits, Place, Quote, Settings, Span};
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Reads some formats in a process of its own. Given by whoever may start processes.
pub trait Isolate: Sync {
    /// Hands `bytes` to the format in another process and returns what it wrote (see the format's own module).
    ///
    /// # Errors
    /// In words, when the process died, ran out of its memory or took too long.
    fn run(&self, format: &str, bytes: &[u8]) -> Result<Vec<u8>, String>;
}

/// An input file, sealed.
pub struct Root {
    /// Its id.
    pub id: EvidenceId,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Its name.
    pub name: Quote,
    /// Its bytes.
    pub bytes: Arc<dyn ReadAt>,
}

/// How much was unpacked from one input, against how much may be. Shared by everything read from that input.
pub(crate) struct Budget {
    most_bytes: u64,
    most_children: u64,
    bytes: Cell<u64>,
    children: Cell<u64>,
    spent: Cell<bool>,
}

/// Bytes that may be unpacked from anything before the ratio counts.
const FREE: u64 = 64 << 20;

impl Budget {
    fn new(packed: u64, limits: &Limits) -> Self {
        Self {
            most_bytes: packed.saturating_mul(limits.ratio).saturating_add(FREE).min(limits.unpacked),
            most_children: limits.children,
            bytes: Cell::new(0),
            children: Cell::new(0),
            spent: Cell::new(false),
        }
    }

    /// Counts bytes of one layer; an error once there were too many.
    fn unpacked(&self, n: u64) -> io::Result<()> {
        self.bytes.set(self.bytes.get().saturating_add(n));
        if self.bytes.get() <= self.most_bytes {
            return Ok(());
        }
        self.spent.set(true);
        let why =
            format!("more than {} bytes unpacked from one input (limits.ratio, limits.unpacked)", self.most_bytes);
        Err(io::Error::new(io::ErrorKind::QuotaExceeded, why))
    }

    /// Counts one more thing; what to say when it may not be read.
    fn admit(&self) -> Result<(), String> {
        if self.children.get() >= self.most_children {
            self.spent.set(true);
            return Err(format!(
                "more than {} things inside: the rest was not unpacked (limits.children)",
                self.most_children
            ));
        }
        if self.spent.get() {
            return Err("a limit was reached before: not unpacked".to_owned());
        }
        self.children.set(self.children.get() + 1);
        Ok(())
    }
}

/// Reads a sealed input and everything inside it, calling `sink` in a fixed order.
pub fn read(root: &Root, settings: &Settings, isolate: Option<&dyn Isolate>, sink: &mut dyn Sink) {
    read_as(root, None, settings, isolate, sink);
}

/// As [`read`], with the input's format given and not found out: what a format must survive is any bytes at all.
pub fn read_as(
    root: &Root,
    format: Option<&'static Format>,
    settings: &Settings,
    isolate: Option<&dyn Isolate>,
    sink: &mut dyn Sink,
) {
    let budget = Budget::new(root.bytes.len(), &settings.limits);
    let mut source = crate::Cursor::new(root.bytes.clone());
    let head = match take(&mut source, Head::SIZE as u64) {
        Ok(head) => head,
        Err(e) => {
            sink.opened(&opened(root.id, None, 0, &root.name, None));
            let mut out = start(root.id, 0, settings, sink, &budget, isolate);
            out.note(Code::Truncated, Span::WHOLE, format!("could not be read: {e}"));
            return out.finish(None, root.bytes.len());
        }
    };
    let all = head.len() as u64 == root.bytes.len();
    let format = format.or_else(|| format::recognise(&Head::new(&head, all)));
    sink.opened(&opened(root.id, None, 0, &root.name, format));
    let mut out = start(root.id, 0, settings, sink, &budget, isolate);
    out.sha256 = Some(root.sha256);
    let bytes = root.bytes.clone();
    guarded(&mut out, |out| match format.map(|f| f.read) {
        None => unrecognised(&head, out),
        Some(Reading::Anywhere(f)) => f(&bytes, out),
        Some(Reading::Stream(f)) => f(&mut BufReader::with_capacity(256 << 10, crate::Cursor::new(bytes)), out),
        Some(Reading::Whole(f)) => f(&whole(&mut crate::Cursor::new(bytes), out), out),
    });
    for mut tap in taps(out.sink, root.id) {
        let mut part = crate::Cursor::new(root.bytes.clone());
        if part.seek(SeekFrom::Start(tap.from)).is_ok() {
            tap.taken = take(&mut part, tap.most).unwrap_or_default();
        }
        out.sink.bytes(Place { evidence: root.id, span: tap.span }, &tap.taken);
    }
    out.finish(None, root.bytes.len());
}

/// Reads something unpacked. False when the budget is spent.
pub(crate) fn child(parent: &mut Out<'_>, index: u64, name: &str, span: Span, bytes: &mut dyn Read) -> bool {
    let budget = parent.budget;
    let most_depth = parent.settings.limits.depth;
    if parent.depth >= most_depth {
        parent.note(Code::Limit, span, format!("nested more than {most_depth} deep: not unpacked (limits.depth)"));
        return !budget.spent.get();
    }
    if let Err(why) = budget.admit() {
        parent.note(Code::Limit, span, why);
        return false;
    }
    let id = parent.id.child(index);
    let taps = taps(parent.sink, id);
    let mut tee =
        Tee { inner: bytes, hash: parent.sink.seals().then(Sha256::new), bytes: 0, budget, stopped: None, taps };
    let head = take(&mut tee, Head::SIZE as u64).unwrap_or_default();
    let format = format::recognise(&Head::new(&head, head.len() < Head::SIZE));
    parent.sink.opened(&opened(id, Some(parent.id), index, &Quote::from(name), format));
    let kept = parent.kept;
    let mut out = start(id, parent.depth + 1, parent.settings, parent.sink, budget, parent.isolate);
    out.kept = kept;
    if name.starts_with("http://") || name.starts_with("https://") {
        name.clone_into(&mut out.address);
    }
    guarded(&mut out, |out| {
        let mut rest = Read::chain(&head[..], &mut tee);
        match format.map(|f| f.read) {
            None => unrecognised(&head, out),
            Some(Reading::Stream(f)) => f(&mut BufReader::with_capacity(64 << 10, &mut rest), out),
            Some(Reading::Whole(f)) => {
                let all = whole(&mut rest, out);
                out.sha256 = tee.seal_of(&all);
                f(&all, out);
            }
            Some(Reading::Anywhere(f)) => {
                let all = whole(&mut rest, out);
                out.sha256 = tee.seal_of(&all);
                let all: Arc<dyn ReadAt> = Arc::new(all);
                f(&all, out);
            }
        }
    });
    // What the format left unread still belongs to the seal.
    if let Err(e) = io::copy(&mut tee, &mut io::sink()) {
        tee.stopped.get_or_insert(e);
    }
    if let Some(e) = tee.stopped.take() {
        let code = match e.kind() {
            io::ErrorKind::QuotaExceeded => Code::Limit,
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Code::Malformed,
            _ => Code::Truncated,
        };
        out.note(code, Span::WHOLE, format!("unpacking stopped: {e}"));
    }
    for tap in &tee.taps {
        out.sink.bytes(Place { evidence: id, span: tap.span }, &tap.taken);
    }
    out.finish(tee.hash.map(|hash| hash.finalize().into()), tee.bytes);
    !budget.spent.get()
}

fn opened(
    id: EvidenceId,
    parent: Option<EvidenceId>,
    index: u64,
    name: &Quote,
    format: Option<&'static Format>,
) -> Opened {
    Opened { id, parent, index, name: name.clone(), format: format.map_or("", |f| f.card.id) }
}

fn start<'o>(
    id: EvidenceId,
    depth: u32,
    settings: &'o Settings,
    sink: &'o mut dyn Sink,
    budget: &'o Budget,
    isolate: Option<&'o dyn Isolate>,
) -> Out<'o> {
    Out {
        id,
        address: String::new(),
        kept: None,
        depth,
        settings,
        sink,
        budget,
        isolate,
        notes: BTreeMap::new(),
        records: 0,
        children: 0,
        layout: String::new(),
        sha256: None,
    }
}

fn unrecognised(head: &[u8], out: &mut Out<'_>) {
    if head.is_empty() {
        return out.note(Code::Info, Span::WHOLE, "empty");
    }
    out.note(Code::Unrecognised, Span::WHOLE, "no format recognised this: sealed and listed, not read");
}

fn guarded(out: &mut Out<'_>, f: impl FnOnce(&mut Out<'_>)) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| f(out))) {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
        out.note(Code::Bug, Span::WHOLE, format!("the reader failed on these bytes (please report it): {said}"));
    }
}

fn take(from: &mut dyn Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All bytes, up to the limit.
fn whole(from: &mut dyn Read, out: &mut Out<'_>) -> Vec<u8> {
    let most = out.settings.limits.whole;
    let mut bytes = Vec::new();
    if let Err(e) = (&mut *from).take(most + 1).read_to_end(&mut bytes) {
        out.note(Code::Truncated, Span::bytes(bytes.len() as u64, 1), format!("ends early: {e}"));
    }
    if bytes.len() as u64 > most {
        bytes.truncate(most as usize);
        out.note(Code::Limit, Span::bytes(most, 1), format!("only the first {most} bytes were read (limits.whole)"));
    }
    bytes
}

/// Passes bytes on, hashing and counting them. An error ends the stream and is kept.
struct Tee<'a> {
    inner: &'a mut dyn Read,
    hash: Option<Sha256>,
    bytes: u64,
    budget: &'a Budget,
    stopped: Option<io::Error>,
    taps: Vec<Tap>,
}

/// A position whose bytes the listener wants.
struct Tap {
    span: Span,
    from: u64,
    most: u64,
    taken: Vec<u8>,
}

/// The wanted positions; rows have no bytes of their own.
fn taps(sink: &dyn Sink, evidence: EvidenceId) -> Vec<Tap> {
    let wanted = sink.wanted(evidence).into_iter().filter(|span| span.len != Span::ROW);
    let most = sink.most();
    let length = |span: Span| if span == Span::WHOLE { u64::MAX } else { u64::from(span.len) };
    let tap = |span: Span| Tap { span, from: span.at, most: length(span).min(most), taken: Vec::new() };
    wanted.map(tap).collect()
}

impl Tap {
    /// Takes what it wants of `bytes`, which begin at `at`.
    fn take(&mut self, bytes: &[u8], at: u64) {
        let from = self.from.max(at);
        let to = self.from.saturating_add(self.most).min(at + bytes.len() as u64);
        if from < to {
            self.taken.extend_from_slice(&bytes[(from - at) as usize..(to - at) as usize]);
        }
    }
}

impl Tee<'_> {
    /// The hash so far, if it is that of `all`: nothing was cut and nothing is missing.
    fn seal_of(&self, all: &[u8]) -> Option<[u8; 32]> {
        let whole = self.stopped.is_none() && self.bytes == all.len() as u64;
        self.hash.as_ref().filter(|_| whole).map(|hash| hash.clone().finalize().into())
    }
}

impl Read for Tee<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.stopped.is_some() {
            return Ok(0);
        }
        let got = self.inner.read(buf).and_then(|n| self.budget.unpacked(n as u64).map(|()| n));
        match got {
            Ok(n) => {
                if let Some(hash) = &mut self.hash {
                    hash.update(&buf[..n]);
                }
                self.taps.iter_mut().for_each(|tap| tap.take(&buf[..n], self.bytes));
                self.bytes += n as u64;
                Ok(n)
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Err(e),
            Err(e) => {
                self.stopped = Some(e);
                Ok(0)
            }
        }
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Closed;
    use model::{Note, Place, Record};

    /// What the driver calls, in short.
    #[derive(Default)]
    struct Told {
        notes: Vec<(Code, String, u64)>,
        closed: Vec<Closed>,
        deepest: usize,
        depth: usize,
    }

    impl Sink for Told {
        fn opened(&mut self, _: &Opened) {
            self.depth += 1;
            self.deepest = self.deepest.max(self.depth);
        }
        fn record(&mut self, _: Place, _: &Record<'_>) {}
        fn note(&mut self, note: Note) {
            self.notes.push((note.code, note.text.raw().to_owned(), note.times));
        }
        fn closed(&mut self, closed: &Closed) {
            self.depth -= 1;
            self.closed.push(closed.clone());
        }
    }

    impl Told {
        fn has(&self, code: Code, words: &str) -> bool {
            self.notes.iter().any(|(c, text, _)| *c == code && text.contains(words))
        }
    }

    /// Runs `f` as the reader of an input of `packed` bytes.
    fn run(packed: u64, limits: Limits, f: impl FnOnce(&mut Out<'_>)) -> Told {
        let settings = Settings { limits, ..Settings::default() };
        let budget = Budget::new(packed, &settings.limits);
        let mut told = Told { depth: 1, ..Told::default() };
        let mut out = start(EvidenceId(1), 0, &settings, &mut told, &budget, None);
        guarded(&mut out, f);
        out.finish(None, packed);
        told
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        let mut encoder = flate2::bufread::GzEncoder::new(bytes, flate2::Compression::default());
        encoder.read_to_end(&mut packed).expect("packs");
        packed
    }

    fn read_all(bytes: Vec<u8>, limits: Limits) -> Told {
        let sha256: [u8; 32] = Sha256::digest(&bytes).into();
        let id = EvidenceId::of_root(&sha256);
        let root = Root { id, sha256, name: Quote::from("x"), bytes: Arc::new(bytes) };
        let mut told = Told::default();
        read(&root, &Settings { limits, ..Settings::default() }, None, &mut told);
        told
    }

    #[test]
    fn nesting_ends_at_the_limit() {
        let nested = (0..30).fold(b"\0core".to_vec(), |bytes, _| gz(&bytes));
        let told = read_all(nested, Limits::default());
        assert!(told.has(Code::Limit, "nested more than 8 deep"), "{:?}", told.notes);
        assert_eq!((told.deepest, told.depth, told.closed.len()), (9, 0, 9));
    }

    #[test]
    fn children_are_counted_over_the_whole_input() {
        let limits = Limits { children: 10, ..Limits::default() };
        let mut given = 0;
        let told = run(1, limits, |out| {
            while out.child("x", Span::WHOLE, &mut &b"\0"[..]) {
                given += 1;
                assert!(given < 100);
            }
            assert!(!out.child("y", Span::WHOLE, &mut &b"\0"[..]));
        });
        assert_eq!((given, told.closed.len()), (10, 11));
        assert!(told.has(Code::Limit, "more than 10 things inside"), "{:?}", told.notes);
    }

    #[test]
    fn a_bomb_is_stopped_by_its_ratio_and_by_its_bytes() {
        let zeros = gz(&vec![0; 100 << 20]);
        let told = read_all(zeros.clone(), Limits { ratio: 2, ..Limits::default() });
        assert!(told.has(Code::Limit, "limits.ratio"), "{:?}", told.notes);
        assert!(told.closed[0].bytes <= FREE + 2 * zeros.len() as u64 + (256 << 10), "{}", told.closed[0].bytes);
        let told = read_all(zeros, Limits { unpacked: 1 << 20, ..Limits::default() });
        assert!(told.has(Code::Limit, "limits.unpacked") && told.closed[0].bytes < 2 << 20, "{:?}", told.notes);
    }

    #[test]
    fn many_small_bombs_count_together() {
        let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
        let mut given = 0;
        let told = run(1, limits, |out| {
            while out.child("x", Span::WHOLE, &mut &[0_u8; 1000][..]) {
                given += 1;
            }
        });
        assert_eq!(given, (1 << 20) / 1000);
        assert!(told.has(Code::Limit, "bytes unpacked from one input"), "{:?}", told.notes);
    }

    #[test]
    fn a_torn_child_is_noted_and_sealed_as_far_as_it_came() {
        let mut packed = gz(&(0..200_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<u8>>());
        packed.truncate(packed.len() / 2);
        let told = read_all(packed, Limits::default());
        assert!(told.has(Code::Truncated, "unpacking stopped"), "{:?}", told.notes);
        let child = &told.closed[0];
        assert!(child.sha256.is_some() && child.bytes > 0 && child.bytes < 800_000);
    }

    #[test]
    fn what_is_longer_than_a_whole_is_cut_and_sealed_whole() {
        let mail = [b"From: a@one.example\nSubject: x\n\n".to_vec(), vec![b'x'; 100_000]].concat();
        let seal: [u8; 32] = Sha256::digest(&mail).into();
        let told = read_all(gz(&mail), Limits { whole: 1000, ..Limits::default() });
        assert!(told.has(Code::Limit, "only the first 1000 bytes"), "{:?}", told.notes);
        assert_eq!((told.closed[0].sha256, told.closed[0].bytes), (Some(seal), mail.len() as u64));
    }

    #[test]
    fn a_panic_is_a_note_and_not_the_end() {
        let told = run(1, Limits::default(), |out| {
            out.note(Code::Info, Span::WHOLE, "before");
            panic!("of number {}", 7);
        });
        assert!(told.has(Code::Bug, "of number 7") && told.has(Code::Info, "before"), "{:?}", told.notes);
        assert_eq!(told.closed.len(), 1);
    }

    #[test]
    fn notes_are_counted_and_bounded() {
        let told = run(1, Limits::default(), |out| {
            (0..1000).for_each(|i| out.note(Code::Info, Span::row(i), "again"));
            (0..1000).for_each(|i| out.note(Code::Malformed, Span::row(i), format!("kind {i}")));
        });
        assert!(told.notes.contains(&(Code::Info, "again".to_owned(), 1000)));
        assert_eq!(told.notes.iter().map(|n| n.2).sum::<u64>(), 2000);
        assert!(told.notes.len() <= 102, "{}", told.notes.len());
    }
}
