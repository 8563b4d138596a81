//! What segments keep of pages for comparing: a JSON object a line.

use super::{MOST, bare, host, registrable};
use crate::Error;
use crate::lineage::Text;
use model::{About, Facts, Page, Place, Quote, Record, When};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name of the file in a segment.
const FILE: &str = "articles.jsonl";
/// Bytes kept of a page's words.
const BYTES: usize = 24 << 10;
/// Fewest bytes of words worth comparing.
const LEAST: usize = 300;
/// Most links to other sites kept of a page.
const LINKS: usize = 100;
/// Most fingerprints of a page.
const PRINTS: usize = 200;
/// Most redirects kept of a case.
const SENT: usize = 200_000;

/// A line.
#[derive(Serialize, Deserialize)]
enum Line {
    Page(PageLine),
    Registered(String, When),
    Sent(SentLine),
}

/// A page.
#[derive(Serialize, Deserialize)]
pub(super) struct PageLine {
    pub place: Place,
    pub site: String,
    pub url: Quote,
    pub title: Quote,
    pub masthead: Quote,
    pub byline: Quote,
    pub when: Option<When>,
    pub kept: Option<When>,
    /// Host that most of its links lead to, if another's.
    pub menu: String,
    /// Hashes of addresses it links to at other sites than that.
    pub links: Vec<u64>,
    pub words: Quote,
}

/// An answer that sends on.
#[derive(Serialize, Deserialize)]
pub(super) struct SentLine {
    pub place: Place,
    pub url: Quote,
    pub to: Quote,
    pub when: When,
}

/// A page in memory, its words left where they lie.
pub(super) struct Entry {
    /// Without its words.
    pub line: PageLine,
    /// Least hashes of a quarter of its runs of words, sorted.
    pub prints: Vec<u64>,
    file: Arc<PathBuf>,
    at: u64,
}

/// Everything of a case.
#[derive(Default)]
pub(super) struct Kept {
    pub pages: Vec<Entry>,
    pub left: u64,
    pub registered: BTreeMap<String, When>,
    pub sent: Vec<SentLine>,
}

/// Writes lines while evidence is read.
pub(crate) struct Gatherer {
    out: BufWriter<File>,
    path: PathBuf,
    trouble: Option<io::Error>,
}

impl Gatherer {
    /// Begins a segment's file.
    pub(crate) fn new(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(FILE);
        let file = File::create(&path).map_err(Error::io("write", &path))?;
        Ok(Self { out: BufWriter::with_capacity(1 << 16, file), path, trouble: None })
    }

    /// Takes what a record of a site says. `menu` is the other site that its links lead to, if one.
    pub(crate) fn take(&mut self, place: Place, site: &str, menu: &str, record: &Record<'_>) {
        match record {
            Record::Page(page) if page.text.len() >= LEAST => self.write(&Line::Page(of(place, site, menu, page))),
            Record::Facts(facts) => self.facts(place, site, facts),
            _ => {}
        }
    }

    fn facts(&mut self, place: Place, site: &str, facts: &Facts<'_>) {
        for (about, value) in facts.said {
            match (about, facts.when) {
                (About::Registered, _) => {
                    if let Some(when) = moment(value) {
                        self.write(&Line::Registered(site.to_owned(), when));
                    }
                }
                (About::SentTo, Some(when)) if !facts.page.is_empty() => {
                    self.write(&Line::Sent(SentLine { place, url: facts.page.into(), to: (*value).into(), when }));
                }
                _ => {}
            }
        }
    }

    fn write(&mut self, line: &Line) {
        let wrote = serde_json::to_writer(&mut self.out, line).map_err(io::Error::from);
        if let Err(e) = wrote.and_then(|()| self.out.write_all(b"\n")) {
            self.trouble.get_or_insert(e);
        }
    }

    /// Ends it.
    pub(crate) fn flush(&mut self) -> Result<(), Error> {
        let ended = self.trouble.take().map_or_else(|| self.out.flush(), Err);
        ended.map_err(Error::io("write", &self.path))
    }
}

/// `2026-06-30T20:46:03Z`, as facts write moments.
fn moment(text: &str) -> Option<When> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse().ok();
    let day = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let time = (part(11, 13).unwrap_or(0), part(14, 16).unwrap_or(0), part(17, 19).unwrap_or(0));
    When::from_civil(i64::from(day.0), day.1, day.2, time.0, time.1, time.2)
}

