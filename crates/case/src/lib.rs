//! How does a case live?
//!
//! A case is a folder with two things that are the truth, sealed evidence and the ledger, and derived work that may be
//! thrown away and made again, byte for byte the same. The whole flow is [`Case::investigate`]. This room touches disk
//! but neither the network nor the terminal; the time comes in as a value.
#![warn(missing_docs)]
#![allow(clippy::disallowed_methods)] // disk is this room's to touch

mod accounts;
mod aligned;
mod articles;
mod changes;
mod columns;
mod coordinate;
mod dns_archive;
mod dossier;
mod error;
mod excerpts;
mod handing;
mod imitations;
mod judge;
mod judgement_file;
mod ledger;
mod lineage;
mod mailroom;
mod mails;
mod owned;
mod pages;
mod reading;
mod segment;
mod settings;
mod show;
mod spilled;
mod spread;
mod stats;
mod store;
mod suggest;
mod table;
mod verify;
mod walk;
mod weighing;
mod words;

pub use changes::{Change, Changes};
pub use coordinate::{Coordinated, coordinate, write_edges_parquet};
pub use error::Error;
pub use handing::{Handing, Packed, Received, Trusts, receive};
pub use judgement_file::parse as parse_judgement;
pub use ledger::{Act, Ledger, Line};
pub use mails::{Each, Judged, mails};
pub use owned::{Owned, OwnedBy, OwnedCluster, OwnedEdge, OwnedSite, owned};
pub use settings::{load as load_settings, parse as parse_settings, print as print_settings};
pub use show::{Shown, Thing};
pub use spilled::{Met, Spilled, Touched, read_touches, write_touches};
pub use store::{Store, write_whole};
pub use suggest::{Incident, Measured, Suggestion, measure, suggest};
pub use verify::{Check, Verified};

use evidence::Isolate;
use excerpts::Held;
use findings::{GroupedMail, MailGroup};
use model::{Board, Dossier, KindInfo, Quote, Settings, Verdict, When};
use spread::spread;
use stats::{Stat, Stats};
use std::fs::{File, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Version of the tool; part of the key of all derived work.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Told how far the work is. Called from several threads.
pub trait Progress: Sync {
    /// A stage begins; `bytes` is how much there is to do, 0 where that is not known.
    fn stage(&self, name: &str, bytes: u64);
    /// This much more was done.
    fn step(&self, bytes: u64);
}

/// A [`Progress`] that nobody looks at.
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _name: &str, _bytes: u64) {}
    fn step(&self, _bytes: u64) {}
}

/// How one run goes about it; nothing here changes results.
pub struct Run<'a> {
    /// The time now, for the ledger.
    pub now: When,
    /// Threads to read evidence with.
    pub threads: usize,
    /// Runs risky formats in a process of their own.
    pub isolate: Option<&'a dyn Isolate>,
    /// Told how far the work is.
    pub progress: &'a dyn Progress,
    /// Most traces held in memory at once.
    pub in_memory: usize,
}

impl Run<'_> {
    /// One thread, no other process, nobody looking.
    #[must_use]
    pub fn quiet(now: When) -> Run<'static> {
        Run { now, threads: 1, isolate: None, progress: &Silent, in_memory: table::IN_MEMORY }
    }
}

/// What to seal.
#[derive(Default)]
pub struct Inputs<'a> {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Standard input, sealed under the name `-`.
    pub stdin: Option<&'a mut dyn Read>,
}

/// A case, open and locked.
pub struct Case {
    store: Store,
    ledger: Ledger,
    settings: Settings,
    kinds: Vec<KindInfo>,
    changes: Option<Changes>,
    /// A leak seal to hold the evidence against in the next investigation.
    held: Option<Held>,
    _lock: File,
}

impl Case {
    /// Opens a case, making it first if the folder is absent or empty.
    ///
    /// # Errors
    /// [`Error`]: the folder holds something else, is in use, or its settings or ledger are broken.
    pub fn make(dir: &Path, settings: &Settings, now: When) -> Result<Self, Error> {
        let empty = !dir.exists() || dir.read_dir().map_err(Error::io("read", dir))?.next().is_none();
        if empty {
            let evidence = dir.join("evidence");
            std::fs::create_dir_all(&evidence).map_err(Error::io("make", &evidence))?;
            let store = Store { dir: dir.to_path_buf() };
            settings::save(&store.settings(), settings)?;
            Ledger::open(&store.ledger())?.append(now, vec![Act::Made { version: VERSION.to_owned() }])?;
        }
        Self::open(dir)
    }

