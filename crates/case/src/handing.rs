//! Handing a case on: what goes into a handover, and in which order.
//!
//! The whole case goes as a folder that opens as a case again; a part of it, or one with names replaced, goes as its
//! report, its exports and proofs. That it went, to whom and with what, is an act of the ledger, written before the
//! ledger is packed; handing the same thing on again gives the same bytes.

mod check;
mod cut;
mod lines;
mod masked;
mod pieces;
mod readme;

pub use check::{Received, Trusts, receive};

use crate::reading::Input;
use crate::{Act, Case, Error, Run, VERSION, sha256_hex};
use ::handover::{Acts, Key, Manifest, Packer, Redactor, SHAPE, Sorts, Whole, merkle};
use masked::Names;
use model::{Dossier, EvidenceId, Quote, Tlp};
use pieces::Pieces;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

/// What is asked for.
#[derive(Default)]
pub struct Handing {
    /// For whom; empty for nobody in particular.
    pub to: String,
    /// Marking, over the case's own.
    pub tlp: Option<Tlp>,
    /// Findings, by id or its beginning; empty for all.
    pub only: Vec<String>,
    /// What is replaced by pseudonyms.
    pub redact: Sorts,
    /// Names and domains that stay all the same.
    pub keep: Vec<String>,
    /// Secret of the pseudonyms: the same for every handover of a case.
    pub secret: [u8; 32],
    /// No evidence goes along.
    pub hashes_only: bool,
    /// Pieces of evidence that go along by themselves, with proof that they are of the set.
    pub show: Vec<String>,
    /// Signs.
    pub key: Option<Key>,
}

/// What was packed.
pub struct Packed {
    /// The list.
    pub manifest: Manifest,
    /// Files of evidence that went along, and their bytes.
    pub evidence: (u64, u64),
    /// Pseudonyms, and what they stand for: for the sender alone.
    pub names: BTreeMap<String, String>,
}

/// Exports that go along: id, file.
const EXPORTS: &[(&str, &str)] = &[
    ("md", "exports/report.md"),
    ("json", "exports/case.json"),
    ("stix", "exports/stix.json"),
    ("stix-fimi", "exports/stix-fimi.json"),
    ("misp", "exports/misp.json"),
    ("case-uco", "exports/case-uco.jsonld"),
    ("disarm-layer", "exports/disarm-layer.json"),
    ("attack-layer", "exports/attack-layer.json"),
    ("csv-indicators", "exports/indicators.csv"),
];

impl Handing {
    fn redacts(&self) -> bool {
        self.redact.mailboxes || self.redact.accounts
    }

    fn whole(&self) -> bool {
        self.only.is_empty() && !self.redacts()
    }

    fn redacted(&self) -> Vec<String> {
        let sorts = [(self.redact.mailboxes, "mailboxes"), (self.redact.accounts, "accounts")];
        sorts.iter().filter(|s| s.0).map(|s| s.1.to_owned()).collect()
    }
}

/// Everything that goes in, before it is packed.
struct Load<'c> {
    case: &'c Case,
    asked: &'c Handing,
    dossier: Dossier,
    pieces: Pieces,
    show: Vec<EvidenceId>,
    evidence: Vec<Input>,
    redactor: Option<(Redactor, Names)>,
}

impl Case {
    /// Packs the case, or the part that is asked for.
    ///
    /// # Errors
    /// [`Error::Handover`] where what is asked cannot be; [`Error::Unknown`]; [`Error::Io`].
    pub fn package(&mut self, mut asked: Handing, out: &Path, run: &Run<'_>) -> Result<Packed, Error> {
        let dossier = self.fresh(run)?;
        let ids: Vec<&str> = dossier.findings.iter().map(|f| f.id.as_str()).collect();
        asked.only = asked.only.iter().map(|f| crate::show::one(f, "f:", &ids)).collect::<Result<_, _>>()?;
        asked.only.sort();
        asked.only.dedup();
        let show = shown(&asked, &dossier)?;
        let pieces = Pieces::of(self, &show, run)?;
        if let Some(missing) = show.iter().find(|id| !pieces.shown.contains_key(id)) {
            return Err(Error::Unknown(missing.to_string()));
        }
        self.tell_handed(&asked, &show, &pieces, run)?;
        let mut dossier = dossier;
        dossier.acts = self.ledger().acts();
        let evidence = self.going(&asked, &dossier);
        let redactor = asked.redacts().then(|| Names::of(self, run)).transpose()?.map(|names| {
            let (accounts, boxes) = (names.accounts.iter().cloned(), names.mailboxes.iter().cloned());
            (Redactor::new(asked.secret, asked.redact, accounts, boxes, asked.keep.iter().cloned()), names)
        });
        run.progress.stage("packing", evidence.iter().map(|i| i.bytes).sum());
        Load { case: self, asked: &asked, dossier, pieces, show, evidence, redactor }.pack(out, run)
    }

