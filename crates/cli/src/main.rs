//! What did you ask?
//!
//! This room reads arguments, talks to the terminal and sets the exit code; what is worth testing lies in the others.
//! stdout is data, stderr is talk.
#![allow(clippy::disallowed_methods)] // arguments, clock and processes are this room's to touch

mod args;
mod bench;
mod campaign;
mod catalogue;
mod coordinate;
mod feeds;
mod import;
mod isolate;
mod judge;
mod leak;
mod lookalikes;
mod mail;
mod owners;
mod package;
mod reference;
mod score;
mod seen_before;
mod serve;
mod stamp;
mod suggest;
mod talk;
mod taxii;
mod verify;
mod waves;

use args::{Args, Command, Level, Listed, Ruled};
use case::{Case, Error, Inputs, Run};
use clap::Parser;
use model::{Confidence, Dossier, Settings, Verdict, When};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How it ended. The numbers are documented in the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Done = 0,
    CouldNot = 1,
    AskedWrongly = 2,
    NotReadWhole = 3,
    LevelReached = 4,
}

fn main() -> ExitCode {
    // A reader that fails on hostile bytes is caught and noted with its message; the hook would only repeat it.
    std::panic::set_hook(Box::new(|_| {}));
    let args = Args::parse();
    let end = std::panic::catch_unwind(|| run(&args).unwrap_or_else(|trouble| talk::trouble(trouble.as_ref())));
    let end = end.unwrap_or_else(|panic| talk::bug(panic.as_ref()));
    ExitCode::from(end as u8)
}

type Trouble = Box<dyn std::error::Error>;

fn run(args: &Args) -> Result<End, Trouble> {
    match &args.command {
        Command::Demo { dir, seed } => demo(args, dir, *seed),
        Command::Investigate { evidence, out, title, question, vote, protect, seal, key, dns, fail_on } => {
            let mut settings = Settings::default();
            settings.case.title.clone_from(title);
            settings.case.question.clone_from(question);
            settings.case.vote.clone_from(vote);
            settings.protect.outlets = protect.as_ref().map(feeds::outlets).transpose()?.unwrap_or_default();
            let seal = seal.as_deref().zip(key.as_deref());
            investigate(args, evidence, out, &settings, Aids { seal, dns }, *fail_on)
        }
        Command::Coordinate(ask) => coordinate::run(args, ask),
        Command::Report { case, format, out } => report(case, format, out.as_deref()),
        Command::Show { case, id } => show(args, case, id),
        Command::Rule { case, finding, verdict, why, by } => rule(args, case, finding, *verdict, why, by),
        Command::Judge(judge) => with_run(args, |run| judge.run(run)),
        Command::Lint(lint) => lint.run(),
        Command::Suggest(suggest) => suggest.run(),
        Command::Undo { case } => undo(args, case),
        Command::Verify(asked) => with_run(args, |run| asked.run(run)),
        Command::Import(asked) => with_run(args, |run| asked.run(run)),
        Command::Serve(asked) => asked.run(),
        Command::Package(asked) => with_run(args, |run| asked.run(run)),
        Command::Stamp(asked) => asked.run(),
        Command::Owners(asked) => owners::run(args, asked),
        Command::Waves(asked) => waves::run(args, asked),
        Command::Lookalikes(asked) => lookalikes::run(asked, args.quiet),
        Command::Leak(what) => leak::run(args, what),
        Command::Mail(asked) => mail::run(args, asked),
        Command::Bench(asked) => bench::run(args, asked),
        Command::Score(score) => score::run(score),
        Command::List { what } => list(*what),
        Command::Explain { id } => explain(id),
        Command::Reference { dir } => write_reference(dir),
        Command::Isolated { format } => isolate::child(format).map(|()| End::Done).map_err(Into::into),
    }
}

fn now() -> When {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse().ok()).and_then(When::from_unix);
    fixed.unwrap_or_else(|| {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        When(i64::try_from(since.as_micros()).unwrap_or(0))
    })
}

fn threads(args: &Args) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    args.threads.unwrap_or(cores).max(1)
}