    /// Opens a case that is there.
    ///
    /// # Errors
    /// As [`Case::make`], and [`Error::NotACase`].
    pub fn open(dir: &Path) -> Result<Self, Error> {
        Self::locked(dir, false)
    }

    /// Opens a case only to look at it: several may look at once, while nobody works on it.
    ///
    /// # Errors
    /// As [`Case::open`].
    pub fn look(dir: &Path) -> Result<Self, Error> {
        Self::locked(dir, true)
    }

    fn locked(dir: &Path, shared: bool) -> Result<Self, Error> {
        let store = Store { dir: dir.to_path_buf() };
        if !store.ledger().exists() {
            return Err(Error::NotACase(dir.to_path_buf()));
        }
        let lock = lock(&store, shared)?;
        if !shared {
            // Nobody else is here: what lies in it was left by a run that was killed.
            let _ = std::fs::remove_dir_all(store.derived().join("scratch"));
        }
        let kinds = traces::infos();
        let ids: Vec<&str> = kinds.iter().map(|k| k.card.id).collect();
        let settings = settings::load(&store.settings(), &ids)?;
        let ledger = Ledger::open(&store.ledger())?;
        let kinds = windows(kinds, &settings);
        Ok(Self { store, ledger, settings, kinds, changes: None, held: None, _lock: lock })
    }

    /// The whole flow: seal, read and trace, link, judge, report. What was done before is not done again.
    ///
    /// # Errors
    /// [`Error`]; never because of what evidence says.
    pub fn investigate(&mut self, inputs: Inputs<'_>, run: &Run<'_>) -> Result<Dossier, Error> {
        self.seal(inputs, run)?;
        self.check_held(run)?;
        let segments = self.read(run)?;
        let key = self.dossier_key(&segments);
        pages::merge(&segments.folders(), &self.store.derived())?;
        if let Some(made) = self.made_before(&key) {
            return self.finish(made, &key, run);
        }
        run.progress.stage("linking", 0);
        let scratch = self.scratch();
        let mut table = table::merge(&segments.folders(), &self.kinds, &scratch, run.in_memory)?;
        let imitations = self.imitations(&segments, &mut table)?;
        let articles = self.articles(&segments, &table)?;
        let shares = links::Alike::of(&self.kinds, &mut table.objects, &table.shares);
        let linked = self.link(&table, &shares);
        let owners = self.owners(&table, &shares);
        let mailroom = self.mailroom(&segments, &mut table.actors, run)?;
        run.progress.stage("judging", 0);
        let board = Board {
            settings: &self.settings,
            kinds: &self.kinds,
            actors: &table.actors,
            objects: &table.objects,
            evidence: &table.evidence,
            linked: &linked,
            owners: &owners,
            imitations: &imitations,
            articles: &articles,
            mailroom: &mailroom,
            activity: &table.activity,
            shares: &shares,
        };
        let found = findings::judge(&board);
        let quiet = articles::remark(&board);
        table.shares.whole()?;
        accounts::write(self, &table, &linked)?;
        run.progress.stage("reporting", 0);
        let mut dossier = dossier::assemble(self, &segments, &table, &linked, found);
        dossier.method.remarks.extend(quiet);
        if mailroom.left > 0 {
            let text = format!("{} further sheets of mails were too many to be kept for findings.", mailroom.left);
            dossier.method.remarks.push(text);
        }
        words::fill(&segments, &mut dossier)?;
        aligned::fill(&mut dossier);
        if let Ok(before) = self.dossier() {
            let changes = Changes::between(&before, &dossier);
            changes.save(&self.store.changes())?;
            self.changes = Some(changes);
        }
        self.finish(dossier, &key, run)
    }

    /// What the last investigation changed against the one before; `None` where there was none before or nothing was
    /// done again.
    #[must_use]
    pub fn changes(&self) -> Option<&Changes> {
        self.changes.as_ref()
    }

    /// A folder for a table too large for memory, apart from that of anyone else who looks at the case.
    fn scratch(&self) -> PathBuf {
        self.store.derived().join("scratch").join(std::process::id().to_string())
    }

