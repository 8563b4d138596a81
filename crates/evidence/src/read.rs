//! Reading evidence and whatever is inside it, within bounds.
//!
//! A format that panics is a bug of ours, not the end of the run: it is caught per piece of evidence and noted. Bounds
//! count over a whole input, so that a bomb of many small things is stopped as well as one of one big thing.

use crate::{Format, Head, Opened, Out, ReadAt, Reading, Sink, format};
use model::{Code, EvidenceId, Limits, Quote, Settings, Span};
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Read};
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
    let format = format.or_else(|| format::recognise(&Head { bytes: &head, all }));
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
    let mut tee = Tee { inner: bytes, hash: Sha256::new(), bytes: 0, budget, stopped: None };
    let head = take(&mut tee, Head::SIZE as u64).unwrap_or_default();
    let format = format::recognise(&Head { bytes: &head, all: head.len() < Head::SIZE });
    parent.sink.opened(&opened(id, Some(parent.id), index, &Quote::from(name), format));
    let mut out = start(id, parent.depth + 1, parent.settings, parent.sink, budget, parent.isolate);
    guarded(&mut out, |out| {
        let mut rest = Read::chain(&head[..], &mut tee);
        match format.map(|f| f.read) {
            None => unrecognised(&head, out),
            Some(Reading::Stream(f)) => f(&mut BufReader::with_capacity(64 << 10, &mut rest), out),
            Some(Reading::Whole(f)) => f(&whole(&mut rest, out), out),
            Some(Reading::Anywhere(f)) => {
                let all: Arc<dyn ReadAt> = Arc::new(whole(&mut rest, out));
                f(&all, out);
            }
        }
    });
    // What the format left unread still belongs to the seal.
    if let Err(e) = io::copy(&mut tee, &mut io::sink()) {
        tee.stopped.get_or_insert(e);
    }
    if let Some(e) = tee.stopped.take() {
        let code = if e.kind() == io::ErrorKind::QuotaExceeded { Code::Limit } else { Code::Truncated };
        out.note(code, Span::WHOLE, format!("unpacking stopped: {e}"));
    }
    out.finish(Some(tee.hash.finalize().into()), tee.bytes);
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
    let text = if head.is_empty() { "empty" } else { "no format recognised this: sealed and listed, not read" };
    out.note(Code::Unrecognised, Span::WHOLE, text);
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

/// All bytes, up to the limit; sets the hash where it is not known yet and nothing was cut.
fn whole(from: &mut dyn Read, out: &mut Out<'_>) -> Vec<u8> {
    let most = out.settings.limits.whole;
    let mut bytes = Vec::new();
    if let Err(e) = (&mut *from).take(most + 1).read_to_end(&mut bytes) {
        out.note(Code::Truncated, Span::bytes(bytes.len() as u64, 1), format!("ends early: {e}"));
    }
    if bytes.len() as u64 > most {
        bytes.truncate(most as usize);
        out.note(Code::Limit, Span::bytes(most, 1), format!("only the first {most} bytes were read (limits.whole)"));
    } else if out.sha256.is_none() {
        out.sha256 = Some(Sha256::digest(&bytes).into());
    }
    bytes
}

/// Passes bytes on, hashing and counting them. An error ends the stream and is kept.
struct Tee<'a> {
    inner: &'a mut dyn Read,
    hash: Sha256,
    bytes: u64,
    budget: &'a Budget,
    stopped: Option<io::Error>,
}

impl Read for Tee<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.stopped.is_some() {
            return Ok(0);
        }
        let got = self.inner.read(buf).and_then(|n| self.budget.unpacked(n as u64).map(|()| n));
        match got {
            Ok(n) => {
                self.hash.update(&buf[..n]);
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
