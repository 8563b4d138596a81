//! Taking in what others published: lists of indicators, other cases, handovers.

use crate::{End, Trouble, pipe};
use case::{Case, Error, Inputs, Run, Trusts};
use model::Dossier;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Put published lists into a case as evidence and say what of them occurs in it
///
/// STIX 2.0 and 2.1, MISP events, tables of indicators, the folder of another case, a handover. They are sealed like any
/// evidence; what they say stays their producers' word.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Import {
    #[command(subcommand)]
    from: Option<From>,
    /// The case's folder
    #[arg(required = true)]
    case: Option<PathBuf>,
    /// Lists
    #[arg(required = true)]
    lists: Vec<PathBuf>,
    /// How good the source and its word are, on the Admiralty scale (A–F, 1–6)
    #[arg(long, value_name = "GRADE", value_parser = grade)]
    grade: Option<String>,
    /// Public keys that you trust, for handovers
    #[arg(long, value_name = "FILE")]
    signers: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum From {
    Taxii(crate::taxii::Taxii),
}

/// `B2`, in capitals.
fn grade(text: &str) -> Result<String, String> {
    let grade = text.trim().to_ascii_uppercase();
    let right = matches!(grade.as_bytes(), [b'A'..=b'F', b'1'..=b'6']);
    if right { Ok(grade) } else { Err("a letter from A to F and a number from 1 to 6, like B2".to_owned()) }
}

/// Formats that are lists.
const LISTS: [&str; 4] = ["stix", "misp", "indicator-table", "name-list"];

impl Import {
    /// Seals them, investigates and tells what was found.
    pub fn run(&self, run: &Run<'_>) -> Result<End, Trouble> {
        if let Some(From::Taxii(asked)) = &self.from {
            return asked.run(run);
        }
        let scratch = tempfile::tempdir()?;
        let paths: Vec<PathBuf> =
            self.lists.iter().map(|l| self.one(l, scratch.path(), run)).collect::<Result<_, _>>()?;
        let case = self.case.as_deref().ok_or("which case?")?;
        if let Some(grade) = &self.grade {
            let files: Vec<PathBuf> =
                paths.iter().map(|p| if p.is_dir() { p.join("stix.json") } else { p.clone() }).collect();
            Case::open(case)?.grade_lists(&files, grade)?;
        }
        take_in(case, paths, run)
    }

    /// The file to seal: itself, or what another case says in STIX.
    fn one(&self, list: &Path, scratch: &Path, run: &Run<'_>) -> Result<PathBuf, Trouble> {
        let name = list.file_name().unwrap_or(list.as_os_str());
        let apart = scratch.join(name);
        if list.join("ledger.jsonl").exists() {
            let dossier = Case::look(list)?.dossier()?;
            let export = report::by_id("stix").ok_or("no such export")?;
            case::write_whole(&apart.join("stix.json"), &mut |out| (export.write)(&dossier, out))?;
            return Ok(apart);
        }
        let mut head = vec![0; evidence::Head::SIZE];
        let mut file = File::open(list).map_err(|e| format!("cannot read {}: {e}", list.display()))?;
        let n = read_up_to(&mut file, &mut head)?;
        let all = n < head.len();
        let format = evidence::recognise(&evidence::Head::new(&head[..n], all)).map_or("", |f| f.card.id);
        match format {
            "zip" => self.handover(list, &apart, run),
            f if LISTS.contains(&f) => Ok(list.to_path_buf()),
            f => {
                let what = if f.is_empty() { "no format that is known".to_owned() } else { format!("of format {f}") };
                Err(Error::Handover(format!(
                    "{} is no list of indicators ({what}): give evidence to `unspool investigate`",
                    list.display()
                ))
                .into())
            }
        }
    }

    /// What a handover says in STIX, if it holds.
    fn handover(&self, zip: &Path, apart: &Path, run: &Run<'_>) -> Result<PathBuf, Trouble> {
        let received = case::receive(zip, Trusts { signers: self.signers.as_deref(), authorities: None }, run)?;
        if !received.checks.holds() {
            return Err(Error::Handover(format!("{} does not hold: see `unspool verify`", zip.display())).into());
        }
        let mut opened = handover::Opened::new(io::BufReader::new(File::open(zip)?)).map_err(Error::Handover)?;
        let bytes = opened.bytes("exports/stix.json")?;
        let bytes = bytes.ok_or_else(|| Error::Handover(format!("{} has no STIX in it", zip.display())))?;
        case::write_whole(&apart.join("stix.json"), &mut |out| out.write_all(&bytes))?;
        Ok(apart.to_path_buf())
    }
}

/// Seals files, investigates and tells what was found.
pub fn take_in(case: &Path, paths: Vec<PathBuf>, run: &Run<'_>) -> Result<End, Trouble> {
    let mut case = Case::open(case)?;
    let dossier = case.investigate(Inputs { paths, stdin: None }, run)?;
    tell(&dossier)?;
    Ok(if dossier.incomplete() { End::NotReadWhole } else { End::Done })
}

fn read_up_to(from: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut n = 0;
    while n < buffer.len() {
        match from.read(&mut buffer[n..])? {
            0 => break,
            more => n += more,
        }
    }
    Ok(n)
}

/// What of the lists occurs, and what of them was not read.
fn tell(dossier: &Dossier) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    let lists: Vec<_> = dossier.evidence.iter().filter(|e| LISTS[..3].contains(&e.format.as_str())).collect();
    for line in &lists {
        let name = line.names.first().map(model::Quote::terminal).unwrap_or_default();
        pipe(writeln!(out, "{name}: {} things listed ({})", line.records, line.layout.terminal()))?;
    }
    for note in dossier.notes.iter().filter(|n| lists.iter().any(|l| l.id == n.evidence.to_string())) {
        pipe(writeln!(out, "  {}: {} ({}, {} times)", note.code.word(), note.text.terminal(), note.span, note.times))?;
    }
    let found: Vec<_> = dossier.findings.iter().filter(|f| f.kind == "published-list").collect();
    if found.is_empty() {
        pipe(writeln!(out, "\nNothing that the lists name occurs in the rest of the evidence."))?;
    }
    for f in found {
        let list = f.actors.first().and_then(|a| dossier.actors.get(a.0 as usize));
        let list = list.map(|a| a.name.terminal()).unwrap_or_default();
        pipe(writeln!(out, "\n{}  {}  {list}\n  {}\n  {}", f.id, f.confidence.word(), f.title, f.observed))?;
        for row in f.tables.iter().flat_map(|t| &t.rows).take(20) {
            let cells: Vec<String> = row.iter().map(|c| c.defanged().terminal()).filter(|c| !c.is_empty()).collect();
            pipe(writeln!(out, "    {}", cells.join(" · ")))?;
        }
    }
    Ok(())
}
