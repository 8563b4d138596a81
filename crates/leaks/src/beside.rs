//! Worth reading side by side: texts that share rare names, figures and dates with a document and no words in a row.
//!
//! A paraphrase leaves no run, but seldom changes who, how much and when. This is a hint and never a match: whoever writes
//! about the same affair from another source shares the same things. Names are words with a capital that follow one
//! another, so scripts without capitals have figures and dates only. Source: ours.

use std::collections::{BTreeMap, BTreeSet};

/// What sort of thing is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// Two words or more with capitals.
    Name,
    /// A figure of three digits, with a fraction, or a share.
    Figure,
    /// A day.
    Date,
}

/// A document that shares rare things with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Number of the document, in order of adding.
    pub doc: usize,
    /// What they share, in order.
    pub shared: Vec<(Thing, String)>,
}

/// Documents a thing may stand in to be rare.
const RARE: usize = 2;
/// Fewest things shared, and of how many sorts.
const FEWEST: (usize, usize) = (4, 2);
/// Most things of one text.
const MOST: usize = 20_000;

/// The owner's documents, by the things that stand in few of them.
#[derive(Debug, Default)]
pub struct Shelf {
    things: BTreeMap<(Thing, String), BTreeSet<usize>>,
    docs: usize,
}

impl Shelf {
    /// Puts a document on it; its number.
    pub fn add(&mut self, text: &str) -> usize {
        let doc = self.docs;
        self.docs += 1;
        for thing in things(text) {
            let docs = self.things.entry(thing).or_default();
            if docs.len() <= RARE {
                docs.insert(doc);
            }
        }
        doc
    }

    /// The documents worth reading beside a text, most shared first.
    #[must_use]
    pub fn beside(&self, text: &str) -> Vec<Beside> {
        if self.things.is_empty() {
            return Vec::new();
        }
        let mut by: BTreeMap<usize, Vec<(Thing, String)>> = BTreeMap::new();
        for thing in things(text) {
            for doc in self.things.get(&thing).filter(|d| d.len() <= RARE).into_iter().flatten() {
                by.entry(*doc).or_default().push(thing.clone());
            }
        }
        let sorts = |shared: &[(Thing, String)]| shared.iter().map(|s| s.0).collect::<BTreeSet<_>>().len();
        by.retain(|_, shared| shared.len() >= FEWEST.0 && sorts(shared) >= FEWEST.1);
        let mut out: Vec<Beside> = by.into_iter().map(|(doc, shared)| Beside { doc, shared }).collect();
        out.sort_by_key(|b| (std::cmp::Reverse(b.shared.len()), b.doc));
        out
    }
}

/// Names, figures and dates of a text, each once.
#[must_use]
pub fn things(text: &str) -> BTreeSet<(Thing, String)> {
    let mut out = BTreeSet::new();
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "()[]{}\"\u{201c}\u{201d}<>".contains(c)).collect();
    let mut at = 0;
    while at < words.len() && out.len() < MOST {
        at += match (date(&words[at..]), figure(&words[at..]), name(&words[at..])) {
            (Some((n, day)), _, _) => {
                out.insert((Thing::Date, day));
                n
            }
            (_, Some((n, figure)), _) => {
                out.insert((Thing::Figure, figure));
                n
            }
            (_, _, Some((n, name))) => {
                out.insert((Thing::Name, name));
                n
            }
            _ => 1,
        };
    }
    out
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%')
}

fn ends(word: &str) -> bool {
    word.ends_with(['.', ',', ';', ':', '!', '?'])
}

/// Two to five words with a capital in a row. At the beginning of a sentence the first may be an ordinary word, which
/// costs a name now and then.
fn name(words: &[&str]) -> Option<(usize, String)> {
    let capital = |w: &str| bare(w).chars().next().is_some_and(char::is_uppercase) && bare(w).chars().count() > 1;
    let mut n = 0;
    while n < words.len().min(5) && capital(words[n]) {
        n += 1;
        if ends(words[n - 1]) {
            break;
        }
    }
    (n >= 2).then(|| (n, words[..n].iter().map(|w| bare(w).to_lowercase()).collect::<Vec<_>>().join(" ")))
}

/// `12,500`, `3.7`, `42 %`: digits as they stand, separators of thousands gone.
fn figure(words: &[&str]) -> Option<(usize, String)> {
    let word = bare(words.first()?);
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let number = digits > 0 && word.trim_end_matches('%').chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let next = words.get(1).map(|w| bare(w).to_lowercase()).unwrap_or_default();
    let share = word.ends_with('%') || matches!(&next[..], "%" | "percent" | "prozent");
    let year = digits == 4 && matches!(word.get(..2), Some("19" | "20"));
    if !number || year || !(digits >= 3 || share || word.contains(['.', ','])) {
        return None;
    }
    let plain: String = word.trim_end_matches('%').to_owned();
    let thousands = |sep: char| plain.split(sep).skip(1).all(|p| p.len() == 3);
    let plain = match () {
        () if plain.contains(',') && thousands(',') => plain.replace(',', ""),
        () if plain.contains('.') && thousands('.') && plain.matches('.').count() > 1 => plain.replace('.', ""),
        () => plain.replace(',', "."),
    };
    Some(if share && !word.ends_with('%') {
        (2, format!("{plain} %"))
    } else {
        (1, plain + if share { " %" } else { "" })
    })
}