    /// The dossier, where it is that of the evidence and settings in force.
    fn fresh(&self, run: &Run<'_>) -> Result<Dossier, Error> {
        let dossier = self.dossier()?;
        let key = self.dossier_key(&self.read(run)?);
        let kept = std::fs::read_to_string(self.store().derived().join("dossier.key")).unwrap_or_default();
        if kept == key {
            return Ok(dossier);
        }
        Err(Error::Handover("evidence or settings changed since the last investigation: run it again first".to_owned()))
    }

    /// Writes down that it went, unless the last thing written down is just that.
    fn tell_handed(
        &mut self,
        asked: &Handing,
        show: &[EvidenceId],
        pieces: &Pieces,
        run: &Run<'_>,
    ) -> Result<(), Error> {
        let tlp = asked.tlp.unwrap_or(self.settings().case.tlp);
        let bare = asked.hashes_only.then(|| "hashes-only".to_owned());
        let act = Act::Handed {
            to: Quote::from(asked.to.as_str()),
            tlp: tlp.word().to_owned(),
            only: asked.only.clone(),
            without: asked.redacted().into_iter().chain(bare).collect(),
            shown: show.iter().map(ToString::to_string).collect(),
            root: crate::hex(&merkle::root(&pieces.leaves())),
        };
        if self.ledger().lines().last().is_none_or(|l| l.act != act) {
            self.ledger.append(run.now, vec![act])?;
        }
        Ok(())
    }

    /// Sealed files that go along whole.
    fn going(&self, asked: &Handing, dossier: &Dossier) -> Vec<Input> {
        let mut inputs = self.inputs();
        if asked.hashes_only || asked.redacts() {
            inputs.clear();
        } else if !asked.only.is_empty() {
            let mut part = dossier.clone();
            part.findings.retain(|f| asked.only.contains(&f.id));
            let cited = cut::cited(&part);
            inputs.retain(|i| cited.contains(&i.id.to_string()));
        }
        inputs
    }
}

