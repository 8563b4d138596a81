//! Checking a handover: what is proven, what is not, and what is wrong, in plain words.

use super::lines::{self, Told};
use crate::verify::{Check, Verified};
use crate::{Act, Case, Error, Run, VERSION};
use ::handover::stamp::{self, Authorities};
use ::handover::{Manifest, Opened, Piece, Proof, Signed, check, merkle, trusted};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

type Zip = Opened<BufReader<File>>;

/// What a handover comes to.
pub struct Received {
    /// Its list.
    pub manifest: Manifest,
    /// Everything checked.
    pub checks: Verified,
    /// What is proven, a sentence each.
    pub proven: Vec<String>,
    /// What is not.
    pub unproven: Vec<String>,
}

/// Whom a receiver trusts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trusts<'a> {
    /// A file of public keys of senders.
    pub signers: Option<&'a Path>,
    /// A file of certificates (PEM) of time-stamping authorities.
    pub authorities: Option<&'a Path>,
}

/// Checks a handover. A signature of the whole file beside it (`FILE.sig`) counts as the one inside.
///
/// # Errors
/// [`Error::Handover`] where it is none; [`Error::Io`].
pub fn receive(path: &Path, trusts: Trusts<'_>, run: &Run<'_>) -> Result<Received, Error> {
    let open = || File::open(path).map(BufReader::new).map_err(Error::io("read", path));
    let mut zip = Opened::new(open()?).map_err(Error::Handover)?;
    let keys = trusts.signers.map(|p| std::fs::read_to_string(p).map_err(Error::io("read", p))).transpose()?;
    let keys = trusted(&keys.unwrap_or_default()).map_err(Error::Handover)?;
    let authorities = trusts.authorities.map(|p| std::fs::read(p).map_err(Error::io("read", p))).transpose()?;
    let authorities = authorities.map(|pem| Authorities::read(&pem)).transpose().map_err(Error::Handover)?;
    let mut out = Received {
        manifest: zip.manifest.clone(),
        checks: Verified::default(),
        proven: Vec::new(),
        unproven: Vec::new(),
    };
    run.progress.stage("checking", 0);
    let files = zip.manifest.files.len();
    let troubles = zip.troubles(&mut open()?);
    for t in &troubles {
        let what = if t.file.is_empty() { "the container" } else { &t.file };
        out.wrong(what, t.what.clone());
    }
    if troubles.is_empty() {
        out.holds(format!("{files} files, each with the bytes that the manifest lists, and nothing beside them"));
    }
    out.signature(&zip, path, &keys);
    out.stamp(&zip, authorities.as_ref());
    let told = out.ledger(&mut zip);
    out.evidence(&mut zip, &told);
    out.proofs(&mut zip);
    out.again(&mut zip, troubles.is_empty(), run)?;
    out.plain(&told);
    Ok(out)
}

impl Received {
    fn holds(&mut self, what: impl Into<model::Quote>) {
        self.checks.checks.push(Check { what: what.into(), wrong: None });
    }

    fn wrong(&mut self, what: &str, why: impl Into<String>) {
        self.checks.checks.push(Check { what: what.into(), wrong: Some(why.into()) });
    }

    fn signature(&mut self, zip: &Zip, path: &Path, keys: &[::handover::PublicKey]) {
        let mut beside = path.as_os_str().to_os_string();
        beside.push(".sig");
        let inside = zip.signature.as_ref().map(|s| check(&zip.manifest_bytes, s, keys));
        let outside = std::fs::read_to_string(&beside).ok().zip(std::fs::read(path).ok());
        let outside = outside.map(|(s, bytes)| check(&bytes, &s, keys));
        let signed: Vec<Signed> = inside.into_iter().chain(outside).collect();
        if signed.is_empty() {
            if !keys.is_empty() {
                self.wrong("the signature", "there is none, and you named the keys that you trust");
            }
            self.unproven.push(
                "Who made it: it is not signed. Anyone could have made it, or changed it and listed it anew."
                    .to_owned(),
            );
        }
        for s in signed {
            match s {
                Signed::Trusted(key) => {
                    self.holds(format!("the signature, by {key}, a key that you named"));
                    self.proven.push(format!("The holder of {key} signed exactly this."));
                }
                Signed::Unknown(key) => {
                    self.holds(format!("the signature, by {key}"));
                    self.unproven.push(format!(
                        "Whose key {key} is: compare it with the sender's by another way, or name it with --signers."
                    ));
                }
                Signed::Foreign(key) => {
                    self.wrong("the signature", format!("it is by {key}, none of the keys that you named"))
                }
                Signed::Wrong(why) => self.wrong("the signature", why),
                Signed::Not => {}
            }
        }
    }