    /// All mails of one making, with the names of the evidence they stand in, the largest group first. Trace kinds
    /// whose id stands in `without` are not looked at.
    ///
    /// # Errors
    /// [`Error`]; never because of what evidence says.
    pub fn mail_groups(&self, without: &[String], run: &Run<'_>) -> Result<Vec<(MailGroup, Vec<Quote>)>, Error> {
        let segments = self.read(run)?;
        let scratch = self.scratch();
        let table = table::merge(&segments.folders(), &self.kinds, &scratch, run.in_memory)?;
        let groups = findings::mail_groups(
            &Board {
                settings: &self.settings,
                kinds: &self.kinds,
                actors: &table.actors,
                objects: &table.objects,
                evidence: &table.evidence,
                linked: &model::Linked::default(),
                owners: &model::Owners::default(),
                imitations: &model::Imitations::default(),
                articles: &model::Articles::default(),
                mailroom: &model::Mailroom::default(),
                activity: &table.activity,
                shares: &table.shares,
            },
            without,
        );
        table.shares.whole()?;
        let names = dossier::names(self, &segments);
        let named = |group: MailGroup| {
            let name = |m: &GroupedMail| names.get(&m.place.evidence.to_string()).cloned().unwrap_or_default();
            let names = group.mails.iter().map(name).collect();
            (group, names)
        };
        Ok(groups.into_iter().map(named).collect())
    }

    fn link(&self, table: &table::Table, shares: &dyn model::Shares) -> model::Linked {
        let input = links::Input {
            kinds: &self.kinds,
            actors: &table.actors,
            objects: &table.objects,
            evidence: &table.evidence,
            shares,
            settings: &self.settings.links,
        };
        links::WAYS.first().map(|way| (way.link)(&input)).unwrap_or_default()
    }

    fn owners(&self, table: &table::Table, shares: &dyn model::Shares) -> model::Owners {
        (links::SHARED_OWNER.tie)(&links::Input {
            kinds: &self.kinds,
            actors: &table.actors,
            objects: &table.objects,
            evidence: &table.evidence,
            shares,
            settings: &self.settings.links,
        })
    }

    /// Seals inputs. Returns when every one is sealed or its failure written down.
    fn seal(&mut self, inputs: Inputs<'_>, run: &Run<'_>) -> Result<(), Error> {
        let files = walk::walk(&inputs.paths, &self.store.dir)?;
        if files.is_empty() && inputs.stdin.is_none() {
            return Ok(());
        }
        run.progress.stage("sealing", files.iter().map(|f| f.bytes).sum());
        let mut stats = Stats::open(self.store.derived().join("stats.json"));
        let mut batch = Sealing::new(self, run.now);
        for file in files {
            let why = match file.not {
                Some(why) => Some(why),
                None => match File::open(&file.path) {
                    Ok(mut from) => batch.seal_file(&file.name, &mut from, &mut stats, run.progress)?,
                    Err(e) => Some(e.to_string()),
                },
            };
            if let Some(why) = why {
                batch.unreadable(file.name, why);
            }
        }
        if let Some(stdin) = inputs.stdin {
            let name = Quote::from("-");
            if let Err(why) = batch.seal(&name, stdin, run.progress)? {
                batch.unreadable(name, why);
            }
        }
        batch.write()?;
        stats.save()
    }

    fn made_before(&self, key: &str) -> Option<Dossier> {
        let kept = std::fs::read_to_string(self.store.derived().join("dossier.key")).ok()?;
        (kept == key).then(|| self.dossier().ok())?
    }

    /// Writes down the dossier, its key and the page; says so in the ledger.
    fn finish(&mut self, mut dossier: Dossier, key: &str, run: &Run<'_>) -> Result<Dossier, Error> {
        self.tell_held(&mut dossier, true)?;
        // Acts have times and an order of adding; what is kept depends on neither.
        dossier.acts = Vec::new();
        let bytes = serde_json::to_vec(&dossier).unwrap_or_default();
        let digest = sha256_hex(&bytes);
        write_whole(&self.store.dossier(), &mut |out| out.write_all(&bytes))?;
        write_whole(&self.store.derived().join("dossier.key"), &mut |out| out.write_all(key.as_bytes()))?;
        if let Some(html) = report::by_id("html") {
            write_whole(&self.store.report(), &mut |out| (html.write)(&dossier, out))?;
        }
        let act = Act::Derived {
            version: VERSION.to_owned(),
            settings: sha256_hex(print_settings(&self.settings).as_bytes()),
            evidence: dossier.method.evidence_digest.clone(),
            dossier: digest,
        };
        let known = self.ledger.lines().iter().rev().find(|l| matches!(l.act, Act::Derived { .. }));
        if known.is_none_or(|l| l.act != act) {
            self.ledger.append(run.now, vec![act])?;
        }
        dossier.acts = self.ledger.acts();
        Ok(dossier)
    }

