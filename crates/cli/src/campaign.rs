//! `unspool lookalikes --seed-list`: which names follow the naming scheme of one operation?
//!
//! The feed is read twice, once to learn how common the parts of the scheme are in it, once to weigh its names.

use crate::lookalikes::{Form, Lookalikes, each};
use crate::{End, Trouble, feeds, pipe};
use lookalikes::{Follows, Grammar};
use model::{Quote, When, defang};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

/// Most names kept for ranking.
const ROOM: usize = 200_000;
/// Bits below which a name is not told unless asked.
const LEAST: f32 = 12.0;

/// Does it.
pub fn run(asked: &Lookalikes) -> Result<End, Trouble> {
    let path = asked.seed_list.as_deref().ok_or("--seed-list FILE is needed")?;
    if asked.feeds.iter().any(|f| f == Path::new("-")) {
        return Err("with --seed-list the feed is read twice: it cannot be standard input".into());
    }
    let mut seeds: Vec<(String, Option<When>)> = Vec::new();
    feeds::read(path, &mut |name, when| {
        seeds.push((name.to_owned(), when));
        Ok(())
    })
    .map_err(|e| feeds::trouble(path, &e))?;
    let mut grammar = Grammar::learn(&seeds).ok_or("a naming scheme takes at least three names")?;
    let mut names: u64 = 0;
    each(asked, &mut |name, when| {
        names += 1;
        grammar.count(name, when);
        Ok(())
    })?;
    let found = weigh(asked, &grammar)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (name, follows) in found.iter().take(asked.budget.unwrap_or(usize::MAX)) {
        pipe(tell(asked.format, name, follows, &mut out))?;
    }
    pipe(out.flush())?;
    eprintln!(
        "{} seeds; {} of the feed's {names} names follow their scheme: all of those are false hits where the feed holds \
         nothing of the operation.",
        seeds.len(),
        found.len()
    );
    let least = asked.fail_on.unwrap_or(f32::MAX);
    Ok(if found.first().is_some_and(|f| f.1.surprise >= least) { End::LevelReached } else { End::Done })
}

/// The names with enough bits, best first, each once.
fn weigh(asked: &Lookalikes, grammar: &Grammar) -> Result<Vec<(String, Follows)>, Trouble> {
    let least = asked.least.unwrap_or(LEAST);
    let (mut found, mut seen): (Vec<(String, Follows)>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
    each(asked, &mut |name, when| {
        if let Some(follows) = grammar.weigh(name, when).filter(|f| f.surprise >= least)
            && found.len() < ROOM
            && seen.insert(name.to_owned())
        {
            found.push((name.to_owned(), follows));
        }
        Ok(())
    })?;
    found.sort_by(|x, y| y.1.surprise.total_cmp(&x.1.surprise).then_with(|| x.0.cmp(&y.0)));
    Ok(found)
}

fn tell(form: Form, name: &str, follows: &Follows, out: &mut dyn Write) -> io::Result<()> {
    let reasons: Vec<String> = follows
        .reasons
        .iter()
        .map(|(what, bits)| format!("{} ({bits:+.1} bits)", Quote::from(what.as_str()).terminal()))
        .collect();
    match form {
        Form::Text => {
            let name = Quote::from(defang(name)).terminal();
            writeln!(out, "{:6.1} bits  {name}  {}", follows.surprise, reasons.join("; "))
        }
        Form::Csv => {
            let cell = |text: &str| format!("\"{}\"", Quote::from(text).cell().replace('"', "\"\""));
            writeln!(out, "{},{:.1},{}", cell(name), follows.surprise, cell(&reasons.join("; ")))
        }
        Form::Jsonl => {
            let bits = (f64::from(follows.surprise) * 10.0).round() / 10.0;
            writeln!(out, "{}", json!({ "name": name, "surprise": bits, "explanations": reasons }))
        }
    }
}
