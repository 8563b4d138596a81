//! `unspool lookalikes`: which names of a feed imitate which outlets?

use crate::seen_before::SeenBefore;
use crate::{End, Trouble, feeds, pipe};
use clap::{Args, ValueEnum};
use lookalikes::{Hit, Outlets, Pass, Watch};
use model::{Quote, When, defang};
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

/// What was asked.
#[derive(Debug, Args)]
pub struct Lookalikes {
    /// The outlets to protect: a domain a line, with names and own domains if wanted (docs/lookalikes.md)
    #[arg(long, value_name = "FILE", required_unless_present = "seed_list")]
    pub protect: Option<PathBuf>,
    /// Instead of outlets: names of one operation, one a line or CSV with days; tells which names follow their scheme
    #[arg(long, value_name = "FILE", conflicts_with_all = ["protect", "stream", "since"])]
    pub seed_list: Option<PathBuf>,
    /// Names one a line, CSV or JSON lines, crt.sh or certstream JSON, zone files; plain, .gz or .zst; `-` for stdin
    #[arg(required = true, value_name = "FEED")]
    pub feeds: Vec<PathBuf>,
    /// How hits are written
    #[arg(long, short, value_enum, default_value_t = Form::Text)]
    pub format: Form,
    /// Most hits, best first [default: 100 as text, all otherwise]
    #[arg(long, value_name = "N")]
    pub budget: Option<usize>,
    /// Only hits with at least this many bits of surprise [default: none; 12 with --stream]
    #[arg(long, value_name = "BITS")]
    pub least: Option<f32>,
    /// Write each hit as soon as it is read, in the order of the feed
    #[arg(long)]
    pub stream: bool,
    /// Leave out what an earlier run told; what is told now is added to this file
    #[arg(long, value_name = "STATE")]
    pub since: Option<PathBuf>,
    /// Exit with 4 when there is a hit (with at least this many bits, if said) that was not told before
    #[arg(long, value_name = "BITS", num_args = 0..=1, require_equals = true, default_missing_value = "-1000")]
    pub fail_on: Option<f32>,
    /// Do not add names and own domains that come with the program for outlets in the list
    #[arg(long)]
    pub only_list: bool,
}

/// How hits are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    Text,
    Csv,
    Jsonl,
}

/// Does it.
pub fn run(asked: &Lookalikes, quiet: bool) -> Result<End, Trouble> {
    let Some(protect) = &asked.protect else { return crate::campaign::run(asked) };
    let text = feeds::text(protect)?;
    let mut outlets = Outlets::parse(&text).map_err(|e| format!("{}: {e}", protect.display()))?;
    if outlets.all.is_empty() {
        return Err(format!("{}: no outlet in it, only mailboxes", protect.display()).into());
    }
    if !asked.only_list {
        outlets.complete(&Outlets::known());
    }
    let watch = Watch::new(outlets);
    let mut told =
        Told { form: asked.format, before: SeenBefore::open(asked.since.as_deref())?, hits: 0, most: f32::MIN };
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut pass = watch.pass();
    let said = if asked.stream {
        stream(asked, &mut pass, &mut told, &mut out)?
    } else {
        whole(asked, &mut pass, &mut told, &mut out)?
    };
    pipe(out.flush())?;
    told.before.keep()?;
    if !quiet {
        summary(&watch, &pass, &told, said);
    }
    let reached = asked.fail_on.is_some_and(|least| told.hits > 0 && told.most >= least);
    Ok(if reached {
        End::LevelReached
    } else if said.long > 0 {
        End::NotReadWhole
    } else {
        End::Done
    })
}

/// Reads all, then tells the best.
fn whole(
    asked: &Lookalikes,
    pass: &mut Pass<'_>,
    told: &mut Told,
    out: &mut dyn Write,
) -> Result<feeds::Said, Trouble> {
    let said = each(asked, &mut |name, when| {
        pass.see(name, when);
        Ok(())
    })?;
    let budget = asked.budget.unwrap_or(if asked.format == Form::Text { 100 } else { usize::MAX });
    let least = asked.least.unwrap_or(f32::MIN);
    let more = if asked.since.is_some() { usize::MAX } else { budget };
    pipe(told.head(out))?;
    let fresh = |told: &Told, hit: &Hit| hit.surprise >= least && !told.before.knows(hit);
    let mut left = budget;
    for hit in pass.rank(more) {
        if left > 0 && fresh(told, &hit) {
            left -= 1;
            pipe(told.tell(&hit, out))?;
            told.before.add(&hit)?;
        }
    }
    Ok(said)
}

