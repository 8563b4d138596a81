//! The outlets to protect, as data that people edit.
//!
//! A plain list of domains will do. More can be said after a bar, in any order:
//! `paper.example | names: The Morning Paper | former: Old Paper | short: TMP | own: paper-app.example, paper.test`.
//! *own* are the outlet's other domains: they and everything under them are never reported. A line that is a mail address
//! protects a mailbox; only judging mail makes use of it.

use crate::fold::{Folded, Folder};
use crate::split::Split;
use std::collections::BTreeMap;
use std::fmt;

/// One outlet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlet {
    /// Its domain, as it stands in the list, lower case.
    pub domain: String,
    /// Other names it goes by.
    pub names: Vec<String>,
    /// Names it had before.
    pub former: Vec<String>,
    /// Abbreviations.
    pub short: Vec<String>,
    /// Its other domains.
    pub own: Vec<String>,
}

/// The outlets to protect.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlets {
    /// In the order of the list, each domain once.
    pub all: Vec<Outlet>,
    /// Protected mailboxes, lower case.
    pub mailboxes: Vec<String>,
}

/// A line that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for Misread {}

impl Outlets {
    /// Reads a list. Empty lines and what follows `#` are left out.
    ///
    /// # Errors
    /// [`Misread`]: the first line whose domain or field is not understood, or a list without outlets.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let (mut all, mut mailboxes): (Vec<Outlet>, Vec<String>) = Default::default();
        let mut at = BTreeMap::new();
        for (n, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            if let Some(mailbox) = mailbox(line) {
                mailboxes.push(mailbox);
                continue;
            }
            let outlet = outlet(line).map_err(|why| Misread { line: n + 1, why })?;
            match at.get(&outlet.domain) {
                Some(known) => join(&mut all[*known], outlet),
                None => {
                    at.insert(outlet.domain.clone(), all.len());
                    all.push(outlet);
                }
            }
        }
        if all.is_empty() && mailboxes.is_empty() {
            return Err(Misread { line: 1, why: "no outlet in it".to_owned() });
        }
        Ok(Self { all, mailboxes })
    }

    /// All protected domains, the outlets' own ones among them, then mailboxes.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        let domains = self.all.iter().flat_map(|o| std::iter::once(&o.domain).chain(&o.own));
        domains.chain(&self.mailboxes).cloned().collect()
    }

    /// Adds what is known in general of the outlets in the list: names, abbreviations, their own other domains.
    pub fn complete(&mut self, known: &Self) {
        let known: BTreeMap<&str, &Outlet> = known.all.iter().map(|o| (o.domain.as_str(), o)).collect();
        for outlet in &mut self.all {
            if let Some(more) = known.get(outlet.domain.as_str()) {
                join(outlet, (*more).clone());
            }
        }
    }

    /// The outlets that come with the program, well known and often imitated; open to corrections.
    #[must_use]
    pub fn known() -> Self {
        Self::parse(include_str!("../data/known-outlets.txt")).unwrap_or_default()
    }
}

fn join(outlet: &mut Outlet, more: Outlet) {
    for (to, from) in [
        (&mut outlet.names, more.names),
        (&mut outlet.former, more.former),
        (&mut outlet.short, more.short),
        (&mut outlet.own, more.own),
    ] {
        for item in from {
            if !to.contains(&item) {
                to.push(item);
            }
        }
    }
}

fn outlet(line: &str) -> Result<Outlet, String> {
    let mut fields = line.split('|').map(str::trim);
    let mut outlet = Outlet { domain: domain(fields.next().unwrap_or_default())?, ..Outlet::default() };
    for field in fields.filter(|f| !f.is_empty()) {
        let (key, values) = field.split_once(':').ok_or("a field is written `key: value, value`")?;
        let values = values.split(',').map(str::trim).filter(|v| !v.is_empty());
        match key.trim() {
            "names" | "name" => outlet.names.extend(values.map(str::to_owned)),
            "former" => outlet.former.extend(values.map(str::to_owned)),
            "short" => outlet.short.extend(values.map(str::to_owned)),
            "own" => outlet.own.extend(values.map(domain).collect::<Result<Vec<_>, _>>()?),
            other => return Err(format!("no field \"{}\": there are names, former, short, own", other.escape_debug())),
        }
    }
    Ok(outlet)
}

