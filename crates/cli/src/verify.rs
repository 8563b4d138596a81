//! Checking a case or a handover.

use crate::{End, Trouble, pipe};
use case::{Case, Run, Trusts, Verified};
use std::io::{self, Write};
use std::path::PathBuf;

/// Check a case (every seal, the ledger's chain, the derived work made again) or a handover (what is proven, what is not)
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The case's folder, or a handover
    case: PathBuf,
    /// Public keys that you trust: a .pub file or allowed_signers; a handover signed by another is wrong
    #[arg(long, value_name = "FILE")]
    signers: Option<PathBuf>,
    /// Certificates (PEM) of time-stamping authorities that you trust; a handover stamped by another, or not at all, is wrong
    #[arg(long, value_name = "FILE")]
    authorities: Option<PathBuf>,
}

impl Verify {
    /// Checks it; exit code 1 where anything is wrong.
    pub fn run(&self, run: &Run<'_>) -> Result<End, Trouble> {
        if self.case.is_dir() {
            return told(&Case::open(&self.case)?.verify(run)?);
        }
        let trusts = Trusts { signers: self.signers.as_deref(), authorities: self.authorities.as_deref() };
        let received = case::receive(&self.case, trusts, run)?;
        let mut out = io::stdout().lock();
        let m = &received.manifest;
        let to = model::Quote::from(if m.to.is_empty() { "nobody in particular" } else { &m.to }).terminal();
        let (tlp, as_of) =
            (model::Quote::from(m.tlp.to_uppercase()).terminal(), model::Quote::from(m.as_of.as_str()).terminal());
        pipe(writeln!(out, "A handover for {to}, TLP:{tlp}, of the case as it stood at {as_of}\n"))?;
        let end = told(&received.checks)?;
        for (heading, lines) in [("Proven", &received.proven), ("Not proven", &received.unproven)] {
            pipe(writeln!(out, "\n{heading}:"))?;
            if lines.is_empty() {
                pipe(writeln!(out, "  nothing"))?;
            }
            for line in lines {
                pipe(writeln!(out, "  - {}", model::Quote::from(line.as_str()).terminal()))?;
            }
        }
        Ok(end)
    }
}

fn told(verified: &Verified) -> Result<End, Trouble> {
    let mut out = io::stdout().lock();
    for check in &verified.checks {
        let line = match &check.wrong {
            None => format!("ok     {}", check.what.terminal()),
            Some(why) => format!("WRONG  {}: {}", check.what.terminal(), model::Quote::from(why.as_str()).terminal()),
        };
        pipe(writeln!(out, "{line}"))?;
    }
    let wrong = verified.checks.iter().filter(|c| c.wrong.is_some()).count();
    pipe(writeln!(out, "\n{} checks, {wrong} wrong", verified.checks.len()))?;
    Ok(if verified.holds() { End::Done } else { End::CouldNot })
}
