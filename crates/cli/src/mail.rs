//! `unspool mail`: what is this mail for?

use crate::{End, Trouble, pipe, with_run};
use model::{Quote, Settings};
use std::io::{self, Write};
use std::path::PathBuf;
use triage::Context;

/// What to judge, and what is known beside it.
#[derive(Debug, clap::Args)]
pub struct Mail {
    /// Mails, mailboxes, folders, archives of them
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// `text`: one screen a mail; `json`: the whole sheet, a line a mail
    #[arg(long, short, default_value = "text")]
    pub format: Format,
    /// Domains and mailboxes that must not be imitated, a line each
    #[arg(long, value_name = "FILE")]
    pub protect: Option<PathBuf>,
    /// Name of a mail server of your own, whose checks are believed (may be given again)
    #[arg(long, value_name = "NAME")]
    pub server: Vec<String>,
    /// DNS records that somebody kept, to verify again who sent it: lines of `NAME [TYPE] VALUE`, or JSON lines
    #[arg(long, value_name = "FILE")]
    pub dns: Option<PathBuf>,
    /// Show the mail's words below the sheet: escaped, unclickable, what is hidden marked
    #[arg(long)]
    pub view: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// Judges and prints.
pub fn run(args: &crate::args::Args, mail: &Mail) -> Result<End, Trouble> {
    let mut context = context(mail)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let settings = Settings::default();
    let judged = with_run(args, |run| {
        case::mails(&mail.files, &mut context, &settings, run, &mut |record, sheet| match mail.format {
            Format::Json => {
                serde_json::to_writer(&mut out, sheet)?;
                writeln!(out)
            }
            Format::Text => {
                write!(out, "{}", triage::page(sheet))?;
                if mail.view {
                    write!(out, "\nTHE MAIL AS TEXT\n{}", triage::safe_view(record))?;
                }
                writeln!(out)
            }
        })
    })?;
    pipe(judged.broken.map_or(Ok(()), Err))?;
    pipe(out.flush())?;
    for (name, why) in &judged.unreadable {
        eprintln!("not read: {}: {}", name.terminal(), Quote::from(why.as_str()).terminal());
    }
    let missing = judged.notes.iter().filter(|(_, n)| n.code.incomplete());
    for (name, note) in missing.clone().take(20) {
        eprintln!("note: {} ({}): {}", name.terminal(), note.span, note.text.terminal());
    }
    if judged.mails == 0 {
        eprintln!("No mail was found in what was given.");
    }
    let whole = judged.unreadable.is_empty() && missing.count() == 0 && judged.mails > 0;
    Ok(if whole { End::Done } else { End::NotReadWhole })
}

fn context(mail: &Mail) -> Result<Context, Trouble> {
    let mut context = Context::default();
    context.settings.servers.clone_from(&mail.server);
    if let Some(path) = &mail.protect {
        let outlets = lookalikes::Outlets::parse(&read(path)?).map_err(|e| format!("{}: {e}", path.display()))?;
        context.settings.protect = outlets.addresses();
    }
    if let Some(path) = &mail.dns {
        let archive = triage::Archive::read(&read(path)?).map_err(|why| format!("{}: {why}", path.display()))?;
        context.archive = Some(archive);
    }
    Ok(context)
}

fn read(path: &PathBuf) -> Result<String, Trouble> {
    std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()).into())
}