fn mailbox(line: &str) -> Option<String> {
    let (local, host) = line.split_once('@')?;
    let plain = !local.is_empty() && !line.contains(|c: char| c.is_whitespace() || matches!(c, '|' | '/' | ':'));
    (plain && Split::of(&host.to_lowercase()).is_some()).then(|| line.to_lowercase())
}

/// A host name from what people write: `https://www.paper.example/` becomes `paper.example`.
fn domain(text: &str) -> Result<String, String> {
    let host = text.trim().to_lowercase();
    let host = host.split_once("://").map_or(host.as_str(), |(_, rest)| rest);
    let host = host.split(['/', '?', ',', ';', ' ', '\t']).next().unwrap_or_default().trim_end_matches('.');
    let host = host.strip_prefix("www.").filter(|h| h.contains('.')).unwrap_or(host);
    match Split::of(host) {
        Some(_) => Ok(host.to_owned()),
        None => Err(format!("\"{}\" is no domain name", text.escape_debug())),
    }
}

/// Where a mark comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The outlet's domain.
    Domain,
    /// A name it goes by.
    Name,
    /// A name it had before.
    Former,
    /// An abbreviation.
    Short,
    /// Its domain without the article in front.
    Bare,
    /// Its domain with its two words in the other order.
    Turned,
    /// Its domain with a number written out or in digits.
    Numeral,
}

impl Origin {
    /// How it is told.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Name => "name",
            Self::Former => "former name",
            Self::Short => "abbreviation",
            Self::Bare => "domain without its article",
            Self::Turned => "domain with its words turned round",
            Self::Numeral => "domain with a number written the other way",
        }
    }
}

/// A string that stands for an outlet. It carries its own rarity, not its outlet's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Lower case, with its hyphens.
    pub(crate) text: String,
    pub(crate) plain: Vec<u8>,
    pub(crate) bones: Vec<u8>,
    /// Its letters with digraphs left apart, where the bones join some.
    pub(crate) apart: Option<Vec<u8>>,
    /// Number of the outlet.
    pub(crate) outlet: u32,
    pub(crate) origin: Origin,
}

/// Host labels that name a part of a site and not the site.
const PARTS: &[&str] = &[
    "www", "www2", "m", "mobile", "news", "new", "web", "en", "eng", "english", "de", "fr", "es", "it", "rus", "ru",
    "hindi", "games", "today", "apps", "epaper", "edition", "archive", "comments", "blog", "blogs", "search", "mail",
    "shop", "app", "amp", "live", "tv", "sport", "sports", "media", "static", "cdn", "api", "login", "beta",
    "francais", "ukr",
];

/// Words that outlets are called and that by themselves name none.
pub(crate) const CALLED: &[&str] = &[
    "news",
    "times",
    "post",
    "daily",
    "online",
    "today",
    "journal",
    "herald",
    "tribune",
    "press",
    "media",
    "tv",
    "radio",
    "globe",
    "star",
    "report",
    "live",
    "zeitung",
    "nachrichten",
    "noticias",
    "diario",
    "actu",
    "info",
    "gazeta",
];

/// The marks of all outlets, those of one text and outlet once, in a fixed order.
pub(crate) fn marks(outlets: &Outlets, folder: &Folder) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    for (no, outlet) in outlets.all.iter().enumerate() {
        let mut add = |text: &str, origin: Origin| {
            let text: String = text.to_lowercase().split_whitespace().collect();
            let mut folded = Folded::default();
            folder.fold(&text, &mut folded);
            let apart = folded.apart().map(<[u8]>::to_vec);
            let mark = Mark { text, plain: folded.plain, bones: folded.bones, apart, outlet: no as u32, origin };
            let known = out.iter().rev().take_while(|m| m.outlet == mark.outlet).any(|m| m.plain == mark.plain);
            if mark.bones.len() > 1 && !known {
                out.push(mark);
            }
        };
        for (text, origin) in texts(outlet) {
            add(&text, origin);
        }
    }
    out
}

