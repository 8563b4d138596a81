//! Single mails judged without a case: nothing is sealed, copied or written.
//!
//! Where more than one mail is given they are read twice: first for who wrote to whom, so that the second reading can tell
//! an acquaintance from a stranger.

use crate::store::Sealed;
use crate::walk;
use crate::{Error, Run};
use evidence::{Closed, Isolate, Opened, Root, Sink};
use model::{EvidenceId, Mail, Note, Place, Quote, Record, Settings, Sheet};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use triage::{Context, History};

/// Told of each mail in order.
pub type Each<'e> = dyn FnMut(&Mail<'_>, &Sheet) -> io::Result<()> + 'e;

/// What came of it.
#[derive(Debug, Default)]
pub struct Judged {
    /// Mails judged.
    pub mails: u64,
    /// What could not be read, and what else a reader must know: name of the evidence, note.
    pub notes: Vec<(Quote, Note)>,
    /// Inputs that could not be opened, and why.
    pub unreadable: Vec<(Quote, String)>,
    /// Set when the listener went away.
    pub broken: Option<io::Error>,
}

/// Most notes kept.
const NOTES: usize = 1_000;

/// Judges every mail in these files and folders.
///
/// # Errors
/// [`Error::Io`] when one of them is not there.
pub fn mails(
    paths: &[PathBuf],
    context: &mut Context,
    settings: &Settings,
    run: &Run<'_>,
    each: &mut Each<'_>,
) -> Result<Judged, Error> {
    let mut judged = Judged::default();
    let roots = roots(paths, &mut judged)?;
    let mut remember = Remember { history: History::default() };
    run.progress.stage("searching", roots.iter().map(|r| r.bytes.len()).sum());
    for root in &roots {
        evidence::read(root, settings, Some(&OnlyMail), &mut remember);
        run.progress.step(root.bytes.len());
    }
    remember.history.close();
    context.history = Some(remember.history);
    run.progress.stage("judging", roots.iter().map(|r| r.bytes.len()).sum());
    for root in &roots {
        let mut sink = Judge { context, each, judged: &mut judged, open: Vec::new() };
        evidence::read(root, settings, run.isolate, &mut sink);
        run.progress.step(root.bytes.len());
    }
    Ok(judged)
}

fn roots(paths: &[PathBuf], judged: &mut Judged) -> Result<Vec<Root>, Error> {
    let mut out = Vec::new();
    for found in walk::walk(paths, Path::new(""))? {
        let opened = match found.not {
            Some(why) => Err(why),
            None => root(&found.name, &found.path).map_err(|e| e.to_string()),
        };
        match opened {
            Ok(root) => out.push(root),
            Err(why) => judged.unreadable.push((found.name, why)),
        }
    }
    Ok(out)
}

fn root(name: &Quote, path: &Path) -> Result<Root, Error> {
    let mut hash = Sha256::new();
    let mut file = File::open(path).map_err(Error::io("read", path))?;
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece).map_err(Error::io("read", path))? {
            0 => break,
            n => hash.update(&piece[..n]),
        }
    }
    let sha256: [u8; 32] = hash.finalize().into();
    Ok(Root { id: EvidenceId::of_root(&sha256), sha256, name: name.clone(), bytes: Arc::new(Sealed::open(path)?) })
}

/// Opens no format that needs a process of its own: where only mails are listened to, what they enclose is not read.
pub(crate) struct OnlyMail;

impl Isolate for OnlyMail {
    fn run(&self, _: &str, _: &[u8]) -> Result<Vec<u8>, String> {
        Err("only mails are read".to_owned())
    }
}

/// Remembers who wrote to whom.
#[derive(Default)]
struct Remember {
    history: History,
}

impl Sink for Remember {
    fn opened(&mut self, _: &Opened) {}
    fn record(&mut self, _: Place, record: &Record<'_>) {
        if let Record::Mail(mail) = record {
            triage::contacts(mail).for_each(|c| self.history.add(c));
        }
    }
    fn note(&mut self, _: Note) {}
    fn closed(&mut self, _: &Closed) {}
    fn seals(&self) -> bool {
        false
    }
}

/// Judges mail by mail.
struct Judge<'a, 'e> {
    context: &'a Context,
    each: &'a mut Each<'e>,
    judged: &'a mut Judged,
    open: Vec<Quote>,
}

impl Sink for Judge<'_, '_> {
    fn opened(&mut self, opened: &Opened) {
        self.open.push(opened.name.clone());
    }
    fn record(&mut self, place: Place, record: &Record<'_>) {
        let Record::Mail(mail) = record else { return };
        if self.judged.broken.is_some() {
            return;
        }
        self.judged.mails += 1;
        let sheet = triage::judge(mail, place, self.context, &[]);
        if let Err(e) = (self.each)(mail, &sheet) {
            self.judged.broken = Some(e);
        }
    }
    fn note(&mut self, note: Note) {
        if self.judged.notes.len() < NOTES {
            self.judged.notes.push((self.open.last().cloned().unwrap_or_default(), note));
        }
    }
    fn closed(&mut self, _: &Closed) {
        self.open.pop();
    }
    fn seals(&self) -> bool {
        false
    }
}