fn with_run<T>(args: &Args, f: impl FnOnce(&Run<'_>) -> T) -> T {
    let progress = talk::Bar::new(args.quiet);
    let process = isolate::Process;
    let run = Run { threads: threads(args), isolate: Some(&process), progress: &progress, ..Run::quiet(now()) };
    let out = f(&run);
    progress.end();
    out
}

/// What evidence is held against.
#[derive(Default)]
struct Aids<'a> {
    /// A leak seal and its key.
    seal: Option<(&'a Path, &'a Path)>,
    /// Archives of DNS records.
    dns: &'a [PathBuf],
}

fn investigate(
    args: &Args,
    evidence: &[PathBuf],
    out: &Path,
    settings: &Settings,
    aids: Aids<'_>,
    fail_on: Option<Level>,
) -> Result<End, Trouble> {
    let stdin = evidence.iter().any(|e| e == Path::new("-"));
    let named = evidence.iter().filter(|e| *e != Path::new("-"));
    let paths: Vec<PathBuf> = named.chain(aids.dns).cloned().collect();
    if let Some(path) = paths.iter().find(|p| !p.exists()) {
        return Err(format!("cannot read {}: no such file or folder", path.display()).into());
    }
    let (dossier, changes) = with_run(args, |run| {
        let mut case = Case::make(out, settings, run.now)?;
        if !settings.protect.outlets.is_empty() {
            case.protect(settings.protect.outlets.clone())?;
        }
        leak::hold(&mut case, aids.seal)?;
        case.verify_senders_with(aids.dns)?;
        let mut input = io::stdin();
        let stdin = stdin.then_some(&mut input as &mut dyn io::Read);
        let dossier = case.investigate(Inputs { paths, stdin }, run)?;
        Ok::<_, Trouble>((dossier, case.changes().cloned()))
    })?;
    summary(&dossier, out)?;
    if let Some(changes) = changes {
        pipe(talk::changes(&changes, &case::Store { dir: out.to_path_buf() }.changes(), &mut io::stdout().lock()))?;
    }
    Ok(ending(&dossier, fail_on))
}

fn ending(dossier: &Dossier, fail_on: Option<Level>) -> End {
    let level = fail_on.map(|l| match l {
        Level::Low => Confidence::Low,
        Level::Moderate => Confidence::Moderate,
        Level::High => Confidence::High,
    });
    match level {
        Some(level) if dossier.highest().is_some_and(|h| h >= level) => End::LevelReached,
        _ if dossier.incomplete() => End::NotReadWhole,
        _ => End::Done,
    }
}

/// What the terminal says at the end: the text export, and where the rest is.
fn summary(dossier: &Dossier, dir: &Path) -> Result<(), Trouble> {
    let text = report::by_id("text").ok_or("no text export")?;
    let mut out = io::stdout().lock();
    pipe((text.write)(dossier, &mut out))?;
    let page = dir.join("report.html");
    pipe(writeln!(out, "\nReport: {}\nMore:   unspool show {} ID", page.display(), dir.display()))?;
    Ok(())
}

/// A reader that went away is not trouble.
fn pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn demo(args: &Args, dir: &Path, seed: u64) -> Result<End, Trouble> {
    let made = demo::make(seed);
    let evidence = dir.join("evidence");
    let ours = !dir.exists() || dir.read_dir()?.next().is_none() || dir.join("SYNTHETIC").exists();
    if !ours {
        return Err(format!("{} is not empty and was not made by unspool demo", dir.display()).into());
    }
    case::write_whole(&dir.join("SYNTHETIC"), &mut |out| writeln!(out, "Made by `unspool demo --seed {seed}`."))?;
    for file in &made.files {
        case::write_whole(&evidence.join(&file.path), &mut |out| out.write_all(&file.bytes))?;
    }
    eprintln!("Made {} synthetic files in {} (seed {seed}).", made.files.len(), evidence.display());
    let mut settings = Settings::default();
    settings.case.title = "A synthetic operation in miniature".to_owned();
    settings.case.question = "Who acted together, who else got the mails, and which sites belong together?".to_owned();
    settings.case.vote.clone_from(&made.planted.vote);
    settings.case.synthetic = true;
    settings.protect.outlets.clone_from(&made.planted.protected);
    let memos: Vec<PathBuf> = made.planted.documents.iter().map(|path| evidence.join(path)).collect();
    let mut secret = [0x5e; 32];
    secret[..8].copy_from_slice(&seed.to_be_bytes());
    let (seal, key) = leak::seal_openly(threads(args), &memos, dir, secret)?;
    let end = investigate(
        args,
        &[evidence],
        &dir.join("case"),
        &settings,
        Aids { seal: Some((&seal, &key)), ..Aids::default() },
        None,
    )?;
    // The demo carries broken files on purpose, so that notes can be seen.
    Ok(if end == End::NotReadWhole { End::Done } else { end })
}

