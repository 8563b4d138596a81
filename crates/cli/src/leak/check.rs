//! `unspool leak check`.

use super::{KeyFile, hear, key};
use crate::{End, Trouble, pipe};
use leaks::{Matcher, Passage, Seal};
use model::Quote;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Mails, files, archives, or folders of them
    #[arg(required = true)]
    evidence: Vec<PathBuf>,
    /// The seal
    #[arg(long, value_name = "FILE")]
    seal: PathBuf,
    #[command(flatten)]
    key: KeyFile,
    /// How to say it
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a passage
    Jsonl,
}

/// A passage, and where it stands.
struct Found {
    part: String,
    words: Quote,
    passage: Passage,
}

pub fn run(args: &crate::Args, check: &Args) -> Result<End, Trouble> {
    let key = key::read(&check.key)?;
    let path = check.seal.display();
    let bytes = std::fs::read(&check.seal).map_err(|e| format!("cannot read {path}: {e}"))?;
    let seal = Seal::read(bytes, &key).map_err(|e| format!("{path}: {e}"))?;
    let matcher = Matcher::new(&seal, &key);
    let files = hear::files(&check.evidence)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut torn, mut passages) = (false, 0);
    for batch in files.chunks(64) {
        for (file, read) in batch.iter().zip(hear::each(crate::threads(args), batch, |file| found(file, &matcher))) {
            let (found, notes) = read?;
            torn |= hear::noted(file, &notes);
            passages += found.len();
            for found in &found {
                pipe(match check.format {
                    Format::Jsonl => jsonl(file, found, &seal, &mut out),
                    Format::Text => text(file, found, &seal, &mut out),
                })?;
            }
        }
    }
    pipe(out.flush())?;
    if check.format == Format::Text && passages == 0 {
        println!("No passage of the {} sealed texts was found in {} files.", seal.docs.len(), files.len());
    }
    Ok(if torn { End::NotReadWhole } else { End::Done })
}

fn found(file: &Path, matcher: &Matcher<'_>) -> Result<(Vec<Found>, Vec<model::Note>), String> {
    let mut found = Vec::new();
    let notes = hear::texts(file, &mut |part, text| {
        for passage in matcher.check(&text.words) {
            let words = text.words.chars().skip(passage.start as usize).take((passage.end - passage.start) as usize);
            found.push(Found { part: part.to_owned(), words: Quote::from(words.collect::<String>()), passage });
        }
    });
    notes.map(|notes| (found, notes)).map_err(|e| e.to_string())
}

fn jsonl(file: &Path, found: &Found, seal: &Seal, out: &mut dyn Write) -> std::io::Result<()> {
    let p = &found.passage;
    let line = serde_json::json!({
        "evidence": file.to_string_lossy(),
        "part": found.part,
        "start": p.start,
        "end": p.end,
        "document": seal.docs[p.doc].name,
        "doc_start": p.doc_start,
        "doc_end": p.doc_end,
        "page": seal.docs[p.doc].page(p.doc_start),
        "run": p.run,
        "same": p.same,
        "verbatim": p.verbatim(),
        "chance": p.chance,
        "used_again": seal.tail.used_again(p.same),
        "also_in": p.also.iter().map(|d| &seal.docs[*d].name).collect::<Vec<_>>(),
    });
    writeln!(out, "{line}")
}

fn text(file: &Path, found: &Found, seal: &Seal, out: &mut dyn Write) -> std::io::Result<()> {
    let p = &found.passage;
    let name = |s: &str| Quote::from(s).terminal();
    let page = seal.docs[p.doc].page(p.doc_start).map_or(String::new(), |n| format!(", page {n}"));
    let also: Vec<String> = p.also.iter().map(|d| name(&seal.docs[*d].name)).collect();
    writeln!(out, "{} [{}] characters {}-{}", name(&file.to_string_lossy()), name(&found.part), p.start, p.end)?;
    writeln!(
        out,
        "  {} {}{page}, characters {}-{}{}",
        if p.verbatim() { "stands in" } else { "stands, edited, in" },
        name(&seal.docs[p.doc].name),
        p.doc_start,
        p.doc_end,
        if also.is_empty() { String::new() } else { format!("; also in {}", also.join(", ")) }
    )?;
    writeln!(out, "  {} letters the same, {} of them in one run; {}", p.same.max(p.run), p.run, chance(p, seal))?;
    writeln!(out, "  \u{201c}{}\u{201d}\n", found.words.short(240).terminal())
}

/// What chance would give, in words.
fn chance(p: &Passage, seal: &Seal) -> String {
    let by_accident = match p.chance {
        n if n >= 0.01 => format!("{n:.2} such likenesses are expected by accident in a text this long"),
        n if n >= 1e-9 => format!("by accident one text in {:.0} of this length would show one", 1.0 / n),
        _ => "by accident less than one text in a thousand million would show one".to_owned(),
    };
    match seal.tail.used_again(p.same) {
        Some(again) if again > 0.0 => {
            format!(
                "{by_accident}; the sealed texts themselves use sentences again {again:.1} times in a million letters"
            )
        }
        _ => by_accident,
    }
}