    /// What the last investigation found, with the rulings in force now.
    ///
    /// # Errors
    /// [`Error::NoDossier`], [`Error::Derived`].
    pub fn dossier(&self) -> Result<Dossier, Error> {
        let path = self.store.dossier();
        let bytes = std::fs::read(&path).map_err(|_| Error::NoDossier(self.store.dir.clone()))?;
        let mut dossier: Dossier =
            serde_json::from_slice(&bytes).map_err(|e| Error::Derived { path, why: e.to_string() })?;
        self.tell_held(&mut dossier, false)?;
        dossier.acts = self.ledger.acts();
        Ok(dossier)
    }

    /// Writes down a person's decision and makes the page again. The finding may be given by the beginning of its id.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Ambiguous`].
    pub fn rule(
        &mut self,
        finding: &str,
        verdict: Verdict,
        why: &str,
        by: &str,
        run: &Run<'_>,
    ) -> Result<String, Error> {
        let dossier = self.dossier()?;
        let ids: Vec<&str> = dossier.findings.iter().map(|f| f.id.as_str()).collect();
        let finding = show::one(finding, "f:", &ids)?;
        let act = Act::Ruled { finding: finding.clone(), verdict, why: Quote::from(why), by: Quote::from(by) };
        self.ledger.append(run.now, vec![act])?;
        self.refresh(dossier, run)?;
        Ok(finding)
    }

    /// Takes the last act back: a ruling, or the last evidence added (its bytes stay sealed, unused). Returns it.
    ///
    /// # Errors
    /// [`Error::NothingToUndo`].
    pub fn undo(&mut self, run: &Run<'_>) -> Result<Line, Error> {
        let line = self.ledger.last_act().cloned().ok_or(Error::NothingToUndo)?;
        self.ledger.append(run.now, vec![Act::Undone { undone: line.line }])?;
        match line.act {
            Act::Adding { .. } | Act::Checked { .. } => self.investigate(Inputs::default(), run).map(|_| ())?,
            _ => {
                let dossier = self.dossier()?;
                self.refresh(dossier, run)?;
            }
        }
        Ok(line)
    }

    /// Fills in what people hold: rulings, judgements and what follows from them. Texts are compared when a dossier is
    /// `made`; one that is read back has that already.
    fn tell_held(&self, dossier: &mut Dossier, made: bool) -> Result<(), Error> {
        dossier.rulings = self.ledger.rulings();
        let before = std::mem::replace(&mut dossier.judgement, self.ledger.judgement());
        let again = made || !lineage::same(&dossier.judgement, &before);
        let pages = if again { pages::read(&self.store.derived())? } else { None };
        lineage::tell(&mut dossier.judgement, before, pages.as_ref());
        dossier.judgement.weighed = weighing::weigh(&dossier.judgement);
        Ok(())
    }

    pub(crate) fn append(&mut self, now: When, act: Act) -> Result<(), Error> {
        self.ledger.append(now, vec![act]).map(|_| ())
    }

    pub(crate) fn refresh(&mut self, dossier: Dossier, run: &Run<'_>) -> Result<(), Error> {
        let key = std::fs::read_to_string(self.store.derived().join("dossier.key")).unwrap_or_default();
        self.finish(dossier, &key, run).map(|_| ())
    }

    /// Protects the outlets of this list from now on; its lines become part of the settings.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn protect(&mut self, outlets: Vec<String>) -> Result<(), Error> {
        if self.settings.protect.outlets == outlets {
            return Ok(());
        }
        self.settings.protect.outlets = outlets;
        settings::save(&self.store.settings(), &self.settings)
    }

    /// Grades published lists, by the ids of their files; part of the settings from now on.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn grade_lists(&mut self, files: &[PathBuf], grade: &str) -> Result<(), Error> {
        for file in files {
            let bytes = std::fs::read(file).map_err(Error::io("read", file))?;
            let id = reading::root_id(&sha256_hex(&bytes));
            self.settings.lists.grades.extend(id.map(|id| (id.to_string(), grade.to_owned())));
        }
        settings::save(&self.store.settings(), &self.settings)
    }

    /// Where things lie.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The settings in force.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The ledger.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

/// Seals being made: written to the ledger now and then, so that a kill loses at most the last few copies.
struct Sealing<'c> {
    case: &'c mut Case,
    now: When,
    adding: Option<u64>,
    acts: Vec<Act>,
    known: std::collections::HashSet<(String, Quote)>,
    pending: u64,
}