/// Pieces of evidence asked for, by id or its beginning.
fn shown(asked: &Handing, dossier: &Dossier) -> Result<Vec<EvidenceId>, Error> {
    let ids: Vec<&str> = dossier.evidence.iter().map(|e| e.id.as_str()).collect();
    let one = |id: &String| match id.parse::<EvidenceId>() {
        Ok(whole) => Ok(whole),
        Err(()) => crate::show::one(id, "e:", &ids)?.parse().map_err(|()| Error::Unknown(id.clone())),
    };
    let mut out: Vec<EvidenceId> = asked.show.iter().map(one).collect::<Result<_, _>>()?;
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

type Zip = Packer<BufWriter<File>>;

impl Load<'_> {
    fn pack(mut self, out: &Path, run: &Run<'_>) -> Result<Packed, Error> {
        self.dossier.method.settings.case.tlp = self.tlp();
        cut_and_mask(&mut self)?;
        let mut name = out.as_os_str().to_os_string();
        name.push(".part");
        let part = std::path::PathBuf::from(name);
        let failed = |e: io::Error| Error::Io { verb: "write", path: part.clone(), source: e };
        let mut zip = Packer::new(BufWriter::new(File::create(&part).map_err(failed)?));
        let manifest = self.fill(&mut zip, run).map_err(failed)?;
        let sign = |bytes: &[u8]| self.asked.key.as_ref().map(|k| k.sign(bytes)).transpose();
        let manifest = zip.finish(manifest, &sign).map_err(failed)?;
        std::fs::rename(&part, out).map_err(Error::io("write", out))?;
        let evidence = (self.evidence.len() as u64, self.evidence.iter().map(|i| i.bytes).sum());
        let names = self.redactor.map(|(r, _)| r.told()).unwrap_or_default();
        Ok(Packed { manifest, evidence, names })
    }

    fn tlp(&self) -> Tlp {
        self.asked.tlp.unwrap_or(self.case.settings().case.tlp)
    }

    fn fill(&self, zip: &mut Zip, run: &Run<'_>) -> io::Result<Manifest> {
        let store = self.case.store();
        let (ledger, withheld) = self.ledger();
        let leaves = self.pieces.leaves();
        zip.file("README.txt", &mut readme::text(self.asked, self.tlp(), &self.evidence).as_bytes())?;
        if self.asked.whole() {
            zip.file("case.toml", &mut File::open(store.settings())?)?;
            zip.file("derived/dossier.json", &mut File::open(store.dossier())?)?;
            zip.file("evidence.jsonl", &mut self.list().as_bytes())?;
        }
        for input in &self.evidence {
            let path = format!("evidence/{}/{}", &input.sha256[..2], input.sha256);
            zip.file(&path, &mut File::open(store.sealed(&input.sha256))?)?;
            run.progress.step(input.bytes);
        }
        self.exports(zip)?;
        zip.file("ledger.jsonl", &mut ledger.as_bytes())?;
        for id in &self.show {
            let name = id.to_string().replace(':', "-");
            let file = format!("shown/{name}");
            zip.file(&file, &mut &self.pieces.shown[id][..])?;
            let proof = self.pieces.proof(*id, &file, &leaves);
            let proof = proof.and_then(|p| serde_json::to_string_pretty(&p).ok()).unwrap_or_default();
            zip.file(&format!("shown/{name}.proof.json"), &mut proof.as_bytes())?;
        }
        let lines = self.case.ledger().lines();
        Ok(Manifest {
            unspool_handover: SHAPE,
            version: VERSION.to_owned(),
            to: self.asked.to.clone(),
            tlp: self.tlp().word().to_owned(),
            as_of: lines.last().map_or(String::new(), |l| l.when.iso()),
            only: self.asked.only.iter().map(|id| self.renamed(id)).collect(),
            redacted: self.asked.redacted(),
            evidence: Whole {
                pieces: leaves.len() as u64,
                root: crate::hex(&merkle::root(&leaves)),
                listed: self.asked.whole(),
            },
            ledger: Acts { lines: lines.len() as u64, tip: self.case.ledger().tip().to_owned(), withheld },
            dossier: std::fs::read(store.dossier()).map(|b| sha256_hex(&b))?,
            files: Vec::new(),
            files_root: String::new(),
        })
    }

    fn renamed(&self, id: &str) -> String {
        self.redactor.as_ref().map_or_else(|| id.to_owned(), |(r, _)| r.ids(id))
    }

    fn list(&self) -> String {
        let line = |p| serde_json::to_string(p).unwrap_or_default() + "\n";
        self.pieces.list.iter().map(line).collect()
    }

    /// The report and its other forms. Of a whole case the page is the case's own, byte for byte.
    fn exports(&self, zip: &mut Zip) -> io::Result<()> {
        for (id, file) in EXPORTS {
            let Some(export) = report::by_id(id) else { continue };
            let mut text = Vec::new();
            (export.write)(&self.dossier, &mut text)?;
            zip.file(file, &mut &text[..])?;
            if report::EXCHANGE.contains(id) {
                let mut losses = Vec::new();
                report::write_losses(&self.dossier, export, &mut losses)?;
                zip.file(&format!("{file}.losses.md"), &mut &losses[..])?;
            }
        }
        if self.asked.whole() {
            return zip.file("report.html", &mut File::open(self.case.store().report())?);
        }
        let mut page = Vec::new();
        report::by_id("html").map_or(Ok(()), |html| (html.write)(&self.dossier, &mut page))?;
        zip.file("report.html", &mut &page[..])
    }

    /// The ledger, and how many lines of it are withheld.
    fn ledger(&self) -> (String, u64) {
        let going: BTreeSet<&str> = self.evidence.iter().map(|i| i.sha256.as_str()).collect();
        let mut withheld = 0;
        let mut text = String::new();
        for line in self.case.ledger().lines() {
            let words = lines::shown(line);
            let goes = self.asked.only.is_empty() || of_these(&line.act, &self.asked.only, &going);
            let clean =
                self.redactor.as_ref().is_none_or(|(r, _)| !names_someone(&line.act) && r.text(&words) == words);
            if goes && clean {
                text.push_str(&words);
            } else {
                withheld += 1;
                text.push_str(&lines::withheld(line));
            }
            text.push('\n');
        }
        (text, withheld)
    }
}

/// True for acts that carry names of files or words of people, which only a person can clear.
fn names_someone(act: &Act) -> bool {
    matches!(
        act,
        Act::Sealed { .. } | Act::Unreadable { .. } | Act::Judged { .. } | Act::Ruled { .. } | Act::Checked { .. }
    )
}

/// True for an act that is about these findings or seals, or about the case as a whole.
fn of_these(act: &Act, only: &[String], going: &BTreeSet<&str>) -> bool {
    match act {
        Act::Made { .. } | Act::Adding { .. } | Act::Derived { .. } | Act::Undone { .. } => true,
        Act::Sealed { sha256, .. } => going.contains(sha256.as_str()),
        Act::Ruled { finding, .. } => only.contains(finding),
        Act::Handed { only: then, .. } => then == only,
        Act::Unreadable { .. } | Act::Judged { .. } | Act::Checked { .. } => false,
    }
}

fn cut_and_mask(load: &mut Load<'_>) -> Result<(), Error> {
    if !load.asked.only.is_empty() {
        cut::cut(&mut load.dossier, &load.asked.only);
    }
    let Some((redactor, names)) = &load.redactor else { return Ok(()) };
    masked::mask(&mut load.dossier, redactor)?;
    let text = serde_json::to_string(&load.dossier).unwrap_or_default();
    match masked::left(&text, names, load.asked.redact, &load.asked.keep) {
        None => Ok(()),
        Some(name) => Err(Error::Handover(format!(
            "a name would have got through, so nothing was packed (please report it): {}",
            Quote::from(name).terminal()
        ))),
    }
}
