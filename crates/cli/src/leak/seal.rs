//! `unspool leak seal`.

use super::{KeyFile, hear, key};
use crate::{End, Trouble};
use leaks::Sealer;
use model::Quote;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Documents, or folders of them
    #[arg(required = true)]
    docs: Vec<PathBuf>,
    #[command(flatten)]
    key: KeyFile,
    /// The seal's file
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    /// Public texts (speeches, press releases, forms): what stands in them is not sealed
    #[arg(long, value_name = "PATH", num_args = 1..)]
    background: Vec<PathBuf>,
}

/// A text to seal.
pub struct Doc {
    pub name: String,
    pub words: String,
    pub pages: Vec<u32>,
}

pub fn run(args: &crate::Args, seal: &Args) -> Result<End, Trouble> {
    let key = key::read(&seal.key)?;
    let (sealed, torn) = make(crate::threads(args), &seal.docs, &seal.background, &key)?;
    let bytes = sealed.seal.write(&key)?;
    case::write_whole(&seal.out, &mut |out| out.write_all(&bytes))?;
    say(&sealed, &seal.out, bytes.len());
    Ok(if torn { End::NotReadWhole } else { End::Done })
}

/// Seals documents; the second is true where some could not be read whole.
pub fn make(
    threads: usize,
    docs: &[PathBuf],
    background: &[PathBuf],
    key: &leaks::Key,
) -> Result<(leaks::Sealed, bool), Trouble> {
    let mut sealer = Sealer::new(key);
    let mut torn = false;
    for file in hear::files(background)? {
        let notes = hear::texts(&file, &mut |_, text| sealer.background(&text.words))?;
        torn |= hear::noted(&file, &notes);
    }
    torn |= each_doc(threads, docs, &mut |doc| Ok(sealer.add(&doc.name, &doc.words, &doc.pages)?))?;
    Ok((sealer.seal(), torn))
}

/// Hands every text of documents to `f`, under the name it is sealed by; true where some could not be read whole.
pub fn each_doc(
    threads: usize,
    docs: &[PathBuf],
    f: &mut dyn FnMut(Doc) -> Result<(), Trouble>,
) -> Result<bool, Trouble> {
    let mut torn = false;
    let files = hear::files(docs)?;
    let names = names(&files);
    for batch in files.chunks(256) {
        for (file, read) in batch.iter().zip(hear::each(threads, batch, |file| texts(file, &names))) {
            let (texts, notes) = read?;
            torn |= hear::noted(file, &notes);
            texts.into_iter().try_for_each(&mut *f)?;
        }
    }
    Ok(torn)
}

fn texts(file: &Path, names: &BTreeMap<PathBuf, String>) -> Result<(Vec<Doc>, Vec<model::Note>), String> {
    let own = names.get(file).cloned().unwrap_or_default();
    let mut docs = Vec::new();
    let notes = hear::texts(file, &mut |inside, text| {
        let name = if inside == "text" { own.clone() } else { format!("{own}/{inside}") };
        docs.push(Doc { name, words: text.words.clone().into_owned(), pages: text.pages.clone() });
    });
    notes.map(|notes| (docs, notes)).map_err(|e| e.to_string())
}

/// What each file is called: its name without the ending, or its path where several would be called the same.
fn names(files: &[PathBuf]) -> BTreeMap<PathBuf, String> {
    let stem = |f: &PathBuf| f.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    files.iter().for_each(|f| *times.entry(stem(f)).or_default() += 1);
    let name = |f: &PathBuf| if times[&stem(f)] > 1 { f.to_string_lossy().into_owned() } else { stem(f) };
    files.iter().map(|f| (f.clone(), name(f))).collect()
}

fn say(sealed: &leaks::Sealed, out: &Path, bytes: usize) {
    let seal = &sealed.seal;
    eprintln!(
        "Sealed {} texts under key {} in {} ({bytes} bytes, {} fingerprints; {:.1} % stood in several of them or in public text and were left out).",
        seal.docs.len(),
        seal.key_id,
        out.display(),
        seal.marks(),
        sealed.dropped * 100.0
    );
    if sealed.families > 0 {
        eprintln!("{} groups of texts are versions of one another and count as one each.", sealed.families);
    }
    for name in &sealed.public {
        eprintln!(
            "note: {}: most of it is public text; it can hardly be recognised",
            Quote::from(name.as_str()).terminal()
        );
    }
    for name in &sealed.short {
        eprintln!(
            "note: {}: shorter than {} letters; nothing is promised for it",
            Quote::from(name.as_str()).terminal(),
            leaks::GUARANTEE
        );
    }
}