fn texts(outlet: &Outlet) -> Vec<(String, Origin)> {
    let mut out: Vec<(String, Origin)> = Vec::new();
    if let Some(split) = Split::of(&outlet.domain) {
        let own = split.sub.rsplit('.').find(|l| !l.is_empty() && !PARTS.contains(l));
        let label = own.unwrap_or(split.label);
        out.push((label.to_owned(), Origin::Domain));
        if own.is_some() && split.label.len() > 3 {
            out.push((split.label.to_owned(), Origin::Domain));
        }
        out.extend(bare(label).map(|b| (b, Origin::Bare)));
        out.extend(turned(label).map(|t| (t, Origin::Turned)));
        out.extend(numerals(label).map(|t| (t, Origin::Numeral)));
    }
    let lists = [(&outlet.names, Origin::Name), (&outlet.former, Origin::Former), (&outlet.short, Origin::Short)];
    for (list, origin) in lists {
        for name in list {
            let joined: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
            let lower = joined.to_lowercase();
            out.extend(bare(&lower).map(|b| (b, Origin::Bare)));
            out.push((joined, origin));
        }
    }
    out
}

/// Without its English article, where enough is left to know it by.
fn bare(label: &str) -> Option<String> {
    let rest = label.strip_prefix("the")?.trim_start_matches('-');
    (rest.len() >= 6 && !CALLED.contains(&rest)).then(|| rest.to_owned())
}

/// `abcnews` as `newsabc`.
fn turned(label: &str) -> Option<String> {
    let (front, word) = CALLED.iter().find_map(|w| Some((label.strip_suffix(w)?, *w)))?;
    let front = front.trim_end_matches('-');
    (front.len() >= 3 && word.len() > 2).then(|| format!("{word}{front}"))
}

/// Numbers as words, and what else they are written for.
const NUMBERS: &[(&str, &str)] = &[
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("twenty", "20"),
    ("first", "1st"),
    ("second", "2nd"),
    ("third", "3rd"),
    ("zero", "0"),
];

/// The label with one number written the other way.
fn numerals(label: &str) -> impl Iterator<Item = String> {
    let digit = |at: usize| label.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    NUMBERS.iter().filter_map(move |(word, figure)| {
        if label.contains(word) {
            return Some(label.replacen(word, figure, 1));
        }
        let at = label.find(figure)?;
        let alone = !digit(at + figure.len()) && (at == 0 || !digit(at - 1));
        alone.then(|| label.replacen(figure, word, 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        let text = "# ours\nhttps://www.Paper.example/\nother.test | names: The Other | short: TO, O2 | own: x.example # twice\n\
                    paper.example | former: Old Paper\n";
        let outlets = Outlets::parse(text).expect("a list");
        assert_eq!(outlets.all.len(), 2);
        assert_eq!(
            (outlets.all[0].domain.as_str(), outlets.all[0].former.as_slice()),
            ("paper.example", &["Old Paper".to_owned()][..])
        );
        assert_eq!(outlets.all[1].short, ["TO", "O2"]);
        for (bad, line) in [("", 1), ("a.example\nword\n", 2), ("a.example | mail: x", 1), ("a.example | x", 1)] {
            assert_eq!(Outlets::parse(bad).expect_err(bad).line, line, "{bad}");
        }
    }

    #[test]
    fn mailboxes_are_told_apart() {
        let outlets = Outlets::parse("paper.example | own: paper.test\nAnna@Party.example").expect("a list");
        assert_eq!(outlets.addresses(), ["paper.example", "paper.test", "anna@party.example"]);
        assert_eq!(Outlets::parse("anna@nowhere").expect_err("no domain").line, 1);
    }

    #[test]
    fn marks_stand_for_outlets() {
        let text = "news.thedawn.example | names: Dawn & Co\nabcnews.go.test\nevening.blogspot.com";
        let marks = marks(&Outlets::parse(text).expect("a list"), &Folder::new());
        let got: Vec<(&str, Origin)> = marks.iter().map(|m| (m.text.as_str(), m.origin)).collect();
        let want = [
            ("thedawn", Origin::Domain),
            ("dawnco", Origin::Name),
            ("abcnews", Origin::Domain),
            ("newsabc", Origin::Turned),
            ("evening", Origin::Domain),
        ];
        assert_eq!(got, want);
    }

    #[test]
    fn the_outlets_that_come_along_are_well_formed() {
        let text = include_str!("../data/known-outlets.txt");
        let known = Outlets::parse(text).expect("the list that comes along");
        assert!(known.all.len() > 100);
        assert!(
            known
                .all
                .iter()
                .all(|o| !o.names.is_empty() || !o.short.is_empty() || !o.own.is_empty() || !o.former.is_empty())
        );
    }
}
