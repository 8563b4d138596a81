//! Having a handover stamped: what to ask a time-stamping authority, and putting its answer in.

use crate::{End, Trouble};
use case::{Error, write_whole};
use handover::{Opened, stamp};
use model::Quote;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

/// Have a handover stamped by a time-stamping authority (RFC 3161)
///
/// Without an answer it writes down what to ask, HANDOVER.tsq; send that to an authority by any means
/// (docs/custody.md). With the answer, HANDOVER.tsr, it checks it and puts both into the handover.
#[derive(Debug, clap::Args)]
pub struct Stamp {
    /// The handover
    handover: PathBuf,
    /// What the authority answered
    answer: Option<PathBuf>,
}

impl Stamp {
    /// Asks or takes in.
    pub fn run(&self) -> Result<End, Trouble> {
        match &self.answer {
            None => ask(&self.handover)?,
            Some(answer) => take(&self.handover, answer)?,
        }
        Ok(End::Done)
    }
}

fn beside(handover: &Path, ending: &str) -> PathBuf {
    let mut name = handover.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}

fn open(handover: &Path) -> Result<BufReader<File>, Trouble> {
    Ok(BufReader::new(File::open(handover).map_err(|e| format!("cannot read {}: {e}", handover.display()))?))
}

/// Writes down what to ask.
pub fn ask(handover: &Path) -> Result<(), Trouble> {
    let opened = Opened::new(open(handover)?).map_err(Error::Handover)?;
    let mut nonce = [0; 8];
    getrandom::fill(&mut nonce).map_err(|e| format!("no randomness: {e}"))?;
    let request = stamp::request(&opened.manifest_bytes, nonce).map_err(Error::Handover)?;
    let path = beside(handover, ".tsq");
    write_whole(&path, &mut |out| out.write_all(&request))?;
    eprintln!("To ask a time-stamping authority: {}", path.display());
    eprintln!("Then: unspool stamp {} {}", handover.display(), beside(handover, ".tsr").display());
    Ok(())
}

/// Puts an answer that holds into the handover, with what was asked, where that lies beside.
fn take(handover: &Path, answer: &Path) -> Result<(), Trouble> {
    let mut opened = Opened::new(open(handover)?).map_err(Error::Handover)?;
    if !opened.troubles(&mut open(handover)?).is_empty() {
        return Err(Error::Handover(format!("{} does not hold: see `unspool verify`", handover.display())).into());
    }
    let asked = std::fs::read(beside(handover, ".tsq")).ok();
    let answer = std::fs::read(answer).map_err(|e| format!("cannot read {}: {e}", answer.display()))?;
    let told = stamp::check(&opened.manifest_bytes, &answer, asked.as_deref(), None)
        .map_err(|why| Error::Handover(format!("the answer is not put in: {why}")))?;
    let part = beside(handover, ".part");
    let made = File::create(&part).map_err(|e| format!("cannot write {}: {e}", part.display()))?;
    handover::with_stamp(open(handover)?, BufWriter::new(made), &answer, asked.as_deref())?;
    std::fs::rename(&part, handover)?;
    let by = Quote::from(told.authority).terminal();
    eprintln!("{}: stamped at {} by {by}, by its own word", handover.display(), told.when.iso());
    if asked.is_none() {
        eprintln!("What was asked does not lie beside it: that the answer is to that request was not checked.");
    }
    Ok(())
}