/// Month names as they stand beside a day, folded to lower case: English in short as well, and languages that dates of
/// translations are met in. Those that begin alike in several languages are there once.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "januar", "janvier", "enero", "gennaio", "januari", "janeiro", "stycznia", "января", "січня"],
    &[
        "feb",
        "february",
        "februar",
        "février",
        "febrero",
        "febbraio",
        "februari",
        "fevereiro",
        "lutego",
        "февраля",
        "лютого",
    ],
    &["mar", "march", "märz", "mars", "marzo", "maart", "março", "marca", "марта", "березня"],
    &["apr", "april", "avril", "abril", "aprile", "kwietnia", "апреля", "квітня"],
    &["may", "mai", "mayo", "maggio", "mei", "maio", "maja", "мая", "травня"],
    &["jun", "june", "juni", "juin", "junio", "giugno", "junho", "czerwca", "июня", "червня"],
    &["jul", "july", "juli", "juillet", "julio", "luglio", "julho", "lipca", "июля", "липня"],
    &["aug", "august", "août", "agosto", "augustus", "sierpnia", "августа", "серпня"],
    &["sep", "september", "septembre", "septiembre", "settembre", "setembro", "września", "сентября", "вересня"],
    &["oct", "october", "oktober", "octobre", "octubre", "ottobre", "outubro", "października", "октября", "жовтня"],
    &["nov", "november", "novembre", "noviembre", "novembro", "listopada", "ноября", "листопада"],
    &["dec", "december", "dezember", "décembre", "diciembre", "dicembre", "dezembro", "grudnia", "декабря", "грудня"],
];

/// Short English names (the first of each row) are months only with a capital: `may`, `mar` and `dec` are words.
fn month(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let names = |names: &&[&str]| match names.iter().position(|n| *n == lower) {
        Some(0) => capital,
        at => at.is_some(),
    };
    MONTHS.iter().position(names).map(|m| m as u32 + 1)
}

/// `3 May`, `May 3`, `3. Mai`, `3 de mayo`, `2026-05-03`, `3.5.2026`, as month and day.
fn date(words: &[&str]) -> Option<(usize, String)> {
    let first = bare(words.first()?);
    let numbers: Vec<u32> = first.split(['-', '.', '/']).map_while(|p| p.parse().ok()).collect();
    let valid = |m: u32, d: u32| ((1..=12).contains(&m) && (1..=31).contains(&d)).then(|| format!("{m:02}-{d:02}"));
    match numbers[..] {
        [y, m, d] if y > 1000 => return Some((1, valid(m, d)?)),
        [d, m, _] if first.contains('.') => return Some((1, valid(m, d)?)),
        _ => {}
    }
    let of = usize::from(words.get(1).is_some_and(|w| *w == "de"));
    let second = bare(words.get(1 + of)?);
    let day = |w: &str| w.trim_end_matches(|c: char| c.is_ascii_lowercase()).parse::<u32>().ok();
    let (m, d) = month(first).filter(|_| of == 0).zip(day(second)).or_else(|| month(second).zip(day(first)))?;
    Some((2 + of, valid(m, d)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_of_a_text() {
        let all = things(
            "On 3 May 2026 Anna Berg told the Upper Valley Council that 12,500 of them, 42 percent, cost 3.7 million. See 2026-05-03.",
        );
        let of = |t: Thing| all.iter().filter(|x| x.0 == t).map(|x| x.1.as_str()).collect::<Vec<_>>();
        assert_eq!(of(Thing::Name), ["anna berg", "upper valley council"]);
        assert_eq!(of(Thing::Figure), ["12500", "3.7", "42 %"]);
        assert_eq!(of(Thing::Date), ["05-03"]);
    }

    #[test]
    fn days_are_told_in_several_languages() {
        for said in
            ["3 May", "May 3rd,", "3. Mai 2026", "le 3 mai", "3 de mayo", "3 maggio", "3 maja", "3 мая", "3.5.2026"]
        {
            let all = things(said);
            assert!(all.contains(&(Thing::Date, "05-03".to_owned())), "{said}: {all:?}");
        }
        for other in ["3 may", "they mar 3", "32 May", "3 de", "de 3"] {
            assert!(things(other).iter().all(|t| t.0 != Thing::Date), "{other}");
        }
    }

    #[test]
    fn a_paraphrase_is_offered_and_a_text_on_something_else_is_not() {
        let mut shelf = Shelf::default();
        shelf.add("Anna Berg agreed on 3 May with Lower Marsh Works that 1,240 flats at 3.7 million are given up.");
        shelf.add("The Upper Valley Council met on 9 June. It has 240 members.");
        let said =
            shelf.beside("3.7 million for 1,240 homes were dropped when Anna Berg saw Lower Marsh Works, on May 3.");
        assert_eq!(said.len(), 1);
        assert_eq!((said[0].doc, said[0].shared.len()), (0, 5));
        for other in ["Anna Berg wrote on 3 May.", "1,240 and 3.7 and 99.9", "Nothing", ""] {
            assert!(shelf.beside(other).is_empty(), "{other}");
        }
        // What stands in many documents is not rare.
        for _ in 0..3 {
            shelf.add("Anna Berg agreed on 3 May with Lower Marsh Works that 1,240 flats at 3.7 million are given up.");
        }
        assert!(shelf.beside("Anna Berg and Lower Marsh Works, 3 May, 1,240 for 3.7").is_empty());
    }
}
