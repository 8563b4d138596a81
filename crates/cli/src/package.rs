//! Handing a case on.

use crate::{End, Trouble};
use case::{Case, Error, Handing, Packed, Run};
use clap::ValueEnum;
use model::Quote;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Pack a case, or part of it, so that others can open it, check it and trust it (docs/custody.md)
#[derive(Debug, clap::Args)]
pub struct Package {
    /// The case's folder
    case: PathBuf,
    /// The file
    #[arg(long, short, default_value = "handover.zip", value_name = "FILE")]
    out: PathBuf,
    /// For whom
    #[arg(long = "for", default_value = "", value_name = "NAME")]
    to: String,
    /// Marking, over the case's own: clear, green, amber, amber+strict, red
    #[arg(long)]
    tlp: Option<String>,
    /// Only these findings, what they rest on and the files they stand in
    #[arg(long, num_args = 1.., value_name = "FINDING")]
    only: Vec<String>,
    /// Put pseudonyms in the place of these names; no sealed file goes along
    #[arg(long, value_delimiter = ',', value_name = "SORT")]
    redact: Vec<Redacted>,
    /// Names or domains that stay, for --redact
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    keep: Vec<String>,
    /// No evidence, only its hashes
    #[arg(long)]
    hashes_only: bool,
    /// These pieces of evidence, with proof that they are of the set; as they are, whatever --redact says
    #[arg(long, num_args = 1.., value_name = "EVIDENCE")]
    show: Vec<String>,
    /// Sign with this ed25519 key of OpenSSH
    #[arg(long, value_name = "KEY")]
    sign: Option<PathBuf>,
    /// Write down beside it what to ask a time-stamping authority (`unspool stamp` takes in its answer)
    #[arg(long)]
    stamp: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Redacted {
    Mailboxes,
    Accounts,
}

impl Package {
    /// Packs it and says what went in.
    pub fn run(&self, run: &Run<'_>) -> Result<End, Trouble> {
        let mut case = Case::open(&self.case)?;
        let packed = case.package(self.asked()?, &self.out, run)?;
        self.tell(&packed)?;
        if self.stamp {
            crate::stamp::ask(&self.out)?;
        }
        Ok(End::Done)
    }

    fn asked(&self) -> Result<Handing, Trouble> {
        let tlp = self.tlp.as_deref().map(|t| serde_json::from_value(serde_json::Value::from(t.to_lowercase())));
        let tlp =
            tlp.transpose().map_err(|_| Error::Handover("--tlp is clear, green, amber, amber+strict or red".into()))?;
        let redact = handover::Sorts {
            mailboxes: self.redact.contains(&Redacted::Mailboxes),
            accounts: self.redact.contains(&Redacted::Accounts),
        };
        Ok(Handing {
            to: self.to.clone(),
            tlp,
            only: self.only.clone(),
            redact,
            keep: self.keep.clone(),
            secret: if self.redact.is_empty() { [0; 32] } else { secret(&self.case.join("handover.key"))? },
            hashes_only: self.hashes_only,
            show: self.show.clone(),
            key: self.sign.as_deref().map(key).transpose()?,
        })
    }

    fn tell(&self, packed: &Packed) -> Result<(), Trouble> {
        let m = &packed.manifest;
        let (files, bytes) = packed.evidence;
        eprintln!("{}: {} files, TLP:{}", self.out.display(), m.files.len(), m.tlp.to_uppercase());
        eprintln!(
            "Sealed evidence in it: {files} files, {bytes} bytes; acts by their hash only: {}",
            m.ledger.withheld
        );
        eprintln!("Evidence root: {} over {} pieces", m.evidence.root, m.evidence.pieces);
        if !packed.names.is_empty() {
            let mut name = self.out.as_os_str().to_os_string();
            name.push(".names.tsv");
            let beside = PathBuf::from(name);
            let line = |(p, n): (&String, &String)| format!("{p}\t{}\n", Quote::from(n.as_str()).terminal());
            let text: String = packed.names.iter().map(line).collect();
            case::write_whole(&beside, &mut |out| out.write_all(text.as_bytes()))?;
            eprintln!("Whom the pseudonyms stand for, for you alone: {}", beside.display());
        }
        if self.sign.is_none() {
            let out = self.out.display();
            eprintln!(
                "It is not signed. With any key of yours: ssh-keygen -Y sign -n {} -f KEY {out}",
                handover::NAMESPACE
            );
        }
        Ok(())
    }
}

fn key(path: &Path) -> Result<handover::Key, Trouble> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    handover::Key::read(&text).map_err(|e| Error::Handover(e).into())
}

/// The secret of a case's pseudonyms; made when it is first needed, readable by its owner alone, never packed.
fn secret(path: &Path) -> Result<[u8; 32], Trouble> {
    use std::os::unix::fs::OpenOptionsExt;
    if let Ok(text) = std::fs::read_to_string(path) {
        let secret = handover::unhex(text.trim());
        return secret.ok_or_else(|| format!("{} holds no secret of 32 bytes in hex", path.display()).into());
    }
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|e| format!("no randomness: {e}"))?;
    let open = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let written = open.and_then(|mut f| f.write_all(handover::hex(&secret).as_bytes()));
    written.map_err(|e| format!("cannot write {}: {e}", path.display()))?;
    Ok(secret)
}
