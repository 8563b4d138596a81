//! `unspool waves`: mails of one making, straight from files.
//!
//! Works on a case of its own in a temporary folder, so that every format is read that an investigation reads.

use crate::args::Args;
use crate::{End, Trouble, now, pipe, with_run};
use case::{Case, Inputs};
use clap::ValueEnum;
use findings::{GroupedMail, MailGroup};
use model::{Quote, Settings, When};
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

/// What was asked.
#[derive(Debug, clap::Args)]
pub struct Waves {
    /// Mailboxes, mails, folders, archives
    #[arg(required = true)]
    evidence: Vec<PathBuf>,
    /// How to print them
    #[arg(long, default_value = "text")]
    format: Format,
    /// Leave this kind of trace out (`unspool list kinds`); may be given again
    #[arg(long, value_name = "KIND")]
    without: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table a group
    Text,
    /// A row a mail: wave, evidence, when, sender, mailboxes
    Csv,
    /// A line a mail, and a line for each thing that ties a group
    Jsonl,
}

/// A mail in CSV and JSONL.
#[derive(Serialize)]
struct Row<'a> {
    wave: usize,
    evidence: &'a str,
    when: Option<String>,
    sender: &'a str,
    mailboxes: Vec<&'a str>,
}

/// A tie in JSONL.
#[derive(Serialize)]
struct Tie<'a> {
    wave: usize,
    kind: &'a str,
    value: &'a str,
    mails: usize,
    outside: usize,
    bits: f64,
}

/// Does it.
pub fn run(args: &Args, asked: &Waves) -> Result<End, Trouble> {
    if let Some(path) = asked.evidence.iter().find(|p| !p.exists()) {
        return Err(format!("cannot read {}: no such file or folder", path.display()).into());
    }
    let kinds = traces::infos();
    if let Some(kind) = asked.without.iter().find(|w| kinds.iter().all(|k| k.card.id != w.as_str())) {
        return Err(case::Error::NoSuch { what: "kind", id: kind.clone() }.into());
    }
    let dir = tempfile::tempdir()?;
    let (groups, notes) = with_run(args, |run| {
        let mut case = Case::make(&dir.path().join("case"), &Settings::default(), now())?;
        let dossier = case.investigate(Inputs { paths: asked.evidence.clone(), stdin: None }, run)?;
        case.mail_groups(&asked.without, run).map(|groups| (groups, dossier.incomplete()))
    })?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    pipe(match asked.format {
        Format::Text => text(&groups, &mut out),
        Format::Csv => csv(&groups, &mut out),
        Format::Jsonl => jsonl(&groups, &mut out),
    })?;
    pipe(out.flush())?;
    if notes {
        eprintln!("Some of the evidence was not read whole; `unspool investigate` says what.");
    }
    Ok(if notes { End::NotReadWhole } else { End::Done })
}

type Groups = [(MailGroup, Vec<Quote>)];

fn when(mail: &GroupedMail) -> String {
    mail.when.map_or_else(|| "time not known".to_owned(), When::short)
}

fn text(groups: &Groups, out: &mut impl Write) -> io::Result<()> {
    if groups.is_empty() {
        return writeln!(out, "No two mails of one making.");
    }
    for (no, (group, names)) in groups.iter().enumerate() {
        writeln!(out, "{}wave {}: {} mails", if no == 0 { "" } else { "\n" }, no + 1, group.mails.len())?;
        for t in &group.ties {
            let value = t.value.short(60).defanged().terminal();
            let of = group.mails.len();
            writeln!(
                out,
                "  tied by   {}: {value} ({} of {of}, {} elsewhere, {:.1} bits)",
                t.word(),
                t.mails,
                t.outside,
                t.bits
            )?;
        }
        for (mail, name) in group.mails.iter().zip(names) {
            let to: Vec<String> = mail.mailboxes.iter().map(Quote::terminal).collect();
            writeln!(out, "  {}  {} → {}  [{}]", when(mail), mail.sender.terminal(), to.join(", "), name.terminal())?;
        }
    }
    Ok(())
}

fn csv(groups: &Groups, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "wave,evidence,when,sender,mailboxes")?;
    for (no, (group, names)) in groups.iter().enumerate() {
        for (mail, name) in group.mails.iter().zip(names) {
            let to: Vec<&str> = mail.mailboxes.iter().map(Quote::raw).collect();
            let when = mail.when.map_or_else(String::new, When::iso);
            let cells = [name.cell(), when, mail.sender.cell(), Quote::from(to.join(" ")).cell()];
            let cells: Vec<String> = cells.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
            writeln!(out, "{},{}", no + 1, cells.join(","))?;
        }
    }
    Ok(())
}

fn jsonl(groups: &Groups, out: &mut impl Write) -> io::Result<()> {
    for (no, (group, names)) in groups.iter().enumerate() {
        let wave = no + 1;
        for t in &group.ties {
            let tie =
                Tie { wave, kind: t.kind, value: t.value.raw(), mails: t.mails, outside: t.outside, bits: t.bits };
            report::line(&tie, out)?;
        }
        for (mail, name) in group.mails.iter().zip(names) {
            let row = Row {
                wave,
                evidence: name.raw(),
                when: mail.when.map(When::iso),
                sender: mail.sender.raw(),
                mailboxes: mail.mailboxes.iter().map(Quote::raw).collect(),
            };
            report::line(&row, out)?;
        }
    }
    Ok(())
}