impl<'c> Sealing<'c> {
    fn new(case: &'c mut Case, now: When) -> Self {
        let known = case.ledger.seals().into_iter().map(|(sha, _, name)| (sha.to_owned(), name.clone())).collect();
        Self { case, now, adding: None, acts: Vec::new(), known, pending: 0 }
    }

    fn adding(&mut self) -> Result<u64, Error> {
        if let Some(line) = self.adding {
            return Ok(line);
        }
        let line = self.case.ledger.append(self.now, vec![Act::Adding { version: VERSION.to_owned() }])?;
        self.adding = Some(line);
        Ok(line)
    }

    /// Seals a file, unless its stat says that this was done. Says why it could not be.
    fn seal_file(
        &mut self,
        name: &Quote,
        from: &mut File,
        stats: &mut Stats,
        progress: &dyn Progress,
    ) -> Result<Option<String>, Error> {
        let stat = |file: &File| file.metadata().ok().map(|meta| Stat::of(&meta));
        let before = stat(from);
        if let Some(before) = &before
            && let Some(sha256) = stats.sealed(before)
            && std::fs::metadata(self.case.store.sealed(sha256)).is_ok_and(|m| m.len() == before.bytes)
        {
            progress.step(before.bytes);
            return self.sealed(sha256.to_owned(), before.bytes, name).map(|()| None);
        }
        match self.seal(name, from, progress)? {
            Err(why) => Ok(Some(why)),
            Ok(sha256) => {
                if let Some(after) = stat(from).filter(|after| Some(*after) == before) {
                    stats.keep(after, &sha256, self.now);
                }
                Ok(None)
            }
        }
    }

    /// Seals bytes and gives their SHA-256, or why they could not be read.
    fn seal(
        &mut self,
        name: &Quote,
        from: &mut dyn Read,
        progress: &dyn Progress,
    ) -> Result<Result<String, String>, Error> {
        let seal = match self.case.store.seal(from, &mut |n| progress.step(n))? {
            Ok(seal) => seal,
            Err(e) => return Ok(Err(e.to_string())),
        };
        let sha256 = hex(&seal.sha256);
        self.sealed(sha256.clone(), seal.bytes, name)?;
        Ok(Ok(sha256))
    }

    /// Has it written in the ledger, where that does not say it yet.
    fn sealed(&mut self, sha256: String, bytes: u64, name: &Quote) -> Result<(), Error> {
        if self.known.insert((sha256.clone(), name.clone())) {
            let adding = self.adding()?;
            self.acts.push(Act::Sealed { adding, sha256, bytes, name: name.clone() });
            self.pending += bytes;
            if self.pending > 256 << 20 || self.acts.len() >= 1000 {
                self.write()?;
            }
        }
        Ok(())
    }

    fn unreadable(&mut self, name: Quote, why: String) {
        let told = self.case.ledger.unreadable().into_iter().any(|(n, w)| *n == name && w == why);
        if !told && let Ok(adding) = self.adding() {
            self.acts.push(Act::Unreadable { adding, name, why });
        }
    }

    fn write(&mut self) -> Result<(), Error> {
        self.pending = 0;
        let acts = std::mem::take(&mut self.acts);
        if acts.is_empty() { Ok(()) } else { self.case.ledger.append(self.now, acts).map(|_| ()) }
    }
}

/// The lock of those who work on a case (one at a time), or of those who look at it (`shared`).
fn lock(store: &Store, shared: bool) -> Result<File, Error> {
    let path = store.dir.join("lock");
    // Who only looks may stand before a disk that cannot be written.
    let there = if shared { File::open(&path) } else { File::create(&path) };
    let file = there.map_err(Error::io("open", &path))?;
    match if shared { file.try_lock_shared() } else { file.try_lock() } {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Busy(store.dir.clone())),
        Err(TryLockError::Error(e)) => Err(Error::io("lock", &path)(e)),
    }
}

/// Kinds with the windows the settings give them.
fn windows(mut kinds: Vec<KindInfo>, settings: &Settings) -> Vec<KindInfo> {
    for kind in &mut kinds {
        if let Some(window) = settings.links.windows.get(kind.card.id) {
            kind.window = window.micros;
        }
    }
    kinds
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// SHA-256 in lower-case hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::Digest;
    hex(&sha2::Sha256::digest(bytes))
}

/// Midnight (UTC) of a day written `YYYY-MM-DD`.
pub(crate) fn day(text: &str) -> Option<When> {
    let mut parts = text.split('-');
    let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
    let shape = y.len() == 4 && m.len() == 2 && d.len() == 2 && parts.next().is_none();
    shape.then(|| When::from_civil(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?, 0, 0, 0))?
}