fn report(dir: &Path, format: &str, out: Option<&Path>) -> Result<End, Trouble> {
    let export = report::by_id(format).ok_or_else(|| Error::NoSuch { what: "export", id: format.to_owned() })?;
    let dossier = Case::look(dir)?.dossier()?;
    match out {
        Some(path) => {
            case::write_whole(path, &mut |to| (export.write)(&dossier, to))?;
            tell_losses(&dossier, export, path)?;
        }
        None => {
            let mut to = io::BufWriter::new(io::stdout().lock());
            pipe((export.write)(&dossier, &mut to).and_then(|()| to.flush()))?;
        }
    }
    Ok(if dossier.incomplete() { End::NotReadWhole } else { End::Done })
}

/// Forms that others read come with a page beside them: what of the case they could not say.
fn tell_losses(dossier: &Dossier, export: &report::Export, path: &Path) -> Result<(), Trouble> {
    if report::EXCHANGE.contains(&export.card.id) {
        let mut name = path.as_os_str().to_os_string();
        name.push(".losses.md");
        let beside = PathBuf::from(name);
        case::write_whole(&beside, &mut |to| report::write_losses(dossier, export, to))?;
        eprintln!("What this form could not say of the case: {}", beside.display());
    }
    Ok(())
}

fn show(args: &Args, dir: &Path, id: &str) -> Result<End, Trouble> {
    let case = Case::look(dir)?;
    let shown = with_run(args, |run| case.show(id, run))?;
    pipe(talk::shown(&shown, &mut io::stdout().lock()))?;
    Ok(End::Done)
}

fn rule(args: &Args, dir: &Path, finding: &str, verdict: Ruled, why: &str, by: &str) -> Result<End, Trouble> {
    let verdict = match verdict {
        Ruled::Upheld => Verdict::Upheld,
        Ruled::Dismissed => Verdict::Dismissed,
        Ruled::Open => Verdict::Open,
    };
    let mut case = Case::open(dir)?;
    let id = with_run(args, |run| case.rule(finding, verdict, why, by, run))?;
    eprintln!("{id} is {}. The report says so; `unspool undo {}` takes it back.", verdict.word(), dir.display());
    Ok(End::Done)
}

fn undo(args: &Args, dir: &Path) -> Result<End, Trouble> {
    let mut case = Case::open(dir)?;
    let line = with_run(args, |run| case.undo(run))?;
    let what = match &line.act {
        case::Act::Ruled { finding, verdict, .. } => format!("the ruling that {finding} is {}", verdict.word()),
        case::Act::Checked { key, .. } => format!("the check against a seal of key {key} of {}", line.when.short()),
        case::Act::Judged { items, .. } => format!("{} entries of a judgement of {}", items.len(), line.when.short()),
        _ => format!("adding {} files on {}", case.ledger().seals_of(line.line), line.when.short()),
    };
    eprintln!("Taken back: {what}. The ledger keeps both acts.");
    Ok(End::Done)
}

fn list(what: Option<Listed>) -> Result<End, Trouble> {
    let mut out = io::stdout().lock();
    if what == Some(Listed::Catalogue) {
        catalogue::lines().iter().try_for_each(|l| pipe(writeln!(out, "{l}")))?;
    }
    for (heading, cards) in reference::cards() {
        if what.is_none_or(|w| w.word() == heading) {
            pipe(talk::cards(what.is_none().then_some(heading), &cards, &mut out))?;
        }
    }
    Ok(End::Done)
}

fn explain(id: &str) -> Result<End, Trouble> {
    let page = reference::explain(id).ok_or_else(|| Error::NoSuch { what: "drawer", id: id.to_owned() })?;
    pipe(writeln!(io::stdout().lock(), "{}", page.trim_end()))?;
    Ok(End::Done)
}

fn write_reference(dir: &Path) -> Result<End, Trouble> {
    for (name, text) in reference::pages() {
        case::write_whole(&dir.join(name), &mut |out| out.write_all(text.as_bytes()))?;
    }
    Ok(End::Done)
}