    fn stamp(&mut self, zip: &Zip, authorities: Option<&Authorities>) {
        const WHAT: &str = "the time stamp";
        let Some((answer, asked)) = &zip.stamp else {
            if authorities.is_some() {
                self.wrong(WHAT, "there is none, and you named the authorities that you trust");
            }
            self.unproven.push("When it was made: no time-stamping authority says so, only the sender.".to_owned());
            return;
        };
        let told = match stamp::check(&zip.manifest_bytes, answer, asked.as_deref(), authorities) {
            Ok(told) => told,
            Err(why) => {
                self.wrong(WHAT, why);
                self.unproven.push("When it was made: the time stamp does not hold.".to_owned());
                return;
            }
        };
        let off = told.off.map_or(String::new(), |micros| format!(", give or take {} s", micros as f64 / 1e6));
        let (when, by) = (told.when.iso(), &told.authority);
        self.holds(format!("the time stamp of {when}, by {by}"));
        match told.root {
            Some(root) => self.proven.push(format!(
                "The list existed at {when}{off}, by the word of {by}, whom {root}, an authority that you named, vouches for. Nothing in it is younger."
            )),
            None => self.unproven.push(format!(
                "Whose time stamp it is: it says {when}{off} and that it is by {by}, but anyone can make such a certificate; name the \
                 authority's with --authorities."
            )),
        }
        self.unproven.push("That no certificate of the time stamp was revoked: that is not looked up.".to_owned());
    }

    fn ledger(&mut self, zip: &mut Zip) -> Told {
        let text = read(zip, "ledger.jsonl").unwrap_or_default();
        let told = lines::follow(&String::from_utf8_lossy(&text));
        told.wrong.iter().for_each(|w| self.wrong("the ledger", w.clone()));
        let said = &self.manifest.ledger;
        let same = (said.lines, said.tip.as_str(), said.withheld) == (told.lines, told.tip.as_str(), told.withheld);
        if !same {
            let why = format!(
                "the manifest speaks of {} acts ending with {}, here are {} ending with {}: acts were dropped or added",
                said.lines, said.tip, told.lines, told.tip
            );
            self.wrong("the ledger", why);
        } else if told.wrong.is_empty() {
            self.holds(format!(
                "the ledger's chain of {} acts, {} of them by their hash only",
                told.lines, told.withheld
            ));
        }
        told
    }

    /// Sealed files against the ledger; the list of pieces against the root.
    fn evidence(&mut self, zip: &mut Zip, told: &Told) {
        let sealed: BTreeSet<&str> = told.whole.iter().filter_map(seal).collect();
        let mut here = 0;
        for file in zip.manifest.files.iter().filter(|f| f.path.starts_with("evidence/")) {
            let name = file.path.rsplit('/').next().unwrap_or_default();
            here += 1;
            if name != file.sha256 {
                self.wrong(&file.path, "its bytes are not those of the seal that it is named after");
            } else if !sealed.contains(name) {
                self.wrong(&file.path, "no act of the ledger that is shown sealed it");
            }
        }
        if here > 0 && self.checks.holds() {
            self.holds(format!("{here} files of evidence, each with its seal in the ledger"));
        }
        let whole = self.manifest.evidence.clone();
        if !whole.listed {
            return;
        }
        let list = read(zip, "evidence.jsonl").unwrap_or_default();
        let pieces: Result<Vec<Piece>, _> = String::from_utf8_lossy(&list).lines().map(serde_json::from_str).collect();
        let leaves: Option<Vec<_>> = pieces.ok().and_then(|p| p.iter().map(Piece::leaf).collect());
        match leaves {
            Some(leaves) if leaves.len() as u64 == whole.pieces && crate::hex(&merkle::root(&leaves)) == whole.root => {
                self.holds(format!("the root over {} pieces of evidence", whole.pieces));
            }
            _ => self.wrong("evidence.jsonl", "its pieces do not come to the root that the manifest gives"),
        }
    }

