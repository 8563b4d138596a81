//! `unspool bench`: what this machine takes for work of a known size, on touches of its own making.

use crate::{Args, End, Trouble, pipe};
use case::{Error, Met, Spilled, Touched};
use demo::{GROUPS, MEMBERS, Size};
use model::When;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Measure this machine on touches of our own making
#[derive(Debug, clap::Args)]
pub struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Traces(Traces),
    Suggest(crate::suggest::Measure),
}

/// Count who meets whom among more touches than memory holds: things of Zipf's popularity, ten planted groups
#[derive(Debug, clap::Args)]
struct Traces {
    /// Touches: 1M, 100M, 250k
    #[arg(long, default_value = "10M", value_parser = number)]
    rows: u64,
    /// Of these, touches of one and the same thing within an hour
    #[arg(long, default_value = "0", value_parser = number)]
    viral: u64,
    /// Largest time between two touches, in seconds
    #[arg(long, default_value_t = 60)]
    window: u32,
    /// Fewest meetings of a pair that is told
    #[arg(long, default_value_t = 3)]
    min: u32,
    /// Where scratch files go (default: the system's folder for temporary files)
    #[arg(long, value_name = "DIR")]
    scratch: Option<PathBuf>,
    /// Another seed gives other touches
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Leave out the floor (one pass over the same file and one sort in memory), which takes 16 bytes a row
    #[arg(long)]
    no_floor: bool,
}

/// Runs what was asked.
pub fn run(args: &Args, bench: &Bench) -> Result<End, Trouble> {
    match &bench.what {
        What::Traces(asked) => traces(args, asked),
        What::Suggest(asked) => asked.run(),
    }
}

fn traces(args: &Args, asked: &Traces) -> Result<End, Trouble> {
    let scratch = match &asked.scratch {
        Some(dir) => tempfile::tempdir_in(dir),
        None => tempfile::tempdir(),
    }?;
    let size = Size { rows: asked.rows, viral: asked.viral };
    let table = scratch.path().join("touches.parquet");
    if !args.quiet {
        eprintln!("Making {} touches …", asked.rows);
    }
    case::write_touches(&table, &mut |take| demo::strewn(size, asked.seed, &mut |t| take(touched(t))))?;
    let (before, memory_before) = (cpu(), peak());
    let met = sweep(&table, scratch.path(), asked)?;
    let (sweep, memory) = (cpu() - before, peak());
    let before = cpu();
    let floor = if asked.no_floor { None } else { floor(&table)?.then(|| cpu() - before) };
    let mut out = io::stdout().lock();
    pipe(tell(&mut out, asked, size, &met, (sweep, floor)))?;
    pipe(writeln!(out, "memory: {memory} MiB at most ({memory_before} before), {} MiB of scratch", met.spilled >> 20))?;
    Ok(End::Done)
}

fn touched(touch: demo::Touch) -> Touched {
    Touched { thing: touch.thing, account: touch.account, when: touch.second * When::SECOND }
}

fn sweep(table: &Path, scratch: &Path, asked: &Traces) -> Result<Met, Error> {
    let mut spilled = Spilled::new(scratch, i64::from(asked.window) * When::SECOND)?;
    let mut failed = Ok(());
    case::read_touches(table, &mut |touched| {
        if failed.is_ok() {
            failed = spilled.add(touched);
        }
    })?;
    failed?;
    spilled.met(asked.min)
}

/// One pass over the file and one sort of its rows by thing and time: what nobody can do without. True when it was done.
fn floor(table: &Path) -> Result<bool, Error> {
    let mut rows: Vec<u128> = Vec::new();
    case::read_touches(table, &mut |touched| rows.push(touched.key()))?;
    rows.sort_unstable();
    Ok(rows.is_sorted())
}

fn tell(
    out: &mut impl Write,
    asked: &Traces,
    size: Size,
    met: &Met,
    (sweep, floor): (f64, Option<f64>),
) -> io::Result<()> {
    writeln!(
        out,
        "rows: {} ({} of one thing in an hour), window {} s, at least {} meetings",
        asked.rows, asked.viral, asked.window, asked.min
    )?;
    writeln!(out, "meetings: {}; touches in crowds: {}; pairs told: {}", met.meetings, met.crowded, met.pairs.len())?;
    writeln!(out, "planted groups found whole: {} of {GROUPS}", whole(met, size.accounts()))?;
    match floor {
        Some(floor) => {
            writeln!(out, "CPU: sweep {sweep:.2} s, floor {floor:.2} s: {:.2} of the floor's speed", floor / sweep)
        }
        None => writeln!(out, "CPU: sweep {sweep:.2} s"),
    }
}

/// Groups of which every pair was told.
fn whole(met: &Met, first: u32) -> u32 {
    let told = |a: u32, b: u32| met.pairs.binary_search_by_key(&(a, b), |p| (p.0, p.1)).is_ok();
    let group = |g: u32| first + g * MEMBERS..first + (g + 1) * MEMBERS;
    let all = |g: u32| group(g).all(|a| (a + 1..group(g).end).all(|b| told(a, b)));
    (0..GROUPS).filter(|g| all(*g)).count() as u32
}

/// `100M`, `250k`, `1000`.
fn number(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.trim().strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1000),
        None => text.trim().strip_suffix('M').map_or((text.trim(), 1), |digits| (digits, 1_000_000)),
    };
    let n = digits.parse::<u64>().ok().and_then(|n| n.checked_mul(unit));
    n.filter(|n| *n <= u64::from(u32::MAX))
        .ok_or_else(|| format!("{text} is no number of rows such as 250k or 100M (up to 4294M)"))
}

/// Seconds of processor time of this process; 0 where the system does not tell.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks: u64 = after.split_ascii_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    ticks as f64 / 100.0
}

/// Most MiB this process ever held; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_ascii_whitespace().next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) >> 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, n) in
            [("100M", Some(100_000_000)), ("250k", Some(250_000)), ("7", Some(7)), ("M", None), ("9000M", None)]
        {
            assert_eq!(number(text).ok(), n, "{text}");
        }
    }

    #[test]
    fn planted_groups_are_found_whole() {
        let scratch = tempfile::tempdir().expect("scratch");
        let asked = Traces { rows: 60_000, viral: 20_000, window: 60, min: 3, scratch: None, seed: 1, no_floor: false };
        let size = Size { rows: asked.rows, viral: asked.viral };
        let table = scratch.path().join("touches.parquet");
        case::write_touches(&table, &mut |take| demo::strewn(size, asked.seed, &mut |t| take(touched(t))))
            .expect("written");
        let met = sweep(&table, scratch.path(), &asked).expect("swept");
        assert_eq!(whole(&met, size.accounts()), GROUPS);
        assert!(met.crowded > 19_000 && met.meetings < 60_000 * 256, "{} {}", met.crowded, met.meetings);
        assert!(floor(&table).expect("sorted"));
    }
}
