//! `unspool leak check`.

use super::owner::{self, Library};
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
    /// The sealed documents, for their owner: shows where passages were altered, and what is worth reading side by side
    #[arg(long, value_name = "PATH", num_args = 1..)]
    docs: Vec<PathBuf>,
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
    /// Where it departs from the document, for the document's owner.
    altered: Vec<owner::Altered>,
}

pub fn run(args: &crate::Args, check: &Args) -> Result<End, Trouble> {
    let key = key::read(&check.key)?;
    let path = check.seal.display();
    let bytes = std::fs::read(&check.seal).map_err(|e| format!("cannot read {path}: {e}"))?;
    let seal = Seal::read(bytes, &key).map_err(|e| format!("{path}: {e}"))?;
    let matcher = Matcher::new(&seal, &key);
    let library = Library::read(crate::threads(args), &check.docs)?;
    let files = hear::files(&check.evidence)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut torn, mut passages) = (false, 0);
    for batch in files.chunks(64) {
        for (file, read) in
            batch.iter().zip(hear::each(crate::threads(args), batch, |file| found(file, &matcher, &seal, &library)))
        {
            let (found, beside, notes) = read?;
            torn |= hear::noted(file, &notes);
            passages += found.len();
            for found in &found {
                pipe(match check.format {
                    Format::Jsonl => jsonl(file, found, &seal, &mut out),
                    Format::Text => text(file, found, &seal, &mut out),
                })?;
            }
            for beside in &beside {
                let name = file.to_string_lossy();
                pipe(match check.format {
                    Format::Jsonl => beside.jsonl(&name, &mut out),
                    Format::Text => beside.text(&name, &mut out),
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

type Heard = (Vec<Found>, Vec<owner::Side>, Vec<model::Note>);

fn found(file: &Path, matcher: &Matcher<'_>, seal: &Seal, library: &Library) -> Result<Heard, String> {
    let (mut found, mut beside) = (Vec::new(), Vec::new());
    let notes = hear::texts(file, &mut |part, text| {
        let passages = matcher.check(&text.words);
        beside.extend(library.beside(part, &text.words, passages.iter().map(|p| seal.docs[p.doc].name.as_str())));
        for passage in passages {
            let words = owner::cut(&text.words, passage.start, passage.end);
            let altered = library.altered(&seal.docs[passage.doc].name, &text.words, &passage);
            found.push(Found { part: part.to_owned(), words: Quote::from(words), passage, altered });
        }
    });
    notes.map(|notes| (found, beside, notes)).map_err(|e| e.to_string())
}

fn jsonl(file: &Path, found: &Found, seal: &Seal, out: &mut dyn Write) -> std::io::Result<()> {
    let p = &found.passage;
    let mut line = serde_json::json!({
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
    if !found.altered.is_empty() {
        line["altered"] = found.altered.iter().map(owner::Altered::json).collect();
    }
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
    writeln!(out, "  \u{201c}{}\u{201d}", found.words.short(240).terminal())?;
    found.altered.iter().try_for_each(|a| a.text(out))?;
    writeln!(out)
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
