//! Texts that are nearly the same, side by side: which words one leaves out and puts in.
//!
//! Of each finding, witnesses of one thing whose words differ a little are laid along the first of them by the longest
//! common run of words (Wagner and Fischer 1974), word by word as Unicode cuts them, so that any script has words. What
//! is compared is what the report quotes: the beginnings.

use model::{Dossier, Finding, Quote, Table, Witness};
use unicode_segmentation::UnicodeSegmentation;

/// Most texts laid along others in one finding.
const MOST: usize = 6;
/// Most words of a text that are laid along another's.
const WORDS: usize = 160;
/// Part of the longer text's words, addresses aside, that both must have in this order.
const ALIKE: f64 = 0.5;

/// Adds a table to every finding that quotes such texts.
pub(crate) fn fill(dossier: &mut Dossier) {
    for finding in &mut dossier.findings {
        let rows = rows(finding, |actor| dossier.actors.get(actor as usize).map(|a| a.name.clone()));
        if !rows.is_empty() {
            finding.tables.push(Table {
                title: "Texts nearly the same, laid along the first: [-left out-] and {+put in+}".to_owned(),
                columns: ["Actor", "Words"].map(str::to_owned).to_vec(),
                rows,
            });
        }
    }
}

/// For each thing its first text, and those that differ from it a little.
fn rows(finding: &Finding, name: impl Fn(u32) -> Option<Quote>) -> Vec<Vec<Quote>> {
    let witnesses = finding.witnesses.get();
    let told = |w: &Witness| !w.words.is_empty();
    // Two posts may have a link and a tag in common besides: they are laid along each other once.
    let (mut out, mut laid) = (Vec::new(), Vec::new());
    for (at, first) in witnesses.iter().enumerate().filter(|(_, w)| told(w)) {
        let same = |w: &&Witness| told(w) && w.quote == first.quote && w.shows == first.shows;
        if witnesses[..at].iter().any(|w| same(&w)) {
            continue;
        }
        let who = |w: &Witness| w.actor.and_then(|a| name(a.0)).unwrap_or_default();
        let mut rows = Vec::new();
        for other in witnesses[at + 1..].iter().filter(same) {
            let pair = (&first.words, &other.words);
            if laid.len() == MOST || laid.contains(&pair) || laid.contains(&(pair.1, pair.0)) {
                continue;
            }
            if let Some(marked) = along(first.words.raw(), other.words.raw()) {
                rows.push(vec![who(other), Quote::from(marked)]);
                laid.push(pair);
            }
        }
        if !rows.is_empty() {
            out.push(vec![who(first), first.words.clone()]);
            out.append(&mut rows);
        }
    }
    out
}

/// The second text with marks where it differs from the first; `None` where they are not nearly the same.
fn along(first: &str, second: &str) -> Option<String> {
    let (x, told) = words(first);
    let (y, told_there) = words(second);
    let common = common(&x, &y);
    let count = |told: &[bool]| told.iter().filter(|t| **t).count();
    let longer = count(&told).max(count(&told_there));
    let both = common.iter().filter(|(i, _)| told[*i]).count();
    if common.len() == x.len().max(y.len()) || longer == 0 || (both as f64) < ALIKE * longer as f64 {
        return None;
    }
    let (mut out, mut i, mut j) = (String::new(), 0, 0);
    for (to_i, to_j) in common.into_iter().chain([(x.len(), y.len())]) {
        mark(&mut out, ("[-", "-]"), &x[i..to_i]);
        mark(&mut out, ("{+", "+}"), &y[j..to_j]);
        out.push_str(x.get(to_i).copied().unwrap_or_default());
        (i, j) = (to_i + 1, to_j + 1);
    }
    Some(out)
}

/// The words of a text and what stands between them, and which of them tell that texts are alike: those with letters or
/// digits, outside addresses, which whoever shares a page has in common.
fn words(text: &str) -> (Vec<&str>, Vec<bool>) {
    let (mut words, mut told) = (vec![], vec![]);
    for piece in text.split_inclusive(char::is_whitespace) {
        let address = piece.contains("://");
        for word in piece.split_word_bounds() {
            words.push(word);
            told.push(!address && word.contains(char::is_alphanumeric));
        }
        if words.len() >= 2 * WORDS {
            break;
        }
    }
    words.truncate(2 * WORDS);
    told.truncate(2 * WORDS);
    (words, told)
}

/// Words within marks; nothing for none.
fn mark(out: &mut String, (open, close): (&str, &str), words: &[&str]) {
    if !words.is_empty() {
        out.push_str(open);
        words.iter().for_each(|w| out.push_str(w));
        out.push_str(close);
    }
}

/// Places of the longest run of words that both have in this order. Spaces between words that differ differ too, else
/// every mark would fall apart at them.
fn common(x: &[&str], y: &[&str]) -> Vec<(usize, usize)> {
    let width = y.len() + 1;
    let mut most = vec![0_u16; (x.len() + 1) * width];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            most[i * width + j] = if x[i] == y[j] {
                most[(i + 1) * width + j + 1] + 1
            } else {
                most[(i + 1) * width + j].max(most[i * width + j + 1])
            };
        }
    }
    let (mut out, mut i, mut j) = (Vec::new(), 0, 0);
    while i < x.len() && j < y.len() {
        if x[i] == y[j] {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if most[(i + 1) * width + j] >= most[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    let blank = |(i, _): &(usize, usize)| x[*i].trim().is_empty();
    let lonely = |at: usize| {
        let (i, j) = out[at];
        let before = at.checked_sub(1).is_some_and(|before| (out[before].0 + 1, out[before].1 + 1) == (i, j));
        blank(&out[at]) && !before && out.get(at + 1) != Some(&(i + 1, j + 1))
    };
    (0..out.len()).filter(|at| !lonely(*at)).map(|at| out[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_left_out_and_put_in() {
        for (first, second, marked) in [
            ("the vote was bought", "the vote was sold", Some("the vote was [-bought-]{+sold+}")),
            ("the vote was bought", "they say the vote was bought", Some("{+they say +}the vote was bought")),
            ("the vote was bought by them", "the vote was bought", Some("the vote was bought[- by them-]")),
            (
                "one two three four five six",
                "one two seven eight five six",
                Some("one two [-three four-]{+seven eight+} five six"),
            ),
            ("投票は買収された", "投票は売却された", Some("投票は[-買収-]{+売却+}された")),
            ("the vote was bought", "the vote was bought", None),
            ("the vote was bought", "a fine day for a walk", None),
            ("", "words", None),
            (
                "read this https://one.example/2026/11/a-long-name",
                "Who pays? https://one.example/2026/11/a-long-name",
                None,
            ),
            (
                "read this now: https://one.example/a",
                "read this: https://one.example/b",
                Some("read this[- now-]: https://one.example/[-a-]{+b+}"),
            ),
        ] {
            assert_eq!(along(first, second).as_deref(), marked, "{first:?} {second:?}");
        }
    }

    #[test]
    fn long_texts_are_cut_and_not_squared() {
        let long = "word ".repeat(100_000);
        assert!(along(&long, &format!("{long} and more")).is_none(), "what differs lies beyond what is compared");
        assert!(along(&long, &format!("other {long}")).is_some());
    }
}