fn of(place: Place, site: &str, menu: &str, page: &Page<'_>) -> PageLine {
    let mut end = page.text.len().min(BYTES);
    while !page.text.is_char_boundary(end) {
        end -= 1;
    }
    let own = |to: &str| registrable(to) == registrable(site) || (!menu.is_empty() && to == menu);
    let other = |link: &&&str| Some(host(link)).is_some_and(|to| !to.is_empty() && !own(&to));
    PageLine {
        place,
        site: site.to_owned(),
        url: page.url.into(),
        title: Quote::from(page.title).short(200),
        masthead: Quote::from(masthead(page)).short(120),
        byline: Quote::from(page.byline).short(120),
        when: page.when,
        kept: page.kept,
        menu: menu.to_owned(),
        links: page.links.iter().filter(other).take(LINKS).map(|l| model::hash64(bare(l).as_bytes())).collect(),
        words: page.text[..end].into(),
    }
}

/// The outlet's name that a page gives: its `og:site_name`, else the end of its title behind a bar or dash.
fn masthead<'a>(page: &Page<'a>) -> &'a str {
    let named = page.meta.iter().find(|(name, _)| name.eq_ignore_ascii_case("og:site_name"));
    if let Some((_, name)) = named.filter(|(_, name)| !name.trim().is_empty()) {
        return name.trim();
    }
    let ends = [" | ", " – ", " — ", " - ", " :: ", " » "].iter().filter_map(|bar| page.title.rsplit_once(bar));
    ends.map(|(_, end)| end.trim()).min_by_key(|end| end.len()).unwrap_or_default()
}

/// Reads all segments, words left behind. Of too many pages those with the least places are kept.
pub(super) fn read(folders: &[PathBuf]) -> Result<Kept, Error> {
    let mut kept = Kept::default();
    for folder in folders {
        let path = Arc::new(folder.join(FILE));
        lines(&path, &mut |at, line| kept.take(&path, at, line)).map_err(Error::io("read", &path))?;
    }
    kept.shrink(MOST);
    Ok(kept)
}

impl Kept {
    fn take(&mut self, file: &Arc<PathBuf>, at: u64, line: Line) {
        match line {
            Line::Page(mut line) => {
                let prints = prints(line.words.raw());
                line.words = Quote::default();
                self.pages.push(Entry { line, prints, file: file.clone(), at });
                if self.pages.len() >= 2 * MOST {
                    self.shrink(MOST);
                }
            }
            Line::Registered(site, when) => {
                self.registered.entry(site).and_modify(|w| *w = (*w).min(when)).or_insert(when);
            }
            Line::Sent(sent) if self.sent.len() < SENT => self.sent.push(sent),
            Line::Sent(_) => {}
        }
    }

    fn shrink(&mut self, most: usize) {
        if self.pages.len() > most {
            self.pages.sort_by_key(|p| p.line.place);
            self.left += (self.pages.len() - most) as u64;
            self.pages.truncate(most);
        }
    }
}

/// A quarter of the hashes of runs, the least of them.
fn prints(words: &str) -> Vec<u64> {
    let mut prints: Vec<u64> = Text::of(String::new(), None, words).runs;
    prints.retain(|run| run % 4 == 0);
    prints.sort_unstable();
    prints.dedup();
    prints.truncate(PRINTS);
    prints.shrink_to_fit();
    prints
}

fn lines(path: &Path, take: &mut dyn FnMut(u64, Line)) -> io::Result<()> {
    let mut from = BufReader::with_capacity(1 << 18, File::open(path)?);
    let (mut line, mut at) = (Vec::new(), 0);
    loop {
        line.clear();
        let n = from.read_until(b'\n', &mut line)? as u64;
        if n == 0 {
            return Ok(());
        }
        take(at, serde_json::from_slice(&line)?);
        at += n;
    }
}

impl Entry {
    /// The words of a page, read again.
    pub(super) fn words(&self) -> Result<String, Error> {
        let read = || -> io::Result<String> {
            let mut file = File::open(self.file.as_path())?;
            file.seek(SeekFrom::Start(self.at))?;
            let mut line = Vec::new();
            BufReader::with_capacity(32 << 10, file.take(1 << 20)).read_until(b'\n', &mut line)?;
            match serde_json::from_slice(&line)? {
                Line::Page(page) => Ok(page.words.raw().to_owned()),
                _ => Ok(String::new()),
            }
        };
        read().map_err(Error::io("read", &self.file))
    }
}