/// Tells each hit when its name was read.
fn stream(
    asked: &Lookalikes,
    pass: &mut Pass<'_>,
    told: &mut Told,
    out: &mut dyn Write,
) -> Result<feeds::Said, Trouble> {
    let least = asked.least.unwrap_or(12.0);
    let mut left = asked.budget.unwrap_or(usize::MAX);
    told.before.as_it_goes()?;
    pipe(told.head(out))?;
    let said = each(asked, &mut |name, when| {
        if pass.see(name, when) == 0 {
            return Ok(());
        }
        for hit in pass.rank(1).filter(|h| h.surprise >= least) {
            if left > 0 && !told.before.knows(&hit) {
                left -= 1;
                told.tell(&hit, out)?;
                out.flush()?;
                told.before.add(&hit)?;
            }
        }
        pass.forget();
        Ok(())
    });
    match said {
        Ok(said) => Ok(said),
        Err(e) if e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) => {
            Ok(feeds::Said::default())
        }
        Err(e) => Err(e),
    }
}

/// All feeds, one after the other.
pub fn each(
    asked: &Lookalikes,
    tell: &mut dyn FnMut(&str, Option<When>) -> io::Result<()>,
) -> Result<feeds::Said, Trouble> {
    let mut sum = feeds::Said::default();
    for path in &asked.feeds {
        let said = feeds::read(path, tell).map_err(|e| -> Trouble {
            if e.kind() == io::ErrorKind::BrokenPipe { Box::new(e) } else { feeds::trouble(path, &e).into() }
        })?;
        sum.lines += said.lines;
        sum.odd += said.odd;
        sum.long += said.long;
    }
    Ok(sum)
}

/// What was told.
struct Told {
    form: Form,
    before: SeenBefore,
    hits: u64,
    most: f32,
}

impl Told {
    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.form == Form::Csv {
            writeln!(out, "name,target,techniques,surprise,explanations,innocent,registered")?;
        }
        Ok(())
    }

    fn tell(&mut self, hit: &Hit, out: &mut dyn Write) -> io::Result<()> {
        self.hits += 1;
        self.most = self.most.max(hit.surprise);
        match self.form {
            Form::Text => text(hit, out),
            Form::Csv => csv(hit, out),
            Form::Jsonl => jsonl(hit, out),
        }
    }
}

fn reasons(hit: &Hit) -> Vec<String> {
    hit.reasons.iter().map(|(what, bits)| format!("{what} ({bits:+.1} bits)")).collect()
}

fn registered(hit: &Hit) -> Option<String> {
    let day = When(i64::from(hit.day?) * 86_400 * When::SECOND).short();
    Some(day.get(..10).unwrap_or_default().to_owned())
}

fn text(hit: &Hit, out: &mut dyn Write) -> io::Result<()> {
    let name = Quote::from(defang(&hit.name)).terminal();
    writeln!(out, "{:6.1} bits  {name}  like {}  by {}", hit.surprise, defang(&hit.target), hit.techniques.join(", "))?;
    for reason in reasons(hit) {
        writeln!(out, "               {reason}")?;
    }
    writeln!(out, "             ? {}", hit.innocent.join("; "))
}

fn csv(hit: &Hit, out: &mut dyn Write) -> io::Result<()> {
    let cell = |text: &str| format!("\"{}\"", Quote::from(text).cell().replace('"', "\"\""));
    writeln!(
        out,
        "{},{},{},{:.1},{},{},{}",
        cell(&hit.name),
        cell(&hit.target),
        cell(&hit.techniques.join(" ")),
        hit.surprise,
        cell(&reasons(hit).join("; ")),
        cell(&hit.innocent.join("; ")),
        registered(hit).unwrap_or_default()
    )
}

/// A hit as a line of JSON, its fields in the order of the alphabet.
#[derive(Serialize)]
struct Line<'a> {
    explanations: Vec<String>,
    innocent: &'a [&'static str],
    mark: &'a str,
    mark_is: &'static str,
    name: &'a str,
    registered: Option<String>,
    surprise: f64,
    target: &'a str,
    techniques: &'a [&'static str],
}

fn jsonl(hit: &Hit, out: &mut dyn Write) -> io::Result<()> {
    let line = Line {
        explanations: reasons(hit),
        innocent: &hit.innocent,
        mark: &hit.mark,
        mark_is: hit.origin.word(),
        name: &hit.name,
        registered: registered(hit),
        surprise: (f64::from(hit.surprise) * 10.0).round() / 10.0,
        target: &hit.target,
        techniques: &hit.techniques,
    };
    writeln!(out, "{}", serde_json::to_string(&line)?)
}

fn summary(watch: &Watch, pass: &Pass<'_>, told: &Told, said: feeds::Said) {
    eprintln!("{} outlets, {} names, {} hits told.", watch.len(), pass.names(), told.hits);
    if pass.left_out() > 0 {
        eprintln!("{} weak candidates of very common words were counted and not told.", pass.left_out());
    }
    if said.odd + said.long > 0 {
        eprintln!("Of {} lines, {} were no name and {} too long to be read.", said.lines, said.odd, said.long);
    }
}