    fn proofs(&mut self, zip: &mut Zip) {
        let files: Vec<String> = zip.manifest.files.iter().map(|f| f.path.clone()).collect();
        for path in files.iter().filter(|p| p.starts_with("shown/") && p.ends_with(".proof.json")) {
            let bytes = read(zip, path).unwrap_or_default();
            let Ok(proof) = serde_json::from_slice::<Proof>(&bytes) else {
                self.wrong(path, "it is no proof");
                continue;
            };
            let shown = read(zip, &proof.file).unwrap_or_default();
            let same = crate::sha256_hex(&shown) == proof.sha256 && shown.len() as u64 == proof.bytes;
            let wrong = if same { proof.wrong(&self.manifest.evidence) } else { Some("the piece has other bytes") };
            match wrong {
                Some(why) => self.wrong(path, why),
                None => {
                    self.holds(format!("{}, number {} of {} pieces under the root", proof.id, proof.at + 1, proof.of));
                    self.proven
                        .push(format!("{} was among the {} pieces that the root stands for.", proof.id, proof.of));
                }
            }
        }
    }

    /// Where all evidence is here, everything is made again from it.
    fn again(&mut self, zip: &mut Zip, sound: bool, run: &Run<'_>) -> Result<(), Error> {
        let sealed = self.manifest.files.iter().filter(|f| f.path.starts_with("evidence/")).count();
        let roots = read(zip, "evidence.jsonl").unwrap_or_default();
        let roots = String::from_utf8_lossy(&roots).lines().filter(|l| l.contains(r#""parent":"""#)).count();
        let complete = self.manifest.evidence.listed && sealed == roots;
        if !complete {
            self.unproven.push(
                "That the findings follow from the evidence: not all of it is here to make them again.".to_owned(),
            );
            return Ok(());
        }
        if self.manifest.version != VERSION {
            let v = &self.manifest.version;
            self.unproven.push(format!("That the findings follow: made with version {v}, this is {VERSION}."));
            return Ok(());
        }
        if !sound || !self.checks.holds() {
            self.unproven.push("That the findings follow: nothing is made again from what was altered.".to_owned());
            return Ok(());
        }
        let dir = tempfile::tempdir().map_err(Error::io("make", Path::new("a temporary folder")))?;
        unpack(zip, dir.path())?;
        let verified = Case::open(dir.path())?.verify(run)?;
        let made = verified.holds();
        self.checks.checks.extend(verified.checks);
        if made {
            self.proven.push("The same evidence and settings gave the same report again, byte for byte.".to_owned());
        }
        Ok(())
    }

    /// What is always so.
    fn plain(&mut self, told: &Told) {
        if self.checks.holds() {
            let acts = told.lines - told.withheld.min(told.lines);
            self.proven
                .insert(0, "Not a byte was altered, added or taken away since the manifest was written.".to_owned());
            self.proven
                .push(format!("None of the {acts} acts shown was changed, dropped or moved after it was written."));
        } else {
            self.proven.clear();
        }
        if told.withheld > 0 {
            self.unproven
                .push(format!("What the {} withheld acts say: they are here by their hash only.", told.withheld));
        }
        if !self.manifest.redacted.is_empty() {
            self.unproven.push(format!(
                "That pseudonyms stand for real {}: only the sender can tell.",
                self.manifest.redacted.join(" and ")
            ));
        }
        if !self.manifest.evidence.listed {
            self.unproven.push("What else was among the evidence: only its number and root are here.".to_owned());
        }
        self.unproven.push(
            "Where the evidence came from, when the sender got it, and that it is complete or true: those are the sender's word."
                .to_owned(),
        );
    }
}

fn seal(line: &crate::Line) -> Option<&str> {
    match &line.act {
        Act::Sealed { sha256, .. } => Some(sha256),
        _ => None,
    }
}

/// A file's bytes. One that cannot be read was named before, among what was altered.
fn read(zip: &mut Zip, path: &str) -> Option<Vec<u8>> {
    zip.bytes(path).ok().flatten()
}

/// Unpacks what makes it a case, under names of our own making only.
fn unpack(zip: &mut Zip, dir: &Path) -> Result<(), Error> {
    let hex = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_hexdigit());
    let ours = |path: &str| match path.split('/').collect::<Vec<_>>()[..] {
        ["case.toml" | "ledger.jsonl" | "report.html"] | ["derived", "dossier.json"] => true,
        ["evidence", fan, name] => hex(fan) && hex(name),
        _ => false,
    };
    let files: Vec<String> = zip.manifest.files.iter().map(|f| f.path.clone()).filter(|p| ours(p)).collect();
    for path in files {
        let to = dir.join(&path);
        let parent = to.parent().unwrap_or(dir);
        std::fs::create_dir_all(parent).map_err(Error::io("make", parent))?;
        let mut file = File::create(&to).map_err(Error::io("write", &to))?;
        zip.copy(&path, &mut file).map_err(Error::io("write", &to))?;
    }
    Ok(())
}
